//! What each problem type means: the page its address leads to, from the same catalogue as the
//! sentences themselves.

use axum::extract::Path;
use maud::html;
use web::{Failure, Outcome};

use crate::{Ask, Need, Routes, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/problems", Need::Public, list)
        .get("/problems/{code}", Need::Public, show)
}

/// The failures that are nobody's rule.
pub const GENERAL: &[&str] = &[
    "not_found",
    "forbidden",
    "sign_in",
    "prove",
    "unconditional",
    "faulty",
    "unreadable",
    "too_large",
    "too_many",
    "busy",
    "internal",
];

/// Title and sentence of a code; none when there is no such problem.
fn words(ask: &Ask, code: &str) -> Option<(String, String)> {
    let key = code.replace('_', "-");
    if GENERAL.contains(&code) {
        let text = |key: String| web::WORDS.text(ask.lang(), &key, &[]);
        let title = text(format!("failure-{key}"));
        return Some((title, text(format!("failure-{key}-help"))));
    }
    let (_, words) = ask
        .site
        .reasons()
        .into_iter()
        .find(|(known, _)| *known == code)?;
    let title = web::WORDS.text(ask.lang(), "failure-refused", &[]);
    Some((title, words.text(ask.lang(), &format!("reason-{key}"), &[])))
}

async fn list(ask: Ask) -> Outcome {
    let title = ask.page.t(&WORDS, "problems-title");
    let own = ask.site.reasons().into_iter().map(|(code, _)| code);
    let body = html! {
        h1 { (title) }
        p { (ask.page.t(&WORDS, "problems-text")) }
        ul {
            @for code in GENERAL.iter().copied().chain(own) {
                @if let Some((_, sentence)) = words(&ask, code) {
                    li { a href={ "/problems/" (code) } { code dir="ltr" { (code) } } " — " bdi { (sentence) } }
                }
            }
        }
    };
    ask.public_html(&title, body)
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let (title, sentence) = words(&ask, &code).ok_or(Failure::NotFound)?;
    let body = html! {
        h1 { (title) }
        p { bdi { (sentence) } }
        p { (ask.page.t(&WORDS, "problems-code")) ": " code dir="ltr" { (code) } }
        p { a href="/problems" { (ask.page.t(&WORDS, "problems-title")) } }
    };
    ask.public_html(&title, body)
}
