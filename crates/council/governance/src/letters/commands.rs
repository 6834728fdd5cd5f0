use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{About, LetterId, LetterWay, language};
use crate::committees::{self, CommitteeId, CommitteeRole, next_number};
use crate::wording::{NAME, not_ahead, required};

/// The letter is not at the point where this can be done, or is not the text that was read.
pub const LETTER_STATE: Reason = Reason::new("letter_state", 409);
/// Only who holds the seat of the chair or the secretary signs.
pub const LETTER_SEAT: Reason = Reason::new("letter_seat", 409);
/// What the letter is about is not this committee's, or concerns another body.
pub const LETTER_SUBJECT: Reason = Reason::new("letter_subject", 422);
/// The letter was sent before it was signed.
pub const LETTER_SENT_EARLY: Reason = Reason::new("letter_sent_early", 422);

/// The longest text of a letter, in letters.
pub(super) const WORDING: usize = 6_000;

/// Drafts a letter to a body. It gets its number and date when it is signed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DraftLetter {
    /// Made by the sender.
    pub id: LetterId,
    /// Of which committee.
    pub committee_id: CommitteeId,
    /// The body it goes to.
    pub organization_id: OrganizationId,
    /// The language it is written in.
    pub language: Lang,
    /// Its subject.
    pub subject: String,
    /// What it says, a paragraph a line.
    pub wording: String,
    /// What it is about, of that committee.
    pub about: Option<About>,
}

impl Write for DraftLetter {
    const NAME: &'static str = "draft_letter";
    type Out = LetterId;
    async fn run(&self, tx: &mut Tx) -> Result<LetterId> {
        if let Some(about) = self.about {
            about.check(tx, self.committee_id).await?;
        }
        let column = self.about.map_or("resolution_id", About::column);
        sql(format!(
            "INSERT INTO letter (id, committee_id, direction, state, organization_id, language, their_number,
             subject, wording, {column}, made_by, made_at)
             VALUES ($1, $2, 'sent', 'drafted', $3, $4, '', $5, $6, $7, $8, $9)"
        ))
        .bind(self.id)
        .bind(self.committee_id)
        .bind(self.organization_id)
        .bind(language(self.language))
        .bind(required(&self.subject, "subject", NAME)?)
        .bind(required(&self.wording, "wording", WORDING)?)
        .bind(self.about.map(About::id))
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        told(tx, "letter_drafted", self.id).await?;
        Ok(self.id)
    }
}

/// Changes a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviseLetter {
    /// Which letter; it must not be signed.
    pub id: LetterId,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub wording: String,
}

impl Write for ReviseLetter {
    const NAME: &'static str = "revise_letter";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let revised =
            sql("UPDATE letter SET subject = $2, wording = $3 WHERE id = $1 AND state = 'drafted'")
                .bind(self.id)
                .bind(required(&self.subject, "subject", NAME)?)
                .bind(required(&self.wording, "wording", WORDING)?)
                .execute(tx)
                .await?;
        if revised == 0 {
            return LETTER_STATE.refuse();
        }
        told(tx, "letter_revised", self.id).await
    }
}

/// Gives a draft up. It stays in the register without a number; what was signed cannot be given up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DiscardLetter {
    /// Which letter; it must not be signed.
    pub id: LetterId,
}

impl Write for DiscardLetter {
    const NAME: &'static str = "discard_letter";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let discarded =
            sql("UPDATE letter SET state = 'discarded' WHERE id = $1 AND state = 'drafted'")
                .bind(self.id)
                .execute(tx)
                .await?;
        if discarded == 0 {
            return LETTER_STATE.refuse();
        }
        told(tx, "letter_discarded", self.id).await
    }
}

/// Fits what a draft says and nothing else: whoever signs tells with it what they have read.
pub(super) fn digest(subject: &str, wording: &str) -> String {
    // No stored text holds the letter between the two.
    let text = format!("{subject}\0{wording}");
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

impl DraftLetter {
    /// What signing it as drafted takes.
    pub fn digest(&self) -> String {
        let clean = |text: &str| persian::clean_lines(text).trim().to_owned();
        digest(&clean(&self.subject), &clean(&self.wording))
    }
}

/// The chair or the secretary signs what they have read: the letter gets the next number of its committee and Jalali
/// year and today's date, and does not change any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignLetter {
    /// Which letter; it must not be signed.
    pub id: LetterId,
    /// Of the subject and the text that were shown; they must still be the letter's.
    pub digest: String,
}

impl Write for SignLetter {
    const NAME: &'static str = "sign_letter";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let today = tx.today();
        let rows = sql(
            "UPDATE letter SET state = state WHERE id = $1 AND state = 'drafted'
             RETURNING committee_id, subject, wording",
        )
        .bind(self.id)
        .rows(tx)
        .await?;
        let Some(row) = rows.first() else {
            return LETTER_STATE.refuse();
        };
        let committee: CommitteeId = row.get("committee_id")?;
        let roles = [CommitteeRole::Chair, CommitteeRole::Secretary];
        let seat = committees::seat_to_sign(tx, committee, &roles, &LETTER_SEAT).await?;
        let (subject, wording): (String, String) = (row.get("subject")?, row.get("wording")?);
        if self.digest != digest(&subject, &wording) {
            return LETTER_STATE.refuse();
        }
        let (year, number) = next_number(tx, committee, "letter", today).await?;
        sql(
            "UPDATE letter SET state = 'signed', year = $2, number = $3, dated_on = $4, signed_by = $5,
             signed_seat_id = $6, signed_at = $7 WHERE id = $1",
        )
        .bind(self.id)
        .bind(year)
        .bind(number)
        .bind(today)
        .bind(tx.origin().user)
        .bind(seat)
        .bind(tx.now())
        .execute_one(tx)
        .await?;
        told(tx, "letter_signed", self.id).await
    }
}

/// Notes that a signed letter went out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendLetter {
    /// Which letter; it must be signed.
    pub id: LetterId,
    /// The day it went: neither before its date nor ahead.
    pub sent_on: Date,
    /// How it went.
    pub way: LetterWay,
}

impl Write for SendLetter {
    const NAME: &'static str = "send_letter";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        not_ahead(tx, self.sent_on, "sent_on")?;
        let sent = sql(
            "UPDATE letter SET state = 'sent', sent_on = $2, sent_way = $3
             WHERE id = $1 AND state = 'signed' RETURNING dated_on",
        )
        .bind(self.id)
        .bind(self.sent_on)
        .bind(self.way)
        .rows(tx)
        .await?;
        let Some(row) = sent.first() else {
            return LETTER_STATE.refuse();
        };
        if self.sent_on < row.get("dated_on")? {
            return LETTER_SENT_EARLY.at("sent_on");
        }
        told(tx, "letter_sent", self.id).await
    }
}

/// Notes an act on a letter.
pub(super) async fn told(tx: &mut Tx, action: &str, id: LetterId) -> Result<()> {
    audit::record(tx, action, "letter", Some(id.get()), json!({})).await
}
