//! `/demo/messages`: what reached the invented phones, read from the simulated provider.

use std::sync::OnceLock;

use access::{Ask, Need, Routes};
use maud::{Markup, html};
use persian::Timestamp;
use serde::Deserialize;
use url::Url;
use web::{Failure, Outcome, parts};

use crate::pages::WORDS;

/// The provider of the one demo this process serves.
static PROVIDER: OnceLock<Url> = OnceLock::new();

/// The page, with the provider it reads from.
pub fn routes(provider: Url) -> Routes {
    // A second demo in one process would be a fault of ours; the first one stays.
    let _ = PROVIDER.set(provider);
    Routes::new().get("/demo/messages", Need::Public, show)
}

#[derive(Deserialize)]
struct Message {
    receptor: String,
    text: String,
    time: Timestamp,
}

async fn show(ask: Ask) -> Outcome {
    let messages = inbox().await?;
    let p = &ask.page;
    let title = p.t(&WORDS, "messages-title");
    ask.public_html(
        &title,
        html! {
            h1 { (title) }
            p { (p.t(&WORDS, "messages-lead")) }
            @if messages.is_empty() { p { (p.t(&WORDS, "messages-empty")) } }
            div.stack {
                @for message in &messages {
                    (parts::card(None, html! {
                        p { code dir="ltr" { (message.receptor) } " · " (p.moment(message.time)) }
                        p dir="auto" { (with_links(&message.text, ask.city.public_url.as_str())) }
                    }))
                }
            }
        },
    )
}

async fn inbox() -> Outcome<Vec<Message>> {
    let provider = PROVIDER.get().ok_or(Failure::NotFound)?;
    let address = provider.join("inbox.json").map_err(internal)?;
    let read = move || {
        ureq::get(address.as_str())
            .call()?
            .body_mut()
            .read_to_string()
    };
    let read: Result<String, ureq::Error> =
        tokio::task::spawn_blocking(read).await.map_err(internal)?;
    serde_json::from_str(&read.map_err(internal)?).map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(error.to_string())
}

/// The text with our own addresses as links, as a phone shows them.
fn with_links(text: &str, ours: &str) -> Markup {
    html! {
        @for (place, word) in text.split(' ').enumerate() {
            @if place > 0 { " " }
            @if let Some(path) = word.strip_prefix(ours) {
                a dir="ltr" href={ "/" (path) } { (word) }
            } @else { bdi { (persian_shown(word)) } }
        }
    }
}

fn persian_shown(word: &str) -> Markup {
    html! { @if word.contains(|c: char| c.is_ascii_digit()) { span dir="ltr" { (word) } } @else { (word) } }
}
