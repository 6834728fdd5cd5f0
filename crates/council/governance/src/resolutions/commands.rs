use access::audit;
use db::{Error, Reason, Result, Tx, Write, sql};
use organizations::{OrganizationId, calendar};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::ResolutionId;
use crate::articles::ArticleId;
use crate::committees::{self, next_number};
use crate::meetings::{MeetingId, MeetingState, hold, quorum_now, unsign, unsign_since};
use crate::wording::{NAME, required};

/// More votes than seats that vote and are there.
pub const RESOLUTION_VOTES: Reason = Reason::new("resolution_votes", 422);
/// Fewer votes for it than the committee's rule asks for.
pub const RESOLUTION_MAJORITY: Reason = Reason::new("resolution_majority", 422);
/// The article was repealed before the meeting.
pub const ARTICLE_REPEALED: Reason = Reason::new("article_repealed", 422);
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
    /// Its deadline; not before the meeting. A day off moves to the next working day.
    pub due_on: Date,
    /// What will prove it.
    pub evidence_asked: String,
    /// Votes for it: as many as the committee's rule asks for. With the others no more than present.
    pub votes_for: i64,
    /// Votes against it.
    pub votes_against: i64,
    /// Votes neither for nor against.
    #[serde(default)]
    pub votes_abstain: i64,
}

impl Write for PassResolution {
    const NAME: &'static str = "pass_resolution";
    type Out = ResolutionId;
    async fn run(&self, tx: &mut Tx) -> Result<ResolutionId> {
        let (committee, day) = hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        let quorum = quorum_now(tx, self.meeting_id, committee, day).await?;
        let votes = self.votes_for.saturating_add(self.votes_against);
        if votes.saturating_add(self.votes_abstain) > quorum.present {
            return RESOLUTION_VOTES.at("votes_for");
        }
        let majority = committees::rules_on(tx, committee, day).await?.majority;
        if !committees::passes(majority, &quorum, self.votes_for) {
            return RESOLUTION_MAJORITY.at("votes_for");
        }
        binds(tx, self.article_id, day).await?;
        organizations::must_stand(tx, self.organization_id, "organization_id").await?;
        let (due_on, moved_from) = on_a_working_day(tx, self.due_on).await?;
        unsign(tx, self.meeting_id).await?;
        let responsible = required(&self.responsible, "responsible", NAME)?;
        let wording = required(&self.wording, "wording", 2_000)?;
        let evidence_asked = required(&self.evidence_asked, "evidence_asked", 1_000)?;
        let (year, number) = next_number(tx, committee, "resolution", day).await?;
        sql("INSERT INTO resolution (id, meeting_id, committee_id, article_id, organization_id, responsible,
             year, number, wording, evidence_asked, decided_on, due_on, moved_from, votes_for, votes_against, made_at,
             votes_abstain, majority, voters_present, voters_all)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)")
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
        .bind(due_on)
        .bind(moved_from)
        .bind(self.votes_for)
        .bind(self.votes_against)
        .bind(tx.now())
        .bind(self.votes_abstain)
        .bind(majority)
        .bind(quorum.present)
        .bind(quorum.voting)
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ck_resolution_votes", &RESOLUTION_VOTES)
                .or_reason("ck_resolution_majority", &RESOLUTION_MAJORITY)
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

/// Refuses an article that binds nobody any more on a day; its successor is to be cited.
async fn binds(tx: &mut Tx, id: ArticleId, day: Date) -> Result<()> {
    let rows = sql("SELECT repealed_on FROM article WHERE id = $1")
        .bind(id)
        .rows(tx)
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let repealed_on: Option<Date> = row.get("repealed_on")?;
    match repealed_on.is_none_or(|last| day < last) {
        true => Ok(()),
        false => ARTICLE_REPEALED.at("article_id"),
    }
}

/// The deadline that holds when a day is asked for: offices are closed on days off, so it moves to
/// the next working day; with it the day asked for, when it moved.
async fn on_a_working_day(tx: &mut Tx, asked: Date) -> Result<(Date, Option<Date>)> {
    let due = calendar::working_day_after(tx, asked, 0).await?;
    Ok((due, (due != asked).then_some(asked)))
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
    /// The new deadline; not before that meeting. A day off moves to the next working day.
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
        let (due_on, moved_from) = on_a_working_day(tx, self.due_on).await?;
        sql(
            "INSERT INTO resolution_carry (id, resolution_id, meeting_id, due_on, moved_from, made_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.id)
        .bind(self.resolution_id)
        .bind(self.meeting_id)
        .bind(due_on)
        .bind(moved_from)
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
    quorum_now(tx, meeting, committee, day).await?;
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
    if open.is_empty() {
        return RESOLUTION_CLOSED.refuse();
    }
    unsign_since(tx, resolution).await?;
    Ok(day)
}
