use std::error::Error as StdError;

/// The result of everything that touches a database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A rule of the product that can refuse a command. Each has a sentence under
/// `reason-{code}` (dashes for underscores) in the words of its room.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable snake_case word, also the end of the problem type's address.
    pub code: &'static str,
    /// HTTP status that machines see.
    pub status: u16,
}

impl Reason {
    /// A reason; rooms keep theirs as constants and list them at their door.
    pub const fn new(code: &'static str, status: u16) -> Self {
        Self { code, status }
    }

    /// Refuses for this reason.
    pub fn refuse<T>(&'static self) -> Result<T> {
        Err(Error::Refused(Refusal {
            reason: self,
            field: None,
            args: Vec::new(),
        }))
    }

    /// Refuses at a field of the form or body.
    pub fn at<T>(&'static self, field: impl Into<String>) -> Result<T> {
        Err(Error::Refused(Refusal {
            reason: self,
            field: Some(field.into()),
            args: Vec::new(),
        }))
    }

    /// Refuses with words for the sentence.
    pub fn with<T>(&'static self, args: &[(&str, String)]) -> Result<T> {
        let args = args
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.clone()))
            .collect();
        Err(Error::Refused(Refusal {
            reason: self,
            field: None,
            args,
        }))
    }
}

/// A command refused by a rule; nothing was written.
#[derive(Debug)]
pub struct Refusal {
    /// Which rule.
    pub reason: &'static Reason,
    /// The field at fault, when there is one.
    pub field: Option<String>,
    /// Words for the sentence.
    pub args: Vec<(String, String)>,
}

/// Everything that can go wrong between a room and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique rule: the row is there already. Names the index.
    #[error("conflict with {0}")]
    Conflict(String),
    /// A CHECK refused. Names the constraint.
    #[error("rule {0} refuses")]
    Check(String),
    /// A reference points to a row that is not there.
    #[error("a referenced record is missing")]
    MissingReference,
    /// Nothing was written; the same command may be sent again.
    #[error("the database is busy")]
    Busy,
    /// The connection was lost at commit: resend with the same ids.
    #[error("the outcome is unknown; send the same again")]
    UnknownOutcome,
    /// The row is not there, or not visible to the asker.
    #[error("not found")]
    NotFound,
    /// A rule of the product refused.
    #[error("refused: {}", .0.reason.code)]
    Refused(Refusal),
    /// A fault nobody planned for.
    #[error("{0}")]
    Other(Box<dyn StdError + Send + Sync>),
}

/// The key was used before with another body.
pub const KEY_REUSED: Reason = Reason::new("key_reused", 422);

impl Error {
    /// An unplanned fault, told in words for the log.
    pub fn other(text: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Other(text.into())
    }

    /// True when this is a conflict with that unique index.
    pub fn is_conflict(&self, index: &str) -> bool {
        matches!(self, Self::Conflict(name) if name == index)
    }

    /// Turns a conflict or check of that name into a refusal.
    pub fn or_reason(self, constraint: &str, reason: &'static Reason) -> Self {
        match self {
            Self::Conflict(name) | Self::Check(name) if name == constraint => {
                Self::Refused(Refusal {
                    reason,
                    field: None,
                    args: Vec::new(),
                })
            }
            other => other,
        }
    }

    /// True when the engine asks to run the same command again.
    pub(crate) fn may_run_again(&self) -> bool {
        matches!(self, Self::Busy)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::other(error)
    }
}

/// What SQLite says, in our words. `names` gives the unique index of its column list.
pub(crate) fn from_sqlite(error: rusqlite::Error, names: &dyn Fn(&str) -> Option<String>) -> Error {
    use rusqlite::ffi;
    let rusqlite::Error::SqliteFailure(fault, Some(message)) = &error else {
        return match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                Error::Busy
            }
            _ => Error::other(error),
        };
    };
    let after = |marker: &str| {
        let rest = message.strip_prefix(marker).unwrap_or_default();
        rest.trim().to_owned()
    };
    match fault.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => {
            let columns = after("UNIQUE constraint failed:");
            Error::Conflict(names(&columns).unwrap_or(columns))
        }
        ffi::SQLITE_CONSTRAINT_CHECK => Error::Check(after("CHECK constraint failed:")),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::MissingReference,
        code if matches!(code & 0xff, ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) => Error::Busy,
        _ => Error::other(error),
    }
}

/// What PostgreSQL and the way to it say, in our words.
pub(crate) fn from_postgres(error: sqlx::Error) -> Error {
    use sqlx::error::ErrorKind;
    let sqlx::Error::Database(fault) = &error else {
        return match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            // Before the commit nothing was written; a commit has its own translation.
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
                tracing::warn!(%error, "the database cannot be reached now");
                Error::Busy
            }
            other => Error::other(other),
        };
    };
    // Serialisation, deadlock, lock time-out; too many connections, shutting down, starting up.
    if matches!(
        &*fault.code().unwrap_or_default(),
        "40001" | "40P01" | "55P03" | "53300" | "57P01" | "57P02" | "57P03"
    ) {
        return Error::Busy;
    }
    let name = fault.constraint().unwrap_or_default().to_owned();
    match fault.kind() {
        ErrorKind::UniqueViolation => Error::Conflict(name),
        ErrorKind::CheckViolation => Error::Check(name),
        ErrorKind::ForeignKeyViolation => Error::MissingReference,
        _ => Error::other(error),
    }
}

/// What a driver says of a commit. Only the engine's own refusal means that nothing was written;
/// after anything else nobody knows.
pub(crate) fn of_commit(error: &sqlx::Error) -> Error {
    let code = match error {
        sqlx::Error::Database(fault) => fault.code().unwrap_or_default(),
        _ => Default::default(),
    };
    match &*code {
        "40001" | "40P01" | "55P03" => Error::Busy,
        _ => Error::UnknownOutcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> sqlx::Error {
        sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into())
    }

    #[test]
    fn a_connection_lost_before_the_commit_is_busy_and_at_the_commit_unknown() {
        assert!(matches!(
            from_postgres(sqlx::Error::PoolTimedOut),
            Error::Busy
        ));
        assert!(matches!(from_postgres(lost()), Error::Busy));
        assert!(matches!(of_commit(&lost()), Error::UnknownOutcome));
    }
}
