use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::ResolutionId;
use crate::articles::ArticleId;
use crate::committees::next_number;
use crate::meetings::{MeetingId, MeetingState, NO_QUORUM, hold, quorum_of, unsign};
use crate::wording::{DAY_BEFORE_DECISION, NAME, not_ahead, optional, required};

/// More votes than seats that vote, or no majority.
pub const RESOLUTION_VOTES: Reason = Reason::new("resolution_votes", 422);
/// The deadline lies before the meeting.
pub const RESOLUTION_DUE: Reason = Reason::new("resolution_due", 422);
/// The resolution was repealed.
pub const RESOLUTION_CLOSED: Reason = Reason::new("resolution_closed", 409);

/// A meeting with a quorum decides something.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PassResolution {
    /// Made by the sender.
    pub id: ResolutionId,
    /// The meeting; it must have been held and have a quorum.
    pub meeting_id: MeetingId,
    /// The article it cites.
    pub article_id: ArticleId,
    /// The responsible body.
    pub organization_id: OrganizationId,
    /// The responsible office in that body.
    pub responsible: String,
    /// What is decided.
    pub wording: String,
    /// Its deadline; not before the meeting.
    pub due_on: Date,
    /// What will prove it.
    pub evidence_asked: String,
    /// Votes for it: more than against, no more than present.
    pub votes_for: i64,
    /// Votes against it.
    pub votes_against: i64,
}

impl Write for PassResolution {
    const NAME: &'static str = "pass_resolution";
    type Out = ResolutionId;
    async fn run(&self, tx: &mut Tx) -> Result<ResolutionId> {
        let (committee, day) = hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        let quorum = quorum_of(tx, self.meeting_id, committee, day).await?;
        if !quorum.is_met {
            return NO_QUORUM.refuse();
        }
        if self.votes_for.saturating_add(self.votes_against) > quorum.present {
            return RESOLUTION_VOTES.at("votes_for");
        }
        unsign(tx, self.meeting_id).await?;
        let responsible = required(&self.responsible, "responsible", NAME)?;
        let wording = required(&self.wording, "wording", 2_000)?;
        let evidence_asked = required(&self.evidence_asked, "evidence_asked", 1_000)?;
        let (year, number) = next_number(tx, committee, "resolution", day).await?;
        sql("INSERT INTO resolution (id, meeting_id, committee_id, article_id, organization_id, responsible,
             year, number, wording, evidence_asked, decided_on, due_on, votes_for, votes_against, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .bind(self.id)
        .bind(self.meeting_id)
        .bind(committee)
        .bind(self.article_id)
        .bind(self.organization_id)
        .bind(responsible)
        .bind(year)
        .bind(number)
        .bind(wording)
        .bind(evidence_asked)
        .bind(day)
        .bind(self.due_on)
        .bind(self.votes_for)
        .bind(self.votes_against)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ck_resolution_majority", &RESOLUTION_VOTES)
                .or_reason("ck_resolution_due", &RESOLUTION_DUE)
        })?;
        let detail = json!({ "year": year, "number": number });
        audit::record(
            tx,
            "resolution_passed",
            "resolution",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Writes down what the responsible body answered.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AnswerResolution {
    /// Made by the sender.
    pub id: Uuid,
    /// Which resolution.
    pub resolution_id: ResolutionId,
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
        // The resolution's row is held, so nobody repeals it meanwhile.
        let decided = sql(
            "UPDATE resolution SET number = number WHERE id = $1 AND repealed_by_id IS NULL
             RETURNING decided_on",
        )
        .bind(self.resolution_id)
        .rows(tx)
        .await?;
        let Some(row) = decided.first() else {
            return RESOLUTION_CLOSED.refuse();
        };
        if self.answered_on < row.get("decided_on")? {
            return DAY_BEFORE_DECISION.at("answered_on");
        }
        sql(
            "INSERT INTO resolution_answer (id, resolution_id, wording, reference, answered_on, recorded_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.resolution_id)
        .bind(required(&self.wording, "answer", 2_000)?)
        .bind(optional(&self.reference, "answer_reference", NAME)?)
        .bind(self.answered_on)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        audit::record(
            tx,
            "resolution_answered",
            "resolution",
            Some(self.resolution_id.get()),
            json!({}),
        )
        .await?;
        Ok(self.id)
    }
}

/// A later meeting gives a resolution another deadline.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CarryOver {
    /// Made by the sender.
    pub id: Uuid,
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// The meeting that decides so; held, with a quorum.
    pub meeting_id: MeetingId,
    /// The new deadline; not before that meeting.
    pub due_on: Date,
}

impl Write for CarryOver {
    const NAME: &'static str = "carry_over";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let day = decide_again(tx, self.meeting_id, self.resolution_id).await?;
        if self.due_on < day {
            return RESOLUTION_DUE.at("carry_until");
        }
        sql(
            "INSERT INTO resolution_carry (id, resolution_id, meeting_id, due_on, made_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.id)
        .bind(self.resolution_id)
        .bind(self.meeting_id)
        .bind(self.due_on)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_resolution_carry", &RESOLUTION_CLOSED))?;
        audit::record(
            tx,
            "resolution_carried_over",
            "resolution",
            Some(self.resolution_id.get()),
            json!({}),
        )
        .await?;
        Ok(self.id)
    }
}

/// A later meeting takes a resolution back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Repeal {
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// The meeting that decides so; held, with a quorum.
    pub meeting_id: MeetingId,
}

impl Write for Repeal {
    const NAME: &'static str = "repeal_resolution";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        decide_again(tx, self.meeting_id, self.resolution_id).await?;
        sql("UPDATE resolution SET repealed_by_id = $2 WHERE id = $1 AND repealed_by_id IS NULL")
            .bind(self.resolution_id)
            .bind(self.meeting_id)
            .execute_one(tx)
            .await?;
        audit::record(
            tx,
            "resolution_repealed",
            "resolution",
            Some(self.resolution_id.get()),
            json!({}),
        )
        .await
    }
}

/// The meeting may decide, and the resolution is an open one of an earlier meeting of the same
/// committee. The minutes of both tell of it, so they are to be signed anew. Gives the meeting's day.
async fn decide_again(tx: &mut Tx, meeting: MeetingId, resolution: ResolutionId) -> Result<Date> {
    let (committee, day) = hold(tx, meeting, &[MeetingState::Held]).await?;
    if !quorum_of(tx, meeting, committee, day).await?.is_met {
        return NO_QUORUM.refuse();
    }
    let open = sql(
        "UPDATE resolution SET number = number WHERE id = $1 AND committee_id = $2
         AND repealed_by_id IS NULL AND meeting_id <> $3 AND decided_on <= $4 RETURNING meeting_id",
    )
    .bind(resolution)
    .bind(committee)
    .bind(meeting)
    .bind(day)
    .rows(tx)
    .await?;
    let Some(row) = open.first() else {
        return RESOLUTION_CLOSED.refuse();
    };
    unsign(tx, row.get("meeting_id")?).await?;
    unsign(tx, meeting).await?;
    Ok(day)
}
