use maud::{Markup, html};
use web::parts::{self, Choice, Column, Field, Tone};
use web::{Form, FormErrors, Page};

use super::{FigureLine, Head, Period, Report, Schedule, StageLine};
use crate::WORDS;
use crate::figures::{self, Definition, by_lang, percent};
use crate::saved::views::readers;

// words: reports-* report-* reader-* stage-*
/// One line under a schedule's name: how often, and for whom.
fn about(p: &Page, schedule: &Schedule) -> String {
    let t = |key: String| p.t(&WORDS, &key);
    format!(
        "{} · {}",
        t(format!("report-period-{}", schedule.period.as_str())),
        t(format!("reader-{}", schedule.role.as_str()))
    )
}

pub(super) fn index(p: &Page, all: &[(Schedule, Vec<Head>)], may_publish: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/figures", &t("figures-title")))
        h1 { (t("reports-title")) }
        p { (t("reports-lead")) }
        @if may_publish { p { (parts::secondary_link("/reports/new", &t("reports-new"))) } }
        @if all.is_empty() { p { (t("reports-none")) } }
        @for (schedule, heads) in all {
            section {
                h2 { bdi { (schedule.name) } }
                p { (about(p, schedule)) @if schedule.is_ended { " · " (t("report-is-ended")) } }
                @if let Some(day) = schedule.late_since(heads, p.now.date()) {
                    p { (parts::badge(Tone::Warning, &p.tr(&WORDS, "report-late", &[("day", p.date_text(day).into())]))) }
                }
                @if heads.is_empty() { p { (t("report-none-yet")) } }
                @else {
                    ul {
                        @for head in heads {
                            li { a href={ "/reports/" (head.id) } { (p.date_text(head.as_of)) } }
                        }
                    }
                }
                @if may_publish && !schedule.is_ended {
                    (parts::inline_form(p, &format!("/reports/schedules/{}/end", schedule.id), html! {
                        button.secondary aria-label=(p.tr(&WORDS, "report-end-named", &[("name", schedule.name.as_str().into())])) {
                            (t("report-end"))
                        }
                    }))
                }
            }
        }
    }
}

pub(super) fn form(p: &Page, all: &[Definition], form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let periods = Period::ALL
        .iter()
        .map(|period| {
            let word = t(&format!("report-period-{}", period.as_str()));
            (period.as_str().to_owned(), word)
        })
        .collect();
    let figures = all
        .iter()
        .map(|one| (one.code.clone(), one.name(p.lang).to_owned()))
        .collect();
    let chosen: Vec<&str> = form.all("codes").iter().map(String::as_str).collect();
    html! {
        (parts::back_link("/reports", &t("reports-title")))
        h1 { (t("reports-new")) }
        p { (t("reports-new-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/reports", html! {
            (parts::field(p, Field {
                name: "name", label: t("report-name"), value: form.raw("name"), error: errors.get("name"),
                required: true, ..Field::default()
            }))
            (parts::radios(p, Choice {
                name: "period", label: t("report-period"), options: periods, value: form.raw("period"),
                error: errors.get("period"), required: true, ..Choice::default()
            }))
            (parts::select(p, Choice {
                name: "role", label: t("report-role"), options: readers(p), value: form.raw("role"),
                error: errors.get("role"), required: true, ..Choice::default()
            }))
            (parts::checkboxes(p, Choice {
                name: "codes", label: t("report-codes"), options: figures, error: errors.get("codes"),
                hint: Some(t("report-codes-hint")), ..Choice::default()
            }, &chosen))
            (parts::primary_button(&t("report-save")))
        }))
    }
}

pub(super) fn show(p: &Page, report: &Report) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/reports", &t("reports-title")))
        h1 { bdi { (report.schedule.name) } }
        p { (about(p, &report.schedule)) " · " (p.tr(&WORDS, "figures-as-of", &[("day", p.date_text(report.as_of).into())])) }
        (lines(p, &report.content.figures))
        (stages(p, &report.content.stages))
    }
}

fn lines(p: &Page, lines: &[FigureLine]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure-name")),
        Column::figures(t("report-number")),
        Column::figures(t("report-before")),
        Column::figures(t("report-change")),
        Column::figures(t("report-target")),
    ];
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|line| {
            let number = |amount: Option<i64>| match amount {
                Some(_) => figures::amount(p, line.unit, amount),
                None => html! { "—" },
            };
            vec![
                html! { a href={ "/figures/" (line.code) } { (line.name(p.lang)) } },
                figures::shown(p, line.unit, line.told()),
                number(line.before),
                match line.change() {
                    Some(0) => html! { (t("report-same")) },
                    change => number(change),
                },
                html! {
                    (number(line.target))
                    @if let Some(share) = line.share { " (" bdi { (percent(p.lang, share)) } ")" }
                },
            ]
        })
        .collect();
    parts::table(&t("figures-title"), &columns, &rows, &t("figures-empty"))
}

fn stages(p: &Page, stages: &[StageLine]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("chain-stage")),
        Column::figures(t("figure-people")),
        Column::figures(t("chain-stuck")),
        Column::figures(t("chain-median")),
        Column::text(t("chain-turn")),
    ];
    let rows: Vec<Vec<Markup>> = stages
        .iter()
        .map(|line| {
            let number = |number: Option<i64>| match number {
                Some(number) => html! { (p.number(number)) },
                None => html! { "—" },
            };
            let turn = by_lang(p.lang, &line.turn_fa, &line.turn_en);
            vec![
                html! { (t(&format!("stage-{}", line.stage))) },
                number(line.people),
                number(line.stuck),
                number(line.median_days),
                html! { @if turn.is_empty() { "—" } @else { bdi { (turn) } } },
            ]
        })
        .collect();
    parts::table(&t("chain-title"), &columns, &rows, &t("figures-empty"))
}
