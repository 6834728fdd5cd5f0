//! How the desk looks.

use maud::{Markup, html};
use web::Page;
use web::parts::{self, Tone};

use crate::WORDS;
use crate::legs::shown::Shown;
use crate::legs::views::{badge, number};

/// Open legs of our body, each with the person's name where we may read it.
pub(super) fn list(p: &Page, rows: &[(Shown, String)], next: Option<&str>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    let title = t("desk-title");
    let headers = [
        "leg-number",
        "leg-person",
        "leg-service",
        "leg-sender",
        "leg-state",
        "leg-due",
    ];
    let headers: Vec<String> = headers.iter().map(|key| t(key)).collect();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(shown, name)| {
            let leg = &shown.leg;
            vec![
                html! { a href={ "/desk/" (leg.id) } { (number(p, &leg.number)) } },
                html! { bdi { (name) } },
                html! { bdi { (shown.service) } },
                html! { bdi { (shown.sender) } },
                badge(p, leg.state),
                html! {
                    @if let Some(day) = leg.due_on { (p.date(day)) }
                    @if leg.is_late(today) { " " (parts::badge(Tone::Warning, &t("late"))) }
                },
            ]
        })
        .collect();
    html! {
        h1 { (title) }
        p { (t("desk-lead")) }
        (parts::table(&title, &headers, &cells, &t("desk-empty")))
        (parts::pagination(p, None, next))
    }
}
