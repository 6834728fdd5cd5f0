use std::collections::HashMap;

use maud::{Markup, html};
use money::Rial;
use uuid::Uuid;
use web::parts::{self, Choice, Column, Drawing, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::pages::Read;
use super::queries::Made;
use super::{AnswerKind, Domain, FormVersion, Question, Sensitivity, forms};
use crate::WORDS;
use crate::cases::Head;

/// What is known so far: scores beside the ones before, answers, and earlier assessments.
pub(super) fn made(
    p: &Page,
    head: &Head,
    made: &[Made],
    read: Option<&Read>,
    draft: Option<Uuid>,
    may_assess: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let new = format!("/cases/{}/assessment/new", head.case.id);
    let continued = draft.map(|id| format!("{new}?draft={id}"));
    html! {
        h2 { (t("assessment-title")) }
        @if let Some(read) = read {
            @if head.is_sensitive_seen { (scores(p, read)) } @else { p { (t("answer-hidden")) } }
            (answers(p, head, read))
            (earlier(p, head, made))
        } @else {
            (parts::empty_state(Drawing::Loom, &t("assessment-empty"), &t("assessment-empty-help"), None))
        }
        @if may_assess && head.is_sensitive_seen {
            p {
                @if let Some(href) = &continued { (parts::button_link(href, &t("draft-continue"))) " " }
                @if made.is_empty() && continued.is_none() { (parts::button_link(&new, &t("assess-now"))) }
                @else { (parts::secondary_link(&new, &t("assess-again"))) }
            }
        }
    }
}

fn scores(p: &Page, read: &Read) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("col-domain")),
        Column::figures(t("col-score")),
        Column::text(t("col-meaning")),
        Column::figures(t("col-before")),
    ];
    let row = |domain: &Domain| {
        let score = read.scores.get(&domain.code).copied().unwrap_or_default();
        vec![
            html! { (domain.label(p.lang)) },
            html! { bdi { (p.number(score)) } },
            html! {
                (domain.meaning(score, p.lang))
                @if score <= domain.low_until { " " (parts::badge(Tone::Warning, &t("score-low"))) }
            },
            html! { @if let Some(before) = read.before.get(&domain.code) { bdi { (p.number(*before)) } } @else { (t("none-before")) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = read.form.domains.iter().map(row).collect();
    parts::table(&t("scores-title"), &columns, &rows, &t("assessment-empty"))
}

fn answers(p: &Page, head: &Head, read: &Read) -> Markup {
    let value = |question: &Question| match read.answers.get(&question.id) {
        Some(given) => told(p, question, given),
        None if !head.is_sensitive_seen && question.sensitivity == Sensitivity::Sensitive => {
            html! { (p.t(&WORDS, "answer-hidden")) }
        }
        None => html! { (p.t(&WORDS, "answer-unknown")) },
    };
    let pairs: Vec<(String, Markup)> = read
        .form
        .questions()
        .map(|q| (q.label(p.lang).to_owned(), value(q)))
        .collect();
    html! {
        details {
            summary { (p.t(&WORDS, "answers-title")) }
            (parts::facts(&pairs))
        }
    }
}

/// A stored answer as people read it.
fn told(p: &Page, question: &Question, given: &str) -> Markup {
    match (question.kind, given.parse::<i64>()) {
        (AnswerKind::Money, Ok(rials)) => p.money(Rial::new(rials)),
        (AnswerKind::Number, Ok(number)) => html! { bdi { (p.number(number)) } },
        (AnswerKind::YesNo, _) => {
            html! { (p.t(&WORDS, if given == "yes" { "yes" } else { "no" })) }
        }
        (AnswerKind::Choice, _) => {
            let choices = question.choices();
            let found = choices.iter().find(|choice| choice.code == given);
            html! { (found.map_or(given, |choice| super::pick(p.lang, &choice.fa, &choice.en))) }
        }
        _ => html! { bdi { (given) } },
    }
}

fn earlier(p: &Page, head: &Head, made: &[Made]) -> Markup {
    html! {
        @if made.len() > 1 {
            h3 { (p.t(&WORDS, "assessments-all")) }
            ul {
                @for one in made {
                    li {
                        a href={ "/cases/" (head.case.id) "/assessment?made=" (one.id) } { (p.date(one.made_on)) }
                        @if let Some(name) = &one.made_by { " " bdi { (name) } }
                    }
                }
            }
        }
    }
}

/// The form itself: domain by domain, questions first, then the score.
pub(super) fn form(
    p: &Page,
    head: &Head,
    version: &FormVersion,
    before: &HashMap<String, i64>,
    draft: Option<Uuid>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link(&format!("/cases/{}/assessment", head.case.id), &head.name))
        h1 { (version.name(p.lang)) }
        p { (t("assess-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/cases/{}/assessments", head.case.id), html! {
            @if let Some(draft) = draft { (parts::hidden("draft", &draft.to_string())) }
            @for domain in &version.domains {
                (parts::fieldset(domain.label(p.lang), html! {
                    @for question in &domain.questions { (question_field(p, question, form, errors)) }
                    (score(p, domain, before.get(&domain.code).copied(), form, errors))
                }))
            }
            (parts::save_bar(html! {
                (parts::primary_button(&t("assess-save")))
                (parts::choice_button("keep", "yes", &t("draft-keep"), false))
            }))
        }))
    }
}

fn score(
    p: &Page,
    domain: &Domain,
    before: Option<i64>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let name = forms::score_field(&domain.code);
    let option = |(score, fa, en): &(i64, String, String)| {
        let meaning = super::pick(p.lang, fa, en);
        (
            score.to_string(),
            format!("{}: {meaning}", p.number(*score)),
        )
    };
    parts::radios(
        p,
        Choice {
            name: &name,
            label: p.t(&WORDS, "score-label"),
            value: form.raw(&name),
            error: errors.get(&name),
            options: domain.meanings.iter().map(option).collect(),
            hint: before.map(|score| p.tr(&WORDS, "score-before", &[("score", score.into())])),
            required: true,
        },
    )
}

fn question_field(p: &Page, question: &Question, form: &Form, errors: &FormErrors) -> Markup {
    let name = forms::answer_field(&question.code);
    let hint = match question.sensitivity {
        Sensitivity::Personal => question.purpose(p.lang).to_owned(),
        Sensitivity::Sensitive => {
            format!(
                "{} {}",
                question.purpose(p.lang),
                p.t(&WORDS, "answer-sealed")
            )
        }
    };
    let field = |kind| Field {
        name: &name,
        label: question.label(p.lang).to_owned(),
        value: form.raw(&name),
        error: errors.get(&name),
        hint: Some(hint.clone()),
        kind,
        ..Field::default()
    };
    let options = match question.kind {
        AnswerKind::YesNo => [("yes", "yes"), ("no", "no")]
            .map(|(code, key)| (code.to_owned(), p.t(&WORDS, key)))
            .to_vec(),
        _ => question
            .choices()
            .into_iter()
            .map(|choice| {
                (
                    choice.code,
                    super::pick(p.lang, &choice.fa, &choice.en).to_owned(),
                )
            })
            .collect(),
    };
    match question.kind {
        AnswerKind::Number => parts::field(p, field(Kind::Numeric)),
        AnswerKind::Money => parts::money_field(p, field(Kind::Numeric)),
        AnswerKind::Note => parts::field(p, field(Kind::Area)),
        AnswerKind::YesNo | AnswerKind::Choice => parts::radios(
            p,
            Choice {
                name: &name,
                label: question.label(p.lang).to_owned(),
                value: form.raw(&name),
                error: errors.get(&name),
                options,
                hint: Some(hint),
                required: false,
            },
        ),
    }
}
