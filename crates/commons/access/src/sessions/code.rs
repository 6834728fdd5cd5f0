//! Codes: six digits sent to a phone, or eight printed on a slip at a centre.

use db::{Keys, Result, Tx, Write, sql};
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Owner, start};
use crate::audit;

db::text_enum! {
    /// How a code reaches the person.
    pub enum CodeKind {
        /// By SMS, for a few minutes.
        Sms = "sms",
        /// Printed at a centre, for a few months, for people without a phone.
        Slip = "slip",
    }
}

impl CodeKind {
    fn seconds(self) -> i64 {
        match self {
            Self::Sms => 5 * 60,
            Self::Slip => 90 * 86_400,
        }
    }
}

/// The digits of a code. They follow from its id and the city's keys, so no table holds them.
pub fn code_text(keys: &Keys, id: Uuid, kind: CodeKind) -> String {
    let digest = keys.sign("sign_in_code", id.as_bytes());
    let number = digest
        .iter()
        .take(7)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    match kind {
        CodeKind::Sms => format!("{:06}", number % 1_000_000),
        CodeKind::Slip => format!("{:08}", number % 100_000_000),
    }
}

/// Makes a code for a contact. The caller sends it or prints it.
#[derive(Serialize, Deserialize)]
pub struct AskForCode {
    /// Made by the sender.
    pub id: Uuid,
    /// For whom.
    pub contact: Uuid,
    /// How it travels.
    pub kind: CodeKind,
}

impl Write for AskForCode {
    const NAME: &'static str = "ask_for_code";
    type Out = Timestamp;
    async fn run(&self, tx: &mut Tx) -> Result<Timestamp> {
        let until = tx.now().plus_seconds(self.kind.seconds());
        sql(
            "INSERT INTO sign_in_code (id, contact_id, kind, tries, made_at, expires_at)
             VALUES ($1, $2, $3, 0, $4, $5)",
        )
        .bind(self.id)
        .bind(self.contact)
        .bind(self.kind)
        .bind(tx.now())
        .bind(until)
        .execute(tx)
        .await?;
        if self.kind == CodeKind::Sms {
            let job = jobs::Job {
                kind: "send_sign_in_code",
                payload: serde_json::json!({ "code": self.id, "contact": self.contact }),
                run_at: tx.now(),
                once_key: Some(format!("code:{}", self.id)),
            };
            jobs::enqueue(tx, job).await?;
        }
        Ok(until)
    }
}

/// Signs a person in by a code. The caller has compared the digits; a wrong try is counted,
/// so that a code dies after five.
#[derive(Serialize, Deserialize)]
pub struct UseCode {
    /// Which code.
    pub id: Uuid,
    /// Token hash of the new session.
    pub token_hash: Vec<u8>,
    /// True when the digits were right.
    pub is_right: bool,
    /// The user at whose desk she sits.
    pub helper: Option<Uuid>,
}

impl Write for UseCode {
    const NAME: &'static str = "use_code";
    /// The contact signed in; none when the code was wrong, used up or too old.
    type Out = Option<Uuid>;
    async fn run(&self, tx: &mut Tx) -> Result<Option<Uuid>> {
        if !self.is_right {
            sql("UPDATE sign_in_code SET tries = tries + 1 WHERE id = $1 AND tries < 5")
                .bind(self.id)
                .execute(tx)
                .await?;
            return Ok(None);
        }
        // A slip may be used many times until it ends; a code from the phone once.
        let contact: Option<Uuid> = sql(
            "UPDATE sign_in_code SET used_at = $2 WHERE id = $1 AND tries < 5 AND expires_at > $2
             AND (used_at IS NULL OR kind = 'slip') RETURNING contact_id AS value",
        )
        .bind(self.id)
        .bind(tx.now())
        .optional_scalar(tx)
        .await?;
        let Some(contact) = contact else {
            // An answer, not a refusal: the caller's count of tries must stay.
            return Ok(None);
        };
        start(
            tx,
            &self.token_hash,
            Owner::Person {
                contact,
                helper: self.helper,
            },
        )
        .await?;
        let detail = serde_json::json!({ "helper": self.helper });
        audit::record(tx, "code_used", "contact", Some(contact), detail).await?;
        Ok(Some(contact))
    }
}
