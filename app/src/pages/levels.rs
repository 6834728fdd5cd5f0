//! A facilitator sees how far the makers among her people have come. Care and market do not know
//! each other, so the page that shows both stands here.

use std::collections::BTreeMap;

use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::Query;
use casework::cases::{Filter, Row, list};
use casework::{CASE_READ, CaseId};
use contacts::ContactId;
use db::{Value, sql};
use makers::levels::{self, Way, views};
use maud::{Markup, html};
use people::PersonId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::Outcome;
use web::parts::{self, Column};

use super::WORDS;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/levels", Need::May(&CASE_READ), show)
        .api_get("/api/v1/levels", Need::May(&CASE_READ), index)
}

/// Lines of a page.
const PAGE: i64 = 30;

#[derive(Deserialize, JsonSchema)]
struct From {
    cursor: Option<CaseId>,
}

/// The viewer's own cases with the way each maker came.
async fn found(ask: &Ask, from: &From, most: i64) -> Outcome<(Vec<(Row, Way)>, Option<CaseId>)> {
    let filter = Filter {
        owner: ask.viewer.user_id(),
        before: from.cursor,
        ..Filter::default()
    };
    let mut conn = ask.read().await?;
    let mut rows = list(&mut conn, &ask.viewer, ask.now(), &filter, most + 1).await?;
    let has_more = rows.len() as i64 > most;
    rows.truncate(usize::try_from(most).unwrap_or_default());
    let next = rows.last().filter(|_| has_more).map(|last| last.id);
    if rows.is_empty() {
        return Ok((Vec::new(), None));
    }
    let marks: Vec<String> = (1..=rows.len()).map(|at| format!("${at}")).collect();
    let known = sql(format!(
        "SELECT id, contact_id FROM person_card WHERE id IN ({})",
        marks.join(", ")
    ))
    .bind_all(rows.iter().map(|row| Value::from(row.person_id)))
    .rows(&mut conn)
    .await?;
    let mut contacts: BTreeMap<PersonId, ContactId> = BTreeMap::new();
    for row in &known {
        contacts.insert(row.get("id")?, row.get("contact_id")?);
    }
    let ids: Vec<ContactId> = contacts.values().copied().collect();
    let mut ways = levels::ways_of(&mut conn, &ids, ask.now().date()).await?;
    drop(conn);
    let with_way = rows.into_iter().filter_map(|row| {
        let way = ways.remove(contacts.get(&row.person_id)?)?;
        Some((row, way))
    });
    let found: Vec<_> = with_way.collect();
    let shown = found.iter().map(|(row, _)| row.person_id.get()).collect();
    ask.seen("case", None, shown).await?;
    Ok((found, next))
}

async fn show(ask: Ask, Query(from): Query<From>) -> Outcome {
    let (found, next) = found(&ask, &from, PAGE).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("levels-person")),
        Column::text(t("levels-level")),
        Column::text(t("levels-next")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|(row, way)| {
            vec![
                html! { a href={ "/cases/" (row.id) } { bdi { (row.first_name) " " (row.last_name) } } },
                match way.current() {
                    Some(level) => html! { bdi { (level.name(p.lang)) } },
                    None => html! { (t("levels-none-yet")) },
                },
                html! { (views::next_sentence(p, way)) },
            ]
        })
        .collect();
    let title = t("levels-title");
    let next = next.map(|id| format!("/levels?cursor={id}"));
    let view = html! {
        h1 { (title) }
        p { (t("levels-lead")) }
        (parts::table(&title, &columns, &rows, &t("levels-empty")))
        (parts::pagination(p, from.cursor.map(|_| "/levels"), next.as_deref()))
    };
    ask.html(&title, view)
}

/// How far the maker of a case has come.
#[derive(Serialize, JsonSchema)]
struct CaseWay {
    case_id: CaseId,
    case_code: String,
    way: Way,
}

async fn index(ask: Ask, limit: Limit, Query(from): Query<From>) -> Outcome<impl Gives> {
    let (found, next) = found(&ask, &from, limit.0).await?;
    let items: Vec<_> = found
        .into_iter()
        .map(|(row, way)| CaseWay {
            case_id: row.id,
            case_code: row.code,
            way,
        })
        .collect();
    ask.list(items, next)
}
