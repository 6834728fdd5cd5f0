//! Handlers of the public window.

use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::Query;
use contacts::ContactId;
use makers::ProductId;
use makers::reference::{self, Category};
use makers::stories::{self, Named};
use money::{Rial, Unit};
use organizations::PlaceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::Outcome;

use super::{Filter, OnShelf, Shown, queries, views};
use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/shop", Need::Public, show).api_get(
        "/api/v1/shop/products",
        Need::Public,
        list,
    )
}

/// What the address asks for; an odd value asks for nothing.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
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

async fn find(ask: &Ask, asked: &Asked, limit: Limit) -> Outcome<Found> {
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
    let (products, next) = queries::list(&mut conn, &filter, today, limit.0).await?;
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
    let found = find(&ask, &asked, Limit(PAGE)).await?;
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

/// Who made it, when she agreed to be named.
#[derive(Serialize, JsonSchema)]
struct MakerShown {
    first_name: String,
    neighbourhood: String,
    page: String,
}

/// A product in the public window; prices in rials.
#[derive(Serialize, JsonSchema)]
struct ProductShown {
    id: ProductId,
    code: String,
    name_fa: String,
    name_en: String,
    category: Option<String>,
    price: Option<Rial>,
    currency: &'static str,
    maker: Option<MakerShown>,
    page: String,
    shops: Vec<OnShelf>,
}

async fn list(ask: Ask, limit: Limit, Query(asked): Query<Asked>) -> Outcome<impl Gives> {
    let found = find(&ask, &asked, limit).await?;
    let items: Vec<_> = found
        .products
        .iter()
        .map(|one| {
            let shelves = found.shelves.iter();
            let shops = shelves
                .filter(|shelf| shelf.product_id == one.id)
                .cloned()
                .collect();
            let maker = found
                .makers
                .iter()
                .find(|maker| maker.contact_id == one.contact_id);
            let maker = maker.map(|maker| MakerShown {
                first_name: maker.first_name.clone(),
                neighbourhood: maker.neighbourhood.clone(),
                page: format!("/makers/{}", maker.handle),
            });
            ProductShown {
                id: one.id,
                code: one.code.clone(),
                name_fa: one.name_fa.clone(),
                name_en: one.name_en.clone(),
                category: one.category.clone(),
                price: one.price,
                currency: "IRR",
                maker,
                page: format!("/products/{}", one.code),
                shops,
            }
        })
        .collect();
    ask.list(items, found.next)
}
