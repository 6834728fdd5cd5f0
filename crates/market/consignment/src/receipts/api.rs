//! The same for machines: `/api/v1/receipts`.

use access::contract::{File, Gives, Pdf};
use access::{Answer, Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{Lot, LotId, Receipt, ReceiptId, ReceiveGoods, pages, papers, queries};
use crate::stock::Shelf;
use crate::{GOODS_RECEIVE, STOCK_READ, labels, stock};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/receipts", Need::May(&STOCK_READ), list)
        .api_post("/api/v1/receipts", Need::May(&GOODS_RECEIVE), receive)
        .api_get("/api/v1/receipts/{id}", Need::May(&STOCK_READ), show)
        .api_post(
            "/api/v1/receipts/{id}/labels",
            Need::May(&GOODS_RECEIVE),
            print_labels,
        )
        .api_get("/api/v1/lots/{code}", Need::May(&STOCK_READ), lot)
}

#[derive(Deserialize, JsonSchema)]
struct Cursor {
    cursor: Option<ReceiptId>,
}

async fn list(ask: Ask, limit: Limit, Query(at): Query<Cursor>) -> Outcome<impl Gives> {
    let mut items = queries::list(
        &mut ask.read().await?,
        &ask.viewer,
        at.cursor,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<ReceiptId>) -> Outcome<impl Gives> {
    answer(&ask, id, StatusCode::OK).await
}

/// A receipt and its lots.
#[derive(Serialize, JsonSchema)]
struct ReceiptFile {
    receipt: Receipt,
    lots: Vec<Lot>,
}

async fn answer(ask: &Ask, id: ReceiptId, status: StatusCode) -> Outcome<Answer<ReceiptFile>> {
    let mut conn = ask.read().await?;
    let (receipt, _) = pages::seen(&mut conn, ask, id).await?;
    let lots = queries::lots(&mut conn, id).await?;
    ask.json(status, &ReceiptFile { receipt, lots })
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn receive(ask: Ask, Json(new): Json<ReceiveGoods>) -> Outcome<impl Gives> {
    let new = new.cleaned();
    let places = pages::places(&mut ask.read().await?, &ask, GOODS_RECEIVE.roles).await?;
    if !places.iter().any(|place| place.id == new.place_id) {
        return Err(Failure::NotFound);
    }
    let answered = ask.once(new.id.get(), new).await?;
    let status = Ask::status(&answered);
    answer(&ask, answered.out, status).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LabelPrint")]
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
async fn print_labels(
    ask: Ask,
    Path(id): Path<ReceiptId>,
    Json(print): Json<Print>,
) -> Outcome<File<Pdf>> {
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
    ask.once(print.id, command).await?;
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
    ask.paper_to_keep(sheet).await.map(File::from)
}

/// A lot and where its pieces lie.
#[derive(Serialize, JsonSchema)]
struct LotFile {
    lot: Lot,
    stock: Vec<Shelf>,
}

/// A lot by its label code, with its balance in the viewer's own places.
async fn lot(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (lot, shelves) = stock::pages::seen(&mut conn, &ask, &code).await?;
    ask.json(
        StatusCode::OK,
        &LotFile {
            lot,
            stock: shelves,
        },
    )
}
