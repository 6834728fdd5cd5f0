//! Forms: one way to post, with the one-time key in each.

use maud::{Markup, html};

use crate::page::Page;
use crate::{KEY_FIELD, WORDS};

/// A form that posts to `action`. The server checks everything, so the browser does not.
pub fn form(p: &Page, action: &str, body: Markup) -> Markup {
    html! {
        form.stack method="post" action=(action) novalidate data-guard {
            (form_key(p))
            (body)
        }
    }
}

/// A form that also sends files.
pub fn upload_form(p: &Page, action: &str, body: Markup) -> Markup {
    html! {
        form.stack method="post" action=(action) enctype="multipart/form-data" novalidate data-guard {
            (form_key(p))
            (body)
        }
    }
}

/// One act in place: a button or two inside a row, with hidden values.
pub fn inline_form(p: &Page, action: &str, body: Markup) -> Markup {
    html! {
        form.inline method="post" action=(action) novalidate {
            (form_key(p))
            (body)
        }
    }
}

/// A search box with its button; `extra` holds further filters. The `/` key leads here.
pub fn search_form(p: &Page, action: &str, label: &str, value: &str, extra: Markup) -> Markup {
    html! {
        form.search method="get" action=(action) role="search" {
            label for="q" { (label) }
            div.row {
                input #q type="search" name="q" value=(value) dir="auto" maxlength="200"
                    autocomplete="off" data-search;
                button.primary { (p.t(&WORDS, "search")) }
            }
            (extra)
        }
    }
}

/// Fields that belong together under one legend.
pub fn fieldset(legend: &str, body: Markup) -> Markup {
    html! { fieldset.group { legend { (legend) } (body) } }
}

/// The row of buttons that ends a form.
pub fn buttons(body: Markup) -> Markup {
    html! { div.buttons { (body) } }
}

/// Buttons that stay in sight at the foot of a long form.
pub fn save_bar(body: Markup) -> Markup {
    html! { div.buttons.save-bar { (body) } }
}

fn form_key(p: &Page) -> Markup {
    html! { input type="hidden" name=(KEY_FIELD) value=(p.form_key); }
}
