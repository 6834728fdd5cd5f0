use maud::{Markup, html};
use uuid::Uuid;
use web::Page;
use web::parts::{self, Kind, Tone};

use super::{Evidence, Proves};
use crate::WORDS;
use crate::forms::Typed;
use crate::plan::views::May;

/// The pieces in a cell of a table, each with its confirmation, and the way to bring another.
pub(crate) fn cell(
    p: &Page,
    pieces: Option<&Vec<Evidence>>,
    kind: &str,
    id: Uuid,
    may: &May,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        @for piece in pieces.into_iter().flatten() {
            p {
                (piece.note)
                @if !piece.reference.is_empty() { " · " bdi { (crate::wording::in_digits(&piece.reference, p.lang)) } }
                " · " (p.date(piece.given_on)) " "
                @if piece.verified_at.is_some() { (parts::badge(Tone::Good, &t("evidence-verified"))) }
                @else { (parts::badge(Tone::Warning, &t("evidence-waits"))) }
            }
            // Whoever recorded it is not offered to confirm it.
            @if may.verify && piece.verified_at.is_none() && (piece.recorded_by.is_none() || piece.recorded_by != may.user) {
                (parts::inline_form(p, &format!("/evidence/{}/verify", piece.id), parts::secondary_button(&t("evidence-verify"))))
            }
        }
        @if may.give { a href={ "/evidence/new?kind=" (kind) "&id=" (id) } { (t("evidence-give")) } }
    }
}

pub(super) fn form(p: &Page, proves: Proves, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let kind = proves.column().trim_end_matches("_id");
    html! {
        h1 { (t("evidence-give")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, "/evidence", html! {
            (parts::hidden("kind", kind))
            (parts::hidden("id", &proves.id().to_string()))
            (typed.field(p, "note", "evidence-note", Kind::Area, true))
            (typed.field(p, "reference", "evidence-reference", Kind::Text, false))
            @if matches!(proves, Proves::Commitment(_)) {
                (typed.field(p, "quantity", "evidence-quantity", Kind::Numeric, true))
            } @else { (parts::hidden("quantity", "1")) }
            (typed.day(p, "given_on", "evidence-day"))
            (parts::primary_button(&t("save")))
        }))
    }
}
