//! Numbers and marks as every page of the view shows them.

use indicators::{Told, Unit};
use maud::{Markup, html};
use persian::Lang;
use web::Page;
use web::parts::{self, Tone};

use super::{Cell, Meaning};
use crate::WORDS;

/// A number with its unit; a unit nobody here knows leaves the bare number.
pub(crate) fn number(p: &Page, unit: &str, amount: Option<i64>, is_hidden: bool) -> Markup {
    match (unit.parse::<Unit>(), amount) {
        (Ok(unit), _) => indicators::figures::shown(p, unit, Told { amount, is_hidden }),
        (Err(_), Some(amount)) => html! { bdi { (p.number(amount)) } },
        (Err(_), None) => html! { "—" },
    }
}

/// The same as plain text.
pub(super) fn number_text(lang: Lang, unit: &str, amount: i64) -> String {
    match unit.parse::<Unit>() {
        Ok(unit) => indicators::figures::amount_text(lang, unit, amount),
        Err(_) => persian::grouped(amount, lang),
    }
}

// words: meaning-*
/// The mark of a number that is not compared.
pub(crate) fn mark(p: &Page, meaning: Meaning) -> Markup {
    html! {
        @if meaning != Meaning::Same {
            div { (parts::badge(Tone::Warning, &p.t(&WORDS, &format!("meaning-{meaning}")))) }
        }
    }
}

/// A city's cell: its number and, where it stands apart, the mark.
pub(super) fn cell(p: &Page, cell: &Cell) -> Markup {
    html! { (number(p, &cell.unit, cell.amount, cell.is_hidden)) (mark(p, cell.meaning)) }
}

/// What every page says while some numbers are invented.
pub(super) fn invented(p: &Page, is_some: bool) -> Markup {
    html! {
        @if is_some { (parts::notice(p, Tone::Warning, html! { (p.t(&WORDS, "observatory-invented")) })) }
    }
}

/// The pages of the view, as tabs.
pub(crate) fn tabs(p: &Page, current: &str) -> Markup {
    let tab = |key: &str, href: &str| parts::Tab {
        label: p.t(&WORDS, key),
        href: href.to_owned(),
        current: href == current,
        count: None,
    };
    let all = [
        tab("tab-compare", "/observatory"),
        tab("tab-table", "/observatory/table"),
    ];
    parts::tabs(p, &p.t(&WORDS, "observatory-title"), &all)
}
