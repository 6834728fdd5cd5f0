use maud::{Markup, html};
use web::parts::{self, Column, Field, Kind};
use web::{Form, FormErrors, Page};

use super::Quality;
use crate::WORDS;
use crate::services::directory::Entry;
use crate::services::views::missing;

/// What is to be checked; with the form of the city's rule for those who may change it.
pub(super) fn list(
    p: &Page,
    found: &[(Entry, Quality)],
    days: i64,
    rule: Option<(&Form, &FormErrors)>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let title = t("check-title");
    let columns = [
        Column::text(t("service-name")),
        Column::text(t("service-body")),
        Column::figures(t("service-score")),
        Column::text(t("service-missing")),
        Column::text(t("service-check-due")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|(entry, quality)| {
            let service = &entry.service;
            vec![
                html! { a href={ "/organizations/" (service.organization_id) "/services/" (service.id) } { bdi { (service.name(p.lang)) } } },
                html! { bdi { (entry.body.name(p.lang)) } },
                html! { (p.number(quality.score)) },
                missing(p, quality),
                html! { @match quality.check_due {
                    Some(due) => { (p.date(due)) },
                    None => { (t("service-never-checked")) },
                } },
            ]
        })
        .collect();
    html! {
        h1 { (title) }
        @if let Some((_, errors)) = rule { (parts::error_summary(p, errors)) }
        p { (t("check-lead")) }
        (parts::table(&title, &columns, &rows, &t("check-empty")))
        p { (p.tr(&WORDS, "directory-rule-is", &[("count", days.into())])) }
        @if let Some((form, errors)) = rule {
            (parts::form(p, "/directory/rule", html! {
                (parts::field(p, Field {
                    name: "capacity_days", label: t("directory-rule-days"), value: form.raw("capacity_days"),
                    error: errors.get("capacity_days"), kind: Kind::Numeric, required: true, ..Field::default()
                }))
                (parts::buttons(parts::secondary_button(&t("organization-save"))))
            }))
        }
        p { a href="/services" { (t("directory-public")) } }
    }
}
