//! The same for machines: `/api/v1/agreements`.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use persian::Date;
use serde::Deserialize;
use web::{Failure, Json, Outcome};

use super::queries::{self, PAGE};
use super::{AgreementId, EndAgreement, SignAgreement, SupersedeAgreement, pages};
use crate::{AGREEMENT_SIGN, STOCK_READ, stock};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/agreements", Need::May(&STOCK_READ), list)
        .post("/api/v1/agreements", Need::May(&AGREEMENT_SIGN), sign)
        .get("/api/v1/agreements/{id}", Need::May(&STOCK_READ), show)
        .post(
            "/api/v1/agreements/{id}/versions",
            Need::May(&AGREEMENT_SIGN),
            supersede,
        )
        .post(
            "/api/v1/agreements/{id}/end",
            Need::May(&AGREEMENT_SIGN),
            end,
        )
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<AgreementId>,
}

async fn list(ask: Ask, Query(at): Query<Cursor>) -> Outcome {
    let mut items = queries::list(&mut ask.read().await?, &ask.viewer, at.cursor).await?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": next }),
    )
}

async fn show(ask: Ask, Path(id): Path<AgreementId>) -> Outcome {
    let agreement = pages::seen(&mut ask.read().await?, &ask, id).await?;
    ask.json(StatusCode::OK, &agreement)
}

/// Bodies of others are not the asker's to know about; shares out of range are told.
fn check(ask: &Ask, new: &SignAgreement) -> Outcome<()> {
    if !ask
        .viewer
        .bodies_as(AGREEMENT_SIGN.roles)
        .contains(&new.organization_id.get())
    {
        return Err(Failure::NotFound);
    }
    match new.commission_bp {
        0..=10_000 => Ok(()),
        _ => Err(Failure::Unreadable("commission_bp".to_owned())),
    }
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn sign(ask: Ask, Json(new): Json<SignAgreement>) -> Outcome {
    check(&ask, &new)?;
    let answer = ask
        .city
        .db
        .write_once(new.id.get(), &ask.origin(), new)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let agreement = queries::get(&mut ask.read().await?, answer.out).await?;
    ask.json(status, &agreement)
}

async fn supersede(
    ask: Ask,
    Path(previous_id): Path<AgreementId>,
    Json(next): Json<SignAgreement>,
) -> Outcome {
    pages::seen(&mut ask.read().await?, &ask, previous_id).await?;
    check(&ask, &next)?;
    let command = SupersedeAgreement { previous_id, next };
    let answer = ask
        .city
        .db
        .write_once(command.next.id.get(), &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let agreement = queries::get(&mut ask.read().await?, answer.out).await?;
    ask.json(status, &agreement)
}

#[derive(Deserialize)]
struct LastDay {
    last_on: Date,
}

/// Ends an agreement early: its last day is told, today at the earliest.
async fn end(
    ask: Ask,
    Path(id): Path<AgreementId>,
    headers: HeaderMap,
    Json(body): Json<LastDay>,
) -> Outcome {
    let key = stock::api::key(&headers)?;
    let agreement = pages::seen(&mut ask.read().await?, &ask, id).await?;
    let signs = ask.viewer.bodies_as(AGREEMENT_SIGN.roles);
    if !signs.contains(&agreement.organization_id.get()) {
        return Err(Failure::NotFound);
    }
    let last_on = body.last_on;
    let command = EndAgreement { id, last_on };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    let status = match answer.is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    let agreement = queries::get(&mut ask.read().await?, id).await?;
    ask.json(status, &agreement)
}
