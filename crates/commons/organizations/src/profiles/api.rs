//! Profiles for machines: `/api/v1/profiles`.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Json, Outcome};

use super::pages::{kept, seen};
use super::{
    CertifyBody, ContactPerson, HelpKind, KeepProfile, Profile, ProfileKind, contact_person, find,
    list, may_keep, may_see,
};
use crate::{OrganizationId, PROFILE_CERTIFY, PROFILE_KEEP, PROFILE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/profiles", Need::May(&PROFILE_READ), index)
        .api_get("/api/v1/profiles/{id}", Need::May(&PROFILE_READ), show)
        .api_post("/api/v1/profiles", Need::May(&PROFILE_KEEP), keep)
        .api_post(
            "/api/v1/profiles/{id}/certificate",
            Need::May(&PROFILE_CERTIFY),
            certify,
        )
}

async fn index(ask: Ask) -> Outcome<impl Gives> {
    let mut profiles = list(&mut ask.read().await?).await?;
    profiles.retain(|profile| may_see(&ask.viewer, profile.card.organization_id));
    ask.whole(profiles)
}

/// A profile; with its contact person for those who may change it.
#[derive(Serialize, JsonSchema)]
struct ProfileFile {
    #[serde(flatten)]
    profile: Profile,
    contact: Option<ContactPerson>,
}

async fn file(ask: &Ask, id: OrganizationId) -> Outcome<ProfileFile> {
    let mut conn = ask.read().await?;
    let profile = find(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let contact = match may_keep(&ask.viewer, id) {
        true => contact_person(&mut conn, &ask.city.keys, id).await?,
        false => None,
    };
    Ok(ProfileFile { profile, contact })
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}

/// A profile as it is to be.
#[derive(Deserialize, JsonSchema)]
struct ProfileKept {
    /// The body.
    organization_id: OrganizationId,
    /// Who it is.
    kind: ProfileKind,
    about_fa: String,
    about_en: String,
    /// How many requests it can carry at a time.
    capacity: i64,
    /// What it can give.
    offers: Vec<HelpKind>,
    /// What it looks for.
    seeks: Vec<HelpKind>,
    /// Regions it serves; none means the whole city.
    regions: Vec<i64>,
    /// Fields of work it knows.
    fields: Vec<String>,
    /// Whom to call; kept private.
    #[serde(flatten)]
    contact: ContactPerson,
    /// Does it agree to be named and thanked in public?
    is_named: bool,
}

async fn keep(ask: Ask, Key(key): Key, Json(new): Json<ProfileKept>) -> Outcome<impl Gives> {
    let id = new.organization_id;
    kept(&ask, id).await?;
    let command = KeepProfile {
        organization_id: id,
        kind: new.kind,
        about_fa: new.about_fa,
        about_en: new.about_en,
        capacity: new.capacity,
        offers: new.offers,
        seeks: new.seeks,
        regions: new.regions,
        fields: new.fields,
        contact: new.contact.sealed(&ask.city.keys, id)?,
        is_named: new.is_named,
    };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}

/// A certificate as staff saw it.
#[derive(Deserialize, JsonSchema)]
struct Certificate {
    number: String,
    until: Date,
}

async fn certify(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Key(key): Key,
    Json(new): Json<Certificate>,
) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    let command = CertifyBody {
        organization_id: id,
        number: new.number,
        until: new.until,
    };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}
