use maud::{Markup, html};
use organizations::Place;
use persian::Jalali;
use uuid::Uuid;
use web::parts::{self, Column, Kind};
use web::{Form, FormErrors, Page};

use super::{Month, tellable};
use crate::WORDS;
use crate::shown::Fields;

pub(super) fn list(
    p: &Page,
    months: &[Month],
    is_further: bool,
    next: Option<Uuid>,
    may_keep: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("field-place")),
        Column::text(t("field-month-on")),
        Column::figures(t("field-capacity")),
        Column::figures(t("field-attended")),
        Column::figures(t("field-employed")),
        Column::figures(t("field-waged")),
        Column::figures(t("field-insured")),
        Column::text(t("field-evidence")),
    ];
    let number = |number: i64| html! { (p.number(number)) };
    let row = |month: &Month| {
        vec![
            html! { bdi { (month.place(p.lang)) } },
            html! { (Jalali::from(month.month_on).month_and_year(p.lang)) },
            number(month.capacity),
            number(month.attended),
            number(month.employed),
            number(month.waged),
            number(month.insured),
            html! { bdi { (month.evidence) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = months.iter().map(row).collect();
    let title = t("centre-months-title");
    let first = is_further.then_some("/centre-months");
    let next = next.map(|id| format!("/centre-months?cursor={id}"));
    html! {
        (parts::back_link("/orders", &t("orders-title")))
        h1 { (title) }
        p { (t("centre-months-lead")) }
        @if may_keep { p { (parts::button_link("/centre-months/new", &t("centre-month-new"))) } }
        (parts::table(&title, &columns, &rows, &t("centre-months-empty")))
        (parts::pagination(p, first, next.as_deref()))
    }
}

pub(super) fn form(p: &Page, places: &[Place], form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let places = places
        .iter()
        .map(|place| (place.id.to_string(), place.name(p.lang).to_owned()))
        .collect();
    let months = tellable(p.now.date())
        .into_iter()
        .map(|first| {
            (
                first.to_string(),
                Jalali::from(first).month_and_year(p.lang),
            )
        })
        .collect();
    html! {
        (parts::back_link("/centre-months", &t("centre-months-title")))
        h1 { (t("centre-month-new")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/centre-months", html! {
            (fields.select("place", places))
            (fields.select("month_on", months))
            (fields.text("capacity", Kind::Numeric, true))
            (fields.text("attended", Kind::Numeric, true))
            (fields.text("employed", Kind::Numeric, true))
            (fields.text("waged", Kind::Numeric, true))
            (fields.text("insured", Kind::Numeric, true))
            (fields.hinted("evidence", Kind::Text, true, "centre-month-evidence-hint"))
            (parts::primary_button(&t("save")))
        }))
    }
}
