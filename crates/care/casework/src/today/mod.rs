//! Today: what is overdue, what is due, who keeps us waiting; each row with its one act.

mod centre;

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Query;
use axum::http::StatusCode;
use maud::{Markup, html};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::parts::{self, Column, Drawing, Tone};
use web::{Outcome, Page};

use crate::cases::{self, CaseId};
use crate::emergencies::{self, Opened, views::told};
use crate::shown::{place_of, waits_for, word};
use crate::tasks::{self, pages::words};
use crate::{CASE_READ, PLAN_APPROVE, WORDS, days, plans};

// words: next-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/today", Need::May(&CASE_READ), show)
        .api_get("/api/v1/today", Need::May(&CASE_READ), list)
        .merge(centre::routes())
}

/// Days ahead that are shown as coming.
const AHEAD: i64 = 7;

/// A row of the day, whichever noun it comes from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DayRow")]
struct Row {
    case_id: CaseId,
    #[serde(skip)]
    person: uuid::Uuid,
    code: String,
    name: String,
    /// Who carries the case, by name.
    owner: String,
    /// What is to be done.
    what: String,
    due_on: Date,
    waiting_on: Option<String>,
    /// Where it is done, and the link's word.
    href: String,
    act: String,
}

/// The day in its parts.
#[derive(Serialize, JsonSchema)]
struct Day {
    /// Cases of the bodies one supervises whose owner left.
    left: Vec<Row>,
    overdue: Vec<Row>,
    due: Vec<Row>,
    waiting: Vec<Row>,
    coming: Vec<Row>,
    later: Vec<Row>,
    to_approve: Vec<Row>,
    /// The last case of `later` when there are more.
    next: Option<CaseId>,
    /// Own cases that somebody opened in an emergency lately.
    emergencies: Vec<Opened>,
}

impl Day {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        let parts = [
            &self.left,
            &self.overdue,
            &self.due,
            &self.waiting,
            &self.coming,
            &self.later,
            &self.to_approve,
        ];
        parts.into_iter().flatten()
    }
}

#[derive(Deserialize, JsonSchema)]
struct From {
    /// The last case of the page of later ones before this.
    cursor: Option<CaseId>,
}

async fn load(ask: &Ask, from: &From) -> Outcome<Day> {
    let (p, now, today) = (&ask.page, ask.now(), ask.now().date());
    let owner = ask.viewer.user_id().unwrap_or_default();
    let until = days::plus(today, AHEAD);
    let mut conn = ask.read().await?;
    let cases = cases::list_due(&mut conn, &ask.viewer, now, owner, until).await?;
    let tasks = tasks::list_due(&mut conn, &ask.viewer, now, owner, until).await?;
    let mut later =
        cases::list_later(&mut conn, &ask.viewer, now, (owner, until), from.cursor).await?;
    let next = cut(&mut later);
    let waiting = match PLAN_APPROVE.is_held_by(&ask.viewer) {
        true => plans::waiting_for_approval(&mut conn, &ask.viewer, now).await?,
        false => Vec::new(),
    };
    let left = centre::left(ask, &mut conn).await?;
    let emergencies = emergencies::lately(&mut conn, owner, now).await?;
    drop(conn);
    let mut day = Day {
        left,
        overdue: Vec::new(),
        due: Vec::new(),
        waiting: Vec::new(),
        coming: Vec::new(),
        later: later
            .into_iter()
            .filter_map(|row| of_case(p, row))
            .collect(),
        to_approve: waiting.into_iter().map(|one| of_plan(p, one)).collect(),
        next,
        emergencies,
    };
    let mut rows: Vec<Row> = cases
        .into_iter()
        .filter_map(|row| of_case(p, row))
        .collect();
    for task in tasks {
        rows.push(of_task(ask, task)?);
    }
    rows.sort_by_key(|row| row.due_on);
    for row in rows {
        // What is late is late, also when someone else is to blame.
        let part = match row.due_on.cmp(&today) {
            std::cmp::Ordering::Less => &mut day.overdue,
            _ if row.waiting_on.is_some() => &mut day.waiting,
            std::cmp::Ordering::Equal => &mut day.due,
            std::cmp::Ordering::Greater => &mut day.coming,
        };
        part.push(row);
    }
    let shown = day.rows().map(|row| row.person).collect();
    ask.seen("today", None, shown).await?;
    Ok(day)
}

/// Cuts a list to one page; the last id when there was more.
fn cut(rows: &mut Vec<cases::Row>) -> Option<CaseId> {
    let page = cases::PAGE as usize;
    let has_more = rows.len() > page;
    rows.truncate(page);
    rows.last().filter(|_| has_more).map(|last| last.id)
}

fn of_case(p: &Page, row: cases::Row) -> Option<Row> {
    let action = row.next_action?;
    let (path, act) = place_of(action);
    let names = (row.waiting_fa.as_deref(), row.waiting_en.as_deref());
    let waiting_on = waits_for(p, row.waits_for, names, row.waiting_on.as_deref());
    Some(Row {
        case_id: row.id,
        person: row.person_id.get(),
        code: row.code,
        name: format!("{} {}", row.first_name, row.last_name),
        owner: row.owner_name.unwrap_or_default(),
        what: word(p, "next", action),
        due_on: row.next_action_on?,
        waiting_on,
        href: format!("/cases/{}{path}", row.id),
        act: p.t(&WORDS, act),
    })
}

fn of_task(ask: &Ask, due: tasks::Due) -> Outcome<Row> {
    let p = &ask.page;
    let written = due.words(&ask.city.keys)?;
    let (href, act) = match due.kind {
        tasks::TaskKind::Added => (format!("/tasks/{}", due.id), "task-finish"),
        tasks::TaskKind::FollowUp => (
            format!("/cases/{}/follow-up/{}", due.case_id, due.id),
            "task-visit",
        ),
    };
    Ok(Row {
        case_id: due.case_id,
        person: due.person_id.get(),
        code: due.code,
        name: format!("{} {}", due.first_name, due.last_name),
        owner: due.owner_name.unwrap_or_default(),
        what: words(p, due.months, written),
        due_on: due.due_on,
        waiting_on: None,
        href,
        act: p.t(&WORDS, act),
    })
}

fn of_plan(p: &Page, one: plans::Waiting) -> Row {
    Row {
        case_id: one.case_id,
        person: one.person_id.get(),
        code: one.code,
        name: format!("{} {}", one.first_name, one.last_name),
        owner: one.owner_name.unwrap_or_default(),
        what: p.tr(
            &WORDS,
            "plan-to-approve",
            &[("name", one.proposed_name.into())],
        ),
        due_on: one.proposed_at.date(),
        waiting_on: None,
        href: format!("/cases/{}/plan", one.case_id),
        act: p.t(&WORDS, "go-plan"),
    }
}

async fn list(ask: Ask, Query(from): Query<From>) -> Outcome<impl Gives> {
    let day = load(&ask, &from).await?;
    ask.json(StatusCode::OK, &day)
}

async fn show(ask: Ask, Query(from): Query<From>) -> Outcome {
    let day = load(&ask, &from).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let is_free = day.rows().next().is_none();
    let older = day.next.map(|id| format!("/today?cursor={id}"));
    let newer = from.cursor.map(|_| "/today");
    ask.html(&t("today-title"), html! {
        h1 { (t("today-title")) }
        p { (p.date(p.now.date())) }
        @if PLAN_APPROVE.is_held_by(&ask.viewer) {
            p { (parts::secondary_link("/today/centre", &t("today-centre"))) }
        }
        (told(p, &day.emergencies))
        @if is_free {
            (parts::empty_state(Drawing::Needle, &t("today-free"), &t("today-free-help"), Some(("/people", &t("cases-find-person")))))
        }
        (part(p, "today-left", &day.left, false))
        (part(p, "today-overdue", &day.overdue, true))
        (part(p, "today-due", &day.due, false))
        (part(p, "today-to-approve", &day.to_approve, false))
        (part(p, "today-waiting", &day.waiting, false))
        (part(p, "today-coming", &day.coming, false))
        (part(p, "today-later", &day.later, false))
        (parts::pagination(p, newer, older.as_deref()))
    })
}

fn part(p: &Page, title: &str, rows: &[Row], is_late: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    if rows.is_empty() {
        return Markup::default();
    }
    let keys = ["col-person", "col-owner", "col-what", "col-due", "col-act"];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let cells = |row: &Row| {
        let days_late = (p.now.date() - row.due_on).num_days();
        vec![
            html! {
                a href={ "/cases/" (row.case_id) } { bdi { (row.name) } } " "
                code dir="ltr" { (row.code) }
            },
            html! { bdi { (row.owner) } },
            html! {
                bdi { (row.what) }
                @if let Some(name) = &row.waiting_on { br; (p.tr(&WORDS, "waiting-on", &[("name", name.into())])) }
            },
            html! {
                (p.date(row.due_on))
                @if is_late && days_late > 0 { " " (parts::badge(Tone::Warning, &p.tr(&WORDS, "days-late", &[("count", days_late.into())]))) }
            },
            html! { a.button.secondary href=(row.href) { (row.act) } },
        ]
    };
    let cells: Vec<Vec<Markup>> = rows.iter().map(cells).collect();
    html! {
        h2 { (t(title)) " " bdi { (p.number(rows.len() as i64)) } }
        (parts::table(&t(title), &columns, &cells, &t("today-free")))
    }
}
