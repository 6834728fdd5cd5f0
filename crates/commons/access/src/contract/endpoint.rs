use axum::handler::Handler;
use serde_json::Value;
use web::Outcome;

use super::{Contract, Gives, Reply, Schemas, Takes};

/// A handler whose arguments and answer tell its contract.
pub trait Endpoint<T>: Handler<T, ()> {
    /// What it takes and gives.
    fn contract(schemas: &mut Schemas) -> Contract;
}

macro_rules! endpoint {
    ($($part:ident),+) => {
        impl<F, Fut, M, R, $($part),+> Endpoint<(M, $($part,)+)> for F
        where
            F: Handler<(M, $($part,)+), ()> + FnOnce($($part),+) -> Fut,
            Fut: Future<Output = Outcome<R>>,
            R: Gives,
            $($part: Takes,)+
        {
            fn contract(schemas: &mut Schemas) -> Contract {
                let mut contract = Contract::default();
                $($part::take(&mut contract, schemas);)+
                R::give(&mut contract, schemas);
                contract
            }
        }
    };
}

endpoint!(A);
endpoint!(A, B);
endpoint!(A, B, C);
endpoint!(A, B, C, D);
endpoint!(A, B, C, D, E);
endpoint!(A, B, C, D, E, G);

/// The contract of a handler that reads: with the names `fields` may ask for.
pub(crate) fn reading<H: Endpoint<T>, T>(schemas: &mut Schemas) -> Contract {
    let mut contract = H::contract(schemas);
    if let Reply::Json(schema) = &contract.reply {
        contract.fields = names(schema.as_value(), schemas);
    }
    contract
}

/// The names `fields` may ask a handler's answer for.
pub(crate) fn fields<H: Endpoint<T>, T>() -> Vec<String> {
    reading::<H, T>(&mut Schemas::default()).fields
}

/// The fields of a record, or of the records of a list.
fn names(schema: &Value, schemas: &Schemas) -> Vec<String> {
    let Some(fields) = shape(schema, schemas).get("properties") else {
        return Vec::new();
    };
    // A list has `items` and `next`; a record may have items of its own.
    if let (Some(record), Some(_)) = (fields.pointer("/items/items"), fields.get("next")) {
        return names(record, schemas);
    }
    let fields = fields.as_object().into_iter().flatten();
    fields.map(|(name, _)| name.clone()).collect()
}

/// The schema itself, where there is only a reference to it.
fn shape<'a>(schema: &'a Value, schemas: &'a Schemas) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|at| at.rsplit('/').next());
    name.and_then(|name| schemas.answers.definitions().get(name))
        .unwrap_or(schema)
}
