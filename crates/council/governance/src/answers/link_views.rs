//! How the link's pages look: large, few words, one column, no script.

use maud::{Markup, html};
use web::parts::{self, Kind, Tone};
use web::{FormErrors, Page};

use super::{AnswerKind, kind_word};
use crate::WORDS;
use crate::forms::Typed;
use crate::resolutions::{Resolution, ResolutionState, views as resolution_views};
use crate::wording::number_of_year;

/// What the page was asked to show.
pub(super) struct Shown<'a> {
    pub token: &'a str,
    pub committee: &'a str,
    pub resolution: &'a Resolution,
    pub chosen: Option<AnswerKind>,
}

/// What the committee asked, by when, and the answers that are possible now.
pub(super) fn page(p: &Page, shown: &Shown<'_>, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let one = shown.resolution;
    let base = format!("/answers/{}", shown.token);
    let state = one.state(p.now.date());
    html! {
        h1 { (p.tr(&WORDS, "link-asks", &[("committee", shown.committee.into())])) }
        (parts::error_summary(p, typed.errors))
        blockquote { p { (one.wording) } }
        (parts::facts(&[
            (t("letter-number"), html! { (number_of_year(one.year, one.number, p.lang)) }),
            (t("responsible-body"), html! { bdi { (one.body(p.lang)) } " · " (one.responsible) }),
            (t("due"), resolution_views::due(p, one)),
            (t("evidence-asked"), html! { (one.evidence_asked) }),
        ]))
        @match (state, shown.chosen) {
            (ResolutionState::Repealed | ResolutionState::Verified, _) =>
                (parts::notice(p, Tone::Plain, html! { p { (t("link-nothing-more")) } })),
            (_, Some(kind)) => (write(p, &base, kind, typed)),
            (_, None) => {
                @if let Some(day) = one.answered_on {
                    (parts::notice(p, Tone::Good, html! { p { (p.tr(&WORDS, "answered-on", &[("day", p.date_text(day).into())])) } }))
                }
                div.stack { @for kind in AnswerKind::ALL {
                    (parts::button_link(&format!("{base}?choose={kind}"), &kind_word(p, *kind)))
                } }
            }
        }
    }
}

/// The words of one answer.
fn write(p: &Page, base: &str, kind: AnswerKind, typed: Typed<'_>) -> Markup {
    html! {
        h2 { (kind_word(p, kind)) }
        (parts::form(p, base, html! {
            (parts::hidden("kind", kind.as_str()))
            (fields(p, kind, typed))
            (parts::primary_button(&p.t(&WORDS, "answer-send")))
        }))
        p { (parts::secondary_link(base, &p.t(&WORDS, "link-back"))) }
    }
}

// words: answer-ask-*
/// What is asked of who says this.
pub(super) fn fields(p: &Page, kind: AnswerKind, typed: Typed<'_>) -> Markup {
    let ask = format!("answer-ask-{}", kind.as_str());
    html! {
        (typed.field(p, "answer", &ask, Kind::Area, true))
        (typed.field(p, "answer_reference", "evidence-reference", Kind::Text, false))
    }
}

/// The link's life is over: one press sends a new one.
pub(super) fn over(p: &Page, token: &str, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("link-over-title")) }
        (parts::error_summary(p, errors))
        p { (t("link-over")) }
        (parts::form(p, &format!("/answers/{token}/renew"), parts::primary_button(&t("link-renew"))))
    }
}

/// A new link is on its way.
pub(super) fn renewed(p: &Page) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "link-renewed-title")) }
        p { (p.t(&WORDS, "link-renewed")) }
    }
}
