use access::audit;
use db::{Reason, Result, SealedText, Tx, Write, sql};
use organizations::{HelpKind, OrganizationId, calendar, services};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{APPROACH_ENDED, APPROACH_STANDING, ApproachId, DAYS, DESK, HELP_CLOSED, Kind, State};
use crate::needs::{self, NEED_STATE, NeedId, NeedState};
use crate::offers::{MakeOffer, OfferId};

/// The working day by which a body answers what comes to it today.
async fn due(tx: &mut Tx, owner: OrganizationId) -> Result<Date> {
    let services = services::list_of(tx, owner).await?;
    let own = services.iter().find(|service| service.code == DESK);
    let days = own.map_or(DAYS, |service| service.days_to_answer);
    let today = tx.today();
    calendar::working_day_after(tx, today, days).await
}

/// What an approach is about.
struct New {
    id: ApproachId,
    kind: Kind,
    owner: OrganizationId,
    supporter: Option<OrganizationId>,
    need: Option<NeedId>,
    offer: Option<OfferId>,
    help: Option<HelpKind>,
    told: Option<Vec<u8>>,
}

async fn open(tx: &mut Tx, new: New) -> Result<()> {
    let (today, due_on) = (tx.today(), due(tx, new.owner).await?);
    sql(
        "INSERT INTO approach (id, kind, owner_id, supporter_id, need_id, offer_id, help, told_sealed, opened_on,
         due_on, state, answer, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', '', $11)",
    )
    .bind(new.id)
    .bind(new.kind)
    .bind(new.owner)
    .bind(new.supporter)
    .bind(new.need)
    .bind(new.offer)
    .bind(new.help)
    .bind(new.told)
    .bind(today)
    .bind(due_on)
    .bind(tx.now())
    .execute(tx)
    .await
    .map_err(|error| {
        crate::out_of_range(error.or_reason("ux_approach_put", &APPROACH_STANDING))
    })?;
    let detail = json!({ "kind": new.kind, "owner": new.owner, "need": new.need });
    audit::record(
        tx,
        "approach_opened",
        "approach",
        Some(new.id.get()),
        detail,
    )
    .await
}

/// Puts an open need to a supporter: from now on the supporter owes a word.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct PutNeed {
    /// Made by the sender.
    pub id: ApproachId,
    /// Which need.
    pub need: NeedId,
    /// To whom.
    pub supporter: OrganizationId,
}

impl Write for PutNeed {
    const NAME: &'static str = "put_need";
    type Out = ApproachId;
    async fn run(&self, tx: &mut Tx) -> Result<ApproachId> {
        // Touching the need's row makes this and the need's end wait for each other.
        if !needs::move_state(tx, self.need, NeedState::Open, NeedState::Open).await? {
            return NEED_STATE.refuse();
        }
        if organizations::profiles::find(tx, self.supporter)
            .await?
            .is_none()
        {
            return crate::RECORD_UNKNOWN.refuse();
        }
        organizations::must_stand(tx, self.supporter, "supporter").await?;
        let new = New {
            id: self.id,
            kind: Kind::Put,
            owner: self.supporter,
            supporter: Some(self.supporter),
            need: Some(self.need),
            offer: None,
            help: None,
            told: None,
        };
        open(tx, new).await?;
        Ok(self.id)
    }
}

/// Somebody who wants to help leaves a first message; the desk owes a word.
#[derive(Clone, Serialize)]
pub struct LeaveMessage {
    /// Made by the sender.
    pub id: ApproachId,
    /// What help it speaks of.
    pub help: HelpKind,
    /// Who writes, how to answer, and what: JSON, sealed.
    pub told: SealedText,
}

impl Write for LeaveMessage {
    const NAME: &'static str = "leave_help_message";
    /// The day by which they hear.
    type Out = Date;
    async fn run(&self, tx: &mut Tx) -> Result<Date> {
        let desks = services::list_by_code(tx, DESK).await?;
        let Some(desk) = desks.first() else {
            return HELP_CLOSED.refuse();
        };
        let owner = desk.organization_id;
        let new = New {
            id: self.id,
            kind: Kind::Message,
            owner,
            supporter: None,
            need: None,
            offer: None,
            help: Some(self.help),
            told: Some(self.told.bytes()),
        };
        open(tx, new).await?;
        due(tx, owner).await
    }
}

/// The owner says its word, or that there is nothing to answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct AnswerApproach {
    /// Which.
    pub id: ApproachId,
    /// True when there is nothing to answer: sent twice, no message at all.
    pub is_closed: bool,
    /// The word; nothing about any person.
    pub answer: String,
}

impl Write for AnswerApproach {
    const NAME: &'static str = "answer_approach";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        crate::fits(&self.answer, 500, "answer")?;
        let state = match self.is_closed {
            true => State::Closed,
            false => State::Answered,
        };
        let (today, user) = (tx.today(), tx.origin().user);
        // An offer is answered by taking or declining it, nowhere else.
        let done = sql(
            "UPDATE approach SET state = $2, ended_on = $3, answer = $4, answered_by = $5
             WHERE id = $1 AND state = 'waiting' AND kind <> 'offered'",
        )
        .bind(self.id)
        .bind(state)
        .bind(today)
        .bind(persian::clean(&self.answer))
        .bind(user)
        .execute(tx)
        .await?;
        ended(done, &APPROACH_ENDED)?;
        let detail = json!({ "state": state });
        audit::record(
            tx,
            "approach_ended",
            "approach",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

fn ended(rows: u64, reason: &'static Reason) -> Result<()> {
    match rows {
        0 => reason.refuse(),
        _ => Ok(()),
    }
}

/// An offer was made: the need's body owes the answer, and the supporter has said its word.
pub(crate) async fn offered(tx: &mut Tx, offer: &MakeOffer) -> Result<()> {
    let need = needs::get(tx, offer.need).await?;
    let (today, user) = (tx.today(), tx.origin().user);
    sql(
        "UPDATE approach SET state = 'answered', ended_on = $3, answered_by = $4
         WHERE need_id = $1 AND supporter_id = $2 AND kind = 'put' AND state = 'waiting'",
    )
    .bind(offer.need)
    .bind(offer.organization)
    .bind(today)
    .bind(user)
    .execute(tx)
    .await?;
    let new = New {
        id: ApproachId::new(tx.new_id()),
        kind: Kind::Offered,
        owner: need.organization_id,
        supporter: Some(offer.organization),
        need: Some(offer.need),
        offer: Some(offer.id),
        help: None,
        told: None,
    };
    open(tx, new).await
}

/// The answer to an offer ends its approach.
pub(crate) async fn settle_offer(tx: &mut Tx, offer: OfferId, state: State) -> Result<()> {
    let (today, user) = (tx.today(), tx.origin().user);
    sql(
        "UPDATE approach SET state = $2, ended_on = $3, answered_by = $4 WHERE offer_id = $1 AND state = 'waiting'",
    )
    .bind(offer)
    .bind(state)
    .bind(today)
    .bind(user)
    .execute(tx)
    .await
    .map(drop)
}

/// Offers that are declined because their need ended are answered with it.
pub(crate) async fn settle_offers(tx: &mut Tx, need: NeedId) -> Result<()> {
    end_of_need(tx, need, Kind::Offered, State::Answered).await
}

/// Nobody owes a word any more about a need that is matched or over.
pub(crate) async fn close_puts(tx: &mut Tx, need: NeedId) -> Result<()> {
    end_of_need(tx, need, Kind::Put, State::Closed).await
}

async fn end_of_need(tx: &mut Tx, need: NeedId, kind: Kind, state: State) -> Result<()> {
    let (today, user) = (tx.today(), tx.origin().user);
    sql(
        "UPDATE approach SET state = $3, ended_on = $4, answered_by = $5
         WHERE need_id = $1 AND kind = $2 AND state = 'waiting'",
    )
    .bind(need)
    .bind(kind)
    .bind(state)
    .bind(today)
    .bind(user)
    .execute(tx)
    .await
    .map(drop)
}
