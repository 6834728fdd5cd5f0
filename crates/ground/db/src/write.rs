use std::any::Any;
use std::future::Future;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::KEY_REUSED;
use crate::{FromRow, Result, Tx, sql};

/// A change of the city, as a value. It may be run more than once, so it holds all its inputs
/// and does nothing outside the database.
pub trait Write: Serialize + Send + Sync + 'static {
    /// Its name in the audit and in the store of answers: `record_sale`.
    const NAME: &'static str;
    /// What the asker gets; kept as JSON for resends.
    type Out: Serialize + DeserializeOwned + Send + 'static;
    /// Makes the change.
    fn run(&self, tx: &mut Tx) -> impl Future<Output = Result<Self::Out>> + Send;
}

/// The answer to a write that carried a key.
#[derive(Debug)]
pub struct Answer<T> {
    /// What the command gave, now or the first time.
    pub out: T,
    /// True when the key was known and nothing was done now.
    pub is_repeat: bool,
}

pub(crate) type Boxed<'a> = Pin<Box<dyn Future<Output = Result<Box<dyn Any + Send>>> + Send + 'a>>;

/// A command whose type is forgotten, so that one queue can carry all of them.
pub(crate) trait Erased: Send + Sync {
    fn run<'a>(&'a self, tx: &'a mut Tx) -> Boxed<'a>;
}

pub(crate) struct Plain<W>(pub W);

impl<W: Write> Erased for Plain<W> {
    fn run<'a>(&'a self, tx: &'a mut Tx) -> Boxed<'a> {
        Box::pin(async move {
            let out = self.0.run(tx).await?;
            Ok(Box::new(Answer {
                out,
                is_repeat: false,
            }) as Box<dyn Any + Send>)
        })
    }
}

pub(crate) struct Keyed<W> {
    pub key: Uuid,
    pub fingerprint: Vec<u8>,
    pub command: W,
}

impl<W: Write> Keyed<W> {
    pub(crate) fn new(key: Uuid, command: W) -> Result<Self> {
        let mut hash = Sha256::new();
        hash.update(W::NAME);
        hash.update(serde_json::to_vec(&command)?);
        Ok(Self {
            key,
            fingerprint: hash.finalize().to_vec(),
            command,
        })
    }

    async fn answer(&self, tx: &mut Tx) -> Result<Answer<W::Out>> {
        let is_new = sql(
            "INSERT INTO kept_answer (key, name, fingerprint, made_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (key) DO NOTHING",
        )
        .bind(self.key)
        .bind(W::NAME)
        .bind(self.fingerprint.clone())
        .bind(tx.now())
        .execute(tx)
        .await?
            == 1;
        if is_new {
            let out = self.command.run(tx).await?;
            sql("UPDATE kept_answer SET answer = $2 WHERE key = $1")
                .bind(self.key)
                .bind(serde_json::json!({ "out": out }))
                .execute_one(tx)
                .await?;
            return Ok(Answer {
                out,
                is_repeat: false,
            });
        }
        let kept: Kept = sql("SELECT fingerprint, answer FROM kept_answer WHERE key = $1")
            .bind(self.key)
            .one(tx)
            .await?;
        if kept.fingerprint != self.fingerprint {
            return KEY_REUSED.refuse();
        }
        let mut answer = kept.answer.unwrap_or_default();
        let out = serde_json::from_value(answer["out"].take())?;
        Ok(Answer {
            out,
            is_repeat: true,
        })
    }
}

struct Kept {
    fingerprint: Vec<u8>,
    answer: Option<serde_json::Value>,
}

impl FromRow for Kept {
    fn from_row(row: &crate::Row) -> Result<Self> {
        Ok(Self {
            fingerprint: row.get("fingerprint")?,
            answer: row.get("answer")?,
        })
    }
}

impl<W: Write> Erased for Keyed<W> {
    fn run<'a>(&'a self, tx: &'a mut Tx) -> Boxed<'a> {
        Box::pin(async move { Ok(Box::new(self.answer(tx).await?) as Box<dyn Any + Send>) })
    }
}
