//! Signing in for programs of the person's own, and slips for those of staff.

use access::contract::Gives;
use access::grants::Category;
use access::{Ask, Made, Need, Routes, network};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::{Phone, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{AskForPhoneCode, PRINT_SLIP, PrintSlip, SlipId};
use crate::contacts::pages::seen;
use crate::{ContactId, PHONE_WRONG};

pub(super) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/sign-in-codes", Need::Public, ask_for_code)
        .api_post(
            "/api/v1/contacts/{id}/slips",
            Need::May(&PRINT_SLIP),
            print_slip,
        )
}

#[derive(Deserialize, JsonSchema)]
struct NewCode {
    /// The code's id, made by the sender.
    id: Uuid,
    phone: String,
}

async fn ask_for_code(ask: Ask, Json(new): Json<NewCode>) -> Outcome<impl Gives> {
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
    let answer = ask.once(new.id, command).await?;
    match answer.out {
        None => ask.json(StatusCode::ACCEPTED, &Made { id: new.id }),
        Some(wait) => Err(Failure::TooMany(wait)),
    }
}

#[derive(Deserialize, JsonSchema)]
struct NewSlip {
    /// The slip's id, made by the sender.
    id: SlipId,
}

/// A slip and how long it holds.
#[derive(Serialize, JsonSchema)]
struct SlipMade {
    id: SlipId,
    valid_until: Timestamp,
}

async fn print_slip(
    ask: Ask,
    Path(contact): Path<ContactId>,
    Json(new): Json<NewSlip>,
) -> Outcome<impl Gives> {
    seen(&ask, &mut ask.read().await?, contact, Category::Operational).await?;
    let command = PrintSlip {
        id: new.id,
        contact,
    };
    let answer = ask.once(new.id.get(), command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &SlipMade {
            id: new.id,
            valid_until: answer.out,
        },
    )
}
