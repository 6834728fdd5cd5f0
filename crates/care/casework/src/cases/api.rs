//! Cases for machines: the same commands, the same rules.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use persian::Date;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::{Failure, Outcome};

use super::pages::{ListQuery, case_of};
use super::{
    CaseId, HandOverCase, MoveCase, NextAction, OpenCase, PauseCase, PauseReason, ReopenCase,
    ResumeCase, Row, SetNextAction, Stage, forms, list_events, queries,
};
use crate::{CASE_CHANGE, CASE_OPEN, CASE_READ, bounds, days};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/cases", Need::May(&CASE_READ), list)
        .post("/api/v1/cases", Need::May(&CASE_OPEN), create)
        .get("/api/v1/cases/{id}", Need::May(&CASE_READ), show)
        .get("/api/v1/cases/{id}/events", Need::May(&CASE_READ), events)
        .post(
            "/api/v1/cases/{id}/changes",
            Need::May(&CASE_CHANGE),
            change,
        )
}

fn item(row: &Row) -> Json {
    json!({
        "id": row.id, "code": row.code, "person_id": row.person_id,
        "name": format!("{} {}", row.first_name, row.last_name), "state": row.state,
        "stage": row.stage, "stage_since": row.stage_since, "next_action": row.next_action,
        "next_action_on": row.next_action_on, "owner": row.owner_name, "waits_for": row.waits_for,
        "waiting_fa": row.waiting_fa, "waiting_en": row.waiting_en, "waiting_on": row.waiting_on,
    })
}

async fn list(ask: Ask, Query(query): Query<ListQuery>) -> Outcome {
    let filter = query.filter(ask.viewer.user_id());
    let mut rows = queries::list(&mut ask.read().await?, &ask.viewer, ask.now(), &filter).await?;
    let has_more = rows.len() as i64 > queries::PAGE;
    rows.truncate(queries::PAGE as usize);
    let next = rows.last().filter(|_| has_more).map(|last| last.id);
    ask.seen(
        "case",
        None,
        rows.iter().map(|row| row.person_id.get()).collect(),
    )
    .await?;
    let items: Vec<Json> = rows.iter().map(item).collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

/// The case's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, web::Json(command): web::Json<OpenCase>) -> Outcome {
    let today = ask.now().date();
    bounds::ahead(command.next_action_on, today, "/next_action_on")?;
    let longest = days::months_after(today, forms::CONSENT_YEARS[2] * 12);
    if !(today..=longest).contains(&command.consent.valid_until) {
        return Err(Failure::Unreadable("/consent/valid_until".into()));
    }
    let category = access::grants::Category::Operational;
    let mut conn = ask.read().await?;
    let (subject, now) = (command.person.get(), ask.now());
    let is_seen = access::grants::may_see(&mut conn, &ask.viewer, subject, category, now).await?;
    drop(conn);
    let own = ask
        .viewer
        .bodies_as(CASE_OPEN.roles)
        .contains(&command.organization.get());
    if !is_seen || !own {
        return Err(Failure::NotFound);
    }
    let answer = ask
        .city
        .db
        .write_once(command.id.get(), &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &json!({ "id": answer.out }))
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let head = super::head(&ask, &mut ask.read().await?, id).await?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    let mut body = json!(head.case);
    body["state_reason"] = match head.is_sensitive_seen {
        true => json!(head.case.state_reason(&ask.city.keys)?),
        false => Json::Null,
    };
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize)]
struct Before {
    cursor: Option<Uuid>,
}

async fn events(ask: Ask, Path(id): Path<CaseId>, Query(before): Query<Before>) -> Outcome {
    case_of(&ask, id).await?;
    let events = list_events(&mut ask.read().await?, id, before.cursor).await?;
    let next = events
        .last()
        .filter(|_| events.len() == 100)
        .map(|event| event.id);
    let items: Vec<Json> = events
        .iter()
        .map(|e| json!({ "id": e.id, "happened_at": e.happened_at, "kind": e.kind, "detail": e.detail }))
        .collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

/// One change of a case.
#[derive(Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
enum Change {
    NextAction {
        action: NextAction,
        on: Date,
        waiting_on: Option<String>,
    },
    Stage {
        stage: Stage,
    },
    HandOver {
        from: Uuid,
        to: Uuid,
    },
    Pause {
        reason: PauseReason,
        look_again_on: Date,
    },
    Resume {
        action: NextAction,
        on: Date,
    },
    Reopen {
        owner: Uuid,
        action: NextAction,
        on: Date,
    },
}

async fn change(
    ask: Ask,
    Path(case): Path<CaseId>,
    headers: HeaderMap,
    web::Json(change): web::Json<Change>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
    case_of(&ask, case).await?;
    let today = ask.now().date();
    match change {
        Change::NextAction {
            action,
            on,
            waiting_on,
        } => {
            let on = bounds::ahead(on, today, "/on")?;
            let typed = waiting_on.unwrap_or_default();
            let name = bounds::optional_words(&typed, forms::NAME_LENGTH, "/waiting_on")?;
            let waiting_on = Some(name).filter(|name| !name.is_empty());
            done(
                &ask,
                key,
                SetNextAction {
                    case,
                    action,
                    on,
                    waiting_on,
                },
            )
            .await
        }
        Change::Stage { stage } => done(&ask, key, MoveCase { case, stage }).await,
        Change::HandOver { from, to } => done(&ask, key, HandOverCase { case, from, to }).await,
        Change::Pause {
            reason,
            look_again_on,
        } => {
            let look_again_on = bounds::ahead(look_again_on, today, "/look_again_on")?;
            done(
                &ask,
                key,
                PauseCase {
                    case,
                    reason: reason.seal(&ask.city.keys, case),
                    look_again_on,
                },
            )
            .await
        }
        Change::Resume { action, on } => {
            let on = bounds::ahead(on, today, "/on")?;
            done(&ask, key, ResumeCase { case, action, on }).await
        }
        Change::Reopen { owner, action, on } => {
            let on = bounds::ahead(on, today, "/on")?;
            done(
                &ask,
                key,
                ReopenCase {
                    case,
                    owner,
                    action,
                    on,
                },
            )
            .await
        }
    }
}

/// Runs a command under the sender's key; answers with what it gave.
pub(crate) async fn done<W: db::Write>(ask: &Ask, key: Uuid, command: W) -> Outcome {
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &json!({ "done": answer.out }))
}

/// Runs a command whose new record has this id; 201 the first time, 200 when resent.
pub(crate) async fn made<W: db::Write>(ask: &Ask, id: Uuid, command: W) -> Outcome {
    let answer = ask.city.db.write_once(id, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &json!({ "id": answer.out }))
}
