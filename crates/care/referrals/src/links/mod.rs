//! Partner links: a body answers from its phone, without an account. A link is a random token of
//! which only a keyed hash is kept; opening it changes nothing.

mod codes;
pub(crate) mod pages;
mod views;

use data_encoding::BASE64URL_NOPAD;
use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use notices::{Notice, To};
use persian::{Jalali, Lang, Timestamp, persian_digits};
use rand::Rng as _;
use serde::{Serialize, Serializer};
use uuid::Uuid;
use web::City;

use crate::legs::{Leg, LegId, queries as legs};
use crate::reference::{self, AnswersBy};

pub use codes::{AskLinkCode, BAD_LINK_CODE, Digits, TOO_MANY_CODES, UseLinkCode, code_text};

/// Days a link works.
const DAYS: i64 = 8;
/// Random bytes in a token: 22 letters, short enough for one message.
const TOKEN_BYTES: usize = 16;

/// The leg no longer waits, so no new link is sent.
pub const NOT_WAITING: Reason = Reason::new("link_not_waiting", 409);

/// A fresh link on its way into a command.
#[derive(Clone, Debug)]
pub struct NewLink {
    id: Uuid,
    token_hash: Vec<u8>,
    /// Its full address; known only here and in the message to the body.
    pub address: String,
}

impl Serialize for NewLink {
    /// A resent form brings another random link; it does not make another command.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl NewLink {
    /// A fresh link of this city.
    pub fn make(city: &City) -> Self {
        let mut bytes = [0_u8; TOKEN_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        let token = BASE64URL_NOPAD.encode(&bytes);
        Self {
            id: city.db.new_id(),
            token_hash: hash(&city.keys, &token),
            address: city.link(&format!("/links/{token}")),
        }
    }

    /// Stores the link and sends it to the receiver's phone, when its bodies answer by link.
    pub(crate) async fn send(&self, tx: &mut Tx, leg: &Leg, template: &'static str) -> Result<()> {
        if reference::term(tx, &leg.service).await?.answers_by == AnswersBy::File {
            return Ok(());
        }
        sql(
            "INSERT INTO leg_link (id, leg_id, token_hash, made_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.id)
        .bind(leg.id)
        .bind(self.token_hash.clone())
        .bind(tx.now())
        .bind(tx.now().plus_days(DAYS))
        .execute(tx)
        .await?;
        let due = leg
            .due_on
            .map(|day| Jalali::from(day).short(Lang::Fa))
            .unwrap_or_default();
        let args = vec![
            ("link", self.address.clone()),
            ("number", persian_digits(&leg.number)),
            ("due", due),
        ];
        let to = To::Organization(leg.organization_id);
        notices::send(tx, Notice { to, template, args })
            .await
            .map(drop)
    }
}

fn hash(keys: &Keys, token: &str) -> Vec<u8> {
    keys.blind("leg_link", token)
}

/// A link as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Link {
    /// Its id.
    pub id: Uuid,
    /// The leg it opens.
    pub leg_id: LegId,
    /// The end of its life.
    pub expires_at: Timestamp,
}

/// The link of a token, also when its life is over.
pub async fn find(conn: &mut Conn, keys: &Keys, token: &str) -> Result<Option<Link>> {
    sql("SELECT id, leg_id, expires_at FROM leg_link WHERE token_hash = $1")
        .bind(hash(keys, token))
        .optional(conn)
        .await
}

/// Sends a new link to the body's phone in place of one whose life is over.
#[derive(Serialize)]
pub struct RenewLink {
    /// The leg.
    pub leg: LegId,
    /// The new link.
    pub link: NewLink,
}

impl Write for RenewLink {
    const NAME: &'static str = "renew_link";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let leg = legs::get(tx, self.leg).await?;
        if !leg.state.is_waiting() {
            return NOT_WAITING.refuse();
        }
        self.link.send(tx, &leg, "referral").await?;
        let detail = serde_json::json!({ "number": leg.number });
        access::audit::record(tx, "link_renewed", "leg", Some(leg.id.get()), detail).await
    }
}
