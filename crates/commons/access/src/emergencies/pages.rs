//! Every emergency, for those who read the audit.

use axum::extract::Query;
use db::Result;
use maud::{Markup, html};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::parts::{self, Column};
use web::{Outcome, Page};

use super::Emergency;
use crate::contract::Gives;
use crate::{Ask, Limit, Need, Routes, WORDS, audit};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/audit/emergencies", Need::May(&audit::READ), show)
        .api_get("/api/v1/emergencies", Need::May(&audit::READ), list)
}

const PAGE: Limit = Limit(50);

#[derive(Deserialize, JsonSchema)]
struct Before {
    cursor: Option<Uuid>,
}

/// A page of them with their reasons, and where the next begins.
async fn page(
    ask: &Ask,
    limit: Limit,
    before: &Before,
) -> Outcome<(Vec<(Emergency, String)>, Option<Uuid>)> {
    let mut conn = ask.read().await?;
    let mut found = super::list(&mut conn, before.cursor, limit.and_one()).await?;
    drop(conn);
    let next = limit.cut(&mut found, |last| last.id);
    let with = |one: Emergency| one.reason(&ask.city.keys).map(|reason| (one, reason));
    let found = found.into_iter().map(with).collect::<Result<Vec<_>>>()?;
    let shown = found.iter().map(|(one, _)| one.subject_id).collect();
    ask.seen("emergency_access", None, shown).await?;
    Ok((found, next))
}

async fn show(ask: Ask, Query(before): Query<Before>) -> Outcome {
    let (found, next) = page(&ask, PAGE, &before).await?;
    let p = &ask.page;
    let title = p.t(&WORDS, "emergencies-title");
    let next = next.map(|next| format!("/audit/emergencies?cursor={next}"));
    let view = html! {
        (parts::back_link("/audit", &p.t(&WORDS, "audit-title")))
        h1 { (title) }
        p { (p.t(&WORDS, "emergencies-lead")) }
        (table(p, &found))
        (parts::pagination(p, None, next.as_deref()))
    };
    ask.html(&title, view)
}

/// An emergency with its reason.
#[derive(Serialize, JsonSchema)]
struct EmergencyItem {
    id: Uuid,
    about: String,
    user: String,
    organization_id: Uuid,
    reason: String,
    opened_at: Timestamp,
    valid_until: Timestamp,
}

async fn list(ask: Ask, limit: Limit, Query(before): Query<Before>) -> Outcome<impl Gives> {
    let (found, next) = page(&ask, limit, &before).await?;
    let items = found.into_iter().map(|(one, reason)| EmergencyItem {
        id: one.id,
        about: one.about,
        user: one.user_name,
        organization_id: one.organization_id,
        reason,
        opened_at: one.opened_at,
        valid_until: one.valid_until,
    });
    ask.list(items.collect(), next)
}

/// Who opened what, when and why.
pub fn table(p: &Page, found: &[(Emergency, String)]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let keys = [
        "emergency-when",
        "emergency-until",
        "emergency-who",
        "emergency-about",
        "emergency-why",
    ];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|(one, reason)| {
            vec![
                p.moment(one.opened_at),
                p.moment(one.valid_until),
                html! { bdi { (one.user_name) } },
                html! { code dir="ltr" { (one.about) } },
                html! { bdi { (reason) } },
            ]
        })
        .collect();
    parts::table(
        &t("emergencies-title"),
        &columns,
        &rows,
        &t("emergencies-empty"),
    )
}
