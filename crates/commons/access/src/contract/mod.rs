//! What a route of the API takes and gives, read from the types of its handler: the description
//! cannot say anything else than what is read and answered.

mod answer;
mod endpoint;
mod headers;
mod lists;
mod tags;
mod takes;

pub use answer::{Answer, File, FileKind, Gives, List, Made, Nothing, Pdf, Xlsx};
pub use endpoint::Endpoint;
pub(crate) use endpoint::{fields, reading};
pub use headers::{IfMatch, Key};
pub(crate) use lists::chosen_fields;
pub use lists::{Limit, MOST, Since};
pub(crate) use tags::tagged;
pub use takes::Takes;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

/// Collects the schemas of all routes: those of requests as they are read, those of answers as
/// they are written.
pub struct Schemas {
    /// Of what comes in.
    pub requests: SchemaGenerator,
    /// Of what goes out.
    pub answers: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|s| {
                s.definitions_path = "/components/schemas".into();
                s.meta_schema = None;
            })
        };
        Self {
            requests: settings().for_deserialize().into_generator(),
            answers: settings().for_serialize().into_generator(),
        }
    }
}

/// A parameter beside the body.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `query` or `header`.
    pub place: &'static str,
    /// Must it be there?
    pub is_required: bool,
    /// What it means.
    pub description: String,
    /// What it may be.
    pub schema: Value,
}

/// What is answered when all goes well.
#[derive(Clone, Debug, Default)]
pub enum Reply {
    /// Nothing but the status.
    #[default]
    Nothing,
    /// JSON.
    Json(Schema),
    /// A file of one of these kinds.
    File(&'static [&'static str]),
}

/// What one route takes and gives.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    /// The parts of the address, in its order.
    pub path: Vec<Schema>,
    /// Query and headers.
    pub parameters: Vec<Parameter>,
    /// The body's kind and schema.
    pub body: Option<(&'static str, Schema)>,
    /// The answer.
    pub reply: Reply,
    /// The names `fields` may ask for.
    pub fields: Vec<String>,
}

#[cfg(test)]
mod tests;
