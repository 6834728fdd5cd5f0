//! Centres' months on screen: the list and the form.

use access::{Ask, Need as Asks, Routes};
use axum::extract::Query;
use maud::Markup;
use organizations::PlaceId;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::{MonthId, PAGE, TellMonth, views};
use crate::centres::{may_keep, places};
use crate::shown::cut;
use crate::{ORDER_KEEP, ORDER_READ, WORDS};

pub(crate) fn routes() -> Routes {
    let keep = Asks::May(&ORDER_KEEP);
    Routes::new()
        .get("/centre-months", Asks::May(&ORDER_READ), list)
        .post("/centre-months", keep, create)
        .get("/centre-months/new", keep, new)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Before {
    pub cursor: Option<MonthId>,
}

async fn list(ask: Ask, Query(before): Query<Before>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut months = super::list(&mut conn, before.cursor, PAGE + 1).await?;
    drop(conn);
    let next = cut(&mut months, PAGE, |month| month.id.get());
    let may_keep = ORDER_KEEP.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "centre-months-title"),
        views::list(&ask.page, &months, before.cursor.is_some(), next, may_keep),
    )
}

async fn form_page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let places = places(ask, &mut ask.read().await?).await?;
    Ok(views::form(&ask.page, &places, form, errors))
}

async fn new(ask: Ask) -> Outcome {
    let view = form_page(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "centre-month-new"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = read.choice::<PlaceId>("place");
    let month_on = read.choice::<persian::Date>("month_on");
    let counts = ["capacity", "attended", "employed", "waged", "insured"]
        .map(|name| read.number(name, 0, 100_000));
    let evidence = read.text("evidence", 120);
    let mut errors = read.errors;
    if let (
        Some(place),
        Some(month_on),
        Some(evidence),
        [
            Some(capacity),
            Some(attended),
            Some(employed),
            Some(waged),
            Some(insured),
        ],
    ) = (place, month_on, evidence, counts)
    {
        let known = organizations::places::get(&mut ask.read().await?, place).await?;
        if !may_keep(&ask, known.organization_id) {
            return Err(Failure::NotFound);
        }
        let command = TellMonth {
            id: MonthId::new(form.key()?),
            place,
            month_on,
            capacity,
            attended,
            employed,
            waged,
            insured,
            evidence,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/centre-months", &ask.page.t(&WORDS, "centre-month-told"));
        }
    }
    let view = form_page(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "centre-month-new"), view)
}
