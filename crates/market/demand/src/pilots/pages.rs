//! Pilots on screen: starting one, watching it, recording its result.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::{EndPilot, PAGE, PilotId, PilotResult, StartPilot, views};
use crate::offers::{OfferId, pages::answerable};
use crate::shown::{bodies, cut};
use crate::{NEED_READ, PILOT_RUN, WORDS, needs};

pub(crate) fn routes() -> Routes {
    let (read, run) = (Asks::May(&NEED_READ), Asks::May(&PILOT_RUN));
    Routes::new()
        .get("/pilots", read, list)
        .get("/pilots/{id}", read, show)
        .get("/offers/{id}/pilot", run, new)
        .post("/offers/{id}/pilot", run, create)
        .post("/pilots/{id}/end", run, end)
}

/// The largest value before or after: what anyone measures fits.
pub(super) const MOST: i64 = 1_000_000_000_000;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Cursor {
    pub cursor: Option<PilotId>,
}

async fn list(ask: Ask, Query(query): Query<Cursor>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut pilots = super::list(&mut conn, &ask.viewer, query.cursor, PAGE + 1).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    drop(conn);
    let next = cut(&mut pilots, PAGE, |pilot| pilot.id.get());
    ask.html(
        &ask.page.t(&WORDS, "pilots-title"),
        views::list(&ask.page, &pilots, &names, query.cursor, next),
    )
}

async fn page(ask: &Ask, id: PilotId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let pilot = super::get_for(&mut conn, &ask.viewer, id).await?;
    let need = needs::get(&mut conn, pilot.need_id).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    drop(conn);
    let company = names.get(&pilot.organization_id.get());
    let may_run = crate::may_run(&ask.viewer, &need);
    let company = company.map_or("", String::as_str);
    Ok(views::show(
        &ask.page, &pilot, &need, company, may_run, form, errors,
    ))
}

async fn show(ask: Ask, Path(id): Path<PilotId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "pilot-title"), view)
}

fn day_text(lang: Lang, day: Date) -> String {
    let text = Jalali::from(day).to_string();
    match lang {
        Lang::Fa => persian::persian_digits(&text),
        Lang::En => text,
    }
}

async fn new(ask: Ask, Path(id): Path<OfferId>) -> Outcome {
    let offer = answerable(&ask, id).await?;
    let today = ask.now();
    let start = Form::prefilled([
        ("starts_on", day_text(ask.lang(), today.date())),
        (
            "ends_on",
            day_text(ask.lang(), today.plus_days(offer.days).date()),
        ),
    ]);
    let view = views::form(&ask.page, &offer, &start, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "pilot-new-title"), view)
}

async fn create(ask: Ask, Path(id): Path<OfferId>, form: Form) -> Outcome {
    let offer = answerable(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let starts_on = read.date("starts_on");
    let ends_on = read.date("ends_on");
    let measure = read.text("measure", 80);
    let unit = read.text("unit", 40);
    let baseline = read.number("baseline", 0, MOST);
    let goal = match read.is_empty("goal") {
        true => Some(None),
        false => read.number("goal", 0, MOST).map(Some),
    };
    let mut errors = read.errors;
    if let (Some(starts_on), Some(ends_on), Some(measure), Some(unit), Some(baseline), Some(goal)) =
        (starts_on, ends_on, measure, unit, baseline, goal)
    {
        let command = StartPilot {
            id: PilotId::new(form.key()?),
            offer: id,
            starts_on,
            ends_on,
            measure,
            unit,
            baseline,
            goal,
        };
        if let Some(pilot) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.t(&WORDS, "pilot-started");
            return ask.see_with(format!("/pilots/{pilot}"), &done);
        }
    }
    ask.again(
        &ask.page.t(&WORDS, "pilot-new-title"),
        views::form(&ask.page, &offer, &form, &errors),
    )
}

/// The pilot is one of the viewer's own body's needs, or not found.
pub(super) async fn run_by(ask: &Ask, id: PilotId) -> Outcome<()> {
    let mut conn = ask.read().await?;
    let pilot = super::get_for(&mut conn, &ask.viewer, id).await?;
    let need = needs::get(&mut conn, pilot.need_id).await?;
    match crate::may_run(&ask.viewer, &need) {
        true => Ok(()),
        false => Err(Failure::NotFound),
    }
}

async fn end(ask: Ask, Path(id): Path<PilotId>, form: Form) -> Outcome {
    run_by(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let result = read.choice::<PilotResult>("result");
    let outcome = read.number("outcome", 0, MOST);
    let description = read.note("description", 2000);
    let mut errors = read.errors;
    if let (Some(result), Some(outcome), Some(description)) = (result, outcome, description) {
        let command = EndPilot {
            id,
            result,
            outcome,
            description,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "pilot-ended");
            return ask.see_with(format!("/pilots/{id}"), &done);
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "pilot-title"), view)
}
