use maud::{Markup, html};
use persian::Date;
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::{Resolution, ResolutionAnswer, ResolutionState};
use crate::WORDS;
use crate::evidence::{Evidence, views as evidence_views};
use crate::forms::{Lists, Typed};
use crate::letters::{About, Letter, views as letter_views};
use crate::meetings::Meeting;
use crate::plan::views::May;

// words: resolution-state-*

/// The computed state as a label.
pub(crate) fn state(p: &Page, state: ResolutionState) -> Markup {
    let tone = match state {
        ResolutionState::NotStarted | ResolutionState::Repealed => Tone::Plain,
        ResolutionState::OnTrack | ResolutionState::Claimed => Tone::Active,
        ResolutionState::AtRisk | ResolutionState::CarriedOver => Tone::Warning,
        ResolutionState::Overdue => Tone::Bad,
        ResolutionState::Verified => Tone::Good,
    };
    parts::badge(
        tone,
        &p.t(
            &WORDS,
            &format!("resolution-state-{}", state.as_str().replace('_', "-")),
        ),
    )
}

/// An answer's day, or silence.
fn answer(p: &Page, resolution: &Resolution) -> Markup {
    match resolution.answered_on {
        Some(day) => html! { (p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())])) },
        None => parts::badge(Tone::Warning, &p.t(&WORDS, "silence")),
    }
}

/// Resolutions with elapsed days and answer or silence, as they stand on a day.
pub(crate) fn table(p: &Page, caption: &str, rows: &[Resolution], today: Date) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("resolution")),
        Column::text(t("responsible-body")),
        Column::figures(t("elapsed")),
        Column::text(t("answer")),
        Column::text(t("due")),
        Column::text(t("where-it-stands")),
    ];
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|one| vec![
            html! { a href={ "/resolutions/" (one.id) } { bdi { (crate::wording::in_digits(&one.code(), p.lang)) } } " · " (one.wording) },
            html! { bdi { (one.body(p.lang)) } },
            html! { (p.tr(&WORDS, "days", &[("count", one.elapsed_days(today).into())])) },
            answer(p, one),
            p.date(one.due_on),
            state(p, one.state(today)),
        ])
        .collect();
    parts::table(caption, &columns, &rows, &t("resolutions-empty"))
}

/// Everything on a resolution's page.
pub(super) struct Shown {
    pub resolution: Resolution,
    pub answers: Vec<ResolutionAnswer>,
    pub proofs: Vec<Evidence>,
    /// A held meeting at which it may be carried over or repealed.
    pub table: Option<Meeting>,
    pub letters: Vec<Letter>,
    pub may_keep: bool,
    pub may_write: bool,
    pub may: May,
}

pub(super) fn show(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let one = &shown.resolution;
    let today = p.now.date();
    let id = one.id;
    html! {
        (parts::back_link("/resolutions", &t("resolutions-title")))
        h1 { (t("resolution")) " " bdi { (crate::wording::in_digits(&one.code(), p.lang)) } }
        (parts::error_summary(p, typed.errors))
        p { (state(p, one.state(today))) }
        blockquote { p { (one.wording) } }
        (parts::facts(&[
            (t("article"), html! { a dir="ltr" href={ "/articles/" (one.article_id) } { code { (one.eid) } } }),
            (t("responsible-body"), html! { bdi { (one.body(p.lang)) } " · " (one.responsible) }),
            (t("decided"), html! { a href={ "/meetings/" (one.meeting_id) } { (p.date(one.decided_on)) } " · " (p.tr(&WORDS, "days-elapsed", &[("count", one.elapsed_days(today).into())])) }),
            (t("due"), p.date(one.due_on)),
            (t("votes"), html! { (p.tr(&WORDS, "votes-count", &[("for", one.votes_for.into()), ("against", one.votes_against.into())])) }),
            (t("evidence-asked"), html! { (one.evidence_asked) }),
        ]))
        h2 { (t("answers-title")) }
        @if shown.answers.is_empty() { p { (t("silence")) } }
        ul { @for answer in &shown.answers {
            li { (answer.wording) @if !answer.reference.is_empty() { " · " bdi { (crate::wording::in_digits(&answer.reference, p.lang)) } } " · " (p.date(answer.answered_on)) }
        } }
        @if !shown.letters.is_empty() { (letter_views::table(p, &t("letters-of-resolution"), &shown.letters)) }
        @if shown.may_write {
            p { (parts::secondary_link(&letter_views::begin("follow_up", one.committee_id, About::Resolution(id)), &t("letter-follow-up"))) }
        }
        h2 { (t("evidence")) }
        (evidence_views::cell(p, Some(&shown.proofs), "resolution", id.get(), &shown.may))
        @if shown.may_keep && !one.is_repealed {
            h2 { (t("answer-write")) }
            (parts::form(p, &format!("/resolutions/{id}/answers"), html! {
                (typed.field(p, "answer", "answer-text", Kind::Area, true))
                (typed.field(p, "answer_reference", "answer-reference", Kind::Text, false))
                (typed.day(p, "answered_on", "answer-day"))
                (parts::primary_button(&t("save")))
            }))
            @if let Some(table) = &shown.table {
                h2 { (t("carry-title")) }
                (parts::form(p, &format!("/resolutions/{id}/carry"), html! {
                    (parts::hidden("meeting_id", &table.id.to_string()))
                    (typed.day(p, "carry_until", "carry-until"))
                    (parts::choice_button("act", "carry", &t("carry"), true))
                    (parts::choice_button("act", "repeal", &t("repeal"), false))
                }))
            }
        }
    }
}

pub(super) fn form(p: &Page, meeting: &Meeting, lists: &Lists, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let back = format!("/meetings/{}", meeting.id);
    html! {
        (parts::back_link(&back, &crate::meetings::views::name(p, meeting)))
        h1 { (t("resolution-new")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("{back}/resolutions"), html! {
            (typed.select(p, "article_id", "article", lists.articles(p), true))
            (typed.field(p, "wording", "resolution-wording", Kind::Area, true))
            (typed.select(p, "organization_id", "responsible-body", lists.bodies(), true))
            (typed.field(p, "responsible", "responsible", Kind::Text, true))
            (typed.day(p, "due_on", "due"))
            (typed.field(p, "evidence_asked", "evidence-asked", Kind::Text, true))
            (typed.field(p, "votes_for", "votes-for", Kind::Numeric, true))
            (typed.field(p, "votes_against", "votes-against", Kind::Numeric, true))
            (parts::primary_button(&t("save")))
        }))
    }
}
