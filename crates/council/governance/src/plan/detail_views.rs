//! What else belongs to an action: yearly targets and budgets, what it waits for, launches, space.

use maud::{Markup, html};
use web::Page;
use web::parts::{self, Column, Tone};

use super::{Action, Launch, LaunchStep, Space};
use crate::WORDS;
use crate::wording::{by_lang, in_digits};

/// Whose turn it is while the action waits for others.
pub(super) fn turns(p: &Page, action: &Action) -> Markup {
    let open = action.needs.iter().filter(|one| !one.is_finished());
    html! { @for one in open {
        (parts::notice(p, Tone::Warning, html! { (p.tr(&WORDS, "action-waits", &[
            ("name", by_lang(p.lang, &one.name_fa, &one.name_en).into()),
            ("body", by_lang(p.lang, &one.body_fa, &one.body_en).into()),
        ])) }))
    } }
}

/// The tables of those parts that are there.
pub(super) fn details(p: &Page, action: &Action) -> Markup {
    html! {
        @if !action.targets.is_empty() { (targets(p, action)) }
        @if !action.budgets.is_empty() { (budgets(p, action)) }
        @if !action.launches.is_empty() { (launches(p, &action.launches)) }
        @if !action.spaces.is_empty() { (spaces(p, &action.spaces)) }
    }
}

pub(crate) fn year(p: &Page, year: i64) -> String {
    in_digits(&year.to_string(), p.lang)
}

fn targets(p: &Page, action: &Action) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("year")),
        Column::text(t("target")),
        Column::text(t("figure")),
    ];
    let rows: Vec<Vec<Markup>> = action
        .targets
        .iter()
        .map(|one| vec![
            html! { (year(p, one.year)) },
            html! { (p.number(one.quantity)) " " (by_lang(p.lang, &one.unit_fa, &one.unit_en)) },
            html! { @match &one.indicator_code {
                Some(code) => a href={ "/figures/" (code) } { (action.figure_names.get(code).map_or(code.as_str(), |[fa, en]| by_lang(p.lang, fa, en))) },
                None => "—",
            } },
        ])
        .collect();
    parts::table(&t("targets-title"), &columns, &rows, "")
}

fn budgets(p: &Page, action: &Action) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("year")),
        Column::text(t("budget-line")),
        Column::figures(t("budget-amount")),
    ];
    let rows: Vec<Vec<Markup>> = action
        .budgets
        .iter()
        .map(|one| {
            vec![
                html! { (year(p, one.year)) },
                html! { bdi { (one.line) } },
                p.money(one.amount),
            ]
        })
        .collect();
    parts::table(&t("budgets-title"), &columns, &rows, "")
}

// words: launch-kind-* launch-step-*
/// Where a launch stands, in words.
pub(crate) fn standing(p: &Page, one: &Launch) -> String {
    let step = one.step.unwrap_or(LaunchStep::Idea);
    let text = p.t(&WORDS, &format!("launch-step-{step}"));
    match one.is_late(p.now.date()) {
        true => format!("{text} · {}", p.t(&WORDS, "launch-late")),
        false => text,
    }
}

pub(crate) fn launch_name(p: &Page, one: &Launch) -> String {
    let kind = p.t(&WORDS, &format!("launch-kind-{}", one.kind));
    format!("{kind} · {}", by_lang(p.lang, &one.name_fa, &one.name_en))
}

fn launches(p: &Page, all: &[Launch]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("launch")),
        Column::text(t("responsible-body")),
        Column::text(t("launch-planned")),
        Column::text(t("where-it-stands")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| vec![
            html! { a href={ "/launches/" (one.id) } { (launch_name(p, one)) } },
            html! { bdi { (by_lang(p.lang, &one.body_fa, &one.body_en)) } },
            p.date(one.planned_on),
            html! { (standing(p, one)) @if let Some(day) = one.reached_on { " · " (p.date(day)) } },
        ])
        .collect();
    parts::table(&t("launches-title"), &columns, &rows, "")
}

// words: space-kind-*
pub(crate) fn space_name(p: &Page, one: &Space) -> String {
    let kind = p.t(&WORDS, &format!("space-kind-{}", one.kind));
    format!("{kind} · {}", by_lang(p.lang, &one.name_fa, &one.name_en))
}

/// How much, and how often it was used.
pub(crate) fn space_used(p: &Page, one: &Space) -> String {
    let args = [
        ("quantity", one.quantity.into()),
        ("unit", by_lang(p.lang, &one.unit_fa, &one.unit_en).into()),
        ("uses", one.uses.into()),
        ("overs", one.overs.into()),
    ];
    let key = if one.overs > 0 {
        "space-used-over"
    } else {
        "space-used"
    };
    p.tr(&WORDS, key, &args)
}

fn spaces(p: &Page, all: &[Space]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("space")),
        Column::text(t("space-body")),
        Column::text(t("space-period")),
        Column::text(t("space-use")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/spaces/" (one.id) } { (space_name(p, one)) } },
                html! { bdi { (by_lang(p.lang, &one.body_fa, &one.body_en)) } },
                html! { (p.date(one.given_from)) " – " (p.date(one.given_until)) },
                html! { (space_used(p, one)) },
            ]
        })
        .collect();
    parts::table(&t("spaces-title"), &columns, &rows, "")
}
