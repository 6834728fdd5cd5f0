//! The first page: what this is, and the way in.

use access::{Ask, Who};
use maud::{Markup, html};
use web::Outcome;
use web::parts;

use super::WORDS;

// words: start-*

/// What else everybody may read.
const OPEN: [(&str, &str); 7] = [
    ("/services", "start-services"),
    ("/shop", "start-shop"),
    ("/places", "start-places"),
    ("/supporters", "start-supporters"),
    ("/help", "start-help"),
    ("/stories", "start-stories"),
    ("/awards", "start-awards"),
];

/// Ways to the pages that are open to everybody.
pub(crate) fn open_pages(p: &web::Page) -> Markup {
    html! { ul { @for (href, key) in OPEN { li { a href=(href) { (p.t(&WORDS, key)) } } } } }
}

/// Visitors see what this is; whoever is signed in goes to the first place of their work.
pub(super) async fn show(ask: Ask) -> Outcome {
    if !matches!(ask.viewer.who, Who::Nobody)
        && let Some(first) = ask.page.nav.first()
    {
        return ask.see(first.href.clone());
    }
    if ask.city.is_demo {
        return ask.see("/demo");
    }
    if crate::city::is_observatory(&mut ask.read().await?).await? {
        return ask.see("/observatory");
    }
    if super::setup::is_empty(&mut ask.read().await?).await? {
        return ask.see("/setup");
    }
    let t = |key: &str| ask.page.t(&WORDS, key);
    ask.public_html(
        &t("start-title"),
        html! {
            h1 { (t("start-title")) }
            p { (t("start-sentence")) }
            div.stack {
                (parts::card(Some(&t("start-person")), html! {
                    p { (t("start-person-text")) }
                    p { (parts::button_link("/sign-in/phone", &t("start-by-phone"))) }
                    p { (parts::secondary_link("/sign-in/slip", &t("start-by-slip"))) }
                }))
                (parts::card(Some(&t("start-staff")), html! {
                    p { (t("start-staff-text")) }
                    p { (parts::secondary_link("/sign-in", &t("start-by-name"))) }
                }))
            }
            p { a href="/statistics" { (t("start-statistics")) } }
            p { a href="/observatory" { (t("start-observatory")) } }
            (open_pages(&ask.page))
        },
    )
}
