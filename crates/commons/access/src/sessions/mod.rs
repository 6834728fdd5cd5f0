//! Sessions: opaque tokens, kept only as hashes.

mod code;
pub(crate) mod own;
pub mod pages;
mod proof;
mod tokens;

use data_encoding::BASE64URL_NOPAD;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Timestamp;
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use code::{AskForCode, CodeKind, UseCode, code_text};
pub use tokens::{RevokeTokens, create_token, list_tokens};

use crate::audit;

/// Name, password or second factor is wrong; which one is not told.
pub const BAD_CREDENTIALS: Reason = Reason::new("bad_credentials", 401);
/// The password is right, but a role asks for a second factor and none is set.
pub const SECOND_FACTOR_MISSING: Reason = Reason::new("second_factor_missing", 403);
/// The code is wrong, used or too old.
pub const BAD_CODE: Reason = Reason::new("bad_code", 422);

/// The session cookie. The prefix makes browsers insist on this host and a safe channel.
pub const COOKIE: &str = "__Host-session";

/// How long a session lasts, in seconds: staff, person, machine.
const STAFF: i64 = 10 * 3600;
const PERSON: i64 = 3600;
const TOKEN: i64 = 90 * 86_400;

/// A token as it is sent to the browser: 32 random bytes. Only its hash reaches the database.
#[derive(Clone, Debug)]
pub struct Token(String);

impl Token {
    /// A fresh token.
    pub fn fresh() -> Self {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(BASE64URL_NOPAD.encode(&bytes))
    }

    /// What the browser keeps.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> Vec<u8> {
        hash_of(&self.0)
    }
}

fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// Whose session it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Owner {
    /// A user in a browser.
    Staff(Uuid),
    /// A person in a browser, perhaps with a helper beside her.
    Person {
        /// Her contact.
        contact: Uuid,
        /// The user who helps.
        helper: Option<Uuid>,
    },
    /// A user's program.
    Machine(Uuid),
}

/// Starts a session; the sender keeps the token.
#[derive(Serialize, Deserialize)]
pub struct StartSession {
    /// [`Token::hash`].
    pub token_hash: Vec<u8>,
    /// Whose.
    pub owner: Owner,
}

impl Write for StartSession {
    const NAME: &'static str = "start_session";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        start(tx, &self.token_hash, self.owner).await
    }
}

/// [`StartSession`] inside another write.
pub async fn start(tx: &mut Tx, token_hash: &[u8], owner: Owner) -> Result<()> {
    let (kind, user, contact, helper, seconds) = match owner {
        Owner::Staff(user) => ("staff", Some(user), None, None, STAFF),
        Owner::Person { contact, helper } => ("person", None, Some(contact), helper, PERSON),
        Owner::Machine(user) => ("token", Some(user), None, None, TOKEN),
    };
    sql(
        "INSERT INTO session (token_hash, kind, user_id, contact_id, helper_id, made_at,
         proved_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(token_hash.to_vec())
    .bind(kind)
    .bind(user)
    .bind(contact)
    .bind(helper)
    .bind(tx.now())
    .bind(tx.now().plus_seconds(seconds))
    .execute(tx)
    .await?;
    audit::record(
        tx,
        "signed_in",
        kind,
        user.or(contact),
        serde_json::json!({}),
    )
    .await
}

/// A session that holds now.
#[derive(Clone, Debug, FromRow)]
pub struct Session {
    /// `staff`, `person` or `token`.
    pub kind: String,
    /// The user, for staff and programs.
    pub user_id: Option<Uuid>,
    /// The person's contact.
    pub contact_id: Option<Uuid>,
    /// Who helps her.
    pub helper_id: Option<Uuid>,
    /// When the owner last proved who they are.
    pub proved_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// True while its user has a record open in an emergency.
    pub has_emergency: bool,
}

/// The session of a token, unless it ended.
pub async fn find(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Session>> {
    sql(
        "SELECT s.kind, s.user_id, s.contact_id, s.helper_id, s.proved_at, s.expires_at,
         EXISTS (SELECT 1 FROM emergency_access e WHERE e.user_id = s.user_id AND e.valid_until > $2)
         AS has_emergency
         FROM session s WHERE s.token_hash = $1 AND s.expires_at > $2",
    )
    .bind(hash_of(token))
    .bind(now)
    .optional(conn)
    .await
}

/// Whose session it was, also when it has run out, and whether a person's; none after a sign-out.
pub async fn last_owner(conn: &mut Conn, token: &str) -> Result<Option<(Uuid, bool)>> {
    let rows = sql("SELECT user_id, contact_id FROM session WHERE token_hash = $1")
        .bind(hash_of(token))
        .rows(conn)
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let (user, contact): (Option<Uuid>, Option<Uuid>) =
        (row.get("user_id")?, row.get("contact_id")?);
    Ok(user.map(|id| (id, false)).or(contact.map(|id| (id, true))))
}

/// Says that the owner of a session has just proved who they are.
#[derive(Serialize, Deserialize)]
pub(crate) struct ProveAgain {
    /// [`Token::hash`] of the session.
    pub token_hash: Vec<u8>,
    /// Whose it must be.
    pub user: Uuid,
}

impl Write for ProveAgain {
    const NAME: &'static str = "prove_again";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE session SET proved_at = $3 WHERE token_hash = $1 AND user_id = $2")
            .bind(self.token_hash.clone())
            .bind(self.user)
            .bind(tx.now())
            .execute_one(tx)
            .await?;
        let user = Some(self.user);
        audit::record(tx, "proved_again", "user", user, serde_json::json!({})).await
    }
}

/// Ends a session and forgets those that ran out a week ago.
#[derive(Serialize, Deserialize)]
pub struct EndSession {
    /// [`Token::hash`] of the one to end.
    pub token_hash: Vec<u8>,
}

impl EndSession {
    /// For a token as sent by the browser.
    pub fn of(token: &str) -> Self {
        Self {
            token_hash: hash_of(token),
        }
    }
}

impl Write for EndSession {
    const NAME: &'static str = "end_session";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        // Those that ran out lately still say whose a late form is.
        sql("DELETE FROM session WHERE token_hash = $1 OR expires_at < $2")
            .bind(self.token_hash.clone())
            .bind(tx.now().plus_days(-7))
            .execute(tx)
            .await
            .map(drop)
    }
}
