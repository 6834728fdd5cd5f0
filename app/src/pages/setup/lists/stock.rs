//! Opening stock: what stands in the shops on the first day, as goods received from its makers.

use std::collections::BTreeMap;

use access::Ask;
use consignment::{Condition, LotId, NewLot, ReceiptId, ReceiveGoods};
use contacts::ContactId;
use db::{Conn, Tx, Write};
use makers::ProductId;
use money::Rial;
use organizations::{PlaceId, PlaceKind};
use persian::Date;
use serde::Serialize;
use web::{Outcome, Upload};

use super::{Fault, Kind, Row, rows_of, views};
use crate::pages::WORDS;

const STOCK: Kind = Kind {
    key: "stock",
    columns: &[
        "shop", "product", "pieces", "price", "batch", "produced", "expires",
    ],
};
const SHOP: usize = 0;
const PRODUCT: usize = 1;
const PIECES: usize = 2;
const PRICE: usize = 3;
const BATCH: usize = 4;
const PRODUCED: usize = 5;
const EXPIRES: usize = 6;

pub(super) async fn show(ask: Ask) -> Outcome {
    views::show(&ask, &STOCK)
}

pub(super) async fn form(ask: Ask) -> Outcome {
    STOCK.form(&ask)
}

/// One line that may be taken.
struct Line {
    row: usize,
    shop: PlaceId,
    maker: ContactId,
    lot: NewLot,
}

pub(super) async fn take(ask: Ask, upload: Upload) -> Outcome {
    let rows = match rows_of(&ask, &STOCK, &upload).await? {
        Ok(rows) => rows,
        Err(page) => return Ok(page),
    };
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    let mut conn = ask.read().await?;
    for row in &rows {
        match line(&ask, &mut conn, row).await? {
            Ok(line) => lines.push(line),
            Err((column, key)) => faults.push(Fault {
                row: row.number,
                column,
                key,
            }),
        }
    }
    drop(conn);
    if !faults.is_empty() {
        return views::again(&ask, &STOCK, &faults, None);
    }
    let first_row = lines.first().map_or(0, |line| line.row);
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let command = TakeStock {
        receipts: receipts(&ask, lines),
    };
    match ask.post(&upload.form, command).await {
        Ok(()) => {
            let done = ask
                .page
                .tr(&WORDS, "list-stock-taken", &[("count", count.into())]);
            ask.see_with("/goods-receipts", &done)
        }
        // A rule of consignment refused: no agreement, no hygiene number, no price.
        Err(web::Failure::Refused(refusal)) => {
            let mut errors = web::FormErrors::default();
            errors.push("file", ask.sentence(&refusal));
            let fault = Fault {
                row: first_row,
                column: PRODUCT,
                key: "list-refused",
            };
            let title = ask.page.t(&WORDS, "list-stock");
            ask.again(&title, views::page(&ask.page, &STOCK, &[fault], &errors))
        }
        Err(failure) => Err(failure),
    }
}

/// Reads a row; a fault names the column and the sentence.
async fn line(
    ask: &Ask,
    conn: &mut Conn,
    row: &Row,
) -> Outcome<Result<Line, (usize, &'static str)>> {
    let shop = organizations::places::by_code(conn, &row.text(SHOP)).await?;
    let Some(shop) = shop.filter(|place| place.kind == PlaceKind::Shop) else {
        return Ok(Err((SHOP, "list-no-shop")));
    };
    let code = persian::latin_digits(&row.text(PRODUCT));
    let Some(product) = makers::products::by_code(conn, &code).await? else {
        return Ok(Err((PRODUCT, "list-no-product")));
    };
    let Some(quantity) = row.count(PIECES) else {
        return Ok(Err((PIECES, "list-no-count")));
    };
    let unit_price = match row.text(PRICE).is_empty() {
        true => None,
        false => match row.count(PRICE).and_then(|toman| toman.checked_mul(10)) {
            Some(rial) => Some(Rial::new(rial)),
            None => return Ok(Err((PRICE, "list-no-count"))),
        },
    };
    let today = ask.now().date();
    let Ok(produced_on) = day(row, PRODUCED, today) else {
        return Ok(Err((PRODUCED, "list-no-day")));
    };
    let Ok(expires_on) = day(row, EXPIRES, today) else {
        return Ok(Err((EXPIRES, "list-no-day")));
    };
    Ok(Ok(Line {
        row: row.number,
        shop: shop.id,
        maker: product.contact_id,
        lot: NewLot {
            id: LotId::new(ask.city.db.new_id()),
            product_id: ProductId::new(product.id.get()),
            quantity,
            unit_price,
            batch: row.text(BATCH),
            produced_on,
            expires_on,
            condition: Condition::Good,
            defect_note: String::new(),
        },
    }))
}

fn day(row: &Row, column: usize, today: Date) -> Result<Option<Date>, ()> {
    match row.cells.get(column) {
        Some(documents::sheets::Cell::Date(date)) => Ok(Some(*date)),
        _ if row.text(column).is_empty() => Ok(None),
        _ => persian::parse_date(&row.text(column), today)
            .map(|day| Some(day.to_date()))
            .map_err(|_| ()),
    }
}

/// One receipt for each maker in each shop.
fn receipts(ask: &Ask, lines: Vec<Line>) -> Vec<ReceiveGoods> {
    let mut by_maker: BTreeMap<_, Vec<NewLot>> = BTreeMap::new();
    for line in lines {
        let key = (line.shop.get(), line.maker.get());
        by_maker.entry(key).or_default().push(line.lot);
    }
    by_maker
        .into_iter()
        .flat_map(|((shop, maker), lots)| {
            let chunks: Vec<Vec<NewLot>> = lots.chunks(200).map(<[NewLot]>::to_vec).collect();
            chunks.into_iter().map(move |lines| (shop, maker, lines))
        })
        .map(|(shop, maker, lines)| ReceiveGoods {
            id: ReceiptId::new(ask.city.db.new_id()),
            place_id: PlaceId::new(shop),
            contact_id: ContactId::new(maker),
            note: String::new(),
            lines,
        })
        .collect()
}

/// Receives all of it, or nothing.
#[derive(Serialize)]
struct TakeStock {
    receipts: Vec<ReceiveGoods>,
}

impl Write for TakeStock {
    const NAME: &'static str = "take_opening_stock";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        for receipt in &self.receipts {
            receipt.run(tx).await?;
        }
        Ok(())
    }
}
