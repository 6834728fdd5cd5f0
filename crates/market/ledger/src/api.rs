//! The same for machines: statements and payouts under `/api/v1`.

use access::contract::{File, FileKind, Gives};
use access::{Ask, Key, Limit, Need, Nothing, Routes};
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use money::Rial;
use persian::{Date, Sheba, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
        .api_get("/api/v1/statements", read, list_statements)
        .api_post("/api/v1/statements", Need::May(&STATEMENT_SEAL), seal)
        .api_get("/api/v1/statements/{id}", read, show_statement)
        .api_get("/api/v1/payouts", read, list_batches)
        .api_post("/api/v1/payouts", prepare, create)
        .api_get("/api/v1/payouts/left-out", read, left_out)
        .api_get("/api/v1/payouts/{id}", read, show_batch)
        .api_post(
            "/api/v1/payouts/{id}/approval",
            Need::Proved(&PAYOUT_APPROVE),
            approve,
        )
        .api_post("/api/v1/payouts/{id}/withdrawal", prepare, withdraw)
        .api_post("/api/v1/payouts/{id}/file", prepare, export)
        .api_post("/api/v1/payouts/{id}/results", prepare, import)
        .api_post(
            "/api/v1/payout-conflicts/{id}/resolution",
            prepare,
            resolve_conflict,
        )
        .api_get("/api/v1/paying-account", read, show_account)
        .api_put(
            "/api/v1/paying-account",
            Need::May(&PAYOUT_APPROVE),
            set_account,
        )
        .api_post("/api/v1/payments/{id}/confirmation", prepare, confirm)
        .api_post("/api/v1/payments/{id}/failure", prepare, fail)
}

#[derive(Deserialize, JsonSchema)]
struct Cursor {
    cursor: Option<Uuid>,
    contact: Option<contacts::ContactId>,
    #[serde(default)]
    unpaid: bool,
}

/// A statement as lists show it.
#[derive(Serialize, JsonSchema)]
struct StatementItem {
    id: StatementId,
    contact_id: contacts::ContactId,
    maker: String,
    number: i64,
    from: Date,
    until: Date,
    lines: i64,
    net: Rial,
    closing: Rial,
    payout_id: Option<Uuid>,
    sealed_at: Timestamp,
}

async fn list_statements(
    ask: Ask,
    limit: Limit,
    Query(asked): Query<Cursor>,
) -> Outcome<impl Gives> {
    let filter = Filter {
        contact: asked.contact,
        is_unpaid: asked.unpaid,
        before: asked.cursor,
    };
    let mut found = statements::list(&mut ask.read().await?, filter, limit.and_one()).await?;
    let next = limit.cut(&mut found, |one| one.id);
    let items: Vec<_> = found
        .iter()
        .map(|one| StatementItem {
            id: one.id,
            contact_id: one.contact_id,
            maker: one.handle.clone(),
            number: one.number,
            from: one.from_on,
            until: one.until_on,
            lines: one.lines,
            net: one.net,
            closing: one.closing,
            payout_id: one.payout_id,
            sealed_at: one.sealed_at,
        })
        .collect();
    ask.seen(
        "statement",
        None,
        found.iter().map(|one| one.contact_id.get()).collect(),
    )
    .await?;
    ask.list(items, next)
}

#[derive(Deserialize, JsonSchema)]
struct SealBody {
    #[serde(default)]
    from: Option<Date>,
    until: Date,
    contact_id: Option<contacts::ContactId>,
}

async fn seal(ask: Ask, Key(key): Key, Json(body): Json<SealBody>) -> Outcome<impl Gives> {
    let command = SealStatements {
        run: key,
        from: body.from,
        until: body.until,
        contact: body.contact_id,
    };
    let answer = ask.once(key, command).await?;
    ask.json(Ask::status(&answer), &answer.out)
}

/// A sale in a statement.
#[derive(Serialize, JsonSchema)]
struct StatementLine {
    id: Uuid,
    sale_id: Uuid,
    lot_code: String,
    sold_on: Date,
    quantity: i64,
    paid: Rial,
    vat: Rial,
    commission: Rial,
    commission_bp: i64,
    agreement_id: Uuid,
    net: Rial,
}

/// A statement with its seal and its lines.
#[derive(Serialize, JsonSchema)]
struct StatementFile {
    #[serde(flatten)]
    statement: statements::Statement,
    /// Hexadecimal.
    seal: String,
    items: Vec<StatementLine>,
}

async fn show_statement(ask: Ask, Path(id): Path<StatementId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let one = statements::get(&mut conn, id).await?;
    let lines = accruals_of_statement(&mut conn, id.get()).await?;
    let lines: Vec<_> = lines
        .iter()
        .map(|line| StatementLine {
            id: line.id,
            sale_id: line.sale_id,
            lot_code: line.lot_code.clone(),
            sold_on: line.sold_on,
            quantity: line.quantity,
            paid: line.paid,
            vat: line.vat,
            commission: line.commission,
            commission_bp: line.commission_bp,
            agreement_id: line.agreement_id,
            net: line.net,
        })
        .collect();
    ask.seen("statement", Some(id.get()), vec![one.contact_id.get()])
        .await?;
    let body = StatementFile {
        seal: data_encoding::HEXLOWER.encode(&one.seal),
        statement: one,
        items: lines,
    };
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize, JsonSchema)]
struct Before {
    cursor: Option<Uuid>,
}

async fn list_batches(ask: Ask, limit: Limit, Query(asked): Query<Before>) -> Outcome<impl Gives> {
    let mut items =
        payouts::list_batches(&mut ask.read().await?, asked.cursor, limit.and_one()).await?;
    let next = limit.cut(&mut items, |one| one.id);
    ask.list(items, next)
}

#[derive(Deserialize, JsonSchema)]
struct PrepareBody {
    id: BatchId,
    method: Method,
    profile: Profile,
    pay_on: Date,
}

async fn create(ask: Ask, Json(body): Json<PrepareBody>) -> Outcome<impl Gives> {
    let PrepareBody {
        id,
        method,
        profile,
        pay_on,
    } = body;
    let answer = ask
        .once(
            id.get(),
            PreparePayouts {
                id,
                method,
                profile,
                pay_on,
            },
        )
        .await?;
    ask.json(Ask::status(&answer), &answer.out)
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PayoutBatchFile")]
struct BatchBody {
    #[serde(flatten)]
    batch: Batch,
    items: Vec<Payout>,
    /// Answers of the bank that contradict each other.
    conflicts: Vec<Conflict>,
    /// Who waited with money when it was prepared, and is not in it.
    left_out: Vec<LeftOut>,
}

async fn show_batch(ask: Ask, Path(id): Path<BatchId>) -> Outcome<impl Gives> {
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
async fn left_out(ask: Ask) -> Outcome<impl Gives> {
    let items = payouts::waiting(&mut ask.read().await?, ask.now()).await?;
    let people = items.iter().map(|one| one.contact_id.get()).collect();
    ask.seen("payout", None, people).await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
struct ResolutionBody {
    outcome: ConflictState,
    note: String,
}

async fn resolve_conflict(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    Json(body): Json<ResolutionBody>,
) -> Outcome<impl Gives> {
    let command = ResolveConflict {
        id,
        outcome: body.outcome,
        note: persian::clean(&body.note),
    };
    let answer = ask.once(key, command).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

/// The account the city pays from.
#[derive(Serialize, JsonSchema)]
struct PayingAccount {
    holder_name: String,
    sheba: String,
}

async fn show_account(ask: Ask) -> Outcome<impl Gives> {
    let account = paying_account(&mut ask.read().await?, ask.now()).await?;
    let account = account.ok_or(Failure::NotFound)?;
    let body = PayingAccount {
        holder_name: account.name.clone(),
        sheba: account.sheba.clone(),
    };
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize, JsonSchema)]
struct AccountBody {
    holder_name: String,
    sheba: String,
}

async fn set_account(
    ask: Ask,
    Key(key): Key,
    Json(body): Json<AccountBody>,
) -> Outcome<impl Gives> {
    let name = persian::clean(&body.holder_name);
    if !(1..=120).contains(&name.chars().count()) {
        return ACCOUNT_WRONG.at("holder_name").map_err(Failure::from);
    }
    let Ok(sheba) = Sheba::parse(&body.sheba) else {
        return ACCOUNT_WRONG.at("sheba").map_err(Failure::from);
    };
    let answer = ask
        .once(key, SetPayingAccount::new(key, name, &sheba))
        .await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

async fn approve(ask: Ask, Path(id): Path<BatchId>, Key(key): Key) -> Outcome<impl Gives> {
    let answer = ask.once(key, ApprovePayouts { batch: id }).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

async fn withdraw(ask: Ask, Path(id): Path<BatchId>, Key(key): Key) -> Outcome<impl Gives> {
    let answer = ask.once(key, WithdrawPayouts { batch: id }).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

/// What a bank takes.
struct BankFile;

impl FileKind for BankFile {
    const TYPES: &'static [&'static str] = &["application/xml", "text/csv"];
}

async fn export(ask: Ask, Path(id): Path<BatchId>) -> Outcome<File<BankFile>> {
    let file = payouts::export(&ask, id).await?;
    ask.download(&file.name, file.kind, file.bytes)
        .map(File::from)
}

async fn import(ask: Ask, Path(id): Path<BatchId>, bytes: Bytes) -> Outcome<impl Gives> {
    let imported = payouts::take_in(&ask, id, &bytes).await?;
    ask.json(StatusCode::OK, &imported)
}

#[derive(Deserialize, JsonSchema)]
struct WitnessBody {
    witness_id: Uuid,
}

async fn confirm(
    ask: Ask,
    Path(id): Path<PayoutId>,
    Key(key): Key,
    Json(body): Json<WitnessBody>,
) -> Outcome<impl Gives> {
    let command = ConfirmCounterPayout {
        payout: id,
        witness: body.witness_id,
    };
    let answer = ask.once(key, command).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

#[derive(Deserialize, JsonSchema)]
struct ReasonBody {
    reason: String,
}

async fn fail(
    ask: Ask,
    Path(id): Path<PayoutId>,
    Key(key): Key,
    Json(body): Json<ReasonBody>,
) -> Outcome<impl Gives> {
    let reason = persian::clean(&body.reason);
    let answer = ask
        .once(key, FailCounterPayout { payout: id, reason })
        .await?;
    ask.json(Ask::status(&answer), &Nothing {})
}
