//! The audit as a page: newest first, by record when asked.

use axum::extract::Query;
use db::{Conn, FromRow, Result, sql};
use maud::{Markup, html};
use persian::Timestamp;
use serde::Deserialize;
use uuid::Uuid;
use web::Outcome;
use web::parts::{self, Column};

use super::READ;
use crate::{Ask, Need, Routes, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/audit", Need::May(&READ), list)
}

#[derive(Deserialize)]
struct Filter {
    record: Option<Uuid>,
    before: Option<Uuid>,
}

#[derive(FromRow)]
struct Entry {
    id: Uuid,
    happened_at: Timestamp,
    actor: String,
    action: String,
    record_kind: String,
    record_id: Option<Uuid>,
    number: Option<i64>,
}

const PAGE: i64 = 50;

async fn entries(conn: &mut Conn, filter: &Filter) -> Result<Vec<Entry>> {
    let mut text =
        "SELECT e.id, e.happened_at, e.actor, e.action, e.record_kind, e.record_id, l.number
        FROM audit_event e LEFT JOIN audit_link l ON l.event_id = e.id WHERE e.id < $1"
            .to_owned();
    if filter.record.is_some() {
        text.push_str(" AND e.record_id = $3");
    }
    text.push_str(" ORDER BY e.id DESC LIMIT $2");
    let query = sql(text)
        .bind(filter.before.unwrap_or(Uuid::max()))
        .bind(PAGE + 1);
    match filter.record {
        Some(record) => query.bind(record).all(conn).await,
        None => query.all(conn).await,
    }
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut entries = entries(&mut conn, &filter).await?;
    let has_more = entries.len() as i64 > PAGE;
    entries.truncate(PAGE as usize);
    let next = entries
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/audit?before={}", last.id));
    let p = &ask.page;
    let rows = entries.iter().map(|entry| {
        vec![
            html! { (p.moment(entry.happened_at)) },
            html! { bdi { (entry.actor) } },
            html! { code dir="ltr" { (entry.action) } },
            html! {
                code dir="ltr" { (entry.record_kind) } " "
                @if let Some(id) = entry.record_id {
                    a href={ "/audit?record=" (id) } { code dir="ltr" { (id.simple().to_string()[24..]) } }
                }
            },
            html! { @if let Some(number) = entry.number { (p.number(number)) } @else { "…" } },
        ]
    });
    let headers = [
        "audit-when",
        "audit-who",
        "audit-what",
        "audit-record",
        "audit-number",
    ];
    let columns: Vec<Column> = headers
        .iter()
        .map(|key| Column::text(p.t(&WORDS, key)))
        .collect();
    let rows: Vec<Vec<Markup>> = rows.collect();
    let title = p.t(&WORDS, "audit-title");
    let table = parts::table(&title, &columns, &rows, &p.t(&WORDS, "audit-empty"));
    ask.seen("audit", filter.record, Vec::new()).await?;
    ask.html(
        &title,
        html! {
            h1 { (title) }
            p { (p.t(&WORDS, "audit-lead")) }
            p { (parts::secondary_link("/audit/emergencies", &p.t(&WORDS, "emergencies-title"))) }
            (table)
            (parts::pagination(p, None, next.as_deref()))
        },
    )
}
