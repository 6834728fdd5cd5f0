//! How signing in looks: one question a page.

use maud::{Markup, html};
use persian::Timestamp;
use uuid::Uuid;
use web::parts::{self, Field, Kind};
use web::{Form, FormErrors, Page};

use crate::{Contact, WORDS};

pub(super) fn phone(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("sign-in-phone-title")) }
        p { (t("sign-in-phone-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/sign-in/phone", html! {
            (parts::field(p, Field {
                name: "phone", label: t("sign-in-phone"), value: form.raw("phone"),
                error: errors.get("phone"), kind: Kind::Tel, required: true,
                autocomplete: Some("tel"), max: Some(40), ..Field::default()
            }))
            (parts::primary_button(&t("sign-in-phone-go")))
        }))
        p { a href="/sign-in/slip" { (t("sign-in-have-slip")) } }
    }
}

pub(super) fn code(p: &Page, code: Uuid, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/sign-in/phone", &t("sign-in-other-phone")))
        h1 { (t("sign-in-code-title")) }
        p { (t("sign-in-code-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/sign-in/phone/{code}"), html! {
            (parts::field(p, Field {
                name: "code", label: t("sign-in-code"), error: errors.get("code"),
                hint: Some(t("sign-in-code-hint")), kind: Kind::Numeric, required: true,
                autocomplete: Some("one-time-code"), max: Some(12), ..Field::default()
            }))
            (parts::primary_button(&t("sign-in-go")))
        }))
    }
}

/// Who of those who share the phone: first names, with the handle to tell namesakes apart.
pub(super) fn who(p: &Page, code: Uuid, ticket: &str, people: &[Contact]) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "sign-in-who-title")) }
        p { (p.t(&WORDS, "sign-in-who-lead")) }
        (parts::form(p, &format!("/sign-in/phone/{code}/who"), html! {
            (parts::hidden("ticket", ticket))
            div.stack {
                @for contact in people {
                    button.secondary type="submit" name="contact" value=(contact.id) {
                        bdi { (contact.first_name) } " " code dir="ltr" { (contact.handle) }
                    }
                }
            }
        }))
    }
}

pub(super) fn slip(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("sign-in-slip-title")) }
        p { (t("sign-in-slip-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/sign-in/slip", html! {
            (parts::field(p, Field {
                name: "handle", label: t("sign-in-handle"), value: form.raw("handle"),
                hint: Some(t("sign-in-handle-hint")), kind: Kind::Code, required: true,
                autocomplete: Some("off"), max: Some(20), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "code", label: t("sign-in-slip-code"), error: errors.get("code"),
                kind: Kind::Numeric, required: true, autocomplete: Some("off"), max: Some(20),
                ..Field::default()
            }))
            (parts::primary_button(&t("sign-in-go")))
        }))
        p { a href="/sign-in/phone" { (t("sign-in-have-phone")) } }
    }
}

/// The page from which staff print a slip.
pub(super) fn print(p: &Page, contact: &Contact, until: Option<Timestamp>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let path = format!("/contacts/{}", contact.id);
    html! {
        (parts::back_link(&path, &contact.shown_name))
        h1 { (t("slip-title")) }
        p { (t("slip-lead")) }
        @if let Some(until) = until {
            (parts::facts(&[
                (t("contact-handle"), parts::copyable(p, &contact.handle)),
                (t("slip-valid-until"), p.date(until.date())),
            ]))
            (parts::buttons(parts::button_link(&format!("{path}/slip/paper"), &t("slip-print"))))
            p { (t("slip-again-lead")) }
            (parts::inline_form(p, &format!("{path}/slip"), parts::secondary_button(&t("slip-again"))))
        } @else {
            (parts::form(p, &format!("{path}/slip"), parts::primary_button(&t("slip-make"))))
        }
    }
}
