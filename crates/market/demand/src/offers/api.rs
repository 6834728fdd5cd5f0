//! Offers for machines: `/api/v1/offers`.

use access::{Ask, Need as Asks, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use web::{Failure, Json, Outcome};

use super::pages::{answerable, own};
use super::{AcceptOffer, DeclineOffer, MakeOffer, OfferId, WithdrawOffer};
use crate::shown::{key_of, status};
use crate::{NEED_READ, OFFER_MAKE, PILOT_RUN, needs};

pub(crate) fn routes() -> Routes {
    let (make, run) = (Asks::May(&OFFER_MAKE), Asks::May(&PILOT_RUN));
    Routes::new()
        .post("/api/v1/offers", make, create)
        .get("/api/v1/offers/{id}", Asks::May(&NEED_READ), show)
        .post("/api/v1/offers/{id}/withdrawal", make, withdraw)
        .post("/api/v1/offers/{id}/acceptance", run, accept)
        .post("/api/v1/offers/{id}/refusal", run, decline)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<MakeOffer>) -> Outcome {
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    if !mine.contains(&command.organization.get()) {
        return Err(Failure::NotFound);
    }
    needs::get_for(&mut ask.read().await?, &ask.viewer, command.need).await?;
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

async fn show(ask: Ask, Path(id): Path<OfferId>) -> Outcome {
    let offer = super::get_for(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.json(StatusCode::OK, &offer)
}

async fn again(ask: &Ask, id: OfferId) -> Outcome {
    let offer = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &offer)
}

async fn withdraw(ask: Ask, Path(id): Path<OfferId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    own(&ask, id).await?;
    let command = WithdrawOffer { id };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    again(&ask, id).await
}

async fn accept(ask: Ask, Path(id): Path<OfferId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    answerable(&ask, id).await?;
    let command = AcceptOffer { id };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    again(&ask, id).await
}

async fn decline(ask: Ask, Path(id): Path<OfferId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    answerable(&ask, id).await?;
    let command = DeclineOffer { id };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    again(&ask, id).await
}
