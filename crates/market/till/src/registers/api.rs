//! Registers, shifts and returns for programs.

use access::contract::Gives;
use access::{Answer, Ask, Key, Need, Routes};
use axum::extract::Path;
use ledger::TenderKind;
use money::Rial;
use organizations::PlaceId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{CloseShift, CreateRegister, OpenShift, RegisterId, ShiftId, queries};
use crate::desk::pages::own_register;
use crate::returns::{BroughtBack, RecordReturn, ReturnId};
use crate::sales::SaleId;
use crate::{REGISTER_CREATE, SALE_RECORD, SALE_REFUND};

pub(crate) fn routes() -> Routes {
    let sell = Need::May(&SALE_RECORD);
    Routes::new()
        .api_get("/api/v1/registers", sell, list)
        .api_post("/api/v1/registers", Need::May(&REGISTER_CREATE), create)
        .api_post("/api/v1/registers/{id}/shifts", sell, open)
        .api_post("/api/v1/registers/{id}/closure", sell, close)
        .api_post("/api/v1/returns", Need::May(&SALE_REFUND), give_back)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let bodies = ask.viewer.bodies_as(SALE_RECORD.roles);
    let items = queries::list_of_places(&mut ask.read().await?, &bodies).await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
struct NewRegister {
    id: RegisterId,
    place_id: PlaceId,
    code: String,
}

async fn create(ask: Ask, Json(body): Json<NewRegister>) -> Outcome<impl Gives> {
    let code = persian::latin_digits(body.code.trim()).to_uppercase();
    let is_plain = (1..=8).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_plain {
        return Err(Failure::Unreadable(
            "code: one to eight Latin letters or digits".into(),
        ));
    }
    let place = organizations::places::get(&mut ask.read().await?, body.place_id).await?;
    if !ask
        .viewer
        .bodies_as(REGISTER_CREATE.roles)
        .contains(&place.organization_id.get())
    {
        return Err(Failure::NotFound);
    }
    let command = CreateRegister {
        id: body.id,
        place: body.place_id,
        code,
    };
    run(&ask, body.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
struct NewShift {
    id: ShiftId,
    float: Rial,
}

async fn open(
    ask: Ask,
    Path(id): Path<RegisterId>,
    Json(body): Json<NewShift>,
) -> Outcome<impl Gives> {
    own_register(&ask, id).await?;
    let float_amount = not_negative(body.float, "float")?;
    run(
        &ask,
        body.id.get(),
        OpenShift {
            id: body.id,
            register: id,
            float_amount,
        },
    )
    .await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "CashCount")]
struct Count {
    counted: Rial,
    #[serde(default)]
    reason: String,
}

async fn close(
    ask: Ask,
    Path(id): Path<RegisterId>,
    Key(key): Key,
    Json(body): Json<Count>,
) -> Outcome<impl Gives> {
    own_register(&ask, id).await?;
    // A closed one too: the answer to a close may have been lost.
    let shift = queries::last_shift(&mut ask.read().await?, id)
        .await?
        .ok_or(Failure::NotFound)?;
    let counted = not_negative(body.counted, "counted")?;
    run(
        &ask,
        key,
        CloseShift {
            shift: shift.id,
            counted,
            reason: persian::clean(&body.reason),
        },
    )
    .await
}

#[derive(Deserialize, JsonSchema)]
struct NewReturn {
    id: ReturnId,
    sale_id: SaleId,
    register_id: RegisterId,
    refund: TenderKind,
    #[serde(default)]
    reason: String,
    lines: Vec<BroughtBack>,
}

async fn give_back(ask: Ask, Json(body): Json<NewReturn>) -> Outcome<impl Gives> {
    own_register(&ask, body.register_id).await?;
    let command = RecordReturn {
        id: body.id,
        sale: body.sale_id,
        register: body.register_id,
        refund: body.refund,
        reason: persian::clean(&body.reason),
        lines: body.lines,
    };
    run(&ask, body.id.get(), command).await
}

fn not_negative(amount: Rial, field: &str) -> Outcome<Rial> {
    match amount.is_negative() || amount > Rial::new(1_000_000_000_000_000) {
        true => Err(Failure::Unreadable(format!(
            "{field}: an amount in rials, not below zero"
        ))),
        false => Ok(amount),
    }
}

pub(crate) async fn run<W: db::Write>(ask: &Ask, key: Uuid, command: W) -> Outcome<Answer<W::Out>> {
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    ask.json(status, &answer.out)
}
