//! The same for machines: statements and payouts under `/api/v1`.

use access::{Ask, Need, Routes};
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use db::Write;
use persian::{Date, Sheba};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use crate::bank::{ACCOUNT_WRONG, Profile, SetPayingAccount, paying_account};
use crate::payouts::{
    self, ApprovePayouts, Batch, BatchId, ConfirmCounterPayout, Conflict, ConflictState,
    FailCounterPayout, LeftOut, Method, Payout, PayoutId, PreparePayouts, ResolveConflict,
    WithdrawPayouts,
};
use crate::sales::accruals_of_statement;
use crate::statements::{self, Filter, SealStatements, StatementId};
use crate::{MONEY_READ, PAYOUT_APPROVE, PAYOUT_PREPARE, STATEMENT_SEAL};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&MONEY_READ);
    let prepare = Need::May(&PAYOUT_PREPARE);
    Routes::new()
        .get("/api/v1/statements", read, list_statements)
        .post("/api/v1/statements", Need::May(&STATEMENT_SEAL), seal)
        .get("/api/v1/statements/{id}", read, show_statement)
        .get("/api/v1/payouts", read, list_batches)
        .post("/api/v1/payouts", prepare, create)
        .get("/api/v1/payouts/left-out", read, left_out)
        .get("/api/v1/payouts/{id}", read, show_batch)
        .post(
            "/api/v1/payouts/{id}/approval",
            Need::Proved(&PAYOUT_APPROVE),
            approve,
        )
        .post("/api/v1/payouts/{id}/withdrawal", prepare, withdraw)
        .post("/api/v1/payouts/{id}/file", prepare, export)
        .post("/api/v1/payouts/{id}/results", prepare, import)
        .post(
            "/api/v1/payout-conflicts/{id}/resolution",
            prepare,
            resolve_conflict,
        )
        .get("/api/v1/paying-account", read, show_account)
        .put(
            "/api/v1/paying-account",
            Need::May(&PAYOUT_APPROVE),
            set_account,
        )
        .post("/api/v1/payments/{id}/confirmation", prepare, confirm)
        .post("/api/v1/payments/{id}/failure", prepare, fail)
}

/// The sender's key: the `Idempotency-Key` header, a UUID.
fn key(headers: &HeaderMap) -> Outcome<Uuid> {
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    key.and_then(|key| key.trim_matches('"').parse().ok())
        .ok_or_else(|| Failure::Unreadable("the header Idempotency-Key must be a UUID".into()))
}

async fn run<W: Write>(ask: &Ask, key: Uuid, command: W) -> Outcome<db::Answer<W::Out>> {
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    Ok(answer)
}

fn status<T>(answer: &db::Answer<T>) -> StatusCode {
    if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    }
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<Uuid>,
    contact: Option<contacts::ContactId>,
    #[serde(default)]
    unpaid: bool,
}

const PAGE: i64 = 50;

/// Cuts a list of one more than a page; gives the id to go on from.
fn page<T>(mut items: Vec<T>, id: impl Fn(&T) -> Uuid) -> (Vec<T>, Option<Uuid>) {
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let next = items.last().map(id).filter(|_| has_more);
    (items, next)
}

async fn list_statements(ask: Ask, Query(asked): Query<Cursor>) -> Outcome {
    let filter = Filter {
        contact: asked.contact,
        is_unpaid: asked.unpaid,
        before: asked.cursor,
    };
    let found = statements::list(&mut ask.read().await?, filter, PAGE + 1).await?;
    let (found, next) = page(found, |one| one.id.get());
    let items: Vec<_> = found.iter().map(|one| json!({
        "id": one.id, "contact_id": one.contact_id, "maker": one.handle, "number": one.number,
        "from": one.from_on, "until": one.until_on, "lines": one.lines, "net": one.net,
        "closing": one.closing, "payout_id": one.payout_id, "sealed_at": one.sealed_at,
    })).collect();
    ask.seen(
        "statement",
        None,
        found.iter().map(|one| one.contact_id.get()).collect(),
    )
    .await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

#[derive(Deserialize)]
struct SealBody {
    #[serde(default)]
    from: Option<Date>,
    until: Date,
    contact_id: Option<contacts::ContactId>,
}

async fn seal(ask: Ask, headers: HeaderMap, Json(body): Json<SealBody>) -> Outcome {
    let run_id = key(&headers)?;
    let command = SealStatements {
        run: run_id,
        from: body.from,
        until: body.until,
        contact: body.contact_id,
    };
    let answer = run(&ask, run_id, command).await?;
    ask.json(status(&answer), &answer.out)
}

async fn show_statement(ask: Ask, Path(id): Path<StatementId>) -> Outcome {
    let mut conn = ask.read().await?;
    let one = statements::get(&mut conn, id).await?;
    let lines = accruals_of_statement(&mut conn, id.get()).await?;
    let lines: Vec<_> = lines.iter().map(|line| json!({
        "id": line.id, "sale_id": line.sale_id, "lot_code": line.lot_code, "sold_on": line.sold_on,
        "quantity": line.quantity, "paid": line.paid, "vat": line.vat, "commission": line.commission,
        "commission_bp": line.commission_bp, "agreement_id": line.agreement_id, "net": line.net,
    })).collect();
    ask.seen("statement", Some(id.get()), vec![one.contact_id.get()])
        .await?;
    let mut body =
        serde_json::to_value(&one).map_err(|error| Failure::Internal(error.to_string()))?;
    body["seal"] = json!(data_encoding::HEXLOWER.encode(&one.seal));
    body["items"] = json!(lines);
    ask.json(StatusCode::OK, &body)
}

async fn list_batches(ask: Ask, Query(asked): Query<Cursor>) -> Outcome {
    let found = payouts::list_batches(&mut ask.read().await?, asked.cursor, PAGE + 1).await?;
    let (items, next) = page(found, |one| one.id.get());
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

#[derive(Deserialize)]
struct PrepareBody {
    id: BatchId,
    method: Method,
    profile: Profile,
    pay_on: Date,
}

async fn create(ask: Ask, Json(body): Json<PrepareBody>) -> Outcome {
    let PrepareBody {
        id,
        method,
        profile,
        pay_on,
    } = body;
    let answer = run(
        &ask,
        id.get(),
        PreparePayouts {
            id,
            method,
            profile,
            pay_on,
        },
    )
    .await?;
    ask.json(status(&answer), &answer.out)
}

#[derive(Serialize)]
struct BatchBody {
    #[serde(flatten)]
    batch: Batch,
    items: Vec<Payout>,
    /// Answers of the bank that contradict each other.
    conflicts: Vec<Conflict>,
    /// Who waited with money when it was prepared, and is not in it.
    left_out: Vec<LeftOut>,
}

async fn show_batch(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = payouts::batch(&mut conn, id).await?;
    let items = payouts::of_batch(&mut conn, id).await?;
    let conflicts = payouts::conflicts_of(&mut conn, id).await?;
    let left_out = payouts::left_out(&mut conn, id).await?;
    let paid = items.iter().map(|one| one.contact_id.get());
    let people = paid.chain(left_out.iter().map(|one| one.contact_id.get()));
    ask.seen("payout_batch", Some(id.get()), people.collect())
        .await?;
    let body = BatchBody {
        batch,
        items,
        conflicts,
        left_out,
    };
    ask.json(StatusCode::OK, &body)
}

/// Whose money waits now and cannot go into the next batch, and why.
async fn left_out(ask: Ask) -> Outcome {
    let items = payouts::waiting(&mut ask.read().await?, ask.now()).await?;
    let people = items.iter().map(|one| one.contact_id.get()).collect();
    ask.seen("payout", None, people).await?;
    ask.json(StatusCode::OK, &json!({ "items": items }))
}

#[derive(Deserialize)]
struct ResolutionBody {
    outcome: ConflictState,
    note: String,
}

async fn resolve_conflict(
    ask: Ask,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(body): Json<ResolutionBody>,
) -> Outcome {
    let command = ResolveConflict {
        id,
        outcome: body.outcome,
        note: persian::clean(&body.note),
    };
    let answer = run(&ask, key(&headers)?, command).await?;
    ask.json(status(&answer), &json!({}))
}

async fn show_account(ask: Ask) -> Outcome {
    let account = paying_account(&mut ask.read().await?, ask.now()).await?;
    let account = account.ok_or(Failure::NotFound)?;
    let body = json!({ "holder_name": account.name, "sheba": account.sheba });
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize)]
struct AccountBody {
    holder_name: String,
    sheba: String,
}

async fn set_account(ask: Ask, headers: HeaderMap, Json(body): Json<AccountBody>) -> Outcome {
    let key = key(&headers)?;
    let name = persian::clean(&body.holder_name);
    if !(1..=120).contains(&name.chars().count()) {
        return ACCOUNT_WRONG.at("holder_name").map_err(Failure::from);
    }
    let Ok(sheba) = Sheba::parse(&body.sheba) else {
        return ACCOUNT_WRONG.at("sheba").map_err(Failure::from);
    };
    let answer = run(&ask, key, SetPayingAccount::new(key, name, &sheba)).await?;
    ask.json(status(&answer), &json!({}))
}

async fn approve(ask: Ask, Path(id): Path<BatchId>, headers: HeaderMap) -> Outcome {
    let answer = run(&ask, key(&headers)?, ApprovePayouts { batch: id }).await?;
    ask.json(status(&answer), &json!({}))
}

async fn withdraw(ask: Ask, Path(id): Path<BatchId>, headers: HeaderMap) -> Outcome {
    let answer = run(&ask, key(&headers)?, WithdrawPayouts { batch: id }).await?;
    ask.json(status(&answer), &json!({}))
}

async fn export(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let file = payouts::export(&ask, id).await?;
    ask.download(&file.name, file.kind, file.bytes)
}

async fn import(ask: Ask, Path(id): Path<BatchId>, bytes: Bytes) -> Outcome {
    let imported = payouts::take_in(&ask, id, &bytes).await?;
    ask.json(StatusCode::OK, &imported)
}

#[derive(Deserialize)]
struct WitnessBody {
    witness_id: Uuid,
}

async fn confirm(
    ask: Ask,
    Path(id): Path<PayoutId>,
    headers: HeaderMap,
    Json(body): Json<WitnessBody>,
) -> Outcome {
    let command = ConfirmCounterPayout {
        payout: id,
        witness: body.witness_id,
    };
    let answer = run(&ask, key(&headers)?, command).await?;
    ask.json(status(&answer), &json!({}))
}

#[derive(Deserialize)]
struct ReasonBody {
    reason: String,
}

async fn fail(
    ask: Ask,
    Path(id): Path<PayoutId>,
    headers: HeaderMap,
    Json(body): Json<ReasonBody>,
) -> Outcome {
    let reason = persian::clean(&body.reason);
    let answer = run(
        &ask,
        key(&headers)?,
        FailCounterPayout { payout: id, reason },
    )
    .await?;
    ask.json(status(&answer), &json!({}))
}
