//! What is said before a consent ends, and a person's own list.

use access::consents::Consent;
use maud::{Markup, html};
use web::Page;
use web::parts::{self, Column, Tone};

use super::Asked;
use crate::WORDS;

/// The word of what a consent is for.
fn purpose(code: &str) -> &'static str {
    match code {
        "intake" => "intake",
        "casework" => "casework",
        "referral" => "referral",
        "public_story" => "story",
        _ => "other",
    }
}

// words: consent-for-* consent-ends-*
/// One page says what ends; the button on it ends it.
pub(super) fn confirm(p: &Page, asked: &Asked, back: &(String, String), action: &str) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let consent = &asked.consent;
    let holds = consent.holds_on(p.now.date());
    let what = purpose(&consent.purpose);
    let count = |key: &str, count: usize| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        p.tr(&WORDS, key, &[("count", count.into())])
    };
    html! {
        (parts::back_link(&back.0, &back.1))
        h1 { (t("withdrawal-title")) }
        (parts::facts(&[
            (t("consent-for"), html! { (t(&format!("consent-for-{what}"))) }),
            (t("consent-given"), p.date(consent.given_on)),
            (t("consent-until"), p.date(consent.valid_until)),
        ]))
        @if holds {
            (parts::notice(p, Tone::Warning, html! {
                p { (t(&format!("consent-ends-{what}"))) }
                @if asked.closes_case { p { (t("withdrawal-ends-case")) } }
                @if asked.unanswered > 0 { p { (count("withdrawal-recalls", asked.unanswered)) } }
                @if asked.answered > 0 { p { (count("withdrawal-closes", asked.answered)) } }
                p { (t("withdrawal-at-once")) }
            }))
            (parts::form(p, action, parts::buttons(parts::danger_button(&t("withdrawal-go")))))
        } @else {
            p { (t("withdrawal-over")) }
        }
    }
}

/// What she agreed to, and the way to take it back.
pub(super) fn own(p: &Page, all: &[Consent]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    let columns = [
        "consent-for",
        "consent-given",
        "consent-until",
        "consent-act",
    ];
    let columns: Vec<Column> = columns.iter().map(|key| Column::text(t(key))).collect();
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|consent| {
            let what = purpose(&consent.purpose);
            vec![
                html! { (t(&format!("consent-for-{what}"))) },
                p.date(consent.given_on),
                p.date(consent.valid_until),
                html! {
                    @if consent.holds_on(today) {
                        a href={ "/my/consents/" (consent.id) "/withdrawal" } { (t("withdrawal-title")) }
                    } @else { (parts::badge(Tone::Plain, &t("consent-is-over"))) }
                },
            ]
        })
        .collect();
    html! {
        (parts::back_link("/me", &t("my-consents-back")))
        h1 { (t("my-consents-title")) }
        p { (t("my-consents-lead")) }
        (parts::table(&t("my-consents-title"), &columns, &rows, &t("my-consents-none")))
    }
}
