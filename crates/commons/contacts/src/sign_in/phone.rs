//! The code to a phone, as commands.

use access::sessions::{AskForCode, BAD_CODE, CodeKind, EndSession, Owner, UseCode, start};
use access::{Rate, audit, count_try};
use db::{Conn, Error, Keys, Lookup, Result, Tx, Write, sql};
use serde::Serialize;
use uuid::Uuid;

use super::SignIn;
use crate::{Contact, ContactId, PhoneKind, list_behind_phone, list_by_phone};

/// Codes a phone may ask for.
const CODES: Rate = Rate {
    most: 3,
    seconds: 600,
};
/// How long she may take to say who she is, in seconds.
const CHOICE: i64 = 600;

/// Asks for a code to a phone. A phone nobody has gets a code too, one that is sent nowhere:
/// whoever asks learns nothing from the answer.
#[derive(Serialize)]
pub struct AskForPhoneCode {
    /// The code's id, made by the sender.
    pub id: Uuid,
    /// Keyed hash of the number: `keys.lookup("phone", "+98…")`.
    pub phone: Lookup,
}

impl Write for AskForPhoneCode {
    const NAME: &'static str = "ask_for_phone_code";
    /// Seconds to wait when there were too many; none when the code is on its way.
    type Out = Option<i64>;
    async fn run(&self, tx: &mut Tx) -> Result<Option<i64>> {
        let hash: String = self
            .phone
            .mark()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if let Some(wait) = count_try(tx, &format!("phone_code:{hash}"), CODES).await? {
            return Ok(Some(wait));
        }
        let known = list_by_phone(tx, &self.phone).await?;
        let contact = known.first().map_or(self.id, |contact| contact.id.get());
        AskForCode {
            id: self.id,
            contact,
            kind: CodeKind::Sms,
        }
        .run(tx)
        .await?;
        Ok(None)
    }
}

/// Uses a code from a phone. The caller has compared the digits.
#[derive(Serialize)]
pub struct SignInByPhone {
    /// The city's keys: who shares her phone is found by them.
    #[serde(skip)]
    pub keys: Keys,
    /// Which code.
    pub code: Uuid,
    /// True when the digits were right.
    pub is_right: bool,
    /// Hash of the new session's token.
    pub token_hash: Vec<u8>,
    /// [`ticket_hash`] of the same token: a ticket for when she must say who she is.
    pub ticket_hash: Vec<u8>,
    /// The user at whose desk she sits.
    pub helper: Option<Uuid>,
}

/// What is kept of a ticket.
pub fn ticket_hash(keys: &Keys, ticket: &str) -> Vec<u8> {
    keys.blind("sign_in_ticket", ticket)
}

impl Write for SignInByPhone {
    const NAME: &'static str = "sign_in_by_phone";
    type Out = SignIn;
    async fn run(&self, tx: &mut Tx) -> Result<SignIn> {
        let use_code = UseCode {
            id: self.code,
            token_hash: self.token_hash.clone(),
            is_right: self.is_right,
            helper: self.helper,
        };
        let Some(contact) = use_code.run(tx).await? else {
            return Ok(SignIn::Wrong);
        };
        // Nobody has this phone, or it was taken away meanwhile.
        let Some(phone) = phone_of(tx, &self.keys, contact).await? else {
            return BAD_CODE.refuse();
        };
        if list_behind_phone(tx, &phone).await?.len() < 2 {
            return Ok(SignIn::Done(contact));
        }
        EndSession {
            token_hash: self.token_hash.clone(),
        }
        .run(tx)
        .await?;
        sql(
            "INSERT INTO sign_in_choice (ticket_hash, contact_id, phone_mark, expires_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(self.ticket_hash.clone())
        .bind(contact)
        .bind(phone.mark().to_vec())
        .bind(tx.now().plus_seconds(CHOICE))
        .execute(tx)
        .await?;
        Ok(SignIn::Choose)
    }
}

/// The people behind the phone of a ticket, while it holds: also those whom its owner accompanies.
pub async fn people_of(
    conn: &mut Conn,
    keys: &Keys,
    ticket_hash: Vec<u8>,
    now: persian::Timestamp,
) -> Result<Vec<Contact>> {
    let rows = sql(
        "SELECT contact_id, phone_mark FROM sign_in_choice WHERE ticket_hash = $1 AND expires_at > $2",
    )
    .bind(ticket_hash)
    .bind(now)
    .rows(conn)
    .await?;
    let Some(row) = rows.first() else {
        return Ok(Vec::new());
    };
    let (contact, mark): (Uuid, Vec<u8>) = (row.get("contact_id")?, row.get("phone_mark")?);
    match phone_of(conn, keys, contact).await? {
        // The ticket was given for this number, whatever she has now.
        Some(phone) if phone.mark() == mark => list_behind_phone(conn, &phone).await,
        _ => Ok(Vec::new()),
    }
}

/// The phone of a contact as it is searched for; none without one.
async fn phone_of(conn: &mut Conn, keys: &Keys, contact: Uuid) -> Result<Option<Lookup>> {
    match crate::phone(conn, keys, ContactId::new(contact)).await {
        Ok(number) => Ok(number.map(|number| keys.lookup("phone", &number))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// She says which of the people behind her phone she is. A ticket serves once.
#[derive(Serialize)]
pub struct ChoosePerson {
    /// The city's keys: who shares her phone is found by them.
    #[serde(skip)]
    pub keys: Keys,
    /// [`ticket_hash`] of the ticket given after the right code.
    pub ticket_hash: Vec<u8>,
    /// Who she is.
    pub contact: ContactId,
    /// Hash of the new session's token.
    pub token_hash: Vec<u8>,
    /// The user at whose desk she sits.
    pub helper: Option<Uuid>,
}

impl Write for ChoosePerson {
    const NAME: &'static str = "choose_person";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        let people = people_of(tx, &self.keys, self.ticket_hash.clone(), now).await?;
        let spent = sql("DELETE FROM sign_in_choice WHERE ticket_hash = $1")
            .bind(self.ticket_hash.clone())
            .execute(tx)
            .await?;
        let chosen = people.iter().find(|contact| contact.id == self.contact);
        let Some(chosen) = chosen.filter(|_| spent > 0) else {
            return BAD_CODE.refuse();
        };
        // Who has no phone of her own came in through her companion's.
        let by_companion = chosen.phone_kind == PhoneKind::None;
        sql("DELETE FROM sign_in_choice WHERE expires_at < $1")
            .bind(tx.now())
            .execute(tx)
            .await?;
        let contact = self.contact.get();
        start(
            tx,
            &self.token_hash,
            Owner::Person {
                contact,
                helper: self.helper,
            },
        )
        .await?;
        let detail = serde_json::json!({ "among": people.len(), "by_companion": by_companion });
        audit::record(tx, "person_chosen", "contact", Some(contact), detail).await
    }
}
