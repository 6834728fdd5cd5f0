//! Buttons: each carries a verb; never an arrow alone.

use maud::{Markup, html};

/// The one main act of a page.
pub fn primary_button(label: &str) -> Markup {
    html! { button.primary type="submit" { (label) } }
}

/// Another act beside the main one.
pub fn secondary_button(label: &str) -> Markup {
    html! { button.secondary type="submit" { (label) } }
}

/// An act that cannot be taken back. Ask once more before showing it.
pub fn danger_button(label: &str) -> Markup {
    html! { button.danger type="submit" { (label) } }
}

/// A submit button that says which one was pressed; `is_main` for the leading answer.
pub fn choice_button(name: &str, value: &str, label: &str, is_main: bool) -> Markup {
    let class = if is_main { "primary" } else { "secondary" };
    html! { button class=(class) type="submit" name=(name) value=(value) { (label) } }
}

/// A link that looks like the main act.
pub fn button_link(href: &str, label: &str) -> Markup {
    html! { a.button.primary href=(href) { (label) } }
}

/// A link that looks like another act.
pub fn secondary_link(href: &str, label: &str) -> Markup {
    html! { a.button.secondary href=(href) { (label) } }
}
