//! Payees for machines.

use access::grants::Category;
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use db::Keys;
use persian::Sheba;
use serde::Deserialize;
use serde_json::{Value as Body, json};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::{REASON, found, proposing_body};
use super::{
    ACCOUNT_NEEDED, ApprovePayee, DECIDE, NameCheck, PROPOSE, Payee, PayeeId, PayeeKind,
    ProposePayee, RefusePayee, SealedSheba,
};
use crate::ContactId;
use crate::contacts::pages::seen;

/// Rows of one answer.
const PAGE: i64 = 50;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/payees", Need::May(&DECIDE), list)
        .get("/api/v1/contacts/{id}/payees", Need::May(&PROPOSE), history)
        .post("/api/v1/contacts/{id}/payees", Need::May(&PROPOSE), propose)
        .post(
            "/api/v1/payees/{id}/approval",
            Need::Proved(&DECIDE),
            approve,
        )
        .post("/api/v1/payees/{id}/refusal", Need::May(&DECIDE), refuse)
}

fn body(keys: &Keys, payee: &Payee) -> db::Result<Body> {
    let reasons = payee.reasons(keys)?;
    Ok(json!({
        "id": payee.id, "contact_id": payee.contact_id, "kind": payee.kind, "state": payee.state,
        "holder_name": payee.holder_name, "sheba_last4": payee.sheba_last4,
        "reason": reasons.proxy, "name_check": payee.name_check,
        "check_reason": reasons.check, "changed_at": payee.changed_at,
        "decided_at": payee.decided_at, "cooling_until": payee.cooling_until,
    }))
}

fn described(keys: &Keys, items: &[Payee]) -> db::Result<Vec<Body>> {
    items.iter().map(|payee| body(keys, payee)).collect()
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<PayeeId>,
}

async fn list(ask: Ask, Query(query): Query<Cursor>) -> Outcome {
    let bodies = ask.viewer.bodies_as(DECIDE.roles);
    let mut conn = ask.read().await?;
    let mut items = super::list_pending(&mut conn, &bodies, query.cursor, PAGE + 1).await?;
    drop(conn);
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    ask.seen(
        "payee",
        None,
        items.iter().map(|payee| payee.id.get()).collect(),
    )
    .await?;
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    let items = described(&ask.city.keys, &items)?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn history(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
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
    let items = described(&ask.city.keys, &items)?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

#[derive(Deserialize)]
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

async fn propose(ask: Ask, Path(id): Path<ContactId>, Json(new): Json<Proposal>) -> Outcome {
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
    let answer = ask
        .city
        .db
        .write_once(new.id.get(), &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &json!({ "id": answer.out }))
}

#[derive(Deserialize)]
struct Approval {
    /// The sender's key for this decision.
    id: Uuid,
    name_check: NameCheck,
    /// Why it is approved although the bank knows another name.
    #[serde(default)]
    check_reason: String,
}

async fn approve(ask: Ask, Path(id): Path<PayeeId>, Json(new): Json<Approval>) -> Outcome {
    found(&ask, id).await?;
    let command = ApprovePayee {
        id,
        name_check: new.name_check,
        reason: ApprovePayee::seal(&ask.city.keys, id, &clean(&new.check_reason)?),
    };
    ask.city
        .db
        .write_once(new.id, &ask.origin(), command)
        .await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &json!({ "id": id, "state": "approved" }))
}

/// A reason as kept; one longer than the form takes is none.
fn clean(reason: &str) -> Outcome<String> {
    let reason = persian::clean(reason);
    match reason.chars().count() > REASON {
        true => Err(web::Failure::Unreadable("/check_reason".to_owned())),
        false => Ok(reason),
    }
}

#[derive(Deserialize)]
struct TurningDown {
    /// The sender's key for this decision.
    id: Uuid,
}

async fn refuse(ask: Ask, Path(id): Path<PayeeId>, Json(new): Json<TurningDown>) -> Outcome {
    found(&ask, id).await?;
    ask.city
        .db
        .write_once(new.id, &ask.origin(), RefusePayee { id })
        .await?;
    ask.json(StatusCode::OK, &json!({ "id": id, "state": "refused" }))
}
