//! What became of each row of a list, told to the body that brought it in: with whom a row became
//! or repeats only where this viewer may see her.

use std::collections::{HashMap, HashSet};

use access::Ask;
use access::grants::{self, Category};
use axum::extract::{Path, Query};
use db::{Conn, Value, sql};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::parts::{self, Column, Tab, Tone};
use web::{Outcome, Page};

use super::queries::{self, StoredRow};
use super::views::{place, sentences};
use super::{Batch, BatchId, RowId, RowStatus, visible, workbook};
use crate::persons::queries::COLUMNS;
use crate::{Person, WORDS};

/// Rows a page shows.
const PAGE: i64 = 50;

db::text_enum! {
    /// Which rows of a list are asked for.
    #[schemars(rename = "ImportRowsWanted")]
    pub(super) enum Wanted {
        /// Became a person.
        Accept = "accept",
        /// Of these, with a warning.
        Warned = "warned",
        /// Somebody known.
        Duplicate = "duplicate",
        /// On the repair list.
        Reject = "reject",
        /// Put right.
        Mended = "mended",
        /// Put aside.
        Dismissed = "dismissed",
    }
}

impl Wanted {
    /// One page of these rows in the order of the file.
    pub(super) async fn rows(
        self,
        conn: &mut Conn,
        batch: BatchId,
        after: Option<RowId>,
        most: i64,
    ) -> db::Result<Vec<StoredRow>> {
        let status = match self {
            Self::Warned => return queries::list_warned(conn, batch, after, most).await,
            Self::Accept => RowStatus::Accept,
            Self::Duplicate => RowStatus::Duplicate,
            Self::Reject => RowStatus::Reject,
            Self::Mended => RowStatus::Mended,
            Self::Dismissed => RowStatus::Dismissed,
        };
        queries::list_rows(conn, batch, status, after, most).await
    }
}

/// Whom some rows speak of, as far as the viewer may know.
#[derive(Default)]
pub(super) struct Known {
    seen: HashMap<Uuid, Person>,
    /// Registered by the list's body, which may see them no more.
    lapsed: HashSet<Uuid>,
}

impl Known {
    /// Looks up the people of some rows of a list; who is seen is noted in the audit.
    pub(super) async fn of(ask: &Ask, batch: &Batch, rows: &[StoredRow]) -> Outcome<Self> {
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.person_id).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let marks: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
        let marks = marks.join(", ");
        let next = ids.len() + 1;
        let asked = || ids.iter().map(|id| Value::from(*id));
        let (viewer, category) = (&ask.viewer, Category::Operational);
        let (condition, values) = grants::visible("p.id", next, viewer, category, ask.now());
        let mut conn = ask.read().await?;
        let text =
            format!("SELECT {COLUMNS} FROM person p WHERE p.id IN ({marks}) AND {condition}");
        let seen: Vec<Person> = sql(text)
            .bind_all(asked())
            .bind_all(values)
            .all(&mut conn)
            .await?;
        let own: Vec<Uuid> = sql(format!(
            "SELECT p.id AS value FROM person p WHERE p.id IN ({marks}) AND p.organization_id = ${next}"
        ))
        .bind_all(asked())
        .bind(batch.organization_id)
        .scalars(&mut conn)
        .await?;
        drop(conn);
        let seen: HashMap<Uuid, Person> = seen
            .into_iter()
            .map(|person| (person.id.get(), person))
            .collect();
        ask.seen(
            "import_rows",
            Some(batch.id.get()),
            seen.keys().copied().collect(),
        )
        .await?;
        let lapsed = own.into_iter().filter(|id| !seen.contains_key(id));
        Ok(Self {
            lapsed: lapsed.collect(),
            seen,
        })
    }

    /// A row for a machine: of somebody of another centre only that she is registered there.
    pub(super) fn item(&self, row: &StoredRow) -> RowItem {
        let mut row = row.clone();
        let is_own = |id: Uuid| self.seen.contains_key(&id) || self.lapsed.contains(&id);
        let is_elsewhere = row.person_id.map(|id| !is_own(id));
        row.person_id = row.person_id.filter(|id| is_own(*id));
        RowItem { row, is_elsewhere }
    }

    /// Who a row became or repeats, in words.
    fn told(&self, p: &Page, id: Uuid) -> Markup {
        if let Some(person) = self.seen.get(&id) {
            return html! {
                a href={ "/people/" (person.id) } { bdi { (person.name()) } } " "
                code dir="ltr" { (person.code) }
            };
        }
        match self.lapsed.contains(&id) {
            true => html! {
                (p.t(&WORDS, "outcome-lapsed")) " "
                a href={ "/people/" (id) "/consent" } { (p.t(&WORDS, "consent-record-title")) }
            },
            false => html! { (p.t(&WORDS, "outcome-elsewhere")) },
        }
    }
}

/// A row as machines see it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ImportRowItem")]
pub(super) struct RowItem {
    #[serde(flatten)]
    row: StoredRow,
    /// She is registered in another centre; only for a row that became or repeats somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_elsewhere: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    pub status: Option<Wanted>,
    pub cursor: Option<RowId>,
}

pub(super) async fn page(ask: Ask, Path(id): Path<BatchId>, Query(asked): Query<Asked>) -> Outcome {
    let wanted = asked.status.unwrap_or(Wanted::Accept);
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let counts = queries::counts(&mut conn, id).await?;
    let mut rows = wanted.rows(&mut conn, id, asked.cursor, PAGE + 1).await?;
    drop(conn);
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| has_more).map(|last| last.id);
    let known = Known::of(&ask, &batch, &rows).await?;
    let shown = Shown {
        batch: &batch,
        counts: &counts,
        wanted,
        rows: &rows,
        known: &known,
        is_further: asked.cursor.is_some(),
        next,
    };
    let view = shown.draw(&ask.page);
    ask.html(&ask.page.t(&WORDS, "outcome-title"), view)
}

/// One page of rows.
struct Shown<'a> {
    batch: &'a Batch,
    counts: &'a [(RowStatus, i64)],
    wanted: Wanted,
    rows: &'a [StoredRow],
    known: &'a Known,
    is_further: bool,
    next: Option<RowId>,
}

// words: outcome-is-*
impl Shown<'_> {
    fn draw(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let address = format!("/people/import/{}", self.batch.id);
        let first = format!("{address}/outcome?status={}", self.wanted);
        let next = self.next.map(|id| format!("{first}&cursor={id}"));
        let columns = ["outcome-row", "outcome-why", "outcome-who"];
        let columns: Vec<Column> = columns.iter().map(|key| Column::text(t(key))).collect();
        let rows: Vec<Vec<Markup>> = self
            .rows
            .iter()
            .map(|row| vec![html! { (place(p, row)) }, why(p, row), self.who(p, row)])
            .collect();
        html! {
            (parts::back_link(&address, &self.batch.file_name))
            h1 { (t("outcome-title")) }
            (parts::tabs(p, &t("outcome-title"), &self.tabs(p)))
            (parts::table(&t(&format!("outcome-is-{}", self.wanted)), &columns, &rows, &t("outcome-none")))
            (parts::pagination(p, self.is_further.then_some(first.as_str()), next.as_deref()))
        }
    }

    fn tabs(&self, p: &Page) -> Vec<Tab> {
        let count = |wanted: Wanted| match wanted {
            Wanted::Warned => Some(self.batch.warned),
            _ => self
                .counts
                .iter()
                .find(|(status, _)| status.as_str() == wanted.as_str())
                .map(|(_, count)| *count),
        };
        let tab = |wanted: &Wanted| Tab {
            label: p.t(&WORDS, &format!("outcome-is-{wanted}")),
            href: format!("/people/import/{}/outcome?status={wanted}", self.batch.id),
            current: *wanted == self.wanted,
            count: Some(count(*wanted).unwrap_or_default()),
        };
        Wanted::ALL.iter().map(tab).collect()
    }

    fn who(&self, p: &Page, row: &StoredRow) -> Markup {
        match (row.person_id, row.status) {
            (Some(id), _) => self.known.told(p, id),
            (None, RowStatus::Reject) => html! {
                a href={ "/people/import/rows/" (row.id) } { (p.t(&WORDS, "import-mend")) }
            },
            (None, _) => html! {},
        }
    }
}

/// Why a row is where it is: its reasons, the row it repeats, or why it was put aside.
fn why(p: &Page, row: &StoredRow) -> Markup {
    let repeats = row.reasons.as_array().into_iter().flatten();
    let repeats = repeats
        .filter_map(|reason| reason.as_str()?.strip_prefix("duplicate_of:"))
        .filter_map(|place| place.rsplit_once(':'))
        .next();
    html! {
        @if let Some((sheet, number)) = repeats {
            @let number: i64 = number.parse().unwrap_or_default();
            @let args = [("row", number.into()), ("sheet", sheet.into())];
            (p.tr(&WORDS, "outcome-repeats", &args))
        } @else if row.status == RowStatus::Duplicate {
            (parts::badge(Tone::Plain, &p.t(&WORDS, "outcome-known")))
        }
        @if !row.column_name.is_empty() { bdi { (row.column_name) } ": " }
        (sentences(p, &workbook::reasons(&row.reasons)))
        @if !row.dismissal.is_empty() { bdi { (row.dismissal) } }
    }
}
