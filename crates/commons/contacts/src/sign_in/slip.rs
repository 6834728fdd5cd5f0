//! The printed slip, as commands.

use access::sessions::{AskForCode, CodeKind, UseCode};
use access::{Rate, audit, count_try};
use db::{Conn, Result, Tx, Write, sql};
use persian::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::SignIn;
use crate::ContactId;

db::id! {
    /// A slip; also the id of its code.
    pub SlipId
}

/// Tries a handle has.
const TRIES: Rate = Rate {
    most: 10,
    seconds: 900,
};

/// Makes a slip for a contact; the one she had before ends.
#[derive(Serialize)]
pub struct PrintSlip {
    /// Made by the sender.
    pub id: SlipId,
    /// For whom.
    pub contact: ContactId,
}

impl Write for PrintSlip {
    const NAME: &'static str = "print_slip";
    /// Until when it works.
    type Out = Timestamp;
    async fn run(&self, tx: &mut Tx) -> Result<Timestamp> {
        let code = AskForCode {
            id: self.id.get(),
            contact: self.contact.get(),
            kind: CodeKind::Slip,
        };
        let until = code.run(tx).await?;
        sql("UPDATE sign_in_slip SET is_current = FALSE WHERE contact_id = $1 AND is_current")
            .bind(self.contact)
            .execute(tx)
            .await?;
        let user = tx.origin().user;
        sql("INSERT INTO sign_in_slip (id, contact_id, printed_by, printed_at, valid_until, is_current)
             VALUES ($1, $2, $3, $4, $5, TRUE)")
        .bind(self.id)
        .bind(self.contact)
        .bind(user)
        .bind(tx.now())
        .bind(until)
        .execute(tx)
        .await?;
        let detail = serde_json::json!({ "slip": self.id });
        audit::record(
            tx,
            "slip_printed",
            "contact",
            Some(self.contact.get()),
            detail,
        )
        .await?;
        Ok(until)
    }
}

/// The slip a contact may use now, and until when.
pub async fn current_slip(
    conn: &mut Conn,
    contact: ContactId,
    now: Timestamp,
) -> Result<Option<(SlipId, Timestamp)>> {
    let rows = sql("SELECT id, valid_until FROM sign_in_slip
                    WHERE contact_id = $1 AND is_current AND valid_until > $2")
    .bind(contact)
    .bind(now)
    .rows(conn)
    .await?;
    rows.first()
        .map(|row| Ok((row.get("id")?, row.get("valid_until")?)))
        .transpose()
}

/// Signs in by a slip. The caller has looked the slip up and compared the digits; a handle that
/// nobody has comes here as well, without a slip.
#[derive(Serialize)]
pub struct SignInBySlip {
    /// The handle as typed, digits alone: its tries are counted.
    pub handle: String,
    /// The slip of that handle.
    pub slip: Option<SlipId>,
    /// True when the digits were right.
    pub is_right: bool,
    /// Hash of the new session's token.
    pub token_hash: Vec<u8>,
    /// The user at whose desk she sits.
    pub helper: Option<Uuid>,
}

impl Write for SignInBySlip {
    const NAME: &'static str = "sign_in_by_slip";
    type Out = SignIn;
    async fn run(&self, tx: &mut Tx) -> Result<SignIn> {
        if let Some(wait) = count_try(tx, &format!("slip:{}", self.handle), TRIES).await? {
            return Ok(SignIn::Wait(wait));
        }
        let Some(slip) = self.slip else {
            return Ok(SignIn::Wrong);
        };
        let use_code = UseCode {
            id: slip.get(),
            token_hash: self.token_hash.clone(),
            is_right: self.is_right,
            helper: self.helper,
        };
        let contact = use_code.run(tx).await?;
        Ok(contact.map_or(SignIn::Wrong, SignIn::Done))
    }
}
