//! Signing in for programs of the person's own, and slips for those of staff.

use access::grants::Category;
use access::{Ask, Need, Routes, network};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Phone;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{AskForPhoneCode, PRINT_SLIP, PrintSlip, SlipId};
use crate::contacts::pages::seen;
use crate::{ContactId, PHONE_WRONG};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/sign-in-codes", Need::Public, ask_for_code)
        .post(
            "/api/v1/contacts/{id}/slips",
            Need::May(&PRINT_SLIP),
            print_slip,
        )
}

#[derive(Deserialize)]
struct NewCode {
    /// The code's id, made by the sender.
    id: Uuid,
    phone: String,
}

async fn ask_for_code(ask: Ask, Json(new): Json<NewCode>) -> Outcome {
    ask.count_from_network("code", network::CODES).await?;
    let number = match Phone::parse(&new.phone) {
        Ok(Phone::Mobile(mobile)) => mobile.as_str().to_owned(),
        Ok(Phone::Landline(landline)) => landline.as_str().to_owned(),
        Err(_) => return Ok(PHONE_WRONG.at("phone")?),
    };
    let command = AskForPhoneCode {
        id: new.id,
        phone: ask.city.keys.lookup("phone", &number),
    };
    let answer = ask
        .city
        .db
        .write_once(new.id, &ask.origin(), command)
        .await?;
    ask.city.wake.notify_one();
    match answer.out {
        None => ask.json(StatusCode::ACCEPTED, &json!({ "id": new.id })),
        Some(wait) => Err(Failure::TooMany(wait)),
    }
}

#[derive(Deserialize)]
struct NewSlip {
    /// The slip's id, made by the sender.
    id: SlipId,
}

async fn print_slip(ask: Ask, Path(contact): Path<ContactId>, Json(new): Json<NewSlip>) -> Outcome {
    seen(&ask, &mut ask.read().await?, contact, Category::Operational).await?;
    let command = PrintSlip {
        id: new.id,
        contact,
    };
    let answer = ask
        .city
        .db
        .write_once(new.id.get(), &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &json!({ "id": new.id, "valid_until": answer.out }))
}
