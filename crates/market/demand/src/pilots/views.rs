use std::collections::HashMap;

use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, Column, Kind};
use web::{Form, FormErrors, Page};

use super::{Pilot, PilotId, PilotResult, PilotState};
use crate::WORDS;
use crate::needs::Need;
use crate::offers::Offer;
use crate::shown::{Fields, badge, word};

// words: pilot-state-* result-*

/// «ماندگاری: ۲۱ → ۹۰ روز» in words.
pub(crate) fn summary(p: &Page, pilot: &Pilot) -> String {
    let key = match pilot.outcome {
        Some(_) => "pilot-before-after",
        None => "pilot-before",
    };
    let after = pilot.outcome.unwrap_or_default();
    p.tr(
        &WORDS,
        key,
        &[
            ("measure", (&pilot.measure).into()),
            ("unit", (&pilot.unit).into()),
            ("before", pilot.baseline.into()),
            ("after", after.into()),
        ],
    )
}

/// First and last day in one piece.
fn days(p: &Page, pilot: &Pilot) -> Markup {
    let args = [
        ("from", p.date_text(pilot.started_on).into()),
        ("until", p.date_text(pilot.ends_on).into()),
    ];
    html! { bdi { (p.tr(&WORDS, "days-between", &args)) } }
}

pub(super) fn list(
    p: &Page,
    pilots: &[Pilot],
    names: &HashMap<Uuid, String>,
    cursor: Option<PilotId>,
    next: Option<Uuid>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("pilot-measure")),
        Column::text(t("pilot-company")),
        Column::text(t("pilot-days")),
        Column::text(t("pilot-state")),
    ];
    let row = |pilot: &Pilot| {
        let company = names.get(&pilot.organization_id.get());
        vec![
            html! { a href={ "/pilots/" (pilot.id) } { (summary(p, pilot)) } },
            html! { bdi { (company.map_or("", String::as_str)) } },
            days(p, pilot),
            html! {
                @match pilot.result {
                    Some(result) => (badge(p, "result", result)),
                    None => (badge(p, "pilot-state", pilot.state)),
                }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = pilots.iter().map(row).collect();
    let title = t("pilots-title");
    let next = next.map(|id| format!("/pilots?cursor={id}"));
    html! {
        (parts::back_link("/needs", &t("needs-title")))
        h1 { (title) }
        (parts::table(&title, &columns, &rows, &t("pilots-empty")))
        (parts::pagination(p, cursor.map(|_| "/pilots"), next.as_deref()))
    }
}

pub(super) fn show(
    p: &Page,
    pilot: &Pilot,
    need: &Need,
    company: &str,
    may_run: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let mut facts = vec![
        (t("pilot-state"), badge(p, "pilot-state", pilot.state)),
        (t("pilot-company"), html! { bdi { (company) } }),
        (t("pilot-days"), days(p, pilot)),
        (t("pilot-measure"), html! { (summary(p, pilot)) }),
    ];
    if let Some(goal) = pilot.goal {
        let args = [("goal", goal.into()), ("unit", (&pilot.unit).into())];
        facts.push((
            t("field-goal"),
            html! { (p.tr(&WORDS, "pilot-goal", &args)) },
        ));
    }
    if let Some(result) = pilot.result {
        facts.push((t("field-result"), badge(p, "result", result)));
    }
    if let Some(day) = pilot.ended_on {
        facts.push((t("pilot-ended-on"), p.date(day)));
    }
    let results = PilotResult::ALL
        .iter()
        .map(|result| (result.to_string(), word(p, "result", result)))
        .collect();
    html! {
        (parts::back_link(&format!("/needs/{}", need.id), &need.title))
        h1 { (t("pilot-title")) }
        (parts::error_summary(p, errors))
        (parts::facts(&facts))
        @for line in pilot.description.lines() { p dir="auto" { (line) } }
        @if may_run && pilot.state == PilotState::Running {
            h2 { (t("pilot-end-title")) }
            (parts::form(p, &format!("/pilots/{}/end", pilot.id), html! {
                (fields.hinted("outcome", Kind::Numeric, true, "outcome-hint"))
                (fields.radios("result", results))
                (fields.text("description", Kind::Area, false))
                (parts::primary_button(&t("pilot-end-save")))
            }))
        }
    }
}

pub(super) fn form(p: &Page, offer: &Offer, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link(&format!("/needs/{}", offer.need_id), &t("need-title")))
        h1 { (t("pilot-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/offers/{}/pilot", offer.id), html! {
            (fields.day("starts_on"))
            (fields.day("ends_on"))
            (fields.hinted("measure", Kind::Text, true, "measure-hint"))
            (fields.hinted("unit", Kind::Text, true, "unit-hint"))
            (fields.text("baseline", Kind::Numeric, true))
            (fields.text("goal", Kind::Numeric, false))
            (parts::primary_button(&t("pilot-start")))
        }))
    }
}
