//! Consent: what a person agreed to, and its withdrawal.

use db::{Conn, FromRow, Result, Tx, Value, Write, sql};
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit;
use crate::grants::Category;

/// A consent as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Consent {
    /// Its id.
    pub id: Uuid,
    /// Who agreed.
    pub subject_id: Uuid,
    /// To what: `casework`, `referral`, `public_story`, `photo`.
    pub purpose: String,
    /// Up to which classes of facts, as JSON list of [`Category`] words.
    pub categories: serde_json::Value,
    /// For which bodies (ids); an empty list means those the case needs.
    pub bodies: serde_json::Value,
    /// The day it was given.
    pub given_on: Date,
    /// The last day it holds.
    pub valid_until: Date,
    /// How it was given: `signature`, `sms_code`, `witness`, `guardian`.
    pub evidence: String,
    /// Contact of the guardian who gave it in her place.
    pub given_by: Option<Uuid>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

impl Consent {
    /// True while it holds.
    pub fn holds_on(&self, day: Date) -> bool {
        self.withdrawn_at.is_none() && self.given_on <= day && day <= self.valid_until
    }

    /// The first instant at which it holds no more; its last day counts to its end.
    pub fn ends_at(&self) -> Timestamp {
        end_of(self.valid_until)
    }

    /// True when it lets this body see facts of this class; one for a more private class does too.
    pub fn allows(&self, body: Uuid, category: Category) -> bool {
        let body = body.to_string();
        let bodies = self
            .bodies
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let names_it = bodies.iter().any(|named| named.as_str() == Some(&body));
        let mut classes = Category::ALL.iter();
        (bodies.is_empty() || names_it)
            && classes.any(|class| *class >= category && self.covers(*class))
    }

    /// True when it covers facts of this class.
    pub fn covers(&self, category: Category) -> bool {
        let words = self.categories.as_array();
        words.is_some_and(|words| {
            words
                .iter()
                .any(|word| word.as_str() == Some(category.as_str()))
        })
    }
}

/// The first instant after a day.
pub(crate) fn end_of(day: Date) -> Timestamp {
    day.succ_opt()
        .map_or(Timestamp::MAX, |next| Timestamp::at(next, 0, 0))
}

/// Those of the subjects who agreed to a purpose that holds on a day; one statement for many.
pub async fn agreed(
    conn: &mut Conn,
    subjects: &[Uuid],
    purpose: &str,
    day: Date,
) -> Result<Vec<Uuid>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..subjects.len())
        .map(|at| format!("${}", at + 3))
        .collect();
    sql(format!(
        "SELECT DISTINCT subject_id AS value FROM consent WHERE purpose = $1 AND withdrawn_at IS NULL
         AND given_on <= $2 AND valid_until >= $2 AND subject_id IN ({})",
        marks.join(", ")
    ))
    .bind(purpose)
    .bind(day)
    .bind_all(subjects.iter().map(|subject| Value::from(*subject)))
    .scalars(conn)
    .await
}

/// A consent to be recorded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewConsent {
    /// Made by the sender.
    pub id: Uuid,
    /// Who agreed.
    pub subject_id: Uuid,
    /// To what.
    pub purpose: String,
    /// Classes covered.
    pub categories: Vec<Category>,
    /// Bodies covered.
    pub bodies: Vec<Uuid>,
    /// The last day it holds.
    pub valid_until: Date,
    /// How it was given.
    pub evidence: String,
    /// Contact of the guardian who gave it in her place.
    pub given_by: Option<Uuid>,
}

/// Records a consent inside another write.
pub async fn record(tx: &mut Tx, new: &NewConsent) -> Result<()> {
    sql(
        "INSERT INTO consent (id, subject_id, purpose, categories, bodies, given_on, valid_until,
         evidence, given_by, recorded_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(new.subject_id)
    .bind(&new.purpose)
    .bind(serde_json::json!(new.categories))
    .bind(serde_json::json!(new.bodies))
    .bind(tx.today())
    .bind(new.valid_until)
    .bind(&new.evidence)
    .bind(new.given_by)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    let detail = serde_json::json!({
        "purpose": new.purpose, "consent": new.id, "given_by": new.given_by,
    });
    audit::record(tx, "consent_given", "person", Some(new.subject_id), detail).await
}

/// Every column of [`Consent`].
const COLUMNS: &str = "id, subject_id, purpose, categories, bodies, given_on, valid_until, evidence, given_by, \
     withdrawn_at";

/// A subject's consents, newest first.
pub async fn list(conn: &mut Conn, subject: Uuid) -> Result<Vec<Consent>> {
    sql(format!(
        "SELECT {COLUMNS} FROM consent WHERE subject_id = $1 ORDER BY id DESC"
    ))
    .bind(subject)
    .all(conn)
    .await
}

/// A consent, whoever asks.
pub async fn get(conn: &mut Conn, id: Uuid) -> Result<Consent> {
    sql(format!("SELECT {COLUMNS} FROM consent WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Locks a consent that holds today, so that its withdrawal waits for this write and then sees
/// what rests on it. False when it does not hold.
pub async fn hold(tx: &mut Tx, consent: Uuid) -> Result<bool> {
    let rows = sql(
        "UPDATE consent SET valid_until = valid_until WHERE id = $1 AND withdrawn_at IS NULL
         AND given_on <= $2 AND valid_until >= $2",
    )
    .bind(consent)
    .bind(tx.today())
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// [`hold`] of a subject's consent, with what it says; none when it does not hold or is another's.
pub(crate) async fn hold_of(tx: &mut Tx, id: Uuid, subject: Uuid) -> Result<Option<Consent>> {
    if !hold(tx, id).await? {
        return Ok(None);
    }
    let consent = get(tx, id).await?;
    Ok(Some(consent).filter(|consent| consent.subject_id == subject))
}

/// Takes a consent back: it and every grant that rests on it end at once.
#[derive(Serialize, Deserialize)]
pub struct WithdrawConsent {
    /// Which.
    pub id: Uuid,
}

impl Write for WithdrawConsent {
    const NAME: &'static str = "withdraw_consent";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        withdraw(tx, self.id).await
    }
}

/// [`WithdrawConsent`] inside another write.
pub async fn withdraw(tx: &mut Tx, consent: Uuid) -> Result<()> {
    let subject: Option<Uuid> = sql(
        "UPDATE consent SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL
         RETURNING subject_id AS value",
    )
    .bind(consent)
    .bind(tx.now())
    .optional_scalar(tx)
    .await?;
    let Some(subject) = subject else {
        // Taken back before: nothing more to end. One that never was is not found.
        return get(tx, consent).await.map(drop);
    };
    sql(
        "UPDATE access_grant SET valid_until = $2 WHERE consent_id = $1
         AND (valid_until IS NULL OR valid_until > $2)",
    )
    .bind(consent)
    .bind(tx.now())
    .execute(tx)
    .await?;
    let detail = serde_json::json!({ "consent": consent });
    audit::record(tx, "consent_withdrawn", "person", Some(subject), detail).await
}
