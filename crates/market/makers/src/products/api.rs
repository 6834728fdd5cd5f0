//! The same for machines: `/api/v1/products`.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use contacts::ContactId;
use money::Rial;
use organizations::OrganizationId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome, Upload};

use super::queries::{PAGE, may_change, may_see};
use super::{
    ApproveProduct, ChangeProduct, CreateProduct, Filter, Product, ProductFacts, ProductId,
    RetireProduct, ReturnProduct, SetPrice, SubmitProduct, queries,
};
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, PRODUCT_READ, photos};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/products", Need::May(&PRODUCT_READ), list)
        .post("/api/v1/products", Need::May(&PRODUCT_CHANGE), create)
        .get("/api/v1/products/{id}", Need::May(&PRODUCT_READ), show)
        .put("/api/v1/products/{id}", Need::May(&PRODUCT_CHANGE), change)
        .post(
            "/api/v1/products/{id}/photos",
            Need::May(&PRODUCT_CHANGE),
            add_photo,
        )
        .post(
            "/api/v1/products/{id}/prices",
            Need::May(&PRODUCT_CHANGE),
            set_price,
        )
        .post(
            "/api/v1/products/{id}/submission",
            Need::May(&PRODUCT_CHANGE),
            submit,
        )
        .post(
            "/api/v1/products/{id}/approval",
            Need::May(&PRODUCT_APPROVE),
            approve,
        )
        .post(
            "/api/v1/products/{id}/return",
            Need::May(&PRODUCT_APPROVE),
            send_back,
        )
        .post(
            "/api/v1/products/{id}/retirement",
            Need::May(&PRODUCT_CHANGE),
            retire,
        )
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let mut items = queries::list(&mut ask.read().await?, &ask.viewer, &filter).await?;
    let has_more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": next }),
    )
}

async fn show(ask: Ask, Path(id): Path<ProductId>) -> Outcome {
    let product = queries::get_product(&mut ask.read().await?, id).await?;
    if !may_see(&ask.viewer, &product) {
        return Err(Failure::NotFound);
    }
    ask.json(StatusCode::OK, &product)
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

#[derive(Deserialize)]
struct NewProduct {
    id: ProductId,
    contact_id: ContactId,
    #[serde(flatten)]
    facts: ProductFacts,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(new): Json<NewProduct>) -> Outcome {
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
    let answer = ask
        .city
        .db
        .write_once(new.id.get(), &ask.origin(), command)
        .await?;
    let product = queries::get_product(&mut ask.read().await?, answer.out).await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &product)
}

async fn change(ask: Ask, Path(id): Path<ProductId>, Json(facts): Json<ProductFacts>) -> Outcome {
    open(&ask, id).await?;
    let facts = facts.cleaned();
    ask.write(ChangeProduct { id, facts }).await?;
    show(ask, Path(id)).await
}

async fn add_photo(ask: Ask, Path(id): Path<ProductId>, upload: Upload) -> Outcome {
    open(&ask, id).await?;
    let photo = photos::ready(&upload)
        .await?
        .map_err(|key| Failure::Unreadable(key.to_owned()))?;
    let key = upload
        .form
        .raw("id")
        .parse()
        .map_err(|_| Failure::Unreadable("id".to_owned()))?;
    let photo = ask
        .write(photos::AddPhoto::new(photos::PhotoId::new(key), id, photo))
        .await?;
    ask.json(StatusCode::CREATED, &serde_json::json!({ "id": photo }))
}

/// A keyed act: `id` makes a second send harmless.
#[derive(Deserialize)]
struct Keyed<T> {
    id: Uuid,
    #[serde(flatten)]
    rest: T,
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct NewPrice {
    price: Rial,
}

#[derive(Deserialize)]
struct Why {
    reason: String,
}

async fn act<W: db::Write>(ask: Ask, product: ProductId, key: Uuid, command: W) -> Outcome
where
    W::Out: Serialize,
{
    open(&ask, product).await?;
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    show(ask, Path(product)).await
}

async fn set_price(
    ask: Ask,
    Path(id): Path<ProductId>,
    Json(body): Json<Keyed<NewPrice>>,
) -> Outcome {
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

async fn submit(ask: Ask, Path(id): Path<ProductId>, Json(body): Json<Keyed<Nothing>>) -> Outcome {
    act(ask, id, body.id, SubmitProduct { id }).await
}

async fn approve(ask: Ask, Path(id): Path<ProductId>, Json(body): Json<Keyed<Nothing>>) -> Outcome {
    act(ask, id, body.id, ApproveProduct { id }).await
}

async fn send_back(ask: Ask, Path(id): Path<ProductId>, Json(body): Json<Keyed<Why>>) -> Outcome {
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

async fn retire(ask: Ask, Path(id): Path<ProductId>, Json(body): Json<Keyed<Why>>) -> Outcome {
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
