use maud::{Markup, html};
use web::parts::{self, Column, Kind, Tab, Tone};
use web::{FormErrors, Page};

use super::{About, Letter, LetterDirection, LetterState, LetterWay};
use crate::WORDS;
use crate::committees::{Committee, CommitteeId};
use crate::forms::Typed;
use crate::resolutions::ResolutionId;
use crate::wording::in_digits;

// words: letter-state-* letter-way-* letter-about-* committee-role-*

/// Where a letter stands, as a label.
fn state(p: &Page, state: LetterState) -> Markup {
    let tone = match state {
        LetterState::Drafted => Tone::Warning,
        LetterState::Signed => Tone::Active,
        LetterState::Sent | LetterState::Received => Tone::Good,
        LetterState::Discarded => Tone::Plain,
    };
    parts::badge(
        tone,
        &p.t(&WORDS, &format!("letter-state-{}", state.as_str())),
    )
}

/// The register's address for one direction, or for both.
pub(super) fn address(direction: Option<LetterDirection>) -> String {
    match direction {
        Some(way) => format!("/committee-letters?direction={way}"),
        None => "/committee-letters".to_owned(),
    }
}

/// Where a letter about something begins, from a wording.
pub(crate) fn begin(template: &str, committee: CommitteeId, about: About) -> String {
    format!("/committee-letters/new?committee={committee}&template={template}&of={about}")
}

/// A page of the register.
pub(super) struct Register {
    pub committees: Vec<Committee>,
    pub letters: Vec<Letter>,
    pub direction: Option<LetterDirection>,
    pub first: Option<String>,
    pub next: Option<String>,
    pub may_keep: bool,
}

pub(super) fn register(p: &Page, shown: &Register, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let tab = |direction, key| Tab {
        label: t(key),
        href: address(direction),
        current: shown.direction == direction,
        count: None,
    };
    let tabs = [
        tab(None, "letters-all"),
        tab(Some(LetterDirection::Sent), "letters-sent"),
        tab(Some(LetterDirection::Received), "letters-received"),
    ];
    html! {
        h1 { (t("letters-title")) }
        (parts::error_summary(p, errors))
        @if shown.committees.is_empty() { p { (t("committee-none")) } }
        @else if shown.may_keep {
            (parts::buttons(html! {
                (parts::button_link("/committee-letters/new", &t("letter-new")))
                (parts::secondary_link("/committee-letters/received/new", &t("letter-received-new")))
                (parts::secondary_link("/letter-templates", &t("templates-title")))
            }))
            @for committee in &shown.committees {
                (parts::inline_form(p, "/committee-letters/follow-ups", html! {
                    (parts::hidden("committee_id", &committee.id.to_string()))
                    (parts::secondary_button(&p.tr(&WORDS, "letters-follow-up", &[("committee", committee.name(p.lang).into())])))
                }))
            }
            p { (t("letters-follow-up-lead")) }
        }
        (parts::tabs(p, &t("letters-title"), &tabs))
        (table(p, &t("letters-title"), &shown.letters))
        (parts::pagination(p, shown.first.as_deref(), shown.next.as_deref()))
    }
}

/// Letters in rows.
pub(crate) fn table(p: &Page, caption: &str, letters: &[Letter]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("letter-number")),
        Column::text(t("letter-subject")),
        Column::text(t("letter-body")),
        Column::text(t("letter-date")),
        Column::text(t("where-it-stands")),
    ];
    let rows: Vec<Vec<Markup>> = letters
        .iter()
        .map(|one| {
            vec![
                html! { @if one.number.is_some() { bdi { (in_digits(&one.code(), p.lang)) } } @else { "—" } },
                html! { a href={ "/committee-letters/" (one.id) } { (one.subject) } },
                html! { bdi { (one.body(p.lang)) } },
                html! { @if let Some(day) = one.dated_on { (p.date(day)) } @else { "—" } },
                state(p, one.state),
            ]
        })
        .collect();
    parts::table(caption, &columns, &rows, &t("letters-empty"))
}

/// Everything on a letter's page.
pub(super) struct Shown {
    pub letter: Letter,
    pub committee: Committee,
    pub signer: Option<String>,
    pub asked_about: Vec<(ResolutionId, String)>,
    pub answers: Vec<Letter>,
    pub answered: Option<Letter>,
    pub may_keep: bool,
    pub may_sign: bool,
}

pub(super) fn show(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let letter = &shown.letter;
    let is_ours = letter.direction == LetterDirection::Sent;
    let is_draft = letter.state == LetterState::Drafted;
    html! {
        (parts::back_link("/committee-letters", &t("letters-title")))
        h1 { (t("letter")) @if letter.number.is_some() { " " bdi { (in_digits(&letter.code(), p.lang)) } } }
        (parts::error_summary(p, typed.errors))
        p { (shown.committee.name(p.lang)) " " (state(p, letter.state)) }
        (parts::facts(&facts(p, shown)))
        @if is_draft && shown.may_keep {
            h2 { (t("letter-draft")) }
            (revision(p, letter, typed))
        } @else {
            h2 { (letter.subject) }
            @for line in letter.wording.lines() { p { (line) } }
        }
        @if is_draft && shown.may_sign {
            p { (t("letter-sign-lead")) }
            (parts::inline_form(p, &format!("/committee-letters/{}/sign", letter.id), html! {
                (parts::hidden("digest", &letter.digest()))
                (parts::primary_button(&t("letter-sign")))
            }))
        }
        @if is_draft && shown.may_keep {
            (parts::inline_form(p, &format!("/committee-letters/{}/discard", letter.id), parts::secondary_button(&t("letter-discard"))))
        }
        @if letter.state == LetterState::Signed && shown.may_keep { (dispatch(p, letter, typed)) }
        @if is_ours { p { (parts::secondary_link(&format!("/committee-letters/{}/paper", letter.id), &t("letter-pdf"))) } }
        @if !shown.answers.is_empty() { (table(p, &t("letter-answers"), &shown.answers)) }
        @if letter.state == LetterState::Sent && shown.may_keep {
            p { (parts::button_link(&format!("/committee-letters/received/new?answers={}", letter.id), &t("letter-answer-new"))) }
        }
    }
}

fn facts(p: &Page, shown: &Shown) -> Vec<(String, Markup)> {
    let t = |key: &str| p.t(&WORDS, key);
    let letter = &shown.letter;
    let is_ours = letter.direction == LetterDirection::Sent;
    let body = if is_ours { "letter-to" } else { "letter-from" };
    let mut facts = vec![(t(body), html! { bdi { (letter.body(p.lang)) } })];
    if let Some(day) = letter.dated_on {
        facts.push((t("letter-date"), p.date(day)));
    }
    if !is_ours {
        facts.push((
            t("letter-their-number"),
            html! { bdi { (in_digits(&letter.their_number, p.lang)) } },
        ));
    }
    if let Some(day) = letter.received_on {
        facts.push((t("letter-received-on"), p.date(day)));
    }
    if let Some(about) = letter.about() {
        let key = format!("letter-about-{}", about.column().trim_end_matches("_id"));
        facts.push((
            t("letter-about"),
            html! { a href=(about.href()) { (t(&key)) } },
        ));
    }
    if !shown.asked_about.is_empty() {
        facts.push((
            t("letter-about"),
            html! { @for (id, code) in &shown.asked_about {
                a href={ "/resolutions/" (id) } { bdi { (in_digits(code, p.lang)) } } " "
            } },
        ));
    }
    if let Some(ours) = &shown.answered {
        facts.push((
            t("letter-answers-ours"),
            html! { a href={ "/committee-letters/" (ours.id) } { bdi { (in_digits(&ours.code(), p.lang)) } } },
        ));
    }
    if let Some(at) = letter.signed_at {
        let role = letter
            .signed_role
            .map(|role| t(&format!("committee-role-{}", role.as_str())));
        facts.push((
            t("letter-signed"),
            html! { @if let Some(name) = &shown.signer { bdi { (name) } " · " } @if let Some(role) = role { (role) " · " } (p.moment_text(at)) },
        ));
    }
    if let (Some(day), Some(way)) = (letter.sent_on, letter.sent_way) {
        facts.push((
            t("letter-sent-on"),
            html! { (p.date(day)) " · " (t(&format!("letter-way-{}", way.as_str()))) },
        ));
    }
    facts
}

fn revision(p: &Page, letter: &Letter, typed: Typed<'_>) -> Markup {
    let kept = |name: &'static str, own: &str| {
        if typed.form.has(name) {
            typed.form.raw(name).to_owned()
        } else {
            own.to_owned()
        }
    };
    let (subject, wording) = (
        kept("subject", &letter.subject),
        kept("wording", &letter.wording),
    );
    let field = |name: &'static str, key: &str, value: &str, kind| {
        let label = p.t(&WORDS, key);
        let error = typed.errors.get(name);
        parts::field(
            p,
            parts::Field {
                name,
                label,
                value,
                error,
                kind,
                required: true,
                ..parts::Field::default()
            },
        )
    };
    parts::form(
        p,
        &format!("/committee-letters/{}/wording", letter.id),
        html! {
            (field("subject", "letter-subject", &subject, Kind::Text))
            (field("wording", "letter-wording", &wording, Kind::Area))
            (parts::secondary_button(&p.t(&WORDS, "save")))
        },
    )
}

fn dispatch(p: &Page, letter: &Letter, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let ways = LetterWay::ALL
        .iter()
        .map(|way| {
            (
                way.as_str().to_owned(),
                t(&format!("letter-way-{}", way.as_str())),
            )
        })
        .collect();
    html! {
        h2 { (t("letter-send-title")) }
        (parts::form(p, &format!("/committee-letters/{}/send", letter.id), html! {
            (typed.day(p, "sent_on", "letter-sent-on"))
            (typed.select(p, "way", "letter-way", ways, true))
            (parts::primary_button(&t("letter-send")))
        }))
    }
}
