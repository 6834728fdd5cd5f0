//! What lies in the own shops, one lot's way, and discrepancies to be explained.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use documents::codes::LabelCode;
use organizations::{Place, PlaceId};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::queries::{self, PAGE};
use super::{MoveOut, MovementKind, ResolveDiscrepancy, Shelf, open_discrepancies, views};
use crate::receipts::pages::places;
use crate::receipts::{self, Lot, LotId};
use crate::{GOODS_RECEIVE, STOCK_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/stock", Need::May(&STOCK_READ), list)
        .get("/lots/{code}", Need::May(&STOCK_READ), show)
        .post("/lots/{code}/removal", Need::May(&GOODS_RECEIVE), remove)
        .post(
            "/discrepancies/{id}/resolution",
            Need::May(&GOODS_RECEIVE),
            resolve,
        )
}

#[derive(Deserialize)]
struct At {
    place: Option<PlaceId>,
    cursor: Option<LotId>,
}

async fn list(ask: Ask, Query(at): Query<At>) -> Outcome {
    stock_page(&ask, &at, &FormErrors::default()).await
}

async fn stock_page(ask: &Ask, at: &At, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let places = places(&mut conn, ask, STOCK_READ.roles).await?;
    let place = match at.place {
        Some(id) => Some(
            places
                .iter()
                .find(|place| place.id == id)
                .ok_or(Failure::NotFound)?,
        ),
        None => places.first(),
    };
    let mut shelves = match place {
        Some(place) => queries::at_place(&mut conn, place.id, at.cursor).await?,
        None => Vec::new(),
    };
    let next = (shelves.len() as i64 > PAGE).then(|| {
        shelves.truncate(PAGE as usize);
        let last = shelves
            .last()
            .map(|shelf| format!("/stock?place={}&cursor={}", shelf.place_id, shelf.lot_id));
        last.unwrap_or_default()
    });
    let open = open_discrepancies(&mut conn, &ask.viewer).await?;
    let may_resolve = GOODS_RECEIVE.is_held_by(&ask.viewer);
    let view = views::list(
        &ask.page,
        &places,
        place,
        &shelves,
        &open,
        next.as_deref(),
        may_resolve,
        errors,
    );
    match errors.is_empty() {
        true => ask.html(&ask.page.t(&WORDS, "stock-title"), view),
        false => ask.again(&ask.page.t(&WORDS, "stock-title"), view),
    }
}

/// A lot that lies, or lay, in one of the viewer's places, with those places' balances.
pub(crate) async fn seen(conn: &mut Conn, ask: &Ask, code: &str) -> Outcome<(Lot, Vec<Shelf>)> {
    let code = LabelCode::parse(code).map_err(|_| Failure::NotFound)?;
    let lot = receipts::by_code(conn, &code.to_string())
        .await?
        .ok_or(Failure::NotFound)?;
    let own: Vec<PlaceId> = places(conn, ask, STOCK_READ.roles)
        .await?
        .iter()
        .map(|place| place.id)
        .collect();
    let mut shelves = queries::of_lot(conn, lot.id).await?;
    shelves.retain(|shelf| own.contains(&shelf.place_id));
    if shelves.is_empty() {
        Err(Failure::NotFound)
    } else {
        Ok((lot, shelves))
    }
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    lot_page(&ask, &code, &Form::default(), &FormErrors::default()).await
}

async fn lot_page(ask: &Ask, code: &str, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let (lot, shelves) = seen(&mut conn, ask, code).await?;
    let mut rows = Vec::with_capacity(shelves.len());
    for shelf in shelves {
        let place: Place = organizations::places::get(&mut conn, shelf.place_id).await?;
        let movements = queries::movements(&mut conn, lot.id, shelf.place_id).await?;
        rows.push((shelf, place, movements));
    }
    let may_remove = GOODS_RECEIVE.is_held_by(&ask.viewer);
    let view = views::lot(&ask.page, &lot, &rows, may_remove, form, errors);
    match errors.is_empty() {
        true => ask.html(lot.name(ask.lang()), view),
        false => ask.again(lot.name(ask.lang()), view),
    }
}

async fn remove(ask: Ask, Path(code): Path<String>, form: Form) -> Outcome {
    let (lot, shelves) = seen(&mut ask.read().await?, &ask, &code).await?;
    let mut read = form.read(&ask.page);
    let place = read.choice::<PlaceId>("place");
    let kind = read.choice::<MovementKind>("kind");
    let quantity = read.number("quantity", 1, 100_000);
    let payer = read.optional_choice("payer");
    let reason = read.optional_text("reason", 200);
    let mut errors = read.errors;
    let place = place.filter(|place| shelves.iter().any(|shelf| shelf.place_id == *place));
    if let (Some(place_id), Some(kind), Some(quantity), Some(payer), Some(reason)) =
        (place, kind, quantity, payer, reason)
    {
        let command = MoveOut {
            id: form.key()?,
            lot_id: lot.id,
            place_id,
            quantity,
            kind,
            payer,
            reason,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/lots/{}", lot.code),
                &ask.page.t(&WORDS, "stock-moved"),
            );
        }
    } else if errors.is_empty() {
        errors.push("place", ask.page.t(&WORDS, "receipt-place-unknown"));
    }
    lot_page(&ask, &code, &form, &errors).await
}

async fn resolve(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let open = open_discrepancies(&mut ask.read().await?, &ask.viewer).await?;
    let is_own = open.iter().any(|it| it.id == id);
    let mut read = form.read(&ask.page);
    let resolution = read.text(&format!("resolution_{id}"), 300);
    let mut errors = read.errors;
    if let Some(resolution) = resolution {
        // Another body's, or resolved already: not there for this viewer.
        if !is_own {
            return Err(Failure::NotFound);
        }
        let command = ResolveDiscrepancy { id, resolution };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/stock", &ask.page.t(&WORDS, "stock-resolved"));
        }
    } else if !is_own {
        return Err(Failure::NotFound);
    }
    stock_page(
        &ask,
        &At {
            place: None,
            cursor: None,
        },
        &errors,
    )
    .await
}
