use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, Choice, Field};
use web::{Form, FormErrors, Page};

use super::SavedView;
use crate::figures::{Breakdown, Definition};
use crate::{FIGURE_READ, WORDS};

// words: saved-* reader-* breakdown-*
/// The kept views as links; her own can be let go.
pub(crate) fn list(p: &Page, saved: &[SavedView], user: Option<Uuid>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        @if !saved.is_empty() {
            h2 { (t("saved-heading")) }
            ul {
                @for view in saved {
                    li {
                        a href=(view.href()) { bdi { (view.name) } }
                        @if let Some(role) = view.role { " — " (t(&format!("reader-{}", role.as_str()))) }
                        @if Some(view.made_by) == user {
                            " "
                            (parts::inline_form(p, &format!("/figures/views/{}/let-go", view.id), html! {
                                button.secondary aria-label=(p.tr(&WORDS, "saved-let-go-named", &[("name", view.name.as_str().into())])) {
                                    (t("saved-let-go"))
                                }
                            }))
                        }
                    }
                }
            }
        }
    }
}

/// The roles that read figures, with their names.
pub(crate) fn readers(p: &Page) -> Vec<(String, String)> {
    FIGURE_READ
        .roles
        .iter()
        .map(|role| {
            (
                role.as_str().to_owned(),
                p.t(&WORDS, &format!("reader-{}", role.as_str())),
            )
        })
        .collect()
}

pub(super) fn form(
    p: &Page,
    definition: &Definition,
    by: Breakdown,
    may_share: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link(&format!("/figures/{}?by={}", definition.code, by.as_str()), definition.name(p.lang)))
        h1 { (t("saved-title")) }
        p { (definition.name(p.lang)) " — " (t(&format!("breakdown-{}", by.as_str()))) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/figures/{}/keep", definition.code), html! {
            (parts::hidden("breakdown", by.as_str()))
            (parts::field(p, Field {
                name: "name", label: t("saved-name"), value: form.raw("name"), error: errors.get("name"),
                required: true, ..Field::default()
            }))
            @if may_share {
                (parts::select(p, Choice {
                    name: "role", label: t("saved-role"), options: readers(p), value: form.raw("role"),
                    error: errors.get("role"), hint: Some(t("saved-role-hint")), ..Choice::default()
                }))
            }
            (parts::primary_button(&t("saved-save")))
        }))
    }
}
