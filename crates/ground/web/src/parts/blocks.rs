//! Blocks: cards, notices, tags, facts and single figures.

use maud::{Markup, html};

use super::drawings::Drawing;
use crate::WORDS;
use crate::page::Page;

/// What a notice or a tag says before its words are read. Never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// Under way.
    Active,
    /// Done, accepted, paid.
    Good,
    /// Needs someone's eye: late, waiting.
    Warning,
    /// Wrong or refused.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Active => "active",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }
}

/// A box with a stitched edge and, if given, a heading.
pub fn card(title: Option<&str>, body: Markup) -> Markup {
    html! {
        section.card {
            @if let Some(title) = title { h2 { (title) } }
            (body)
        }
    }
}

/// A message to the reader, with its word in front.
pub fn notice(p: &Page, tone: Tone, body: Markup) -> Markup {
    let word = match tone {
        Tone::Plain | Tone::Active => "notice-plain",
        Tone::Good => "notice-good",
        Tone::Warning => "notice-warning",
        Tone::Bad => "notice-bad",
    };
    html! {
        div class={ "notice " (tone.class()) } {
            strong { (p.t(&WORDS, word)) }
            div { (body) }
        }
    }
}

/// A state as a label with a punched hole.
pub fn badge(tone: Tone, text: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (text) } }
}

/// Names and values, one pair a line.
pub fn facts(pairs: &[(String, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in pairs {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// One figure with its name; `href` leads to the list that makes it.
pub fn stat(label: &str, value: Markup, note: Option<&str>, href: Option<&str>) -> Markup {
    html! {
        div.stat {
            span.name { (label) }
            @match href {
                Some(href) => a.value href=(href) { (value) },
                None => span.value { (value) },
            }
            @if let Some(note) = note { span.note { (note) } }
        }
    }
}

/// A row of figures.
pub fn stats(body: Markup) -> Markup {
    html! { div.stats { (body) } }
}

/// Why there is nothing here and what to do about it.
pub fn empty_state(
    drawing: Drawing,
    title: &str,
    text: &str,
    action: Option<(&str, &str)>,
) -> Markup {
    html! {
        div.empty {
            (drawing)
            h2 { (title) }
            p { (text) }
            @if let Some((href, label)) = action { a.button.primary href=(href) { (label) } }
        }
    }
}
