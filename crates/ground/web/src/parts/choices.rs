//! Choices: one of a list, several of a list, yes or no.

use maud::{Markup, html};

use super::fields::{Frame, described_by, hint_and_error, optional, wrap};
use crate::WORDS;
use crate::page::Page;

/// A question with a list of answers.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    /// Name in the form; id of the control, or of the first answer.
    pub name: &'a str,
    /// The question.
    pub label: String,
    /// Each answer: stored value and shown words.
    pub options: Vec<(String, String)>,
    /// The stored value chosen now; empty when none is.
    pub value: &'a str,
    /// What is wrong with the answer.
    pub error: Option<&'a str>,
    /// Why it is asked.
    pub hint: Option<String>,
    /// Optional questions say so.
    pub required: bool,
}

impl Choice<'_> {
    fn frame(&self) -> Frame<'_> {
        Frame {
            name: self.name,
            label: &self.label,
            hint: self.hint.as_deref(),
            error: self.error,
            required: self.required,
        }
    }

    fn described(&self) -> Option<String> {
        described_by(self.name, self.hint.is_some(), self.error.is_some(), None)
    }
}

/// A drop-down list; begins with «choose» so that nothing is answered by accident.
pub fn select(p: &Page, c: Choice) -> Markup {
    wrap(
        p,
        &c.frame(),
        html! {
            select id=(c.name) name=(c.name) required[c.required]
                aria-invalid=[c.error.map(|_| "true")] aria-describedby=[c.described()] {
                option value="" { (p.t(&WORDS, "choose")) }
                @for (value, label) in &c.options {
                    option value=(value) selected[value == c.value] { (label) }
                }
            }
        },
    )
}

/// One answer of a few, all in sight.
pub fn radios(p: &Page, c: Choice) -> Markup {
    group(p, &c, "radio", |value| value == c.value)
}

/// Any number of answers; `chosen` holds the stored values ticked now.
pub fn checkboxes(p: &Page, c: Choice, chosen: &[&str]) -> Markup {
    group(p, &c, "checkbox", |value| chosen.contains(&value))
}

fn group(p: &Page, c: &Choice, kind: &str, chosen: impl Fn(&str) -> bool) -> Markup {
    html! {
        fieldset.field.wrong[c.error.is_some()] aria-describedby=[c.described()] {
            legend { (c.label) (optional(p, c.required)) }
            (hint_and_error(p, &c.frame()))
            div.answers {
                @for (place, (value, label)) in c.options.iter().enumerate() {
                    label.answer {
                        // The first answer has the plain id: the error summary leads to it.
                        @let id = if place == 0 { c.name.to_owned() } else { format!("{}-{place}", c.name) };
                        input id=(id) type=(kind) name=(c.name) value=(value) checked[chosen(value)]
                            aria-invalid=[c.error.map(|_| "true")];
                        span { (label) }
                    }
                }
            }
        }
    }
}

/// One sentence to agree to; posts `yes` when ticked.
pub fn tick(p: &Page, name: &str, label: &str, checked: bool, error: Option<&str>) -> Markup {
    let frame = Frame {
        name,
        label,
        hint: None,
        error,
        required: true,
    };
    html! {
        div.field.wrong[error.is_some()] {
            (hint_and_error(p, &frame))
            label.answer {
                input id=(name) type="checkbox" name=(name) value="yes" checked[checked]
                    aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[described_by(name, false, error.is_some(), None)];
                span { (label) }
            }
        }
    }
}
