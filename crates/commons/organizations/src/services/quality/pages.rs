//! What is to be checked next, and how the city wishes its directory to be kept.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use maud::Markup;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Form, FormErrors, Json, Outcome};

use super::{Quality, views};
use crate::services::capacity::{SetDirectoryRule, fresh_days};
use crate::services::directory::{Entry, all, find};
use crate::services::{Service, ServiceId, ServiceStatus};
use crate::{CHANGE, SERVICE_CHECK, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/directory", Need::May(&SERVICE_CHECK), list)
        .post("/directory/rule", Need::May(&CHANGE), rule)
        .api_get("/api/v1/directory", Need::May(&SERVICE_CHECK), list_api)
        .api_get(
            "/api/v1/directory/{id}",
            Need::May(&SERVICE_CHECK),
            show_api,
        )
        .api_post("/api/v1/directory/rule", Need::May(&CHANGE), rule_api)
}

/// Entries to look at, the worst first: what nobody has looked at, then what is overdue, then what
/// lacks most. What is gone or whole is not among them.
async fn to_check(ask: &Ask) -> Outcome<(Vec<(Entry, Quality)>, i64)> {
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let days = fresh_days(&mut conn).await?;
    let entries = all(&mut conn).await?;
    let mut found: Vec<(Entry, Quality)> = entries
        .into_iter()
        .filter(|entry| entry.service.status != ServiceStatus::Defunct)
        .map(|entry| {
            let quality = Quality::of(&entry, today, days);
            (entry, quality)
        })
        .filter(|(_, quality)| !quality.missing.is_empty())
        .collect();
    found.sort_by_key(|(_, quality)| {
        let is_in_time = quality.check_due.is_some_and(|due| today <= due);
        (is_in_time, quality.check_due, quality.score)
    });
    Ok((found, days))
}

async fn view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let (found, days) = to_check(ask).await?;
    let may_change = CHANGE.is_held_by(&ask.viewer);
    let rule = may_change.then_some((form, errors));
    Ok(views::list(&ask.page, &found, days, rule))
}

async fn list(ask: Ask) -> Outcome {
    let view = view(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "check-title"), view)
}

async fn rule(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let days = read.number("capacity_days", 1, 365);
    let mut errors = read.errors;
    if let Some(capacity_days) = days {
        let command = SetDirectoryRule { capacity_days };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/directory", &ask.page.t(&WORDS, "directory-rule-kept"));
        }
    }
    let view = view(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "check-title"), view)
}

/// A service and how far its entry can be relied on.
#[derive(Serialize, JsonSchema)]
struct ServiceToCheck {
    #[serde(flatten)]
    service: Service,
    quality: Quality,
}

async fn list_api(ask: Ask) -> Outcome<impl Gives> {
    let (found, _) = to_check(&ask).await?;
    let file = |(entry, quality): (Entry, Quality)| ServiceToCheck {
        service: entry.service,
        quality,
    };
    ask.whole(found.into_iter().map(file).collect())
}

async fn show_api(ask: Ask, Path(id): Path<ServiceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let days = fresh_days(&mut conn).await?;
    let entry = find(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let quality = Quality::of(&entry, ask.now().date(), days);
    let file = ServiceToCheck {
        service: entry.service,
        quality,
    };
    ask.json(StatusCode::OK, &file)
}

/// How the city wishes its directory to be kept.
#[derive(Serialize, Deserialize, JsonSchema)]
struct DirectoryRule {
    /// After so many days what a body said of its places counts as unknown.
    capacity_days: i64,
}

async fn rule_api(ask: Ask, Key(key): Key, Json(new): Json<DirectoryRule>) -> Outcome<impl Gives> {
    let command = SetDirectoryRule {
        capacity_days: new.capacity_days,
    };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &new)
}
