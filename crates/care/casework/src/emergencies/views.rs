use access::emergencies::{self, Emergency};
use maud::{Markup, html};
use persian::Timestamp;
use web::parts::{self, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::Opened;
use crate::WORDS;
use crate::shown::Fields;

/// The form: which case, and why.
pub(super) fn form(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link("/cases", &t("cases-title")))
        h1 { (t("emergency-title")) }
        (parts::notice(p, Tone::Warning, html! { p { (t("emergency-lead")) } }))
        (parts::error_summary(p, errors))
        (parts::form(p, "/emergencies", html! {
            (fields.text("emergency_case", Kind::Code, true))
            (fields.text("emergency_reason", Kind::Area, true))
            (parts::save_bar(parts::primary_button(&t("emergency-open"))))
        }))
    }
}

/// Who opened this case in an emergency; nothing when nobody did.
pub(crate) fn panel(
    p: &Page,
    found: &[(Emergency, String)],
    own_until: Option<Timestamp>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        @if let Some(until) = own_until {
            (parts::notice(p, Tone::Warning, html! { p { (t("emergency-reading")) " " (p.moment(until)) } }))
        }
        @if !found.is_empty() {
            h2 { (t("emergency-was")) }
            (emergencies::table(p, found))
        }
    }
}

/// The owner is told which of the cases were opened, and by whom.
pub(crate) fn told(p: &Page, opened: &[Opened]) -> Markup {
    html! {
        @if !opened.is_empty() {
            (parts::notice(p, Tone::Warning, html! {
                p { strong { (p.t(&WORDS, "emergency-told")) } }
                ul {
                    @for one in opened {
                        li {
                            a href={ "/cases/" (one.case_id) } { code dir="ltr" { (one.code) } }
                            " · " bdi { (one.actor) } " · " (p.moment(one.happened_at))
                        }
                    }
                }
            }))
        }
    }
}
