use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::Deserialize;
use web::Outcome;

use super::{BREAKDOWN_NOT_OF_FIGURE, Breakdown, Item, Place, Table, Told, month_key, views};
use crate::{FIGURE_LIST, FIGURE_PUBLISH, FIGURE_READ, WORDS, ranges, saved, targets, values};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/figures", Need::May(&FIGURE_READ), index)
        .get("/figures/{code}", Need::May(&FIGURE_READ), show)
        .get("/figures/{code}/list", Need::May(&FIGURE_LIST), list)
}

/// Rows on one page of a list.
pub(crate) const PAGE: usize = 50;

#[derive(Deserialize, JsonSchema)]
pub(crate) struct After {
    cursor: Option<String>,
}

/// A page of a list, written down as seen, and the cursor of the next one.
pub(super) async fn page_of(
    ask: &Ask,
    code: &str,
    after: &After,
    limit: Limit,
) -> Outcome<(Vec<Item>, Option<String>)> {
    let keys = &ask.city.keys;
    let after = after
        .cursor
        .as_deref()
        .map(|cursor| Place::open(keys, cursor))
        .transpose()?;
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut items = super::list(&mut conn, code, today, after.as_ref(), limit.and_one()).await?;
    drop(conn);
    let next = limit.cut(&mut items, |last| last.place().sealed(keys));
    ask.seen("figure", None, items.iter().map(|item| item.id).collect())
        .await?;
    Ok((items, next))
}

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let mut figures = Vec::new();
    for definition in super::definitions(&mut conn).await? {
        let told = super::told(&mut conn, &definition, today, may_list).await?;
        let progress = targets::progress(&mut conn, &definition, told, today, may_list).await?;
        figures.push((definition, told, progress));
    }
    let index = views::Index {
        figures,
        saved: saved::list_for(&mut conn, &ask.viewer).await?,
        user: ask.viewer.user_id(),
        may_publish: FIGURE_PUBLISH.is_held_by(&ask.viewer),
    };
    ask.html(
        &ask.page.t(&WORDS, "figures-title"),
        views::index(&ask.page, &index),
    )
}

/// What a figure is asked to be told by; its regions unless said otherwise.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct By {
    by: Option<Breakdown>,
}

impl By {
    /// The breakdown, if the figure has it.
    pub fn of(&self, code: &str) -> Outcome<Breakdown> {
        let by = self.by.unwrap_or(Breakdown::Region);
        match super::breakdowns(code)?.contains(&by) {
            true => Ok(by),
            false => Ok(BREAKDOWN_NOT_OF_FIGURE.at("by")?),
        }
    }
}

/// This month, the month before and the month a year ago, out of a table of months.
fn compared(months: &Table, today: Date) -> views::Compared {
    let this = Jalali::from(today).first_of_month();
    let month = |back: i32| {
        let key = month_key(this.plus_months(-back).to_date());
        let cell = months.cells.iter().find(|cell| cell.key == key);
        let told = Told {
            amount: cell.and_then(|cell| cell.amount),
            is_hidden: cell.is_some_and(|cell| cell.is_hidden),
        };
        (key, told)
    };
    views::Compared {
        this: month(0),
        before: month(1),
        year_ago: month(12),
    }
}

async fn show(ask: Ask, Path(code): Path<String>, Query(by): Query<By>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let (by, breakdowns) = (by.of(&code)?, super::breakdowns(&code)?);
    let table = super::table(&mut conn, &definition, by, today).await?;
    // A table of months is compared with itself; of another one the months are counted too.
    let months = match breakdowns.contains(&Breakdown::Month) {
        true if by == Breakdown::Month => Some(table.clone()),
        true => Some(super::table(&mut conn, &definition, Breakdown::Month, today).await?),
        false => None,
    };
    let told = super::told(&mut conn, &definition, today, may_list).await?;
    let shown = views::Shown {
        told,
        table,
        range: ranges::of_figure(&mut conn, &code).await?,
        progress: targets::progress(&mut conn, &definition, told, today, may_list).await?,
        breakdowns,
        compared: months.map(|months| compared(&months, today)),
        history: values::history(&mut conn, &code, may_list).await?,
        may_list,
        may_publish: FIGURE_PUBLISH.is_held_by(&ask.viewer),
        definition,
    };
    ask.html(
        shown.definition.name(ask.lang()),
        views::show(&ask.page, &shown),
    )
}

async fn list(ask: Ask, Path(code): Path<String>, Query(after): Query<After>) -> Outcome {
    let mut conn = ask.read().await?;
    let definition = super::definition(&mut conn, &code).await?;
    let number = super::number(&mut conn, &code, ask.now().date()).await?;
    drop(conn);
    let (items, next) = page_of(&ask, &code, &after, Limit(PAGE as i64)).await?;
    let next = next.map(|cursor| format!("/figures/{code}/list?cursor={cursor}"));
    let view = views::list(
        &ask.page,
        &definition,
        number,
        &items,
        after.cursor.is_some(),
        next.as_deref(),
    );
    ask.html(definition.name(ask.lang()), view)
}
