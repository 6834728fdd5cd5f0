//! What bodies write to the committee.

use db::{Error, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::commands::{LETTER_SUBJECT, WORDING, told};
use super::{About, LetterId, language};
use crate::answers::{AnswerKind, AnswerResolution};
use crate::committees::{CommitteeId, next_number};
use crate::resolutions::{self, ResolutionId};
use crate::wording::{NAME, not_ahead, optional, required};

/// Registers a letter that came; it gets the next number of the committee's register of received
/// letters in the Jalali year.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RegisterLetter {
    /// Made by the sender.
    pub id: LetterId,
    /// To which committee it came.
    pub committee_id: CommitteeId,
    /// The body that wrote it: the one of its resolution, and the one our letter went to.
    pub organization_id: OrganizationId,
    /// The language it is written in.
    pub language: Lang,
    /// The number that body gave it.
    pub their_number: String,
    /// Its date; not ahead.
    pub dated_on: Date,
    /// Its subject.
    pub subject: String,
    /// What it says, in short; may be empty unless it is kept as an answer.
    pub wording: String,
    /// The letter of this committee it answers.
    pub answers_id: Option<LetterId>,
    /// The resolution it is about.
    pub resolution_id: Option<ResolutionId>,
    /// True to keep it as the body's answer to that resolution, too.
    pub is_answer: bool,
    /// Whether that answer says done, under way or impossible; under way when it is not told.
    #[serde(default)]
    pub answer_kind: AnswerKind,
}

impl Write for RegisterLetter {
    const NAME: &'static str = "register_letter";
    type Out = LetterId;
    async fn run(&self, tx: &mut Tx) -> Result<LetterId> {
        not_ahead(tx, self.dated_on, "dated_on")?;
        if let Some(resolution) = self.resolution_id {
            About::Resolution(resolution)
                .check(tx, self.committee_id)
                .await
                .map_err(|error| at(error, "about", "resolution_id"))?;
            self.comes_from(resolutions::get(tx, resolution).await?.organization_id)?;
        }
        if let Some(letter) = self.answers_id {
            let ours = sql(
                "SELECT organization_id FROM letter WHERE id = $1 AND committee_id = $2
                 AND state IN ('signed', 'sent')",
            )
            .bind(letter)
            .bind(self.committee_id)
            .rows(tx)
            .await?;
            let Some(ours) = ours.first() else {
                return LETTER_SUBJECT.at("answers_id");
            };
            self.comes_from(ours.get("organization_id")?)?;
        }
        let subject = required(&self.subject, "subject", NAME)?;
        let wording = optional(&self.wording, "wording", WORDING)?;
        let their_number = required(&self.their_number, "their_number", 60)?;
        if self.is_answer {
            self.answer(tx, &wording, &their_number).await?;
        }
        let today = tx.today();
        let (year, number) = next_number(tx, self.committee_id, "letter_received", today).await?;
        sql(
            "INSERT INTO letter (id, committee_id, direction, state, organization_id, language, year, number,
             dated_on, their_number, subject, wording, resolution_id, answers_id, received_on, made_by, made_at)
             VALUES ($1, $2, 'received', 'received', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(self.id)
        .bind(self.committee_id)
        .bind(self.organization_id)
        .bind(language(self.language))
        .bind(year)
        .bind(number)
        .bind(self.dated_on)
        .bind(their_number)
        .bind(subject)
        .bind(wording)
        .bind(self.resolution_id)
        .bind(self.answers_id)
        .bind(today)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        told(tx, "letter_registered", self.id).await?;
        Ok(self.id)
    }
}

impl RegisterLetter {
    /// Nobody writes for another body: refuses unless its sender is the one that was asked.
    fn comes_from(&self, asked: OrganizationId) -> Result<()> {
        if self.organization_id == asked {
            Ok(())
        } else {
            LETTER_SUBJECT.at("organization_id")
        }
    }

    async fn answer(&self, tx: &mut Tx, wording: &str, their_number: &str) -> Result<()> {
        let Some(resolution_id) = self.resolution_id else {
            return LETTER_SUBJECT.at("resolution_id");
        };
        let answer = AnswerResolution {
            id: tx.new_id(),
            resolution_id,
            kind: self.answer_kind,
            wording: wording.to_owned(),
            reference: their_number.to_owned(),
            answered_on: self.dated_on,
        };
        let answered = answer.run(tx).await;
        answered.map(drop).map_err(|error| {
            let error = at(error, "answered_on", "dated_on");
            at(error, "answer", "wording")
        })
    }
}

/// A refusal at another command's field, told at the field of this one.
fn at(error: Error, theirs: &str, ours: &str) -> Error {
    match error {
        Error::Refused(mut refusal) if refusal.field.as_deref() == Some(theirs) => {
            refusal.field = Some(ours.to_owned());
            Error::Refused(refusal)
        }
        other => other,
    }
}
