//! What is wrong with a form: data that travels back to the page with what was typed.

use maud::{Markup, html};

use crate::WORDS;
use crate::page::Page;

/// Errors by field, in the order they were found. A field may carry several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// No errors yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sentence to a field. An empty field name means the form as a whole.
    pub fn push(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push((field.into(), text.into()));
    }

    /// The first sentence about `field`.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, text)| text.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field and sentence, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(field, text)| (field.as_str(), text.as_str()))
    }
}

/// The list at the top of a page whose form was not accepted; nothing when there is none.
///
/// Each line leads to its field. The layout sees it and prefixes the title with «خطا:».
pub fn error_summary(p: &Page, errors: &FormErrors) -> Markup {
    html! {
        @if !errors.is_empty() {
            div #error-summary .notice.bad role="alert" tabindex="-1" {
                h2 { (p.t(&WORDS, "error-summary-title")) }
                ul {
                    @for (field, text) in errors.iter() {
                        li {
                            @if field.is_empty() { (text) } @else { a href={ "#" (field) } { (text) } }
                        }
                    }
                }
            }
        }
    }
}
