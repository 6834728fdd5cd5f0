//! The same for machines: a maker's file under `/api/v1/makers/{handle}`.

use access::contract::Gives;
use access::{Answer, Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use contacts::ContactId;
use db::Write;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::{File, file};
use super::{
    BUSINESS_FIELD, BusinessId, BusinessState, HomeBusiness, OpenBusiness, SetBusinessState,
    WorkMode,
};
use crate::licences::{
    LICENCE_FIELD, Licence, LicenceId, LicenceKind, LicenceSource, RecordLicence, RevokeLicence,
};
use crate::products::{ProductId, ProductState};
use crate::registration::pages::consent;
use crate::stories::{EndStory, Evidence};
use crate::{PRODUCT_CHANGE, PRODUCT_READ};

pub(crate) fn routes() -> Routes {
    let change = Need::May(&PRODUCT_CHANGE);
    Routes::new()
        .api_get("/api/v1/makers/{handle}", Need::May(&PRODUCT_READ), show)
        .api_post("/api/v1/makers/{handle}/business", change, open)
        .api_post("/api/v1/makers/{handle}/business/state", change, set_state)
        .api_post("/api/v1/makers/{handle}/licences", change, record)
        .api_post(
            "/api/v1/makers/{handle}/licences/{id}/revocation",
            change,
            revoke,
        )
        .api_post("/api/v1/makers/{handle}/story", change, allow_story)
        .api_post("/api/v1/makers/{handle}/story/end", change, end_story)
}

/// Runs an act on a maker's file and answers with the file.
async fn act<W: Write>(
    ask: Ask,
    handle: &str,
    key: Uuid,
    command: W,
) -> Outcome<Answer<MakerFile>> {
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    let file = file(&ask, handle).await?;
    body(ask, status, &file)
}

/// A product of hers.
#[derive(Serialize, JsonSchema)]
struct ProductOfMaker {
    id: ProductId,
    code: String,
    name_fa: String,
    state: ProductState,
}

/// A maker's file.
#[derive(Serialize, JsonSchema)]
struct MakerFile {
    id: ContactId,
    handle: String,
    shown_name: String,
    business: Option<HomeBusiness>,
    licences: Vec<Licence>,
    products: Vec<ProductOfMaker>,
    is_shown: bool,
}

fn body(ask: Ask, status: StatusCode, file: &File) -> Outcome<Answer<MakerFile>> {
    let products: Vec<_> = file
        .products
        .iter()
        .map(|one| ProductOfMaker {
            id: one.id,
            code: one.code.clone(),
            name_fa: one.name_fa.clone(),
            state: one.state,
        })
        .collect();
    ask.json(
        status,
        &MakerFile {
            id: file.maker.id,
            handle: file.maker.handle.clone(),
            shown_name: file.maker.name_for(&ask.viewer),
            business: file.business.clone(),
            licences: file.licences.clone(),
            products,
            is_shown: file.has_story,
        },
    )
}

async fn show(ask: Ask, Path(handle): Path<String>) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    body(ask, StatusCode::OK, &file)
}

/// A text of one to `most` letters (or none, when it is optional), cleaned.
fn text(text: &str, field: &str, least: usize, most: usize) -> Outcome<String> {
    let text = persian::clean(text);
    match (least..=most).contains(&text.chars().count()) {
        true => Ok(text),
        false => BUSINESS_FIELD.at(field).map_err(Failure::from),
    }
}

#[derive(Deserialize, JsonSchema)]
struct NewBusiness {
    id: BusinessId,
    craft_fa: String,
    #[serde(default)]
    craft_en: String,
    field_code: String,
    work_mode: WorkMode,
    #[serde(default)]
    place_note: String,
    started_on: Date,
}

async fn open(
    ask: Ask,
    Path(handle): Path<String>,
    Json(new): Json<NewBusiness>,
) -> Outcome<impl Gives> {
    let maker = file(&ask, &handle).await?.maker;
    let bodies = ask.viewer.bodies_as(PRODUCT_CHANGE.roles);
    let command = OpenBusiness {
        id: new.id,
        contact_id: maker.id,
        field_code: text(&new.field_code, "field_code", 1, 40)?,
        craft_fa: text(&new.craft_fa, "craft_fa", 1, 80)?,
        craft_en: text(&new.craft_en, "craft_en", 0, 80)?,
        work_mode: new.work_mode,
        place_note: text(&new.place_note, "place_note", 0, 200)?,
        state: match new.started_on > ask.now().date() {
            true => BusinessState::Planned,
            false => BusinessState::Active,
        },
        started_on: new.started_on,
        organization_id: bodies.first().copied().map(OrganizationId::new),
    };
    act(ask, &handle, new.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
struct NewState {
    state: BusinessState,
}

async fn set_state(
    ask: Ask,
    Path(handle): Path<String>,
    Key(key): Key,
    Json(new): Json<NewState>,
) -> Outcome<impl Gives> {
    let business = file(&ask, &handle)
        .await?
        .business
        .ok_or(Failure::NotFound)?;
    let command = SetBusinessState {
        id: business.id,
        state: new.state,
    };
    act(ask, &handle, key, command).await
}

#[derive(Deserialize, JsonSchema)]
struct NewLicence {
    id: LicenceId,
    kind: LicenceKind,
    number: String,
    issuer_id: OrganizationId,
    valid_from: Date,
    valid_until: Date,
}

async fn record(
    ask: Ask,
    Path(handle): Path<String>,
    Json(new): Json<NewLicence>,
) -> Outcome<impl Gives> {
    let maker = file(&ask, &handle).await?.maker;
    let number = persian::latin_digits(&persian::clean(&new.number));
    if !(1..=40).contains(&number.chars().count()) {
        return LICENCE_FIELD.at("number").map_err(Failure::from);
    }
    let command = RecordLicence {
        id: new.id,
        contact_id: maker.id,
        kind: new.kind,
        number,
        issuer_id: new.issuer_id,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        source: LicenceSource::Staff,
        source_id: None,
    };
    act(ask, &handle, new.id.get(), command).await
}

async fn revoke(
    ask: Ask,
    Path((handle, id)): Path<(String, LicenceId)>,
    Key(key): Key,
) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    if !file.licences.iter().any(|licence| licence.id == id) {
        return Err(Failure::NotFound);
    }
    act(ask, &handle, key, RevokeLicence { id }).await
}

#[derive(Deserialize, JsonSchema)]
struct NewStory {
    id: Uuid,
    evidence: Evidence,
}

async fn allow_story(
    ask: Ask,
    Path(handle): Path<String>,
    Json(new): Json<NewStory>,
) -> Outcome<impl Gives> {
    let maker = file(&ask, &handle).await?.maker;
    let command = consent(&ask, new.id, maker.id, new.evidence);
    act(ask, &handle, new.id, command).await
}

async fn end_story(ask: Ask, Path(handle): Path<String>, Key(key): Key) -> Outcome<impl Gives> {
    let contact_id = file(&ask, &handle).await?.maker.id;
    act(ask, &handle, key, EndStory { contact_id }).await
}
