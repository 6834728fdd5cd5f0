//! How the board looks.

use maud::{Markup, html};
use web::Page;
use web::parts;

use super::Board;
use crate::WORDS;
use crate::legs::shown::Shown;
use crate::legs::views::{badge, due, number, turn};

// words: board-*

pub(super) fn index(p: &Page, board: &Board) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let parts = [
        ("board-refusals", &board.refusals),
        ("board-releases", &board.releases),
        ("board-late", &board.late),
    ];
    let is_empty = parts.iter().all(|(_, rows)| rows.is_empty());
    html! {
        h1 { (t("board-title")) }
        p { (t("board-lead")) }
        @if is_empty { p.nothing { (t("board-none")) } }
        @for (key, rows) in parts.iter().filter(|(_, rows)| !rows.is_empty()) {
            section { (table(p, &t(key), rows)) }
        }
    }
}

fn table(p: &Page, title: &str, rows: &[Shown]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        "leg-number",
        "leg-service",
        "leg-state",
        "leg-turn",
        "leg-due",
        "leg-sender",
        "leg-receiver",
    ];
    let headers: Vec<String> = headers.iter().map(|key| t(key)).collect();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|shown| {
            let leg = &shown.leg;
            vec![
                html! { a href={ "/board/" (leg.id) } { (number(p, &leg.number)) } },
                html! { bdi { (shown.service) } },
                html! {
                    div { (badge(p, leg.state)) @if let Some(why) = &shown.declined { " " (why) } }
                },
                html! { div { (turn(p, shown)) } },
                due(p, shown),
                html! { bdi { (shown.sender) } },
                html! { bdi { (shown.receiver) } },
            ]
        })
        .collect();
    parts::table(title, &headers, &cells, &t("board-none"))
}
