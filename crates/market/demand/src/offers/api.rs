//! Offers for machines: `/api/v1/offers`.

use access::contract::Gives;
use access::{Answer, Ask, Key, Need as Asks, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use web::{Failure, Json, Outcome};

use super::pages::{answerable, own};
use super::{AcceptOffer, DeclineOffer, MakeOffer, Offer, OfferId, WithdrawOffer};
use crate::{NEED_READ, OFFER_MAKE, PILOT_RUN, needs};

pub(crate) fn routes() -> Routes {
    let (make, run) = (Asks::May(&OFFER_MAKE), Asks::May(&PILOT_RUN));
    Routes::new()
        .api_post("/api/v1/offers", make, create)
        .api_get("/api/v1/offers/{id}", Asks::May(&NEED_READ), show)
        .api_post("/api/v1/offers/{id}/withdrawal", make, withdraw)
        .api_post("/api/v1/offers/{id}/acceptance", run, accept)
        .api_post("/api/v1/offers/{id}/refusal", run, decline)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<MakeOffer>) -> Outcome<impl Gives> {
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    if !mine.contains(&command.organization.get()) {
        return Err(Failure::NotFound);
    }
    needs::get_for(&mut ask.read().await?, &ask.viewer, command.need).await?;
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

async fn show(ask: Ask, Path(id): Path<OfferId>) -> Outcome<impl Gives> {
    let offer = super::get_for(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.json(StatusCode::OK, &offer)
}

async fn again(ask: &Ask, id: OfferId) -> Outcome<Answer<Offer>> {
    let offer = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &offer)
}

async fn withdraw(ask: Ask, Path(id): Path<OfferId>, Key(key): Key) -> Outcome<impl Gives> {
    own(&ask, id).await?;
    let command = WithdrawOffer { id };
    ask.once(key, command).await?;
    again(&ask, id).await
}

async fn accept(ask: Ask, Path(id): Path<OfferId>, Key(key): Key) -> Outcome<impl Gives> {
    answerable(&ask, id).await?;
    let command = AcceptOffer { id };
    ask.once(key, command).await?;
    again(&ask, id).await
}

async fn decline(ask: Ask, Path(id): Path<OfferId>, Key(key): Key) -> Outcome<impl Gives> {
    answerable(&ask, id).await?;
    let command = DeclineOffer { id };
    ask.once(key, command).await?;
    again(&ask, id).await
}
