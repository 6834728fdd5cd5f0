//! How payees look.

use maud::{Markup, html};
use web::parts::{self, Choice, Column, Dir, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{NameCheck, Payee, PayeeKind, PayeeState, Reasons};
use crate::{Contact, WORDS};

// words: payee-kind-* payee-state-* payee-name-*
fn kind_words(p: &Page, kind: PayeeKind) -> String {
    p.t(
        &WORDS,
        &format!("payee-kind-{}", kind.as_str().replace('_', "-")),
    )
}

fn state_tag(p: &Page, state: PayeeState) -> Markup {
    let tone = match state {
        PayeeState::Proposed => Tone::Warning,
        PayeeState::Approved => Tone::Good,
        PayeeState::Refused => Tone::Bad,
        PayeeState::Ended => Tone::Plain,
    };
    parts::badge(tone, &p.t(&WORDS, &format!("payee-state-{state}")))
}

fn check_words(p: &Page, check: NameCheck) -> String {
    let key = format!("payee-name-{}", check.as_str().replace('_', "-"));
    p.t(&WORDS, &key)
}

/// What the bank said of the name, and why another name was no hindrance.
fn name_check(p: &Page, payee: &Payee, reasons: &Reasons) -> Markup {
    let differs = payee.name_check == NameCheck::Differs;
    html! {
        @if differs { (parts::badge(Tone::Warning, &check_words(p, payee.name_check))) }
        @else { (check_words(p, payee.name_check)) }
        @if !reasons.check.is_empty() { ": " bdi { (reasons.check) } }
    }
}

/// A payee in one line: kind, holder and the account's last digits.
pub fn line(p: &Page, payee: &Payee) -> Markup {
    html! {
        (kind_words(p, payee.kind))
        @if payee.kind == PayeeKind::Proxy { ": " bdi { (payee.holder_name) } }
        @if !payee.sheba_last4.is_empty() { " " bdi dir="ltr" { "…" (payee.sheba_last4) } }
    }
}

/// The page of one contact's payees, with the form for another.
pub(super) fn contact(
    p: &Page,
    contact: &Contact,
    companion: Option<&Contact>,
    history: &[(Payee, Reasons)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = ["payee-account", "payee-state", "payee-since"].map(|key| Column::text(t(key)));
    let rows: Vec<Vec<Markup>> = history
        .iter()
        .map(|(payee, reasons)| {
            vec![
                line(p, payee),
                html! {
                    (state_tag(p, payee.state))
                    @if payee.name_check == NameCheck::Differs { " " (name_check(p, payee, reasons)) }
                },
                p.moment(payee.changed_at),
            ]
        })
        .collect();
    html! {
        (parts::back_link(&format!("/contacts/{}", contact.id), &contact.shown_name))
        h1 { (t("payee-title")) }
        (parts::error_summary(p, errors))
        (parts::table(&t("payee-history"), &columns, &rows, &t("payee-none")))
        h2 { (t("payee-propose-title")) }
        p { (t("payee-propose-lead")) }
        @if let Some(companion) = companion {
            (parts::facts(&[(t("contact-companion"), html! { bdi { (companion.shown_name) } })]))
        }
        (propose_form(p, contact, form, errors))
    }
}

fn propose_form(p: &Page, contact: &Contact, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let options = PayeeKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), kind_words(p, *kind)))
        .collect();
    let text = |name: &'static str, key: &str, hint: &str, most: u32| {
        parts::field(
            p,
            Field {
                name,
                label: t(key),
                value: form.raw(name),
                error: errors.get(name),
                hint: Some(t(hint)),
                max: Some(most),
                ..Field::default()
            },
        )
    };
    parts::form(
        p,
        &format!("/contacts/{}/payee", contact.id),
        html! {
            (parts::radios(p, Choice {
                name: "kind", label: t("payee-kind"), options, value: form.raw("kind"),
                error: errors.get("kind"), required: true, ..Choice::default()
            }))
            (parts::field(p, Field {
                name: "sheba", label: t("payee-sheba"), value: form.raw("sheba"),
                error: errors.get("sheba"), hint: Some(t("payee-sheba-hint")), kind: Kind::Code,
                dir: Some(Dir::Ltr), max: Some(50), autocomplete: Some("off"), ..Field::default()
            }))
            (text("holder_name", "payee-holder", "payee-holder-hint", 120))
            (text("reason", "payee-reason", "payee-reason-hint", 300))
            (parts::buttons(parts::primary_button(&t("payee-propose"))))
        },
    )
}

/// The list of payees that wait.
pub(super) fn list(p: &Page, rows: &[(Payee, Contact)], next: Option<&str>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = ["payee-whose", "payee-account", "payee-since", "payee-act"]
        .map(|key| Column::text(t(key)));
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(payee, contact)| {
            vec![
                html! { bdi { (contact.shown_name) } },
                line(p, payee),
                p.moment(payee.changed_at),
                html! { a href={ "/payees/" (payee.id) } { (t("payee-look")) } },
            ]
        })
        .collect();
    html! {
        h1 { (t("payees-title")) }
        p { (t("payees-lead")) }
        (parts::table(&t("payees-title"), &columns, &cells, &t("payees-empty")))
        (parts::pagination(p, None, next))
    }
}

/// The account's holder; of another person's account, whether the name is her guardian's.
fn holder(p: &Page, payee: &Payee, companion: Option<&Contact>) -> Markup {
    let folded = |name: &str| persian::fold(name);
    let is_companion = payee.kind == PayeeKind::Proxy
        && companion.is_some_and(|one| folded(&one.shown_name) == folded(&payee.holder_name));
    html! {
        bdi { (payee.holder_name) }
        @if is_companion {
            " " (parts::badge(Tone::Plain, &p.t(&WORDS, "payee-holder-companion")))
        }
    }
}

/// One payee, to be approved or refused.
pub(super) fn decide(
    p: &Page,
    (payee, reasons): (&Payee, &Reasons),
    contact: &Contact,
    companion: Option<&Contact>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut facts = vec![
        (t("payee-whose"), html! { bdi { (contact.shown_name) } }),
        (t("contact-handle"), parts::copyable(p, &contact.handle)),
        (t("payee-kind"), html! { (kind_words(p, payee.kind)) }),
        (t("payee-state"), state_tag(p, payee.state)),
        (t("payee-holder"), holder(p, payee, companion)),
    ];
    if let Some(companion) = companion {
        facts.push((
            t("contact-companion"),
            html! { bdi { (companion.shown_name) } },
        ));
    }
    if !payee.sheba_last4.is_empty() {
        facts.push((
            t("payee-sheba"),
            html! { bdi dir="ltr" { "IR…" (payee.sheba_last4) } },
        ));
    }
    if !reasons.proxy.is_empty() {
        facts.push((t("payee-reason"), html! { bdi { (reasons.proxy) } }));
    }
    if payee.state != PayeeState::Proposed {
        facts.push((t("payee-name-check"), name_check(p, payee, reasons)));
    }
    let checks = NameCheck::ALL
        .iter()
        .map(|check| (check.to_string(), check_words(p, *check)))
        .collect();
    html! {
        (parts::back_link("/payees", &t("payees-title")))
        h1 { (t("payee-decide-title")) }
        (parts::error_summary(p, errors))
        (parts::facts(&facts))
        @if payee.state == PayeeState::Proposed {
            (parts::form(p, &format!("/payees/{}/approval", payee.id), html! {
                (parts::radios(p, Choice {
                    name: "name_check", label: t("payee-name-check"), options: checks,
                    value: form.raw("name_check"), error: errors.get("name_check"),
                    hint: Some(t("payee-name-check-hint")), required: true
                }))
                (parts::field(p, Field {
                    name: "check_reason", label: t("payee-check-reason"), value: form.raw("check_reason"),
                    error: errors.get("check_reason"), hint: Some(t("payee-check-reason-hint")),
                    max: Some(300), ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&t("payee-approve"))))
            }))
            (parts::inline_form(p, &format!("/payees/{}/refusal", payee.id), html! {
                (parts::secondary_button(&t("payee-refuse")))
            }))
        }
    }
}
