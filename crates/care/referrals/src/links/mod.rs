//! Partner links: a body answers from its phone, without an account. A link is a random token of
//! which only a keyed hash is kept; opening it changes nothing.

mod codes;
pub(crate) mod pages;
mod views;

use access::{FreshLink, LinkKind};
use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use notices::{Notice, To};
use persian::{Jalali, Lang, Timestamp, persian_digits};
use serde::Serialize;
use uuid::Uuid;

use crate::legs::{Leg, LegId, queries as legs};
use crate::reference::{self, AnswersBy};

pub use codes::{AskLinkCode, BAD_LINK_CODE, Digits, TOO_MANY_CODES, UseLinkCode, code_text};

/// Days a link works.
const DAYS: i64 = 8;

/// The leg no longer waits, so no new link is sent.
pub const NOT_WAITING: Reason = Reason::new("link_not_waiting", 409);

/// The links of legs.
pub const LINKS: LinkKind = LinkKind {
    name: "leg_link",
    path: "/links/",
};

/// Stores the link and sends it to the receiver's phone, when its bodies answer by link.
pub(crate) async fn send(
    tx: &mut Tx,
    link: &FreshLink,
    leg: &Leg,
    template: &'static str,
) -> Result<()> {
    if reference::term(tx, &leg.service).await?.answers_by == AnswersBy::File {
        return Ok(());
    }
    sql(
        "INSERT INTO leg_link (id, leg_id, token_hash, made_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(link.id)
    .bind(leg.id)
    .bind(link.token_hash.clone())
    .bind(tx.now())
    .bind(tx.now().plus_days(DAYS))
    .execute(tx)
    .await?;
    let due = leg
        .due_on
        .map(|day| Jalali::from(day).short(Lang::Fa))
        .unwrap_or_default();
    let args = vec![
        ("link", link.address.clone()),
        ("number", persian_digits(&leg.number)),
        ("due", due),
    ];
    let to = To::Organization(leg.organization_id);
    notices::send(tx, Notice { to, template, args })
        .await
        .map(drop)
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
        .bind(LINKS.hash(keys, token))
        .optional(conn)
        .await
}

/// Sends a new link to the body's phone in place of one whose life is over.
#[derive(Serialize)]
pub struct RenewLink {
    /// The leg.
    pub leg: LegId,
    /// The new link.
    pub link: FreshLink,
}

impl Write for RenewLink {
    const NAME: &'static str = "renew_link";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let leg = legs::get(tx, self.leg).await?;
        if !leg.state.is_waiting() {
            return NOT_WAITING.refuse();
        }
        send(tx, &self.link, &leg, "referral").await?;
        let detail = serde_json::json!({ "number": leg.number });
        access::audit::record(tx, "link_renewed", "leg", Some(leg.id.get()), detail).await
    }
}
