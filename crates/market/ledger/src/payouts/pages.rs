//! Payouts as pages: preparing, the second hand, the bank's file and answer, the counter.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use contacts::Contact;
use db::Conn;
use documents::papers::{Fact, Letterhead, PayoutLine, PayoutSheet, Printed as _, Signatory};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, Page, Upload};

use super::{
    ApprovePayouts, Batch, BatchId, ConfirmCounterPayout, ConflictState, FailCounterPayout,
    ImportResult, Imported, LeftOut, Method, Payout, PayoutId, PreparePayouts, ResolveConflict,
    WithdrawPayouts, conflicts, file, hand_over, queries, views,
};
use crate::bank::{Profile, SetPayingAccount, paying_account};
use crate::{MONEY_READ, PAYOUT_APPROVE, PAYOUT_PREPARE, WORDS, statements};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&MONEY_READ);
    let prepare = Need::May(&PAYOUT_PREPARE);
    Routes::new()
        .get("/payouts", read, list)
        .post("/payouts", prepare, create)
        .post(
            "/payouts/account",
            Need::Proved(&PAYOUT_APPROVE),
            set_account,
        )
        .get("/payouts/{id}", read, show)
        .post(
            "/payouts/{id}/approval",
            Need::Proved(&PAYOUT_APPROVE),
            approve,
        )
        .post("/payouts/{id}/withdrawal", prepare, withdraw)
        .post("/payouts/{id}/file", Need::Proved(&PAYOUT_PREPARE), export)
        .post("/payouts/{id}/results", prepare, import)
        .get("/payouts/left-out", read, left_out)
        .post(
            "/payout-conflicts/{id}/resolution",
            prepare,
            resolve_conflict,
        )
        .post("/payouts/{id}/bank", Need::Proved(&PAYOUT_PREPARE), to_bank)
        .get("/payouts/{id}/sheet", read, sheet)
        .get("/payments/{id}", read, payment)
        .post("/payments/{id}/confirmation", prepare, confirm)
        .post("/payments/{id}/failure", prepare, fail)
}

#[derive(Deserialize, Default)]
struct Cursor {
    before: Option<Uuid>,
}

const PAGE: i64 = 50;

async fn list(ask: Ask, Query(cursor): Query<Cursor>) -> Outcome {
    list_page(&ask, cursor, &Form::default(), &FormErrors::default()).await
}

async fn list_page(ask: &Ask, cursor: Cursor, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let mut batches = queries::list_batches(&mut conn, cursor.before, PAGE + 1).await?;
    let has_more = batches.len() as i64 > PAGE;
    batches.truncate(PAGE as usize);
    let next = batches
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/payouts?before={}", last.id));
    let in_conflict = conflicts::open_batches(&mut conn).await?;
    let account = paying_account(&mut conn, ask.now()).await?;
    let shown = views::Overview {
        batches: &batches,
        next: next.as_deref(),
        is_first: cursor.before.is_none(),
        in_conflict: &in_conflict,
        account: account.as_ref(),
        may_prepare: PAYOUT_PREPARE.is_held_by(&ask.viewer),
        may_approve: PAYOUT_APPROVE.is_held_by(&ask.viewer),
    };
    let title = ask.page.t(&WORDS, "payouts-title");
    let body = views::overview(&ask.page, &shown, form, errors);
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let method = read.choice::<Method>("method");
    let profile = read.choice::<Profile>("profile");
    let pay_on = read.date("pay_on");
    let mut errors = std::mem::take(&mut read.errors);
    if let (Some(method), Some(profile), Some(pay_on)) = (method, profile, pay_on) {
        let id = BatchId::new(form.key()?);
        let outcome = ask
            .post(
                &form,
                PreparePayouts {
                    id,
                    method,
                    profile,
                    pay_on,
                },
            )
            .await;
        if ask.refused(outcome, &mut errors)?.is_some() {
            return ask.see(format!("/payouts/{id}"));
        }
    }
    list_page(&ask, Cursor::default(), &form, &errors).await
}

async fn set_account(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let name = read.text("holder_name", 120);
    let sheba = read.sheba("sheba");
    let errors = std::mem::take(&mut read.errors);
    let (Some(name), Some(sheba)) = (name, sheba) else {
        return list_page(&ask, Cursor::default(), &form, &errors).await;
    };
    ask.post(&form, SetPayingAccount::new(form.key()?, name, &sheba))
        .await?;
    ask.see_with("/payouts", &ask.page.t(&WORDS, "account-set"))
}

async fn show(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    batch_page(&ask, id, &Form::default(), &FormErrors::default()).await
}

async fn batch_page(ask: &Ask, id: BatchId, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = queries::batch(&mut conn, id).await?;
    let payouts = queries::of_batch(&mut conn, id).await?;
    let mut hands = vec![
        access::users::account(&mut conn, batch.prepared_by)
            .await?
            .shown_name,
    ];
    if let Some(user) = batch.approved_by {
        hands.push(access::users::account(&mut conn, user).await?.shown_name);
    }
    let conflicts = conflicts::of_batch(&mut conn, id).await?;
    let left_out = queries::left_out(&mut conn, id).await?;
    let left_out = named(&mut conn, left_out).await?;
    let may = views::May {
        prepare: PAYOUT_PREPARE.is_held_by(&ask.viewer),
        approve: PAYOUT_APPROVE.is_held_by(&ask.viewer)
            && ask.viewer.user_id() != Some(batch.prepared_by),
        hand_over: ask.city.bank.is_some(),
        close_account: ask.city.is_demo,
    };
    let title = ask.page.tr(
        &WORDS,
        "payout-title",
        &[(
            "number",
            crate::pages::in_digits(&ask.page, &batch.number).into(),
        )],
    );
    let shown = views::Shown {
        payouts: &payouts,
        hands: &hands,
        conflicts: &conflicts,
        left_out: &left_out,
    };
    let body = views::batch(&ask.page, &batch, &shown, may, form, errors);
    let paid = payouts.iter().map(|one| one.contact_id.get());
    let people = paid.chain(left_out.iter().map(|(one, _)| one.contact_id.get()));
    ask.seen("payout_batch", Some(id.get()), people.collect())
        .await?;
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

async fn approve(ask: Ask, Path(id): Path<BatchId>, form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let outcome = ask.post(&form, ApprovePayouts { batch: id }).await;
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see_with(
            format!("/payouts/{id}"),
            &ask.page.t(&WORDS, "approve-done"),
        ),
        None => batch_page(&ask, id, &form, &errors).await,
    }
}

async fn withdraw(ask: Ask, Path(id): Path<BatchId>, form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let outcome = ask.post(&form, WithdrawPayouts { batch: id }).await;
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see_with("/payouts", &ask.page.t(&WORDS, "withdraw-done")),
        None => batch_page(&ask, id, &form, &errors).await,
    }
}

async fn export(ask: Ask, Path(id): Path<BatchId>, form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let outcome = file::export(&ask, id).await;
    match ask.refused(outcome, &mut errors)? {
        Some(file) => ask.download(&file.name, file.kind, file.bytes),
        None => batch_page(&ask, id, &form, &errors).await,
    }
}

/// Reads a file of the bank's answer; a fault becomes a sentence.
pub(crate) async fn take_in(ask: &Ask, id: BatchId, bytes: &[u8]) -> Outcome<Imported> {
    let batch = queries::batch(&mut ask.read().await?, id).await?;
    let lines = batch
        .profile
        .read_result(bytes)
        .map_err(|fault| Failure::Unreadable(fault.to_string()))?;
    let digest = Sha256::digest(bytes).to_vec();
    ask.write(ImportResult {
        id: ask.city.db.new_id(),
        batch: id,
        digest,
        lines,
    })
    .await
}

async fn import(ask: Ask, Path(id): Path<BatchId>, upload: Upload) -> Outcome {
    let Some(file) = upload.file("file") else {
        let mut errors = FormErrors::default();
        errors.push("file", ask.page.t(&WORDS, "result-missing"));
        return batch_page(&ask, id, &upload.form, &errors).await;
    };
    let outcome = take_in(&ask, id, &file.bytes).await;
    told(&ask, id, &upload.form, outcome).await
}

/// Hands the file to the bank by HTTP and reads its answer in, where a bank answers so.
async fn to_bank(ask: Ask, Path(id): Path<BatchId>, form: Form) -> Outcome {
    let bank = ask.city.bank.clone().ok_or(Failure::NotFound)?;
    let closed = usize::from(ask.city.is_demo && form.has("closed"));
    let outcome = hand_over::hand_over(&ask, bank, id, closed).await;
    told(&ask, id, &form, outcome).await
}

/// The batch again, with what the bank's answer changed or why it could not be read.
async fn told(ask: &Ask, id: BatchId, form: &Form, outcome: Outcome<Imported>) -> Outcome {
    let mut errors = FormErrors::default();
    let p = &ask.page;
    let outcome = match outcome {
        Err(Failure::Unreadable(fault)) => {
            tracing::info!(fault, "a bank result cannot be read");
            errors.push("file", p.t(&WORDS, "result-unreadable"));
            return batch_page(ask, id, form, &errors).await;
        }
        other => other,
    };
    let Some(imported) = ask.refused(outcome, &mut errors)? else {
        return batch_page(ask, id, form, &errors).await;
    };
    let flash = match imported.is_repeat {
        true => p.t(&WORDS, "result-known"),
        false => p.tr(
            &WORDS,
            "result-done",
            &[
                ("paid", imported.paid.into()),
                ("failed", (imported.failed + imported.returned).into()),
                ("unchanged", imported.unchanged.into()),
                ("conflicts", imported.conflicts.into()),
            ],
        ),
    };
    ask.see_with(format!("/payouts/{id}"), &flash)
}

/// Makers by name, for those who are left out.
async fn named(conn: &mut Conn, left_out: Vec<LeftOut>) -> Outcome<Vec<(LeftOut, Contact)>> {
    let mut named = Vec::with_capacity(left_out.len());
    for one in left_out {
        let maker = contacts::get(conn, one.contact_id).await?;
        named.push((one, maker));
    }
    Ok(named)
}

/// Whose money waits now, and why.
async fn left_out(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let waiting = queries::waiting(&mut conn, ask.now()).await?;
    let waiting = named(&mut conn, waiting).await?;
    let people = waiting.iter().map(|(one, _)| one.contact_id.get());
    ask.seen("payout", None, people.collect()).await?;
    let title = ask.page.t(&WORDS, "left-out-title");
    ask.html(&title, views::left_out::page(&ask.page, &waiting))
}

async fn resolve_conflict(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let batch = conflicts::batch_of(&mut ask.read().await?, id).await?;
    let mut read = form.read(&ask.page);
    let outcome = read.choice::<ConflictState>(&format!("outcome_{id}"));
    let note = read.text(&format!("note_{id}"), 200);
    let mut errors = std::mem::take(&mut read.errors);
    if let (Some(outcome), Some(note)) = (outcome, note) {
        let answer = ask.post(&form, ResolveConflict { id, outcome, note }).await;
        let mut refused = FormErrors::default();
        if ask.refused(answer, &mut refused)?.is_some() {
            let done = ask.page.t(&WORDS, "conflict-done");
            return ask.see_with(format!("/payouts/{batch}"), &done);
        }
        for (field, sentence) in refused.iter() {
            let field = match field {
                "" => String::new(),
                field => format!("{field}_{id}"),
            };
            errors.push(&field, sentence);
        }
    }
    batch_page(&ask, batch, &form, &errors).await
}

async fn sheet(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = queries::batch(&mut conn, id).await?;
    if batch.method != Method::Counter {
        return Err(Failure::NotFound);
    }
    let payouts = queries::of_batch(&mut conn, id).await?;
    ask.seen(
        "payout_batch",
        Some(id.get()),
        payouts.iter().map(|one| one.contact_id.get()).collect(),
    )
    .await?;
    ask.paper(sheet_words(&ask.page, &batch, &payouts).paper(ask.lang(), batch.number.clone()))
        .await
}

/// The words of the counter's signature sheet.
pub fn sheet_words(p: &Page, batch: &Batch, payouts: &[Payout]) -> PayoutSheet {
    let role = |key| Signatory {
        name: String::new(),
        role: p.t(&WORDS, key),
    };
    PayoutSheet {
        letterhead: Letterhead {
            organization: p.city.clone(),
            programme: p.t(&WORDS, "programme"),
            contact: String::new(),
        },
        number: batch.number.clone(),
        date: p.date_text(batch.pay_on),
        facts: vec![Fact::new(p.t(&WORDS, "payments"), p.number(batch.lines))],
        lines: payouts
            .iter()
            .map(|one| PayoutLine {
                name: one.payee_name.clone(),
                reference: one.reference.clone(),
                amount: one.amount.toman_text(p.lang),
                amount_words: one.amount.in_words(p.lang),
                note: String::new(),
            })
            .collect(),
        total: batch.total.toman_text(p.lang),
        total_words: batch.total.in_words(p.lang),
        signatories: vec![
            role("signs-prepared"),
            role("signs-approved"),
            role("signs-paid"),
            role("signs-witness"),
        ],
    }
}

async fn payment(ask: Ask, Path(id): Path<PayoutId>) -> Outcome {
    payment_page(&ask, id, &Form::default(), &FormErrors::default()).await
}

async fn payment_page(ask: &Ask, id: PayoutId, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let one = queries::payout(&mut conn, id).await?;
    let batch = queries::batch(&mut conn, one.batch_id).await?;
    let statements = statements::of_payout(&mut conn, id.get()).await?;
    let entries = crate::books::entries_of(&mut conn, id.get()).await?;
    let may_pay = batch.method == Method::Counter && PAYOUT_PREPARE.is_held_by(&ask.viewer);
    let title = ask.page.tr(
        &WORDS,
        "payment-title",
        &[(
            "reference",
            crate::pages::in_digits(&ask.page, &one.reference).into(),
        )],
    );
    let body = views::payment(
        &ask.page,
        &one,
        &batch,
        &statements,
        &entries,
        may_pay,
        form,
        errors,
    );
    ask.seen("payout", Some(id.get()), vec![one.contact_id.get()])
        .await?;
    if errors.is_empty() {
        ask.html(&title, body)
    } else {
        ask.again(&title, body)
    }
}

async fn confirm(ask: Ask, Path(id): Path<PayoutId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let name = read.text("witness", 60);
    let mut errors = std::mem::take(&mut read.errors);
    if let Some(name) = name {
        let folded = access::users::fold_username(&name);
        let witness = access::users::by_username(&mut ask.read().await?, &folded).await?;
        match witness.filter(|witness| witness.is_active) {
            None => errors.push("witness", ask.page.t(&WORDS, "witness-unknown")),
            Some(witness) => {
                let outcome = ask
                    .post(
                        &form,
                        ConfirmCounterPayout {
                            payout: id,
                            witness: witness.id,
                        },
                    )
                    .await;
                if ask.refused(outcome, &mut errors)?.is_some() {
                    return ask.see_with(
                        format!("/payments/{id}"),
                        &ask.page.t(&WORDS, "confirm-done"),
                    );
                }
            }
        }
    }
    payment_page(&ask, id, &form, &errors).await
}

async fn fail(ask: Ask, Path(id): Path<PayoutId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let reason = read.text("reason", 200);
    let mut errors = std::mem::take(&mut read.errors);
    if let Some(reason) = reason {
        let outcome = ask
            .post(&form, FailCounterPayout { payout: id, reason })
            .await;
        if ask.refused(outcome, &mut errors)?.is_some() {
            return ask.see_with(format!("/payments/{id}"), &ask.page.t(&WORDS, "fail-done"));
        }
    }
    payment_page(&ask, id, &form, &errors).await
}
