use maud::{Markup, html};
use organizations::Organization;
use web::parts::{self, Column, Field};
use web::{FormErrors, Page};

use super::{AnswerKind, FileFault, ResolutionAnswer, kind_word, link_views, way_word};
use crate::WORDS;
use crate::forms::Typed;
use crate::resolutions::{Resolution, views as resolution_views};
use crate::wording::{in_digits, number_of_year};

/// What a body was asked, its file, and the way the file comes back.
pub(super) fn body(
    p: &Page,
    body: &Organization,
    asked: &[Resolution],
    is_own: bool,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    let columns = [
        Column::text(t("resolution")),
        Column::text(t("due")),
        Column::text(t("answer")),
        Column::text(t("where-it-stands")),
    ];
    let rows: Vec<Vec<Markup>> = asked
        .iter()
        .map(|one| {
            let text = format!(
                "{} · {}",
                number_of_year(one.year, one.number, p.lang),
                one.wording
            );
            let place = if is_own { "/asked" } else { "" };
            vec![
                html! { a href={ (place) "/resolutions/" (one.id) } { (text) } },
                resolution_views::due(p, one),
                resolution_views::answer(p, one),
                resolution_views::state(p, one.state(today)),
            ]
        })
        .collect();
    let base = format!("/asked/bodies/{}/file", body.id);
    html! {
        h2 { bdi { (body.name(p.lang)) } }
        (parts::table(&t("asked-table"), &columns, &rows, &t("asked-none")))
        @if !asked.is_empty() {
            p { (parts::secondary_link(&base, &t("asked-file"))) }
            (parts::upload_form(p, &base, html! {
                (parts::file_field(p, Field {
                    name: "file", label: t("asked-file-back"), error: errors.get("file"), required: true, ..Field::default()
                }, ".xlsx,.ods,.csv"))
                (parts::secondary_button(&t("asked-file-send")))
            }))
        }
    }
}

/// A resolution at the body's desk.
pub(super) fn show(
    p: &Page,
    one: &Resolution,
    answers: &[ResolutionAnswer],
    chosen: Option<AnswerKind>,
    typed: Typed<'_>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let base = format!("/asked/resolutions/{}", one.id);
    html! {
        (parts::back_link("/asked", &t("asked-title")))
        h1 { (t("resolution")) " " (number_of_year(one.year, one.number, p.lang)) }
        (parts::error_summary(p, typed.errors))
        p { (resolution_views::state(p, one.state(p.now.date()))) }
        blockquote { p { (one.wording) } }
        (parts::facts(&[
            (t("responsible-body"), html! { bdi { (one.body(p.lang)) } " · " (one.responsible) }),
            (t("article"), html! { code dir="ltr" { (one.eid) } }),
            (t("due"), resolution_views::due(p, one)),
            (t("evidence-asked"), html! { (one.evidence_asked) }),
        ]))
        h2 { (t("answers-title")) }
        (list(p, answers))
        @if !one.is_over(p.now.date()) {
            h2 { (t("asked-answer")) }
            @match chosen {
                None => (parts::buttons(html! { @for kind in AnswerKind::ALL {
                    (parts::secondary_link(&format!("{base}?choose={kind}"), &kind_word(p, *kind)))
                } })),
                Some(kind) => {
                    h3 { (kind_word(p, kind)) }
                    (parts::form(p, &base, html! {
                        (parts::hidden("kind", kind.as_str()))
                        (link_views::fields(p, kind, typed))
                        (parts::primary_button(&t("answer-send")))
                    }))
                }
            }
        }
    }
}

/// Answers, each with what it is, how it came and its day.
pub(crate) fn list(p: &Page, answers: &[ResolutionAnswer]) -> Markup {
    html! {
        @if answers.is_empty() { p { (p.t(&WORDS, "silence")) } }
        @else { ul { @for answer in answers {
            li {
                strong { (kind_word(p, answer.kind)) } ": " (answer.wording)
                @if !answer.reference.is_empty() { " · " bdi { (in_digits(&answer.reference, p.lang)) } }
                " · " (p.date(answer.answered_on)) " · " (way_word(p, answer.way))
            }
        } } }
    }
}

// words: asked-fault-*
/// A row of a file that could not be kept, and why.
pub(super) fn fault(p: &Page, fault: &FileFault) -> String {
    let why = match fault.code.as_str() {
        code @ ("unknown_number"
        | "kind_not_understood"
        | "wording_missing"
        | "resolution_closed"
        | "resolution_proven") => code,
        _ => "other",
    };
    let why = p.t(&WORDS, &format!("asked-fault-{}", why.replace('_', "-")));
    let args = [("row", fault.row.into()), ("why", why.into())];
    web::words::plain(&p.tr(&WORDS, "asked-fault", &args)).into_owned()
}
