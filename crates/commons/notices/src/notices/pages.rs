//! Notices on screen: those that did not arrive first.

use access::grants::{Category, visible};
use access::{Ask, Need, Role, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::queries::{Listed, Which, list};
use super::{READ, RetryNotice, views};
use crate::WORDS;

/// Rows of one page.
pub(super) const PAGE: usize = 50;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/notices", Need::May(&READ), show).post(
        "/notices/{id}/retry",
        Need::May(&READ),
        retry,
    )
}

/// What this viewer may see of notices: her body's people; the administrator also bodies.
pub(super) async fn seen(
    ask: &Ask,
    conn: &mut Conn,
    which: Which,
    before: Option<Uuid>,
    most: usize,
) -> Outcome<Vec<Listed>> {
    let condition = visible(
        "c.subject_id",
        3,
        &ask.viewer,
        Category::Operational,
        ask.now(),
    );
    let sees_bodies = ask.viewer.has(Role::Administrator);
    Ok(list(conn, which, before, most as i64, condition, sees_bodies).await?)
}

#[derive(Deserialize)]
struct Before {
    before: Option<Uuid>,
}

async fn show(ask: Ask, Query(query): Query<Before>) -> Outcome {
    page(&ask, query.before, &FormErrors::default()).await
}

async fn page(ask: &Ask, before: Option<Uuid>, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let failed = match before {
        None => seen(ask, &mut conn, Which::Failed, None, PAGE).await?,
        Some(_) => Vec::new(),
    };
    let mut all = seen(ask, &mut conn, Which::All, before, PAGE + 1).await?;
    drop(conn);
    let has_more = all.len() > PAGE;
    all.truncate(PAGE);
    let next = all.last().filter(|_| has_more);
    let next = next.map(|last| format!("/notices?before={}", last.kept.id));
    let shown = failed
        .iter()
        .chain(&all)
        .map(|listed| listed.kept.id)
        .collect();
    ask.seen("notice", None, shown).await?;
    let view = views::list(&ask.page, &failed, &all, next.as_deref(), errors);
    let title = ask.page.t(&WORDS, "notices-title");
    if errors.is_empty() {
        ask.html(&title, view)
    } else {
        ask.again(&title, view)
    }
}

/// Is this one among the failed ones the viewer may see? Else it is not there.
pub(super) async fn must_be_seen(ask: &Ask, id: Uuid) -> Outcome<()> {
    let mut conn = ask.read().await?;
    // The list is newest first and ends before a bound, so the next id up finds exactly this one.
    let bound = Uuid::from_u128(id.as_u128().saturating_add(1));
    let found = seen(ask, &mut conn, Which::All, Some(bound), 1).await?;
    let is_it = found.first().is_some_and(|listed| listed.kept.id == id);
    if is_it {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

async fn retry(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    must_be_seen(&ask, id).await?;
    let mut errors = FormErrors::default();
    let posted = ask.post(&form, RetryNotice { id }).await;
    match ask.refused(posted, &mut errors)? {
        Some(()) => ask.see_with("/notices", &ask.page.t(&WORDS, "notice-retried")),
        None => page(&ask, None, &errors).await,
    }
}
