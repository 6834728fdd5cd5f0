//! Follow-ups for machines.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use money::Rial;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::Outcome;

use super::pages::{LENGTH, due};
use super::{FollowUp, FollowUpId, RecordFollowUp, StoppedReason, Told, income};
use crate::cases::api::made;
use crate::cases::{CaseId, head};
use crate::tasks::TaskId;
use crate::{CASE_CHANGE, CASE_READ, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/cases/{id}/follow-ups", Need::May(&CASE_READ), list)
        .api_post(
            "/api/v1/cases/{id}/follow-ups",
            Need::May(&CASE_CHANGE),
            create,
        )
}

/// Income a month before the programme and now.
#[derive(Serialize, JsonSchema)]
struct IncomeItem {
    before: Option<Rial>,
    after: Rial,
    from: Date,
    to: Date,
}

/// A follow-up.
#[derive(Serialize, JsonSchema)]
struct FollowUpItem {
    id: FollowUpId,
    months: i64,
    made_on: Date,
    household_members: i64,
    is_working: bool,
    stopped_reason: Option<StoppedReason>,
    income_before: Option<Rial>,
    income_after: Rial,
    after_from: Date,
    after_to: Date,
}

/// All follow-ups of a case.
#[derive(Serialize, JsonSchema)]
struct FollowUpList {
    items: Vec<FollowUpItem>,
    next: Option<String>,
    income: Option<IncomeItem>,
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let made = super::list(&mut conn, id).await?;
    let is_seen = head.is_sensitive_seen;
    let now = match is_seen {
        true => {
            let income = income(&mut conn, &ask.city.keys, &head.case, ask.now().date()).await?;
            Some(IncomeItem {
                before: income.before,
                after: income.after,
                from: income.from,
                to: income.to,
            })
        }
        false => None,
    };
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    let stopped = |one: &FollowUp| match is_seen {
        true => one.stopped_reason(&ask.city.keys),
        false => Ok(None),
    };
    let items = made
        .iter()
        .map(|one| {
            Ok(FollowUpItem {
                id: one.id,
                months: one.months,
                made_on: one.made_on,
                household_members: one.household_members,
                is_working: one.is_working,
                stopped_reason: stopped(one)?,
                income_before: one.income_before.filter(|_| is_seen),
                income_after: one.income_after,
                after_from: one.after_from,
                after_to: one.after_to,
            })
        })
        .collect::<db::Result<_>>()?;
    ask.json(
        StatusCode::OK,
        &FollowUpList {
            items,
            next: None,
            income: now,
        },
    )
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewFollowUp")]
struct Body {
    id: FollowUpId,
    task_id: TaskId,
    household_members: i64,
    is_working: bool,
    stopped_reason: Option<StoppedReason>,
    #[serde(default)]
    note: String,
}

async fn create(
    ask: Ask,
    Path(case): Path<CaseId>,
    web::Json(body): web::Json<Body>,
) -> Outcome<impl Gives> {
    due(&ask, case, body.task_id).await?;
    let told = Told {
        household_members: bounds::within(body.household_members, 1, 30, "/household_members")?,
        is_working: body.is_working,
        stopped_reason: body.stopped_reason,
        note: bounds::optional_words(&body.note, LENGTH, "/note")?,
    };
    let mut conn = ask.read().await?;
    let command =
        RecordFollowUp::new(&mut conn, &ask.city.keys, body.id, case, body.task_id, told).await?;
    drop(conn);
    made(&ask, body.id.get(), command).await
}
