//! Centres' months for machines: `/api/v1/centre-months`.

use access::contract::Gives;
use access::{Ask, Limit, Need as Asks, Routes};
use axum::extract::Query;
use web::{Failure, Json, Outcome};

use super::TellMonth;
use super::pages::Before;
use crate::centres::may_keep;
use crate::{ORDER_KEEP, ORDER_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/centre-months", Asks::May(&ORDER_READ), list)
        .api_post("/api/v1/centre-months", Asks::May(&ORDER_KEEP), create)
}

async fn list(ask: Ask, limit: Limit, Query(before): Query<Before>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let mut months = super::list(&mut conn, before.cursor, limit.and_one()).await?;
    drop(conn);
    let next = limit.cut(&mut months, |month| month.id);
    ask.list(months, next)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<TellMonth>) -> Outcome<impl Gives> {
    let place = organizations::places::get(&mut ask.read().await?, command.place).await?;
    if !may_keep(&ask, place.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}
