//! Registers, shifts and returns for programs.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use ledger::TenderKind;
use money::Rial;
use organizations::PlaceId;
use serde::Deserialize;
use serde_json::json;
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
        .get("/api/v1/registers", sell, list)
        .post("/api/v1/registers", Need::May(&REGISTER_CREATE), create)
        .post("/api/v1/registers/{id}/shifts", sell, open)
        .post("/api/v1/registers/{id}/closure", sell, close)
        .post("/api/v1/returns", Need::May(&SALE_REFUND), give_back)
}

async fn list(ask: Ask) -> Outcome {
    let bodies = ask.viewer.bodies_as(SALE_RECORD.roles);
    let items = queries::list_of_places(&mut ask.read().await?, &bodies).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

#[derive(Deserialize)]
struct NewRegister {
    id: RegisterId,
    place_id: PlaceId,
    code: String,
}

async fn create(ask: Ask, Json(body): Json<NewRegister>) -> Outcome {
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

#[derive(Deserialize)]
struct NewShift {
    id: ShiftId,
    float: Rial,
}

async fn open(ask: Ask, Path(id): Path<RegisterId>, Json(body): Json<NewShift>) -> Outcome {
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

#[derive(Deserialize)]
struct Count {
    counted: Rial,
    #[serde(default)]
    reason: String,
}

async fn close(
    ask: Ask,
    Path(id): Path<RegisterId>,
    headers: HeaderMap,
    Json(body): Json<Count>,
) -> Outcome {
    own_register(&ask, id).await?;
    let key = key(&headers)?;
    let shift = queries::open_shift(&mut ask.read().await?, id)
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

#[derive(Deserialize)]
struct NewReturn {
    id: ReturnId,
    sale_id: SaleId,
    register_id: RegisterId,
    refund: TenderKind,
    #[serde(default)]
    reason: String,
    lines: Vec<BroughtBack>,
}

async fn give_back(ask: Ask, Json(body): Json<NewReturn>) -> Outcome {
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

/// The sender's key: the `Idempotency-Key` header, a UUID.
pub(crate) fn key(headers: &HeaderMap) -> Outcome<Uuid> {
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    key.and_then(|key| key.trim_matches('"').parse().ok())
        .ok_or_else(|| Failure::Unreadable("the header Idempotency-Key must be a UUID".into()))
}

pub(crate) async fn run<W: db::Write>(ask: &Ask, key: Uuid, command: W) -> Outcome {
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &answer.out)
}
