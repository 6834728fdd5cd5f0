//! Profiles on screen.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    CertifyBody, ContactPerson, HelpKind, KeepProfile, contact_person, find, list, may_keep,
    may_see, views,
};
use crate::{
    Organization, OrganizationId, PROFILE_CERTIFY, PROFILE_KEEP, PROFILE_READ, WORDS, bodies,
};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/profiles", Need::May(&PROFILE_READ), index)
        .get("/profiles/{id}", Need::May(&PROFILE_READ), show)
        .get("/profiles/{id}/edit", Need::May(&PROFILE_KEEP), edit)
        .post("/profiles/{id}", Need::May(&PROFILE_KEEP), keep)
        .post(
            "/profiles/{id}/certificate",
            Need::May(&PROFILE_CERTIFY),
            certify,
        )
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    offers: String,
}

async fn index(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let offers: Option<HelpKind> = wanted.offers.parse().ok();
    let mut conn = ask.read().await?;
    let mut profiles = list(&mut conn).await?;
    profiles.retain(|profile| {
        may_see(&ask.viewer, profile.card.organization_id)
            && offers.is_none_or(|kind| profile.offers.contains(&kind))
    });
    // Bodies the viewer speaks for that have none yet.
    let mut missing: Vec<Organization> = Vec::new();
    for body in ask.viewer.bodies_as(&[access::Role::CompanyOfficer]) {
        let id = OrganizationId::new(body);
        if find(&mut conn, id).await?.is_none() {
            missing.push(bodies::get(&mut conn, id).await?);
        }
    }
    drop(conn);
    let view = views::list(&ask.page, &profiles, offers, &missing);
    ask.html(&ask.page.t(&WORDS, "profiles-title"), view)
}

/// The body, when the viewer may see its profile.
pub(super) async fn seen(ask: &Ask, id: OrganizationId) -> Outcome<Organization> {
    match may_see(&ask.viewer, id) {
        true => Ok(bodies::get(&mut ask.read().await?, id).await?),
        false => Err(Failure::NotFound),
    }
}

/// The body, when the viewer may change its profile.
pub(super) async fn kept(ask: &Ask, id: OrganizationId) -> Outcome<Organization> {
    match may_keep(&ask.viewer, id) {
        true => Ok(bodies::get(&mut ask.read().await?, id).await?),
        false => Err(Failure::NotFound),
    }
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let body = seen(&ask, id).await?;
    let view = page(&ask, &body, &Form::default(), &FormErrors::default()).await?;
    ask.html(body.name(ask.lang()), view)
}

async fn page(ask: &Ask, body: &Organization, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let profile = find(&mut conn, body.id).await?.ok_or(Failure::NotFound)?;
    let may_change = may_keep(&ask.viewer, body.id);
    let contact = match may_change {
        true => contact_person(&mut conn, &ask.city.keys, body.id).await?,
        false => None,
    };
    drop(conn);
    let may_certify = PROFILE_CERTIFY.is_held_by(&ask.viewer);
    let shown = views::Shown {
        profile: &profile,
        contact: contact.as_ref(),
        may_change,
        certify: may_certify.then_some((form, errors)),
    };
    Ok(views::show(&ask.page, &shown))
}

async fn edit(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let body = kept(&ask, id).await?;
    let mut conn = ask.read().await?;
    let form = match find(&mut conn, id).await? {
        None => Form::prefilled([("capacity", "1".to_owned())]),
        Some(profile) => {
            let contact = contact_person(&mut conn, &ask.city.keys, id).await?;
            views::filled(&profile, contact)
        }
    };
    drop(conn);
    let view = views::form(&ask.page, &body, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "profile-edit"), view)
}

fn kinds(form: &Form, name: &str) -> Vec<HelpKind> {
    let chosen = form.all(name).iter();
    chosen.filter_map(|word| word.parse().ok()).collect()
}

/// Numbers in a text, however they are parted.
pub(crate) fn regions(text: &str) -> Vec<i64> {
    let text = persian::latin_digits(text);
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

async fn keep(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let body = kept(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let kind = read.choice("kind");
    let about = (read.note("about_fa", 1000), read.note("about_en", 1000));
    let capacity = read.number("capacity", 0, 1000);
    let fields = read.optional_text("fields", 600);
    let contact = (
        read.optional_text("contact_name", 120),
        read.optional_text("contact_phone", 20),
    );
    let regions = regions(form.raw("regions"));
    if regions.iter().any(|region| !(1..=99).contains(region)) {
        read.wrong::<()>("regions", ask.page.t(&WORDS, "profile-regions-wrong"));
    }
    let is_named = read.ticked("is_named");
    let mut errors = read.errors;
    if let (
        true,
        Some(kind),
        (Some(about_fa), Some(about_en)),
        Some(capacity),
        Some(fields),
        (Some(contact_name), Some(contact_phone)),
    ) = (errors.is_empty(), kind, about, capacity, fields, contact)
    {
        let command = KeepProfile {
            organization_id: id,
            kind,
            about_fa,
            about_en,
            capacity,
            offers: kinds(&form, "offers"),
            seeks: kinds(&form, "seeks"),
            regions,
            fields: fields
                .split(['،', ','])
                .map(|one| one.trim().to_owned())
                .filter(|one| !one.is_empty())
                .collect(),
            contact: ContactPerson {
                contact_name,
                contact_phone,
            }
            .sealed(&ask.city.keys, id)?,
            is_named,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "profile-kept");
            return ask.see_with(format!("/profiles/{id}"), &done);
        }
    }
    let view = views::form(&ask.page, &body, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "profile-edit"), view)
}

async fn certify(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let body = seen(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let (number, until) = (read.text("number", 40), read.date("until"));
    let mut errors = read.errors;
    if let (Some(number), Some(until)) = (number, until) {
        let command = CertifyBody {
            organization_id: id,
            number,
            until,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "profile-certified");
            return ask.see_with(format!("/profiles/{id}"), &done);
        }
    }
    let view = page(&ask, &body, &form, &errors).await?;
    ask.again(body.name(ask.lang()), view)
}
