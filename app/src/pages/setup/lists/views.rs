use access::Ask;
use axum::response::Response;
use maud::{Markup, html};
use web::parts::{self, Field};
use web::{FormErrors, Outcome, Page};

use super::{Fault, Kind};
use crate::pages::WORDS;

// words: list-*

pub(super) fn page(p: &Page, kind: &Kind, faults: &[Fault], errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let base = format!("/setup/{}", kind.key);
    let headers = [t("list-row"), t("list-column"), t("list-fault")];
    let rows: Vec<Vec<Markup>> = faults
        .iter()
        .map(|fault| {
            let column = kind.columns.get(fault.column).copied().unwrap_or_default();
            vec![
                html! { (p.number(i64::try_from(fault.row).unwrap_or(i64::MAX))) },
                html! { (kind.heading(p.lang, column)) },
                html! { (t(fault.key)) },
            ]
        })
        .collect();
    let title = t(&format!("list-{}", kind.key));
    html! {
        (parts::error_summary(p, errors))
        (parts::back_link("/setup", &t("setup-title")))
        h1 { (title) }
        p { (t(&format!("list-{}-lead", kind.key))) }
        p { (parts::secondary_link(&format!("{base}/form.xlsx"), &t("list-form"))) }
        (parts::upload_form(p, &base, html! {
            (parts::file_field(p, Field {
                name: "file", label: t("list-file"), error: errors.get("file"), required: true, ..Field::default()
            }, ".xlsx,.csv,.ods"))
            (parts::buttons(parts::primary_button(&t("list-take"))))
        }))
        @if !faults.is_empty() {
            h2 { (t("list-faults")) }
            (parts::table(&t("list-faults"), &headers, &rows, ""))
        }
    }
}

pub(super) fn show(ask: &Ask, kind: &Kind) -> Outcome {
    let title = ask.page.t(&WORDS, &format!("list-{}", kind.key));
    ask.html(&title, page(&ask.page, kind, &[], &FormErrors::default()))
}

/// The page again, with what is wrong.
pub(super) fn again(
    ask: &Ask,
    kind: &Kind,
    faults: &[Fault],
    sentence: Option<&str>,
) -> Outcome<Response> {
    let mut errors = FormErrors::default();
    errors.push(
        "file",
        ask.page.t(&WORDS, sentence.unwrap_or("list-has-faults")),
    );
    let title = ask.page.t(&WORDS, &format!("list-{}", kind.key));
    ask.again(&title, page(&ask.page, kind, faults, &errors))
}
