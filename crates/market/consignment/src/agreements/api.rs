//! The same for machines: `/api/v1/agreements`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Json, Outcome};

use super::{AgreementId, EndAgreement, SignAgreement, SupersedeAgreement, pages, queries};
use crate::{AGREEMENT_SIGN, STOCK_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/agreements", Need::May(&STOCK_READ), list)
        .api_post("/api/v1/agreements", Need::May(&AGREEMENT_SIGN), sign)
        .api_get("/api/v1/agreements/{id}", Need::May(&STOCK_READ), show)
        .api_post(
            "/api/v1/agreements/{id}/versions",
            Need::May(&AGREEMENT_SIGN),
            supersede,
        )
        .api_post(
            "/api/v1/agreements/{id}/end",
            Need::May(&AGREEMENT_SIGN),
            end,
        )
}

#[derive(Deserialize, JsonSchema)]
struct Cursor {
    cursor: Option<AgreementId>,
}

async fn list(ask: Ask, limit: Limit, Query(at): Query<Cursor>) -> Outcome<impl Gives> {
    let mut items = queries::list(
        &mut ask.read().await?,
        &ask.viewer,
        at.cursor,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<AgreementId>) -> Outcome<impl Gives> {
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
async fn sign(ask: Ask, Json(new): Json<SignAgreement>) -> Outcome<impl Gives> {
    check(&ask, &new)?;
    let answer = ask.once(new.id.get(), new).await?;
    let status = Ask::status(&answer);
    let agreement = queries::get(&mut ask.read().await?, answer.out).await?;
    ask.json(status, &agreement)
}

async fn supersede(
    ask: Ask,
    Path(previous_id): Path<AgreementId>,
    Json(next): Json<SignAgreement>,
) -> Outcome<impl Gives> {
    pages::seen(&mut ask.read().await?, &ask, previous_id).await?;
    check(&ask, &next)?;
    let command = SupersedeAgreement { previous_id, next };
    let answer = ask.once(command.next.id.get(), command).await?;
    let status = Ask::status(&answer);
    let agreement = queries::get(&mut ask.read().await?, answer.out).await?;
    ask.json(status, &agreement)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AgreementEnd")]
struct LastDay {
    last_on: Date,
}

/// Ends an agreement early: its last day is told, today at the earliest.
async fn end(
    ask: Ask,
    Path(id): Path<AgreementId>,
    Key(key): Key,
    Json(body): Json<LastDay>,
) -> Outcome<impl Gives> {
    let agreement = pages::seen(&mut ask.read().await?, &ask, id).await?;
    let signs = ask.viewer.bodies_as(AGREEMENT_SIGN.roles);
    if !signs.contains(&agreement.organization_id.get()) {
        return Err(Failure::NotFound);
    }
    let last_on = body.last_on;
    let command = EndAgreement { id, last_on };
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    let agreement = queries::get(&mut ask.read().await?, id).await?;
    ask.json(status, &agreement)
}
