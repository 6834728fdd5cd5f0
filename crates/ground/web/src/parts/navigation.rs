//! Ways on: back, tabs, further pages, copying a code.

use maud::{Markup, html};

use crate::WORDS;
use crate::page::Page;

/// One tab; each is a page with an address of its own.
#[derive(Debug, Clone)]
pub struct Tab {
    /// The word shown.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is open now.
    pub current: bool,
    /// How many things are inside, when that helps.
    pub count: Option<i64>,
}

/// Tabs as plain links.
pub fn tabs(p: &Page, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul {
                @for tab in tabs {
                    li {
                        a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                            (tab.label)
                            @if let Some(count) = tab.count { " " bdi.count { (p.number(count)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The way to the page above this one.
pub fn back_link(href: &str, label: &str) -> Markup {
    html! { p.back { a href=(href) { (label) } } }
}

/// Further rows of a long list: `first` leads to its beginning, `next` further on.
pub fn pagination(p: &Page, first: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if first.is_some() || next.is_some() {
            nav.pages aria-label=(p.t(&WORDS, "pages")) {
                @if let Some(href) = first {
                    a.button.secondary href=(href) { (p.t(&WORDS, "first-page")) }
                }
                @if let Some(href) = next {
                    a.button.secondary href=(href) rel="next" { (p.t(&WORDS, "next-page")) }
                }
            }
        }
    }
}

/// A code that is read aloud, typed or copied; always left to right.
pub fn copyable(p: &Page, code: &str) -> Markup {
    html! {
        span.copyable {
            code dir="ltr" { (code) }
            button.quiet type="button" hidden data-copy=(code) data-done=(p.t(&WORDS, "copied")) {
                (p.t(&WORDS, "copy"))
            }
        }
    }
}
