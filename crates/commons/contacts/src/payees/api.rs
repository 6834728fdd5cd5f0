//! Payees for machines.

use access::contract::Gives;
use access::grants::Category;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use db::Keys;
use persian::{Sheba, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::{REASON, found, proposing_body};
use super::{
    ACCOUNT_NEEDED, ApprovePayee, DECIDE, NameCheck, PROPOSE, Payee, PayeeId, PayeeKind,
    PayeeState, ProposePayee, RefusePayee, SealedSheba,
};
use crate::ContactId;
use crate::contacts::pages::seen;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/payees", Need::May(&DECIDE), list)
        .api_get("/api/v1/contacts/{id}/payees", Need::May(&PROPOSE), history)
        .api_post("/api/v1/contacts/{id}/payees", Need::May(&PROPOSE), propose)
        .api_post(
            "/api/v1/payees/{id}/approval",
            Need::Proved(&DECIDE),
            approve,
        )
        .api_post("/api/v1/payees/{id}/refusal", Need::May(&DECIDE), refuse)
}

/// To whom money goes.
#[derive(Serialize, JsonSchema)]
struct PayeeItem {
    id: PayeeId,
    contact_id: ContactId,
    kind: PayeeKind,
    state: PayeeState,
    holder_name: String,
    sheba_last4: String,
    reason: String,
    name_check: NameCheck,
    check_reason: String,
    changed_at: Timestamp,
    decided_at: Option<Timestamp>,
    cooling_until: Option<Timestamp>,
}

fn body(keys: &Keys, payee: &Payee) -> db::Result<PayeeItem> {
    let reasons = payee.reasons(keys)?;
    Ok(PayeeItem {
        id: payee.id,
        contact_id: payee.contact_id,
        kind: payee.kind,
        state: payee.state,
        holder_name: payee.holder_name.clone(),
        sheba_last4: payee.sheba_last4.clone(),
        reason: reasons.proxy,
        name_check: payee.name_check,
        check_reason: reasons.check,
        changed_at: payee.changed_at,
        decided_at: payee.decided_at,
        cooling_until: payee.cooling_until,
    })
}

fn described(keys: &Keys, items: &[Payee]) -> db::Result<Vec<PayeeItem>> {
    items.iter().map(|payee| body(keys, payee)).collect()
}

#[derive(Deserialize, JsonSchema)]
struct Cursor {
    cursor: Option<PayeeId>,
}

async fn list(ask: Ask, limit: Limit, Query(query): Query<Cursor>) -> Outcome<impl Gives> {
    let bodies = ask.viewer.bodies_as(DECIDE.roles);
    let mut conn = ask.read().await?;
    let mut items = super::list_pending(&mut conn, &bodies, query.cursor, limit.and_one()).await?;
    drop(conn);
    let next = limit.cut(&mut items, |last| last.id);
    ask.seen(
        "payee",
        None,
        items.iter().map(|payee| payee.id.get()).collect(),
    )
    .await?;
    ask.list(described(&ask.city.keys, &items)?, next)
}

async fn history(ask: Ask, Path(id): Path<ContactId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    seen(&ask, &mut conn, id, Category::Personal).await?;
    let items = super::history(&mut conn, id).await?;
    drop(conn);
    ask.seen(
        "contact",
        Some(id.get()),
        items.iter().map(|payee| payee.id.get()).collect(),
    )
    .await?;
    ask.whole(described(&ask.city.keys, &items)?)
}

#[derive(Deserialize, JsonSchema)]
struct Proposal {
    /// The new payee's id, and the key of this write.
    id: PayeeId,
    kind: PayeeKind,
    #[serde(default)]
    holder_name: String,
    sheba: Option<String>,
    #[serde(default)]
    reason: String,
}

async fn propose(
    ask: Ask,
    Path(id): Path<ContactId>,
    Json(new): Json<Proposal>,
) -> Outcome<impl Gives> {
    let contact = seen(&ask, &mut ask.read().await?, id, Category::Personal).await?;
    let sheba = match new.sheba.as_deref().map(Sheba::parse) {
        Some(Ok(sheba)) => Some(SealedSheba::new(&ask.city.keys, new.id, &sheba)),
        Some(Err(_)) => return Ok(ACCOUNT_NEEDED.at("sheba")?),
        None => None,
    };
    let holder_name = match (new.kind, persian::clean(&new.holder_name)) {
        (PayeeKind::Proxy, name) if !name.is_empty() => name,
        (PayeeKind::Proxy, _) => return Ok(ACCOUNT_NEEDED.at("holder_name")?),
        _ => contact.shown_name,
    };
    let command = ProposePayee {
        id: new.id,
        contact: id,
        organization: proposing_body(&ask.viewer)?,
        kind: new.kind,
        holder_name,
        sheba,
        reason: ProposePayee::seal(&ask.city.keys, new.id, &persian::clean(&new.reason)),
    };
    let answer = ask.once(new.id.get(), command).await?;
    ask.made(answer)
}

/// A decision on a payee.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PayeeDecided")]
struct Decided {
    id: PayeeId,
    state: PayeeState,
}

#[derive(Deserialize, JsonSchema)]
struct Approval {
    /// The sender's key for this decision.
    id: Uuid,
    name_check: NameCheck,
    /// Why it is approved although the bank knows another name.
    #[serde(default)]
    check_reason: String,
}

async fn approve(
    ask: Ask,
    Path(id): Path<PayeeId>,
    Json(new): Json<Approval>,
) -> Outcome<impl Gives> {
    found(&ask, id).await?;
    let command = ApprovePayee {
        id,
        name_check: new.name_check,
        reason: ApprovePayee::seal(&ask.city.keys, id, &clean(&new.check_reason)?),
    };
    ask.once(new.id, command).await?;
    ask.json(
        StatusCode::OK,
        &Decided {
            id,
            state: PayeeState::Approved,
        },
    )
}

/// A reason as kept; one longer than the form takes is none.
fn clean(reason: &str) -> Outcome<String> {
    let reason = persian::clean(reason);
    match reason.chars().count() > REASON {
        true => Err(web::Failure::Unreadable("/check_reason".to_owned())),
        false => Ok(reason),
    }
}

#[derive(Deserialize, JsonSchema)]
struct TurningDown {
    /// The sender's key for this decision.
    id: Uuid,
}

async fn refuse(
    ask: Ask,
    Path(id): Path<PayeeId>,
    Json(new): Json<TurningDown>,
) -> Outcome<impl Gives> {
    found(&ask, id).await?;
    ask.once(new.id, RefusePayee { id }).await?;
    ask.json(
        StatusCode::OK,
        &Decided {
            id,
            state: PayeeState::Refused,
        },
    )
}
