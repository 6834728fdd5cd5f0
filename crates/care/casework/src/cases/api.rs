//! Cases for machines: the same commands, the same rules.

use access::contract::Gives;
use access::{Answer, Ask, Key, Limit, Made, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use people::PersonId;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;
use web::{Failure, Outcome};

use super::pages::{ListQuery, case_of};
use super::{
    Case, CaseId, CaseState, EventKind, HandOverCase, MoveCase, NextAction, OpenCase, PauseCase,
    PauseReason, ReopenCase, ResumeCase, Row, SetNextAction, Stage, WaitsFor, forms, list_events,
    queries,
};
use crate::{CASE_CHANGE, CASE_OPEN, CASE_READ, bounds, days};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/cases", Need::May(&CASE_READ), list)
        .api_post("/api/v1/cases", Need::May(&CASE_OPEN), create)
        .api_get("/api/v1/cases/{id}", Need::May(&CASE_READ), show)
        .api_get("/api/v1/cases/{id}/events", Need::May(&CASE_READ), events)
        .api_post(
            "/api/v1/cases/{id}/changes",
            Need::May(&CASE_CHANGE),
            change,
        )
}

/// A case as lists show it.
#[derive(Serialize, JsonSchema)]
struct CaseItem {
    id: CaseId,
    code: String,
    person_id: PersonId,
    name: String,
    state: CaseState,
    stage: Stage,
    stage_since: Date,
    next_action: Option<NextAction>,
    next_action_on: Option<Date>,
    owner: Option<String>,
    waits_for: Option<WaitsFor>,
    waiting_fa: Option<String>,
    waiting_en: Option<String>,
    waiting_on: Option<String>,
}

fn item(row: &Row) -> CaseItem {
    CaseItem {
        id: row.id,
        code: row.code.clone(),
        person_id: row.person_id,
        name: format!("{} {}", row.first_name, row.last_name),
        state: row.state,
        stage: row.stage,
        stage_since: row.stage_since,
        next_action: row.next_action,
        next_action_on: row.next_action_on,
        owner: row.owner_name.clone(),
        waits_for: row.waits_for,
        waiting_fa: row.waiting_fa.clone(),
        waiting_en: row.waiting_en.clone(),
        waiting_on: row.waiting_on.clone(),
    }
}

async fn list(ask: Ask, limit: Limit, Query(query): Query<ListQuery>) -> Outcome<impl Gives> {
    let filter = query.filter(ask.viewer.user_id());
    let mut rows = queries::list(
        &mut ask.read().await?,
        &ask.viewer,
        ask.now(),
        &filter,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut rows, |last| last.id);
    ask.seen(
        "case",
        None,
        rows.iter().map(|row| row.person_id.get()).collect(),
    )
    .await?;
    let items = rows.iter().map(item).collect();
    ask.list(items, next)
}

/// The case's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, web::Json(command): web::Json<OpenCase>) -> Outcome<impl Gives> {
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
    let answer = ask.once(command.id.get(), command).await?;
    ask.made(answer)
}

/// A case with what only some may know of it.
#[derive(Serialize, JsonSchema)]
struct CaseBody {
    #[serde(flatten)]
    case: Case,
    /// Why it rests or ended; absent for whoever may not see sensitive facts.
    state_reason: Option<String>,
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
    let head = super::head(&ask, &mut ask.read().await?, id).await?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    let state_reason = match head.is_sensitive_seen {
        true => head.case.state_reason(&ask.city.keys)?,
        false => None,
    };
    let case = head.case;
    ask.json(StatusCode::OK, &CaseBody { case, state_reason })
}

#[derive(Deserialize, JsonSchema)]
struct Before {
    cursor: Option<Uuid>,
}

/// What happened to a case.
#[derive(Serialize, JsonSchema)]
struct CaseEventItem {
    id: Uuid,
    happened_at: Timestamp,
    kind: EventKind,
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    detail: Json,
}

async fn events(
    ask: Ask,
    Path(id): Path<CaseId>,
    Query(before): Query<Before>,
) -> Outcome<impl Gives> {
    case_of(&ask, id).await?;
    let events = list_events(&mut ask.read().await?, id, before.cursor).await?;
    let next = events
        .last()
        .filter(|_| events.len() == 100)
        .map(|event| event.id);
    let items: Vec<_> = events
        .iter()
        .map(|e| CaseEventItem {
            id: e.id,
            happened_at: e.happened_at,
            kind: e.kind,
            detail: e.detail.clone(),
        })
        .collect();
    ask.list(items, next)
}

/// One change of a case.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
#[schemars(rename = "CaseChange")]
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
    Key(key): Key,
    web::Json(change): web::Json<Change>,
) -> Outcome<impl Gives> {
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

/// What a change gave.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Done")]
pub(crate) struct Done<T> {
    pub done: T,
}

/// Runs a command under the sender's key; answers with what it gave.
pub(crate) async fn done<W: db::Write>(
    ask: &Ask,
    key: Uuid,
    command: W,
) -> Outcome<Answer<Done<W::Out>>> {
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &Done { done: answer.out })
}

/// Runs a command whose new record has this id; 201 the first time, 200 when resent.
pub(crate) async fn made<W: db::Write>(
    ask: &Ask,
    id: Uuid,
    command: W,
) -> Outcome<Answer<Made<W::Out>>> {
    let answer = ask.once(id, command).await?;
    ask.made(answer)
}
