use maud::{Markup, html};
use persian::Date;
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::{Resolution, ResolutionAnswer, ResolutionState};
use crate::WORDS;
use crate::answers::{AnswerKind, desk_views, kind_word};
use crate::committees::{Majority, Member, majority_word as majority};
use crate::decisions::views as decision_views;
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
        ResolutionState::AtRisk | ResolutionState::CarriedOver | ResolutionState::Cannot => {
            Tone::Warning
        }
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
pub(crate) fn answer(p: &Page, resolution: &Resolution) -> Markup {
    match resolution.answered_on {
        Some(day) => html! { (p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())])) },
        None => parts::badge(Tone::Warning, &p.t(&WORDS, "silence")),
    }
}

/// The deadline, and the day off it moved from.
pub(crate) fn due(p: &Page, resolution: &Resolution) -> Markup {
    html! {
        (p.date(resolution.due_on))
        @if let Some(day) = resolution.moved_from { " (" (p.tr(&WORDS, "due-moved", &[("day", p.date_text(day).into())])) ")" }
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
            due(p, one),
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
    /// Seats of the committee that belong to the responsible body.
    pub own_seats: Vec<Member>,
    pub decision: decision_views::Shown,
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
            (t("due"), due(p, one)),
            (t("votes"), html! { (p.tr(&WORDS, "votes-count", &[("for", one.votes_for.into()), ("against", one.votes_against.into()), ("abstain", one.votes_abstain.into())])) " · " (p.tr(&WORDS, "votes-rule", &[("present", one.voters_present.into()), ("voting", one.voters_all.into()), ("rule", majority(p, one.majority).into())])) }),
            (t("evidence-asked"), html! { (one.evidence_asked) }),
        ]))
        h2 { (t("answers-title")) }
        (desk_views::list(p, &shown.answers))
        @if shown.may_keep && !one.is_over(today) {
            (parts::inline_form(p, &format!("/resolutions/{id}/link"), parts::secondary_button(&t("link-send"))))
            p { a href={ "/asked/bodies/" (one.organization_id) } { (t("asked-of-body")) } }
        }
        @if !shown.letters.is_empty() { (letter_views::table(p, &t("letters-of-resolution"), &shown.letters)) }
        @if shown.may_write {
            p { (parts::secondary_link(&letter_views::begin("follow_up", one.committee_id, About::Resolution(id)), &t("letter-follow-up"))) }
        }
        @for seat in &shown.own_seats {
            (parts::notice(p, Tone::Plain, html! { (p.tr(&WORDS, "resolution-own-seat", &[("office", seat.title(p.lang).into()), ("body", seat.body(p.lang).into())])) }))
        }
        (decision_views::part(p, one, &shown.decision))
        h2 { (t("evidence")) }
        (evidence_views::cell(p, Some(&shown.proofs), "resolution", id.get(), &shown.may))
        @if shown.may_keep && !one.is_repealed {
            h2 { (t("answer-write")) }
            (parts::form(p, &format!("/resolutions/{id}/answers"), html! {
                (typed.select(p, "kind", "answer-kind", AnswerKind::ALL.iter().map(|kind| (kind.to_string(), kind_word(p, *kind))).collect(), false))
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

pub(super) fn form(
    p: &Page,
    meeting: &Meeting,
    rule: Majority,
    lists: &Lists,
    typed: Typed<'_>,
) -> Markup {
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
            (typed.field(p, "votes_abstain", "votes-abstain", Kind::Numeric, false))
            p { (p.tr(&WORDS, "votes-needed", &[("rule", majority(p, rule).into())])) }
            (parts::primary_button(&t("save")))
        }))
    }
}
