//! Handlers of the public window.

use access::{Ask, Need, Routes};
use axum::extract::Query;
use axum::http::StatusCode;
use contacts::ContactId;
use makers::reference::{self, Category};
use makers::stories::{self, Named};
use money::Unit;
use organizations::PlaceId;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use web::Outcome;

use super::{Filter, OnShelf, Shown, queries, views};
use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/shop", Need::Public, show)
        .get("/api/v1/shop/products", Need::Public, list)
}

/// What the address asks for; an odd value asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub shop: String,
    /// The highest price, in toman unless its unit is named.
    #[serde(default)]
    pub most: String,
    pub cursor: Option<Uuid>,
}

/// Products of one page.
const PAGE: i64 = 48;
/// The longest search that makes sense.
const LONGEST: usize = 200;

struct Found {
    products: Vec<Shown>,
    shelves: Vec<OnShelf>,
    makers: Vec<Named>,
    categories: Vec<Category>,
    next: Option<Uuid>,
}

async fn find(ask: &Ask, asked: &Asked) -> Outcome<Found> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let categories = reference::categories(&mut conn, today).await?;
    let filter = Filter {
        text: asked.q.chars().take(LONGEST).collect(),
        categories: below(&categories, &asked.category),
        most: money::parse_amount(&asked.most, Unit::Toman).ok(),
        place: asked.shop.parse().ok().map(PlaceId::new),
        before: asked.cursor,
    };
    let (products, next) = queries::list(&mut conn, &filter, today, PAGE).await?;
    let shelves = queries::shops(&mut conn, &products, today).await?;
    let mut contacts: Vec<ContactId> = products.iter().map(|one| one.contact_id).collect();
    contacts.sort_unstable();
    contacts.dedup();
    let makers = stories::named(&mut conn, &contacts, today).await?;
    Ok(Found {
        products,
        shelves,
        makers,
        categories,
        next,
    })
}

/// A category and all below it.
fn below(categories: &[Category], code: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    if categories.iter().any(|one| one.code == code) {
        codes.push(code.to_owned());
    }
    let mut at = 0;
    while let Some(parent) = codes.get(at).cloned() {
        let children = categories
            .iter()
            .filter(|one| one.parent_code.as_deref() == Some(&*parent));
        codes.extend(children.map(|one| one.code.clone()));
        at += 1;
    }
    codes
}

async fn show(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let found = find(&ask, &asked).await?;
    let places = queries::places(&mut ask.read().await?).await?;
    let title = ask.page.t(&WORDS, "shop-title");
    let next = found.next.map(|id| {
        let pairs = [
            ("q", asked.q.as_str()),
            ("category", &asked.category),
            ("shop", &asked.shop),
            ("most", &asked.most),
        ];
        let kept: String = pairs
            .iter()
            .map(|(name, value)| {
                let value: String =
                    url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                format!("&{name}={value}")
            })
            .collect();
        format!("/shop?cursor={id}{kept}")
    });
    let window = views::Window {
        products: &found.products,
        shelves: &found.shelves,
        makers: &found.makers,
        categories: &found.categories,
        places: &places,
        next: next.as_deref(),
    };
    ask.public_html(&title, views::window(&ask.page, &window, &asked))
}

async fn list(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let found = find(&ask, &asked).await?;
    let items: Vec<_> = found
        .products
        .iter()
        .map(|one| {
            let shelves = found.shelves.iter();
            let shops: Vec<&OnShelf> = shelves.filter(|shelf| shelf.product_id == one.id).collect();
            let maker = found
                .makers
                .iter()
                .find(|maker| maker.contact_id == one.contact_id);
            let maker = maker.map(|maker| {
                json!({ "first_name": maker.first_name, "neighbourhood": maker.neighbourhood,
                    "page": format!("/makers/{}", maker.handle) })
            });
            json!({ "id": one.id, "code": one.code, "name_fa": one.name_fa, "name_en": one.name_en,
                "category": one.category, "price": one.price, "currency": "IRR", "maker": maker,
                "page": format!("/products/{}", one.code), "shops": shops })
        })
        .collect();
    ask.json(
        StatusCode::OK,
        &json!({ "items": items, "next": found.next }),
    )
}
