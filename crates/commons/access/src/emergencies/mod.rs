//! Emergency access: a record opened without a right to it, for a written reason and a short time.
//!
//! It is a record of its own, audited, told to whoever carries the case, and ends by itself. In it
//! one reads and changes nothing, and sensitive facts stay closed: the law asks for her consent.

mod pages;

use db::{Conn, FromRow, Keys, Reason, Result, SealedText, Tx, sql};
use persian::Timestamp;
use serde::Serialize;
use uuid::Uuid;

pub(crate) use pages::routes;
pub use pages::table;

use crate::{Permission, Rate, Role, audit, count_try};

/// Opens a case of others in an emergency.
pub const OPEN: Permission =
    Permission::new("emergency.open", &[Role::CaseWorker, Role::Supervisor]);

/// So many were opened by one user within a day that somebody has to look at it first.
pub const TOO_OFTEN: Reason = Reason::new("emergency_too_often", 429);

/// How long it lasts, in seconds.
pub const LASTS: i64 = 4 * 3600;

/// Emergencies of one user.
const RATE: Rate = Rate {
    most: 5,
    seconds: 86_400,
};

/// One to be written.
#[derive(Clone, Debug, Serialize)]
pub struct NewEmergency {
    /// Made by the sender.
    pub id: Uuid,
    /// Whose record.
    pub subject: Uuid,
    /// The body in whose name it is opened.
    pub organization: Uuid,
    /// Code of the case.
    pub about: String,
    /// Why: [`seal`].
    pub reason: SealedText,
}

/// Seals why.
pub fn seal(keys: &Keys, id: Uuid, reason: &str) -> SealedText {
    SealedText::new(keys, "emergency_access", "reason_sealed", id, reason)
}

/// Opens the record to the user who asks; gives until when.
pub async fn open(tx: &mut Tx, new: &NewEmergency) -> Result<Timestamp> {
    let user = tx.origin().user.ok_or(db::Error::NotFound)?;
    if count_try(tx, &format!("emergency:{user}"), RATE)
        .await?
        .is_some()
    {
        return TOO_OFTEN.refuse();
    }
    let until = tx.now().plus_seconds(LASTS);
    sql(
        "INSERT INTO emergency_access (id, subject_id, user_id, organization_id, about,
         reason_sealed, opened_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.id)
    .bind(new.subject)
    .bind(user)
    .bind(new.organization)
    .bind(&new.about)
    .bind(new.reason.bytes())
    .bind(tx.now())
    .bind(until)
    .execute(tx)
    .await?;
    let detail = serde_json::json!({ "emergency": new.id, "about": new.about, "until": until });
    audit::record(
        tx,
        "opened_in_emergency",
        "person",
        Some(new.subject),
        detail,
    )
    .await?;
    Ok(until)
}

/// An emergency as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Emergency {
    /// Its id.
    pub id: Uuid,
    /// Whose record.
    pub subject_id: Uuid,
    /// Who opened it.
    pub user_id: Uuid,
    /// By name.
    pub user_name: String,
    /// In whose name.
    pub organization_id: Uuid,
    /// Code of the case.
    pub about: String,
    /// Why, sealed.
    pub reason_sealed: Vec<u8>,
    /// When.
    pub opened_at: Timestamp,
    /// Until when.
    pub valid_until: Timestamp,
}

impl Emergency {
    /// Why.
    pub fn reason(&self, keys: &Keys) -> Result<String> {
        keys.open_sealed(
            "emergency_access",
            "reason_sealed",
            self.id,
            &self.reason_sealed,
        )
        .map_err(db::Error::other)
    }
}

const COLUMNS: &str = "SELECT e.id, e.subject_id, e.user_id, u.shown_name AS user_name, e.organization_id, \
     e.about, e.reason_sealed, e.opened_at, e.valid_until \
     FROM emergency_access e JOIN user_account u ON u.id = e.user_id";

/// The last emergencies about somebody, newest first; at most twenty.
pub async fn list_of(conn: &mut Conn, subject: Uuid) -> Result<Vec<Emergency>> {
    sql(format!(
        "{COLUMNS} WHERE e.subject_id = $1 ORDER BY e.opened_at DESC, e.id DESC LIMIT 20"
    ))
    .bind(subject)
    .all(conn)
    .await
}

/// All emergencies, newest first: those before one, at most `most`. By the time, for whoever opens
/// one chooses its id.
async fn list(conn: &mut Conn, before: Option<Uuid>, most: i64) -> Result<Vec<Emergency>> {
    let condition = match before {
        Some(_) => {
            "WHERE (e.opened_at, e.id) < (SELECT b.opened_at, b.id FROM emergency_access b WHERE b.id = $2)"
        }
        None => "",
    };
    sql(format!(
        "{COLUMNS} {condition} ORDER BY e.opened_at DESC, e.id DESC LIMIT $1"
    ))
    .bind(most)
    .bind_all(before.map(db::Value::from))
    .all(conn)
    .await
}

/// Whose records stand open to a user now.
pub(crate) async fn open_to(conn: &mut Conn, user: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    sql(
        "SELECT DISTINCT e.subject_id AS value FROM emergency_access e
         WHERE e.user_id = $1 AND e.opened_at <= $2 AND e.valid_until > $2",
    )
    .bind(user)
    .bind(now)
    .scalars(conn)
    .await
}
