//! Receiving goods, for a shop's manager.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use contacts::Contact;
use db::Conn;
use makers::{Product, ProductState};
use organizations::{OrganizationId, Place, PlaceId};
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::queries::{self, PAGE};
use super::{LotId, NewLot, Receipt, ReceiptId, ReceiveGoods, forms, papers, views};
use crate::labels::{self, PrintLabels};
use crate::{GOODS_RECEIVE, STOCK_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/goods-receipts", Need::May(&STOCK_READ), list)
        .post("/goods-receipts", Need::May(&GOODS_RECEIVE), receive)
        .get("/goods-receipts/new", Need::May(&GOODS_RECEIVE), new)
        .get("/goods-receipts/{id}", Need::May(&STOCK_READ), show)
        .get("/goods-receipts/{id}/paper", Need::May(&STOCK_READ), paper)
        .post(
            "/goods-receipts/{id}/labels",
            Need::May(&GOODS_RECEIVE),
            print_labels,
        )
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<ReceiptId>,
}

async fn list(ask: Ask, Query(at): Query<Cursor>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut receipts = queries::list(&mut conn, &ask.viewer, at.cursor, PAGE + 1).await?;
    let next = (receipts.len() as i64 > PAGE).then(|| {
        receipts.truncate(PAGE as usize);
        receipts
            .last()
            .map(|last| format!("/goods-receipts?cursor={}", last.id))
            .unwrap_or_default()
    });
    let mut rows = Vec::with_capacity(receipts.len());
    for receipt in receipts {
        let maker = contacts::get(&mut conn, receipt.contact_id).await?;
        let place = organizations::places::get(&mut conn, receipt.place_id).await?;
        rows.push((receipt, maker.name_for(&ask.viewer), place));
    }
    drop(conn);
    ask.seen(
        "goods_receipt",
        None,
        rows.iter().map(|(receipt, ..)| receipt.id.get()).collect(),
    )
    .await?;
    let may_receive = GOODS_RECEIVE.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "receipts-title"),
        views::list(&ask.page, &rows, next.as_deref(), may_receive),
    )
}

/// A receipt of one of the viewer's shops, with its shop.
pub(crate) async fn seen(conn: &mut Conn, ask: &Ask, id: ReceiptId) -> Outcome<(Receipt, Place)> {
    let receipt = queries::get(conn, id).await?;
    let place = organizations::places::get(conn, receipt.place_id).await?;
    match ask
        .viewer
        .bodies_as(STOCK_READ.roles)
        .contains(&place.organization_id.get())
    {
        true => Ok((receipt, place)),
        false => Err(Failure::NotFound),
    }
}

/// The shops of the bodies for which the viewer has one of these roles.
pub(crate) async fn places(
    conn: &mut Conn,
    ask: &Ask,
    roles: &[access::Role],
) -> Outcome<Vec<Place>> {
    let mut places = Vec::new();
    for body in ask.viewer.bodies_as(roles) {
        places.extend(organizations::places::list_of(conn, OrganizationId::new(body)).await?);
    }
    Ok(places)
}

#[derive(Deserialize)]
struct For {
    #[serde(default)]
    maker: String,
}

/// The maker and her approved products; nothing without a known code.
async fn maker(conn: &mut Conn, handle: &str) -> Outcome<Option<(Contact, Vec<Product>)>> {
    let Some(maker) = contacts::by_handle(conn, handle).await? else {
        return Ok(None);
    };
    let mut products = makers::products::list_of(conn, maker.id).await?;
    products.retain(|product| product.state == ProductState::Approved);
    Ok(Some((maker, products)))
}

async fn new(ask: Ask, Query(asked): Query<For>) -> Outcome {
    let mut conn = ask.read().await?;
    let places = places(&mut conn, &ask, GOODS_RECEIVE.roles).await?;
    let found = maker(&mut conn, &asked.maker).await?;
    let mut errors = FormErrors::default();
    if found.is_none() && !asked.maker.is_empty() {
        errors.push("maker", ask.page.t(&WORDS, "maker-unknown"));
    }
    let form = Form::prefilled([("maker", asked.maker)]);
    let title = ask.page.t(&WORDS, "receipt-new-title");
    ask.html(
        &title,
        views::new(&ask.page, &places, found.as_ref(), &form, &errors),
    )
}

async fn receive(ask: Ask, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let places = places(&mut conn, &ask, GOODS_RECEIVE.roles).await?;
    let found = maker(&mut conn, form.raw("maker")).await?;
    drop(conn);
    let mut read = form.read(&ask.page);
    let place = read.choice::<PlaceId>("place_id");
    let note = read.optional_text("note", 300);
    let products = found
        .as_ref()
        .map(|(_, products)| products.as_slice())
        .unwrap_or_default();
    // Each lot's id comes from the form's key and its row, so that a second send agrees.
    let key = form.key()?;
    let row = std::cell::Cell::new(0_u8);
    let lot_id = || {
        row.set(row.get().wrapping_add(1));
        lot_id(key, row.get())
    };
    let lines = forms::lines(&mut read, &form, products, lot_id);
    if found.is_none() {
        read.wrong::<()>("maker", ask.page.t(&WORDS, "maker-unknown"));
    }
    let place = match place {
        Some(id) if places.iter().any(|place| place.id == id) => Some(id),
        Some(_) => read.wrong("place_id", ask.page.t(&WORDS, "receipt-place-unknown")),
        None => None,
    };
    let mut errors = read.errors;
    if let (Some(place_id), Some(note), Some(lines), Some((maker, _))) =
        (place, note, lines, &found)
    {
        let command = ReceiveGoods {
            id: ReceiptId::new(key),
            place_id,
            contact_id: maker.id,
            note,
            lines: lines.clone(),
        };
        let outcome = at_form(ask.post(&form, command).await, &lines, products);
        if let Some(id) = ask.refused(outcome, &mut errors)? {
            return ask.see_with(
                format!("/goods-receipts/{id}"),
                &ask.page.t(&WORDS, "receipt-done"),
            );
        }
    }
    let title = ask.page.t(&WORDS, "receipt-new-title");
    ask.again(
        &title,
        views::new(&ask.page, &places, found.as_ref(), &form, &errors),
    )
}

/// An id that follows from the form's key. Keys of one moment count up in their last bytes, so
/// the row goes into an earlier one.
fn lot_id(key: uuid::Uuid, row: u8) -> LotId {
    let mut bytes = *key.as_bytes();
    bytes[9] ^= row;
    LotId::new(uuid::Uuid::from_bytes(bytes))
}

/// A refusal that names a line speaks of the form's field instead.
fn at_form<T>(outcome: Outcome<T>, lines: &[NewLot], products: &[Product]) -> Outcome<T> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(mut refusal) => {
            let named = refusal
                .field
                .as_deref()
                .and_then(|path| forms::field_of(path, lines, products));
            refusal.field = named.or(refusal.field.take());
            Failure::Refused(refusal)
        }
        other => other,
    })
}

async fn show(ask: Ask, Path(id): Path<ReceiptId>) -> Outcome {
    page(&ask, id, &Form::default(), &FormErrors::default()).await
}

async fn page(ask: &Ask, id: ReceiptId, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let (receipt, place) = seen(&mut conn, ask, id).await?;
    let shown = views::Shown {
        maker: contacts::get(&mut conn, receipt.contact_id)
            .await?
            .name_for(&ask.viewer),
        lots: queries::lots(&mut conn, receipt.id).await?,
        prints: labels::list(&mut conn, receipt.id).await?,
        place,
    };
    drop(conn);
    ask.seen(
        "goods_receipt",
        Some(receipt.id.get()),
        vec![receipt.contact_id.get()],
    )
    .await?;
    let may_print = GOODS_RECEIVE.is_held_by(&ask.viewer);
    let view = views::show(&ask.page, &receipt, &shown, may_print, form, errors);
    match errors.is_empty() {
        true => ask.html(&ask.page.t(&WORDS, "receipt-title"), view),
        false => ask.again(&ask.page.t(&WORDS, "receipt-title"), view),
    }
}

async fn paper(ask: Ask, Path(id): Path<ReceiptId>) -> Outcome {
    let mut conn = ask.read().await?;
    seen(&mut conn, &ask, id).await?;
    let paper = papers::goods_receipt(&mut conn, &ask.city, ask.lang(), id).await?;
    drop(conn);
    ask.paper(paper).await
}

/// Records the print, then answers with the sheet.
async fn print_labels(ask: Ask, Path(id): Path<ReceiptId>, form: Form) -> Outcome {
    seen(&mut ask.read().await?, &ask, id).await?;
    let mut read = form.read(&ask.page);
    let reason = read.optional_text("reason", 200);
    let lot_id = read.optional_choice::<LotId>("lot");
    let skip = if read.is_empty("skip") {
        Some(0)
    } else {
        read.number("skip", 0, 23)
    };
    let part = match read.is_empty("part") {
        true => Some(1),
        false => read.number("part", 1, 100_000),
    };
    let mut errors = read.errors;
    if let (Some(reason), Some(lot_id), Some(skip), Some(part)) = (reason, lot_id, skip, part) {
        let command = PrintLabels {
            receipt_id: id,
            lot_id,
            part,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let skip = usize::try_from(skip).unwrap_or_default();
            let paper = papers::labels(
                &mut ask.read().await?,
                &ask.city,
                ask.lang(),
                id,
                lot_id,
                labels::Part(part),
                skip,
            )
            .await?;
            return ask.paper_to_keep(paper).await;
        }
    }
    page(&ask, id, &form, &errors).await
}
