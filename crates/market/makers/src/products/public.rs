//! What everyone may see: a product on sale, a maker who agreed, and their pictures.

use access::{Ask, Need, Routes};
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use db::{Conn, Result};
use maud::{Markup, html};
use persian::Date;
use web::parts::{self, MakerCard};
use web::{Failure, Outcome, Page};

use super::queries::may_see;
use super::{Product, ProductState, queries, unit_price};
use crate::reference::{self, Category};
use crate::stories::{self, Story, texts};
use crate::{WORDS, photos};

// words: public-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/makers/{handle}", Need::Public, maker)
        .get("/photos/{id}", Need::Public, large_picture)
        .get("/photos/{id}/small", Need::Public, small_picture)
}

/// A product as its public page shows it.
pub struct Shown {
    /// The approved product.
    pub product: Product,
    /// Its category.
    pub category: Option<Category>,
    /// Its maker's story, while she agrees.
    pub story: Option<Story>,
}

/// The product of a code, only while it is approved.
pub async fn find(conn: &mut Conn, code: &str, day: Date) -> Result<Option<Shown>> {
    let Some(product) = queries::by_code(conn, code).await? else {
        return Ok(None);
    };
    if product.state != ProductState::Approved {
        return Ok(None);
    }
    let category = match &product.category_code {
        Some(code) => reference::category(conn, code).await?,
        None => None,
    };
    let story = stories::find(conn, product.contact_id, day).await?;
    Ok(Some(Shown {
        product,
        category,
        story,
    }))
}

/// The public page's body; `places` tells where it can be bought.
pub fn body(p: &Page, shown: &Shown, places: Markup) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let product = &shown.product;
    let name = product.name(p.lang);
    let texts = [
        ("public-materials", &product.materials),
        ("public-weight", &product.weight),
        ("public-ingredients", &product.ingredients),
        ("public-storage", &product.storage),
        ("public-hygiene", &product.hygiene_number),
    ];
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    if let Some(category) = &shown.category {
        pairs.push((t("public-category"), html! { (category.name(p.lang)) }));
    }
    // A hygiene number says something of food alone.
    let is_shown =
        |key: &str, text: &str| !text.is_empty() && (product.is_food || key != "public-hygiene");
    for (key, text) in texts.into_iter().filter(|(key, text)| is_shown(key, text)) {
        pairs.push((t(key), html! { bdi { (text) } }));
    }
    html! {
        h1 { bdi { (name) } }
        @if let Some(photo) = product.photo_id {
            p { img src={ "/photos/" (photo) } width="480" height="480" alt=(p.tr(&WORDS, "photo-of", &[("name", name.into())])); }
        }
        @if let Some(price) = product.price { p.price { strong { (unit_price(p, price, product.sale_unit)) } } }
        @if !product.description.is_empty() { p { bdi { (product.description) } } }
        (parts::facts(&pairs))
        @if let Some(story) = &shown.story { (card(p, story, product)) }
        (places)
    }
}

fn card(p: &Page, story: &Story, product: &Product) -> Markup {
    let href = format!("/makers/{}", story.handle);
    let since = product
        .approved_at
        .map(|at| persian::Jalali::from(at.date()).year);
    parts::maker_card(
        p,
        MakerCard {
            name: &story.first_name,
            neighborhood: &story.neighbourhood,
            craft: story.craft(p.lang),
            since,
            photo: None,
            href: Some(&href),
        },
    )
}

/// A maker's page: open only while she agrees and something of hers is on sale or told.
async fn maker(ask: Ask, Path(handle): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = contacts::by_handle(&mut conn, &handle)
        .await?
        .ok_or(Failure::NotFound)?;
    let story = stories::find(&mut conn, contact.id, ask.now().date())
        .await?
        .ok_or(Failure::NotFound)?;
    let mut products = queries::list_of(&mut conn, contact.id).await?;
    products.retain(|product| product.state == ProductState::Approved);
    let text = texts::shown_of(&mut conn, contact.id, ask.now().date()).await?;
    if products.is_empty() && text.is_none() {
        return Err(Failure::NotFound);
    }
    let p = &ask.page;
    ask.public_html(&story.first_name, html! {
        h1 { bdi { (story.first_name) } }
        p { bdi { (story.craft(p.lang)) } @if !story.neighbourhood.is_empty() { ", " bdi { (story.neighbourhood) } } }
        (stories::views::told(p, &story, text.as_ref()))
        @if !products.is_empty() {
            h2 { (p.t(&WORDS, "public-products")) }
            (cards(p, &products))
        }
        p { a href="/stories" { (p.t(&WORDS, "stories-title")) } }
    })
}

/// Products as a list of small pictures, names and prices.
pub fn cards(p: &Page, products: &[Product]) -> Markup {
    html! {
        ul { @for product in products {
            @let name = product.name(p.lang);
            li {
                a href={ "/products/" (product.code) } {
                    @if let Some(photo) = product.photo_id {
                        img src={ "/photos/" (photo) "/small" } width="96" height="96" loading="lazy" alt="";
                        " "
                    }
                    bdi { (name) }
                }
                @if let Some(price) = product.price { " " (unit_price(p, price, product.sale_unit)) }
            }
        } }
    }
}

async fn large_picture(ask: Ask, Path(id): Path<photos::PhotoId>, headers: HeaderMap) -> Outcome {
    picture(&ask, id, false, &headers).await
}

async fn small_picture(ask: Ask, Path(id): Path<photos::PhotoId>, headers: HeaderMap) -> Outcome {
    picture(&ask, id, true, &headers).await
}

/// Sent to everyone while the product shows it and is approved, else to those who may see the
/// file. Asked again each time, so that a withdrawn picture is gone at once.
async fn picture(ask: &Ask, id: photos::PhotoId, is_small: bool, headers: &HeaderMap) -> Outcome {
    let mut conn = ask.read().await?;
    let product_id = photos::product_of(&mut conn, id).await?;
    let product = queries::get_product(&mut conn, product_id).await?;
    let is_public = product.state == ProductState::Approved && product.photo_id == Some(id);
    if !is_public && !may_see(&ask.viewer, &product) {
        return Err(Failure::NotFound);
    }
    let tag = format!("\"{id}{}\"", if is_small { "-small" } else { "" });
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let answer = Response::builder()
        .header(header::ETAG, &tag)
        .header(header::CACHE_CONTROL, "private, no-cache");
    let answer = if known == Some(tag.as_str()) {
        answer.status(StatusCode::NOT_MODIFIED).body(Body::empty())
    } else {
        let jpeg = photos::picture(&mut conn, id, is_small).await?;
        answer
            .header(header::CONTENT_TYPE, "image/jpeg")
            .body(Body::from(jpeg))
    };
    answer
        .map(|answer| answer.into_response())
        .map_err(|error| Failure::Internal(error.to_string()))
}
