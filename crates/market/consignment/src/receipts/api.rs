//! The same for machines: `/api/v1/receipts`.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::queries::{self, PAGE};
use super::{LotId, ReceiptId, ReceiveGoods, pages, papers};
use crate::{GOODS_RECEIVE, STOCK_READ, labels, stock};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/receipts", Need::May(&STOCK_READ), list)
        .post("/api/v1/receipts", Need::May(&GOODS_RECEIVE), receive)
        .get("/api/v1/receipts/{id}", Need::May(&STOCK_READ), show)
        .post(
            "/api/v1/receipts/{id}/labels",
            Need::May(&GOODS_RECEIVE),
            print_labels,
        )
        .get("/api/v1/lots/{code}", Need::May(&STOCK_READ), lot)
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<ReceiptId>,
}

async fn list(ask: Ask, Query(at): Query<Cursor>) -> Outcome {
    let mut items = queries::list(&mut ask.read().await?, &ask.viewer, at.cursor).await?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": next }),
    )
}

async fn show(ask: Ask, Path(id): Path<ReceiptId>) -> Outcome {
    answer(&ask, id, StatusCode::OK).await
}

async fn answer(ask: &Ask, id: ReceiptId, status: StatusCode) -> Outcome {
    let mut conn = ask.read().await?;
    let (receipt, _) = pages::seen(&mut conn, ask, id).await?;
    let lots = queries::lots(&mut conn, id).await?;
    ask.json(
        status,
        &serde_json::json!({ "receipt": receipt, "lots": lots }),
    )
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn receive(ask: Ask, Json(new): Json<ReceiveGoods>) -> Outcome {
    let new = new.cleaned();
    let places = pages::places(&mut ask.read().await?, &ask, GOODS_RECEIVE.roles).await?;
    if !places.iter().any(|place| place.id == new.place_id) {
        return Err(Failure::NotFound);
    }
    let answered = ask
        .city
        .db
        .write_once(new.id.get(), &ask.origin(), new)
        .await?;
    let status = if answered.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    answer(&ask, answered.out, status).await
}

#[derive(Deserialize)]
struct Print {
    id: Uuid,
    #[serde(default)]
    lot_id: Option<LotId>,
    #[serde(default)]
    reason: String,
    /// Places of the first sheet left empty.
    #[serde(default)]
    skip: u8,
    /// Which part, when there are more labels than one print holds.
    #[serde(default = "first")]
    part: i64,
}

fn first() -> i64 {
    1
}

/// Records the print under the body's `id`, then answers with the sheet.
async fn print_labels(ask: Ask, Path(id): Path<ReceiptId>, Json(print): Json<Print>) -> Outcome {
    pages::seen(&mut ask.read().await?, &ask, id).await?;
    if print.skip > 23 {
        return labels::LABEL_PART.at("skip").map_err(Failure::from);
    }
    let command = labels::PrintLabels {
        receipt_id: id,
        lot_id: print.lot_id,
        part: print.part,
        reason: persian::clean(&print.reason),
    };
    ask.city
        .db
        .write_once(print.id, &ask.origin(), command)
        .await?;
    let mut conn = ask.read().await?;
    let skip = usize::from(print.skip);
    let part = labels::Part(print.part);
    let sheet = papers::labels(
        &mut conn,
        &ask.city,
        ask.lang(),
        id,
        print.lot_id,
        part,
        skip,
    )
    .await?;
    drop(conn);
    ask.paper_to_keep(sheet).await
}

/// A lot by its label code, with its balance in the viewer's own places.
async fn lot(ask: Ask, Path(code): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let (lot, shelves) = stock::pages::seen(&mut conn, &ask, &code).await?;
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "lot": lot, "stock": shelves }),
    )
}
