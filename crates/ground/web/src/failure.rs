//! What a request can come to besides an answer.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::{Error, Refusal};

use crate::FormErrors;

/// A handler's result: an answer, or a failure that becomes an error page or problem+json.
pub type Outcome<T = Response> = Result<T, Failure>;

/// Why there is no answer. The outermost layer draws it in the asker's language, as a page or
/// as `application/problem+json`.
#[derive(Debug)]
pub enum Failure {
    /// Not there, or not the asker's to know about.
    NotFound,
    /// Signed in, but without this permission.
    Forbidden,
    /// Nobody is signed in.
    SignIn,
    /// Signed in, but this act asks to prove anew who acts.
    Prove,
    /// The body or query cannot be read; the text says where.
    Unreadable(String),
    /// The body is larger than we take.
    TooLarge,
    /// Too many tries; seconds to wait.
    TooMany(i64),
    /// A rule of the product refused.
    Refused(Refusal),
    /// Fields of a form, sent by a program, that are missing or wrong: a sentence for each.
    Faulty(FormErrors),
    /// A change that does not say which state it was written on.
    Unconditional,
    /// Try again: the database is busy or the outcome unknown.
    Busy,
    /// A fault of ours; the text is for the log alone.
    Internal(String),
}

impl Failure {
    /// The status machines see.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Prove => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(refusal) => StatusCode::from_u16(refusal.reason.status)
                .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
            Self::Faulty(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unconditional => StatusCode::PRECONDITION_REQUIRED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    // Drawn by the layer above, which builds the key from the code. Same for reasons.
    // words: failure-* reason-*
    /// Stable code: the end of the problem type's address, and the key of its words.
    pub fn code(&self) -> &str {
        match self {
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::SignIn => "sign_in",
            Self::Prove => "prove",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too_large",
            Self::TooMany(_) => "too_many",
            Self::Refused(refusal) => refusal.reason.code,
            Self::Faulty(_) => "faulty",
            Self::Unconditional => "unconditional",
            Self::Busy => "busy",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::Busy | Error::UnknownOutcome => Self::Busy,
            other => Self::Internal(other.to_string()),
        }
    }
}

/// Carries the failure to the layer that draws it.
#[derive(Clone)]
pub struct Failed(pub std::sync::Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Internal(text) = &self {
            tracing::error!(fault = %text, "a request failed");
        }
        let mut response = self.status().into_response();
        response
            .extensions_mut()
            .insert(Failed(std::sync::Arc::new(self)));
        response
    }
}
