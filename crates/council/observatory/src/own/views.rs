use maud::{Markup, html};
use web::parts::{self, Column, Dir, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Link, Row};
use crate::WORDS;
use crate::signing::short;

/// Everything on the page.
pub(super) struct Shown<'a> {
    pub link: Option<&'a Link>,
    pub key: &'a str,
    pub rows: &'a [Row],
    pub form: &'a Form,
    pub errors: &'a FormErrors,
    pub may_keep: bool,
}

pub(super) fn show(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let facts = [
        (
            t("own-code"),
            match shown.link {
                Some(link) => html! { code dir="ltr" { (link.code) } },
                None => html! { (t("own-code-none")) },
            },
        ),
        (
            t("own-address"),
            match shown.link {
                Some(link) if !link.address.is_empty() => {
                    html! { span dir="ltr" { (link.address) } }
                }
                _ => html! { (t("own-address-none")) },
            },
        ),
        (t("own-key"), parts::copyable(p, shown.key)),
    ];
    html! {
        (parts::back_link("/observatory", &t("observatory-title")))
        h1 { (t("own-title")) }
        p { (t("own-lead")) }
        (parts::error_summary(p, shown.errors))
        (parts::facts(&facts))
        @if shown.link.is_some() {
            (parts::form(p, "/observatory/own/sign", html! {
                p { (t("own-sign-lead")) }
                (parts::primary_button(&t("own-sign")))
            }))
        }
        @if shown.link.is_some_and(|link| !link.address.is_empty()) {
            (parts::form(p, "/observatory/own/send", html! {
                p { (t("own-send-lead")) }
                (parts::secondary_button(&t("own-send")))
            }))
        }
        (documents(p, shown.rows))
        @if shown.may_keep { (link_form(p, shown)) }
    }
}

// words: own-state-*
fn documents(p: &Page, rows: &[Row]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::figures(t("column-number-in-chain")),
        Column::text(t("column-day")),
        Column::text(t("column-signed")),
        Column::text(t("column-document")),
        Column::text(t("own-state")),
    ];
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            let state = row.state.as_deref().unwrap_or("waiting");
            let tone = match state {
                "sent" => Tone::Good,
                "refused" => Tone::Bad,
                _ => Tone::Plain,
            };
            vec![
                html! { (p.number(row.number)) },
                p.date(row.day),
                p.date(row.signed_at.date()),
                html! { a href={ "/api/v1/statistics/signed/" (row.number) } dir="ltr" { (short(&row.digest)) } },
                html! {
                    (parts::badge(tone, &t(&format!("own-state-{state}"))))
                    @if let (true, Some(code)) = (state == "refused", row.answer.as_deref()) {
                        " " (refusal(p, code))
                    }
                },
            ]
        })
        .collect();
    html! {
        h2 { (t("own-documents")) }
        (parts::table(&t("own-documents"), &columns, &rows, &t("own-documents-empty")))
    }
}

/// The observatory's reason in our words; another program may have reasons we do not know.
fn refusal(p: &Page, code: &str) -> Markup {
    let key = format!("reason-{}", code.replace('_', "-"));
    html! {
        @if WORDS.has(&key) { (p.tr(&WORDS, &key, &[("figure", "".into())])) }
        @else { code dir="ltr" { (code) } }
    }
}

fn link_form(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (form, errors) = (shown.form, shown.errors);
    html! {
        h2 { (t("own-link")) }
        (parts::form(p, "/observatory/own/link", html! {
            (parts::field(p, Field {
                name: "code", label: t("own-code"), value: form.raw("code"), error: errors.get("code"),
                hint: Some(t("own-code-hint")), kind: Kind::Code, required: true, max: Some(40), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "address", label: t("own-address"), value: form.raw("address"), error: errors.get("address"),
                hint: Some(t("own-address-hint")), dir: Some(Dir::Ltr), max: Some(200), ..Field::default()
            }))
            (parts::secondary_button(&t("own-link-keep")))
        }))
    }
}
