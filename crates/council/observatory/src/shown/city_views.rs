use maud::{Markup, html};
use persian::Jalali;
use web::Page;
use web::charts::{self, Chart, Series};
use web::parts::{self, Column, Tone};

use super::{Figure, Month, months, parts as own};
use crate::WORDS;
use crate::document::{Document, SignedFigure};
use crate::registry::City;
use crate::signing::short;
use crate::taken::{Hang, Past, Step};

/// Everything on a city's page.
pub(super) struct Shown<'a> {
    pub city: &'a City,
    pub document: Option<&'a Document>,
    pub figures: &'a [Figure],
    pub past: &'a [Past],
    pub trail: &'a [Step],
    pub chosen: Option<&'a Figure>,
}

pub(super) fn show(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/observatory", &t("observatory-title")))
        h1 { (shown.city.name(p.lang)) }
        (own::invented(p, shown.document.is_some_and(|document| document.is_invented)))
        (parts::facts(&facts(p, shown)))
        @match shown.document {
            None => p.nothing { strong { (t("not-connected")) } " " span { (t("nothing-came")) } },
            Some(document) => {
                @if let Some(figure) = shown.chosen { (one_figure(p, shown, document, figure)) }
                (figures(p, shown, document))
                (trail(p, shown.trail))
            }
        }
    }
}

// words: band-*
fn facts(p: &Page, shown: &Shown) -> Vec<(String, Markup)> {
    let t = |key: &str| p.t(&WORDS, key);
    let city = shown.city;
    let mut facts = Vec::new();
    if let Some(band) = city.band {
        let key = format!("band-{}", band.as_str().replace('_', "-"));
        facts.push((t("city-band"), html! { (t(&key)) }));
    }
    if !city.address.is_empty() {
        let link = html! { a href=(city.address) dir="ltr" { (city.address) } };
        facts.push((t("city-address"), link));
    }
    if let Some(day) = city.connected_on {
        facts.push((t("connected-on"), p.date(day)));
    }
    if let Some(document) = shown.document {
        facts.push((t("newest-day"), p.date(document.day)));
        let name = if p.lang == persian::Lang::Fa {
            &document.city.name_fa
        } else {
            &document.city.name_en
        };
        facts.push((t("signed-as"), html! { bdi { (name) } }));
    }
    let key = match &city.public_key {
        Some(key) => html! {
            code dir="ltr" title=(key) { (short(key)) } " "
            a href={ "/api/v1/observatory/cities/" (city.code) "/keys" } { (t("keys-all")) }
        },
        None => html! { (t("key-none")) },
    };
    facts.push((t("city-key"), key));
    if city.is_sample {
        facts.push((t("city-sample"), html! { (t("city-sample-yes")) }));
    }
    facts
}

/// All figures of the newest document, each with its months.
fn figures(p: &Page, shown: &Shown, document: &Document) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-figure")),
        Column::figures(t("column-number")),
        Column::text(t("column-day")),
        Column::text(t("column-months")),
    ];
    let known = |code: &str| shown.figures.iter().find(|one| one.code == code);
    let rows: Vec<Vec<Markup>> = document
        .figures
        .iter()
        .map(|signed| {
            let figure = known(&signed.code);
            let all = figure.map(|figure| months(figure, shown.past)).unwrap_or_default();
            vec![
                html! { a href={ "/observatory/cities/" (shown.city.code) "?figure=" (signed.code) "#figure" } {
                    (figure.map_or(signed.name(p.lang), |figure| figure.name(p.lang)))
                } },
                html! { (told(p, figure, signed)) },
                p.date(signed.as_of),
                line(p, figure, &all),
            ]
        })
        .collect();
    html! {
        h2 { (t("city-figures")) }
        (parts::table(&t("city-figures"), &columns, &rows, &t("cities-empty")))
    }
}

fn told(p: &Page, figure: Option<&Figure>, signed: &SignedFigure) -> Markup {
    html! {
        (own::number(p, &signed.unit, signed.amount, signed.is_hidden))
        @if let Some(figure) = figure { (own::mark(p, figure.stands(signed.version, &signed.wording))) }
        @if signed.is_corrected { " " (parts::badge(Tone::Plain, &p.t(&WORDS, "value-corrected"))) }
    }
}

fn line(p: &Page, figure: Option<&Figure>, all: &[Month]) -> Markup {
    let points = months::drawn(all);
    let (Some(figure), Some((_, first)), Some((_, last))) = (figure, points.first(), points.last())
    else {
        return html! { "—" };
    };
    let values: Vec<i64> = points.iter().map(|(_, amount)| *amount).collect();
    let args = [
        ("figure", figure.name(p.lang).into()),
        (
            "first",
            own::number_text(p.lang, &figure.unit, *first).into(),
        ),
        ("last", own::number_text(p.lang, &figure.unit, *last).into()),
    ];
    charts::sparkline(&p.tr(&WORDS, "line-meaning", &args), &values)
}

/// `1405-09` as people say it.
fn month_name(p: &Page, month: &Month) -> String {
    Jalali::from(month.day).month_and_year(p.lang)
}

/// One figure: month by month, and region by region.
fn one_figure(p: &Page, shown: &Shown, document: &Document, figure: &Figure) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let all = months(figure, shown.past);
    let points = months::drawn(&all);
    let chart = Chart {
        title: figure.name(p.lang).to_owned(),
        sentence: p.tr(
            &WORDS,
            "months-sentence",
            &[(
                "count",
                i64::try_from(points.len()).unwrap_or_default().into(),
            )],
        ),
        axis: t("column-month"),
        labels: points
            .iter()
            .map(|(month, _)| month_name(p, month))
            .collect(),
        series: vec![Series {
            name: figure.name(p.lang).to_owned(),
            values: points.iter().map(|(_, amount)| *amount).collect(),
        }],
    };
    let columns = [
        Column::text(t("column-month")),
        Column::figures(t("column-number")),
        Column::figures(t("column-version")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .rev()
        .map(|month| {
            vec![
                html! { (month_name(p, month)) },
                html! { (own::number(p, &figure.unit, month.amount, month.is_hidden)) (own::mark(p, month.meaning)) },
                html! { (p.number(month.version)) },
            ]
        })
        .collect();
    html! {
        h2 id="figure" { (figure.name(p.lang)) }
        @if !figure.meaning(p.lang).is_empty() { p { (figure.meaning(p.lang)) } }
        @if points.len() > 1 { (charts::lines(p, &chart)) }
        (parts::table(&t("city-months"), &columns, &rows, &t("cities-empty")))
        @if let Some(signed) = document.figures.iter().find(|one| one.code == figure.code) {
            (regions(p, signed))
        }
    }
}

fn regions(p: &Page, signed: &SignedFigure) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-region")),
        Column::figures(t("column-number")),
    ];
    let rows: Vec<Vec<Markup>> = signed
        .regions
        .iter()
        .map(|cell| {
            let name = match cell.region.parse::<i64>() {
                Ok(number) => p.tr(&WORDS, "region-number", &[("number", number.into())]),
                Err(_) => cell.region.clone(),
            };
            vec![
                html! { bdi { (name) } },
                own::number(p, &signed.unit, cell.amount, cell.is_hidden),
            ]
        })
        .collect();
    html! { (parts::table(&t("city-regions"), &columns, &rows, &t("city-no-regions"))) }
}

// words: hang-*
/// What came from the city, and whether something is missing between.
fn trail(p: &Page, trail: &[Step]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-day")),
        Column::figures(t("column-number-in-chain")),
        Column::text(t("column-chain")),
        Column::text(t("column-document")),
    ];
    let rows: Vec<Vec<Markup>> = trail
        .iter()
        .map(|step| {
            let tone = match step.hang {
                Hang::First | Hang::Linked => Tone::Good,
                Hang::Gap | Hang::Branch => Tone::Warning,
            };
            vec![
                p.date(step.day),
                html! { (p.number(step.number)) },
                parts::badge(tone, &t(&format!("hang-{}", step.hang))),
                html! { a href={ "/api/v1/observatory/documents/" (step.digest) } dir="ltr" { (short(&step.digest)) } },
            ]
        })
        .collect();
    let has_gap = trail
        .iter()
        .any(|step| matches!(step.hang, Hang::Gap | Hang::Branch));
    html! {
        h2 { (t("trail-title")) }
        @if has_gap { (parts::notice(p, Tone::Warning, html! { (t("trail-gap")) })) }
        (parts::table(&t("trail-title"), &columns, &rows, &t("nothing-came")))
    }
}
