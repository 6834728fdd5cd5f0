use maud::{Markup, html};
use web::Page;
use web::charts;
use web::parts::{self, Column, Stage, Tone};

use super::regions::SMALLEST;
use super::{Blockage, CaseInStage, Chain, Months, StageFigures};
use crate::WORDS;

// words: stage-*

/// The stage's name in the page's language.
pub(super) fn stage_name(p: &Page, stage: &str) -> String {
    p.t(&WORDS, &format!("stage-{stage}"))
}

/// The chain alone, with live counts: for a first page.
pub fn thread(p: &Page, stages: &[StageFigures]) -> Markup {
    let knots: Vec<Stage> = stages
        .iter()
        .map(|stage| Stage {
            label: stage_name(p, &stage.stage),
            count: stage.people,
            note: None,
            href: None,
            tone: Tone::Plain,
        })
        .collect();
    parts::chain(p, &p.t(&WORDS, "chain-title"), &knots)
}

pub(super) fn show(p: &Page, chain: &Chain, may_list: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let stages = &chain.stages;
    let knots: Vec<Stage> = stages
        .iter()
        .map(|stage| Stage {
            label: stage_name(p, &stage.stage),
            count: stage.people,
            note: stage.people.and(stage.entered).map(|entered| {
                let days = stage.median_days.unwrap_or_default();
                let args = [("entered", entered.into()), ("days", days.into())];
                p.tr(&WORDS, "chain-note", &args)
            }),
            href: may_list.then(|| format!("/chain/{}", stage.stage)),
            tone: match stage.stuck {
                Some(stuck) if stuck > 0 => Tone::Warning,
                _ => Tone::Plain,
            },
        })
        .collect();
    html! {
        h1 { (t("chain-title")) }
        p { (p.tr(&WORDS, "figures-as-of", &[("day", p.date_text(p.now.date()).into())])) }
        (parts::chain(p, &t("chain-title"), &knots))
        (stuck(p, chain, may_list))
        (blockages(p, &chain.blockages))
        (regions(p, chain))
    }
}

fn stuck(p: &Page, chain: &Chain, may_list: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let stages = &chain.stages;
    let columns = [
        Column::text(t("chain-stage")),
        Column::figures(t("chain-median")),
        Column::figures(t("chain-target")),
        Column::figures(t("chain-stuck")),
        Column::text(t("chain-turn")),
        Column::text(t("chain-months")),
    ];
    let rows: Vec<Vec<Markup>> = stages
        .iter()
        .map(|stage| {
            vec![
                html! { (stage_name(p, &stage.stage)) },
                html! { @match stage.median_days { Some(days) => (p.number(days)), None => "—" } },
                html! { (p.number(stage.target_days)) },
                html! {
                    @match stage.stuck {
                        Some(stuck) if may_list && stuck > 0 => {
                            a href={ "/chain/" (stage.stage) "?stuck=true" } { (p.number(stuck)) }
                        }
                        Some(stuck) => (p.number(stuck)),
                        None => (t("figure-hidden")),
                    }
                },
                html! {
                    @match &stage.turn {
                        Some(turn) => { bdi { (turn.body(p.lang)) } " (" (p.number(turn.waiting)) ")" },
                        None => "—",
                    }
                },
                year(p, &chain.months, &stage.stage),
            ]
        })
        .collect();
    parts::table(
        &t("chain-stuck-title"),
        &columns,
        &rows,
        &t("figures-empty"),
    )
}

/// A stage's arrivals of twelve months as a small line, said in words too.
fn year(p: &Page, months: &Months, stage: &str) -> Markup {
    let Some(numbers) = months.arrivals.get(stage) else {
        return html! { "—" };
    };
    let (least, most) = (numbers.iter().min(), numbers.iter().max());
    let meaning = p.tr(
        &WORDS,
        "chain-months-meaning",
        &[
            ("stage", stage_name(p, stage).into()),
            ("least", least.copied().unwrap_or_default().into()),
            ("most", most.copied().unwrap_or_default().into()),
            ("now", months.this(stage).into()),
        ],
    );
    charts::sparkline(&meaning, numbers)
}

/// Small multiples: a row of bars per region, all on one scale.
fn regions(p: &Page, chain: &Chain) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut columns = vec![Column::text(t("breakdown-region"))];
    let names = chain.stages.iter().map(|stage| stage_name(p, &stage.stage));
    columns.extend(names.map(Column::figures));
    let numbers = chain.regions.iter().flat_map(|region| &region.people);
    let most = numbers.flatten().copied().max().unwrap_or_default();
    let rows: Vec<Vec<Markup>> = chain
        .regions
        .iter()
        .map(|region| {
            let name = match region.region.parse::<i64>() {
                Ok(number) => p.tr(&WORDS, "figure-region-number", &[("number", number.into())]),
                Err(_) => t("figure-cell-unknown"),
            };
            let cells = region.people.iter().map(|people| match people {
                Some(people) => html! { (p.number(*people)) @if *people > 0 { (charts::bar(p, *people, most)) } },
                None => html! { (t("figure-hidden")) },
            });
            [html! { (name) }].into_iter().chain(cells).collect()
        })
        .collect();
    let is_cut = chain.regions.iter().any(|one| one.people.contains(&None));
    html! {
        (parts::table(&t("chain-regions"), &columns, &rows, &t("figures-empty")))
        p { (t("chain-regions-note")) }
        @if is_cut {
            p { (p.tr(&WORDS, "figure-cut", &[("least", SMALLEST.into())])) }
        }
    }
}

fn blockages(p: &Page, worst: &[Blockage]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("blockage-leg")),
        Column::text(t("blockage-owner")),
        Column::text(t("chain-turn")),
        Column::figures(t("blockage-days")),
    ];
    let today = p.now.date();
    let rows: Vec<Vec<Markup>> = worst
        .iter()
        .map(|leg| {
            vec![
                html! { @if leg.number.is_empty() { "—" } @else { code dir="ltr" { (leg.number) } } },
                html! { bdi { (leg.owner(p.lang)) } },
                html! { bdi { (leg.body(p.lang)) } },
                html! { (p.number(leg.days_late(today))) },
            ]
        })
        .collect();
    parts::table(
        &t("blockages-title"),
        &columns,
        &rows,
        &t("blockages-empty"),
    )
}

pub(super) fn list(
    p: &Page,
    title: &str,
    only_stuck: bool,
    cases: &[CaseInStage],
    first: Option<&str>,
    next: Option<&str>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("list-code")),
        Column::text(t("chain-since")),
        Column::figures(t("chain-days")),
    ];
    let today = p.now.date();
    let rows: Vec<Vec<Markup>> = cases
        .iter()
        .map(|case| {
            vec![
                html! { code dir="ltr" { (case.code) } },
                p.date(case.stage_since),
                html! { (p.number((today - case.stage_since).num_days())) },
            ]
        })
        .collect();
    let lead = if only_stuck {
        "chain-list-stuck"
    } else {
        "chain-list-all"
    };
    html! {
        (parts::back_link("/chain", &t("chain-title")))
        h1 { (title) }
        p { (t(lead)) }
        (parts::table(&t("list-title"), &columns, &rows, &t("figures-empty")))
        (parts::pagination(p, first, next))
    }
}
