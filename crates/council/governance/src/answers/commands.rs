use access::{Rate, count_try};
use db::{Result, Tx, Write};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keep::{Said, keep};
use super::links::LINK_TOO_OFTEN;
use super::{AnswerKind, AnswerWay};
use crate::resolutions::ResolutionId;
use crate::wording::not_ahead;

/// Answers to one resolution by its links.
const RATE: Rate = Rate {
    most: 10,
    seconds: 60 * 60,
};

/// Writes down what the responsible body answered.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AnswerResolution {
    /// Made by the sender.
    pub id: Uuid,
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// Done, under way, or impossible; under way when it is not told.
    #[serde(default)]
    pub kind: AnswerKind,
    /// What the answer says.
    pub wording: String,
    /// The letter it came with; may be empty.
    pub reference: String,
    /// Its day: neither before the decision nor ahead.
    pub answered_on: Date,
}

impl Write for AnswerResolution {
    const NAME: &'static str = "answer_resolution";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        not_ahead(tx, self.answered_on, "answered_on")?;
        let said = Said {
            id: self.id,
            resolution: self.resolution_id,
            kind: self.kind,
            way: AnswerWay::Office,
            wording: &self.wording,
            reference: &self.reference,
            answered_on: self.answered_on,
        };
        keep(tx, said).await?;
        Ok(self.id)
    }
}

/// What a body says itself, today.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ResolutionWords")]
pub struct Words {
    /// Made by the sender.
    pub id: Uuid,
    /// Done, under way, or impossible.
    pub kind: AnswerKind,
    /// What was done, how far it is, or why not.
    pub wording: String,
    /// Number of a letter or document; may be empty.
    pub reference: String,
}

impl Words {
    async fn keep(&self, tx: &mut Tx, resolution: ResolutionId, way: AnswerWay) -> Result<bool> {
        let said = Said {
            id: self.id,
            resolution,
            kind: self.kind,
            way,
            wording: &self.wording,
            reference: &self.reference,
            answered_on: tx.today(),
        };
        keep(tx, said).await
    }
}

/// A user of the responsible body answers at its desk. The caller has seen that it is theirs.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerAtDesk {
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// What is said.
    pub words: Words,
}

impl Write for AnswerAtDesk {
    const NAME: &'static str = "answer_at_desk";
    /// True when it was not said before.
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        self.words
            .keep(tx, self.resolution_id, AnswerWay::Desk)
            .await
    }
}

/// Whoever holds the body's link answers. The caller has found the link and that it lives.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerByLink {
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// What is said.
    pub words: Words,
}

impl Write for AnswerByLink {
    const NAME: &'static str = "answer_by_link";
    /// True when it was not said before.
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        // Each new answer takes signatures off open minutes: whoever found the link cannot do so all day.
        let subject = format!("resolution_answer:{}", self.resolution_id);
        if count_try(tx, &subject, RATE).await?.is_some() {
            return LINK_TOO_OFTEN.refuse();
        }
        self.words
            .keep(tx, self.resolution_id, AnswerWay::Link)
            .await
    }
}
