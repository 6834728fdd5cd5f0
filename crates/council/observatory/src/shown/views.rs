use maud::{Markup, html};
use web::Page;
use web::charts;
use web::parts::{self, Choice, Column};

use super::{CityBoard, Comparison, Figure, Meaning, Month, months, parts as own};
use crate::WORDS;

/// Which further doors the viewer may open.
#[derive(Clone, Copy)]
pub(super) struct Door {
    pub may_keep: bool,
    pub may_sign: bool,
}

pub(super) fn show(
    p: &Page,
    figures: &[Figure],
    shown: Option<&(&Figure, Comparison)>,
    lines: &[(&CityBoard, Vec<Month>)],
    door: Door,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("observatory-title")) }
        p { (t("observatory-lead")) }
        (doors(p, door))
        (own::tabs(p, "/observatory"))
        @if let Some((figure, comparison)) = shown {
            (own::invented(p, comparison.cities.iter().any(|city| city.is_invented)))
            (choice(p, figures, figure))
            (side_by_side(p, figure, comparison))
            (multiples(p, figure, lines))
        }
        (open_data(p))
    }
}

fn doors(p: &Page, door: Door) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        @if door.may_keep || door.may_sign {
            p {
                @if door.may_keep {
                    (parts::secondary_link("/observatory/registry", &t("registry-title"))) " "
                    (parts::secondary_link("/observatory/take", &t("take-title"))) " "
                }
                @if door.may_sign { (parts::secondary_link("/observatory/own", &t("own-title"))) }
            }
        }
    }
}

fn choice(p: &Page, figures: &[Figure], chosen: &Figure) -> Markup {
    let options = figures
        .iter()
        .map(|one| (one.code.clone(), one.name(p.lang).to_owned()));
    html! {
        form.stack method="get" action="/observatory" {
            (parts::select(p, Choice {
                name: "figure",
                label: p.t(&WORDS, "figure-choose"),
                options: options.collect(),
                value: &chosen.code,
                required: true,
                ..Choice::default()
            }))
            (parts::buttons(parts::secondary_button(&p.t(&WORDS, "figure-show"))))
        }
    }
}

// words: no-sum-*
/// Every city a row: its number and a bar on the one scale; what is not compared has no bar.
fn side_by_side(p: &Page, figure: &Figure, comparison: &Comparison) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-city")),
        Column::figures(figure.name(p.lang).to_owned()),
        Column::text(t("column-day")),
    ];
    let top = comparison.top();
    let rows: Vec<Vec<Markup>> = comparison
        .cities
        .iter()
        .map(|city| {
            let name = if p.lang == persian::Lang::Fa {
                &city.name_fa
            } else {
                &city.name_en
            };
            let (number, day) = match &city.value {
                _ if !city.is_connected => (html! { (t("not-connected")) }, html! { "—" }),
                None => (html! { (t("no-number")) }, html! { "—" }),
                Some(cell) => (
                    html! {
                        (own::cell(p, cell))
                        @if let (Meaning::Same, Some(amount)) = (cell.meaning, cell.amount) {
                            (charts::bar(p, amount, top))
                        }
                    },
                    p.date(cell.as_of),
                ),
            };
            vec![
                html! { a href={ "/observatory/cities/" (city.code) } { bdi { (name) } } },
                number,
                day,
            ]
        })
        .collect();
    let sum = match (comparison.sum, comparison.no_sum) {
        (Some(sum), _) => {
            let amount = own::number_text(p.lang, &figure.unit, sum.amount);
            let args = [
                ("amount", amount.into()),
                ("cities", sum.cities.into()),
                ("of", sum.of.into()),
            ];
            p.tr(&WORDS, "sum-told", &args)
        }
        (None, Some(why)) => t(&format!("no-sum-{}", why.as_str().replace('_', "-"))),
        (None, None) => String::new(),
    };
    html! {
        h2 { (figure.name(p.lang)) }
        @if !figure.meaning(p.lang).is_empty() { p { (figure.meaning(p.lang)) } }
        p { strong { (sum) } }
        (parts::table(figure.name(p.lang), &columns, &rows, &t("cities-empty")))
    }
}

/// The same figure month by month, city by city, on one scale.
fn multiples(p: &Page, figure: &Figure, lines: &[(&CityBoard, Vec<Month>)]) -> Markup {
    let drawn: Vec<_> = lines
        .iter()
        .map(|(city, all)| (city, months::drawn(all)))
        .collect();
    let top = drawn
        .iter()
        .flat_map(|(_, points)| points)
        .map(|(_, amount)| *amount)
        .max();
    let rows: Vec<Vec<Markup>> = drawn
        .iter()
        .filter(|(_, points)| points.len() > 1)
        .map(|(city, points)| {
            let values: Vec<i64> = points.iter().map(|(_, amount)| *amount).collect();
            let end = |point: Option<&(&Month, i64)>| {
                point.map_or_else(String::new, |(_, amount)| {
                    own::number_text(p.lang, &figure.unit, *amount)
                })
            };
            let args = [
                ("city", city.name(p.lang).into()),
                ("first", end(points.first()).into()),
                ("last", end(points.last()).into()),
            ];
            let meaning = p.tr(&WORDS, "multiple-meaning", &args);
            vec![
                html! { bdi { (city.name(p.lang)) } },
                html! { (charts::sparkline_on(&meaning, &values, top.unwrap_or(1))) },
                html! { bdi { (end(points.first())) } },
                html! { bdi { (end(points.last())) } },
            ]
        })
        .collect();
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("column-city")),
        Column::text(t("column-months")),
        Column::figures(t("column-first")),
        Column::figures(t("column-last")),
    ];
    html! {
        @if !rows.is_empty() {
            h2 { (t("multiples-title")) }
            p { (t("multiples-lead")) }
            (parts::table(&t("multiples-title"), &columns, &rows, &t("cities-empty")))
        }
    }
}

pub(super) fn open_data(p: &Page) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t("open-data")) }
        p { (t("open-data-lead")) }
        p {
            (parts::secondary_link("/observatory.csv", &t("open-data-csv"))) " "
            (parts::secondary_link("/api/v1/observatory/cities", &t("open-data-json"))) " "
            (parts::secondary_link("/api/v1/observatory/list", &t("open-data-list")))
        }
    }
}
