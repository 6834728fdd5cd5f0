//! The whole centre, facilitator by facilitator: for whoever supervises it.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Query;
use axum::http::StatusCode;
use db::Conn;
use maud::html;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Outcome, parts};

use super::{From, Row, cut, of_case, part};
use crate::cases::{self, CaseId};
use crate::{PLAN_APPROVE, WORDS};

pub(super) fn routes() -> Routes {
    let need = Need::May(&PLAN_APPROVE);
    Routes::new()
        .get("/today/centre", need, show)
        .api_get("/api/v1/today/centre", need, list)
}

/// Cases of the bodies the viewer supervises whose owner carries cases there no more; their one
/// act is to hand them over.
pub(super) async fn left(ask: &Ask, conn: &mut Conn) -> Outcome<Vec<Row>> {
    let p = &ask.page;
    let mut left = Vec::new();
    for body in ask.viewer.bodies_as(PLAN_APPROVE.roles) {
        let members = cases::pages::colleagues(ask, conn, OrganizationId::new(body)).await?;
        let members: Vec<_> = members.into_iter().map(|(id, _)| id).collect();
        let found = cases::list_left(conn, &ask.viewer, ask.now(), body, &members).await?;
        left.extend(found.into_iter().filter_map(|row| of_case(p, row)));
    }
    for row in &mut left {
        row.href = format!("/cases/{}?open=hand-over", row.case_id);
        row.act = p.t(&WORDS, "hand-over");
    }
    Ok(left)
}

async fn load(ask: &Ask, from: &From) -> Outcome<(Vec<Row>, Vec<Row>, Option<CaseId>)> {
    let mut conn = ask.read().await?;
    let left = match from.cursor {
        None => left(ask, &mut conn).await?,
        Some(_) => Vec::new(),
    };
    let mut cases = cases::list_centre(&mut conn, &ask.viewer, ask.now(), from.cursor).await?;
    drop(conn);
    let next = cut(&mut cases);
    let rows: Vec<Row> = cases
        .into_iter()
        .filter_map(|row| of_case(&ask.page, row))
        .collect();
    let shown = left.iter().chain(&rows).map(|row| row.person).collect();
    ask.seen("today", None, shown).await?;
    Ok((left, rows, next))
}

/// The day of a centre.
#[derive(Serialize, JsonSchema)]
struct CentreDay {
    left: Vec<Row>,
    items: Vec<Row>,
    next: Option<CaseId>,
}

async fn list(ask: Ask, Query(from): Query<From>) -> Outcome<impl Gives> {
    let (left, items, next) = load(&ask, &from).await?;
    let body = CentreDay { left, items, next };
    ask.json(StatusCode::OK, &body)
}

async fn show(ask: Ask, Query(from): Query<From>) -> Outcome {
    let (left, rows, next) = load(&ask, &from).await?;
    let p = &ask.page;
    let title = p.t(&WORDS, "today-centre");
    let older = next.map(|id| format!("/today/centre?cursor={id}"));
    let newer = from.cursor.map(|_| "/today/centre");
    ask.html(
        &title,
        html! {
            (parts::back_link("/today", &p.t(&WORDS, "today-title")))
            h1 { (title) }
            p { (p.t(&WORDS, "today-centre-lead")) }
            (part(p, "today-left", &left, false))
            (part(p, "today-by-facilitator", &rows, true))
            (parts::pagination(p, newer, older.as_deref()))
        },
    )
}
