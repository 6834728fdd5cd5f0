use maud::{Markup, html};
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::Reminder;
use crate::WORDS;
use crate::committees::Committee;
use crate::forms::{Lists, Typed};
use crate::letters::{About, views as letter_views};
use crate::resolutions::Resolution;
use crate::wording::days_between;

/// Answered, waiting with days left, or late.
fn clock(p: &Page, reminder: &Reminder) -> Markup {
    let late = reminder.days_late(p.now.date());
    let left = days_between(p.now.date(), reminder.due_on);
    match (reminder.answered_on, late) {
        (Some(day), _) => parts::badge(
            Tone::Good,
            &p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())]),
        ),
        (None, 0) => parts::badge(
            Tone::Active,
            &p.tr(&WORDS, "days-left", &[("count", left.into())]),
        ),
        (None, late) => parts::badge(
            Tone::Bad,
            &p.tr(&WORDS, "days-late", &[("count", late.into())]),
        ),
    }
}

pub(crate) fn table(p: &Page, reminders: &[Reminder]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("reminder")),
        Column::text(t("filed")),
        Column::text(t("due")),
        Column::text(t("answer")),
    ];
    let rows: Vec<Vec<Markup>> = reminders
        .iter()
        .map(|one| vec![
            html! { a href={ "/reminders/" (one.id) } { bdi { (crate::wording::in_digits(&one.code(), p.lang)) } } " · " (one.wording) },
            p.date(one.filed_on),
            p.date(one.due_on),
            clock(p, one),
        ])
        .collect();
    parts::table(
        &t("reminders-title"),
        &columns,
        &rows,
        &t("reminders-empty"),
    )
}

pub(super) fn list(p: &Page, tables: &[(Committee, Vec<Reminder>)], may_file: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("reminders-title")) }
        @if tables.is_empty() { p { (t("committee-none")) } }
        @for (committee, reminders) in tables {
            h2 { (committee.name(p.lang)) }
            (table(p, reminders))
            @if may_file {
                p { (parts::button_link(&format!("/committees/{}/reminders/new", committee.id), &t("reminder-new"))) }
            }
        }
    }
}

pub(super) fn show(p: &Page, reminder: &Reminder, may_answer: bool, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/reminders", &t("reminders-title")))
        h1 { (t("reminder")) " " bdi { (crate::wording::in_digits(&reminder.code(), p.lang)) } }
        (parts::error_summary(p, typed.errors))
        p { (clock(p, reminder)) }
        blockquote { @for line in reminder.wording.lines() { p { (line) } } }
        (parts::facts(&[(t("filed"), p.date(reminder.filed_on)), (t("due"), p.date(reminder.due_on))]))
        @if let Some(id) = reminder.article_id { p { a href={ "/articles/" (id) } { (t("article")) } } }
        @if let Some(id) = reminder.resolution_id { p { a href={ "/resolutions/" (id) } { (t("resolution")) } } }
        @if may_answer {
            p { (parts::secondary_link(&letter_views::begin("reminder_answer", reminder.committee_id, About::Reminder(reminder.id)), &t("letter-reminder-answer"))) }
        }
        @if let Some(answer) = &reminder.answer {
            h2 { (t("answer")) }
            @for line in answer.lines() { p { (line) } }
        } @else if may_answer {
            (parts::form(p, &format!("/reminders/{}/answer", reminder.id), html! {
                (typed.field(p, "answer", "answer-text", Kind::Area, true))
                (parts::primary_button(&t("answer-send")))
            }))
        }
    }
}

pub(super) fn form(
    p: &Page,
    committee: &Committee,
    lists: &Lists,
    resolutions: &[Resolution],
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let resolutions = resolutions
        .iter()
        .map(|one| {
            (
                one.id.to_string(),
                format!(
                    "{} · {}",
                    crate::wording::in_digits(&one.code(), p.lang),
                    one.wording
                ),
            )
        })
        .collect();
    html! {
        (parts::back_link("/reminders", &t("reminders-title")))
        h1 { (t("reminder-new")) }
        p { (committee.name(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/committees/{}/reminders", committee.id), html! {
            (typed.field(p, "wording", "reminder-wording", Kind::Area, true))
            (typed.select(p, "article_id", "article", lists.articles(p), false))
            (typed.select(p, "resolution_id", "resolution", resolutions, false))
            (parts::primary_button(&t("reminder-send")))
        }))
    }
}
