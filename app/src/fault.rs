//! What a command says when it fails.

use std::any::Any;
use std::fmt::Display;

use crate::cli::Exit;

/// A sentence for the operator, and how the command ends.
#[derive(Debug)]
pub struct Fault {
    /// The sentence.
    pub text: String,
    /// `Failed`, unless it is known better.
    pub exit: Exit,
}

impl Fault {
    /// Wrong usage.
    pub fn usage(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            exit: Exit::Usage,
        }
    }
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        Self {
            text,
            exit: Exit::Failed,
        }
    }
}

impl From<&str> for Fault {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// An error as a fault: a database that is locked or busy ends the command in its own way.
pub fn said<E: Display + 'static>(error: E) -> Fault {
    let known = (&error as &dyn Any).downcast_ref::<db::Error>();
    let exit = match known {
        Some(db::Error::Busy | db::Error::UnknownOutcome) => Exit::Busy,
        _ => Exit::Failed,
    };
    Fault {
        text: error.to_string(),
        exit,
    }
}
