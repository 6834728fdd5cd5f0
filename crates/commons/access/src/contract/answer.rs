//! Typed answers: the response remembers the type it was written from.

use std::marker::PhantomData;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Contract, Reply, Schemas};

/// A JSON answer that was a `T`.
pub struct Answer<T> {
    response: Response,
    kind: PhantomData<fn() -> T>,
}

/// The version of the record inside a response, for its tag.
#[derive(Clone, Copy)]
pub(crate) struct Version(pub i64);

impl<T: Serialize> Answer<T> {
    /// Writes the value.
    pub fn new(status: StatusCode, value: &T) -> Self {
        Self {
            response: (status, axum::Json(value)).into_response(),
            kind: PhantomData,
        }
    }

    /// The record's version goes into the answer's `ETag`; [`super::IfMatch`] reads it again.
    pub fn at_version(mut self, version: i64) -> Self {
        self.response.extensions_mut().insert(Version(version));
        self
    }
}

impl<T> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        self.response
    }
}

/// A page of a list, or a whole short one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct List<T> {
    /// The records, in the order of the list.
    pub items: Vec<T>,
    /// Where this page ended, to be sent as `cursor`; null at the end.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A list that is always answered whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// A page and where it ended.
    pub fn page(items: Vec<T>, next: Option<impl ToString>) -> Self {
        let next = next.map(|next| next.to_string());
        Self { items, next }
    }
}

/// The id of a record that was made or changed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{I}Made")]
pub struct Made<I> {
    /// The record's id.
    pub id: I,
}

/// Nothing more to tell: `{}`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Nothing {}

/// What a handler gives.
pub trait Gives: IntoResponse {
    /// Adds it to the contract.
    fn give(contract: &mut Contract, schemas: &mut Schemas);
}

impl<T: JsonSchema> Gives for Answer<T> {
    fn give(contract: &mut Contract, schemas: &mut Schemas) {
        contract.reply = Reply::Json(schemas.answers.subschema_for::<T>());
    }
}

impl Gives for StatusCode {
    fn give(contract: &mut Contract, _: &mut Schemas) {
        contract.reply = Reply::Nothing;
    }
}

/// A file of kind `K`.
pub struct File<K> {
    response: Response,
    kind: PhantomData<fn() -> K>,
}

impl<K> From<Response> for File<K> {
    fn from(response: Response) -> Self {
        Self {
            response,
            kind: PhantomData,
        }
    }
}

impl<K> IntoResponse for File<K> {
    fn into_response(self) -> Response {
        self.response
    }
}

/// The media types of a kind of file.
pub trait FileKind {
    /// One of these is answered.
    const TYPES: &'static [&'static str];
}

/// Paper.
pub struct Pdf;

impl FileKind for Pdf {
    const TYPES: &'static [&'static str] = &["application/pdf"];
}

/// A workbook.
pub struct Xlsx;

impl FileKind for Xlsx {
    const TYPES: &'static [&'static str] =
        &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];
}

impl<K: FileKind> Gives for File<K> {
    fn give(contract: &mut Contract, _: &mut Schemas) {
        contract.reply = Reply::File(K::TYPES);
    }
}
