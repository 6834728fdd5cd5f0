//! One-time codes: whoever holds a link proves that the body's phone is at hand, and sees how to
//! reach the person.

use access::{Rate, count_try};
use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use notices::{Notice, To};
use organizations::OrganizationId;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::legs::LegId;

/// Seconds a code works.
const SECONDS: i64 = 10 * 60;
/// Codes a link may ask for.
const RATE: Rate = Rate {
    most: 3,
    seconds: 15 * 60,
};

/// The code is wrong, used up or too old.
pub const BAD_LINK_CODE: Reason = Reason::new("link_code_wrong", 422);
/// Too many codes were asked for.
pub const TOO_MANY_CODES: Reason = Reason::new("link_too_many_codes", 429);

/// The digits of a code. They follow from its id and the city's keys, so no table holds them.
pub fn code_text(keys: &Keys, id: Uuid) -> String {
    let digest = keys.sign("link_code", id.as_bytes());
    let number = digest
        .iter()
        .take(7)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// The digits on their way into a message; never part of what is compared or kept.
#[derive(Clone, Debug)]
pub struct Digits(pub String);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Sends a one-time code to the phone of the leg's receiver.
#[derive(Serialize)]
pub struct AskLinkCode {
    /// Made by the sender.
    pub id: Uuid,
    /// The link it belongs to.
    pub link: Uuid,
    /// The receiving body.
    pub organization: OrganizationId,
    /// [`code_text`] of `id`.
    pub digits: Digits,
}

impl Write for AskLinkCode {
    const NAME: &'static str = "ask_link_code";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if count_try(tx, &format!("link_code:{}", self.link), RATE)
            .await?
            .is_some()
        {
            return TOO_MANY_CODES.refuse();
        }
        sql(
            "INSERT INTO link_code (id, link_id, tries, made_at, expires_at)
             VALUES ($1, $2, 0, $3, $4)",
        )
        .bind(self.id)
        .bind(self.link)
        .bind(tx.now())
        .bind(tx.now().plus_seconds(SECONDS))
        .execute(tx)
        .await?;
        let args = vec![("code", self.digits.0.clone())];
        let to = To::Organization(self.organization);
        notices::send(
            tx,
            Notice {
                to,
                template: "sign-in-code",
                args,
            },
        )
        .await
        .map(drop)
    }
}

#[derive(FromRow)]
struct KeptCode {
    id: Uuid,
}

/// The newest code of a link that still works.
pub(crate) async fn newest(
    conn: &mut Conn,
    link: Uuid,
    now: persian::Timestamp,
) -> Result<Option<Uuid>> {
    let code: Option<KeptCode> = sql(
        "SELECT id FROM link_code WHERE link_id = $1 AND expires_at > $2 AND used_at IS NULL
         AND tries < 5 ORDER BY made_at DESC, id DESC LIMIT 1",
    )
    .bind(link)
    .bind(now)
    .optional(conn)
    .await?;
    Ok(code.map(|code| code.id))
}

/// Uses a code. The caller has compared the digits; a wrong try is counted.
#[derive(Serialize)]
pub struct UseLinkCode {
    /// Which code.
    pub id: Uuid,
    /// The leg whose contact details it opens.
    pub leg: LegId,
    /// The person shown.
    pub person: Uuid,
    /// True when the digits were right.
    pub is_right: bool,
}

impl Write for UseLinkCode {
    const NAME: &'static str = "use_link_code";
    /// True when the details may be shown.
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        if !self.is_right {
            sql("UPDATE link_code SET tries = tries + 1 WHERE id = $1 AND tries < 5")
                .bind(self.id)
                .execute(tx)
                .await?;
            return Ok(false);
        }
        let used = sql(
            "UPDATE link_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL
             AND expires_at > $2 AND tries < 5",
        )
        .bind(self.id)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if used == 1 {
            // What was shown is in the record before it is on the screen.
            let detail = serde_json::json!({ "leg": self.leg, "channel": "link" });
            access::audit::record(tx, "viewed", "person", Some(self.person), detail).await?;
        }
        Ok(used == 1)
    }
}
