use maud::{Markup, html};
use web::parts::{self, Column, Field, Kind};
use web::{Form, FormErrors, Page};

use super::Told;
use super::questions::Question;
use crate::WORDS;
use crate::services::Service;
use crate::services::directory::views::{room, status};

/// The two numbers that tell a service's places. `end` keeps the names of several forms apart.
pub(crate) fn fields(p: &Page, end: &str, form: &Form, errors: &FormErrors) -> Markup {
    let field = |name: &str, key: &str, required: bool| {
        let name = format!("{name}{end}");
        parts::field(
            p,
            Field {
                name: &name,
                label: p.t(&WORDS, key),
                value: form.raw(&name),
                error: errors.get(&name),
                kind: Kind::Numeric,
                required,
                ..Field::default()
            },
        )
    };
    html! {
        (field("places_free", "capacity-places", true))
        (field("waiting_days", "capacity-waiting", false))
        (parts::buttons(parts::secondary_button(&p.t(&WORDS, "capacity-save"))))
    }
}

/// What was asked of a service, and what was answered.
pub(crate) fn asked(p: &Page, questions: &[Question]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("capacity-asker")),
        Column::text(t("capacity-asked-at")),
        Column::text(t("capacity-answer")),
    ];
    let rows: Vec<Vec<Markup>> = questions
        .iter()
        .map(|one| {
            vec![
                html! { bdi { (one.asker(p.lang)) } },
                html! { (p.moment(one.asked_at)) },
                answer(p, one),
            ]
        })
        .collect();
    parts::table(
        &t("capacity-asked"),
        &columns,
        &rows,
        &t("capacity-asked-none"),
    )
}

fn answer(p: &Page, one: &Question) -> Markup {
    let places = one
        .places_free
        .map(|places| p.tr(&WORDS, "capacity-answered", &[("places", places.into())]));
    html! {
        @match (places, one.answered_at) {
            (Some(places), Some(at)) => {
                (places)
                @if let Some(days) = one.waiting_days { " " (p.tr(&WORDS, "capacity-wait", &[("count", days.into())])) }
                " · " (p.moment(at))
            },
            _ => { (p.t(&WORDS, "capacity-not-answered")) },
        }
    }
}

/// A service of the viewer's own body, with what was said last and what is asked now.
pub(super) struct Row {
    pub service: Service,
    pub told: Option<Told>,
    pub questions: Vec<Question>,
}

/// The desk of a body: its services and their places.
pub(super) fn desk(p: &Page, rows: &[Row], days: i64, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    html! {
        h1 { (t("capacity-title")) }
        p { (p.tr(&WORDS, "capacity-lead", &[("count", days.into())])) }
        (parts::error_summary(p, errors))
        @if rows.is_empty() { p.nothing { (t("services-empty")) } }
        @for row in rows {
            @let service = &row.service;
            section.card {
                h2 { bdi { (service.name(p.lang)) } }
                @if !service.is_open(today) { p { (status(p, service)) } }
                p { (room(p, super::weigh(service, row.told.as_ref(), today, days))) }
                @if let Some(told) = &row.told {
                    p { (p.tr(&WORDS, "capacity-told-last", &[("places", told.places_free.into()), ("day", p.date_text(told.told_on).into())])) }
                }
                @if !row.questions.is_empty() {
                    ul { @for one in &row.questions {
                        li { (p.tr(&WORDS, "capacity-asks", &[("body", one.asker(p.lang).into())])) " · " (p.moment(one.asked_at)) }
                    } }
                }
                (parts::form(p, &format!("/capacity/{}", service.id), fields(p, &format!("-{}", service.id), form, errors)))
            }
        }
    }
}
