//! How payouts look.

use contacts::Contact;
use maud::{Markup, html};
use persian::Jalali;
use web::parts::{self, Choice, Column, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Batch, BatchState, Conflict, LeftOut, Method, Payout, PayoutState};
use crate::bank::{Debtor, Profile};
use crate::books::EntryRow;
use crate::statements::Statement;
use crate::{WORDS, pages};

mod conflicts;
pub(super) mod left_out;

/// What the list of batches shows.
pub(super) struct Overview<'a> {
    pub batches: &'a [Batch],
    pub next: Option<&'a str>,
    pub is_first: bool,
    pub in_conflict: &'a [(super::BatchId, String)],
    pub account: Option<&'a Debtor>,
    pub may_prepare: bool,
    pub may_approve: bool,
}

// words: batch-* method-* profile-* payout-state-*
fn batch_badge(p: &Page, state: BatchState) -> Markup {
    let tone = match state {
        BatchState::Drafted => Tone::Warning,
        BatchState::Approved | BatchState::Exported => Tone::Active,
        BatchState::Reconciled => Tone::Good,
        BatchState::Withdrawn => Tone::Plain,
    };
    parts::badge(tone, &p.t(&WORDS, &format!("batch-{state}")))
}

fn payout_badge(p: &Page, state: PayoutState) -> Markup {
    let tone = match state {
        PayoutState::Drafted => Tone::Warning,
        PayoutState::InTransit => Tone::Active,
        PayoutState::Confirmed => Tone::Good,
        PayoutState::Failed | PayoutState::Returned => Tone::Bad,
        PayoutState::Withdrawn => Tone::Plain,
    };
    parts::badge(
        tone,
        &p.t(
            &WORDS,
            &format!("payout-state-{}", state.as_str().replace('_', "-")),
        ),
    )
}

fn method_name(p: &Page, method: Method) -> String {
    p.t(&WORDS, &format!("method-{method}"))
}

pub(super) fn overview(p: &Page, shown: &Overview, form: &Form, errors: &FormErrors) -> Markup {
    let rows: Vec<Vec<Markup>> = shown
        .batches
        .iter()
        .map(|one| {
            vec![
                html! { a dir="ltr" href={ "/payouts/" (one.id) } { code dir="ltr" { (one.number) } } },
                html! { (method_name(p, one.method)) },
                p.date(one.pay_on),
                html! { (p.number(one.lines)) },
                p.money(one.total),
                batch_badge(p, one.state),
            ]
        })
        .collect();
    let columns = [
        Column::text(p.t(&WORDS, "number")),
        Column::text(p.t(&WORDS, "method")),
        Column::text(p.t(&WORDS, "pay-on")),
        Column::figures(p.t(&WORDS, "payments")),
        Column::figures(p.t(&WORDS, "total")),
        Column::text(p.t(&WORDS, "state")),
    ];
    let title = p.t(&WORDS, "payouts-title");
    html! {
        h1 { (title) }
        (parts::error_summary(p, errors))
        (pages::tabs(p, "payouts"))
        @if shown.account.is_none() {
            (parts::notice(p, Tone::Warning, html! { p { (p.t(&WORDS, "account-missing")) } }))
        }
        @for (id, number) in shown.in_conflict {
            (parts::notice(p, Tone::Bad, html! {
                p { (p.t(&WORDS, "conflict-open")) " " a href={ "/payouts/" (id) } { (pages::in_digits(p, number)) } }
            }))
        }
        @if shown.may_prepare { (prepare_form(p, form, errors)) }
        p { a href="/payouts/left-out" { (p.t(&WORDS, "left-out-title")) } }
        @if shown.may_approve { (account_form(p, shown.account, form, errors)) }
        (parts::table(&title, &columns, &rows, &p.t(&WORDS, "payouts-empty")))
        (parts::pagination(p, (!shown.is_first).then_some("/payouts"), shown.next))
    }
}

fn prepare_form(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let chosen = |name: &str, first: &str| match form.raw(name) {
        "" => first.to_owned(),
        typed => typed.to_owned(),
    };
    let (method, profile) = (chosen("method", "bank"), chosen("profile", "paya"));
    let pay_on = chosen("pay_on", &Jalali::from(p.now.date()).to_string());
    html! {
        details open[!errors.is_empty()] {
            summary { (p.t(&WORDS, "prepare-title")) }
            p { (p.t(&WORDS, "prepare-lead")) }
            (parts::form(p, "/payouts", html! {
                (parts::radios(p, Choice {
                    name: "method",
                    label: p.t(&WORDS, "method"),
                    options: Method::ALL.iter().map(|one| (one.to_string(), method_name(p, *one))).collect(),
                    value: &method,
                    error: errors.get("method"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::radios(p, Choice {
                    name: "profile",
                    label: p.t(&WORDS, "profile"),
                    options: Profile::ALL.iter().map(|one| (one.to_string(), p.t(&WORDS, &format!("profile-{one}")))).collect(),
                    value: &profile,
                    error: errors.get("profile"),
                    required: true,
                    ..Choice::default()
                }))
                (parts::date_text_field(p, Field {
                    name: "pay_on",
                    label: p.t(&WORDS, "pay-on"),
                    value: &pay_on,
                    error: errors.get("pay_on"),
                    required: true,
                    ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&p.t(&WORDS, "prepare-go"))))
            }))
        }
    }
}

fn account_form(p: &Page, account: Option<&Debtor>, form: &Form, errors: &FormErrors) -> Markup {
    let is_wrong = errors.get("holder_name").is_some() || errors.get("sheba").is_some();
    html! {
        details open[is_wrong] {
            summary { (p.t(&WORDS, "account-title")) }
            @if let Some(account) = account {
                p { bdi { (account.name) } " " code dir="ltr" { (account.sheba) } }
            }
            (parts::form(p, "/payouts/account", html! {
                (parts::field(p, Field {
                    name: "holder_name",
                    label: p.t(&WORDS, "holder-name"),
                    value: form.raw("holder_name"),
                    error: errors.get("holder_name"),
                    required: true,
                    ..Field::default()
                }))
                (parts::field(p, Field {
                    name: "sheba",
                    label: p.t(&WORDS, "sheba"),
                    value: form.raw("sheba"),
                    error: errors.get("sheba"),
                    kind: Kind::Code,
                    required: true,
                    ..Field::default()
                }))
                (parts::buttons(parts::primary_button(&p.t(&WORDS, "account-go"))))
            }))
        }
    }
}

/// What the viewer may do with a batch.
#[derive(Clone, Copy)]
pub(super) struct May {
    pub prepare: bool,
    pub approve: bool,
    /// A bank answers here by HTTP.
    pub hand_over: bool,
    /// In the demo, ask the bank to have closed an account.
    pub close_account: bool,
}

/// What a batch's page shows beside the batch itself.
pub(super) struct Shown<'a> {
    pub payouts: &'a [Payout],
    pub hands: &'a [String],
    pub conflicts: &'a [Conflict],
    pub left_out: &'a [(LeftOut, Contact)],
}

pub(super) fn batch(
    p: &Page,
    one: &Batch,
    shown: &Shown<'_>,
    may: May,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let rows: Vec<Vec<Markup>> = shown.payouts.iter().map(|payout| vec![
        html! { a dir="ltr" href={ "/payments/" (payout.id) } { code dir="ltr" { (payout.reference) } } },
        html! { bdi { (payout.shown_name) } },
        html! { bdi { (payout.payee_name) } @if !payout.sheba_last4.is_empty() { " " code dir="ltr" { "…" (payout.sheba_last4) } } },
        p.money(payout.amount),
        html! { (payout_badge(p, payout.state)) @if !payout.reason.is_empty() { " " bdi { (payout.reason) } } },
    ]).collect();
    let columns = [
        Column::text(p.t(&WORDS, "reference")),
        Column::text(p.t(&WORDS, "maker")),
        Column::text(p.t(&WORDS, "payee")),
        Column::figures(p.t(&WORDS, "amount")),
        Column::text(p.t(&WORDS, "state")),
    ];
    let base = format!("/payouts/{}", one.id);
    html! {
        (parts::back_link("/payouts", &p.t(&WORDS, "payouts-title")))
        h1 { (p.tr(&WORDS, "payout-title", &[("number", pages::in_digits(p, &one.number).into())])) }
        (parts::error_summary(p, errors))
        p { (batch_badge(p, one.state)) }
        (parts::facts(&facts(p, one, shown.hands)))
        @if !shown.conflicts.is_empty() { (conflicts::list(p, shown.conflicts, may.prepare, form, errors)) }
        (steps(p, one, &base, may, form, errors))
        (parts::table(&p.t(&WORDS, "payments"), &columns, &rows, ""))
        @if !shown.left_out.is_empty() {
            h2 { (p.t(&WORDS, "left-out-then")) }
            (left_out::table(p, shown.left_out))
        }
    }
}

fn facts(p: &Page, one: &Batch, hands: &[String]) -> Vec<(String, Markup)> {
    let hand = |at: usize| html! { bdi { (hands.get(at).map_or("", String::as_str)) } };
    let mut facts = vec![
        (
            p.t(&WORDS, "method"),
            html! { (method_name(p, one.method)) },
        ),
        (p.t(&WORDS, "pay-on"), p.date(one.pay_on)),
        (p.t(&WORDS, "total"), p.money(one.total)),
        (
            p.t(&WORDS, "in-words"),
            html! { bdi { (one.total.in_words(p.lang)) } },
        ),
        (
            p.t(&WORDS, "signs-prepared"),
            html! { (hand(0)) " · " (p.moment(one.prepared_at)) },
        ),
    ];
    if let Some(at) = one.approved_at {
        facts.push((
            p.t(&WORDS, "signs-approved"),
            html! { (hand(1)) " · " (p.moment(at)) },
        ));
    }
    if let Some(at) = one.exported_at {
        facts.push((p.t(&WORDS, "exported-at"), p.moment(at)));
    }
    facts
}

/// The next step of a batch, for whoever may take it.
fn steps(p: &Page, one: &Batch, base: &str, may: May, form: &Form, errors: &FormErrors) -> Markup {
    let act = |path: &str, button: Markup| parts::inline_form(p, &format!("{base}/{path}"), button);
    html! {
        @match (one.state, one.method) {
            (BatchState::Drafted, _) => {
                @if may.approve { (act("approval", parts::primary_button(&p.t(&WORDS, "approve-go")))) }
                @else { p { (p.t(&WORDS, "waits-for-approval")) } }
                @if may.prepare { (act("withdrawal", parts::secondary_button(&p.t(&WORDS, "withdraw-go")))) }
            }
            (BatchState::Approved | BatchState::Exported | BatchState::Reconciled, Method::Bank) => {
                @if may.prepare {
                    @if may.hand_over { (hand_over(p, base, may)) }
                    @else { (parts::buttons(act("file", parts::primary_button(&p.t(&WORDS, "file-go"))))) }
                    @if one.state != BatchState::Approved {
                        h2 { (p.t(&WORDS, "result-title")) }
                        (parts::upload_form(p, &format!("{base}/results"), html! {
                            (parts::file_field(p, Field {
                                name: "file",
                                label: p.t(&WORDS, "result-file"),
                                hint: Some(p.t(&WORDS, "result-hint")),
                                value: form.raw("file"),
                                error: errors.get("file"),
                                required: true,
                                ..Field::default()
                            }, ".xml,.csv,text/csv,application/xml"))
                            (parts::buttons(parts::primary_button(&p.t(&WORDS, "result-go"))))
                        }))
                    }
                }
            }
            (BatchState::Approved | BatchState::Exported | BatchState::Reconciled, Method::Counter) => {
                p { a.button.secondary href={ (base) "/sheet" } { (p.t(&WORDS, "sheet-go")) } }
                p { (p.t(&WORDS, "sheet-lead")) }
            }
            (BatchState::Withdrawn, _) => {}
        }
    }
}

/// The file into one's own hands, or by HTTP to the bank that answers so.
fn hand_over(p: &Page, base: &str, may: May) -> Markup {
    html! {
        (parts::buttons(parts::inline_form(
            p,
            &format!("{base}/file"),
            parts::secondary_button(&p.t(&WORDS, "file-go")),
        )))
        (parts::form(p, &format!("{base}/bank"), html! {
            p { (p.t(&WORDS, "bank-lead")) }
            @if may.close_account {
                (parts::tick(p, "closed", &p.t(&WORDS, "bank-closed"), false, None))
            }
            (parts::buttons(parts::primary_button(&p.t(&WORDS, "bank-go"))))
        }))
    }
}

// words: entry-*
#[expect(
    clippy::too_many_arguments,
    reason = "a page shows what it shows; a struct would only rename it"
)]
pub(super) fn payment(
    p: &Page,
    one: &Payout,
    batch: &Batch,
    statements: &[Statement],
    entries: &[EntryRow],
    may_pay: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    html! {
        (parts::back_link(&format!("/payouts/{}", batch.id), &pages::in_digits(p, &batch.number)))
        h1 { (p.tr(&WORDS, "payment-title", &[("reference", pages::in_digits(p, &one.reference).into())])) }
        (parts::error_summary(p, errors))
        p { (payout_badge(p, one.state)) @if !one.reason.is_empty() { " " bdi { (one.reason) } } }
        (parts::facts(&[
            (p.t(&WORDS, "maker"), html! { a href={ "/makers/" (one.handle) "/file" } { bdi { (one.shown_name) } } }),
            (p.t(&WORDS, "payee"), html! { bdi { (one.payee_name) } @if !one.sheba_last4.is_empty() { " " code dir="ltr" { "…" (one.sheba_last4) } } }),
            (p.t(&WORDS, "amount"), html! { (p.money(one.amount)) " · " bdi { (one.amount.in_words(p.lang)) } }),
            (p.t(&WORDS, "bank-reference"), html! { code dir="ltr" { (one.bank_reference) } }),
            (p.t(&WORDS, "settled-on"), match one.settled_on { Some(day) => p.date(day), None => html! { "—" } }),
        ]))
        @if may_pay && one.state == PayoutState::InTransit { (counter_forms(p, one, form, errors)) }
        h2 { (p.t(&WORDS, "statements-title")) }
        ul {
            @for statement in statements {
                li {
                    a dir="ltr" href={ "/statements/" (statement.id) } { (pages_number(p, &one.handle, statement)) }
                    " " (p.money(statement.net))
                }
            }
        }
        h2 { (p.t(&WORDS, "entries") ) }
        ul {
            @for entry in entries {
                li {
                    a href={ "/entries/" (entry.id) } { (p.t(&WORDS, &format!("entry-{}", entry.kind.as_str().replace('_', "-")))) }
                    " · " (p.date(entry.effective_on))
                }
            }
        }
    }
}

fn pages_number(p: &Page, handle: &str, statement: &Statement) -> Markup {
    crate::statements::pages::number(p, handle, statement.number)
}

fn counter_forms(p: &Page, one: &Payout, form: &Form, errors: &FormErrors) -> Markup {
    html! {
        h2 { (p.t(&WORDS, "counter-title")) }
        (parts::form(p, &format!("/payments/{}/confirmation", one.id), html! {
            (parts::field(p, Field {
                name: "witness",
                label: p.t(&WORDS, "witness"),
                hint: Some(p.t(&WORDS, "witness-hint")),
                value: form.raw("witness"),
                error: errors.get("witness"),
                kind: Kind::Code,
                required: true,
                ..Field::default()
            }))
            (parts::buttons(parts::primary_button(&p.t(&WORDS, "confirm-go"))))
        }))
        (parts::form(p, &format!("/payments/{}/failure", one.id), html! {
            (parts::field(p, Field {
                name: "reason",
                label: p.t(&WORDS, "fail-reason"),
                value: form.raw("reason"),
                error: errors.get("reason"),
                required: true,
                ..Field::default()
            }))
            (parts::buttons(parts::secondary_button(&p.t(&WORDS, "fail-go"))))
        }))
    }
}
