//! How a contact looks.

use maud::{Markup, html};
use persian::Phone;
use persian::digits::local_digits;
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::{Channel, Contact};
use crate::WORDS;
use crate::payees::{self, Payee};

/// What the page of one contact shows.
pub(crate) struct Card<'a> {
    pub contact: &'a Contact,
    pub phone: Option<&'a str>,
    pub companion: Option<&'a Contact>,
    pub payee: Option<&'a Payee>,
    pub may_change: bool,
    pub may_propose: bool,
}

/// A stored number as people here dial it, in the page's digits.
fn dialled(p: &Page, stored: &str) -> String {
    let number = match Phone::parse(stored) {
        Ok(Phone::Mobile(mobile)) => mobile.local(),
        Ok(Phone::Landline(landline)) => landline.local(),
        Err(_) => stored.to_owned(),
    };
    local_digits(&number, p.lang)
}

// words: contact-channel-*
pub(crate) fn show(p: &Page, card: &Card) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let contact = card.contact;
    let mut facts = vec![
        (t("contact-handle"), parts::copyable(p, &contact.handle)),
        (
            t("contact-phone"),
            match card.phone {
                Some(phone) => html! { bdi dir="ltr" { (dialled(p, phone)) } },
                None => html! { (t("contact-no-phone")) },
            },
        ),
        (
            t("contact-channel"),
            html! { (t(&format!("contact-channel-{}", contact.channel))) },
        ),
    ];
    if let Some(companion) = card.companion {
        facts.push((
            t("contact-companion"),
            html! { bdi { (companion.shown_name) } },
        ));
    }
    if !contact.neighbourhood.is_empty() {
        facts.push((
            t("contact-neighbourhood"),
            html! { bdi { (contact.neighbourhood) } },
        ));
    }
    if card.may_propose {
        let payee = match card.payee {
            Some(payee) => payees::line(p, payee),
            None => html! { (t("payee-none")) },
        };
        facts.push((t("payee-title"), payee));
    }
    let path = format!("/contacts/{}", contact.id);
    html! {
        h1 { bdi { (contact.shown_name) } }
        (parts::facts(&facts))
        @if card.may_change {
            (parts::buttons(html! {
                @if card.may_propose {
                    (parts::secondary_link(&format!("{path}/payee"), &t("payee-open")))
                }
                (parts::secondary_link(&format!("{path}/phone"), &t("contact-phone-title")))
                (parts::secondary_link(&format!("{path}/slip"), &t("slip-title")))
            }))
        }
    }
}

pub(crate) fn phone_form(p: &Page, contact: &Contact, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let path = format!("/contacts/{}", contact.id);
    let options = Channel::ALL
        .iter()
        .map(|channel| {
            (
                channel.to_string(),
                t(&format!("contact-channel-{channel}")),
            )
        })
        .collect();
    html! {
        (parts::back_link(&path, &contact.shown_name))
        h1 { (t("contact-phone-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("{path}/phone"), html! {
            (parts::field(p, Field {
                name: "phone", label: t("contact-phone"), value: form.raw("phone"),
                error: errors.get("phone"), hint: Some(t("contact-phone-hint")), kind: Kind::Tel,
                autocomplete: Some("off"), max: Some(40), ..Field::default()
            }))
            (parts::radios(p, Choice {
                name: "channel", label: t("contact-channel-question"), options,
                value: form.raw("channel"), error: errors.get("channel"), required: true,
                ..Choice::default()
            }))
            (parts::primary_button(&t("save")))
        }))
    }
}
