use maud::{Markup, html};
use money::Rial;
use web::Page;
use web::charts::{self, Chart, Series};
use web::parts::{self, Column, Field, Tone};

use super::{Definition, Item, Table, Told, Unit};
use crate::WORDS;
use crate::values::Published;

// words: unit-*

/// A number with its unit; a sentence when there is none.
pub fn amount(p: &Page, unit: Unit, number: Option<i64>) -> Markup {
    let Some(number) = number else {
        return html! { (p.t(&WORDS, "figure-none")) };
    };
    match unit {
        Unit::Rial => p.money(Rial::new(number)),
        unit => {
            html! { bdi { (p.tr(&WORDS, &format!("unit-{}", unit.as_str()), &[("count", number.into())])) } }
        }
    }
}

/// What a reader is told of a figure: its number, or that it is hidden.
pub fn told(p: &Page, unit: Unit, told: Told) -> Markup {
    if told.is_hidden {
        return html! { (p.t(&WORDS, "figure-hidden")) };
    }
    amount(p, unit, told.amount)
}

pub(super) fn index(p: &Page, figures: &[(Definition, Told)], may_publish: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure-name")),
        Column::figures(t("figure-now")),
        Column::text(t("figure-meaning")),
    ];
    let rows: Vec<Vec<Markup>> = figures
        .iter()
        .map(|(definition, known)| {
            vec![
                html! { a href={ "/figures/" (definition.code) } { (definition.name(p.lang)) } },
                told(p, definition.unit, *known),
                html! { (definition.meaning(p.lang)) },
            ]
        })
        .collect();
    html! {
        h1 { (t("figures-title")) }
        p { (p.tr(&WORDS, "figures-as-of", &[("day", p.date_text(p.now.date()).into())])) }
        (parts::table(&t("figures-title"), &columns, &rows, &t("figures-empty")))
        @if may_publish {
            (parts::form(p, "/figures/publish", html! {
                p { (t("figures-publish-lead")) }
                (parts::primary_button(&t("figures-publish")))
            }))
        }
    }
}

/// Everything on a figure's page.
pub(super) struct Shown {
    pub definition: Definition,
    pub told: Told,
    pub table: Table,
    pub history: Vec<Published>,
    pub may_list: bool,
    pub may_publish: bool,
}

pub(super) fn show(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let definition = &shown.definition;
    let facts = [
        (t("figure-now"), told(p, definition.unit, shown.told)),
        (t("figure-as-of"), html! { (p.date(p.now.date())) }),
        (t("figure-meaning"), html! { (definition.meaning(p.lang)) }),
        (
            t("figure-formula"),
            html! { code dir="ltr" { (definition.formula) } },
        ),
        (
            t("figure-source"),
            html! { code dir="ltr" { (definition.source) } },
        ),
        (
            t("figure-version"),
            html! { (p.number(definition.version)) " · " (p.date(definition.valid_from)) },
        ),
    ];
    html! {
        (parts::back_link("/figures", &t("figures-title")))
        h1 { (definition.name(p.lang)) }
        (parts::facts(&facts))
        @if shown.may_list {
            p { (parts::secondary_link(&format!("/figures/{}/list", definition.code), &t("figure-open-list"))) }
        }
        h2 { (t("figure-by-region")) }
        @if shown.table.is_cut {
            (parts::notice(p, Tone::Plain, html! {
                (p.tr(&WORDS, "figure-cut", &[("least", definition.smallest_cell.into())]))
            }))
        }
        (regions(p, definition, &shown.table))
        h2 { (t("figure-history")) }
        (history(p, shown))
    }
}

fn regions(p: &Page, definition: &Definition, table: &Table) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure-region")),
        Column::figures(definition.name(p.lang).to_owned()),
        Column::figures(t("figure-people")),
    ];
    let cell = |number: Option<i64>, shown: Markup| match number {
        Some(_) => shown,
        None => html! { (t("figure-hidden")) },
    };
    let rows: Vec<Vec<Markup>> = table
        .regions
        .iter()
        .map(|row| {
            let name = match row.region.parse::<i64>() {
                Ok(number) => p.tr(&WORDS, "figure-region-number", &[("number", number.into())]),
                Err(_) if row.region.is_empty() => t("figure-region-unknown"),
                Err(_) => row.region.clone(),
            };
            vec![
                html! { (name) },
                cell(row.amount, amount(p, definition.unit, row.amount)),
                cell(
                    row.subjects,
                    html! { (p.number(row.subjects.unwrap_or_default())) },
                ),
            ]
        })
        .collect();
    parts::table(&t("figure-by-region"), &columns, &rows, &t("figures-empty"))
}

fn history(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let unit = shown.definition.unit;
    // A corrected value stays in the table, but the line follows what corrects it.
    let held: Vec<&Published> = shown
        .history
        .iter()
        .rev()
        .filter(|value| !value.is_corrected && !value.is_hidden)
        .collect();
    let chart = Chart {
        title: shown.definition.name(p.lang).to_owned(),
        sentence: p.tr(
            &WORDS,
            "figure-history-sentence",
            &[("count", (held.len() as i64).into())],
        ),
        axis: t("figure-day"),
        labels: held.iter().map(|value| p.date_text(value.as_of)).collect(),
        series: vec![Series {
            name: shown.definition.name(p.lang).to_owned(),
            values: held
                .iter()
                .map(|value| value.amount.unwrap_or_default())
                .collect(),
        }],
    };
    let columns = [
        Column::text(t("figure-day")),
        Column::figures(t("figure-published")),
        Column::text(t("figure-note")),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .history
        .iter()
        .map(|value| {
            vec![
                p.date(value.as_of),
                told(p, unit, value.told()),
                html! {
                    @if value.is_corrected { (parts::badge(Tone::Warning, &t("figure-corrected"))) " " }
                    @if value.corrects_id.is_some() { (p.tr(&WORDS, "figure-correction", &[("reason", value.reason.clone().into())])) }
                    @if shown.may_publish && !value.is_corrected {
                        a href={ "/figures/values/" (value.id) "/correct" } { (t("figure-correct")) }
                    }
                },
            ]
        })
        .collect();
    html! {
        @if held.len() > 1 { (charts::lines(p, &chart)) }
        (parts::table(&t("figure-history"), &columns, &rows, &t("figure-history-empty")))
    }
}

pub(super) fn list(
    p: &Page,
    definition: &Definition,
    number: Option<i64>,
    items: &[Item],
    is_further: bool,
    next: Option<&str>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("list-code")),
        Column::text(t("list-detail")),
        Column::figures(t("list-adds")),
    ];
    let rows: Vec<Vec<Markup>> = items
        .iter()
        .map(|item| {
            vec![
                html! { code dir="ltr" { (item.code) } },
                html! { @if item.detail.is_empty() { "—" } @else { code dir="ltr" { (item.detail) } } },
                html! {
                    @if definition.unit == Unit::Rial { (p.money(Rial::new(item.amount))) }
                    @else { (p.number(item.amount)) }
                },
            ]
        })
        .collect();
    let first = is_further.then(|| format!("/figures/{}/list", definition.code));
    html! {
        (parts::back_link(&format!("/figures/{}", definition.code), definition.name(p.lang)))
        h1 { (definition.name(p.lang)) }
        p { (definition.meaning(p.lang)) }
        p { (t("figure-now")) ": " strong { (amount(p, definition.unit, number)) } }
        (parts::table(&t("list-title"), &columns, &rows, &t("figures-empty")))
        (parts::pagination(p, first.as_deref(), next))
    }
}

/// The form that corrects a published value.
pub(crate) fn correct(
    p: &Page,
    id: uuid::Uuid,
    form: &web::Form,
    errors: &web::FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/figures", &t("figures-title")))
        h1 { (t("correct-title")) }
        p { (t("correct-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/figures/values/{id}/correct"), html! {
            (parts::field(p, Field {
                name: "amount", label: t("correct-amount"), value: form.raw("amount"), error: errors.get("amount"),
                hint: Some(t("correct-amount-hint")), kind: parts::Kind::Numeric, required: true, ..Field::default()
            }))
            (parts::field(p, Field {
                name: "reason", label: t("correct-reason"), value: form.raw("reason"), error: errors.get("reason"),
                required: true, ..Field::default()
            }))
            (parts::primary_button(&t("correct-save")))
        }))
    }
}
