//! Links: a body answers from its phone, without an account. A link is a random token of which only
//! a keyed hash is kept; opening it changes nothing.

use access::{FreshLink, LinkKind, Rate, audit, count_try};
use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use notices::{Notice, To};
use persian::{Jalali, Lang, Timestamp};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::keep::RESOLUTION_PROVEN;
use crate::resolutions::{self, RESOLUTION_CLOSED, ResolutionId, ResolutionState};
use crate::wording::number_of_year;

/// Days a link works.
const DAYS: i64 = 14;
/// Links a body is sent for one resolution.
const RATE: Rate = Rate {
    most: 3,
    seconds: 60 * 60,
};

/// Too many links were asked for.
pub const LINK_TOO_OFTEN: Reason = Reason::new("resolution_link_too_often", 429);

/// The links of resolutions.
pub const LINKS: LinkKind = LinkKind {
    name: "resolution_link",
    path: "/answers/",
};

/// A link as it is kept.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Link {
    pub id: Uuid,
    pub resolution_id: ResolutionId,
    pub expires_at: Timestamp,
}

/// The link of a token, also when its life is over.
pub(super) async fn find(conn: &mut Conn, keys: &Keys, token: &str) -> Result<Option<Link>> {
    sql("SELECT id, resolution_id, expires_at FROM resolution_link WHERE token_hash = $1")
        .bind(LINKS.hash(keys, token))
        .optional(conn)
        .await
}

/// Sends the responsible body a link to answer by, on the phone in its entry.
#[derive(Clone, Debug, Serialize)]
pub struct SendResolutionLink {
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// The link.
    pub link: FreshLink,
}

impl Write for SendResolutionLink {
    const NAME: &'static str = "send_resolution_link";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let one = resolutions::get(tx, self.resolution_id).await?;
        match one.state(tx.today()) {
            ResolutionState::Repealed => return RESOLUTION_CLOSED.refuse(),
            ResolutionState::Verified => return RESOLUTION_PROVEN.refuse(),
            _ => {}
        }
        let subject = format!("resolution_link:{}", one.id);
        if count_try(tx, &subject, RATE).await?.is_some() {
            return LINK_TOO_OFTEN.refuse();
        }
        sql(
            "INSERT INTO resolution_link (id, resolution_id, token_hash, made_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.link.id)
        .bind(one.id)
        .bind(self.link.token_hash.clone())
        .bind(tx.now())
        .bind(tx.now().plus_days(DAYS))
        .execute(tx)
        .await?;
        let notice = Notice {
            to: To::Organization(one.organization_id),
            template: "resolution-asked",
            args: vec![
                ("link", self.link.address.clone()),
                ("number", number_of_year(one.year, one.number, Lang::Fa)),
                ("due", Jalali::from(one.due_on).short(Lang::Fa)),
            ],
        };
        notices::send(tx, notice).await?;
        audit::record(
            tx,
            "resolution_link_sent",
            "resolution",
            Some(one.id.get()),
            json!({}),
        )
        .await
    }
}
