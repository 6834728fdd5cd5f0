//! Eligibility for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Outcome};

use super::pages::{LENGTH, may_answer, may_decide, prepare, seal};
use super::rules::Line;
use super::{Answer3, AnswerOverride, AskOverride, DecisionId, queries};
use crate::cases::api::{done, made};
use crate::cases::{CaseId, head};
use crate::{CASE_ASSESS, CASE_READ, OVERRIDE_ANSWER, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/cases/{id}/decision", Need::May(&CASE_READ), show)
        .api_post(
            "/api/v1/cases/{id}/decisions",
            Need::May(&CASE_ASSESS),
            create,
        )
        .api_post(
            "/api/v1/cases/{id}/overrides",
            Need::May(&CASE_ASSESS),
            ask_override,
        )
        .api_post(
            "/api/v1/overrides/{id}/answer",
            Need::May(&OVERRIDE_ANSWER),
            answer,
        )
}

/// The decision that holds; the trace of its rule only for whom the consent covers.
#[derive(Serialize, JsonSchema)]
struct DecisionItem {
    id: DecisionId,
    result: Answer3,
    rule_result: Answer3,
    rule_number: i64,
    decided_at: Timestamp,
    trace: Option<Vec<Line>>,
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let decision = queries::latest(&mut conn, id)
        .await?
        .ok_or(Failure::NotFound)?;
    let holds = queries::result_of(&mut conn, decision.id).await?;
    drop(conn);
    let trace = match head.is_sensitive_seen {
        true => Some(decision.trace(&ask.city.keys)?),
        false => None,
    };
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.json(
        StatusCode::OK,
        &DecisionItem {
            id: decision.id,
            result: holds,
            rule_result: decision.result,
            rule_number: decision.rule_number,
            decided_at: decision.decided_at,
            trace,
        },
    )
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewDecision")]
struct New {
    id: DecisionId,
}

async fn create(
    ask: Ask,
    Path(id): Path<CaseId>,
    web::Json(new): web::Json<New>,
) -> Outcome<impl Gives> {
    let head = may_decide(&ask, id).await?;
    let command = prepare(&ask, &head, new.id).await?;
    made(&ask, new.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewOverride")]
struct Request {
    id: Uuid,
    result: Answer3,
    reason: String,
}

async fn ask_override(
    ask: Ask,
    Path(id): Path<CaseId>,
    web::Json(body): web::Json<Request>,
) -> Outcome<impl Gives> {
    may_decide(&ask, id).await?;
    if body.result == Answer3::Unknown {
        return Err(Failure::Unreadable("/result".into()));
    }
    let reason = bounds::words(&body.reason, LENGTH, "/reason")?;
    let decision = queries::latest(&mut ask.read().await?, id)
        .await?
        .ok_or(Failure::NotFound)?;
    let by = ask.viewer.user_id().ok_or(Failure::Forbidden)?;
    let reason = seal(&ask, body.id, &reason);
    let command = AskOverride {
        id: body.id,
        decision: decision.id,
        result: body.result,
        reason,
        by,
    };
    made(&ask, body.id, command).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "OverrideAnswer")]
struct Answered {
    is_confirmed: bool,
}

async fn answer(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    web::Json(body): web::Json<Answered>,
) -> Outcome<impl Gives> {
    let case = queries::case_of_override(&mut ask.read().await?, id).await?;
    may_answer(&ask, case).await?;
    let by = ask.viewer.user_id().ok_or(Failure::Forbidden)?;
    done(
        &ask,
        key,
        AnswerOverride {
            id,
            is_confirmed: body.is_confirmed,
            by,
        },
    )
    .await
}
