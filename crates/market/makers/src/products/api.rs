//! The same for machines: `/api/v1/products`.

use access::contract::Gives;
use access::{Answer, Ask, IfMatch, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use contacts::ContactId;
use money::Rial;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome, Upload};

use super::queries::{may_change, may_see};
use super::{
    ApproveProduct, ChangeProduct, CreateProduct, Filter, Product, ProductFacts, ProductId,
    RetireProduct, ReturnProduct, SetPrice, SubmitProduct, queries,
};
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, PRODUCT_READ, photos};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/products", Need::May(&PRODUCT_READ), list)
        .api_post("/api/v1/products", Need::May(&PRODUCT_CHANGE), create)
        .api_get("/api/v1/products/{id}", Need::May(&PRODUCT_READ), show)
        .api_put("/api/v1/products/{id}", Need::May(&PRODUCT_CHANGE), change)
        .api_post(
            "/api/v1/products/{id}/photos",
            Need::May(&PRODUCT_CHANGE),
            add_photo,
        )
        .api_post(
            "/api/v1/products/{id}/prices",
            Need::May(&PRODUCT_CHANGE),
            set_price,
        )
        .api_post(
            "/api/v1/products/{id}/submission",
            Need::May(&PRODUCT_CHANGE),
            submit,
        )
        .api_post(
            "/api/v1/products/{id}/approval",
            Need::May(&PRODUCT_APPROVE),
            approve,
        )
        .api_post(
            "/api/v1/products/{id}/return",
            Need::May(&PRODUCT_APPROVE),
            send_back,
        )
        .api_post(
            "/api/v1/products/{id}/retirement",
            Need::May(&PRODUCT_CHANGE),
            retire,
        )
}

async fn list(ask: Ask, limit: Limit, Query(filter): Query<Filter>) -> Outcome<impl Gives> {
    let mut items = queries::list(
        &mut ask.read().await?,
        &ask.viewer,
        &filter,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<ProductId>) -> Outcome<Answer<Product>> {
    let product = queries::get_product(&mut ask.read().await?, id).await?;
    if !may_see(&ask.viewer, &product) {
        return Err(Failure::NotFound);
    }
    Ok(ask
        .json(StatusCode::OK, &product)?
        .at_version(product.version))
}

/// The product, when the viewer may write in it.
async fn open(ask: &Ask, id: ProductId) -> Outcome<Product> {
    let product = queries::get_product(&mut ask.read().await?, id).await?;
    if may_change(&ask.viewer, &product) {
        Ok(product)
    } else {
        Err(Failure::NotFound)
    }
}

#[derive(Deserialize, JsonSchema)]
struct NewProduct {
    id: ProductId,
    contact_id: ContactId,
    #[serde(flatten)]
    facts: ProductFacts,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(new): Json<NewProduct>) -> Outcome<impl Gives> {
    let organization_id = ask
        .viewer
        .bodies_as(PRODUCT_CHANGE.roles)
        .first()
        .copied()
        .map(OrganizationId::new);
    let command = CreateProduct {
        id: new.id,
        contact_id: new.contact_id,
        organization_id,
        facts: new.facts.cleaned(),
    };
    let answer = ask.once(new.id.get(), command).await?;
    let product = queries::get_product(&mut ask.read().await?, answer.out).await?;
    let status = Ask::status(&answer);
    ask.json(status, &product)
}

/// Replaces all facts of the file that was read.
async fn change(
    ask: Ask,
    Path(id): Path<ProductId>,
    Key(key): Key,
    IfMatch(version): IfMatch,
    Json(facts): Json<ProductFacts>,
) -> Outcome<impl Gives> {
    open(&ask, id).await?;
    let command = ChangeProduct {
        id,
        facts: facts.cleaned(),
        version: Some(version),
    };
    ask.once(key, command).await?;
    show(ask, Path(id)).await
}

async fn add_photo(
    ask: Ask,
    Path(id): Path<ProductId>,
    Key(key): Key,
    upload: Upload,
) -> Outcome<impl Gives> {
    open(&ask, id).await?;
    let photo = photos::ready(&upload, "file")
        .await?
        .map_err(|key| Failure::Unreadable(key.to_owned()))?;
    let command = photos::AddPhoto::new(photos::PhotoId::new(key), id, photo);
    ask.made(ask.once(key, command).await?)
}

/// A keyed act: `id` makes a second send harmless.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Keyed{T}")]
struct Keyed<T> {
    id: Uuid,
    #[serde(flatten)]
    rest: T,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NoMore")]
struct Nothing {}

#[derive(Deserialize, JsonSchema)]
struct NewPrice {
    price: Rial,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ProductReason")]
struct Why {
    reason: String,
}

async fn act<W: db::Write>(
    ask: Ask,
    product: ProductId,
    key: Uuid,
    command: W,
) -> Outcome<Answer<Product>>
where
    W::Out: Serialize,
{
    open(&ask, product).await?;
    ask.once(key, command).await?;
    show(ask, Path(product)).await
}

async fn set_price(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<NewPrice>>,
) -> Outcome<impl Gives> {
    act(
        ask,
        id,
        body.id,
        SetPrice {
            id,
            price: body.rest.price,
        },
    )
    .await
}

async fn submit(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<Nothing>>,
) -> Outcome<impl Gives> {
    act(ask, id, body.id, SubmitProduct { id }).await
}

async fn approve(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<Nothing>>,
) -> Outcome<impl Gives> {
    act(ask, id, body.id, ApproveProduct { id }).await
}

async fn send_back(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<Why>>,
) -> Outcome<impl Gives> {
    act(
        ask,
        id,
        body.id,
        ReturnProduct {
            id,
            reason: persian::clean(&body.rest.reason),
        },
    )
    .await
}

async fn retire(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<Why>>,
) -> Outcome<impl Gives> {
    act(
        ask,
        id,
        body.id,
        RetireProduct {
            id,
            reason: persian::clean(&body.rest.reason),
        },
    )
    .await
}
