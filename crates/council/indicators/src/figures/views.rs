use maud::{Markup, html};
use money::Rial;
use persian::Lang;
use web::Page;
use web::charts::{self, Chart, Series};
use web::parts::{self, Column, Field, Tone};

use super::{Breakdown, Cell, Definition, Item, Table, Told, Unit};
use crate::WORDS;
use crate::ranges::{self, Range};
use crate::saved::{self, SavedView};
use crate::targets::{self, Progress};
use crate::values::Published;

// words: unit-* breakdown-* figure-by-* gender-* owner-*

/// A number with its unit; a sentence when there is none.
pub fn amount(p: &Page, unit: Unit, number: Option<i64>) -> Markup {
    let Some(number) = number else {
        return html! { (p.t(&WORDS, "figure-none")) };
    };
    match unit {
        Unit::Rial => p.money(Rial::new(number)),
        Unit::BasisPoints => html! { bdi { (percent(p.lang, number)) } },
        unit => {
            html! { bdi { (p.tr(&WORDS, &format!("unit-{}", unit.as_str()), &[("count", number.into())])) } }
        }
    }
}

/// A number with its unit as plain text, for papers and agendas.
pub fn amount_text(lang: Lang, unit: Unit, number: i64) -> String {
    let text = match unit {
        Unit::Rial => return Rial::new(number).toman_text(lang),
        Unit::BasisPoints => percent(lang, number),
        unit => {
            let key = format!("unit-{}", unit.as_str());
            WORDS.text(lang, &key, &[("count", number.into())])
        }
    };
    web::words::plain(&text).into_owned()
}

/// What a reader is told of a figure, as plain text.
pub fn told_text(lang: Lang, unit: Unit, told: Told) -> String {
    match told.amount {
        _ if told.is_hidden => WORDS.text(lang, "figure-hidden", &[]),
        None => WORDS.text(lang, "figure-none", &[]),
        Some(number) => amount_text(lang, unit, number),
    }
}

/// Hundredths of a per cent as a per cent with one place: «۴۲٫۳٪».
pub(crate) fn percent(lang: Lang, basis_points: i64) -> String {
    let tenths = (basis_points + 5).div_euclid(10);
    let args = [
        ("whole", (tenths / 10).into()),
        ("tenth", (tenths % 10).into()),
    ];
    WORDS.text(lang, "figure-percent", &args)
}

/// What a reader is told of a figure: its number, or that it is hidden.
pub fn told(p: &Page, unit: Unit, told: Told) -> Markup {
    if told.is_hidden {
        return html! { (p.t(&WORDS, "figure-hidden")) };
    }
    amount(p, unit, told.amount)
}

/// Everything on the page of all figures.
pub(super) struct Index {
    pub figures: Vec<(Definition, Told, Option<Progress>)>,
    pub saved: Vec<SavedView>,
    pub user: Option<uuid::Uuid>,
    pub may_publish: bool,
}

pub(super) fn index(p: &Page, index: &Index) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure-name")),
        Column::figures(t("figure-now")),
        Column::figures(t("report-target")),
        Column::text(t("figure-meaning")),
    ];
    let rows: Vec<Vec<Markup>> = index
        .figures
        .iter()
        .map(|(definition, known, progress)| {
            vec![
                html! { a href={ "/figures/" (definition.code) } { (definition.name(p.lang)) } },
                told(p, definition.unit, *known),
                match progress {
                    None => html! { "—" },
                    Some(progress) => html! {
                        (amount(p, definition.unit, Some(progress.target.amount)))
                        @if let Some(share) = progress.share { " (" bdi { (percent(p.lang, share)) } ")" }
                    },
                },
                html! { (definition.meaning(p.lang)) },
            ]
        })
        .collect();
    html! {
        h1 { (t("figures-title")) }
        p { (p.tr(&WORDS, "figures-as-of", &[("day", p.date_text(p.now.date()).into())])) }
        p { a href="/reports" { (t("reports-title")) } }
        (saved::views::list(p, &index.saved, index.user))
        (parts::table(&t("figures-title"), &columns, &rows, &t("figures-empty")))
        @if index.may_publish {
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
    pub range: Option<Range>,
    pub progress: Option<Progress>,
    pub breakdowns: Vec<Breakdown>,
    pub table: Table,
    pub compared: Option<Compared>,
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
            t("figure-owner"),
            html! { (t(&format!("owner-{}", definition.owner))) },
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
        @if let Some(range) = &shown.range {
            p {
                (t("range-now")) ": " (ranges::views::sentence(p, definition.unit, range)) " "
                @if !range.holds(shown.told.amount) { (parts::badge(Tone::Warning, &t("range-outside"))) }
            }
        }
        @if shown.may_publish {
            p {
                (parts::secondary_link(&format!("/figures/{}/range", definition.code), &t("range-title"))) " "
                (parts::secondary_link(&format!("/figures/{}/target", definition.code), &t("target-title")))
            }
        }
        @if shown.may_list {
            p { (parts::secondary_link(&format!("/figures/{}/list", definition.code), &t("figure-open-list"))) }
        }
        @if let Some(progress) = &shown.progress { (targets::views::progress(p, definition.unit, progress)) }
        @if let Some(compared) = &shown.compared { (comparison(p, definition.unit, compared)) }
        h2 id="cells" { (t(&format!("figure-by-{}", shown.table.breakdown.as_str()))) }
        (choices(p, shown))
        @if shown.table.is_cut {
            (parts::notice(p, Tone::Plain, html! {
                (p.tr(&WORDS, "figure-cut", &[("least", shown.table.smallest_cell.into())]))
            }))
        }
        (cells(p, definition, &shown.table))
        p {
            (parts::secondary_link(
                &format!("/figures/{}/keep?by={}", definition.code, shown.table.breakdown.as_str()),
                &t("saved-title"),
            ))
        }
        h2 { (t("figure-history")) }
        (history(p, shown))
    }
}

/// The other breakdowns, as links.
fn choices(p: &Page, shown: &Shown) -> Markup {
    html! {
        nav.choices aria-label=(p.t(&WORDS, "figure-breakdowns")) {
            @for one in &shown.breakdowns {
                @let name = p.t(&WORDS, &format!("breakdown-{}", one.as_str()));
                @if *one == shown.table.breakdown { strong aria-current="true" { (name) } }
                @else {
                    a href={ "/figures/" (shown.definition.code) "?by=" (one.as_str()) "#cells" } { (name) }
                }
                " "
            }
        }
    }
}

/// What people call a cell: «منطقهٔ ۵», «زن», «آذر ۱۴۰۵».
pub(crate) fn cell_name(p: &Page, breakdown: Breakdown, cell: &Cell) -> String {
    let named = super::by_lang(p.lang, &cell.name_fa, &cell.name_en);
    match breakdown {
        _ if cell.key.is_empty() => p.t(&WORDS, "figure-cell-unknown"),
        Breakdown::Region => match cell.key.parse::<i64>() {
            Ok(number) => p.tr(&WORDS, "figure-region-number", &[("number", number.into())]),
            Err(_) => cell.key.clone(),
        },
        Breakdown::Gender => p.t(&WORDS, &format!("gender-{}", cell.key)),
        Breakdown::Month => month_name(p, &cell.key),
        _ if named.is_empty() => cell.key.clone(),
        _ => named.to_owned(),
    }
}

/// `1405-09` as people say it.
pub(crate) fn month_name(p: &Page, key: &str) -> String {
    let parts = key.split_once('-');
    let month = parts.and_then(|(year, month)| {
        persian::Jalali::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
    });
    month.map_or_else(|| key.to_owned(), |month| month.month_and_year(p.lang))
}

fn cells(p: &Page, definition: &Definition, table: &Table) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t(&format!("breakdown-{}", table.breakdown.as_str()))),
        Column::figures(definition.name(p.lang).to_owned()),
        Column::figures(t("figure-people")),
    ];
    let rows: Vec<Vec<Markup>> = table
        .cells
        .iter()
        .map(|cell| {
            let number = Told {
                amount: cell.amount,
                is_hidden: cell.is_hidden,
            };
            vec![
                html! { (cell_name(p, table.breakdown, cell)) },
                told(p, definition.unit, number),
                match cell.subjects {
                    Some(subjects) => html! { (p.number(subjects)) },
                    None => html! { (t("figure-hidden")) },
                },
            ]
        })
        .collect();
    let title = t(&format!("figure-by-{}", table.breakdown.as_str()));
    parts::table(&title, &columns, &rows, &t("figures-empty"))
}

/// A figure of this month beside others, as each may be told.
pub(super) struct Compared {
    pub this: (String, Told),
    pub before: (String, Told),
    pub year_ago: (String, Told),
}

fn comparison(p: &Page, unit: Unit, compared: &Compared) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let month = |words: &str, (key, number): &(String, Told)| {
        (
            p.tr(&WORDS, words, &[("month", month_name(p, key).into())]),
            told(p, unit, *number),
        )
    };
    html! {
        h2 { (t("figure-compared")) }
        (parts::facts(&[
            month("figure-this-month", &compared.this),
            month("figure-month-before", &compared.before),
            month("figure-year-ago", &compared.year_ago),
        ]))
    }
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
        Column::figures(t("list-whole")),
    ];
    let is_ratio = items.iter().any(|item| item.whole.is_some());
    let columns = if is_ratio {
        &columns[..]
    } else {
        &columns[..3]
    };
    let rows: Vec<Vec<Markup>> = items
        .iter()
        .map(|item| {
            let mut cells = vec![
                html! { code dir="ltr" { (item.code) } },
                html! { @if item.detail.is_empty() { "—" } @else { code dir="ltr" { (item.detail) } } },
                html! {
                    @if definition.unit == Unit::Rial { (p.money(Rial::new(item.amount))) }
                    @else { (p.number(item.amount)) }
                },
            ];
            cells.extend(item.whole.map(|whole| html! { (p.number(whole)) }));
            cells
        })
        .collect();
    let first = is_further.then(|| format!("/figures/{}/list", definition.code));
    html! {
        (parts::back_link(&format!("/figures/{}", definition.code), definition.name(p.lang)))
        h1 { (definition.name(p.lang)) }
        p { (definition.meaning(p.lang)) }
        p { (t("figure-now")) ": " strong { (amount(p, definition.unit, number)) } }
        (parts::table(&t("list-title"), columns, &rows, &t("figures-empty")))
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
