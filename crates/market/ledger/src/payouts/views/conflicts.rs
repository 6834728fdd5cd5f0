//! How the bank's contradictions look on the page of their batch.

use maud::{Markup, html};
use web::parts::{self, Choice, Field, Tone};
use web::{Form, FormErrors, Page};

use crate::payouts::{Conflict, ConflictState, ResultStatus};
use crate::{WORDS, pages};

// words: conflict-said-* conflict-state-*
pub(super) fn list(
    p: &Page,
    conflicts: &[Conflict],
    may_resolve: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        h2 { (p.t(&WORDS, "conflict-title")) }
        @for one in conflicts {
            @let is_open = one.state == ConflictState::Open;
            (parts::notice(p, if is_open { Tone::Bad } else { Tone::Plain }, html! {
                p {
                    a dir="ltr" href={ "/payments/" (one.payout_id) } { code dir="ltr" { (one.reference) } }
                    " " bdi { (one.shown_name) } " · " (p.t(&WORDS, &format!("conflict-said-{}", one.status)))
                    " · " (p.date(one.told_on))
                    @if !one.reason.is_empty() { " · " bdi { (one.reason) } }
                    @if !one.bank_reference.is_empty() { " · " code dir="ltr" { (one.bank_reference) } }
                }
                @if !is_open {
                    p { (p.t(&WORDS, &format!("conflict-state-{}", one.state.as_str().replace('_', "-")))) ": " bdi { (one.note) } }
                }
            }))
            @if is_open && may_resolve { (resolution(p, one, form, errors)) }
        }
    }
}

fn resolution(p: &Page, one: &Conflict, form: &Form, errors: &FormErrors) -> Markup {
    let (outcome, note) = (format!("outcome_{}", one.id), format!("note_{}", one.id));
    let outcomes: &[ConflictState] = match one.status {
        ResultStatus::Paid => &[ConflictState::PaidAfterAll, ConflictState::Explained],
        _ => &[ConflictState::Explained],
    };
    let options = outcomes
        .iter()
        .map(|it| {
            let word = format!("conflict-state-{}", it.as_str().replace('_', "-"));
            (it.to_string(), p.t(&WORDS, &word))
        })
        .collect();
    parts::form(
        p,
        &format!("/payout-conflicts/{}/resolution", one.id),
        html! {
            (parts::radios(p, Choice {
                name: &outcome,
                label: p.tr(&WORDS, "conflict-outcome", &[("reference", pages::in_digits(p, &one.reference).into())]),
                options,
                value: form.raw(&outcome),
                error: errors.get(&outcome),
                required: true,
                ..Choice::default()
            }))
            (parts::field(p, Field {
                name: &note,
                label: p.t(&WORDS, "conflict-note"),
                value: form.raw(&note),
                error: errors.get(&note),
                required: true,
                ..Field::default()
            }))
            (parts::buttons(parts::secondary_button(&p.t(&WORDS, "conflict-go"))))
        },
    )
}
