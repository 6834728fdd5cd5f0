//! A product's public page with where to buy it, and the short link on labels.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use documents::codes::LabelCode;
use makers::products::public;
use maud::{Markup, html};
use web::parts::{self, Drawing};
use web::{Failure, Outcome, Page};

use super::queries::{self, Where};
use crate::{WORDS, receipts};

// words: buy-* goods-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/products/{code}", Need::Public, product)
        .get("/l/{code}", Need::Public, label)
        .get("/my/goods", Need::Person, mine)
}

/// Open while the product is approved, closed with the next request after.
async fn product(ask: Ask, Path(code): Path<String>) -> Outcome {
    let day = ask.now().date();
    let mut conn = ask.read().await?;
    let shown = public::find(&mut conn, &code, day)
        .await?
        .ok_or(Failure::NotFound)?;
    let shops = queries::shops(&mut conn, shown.product.id, day).await?;
    let p = &ask.page;
    ask.public_html(
        shown.product.name(p.lang),
        public::body(p, &shown, places(p, &shops)),
    )
}

fn places(p: &Page, shops: &[Where]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t("buy-where")) }
        @if shops.is_empty() { p { (t("buy-nowhere")) } } @else {
            ul { @for shop in shops {
                li { bdi { (shop.name(p.lang)) } ": " (p.tr(&WORDS, "buy-pieces", &[("count", shop.on_hand.into())])) }
            } }
        }
    }
}

/// What a label's QR opens: the page of its product.
async fn label(ask: Ask, Path(code): Path<String>) -> Outcome {
    let code = LabelCode::parse(&code).map_err(|_| Failure::NotFound)?;
    let mut conn = ask.read().await?;
    let lot = receipts::by_code(&mut conn, &code.to_string())
        .await?
        .ok_or(Failure::NotFound)?;
    ask.see(format!("/products/{}", lot.product_code))
}

/// A maker's goods: where they are and how many are left.
async fn mine(ask: Ask) -> Outcome {
    let contact = ask.viewer.contact_id().ok_or(Failure::NotFound)?;
    let mut conn = ask.read().await?;
    let shelves = crate::stock::of_contact(&mut conn, contacts::ContactId::new(contact)).await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let mut cards = Vec::with_capacity(shelves.len());
    for shelf in shelves.iter().filter(|shelf| shelf.on_hand > 0) {
        let place = organizations::places::get(&mut conn, shelf.place_id).await?;
        let left = p.tr(&WORDS, "buy-pieces", &[("count", shelf.on_hand.into())]);
        cards.push(parts::card(
            Some(shelf.name(p.lang)),
            parts::facts(&[
                (t("goods-place"), html! { bdi { (place.name(p.lang)) } }),
                (t("goods-left"), html! { (left) }),
                (t("goods-price"), p.money(shelf.unit_price)),
            ]),
        ));
    }
    let title = t("goods-title");
    ask.html(
        &title,
        html! {
            h1 { (title) }
            @if cards.is_empty() {
                (parts::empty_state(Drawing::Loom, &t("goods-empty"), &t("goods-empty-help"), None))
            }
            @for card in &cards { (card) }
        },
    )
}
