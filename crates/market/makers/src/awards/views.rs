use std::collections::BTreeMap;

use contacts::ContactId;
use maud::{Markup, html};
use persian::{Date, Lang};
use web::Page;
use web::parts::{self, Tab};

use super::{Measure, Prize, Winner, Won};
use crate::WORDS;

// words: award-counted-*

/// A Jalali year as it is written: without grouping.
pub(super) fn year_text(p: &Page, year: i64) -> String {
    persian::digits::local_digits(&year.to_string(), p.lang)
}

/// One award of hers in a line.
pub(crate) fn won(p: &Page, won: &Won) -> Markup {
    let name = match p.lang {
        Lang::Fa => &won.name_fa,
        Lang::En => &won.name_en,
    };
    html! { bdi { (name) } @if !won.region.is_empty() { " · " (region(p, &won.region)) } " · " (year_text(p, won.jalali_year)) }
}

fn region(p: &Page, region: &str) -> String {
    let number = persian::digits::local_digits(region, p.lang);
    p.tr(&WORDS, "award-region", &[("region", number.into())])
}

fn counted(p: &Page, measure: Measure, amount: i64) -> String {
    let key = format!("award-counted-{}", measure.as_str().replace('_', "-"));
    p.tr(&WORDS, &key, &[("count", amount.into())])
}

/// The list, each definition beside its names; who is not in `names` stays unnamed.
pub(super) fn list(p: &Page, prizes: &[Prize], names: &BTreeMap<ContactId, Markup>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let name = |winner: &Winner| match names.get(&winner.contact_id) {
        Some(name) => name.clone(),
        None => html! { (t("award-unnamed")) },
    };
    html! {
        @if prizes.is_empty() { p.nothing { (t("awards-none")) } }
        @for (place, prize) in prizes.iter().enumerate() {
            @if place == 0 || prizes[place - 1].award.code != prize.award.code {
                h2 { (prize.award.name(p.lang)) }
                p { (prize.award.meaning(p.lang))
                    @if prize.award.field_least > 1 { " "
                        (p.tr(&WORDS, "award-rule", &[("least", prize.award.least.into()), ("field", prize.award.field_least.into())])) } }
            }
            @if !prize.region.is_empty() { h3 { (region(p, &prize.region)) } }
            @if prize.winners.is_empty() { p.nothing { (t("award-nobody")) } }
            ul { @for winner in &prize.winners {
                li { (name(winner)) " — " (counted(p, prize.award.measure, winner.amount)) }
            } }
        }
        p { (t("award-equals")) }
    }
}

fn years(p: &Page, base: &str, years: &[i64], chosen: i64) -> Markup {
    let tabs: Vec<Tab> = years
        .iter()
        .map(|year| Tab {
            label: year_text(p, *year),
            href: format!("{base}/{year}"),
            current: *year == chosen,
            count: None,
        })
        .collect();
    parts::tabs(p, &p.t(&WORDS, "award-years"), &tabs)
}

fn title(p: &Page, year: i64) -> String {
    let year = year_text(p, year);
    p.tr(&WORDS, "awards-of", &[("year", year.into())])
}

/// The public list of a year that stands.
pub(super) fn public(
    p: &Page,
    year: i64,
    all: &[i64],
    settled_on: Date,
    prizes: &[Prize],
    names: &BTreeMap<ContactId, Markup>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (title(p, year)) }
        p { (t("awards-lead")) " " (p.tr(&WORDS, "award-settled-on", &[("day", p.date_text(settled_on).into())])) }
        (years(p, "/awards", all, year))
        (list(p, prizes, names))
        p { (t("award-print")) }
        p { (parts::secondary_link(&format!("/api/v1/awards/{year}"), &t("open-json"))) }
    }
}

/// No year stands yet.
pub(super) fn none(p: &Page) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "awards-title")) }
        p.nothing { (p.t(&WORDS, "awards-none")) }
    }
}

/// The list for staff, with names; a year that is over may be settled.
pub(super) fn review(
    p: &Page,
    year: i64,
    all: &[i64],
    state: (Option<Date>, bool),
    prizes: &[Prize],
    names: &BTreeMap<ContactId, Markup>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (title(p, year)) }
        p { (t("awards-review-lead")) }
        (years(p, "/awards/review", all, year))
        @match state {
            (Some(day), _) => p { (p.tr(&WORDS, "award-settled-on", &[("day", p.date_text(day).into())])) " "
                a href={ "/awards/" (year) } { (t("award-public")) } },
            (None, true) => {
                p { (t("award-settle-help")) }
                (parts::inline_form(p, &format!("/awards/review/{year}/settlement"), parts::primary_button(&t("award-settle"))))
            },
            (None, false) => p { (t("award-running")) },
        }
        (list(p, prizes, names))
    }
}
