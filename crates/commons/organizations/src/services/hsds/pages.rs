use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;
use web::{Failure, Outcome};

use super::asked::{Asked, Typed, names};
use super::taxonomies::{Term, terms};
use super::{Directory, VERSION, bodies, former, locations, profile, records, taxonomies};
use crate::OrganizationId;
use crate::services::directory::Entry;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/hsds/", Need::Public, about)
        .get("/hsds/profile", Need::Public, told_profile)
        .get("/hsds/openapi.json", Need::Public, described)
        .get("/hsds/services", Need::Public, services)
        .get("/hsds/services/{id}", Need::Public, service)
        .get("/hsds/organizations", Need::Public, organizations)
        .get("/hsds/organizations/{id}", Need::Public, organization)
        .get("/hsds/taxonomies", Need::Public, all_taxonomies)
        .get("/hsds/taxonomies/{id}", Need::Public, taxonomy)
        .get("/hsds/taxonomy_terms", Need::Public, all_terms)
        .get("/hsds/taxonomy_terms/{id}", Need::Public, term)
        .get("/hsds/service_at_locations", Need::Public, at_locations)
        .get("/hsds/service_at_locations/{id}", Need::Public, at_location)
}

fn base(ask: &Ask) -> String {
    ask.city.link("")
}

async fn about(ask: Ask) -> Outcome {
    let base = base(&ask);
    Ok(axum::Json(json!({
        "version": VERSION,
        "profile": format!("{base}/hsds/profile"),
        "openapi_url": format!("{base}/hsds/openapi.json"),
        "publisher": { "name": ask.page.city, "website": format!("{base}/") },
    }))
    .into_response())
}

async fn told_profile(ask: Ask) -> Outcome {
    Ok(axum::Json(profile::profile(&base(&ask))).into_response())
}

async fn described(ask: Ask) -> Outcome {
    Ok(axum::Json(profile::openapi(&base(&ask))).into_response())
}

/// A page of a list, or all of it line by line.
fn answer(asked: &Asked, all: Vec<Json>) -> Response {
    if !asked.is_lines {
        return axum::Json(asked.page_of(all)).into_response();
    }
    let lines: String = all.iter().map(|one| format!("{one}\n")).collect();
    ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response()
}

fn found(record: Option<Map<String, Json>>) -> Outcome {
    let record = record.ok_or(Failure::NotFound)?;
    Ok(axum::Json(Json::Object(record)).into_response())
}

/// A service with all that is below it.
async fn whole_service(
    ask: &Ask,
    directory: &Directory,
    entry: &Entry,
    terms: &[Term],
) -> Outcome<Map<String, Json>> {
    let mut conn = ask.read().await?;
    let body = entry.service.organization_id;
    let places = locations(&mut conn, body, directory.today).await?;
    let names = former(&mut conn, body).await?;
    drop(conn);
    let mut fields = records::nested(entry, directory, terms);
    let at = places
        .iter()
        .map(|place| Json::Object(records::at_location(entry, place, directory)));
    fields.insert("service_at_locations".into(), at.collect());
    if let Some(body) = bodies::organization(body, &names, directory) {
        fields.insert("organization".into(), Json::Object(body));
    }
    Ok(fields)
}

async fn services(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let asked = typed.understood()?;
    let directory = Directory::open(&ask).await?;
    let terms = terms(&directory);
    let mut all = Vec::new();
    for entry in directory
        .entries
        .iter()
        .filter(|entry| asked.fits(entry, &terms))
    {
        all.push(Json::Object(match (asked.is_minimal, asked.is_full) {
            (true, _) => records::full_fields(
                json!({ "id": entry.service.id, "modified_date": entry.service.changed_at }),
            ),
            (_, true) => whole_service(&ask, &directory, entry, &terms).await?,
            _ => records::plain(entry, &directory),
        }));
    }
    Ok(answer(&asked, all))
}

async fn service(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let directory = Directory::open(&ask).await?;
    let mut entries = directory.entries.iter();
    let entry = entries.find(|entry| entry.service.id.get() == id);
    let entry = entry.ok_or(Failure::NotFound)?;
    let terms = terms(&directory);
    found(Some(whole_service(&ask, &directory, entry, &terms).await?))
}

/// A body with its places, and its services in short or whole.
async fn whole_body(
    ask: &Ask,
    directory: &Directory,
    id: OrganizationId,
    is_full_service: bool,
) -> Outcome<Option<Map<String, Json>>> {
    let mut conn = ask.read().await?;
    let places = locations(&mut conn, id, directory.today).await?;
    let names = former(&mut conn, id).await?;
    drop(conn);
    let Some(mut fields) = bodies::organization(id, &names, directory) else {
        return Ok(None);
    };
    let terms = terms(directory);
    let own = directory.entries.iter();
    let own = own.filter(|entry| entry.service.organization_id == id);
    let services = own.map(|entry| {
        Json::Object(match is_full_service {
            true => records::nested(entry, directory, &terms),
            false => records::plain(entry, directory),
        })
    });
    fields.insert("services".into(), services.collect());
    let places = places
        .iter()
        .map(|place| bodies::location(place, directory));
    fields.insert("locations".into(), places.collect());
    Ok(Some(fields))
}

async fn organizations(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let asked = typed.understood()?;
    let directory = Directory::open(&ask).await?;
    let terms = terms(&directory);
    let fits = |id: OrganizationId| {
        let mut own = directory.entries.iter();
        own.any(|entry| entry.service.organization_id == id && asked.fits(entry, &terms))
    };
    let mut all = Vec::new();
    for id in directory.bodies().into_iter().filter(|id| fits(*id)) {
        let record = match asked.is_full || asked.is_full_service {
            true => whole_body(&ask, &directory, id, asked.is_full_service).await?,
            false => {
                let names = former(&mut ask.read().await?, id).await?;
                bodies::organization(id, &names, &directory)
            }
        };
        all.extend(record.map(Json::Object));
    }
    Ok(answer(&asked, all))
}

async fn organization(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Query(typed): Query<Typed>,
) -> Outcome {
    let asked = typed.understood()?;
    let directory = Directory::open(&ask).await?;
    if !directory.bodies().contains(&id) {
        return Err(Failure::NotFound);
    }
    found(whole_body(&ask, &directory, id, asked.is_full_service).await?)
}

async fn all_taxonomies(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let asked = typed.understood()?;
    let mut all = taxonomies::taxonomies(&Directory::open(&ask).await?);
    let text = |one: &Json| one["name"].as_str().unwrap_or_default().to_owned();
    all.retain(|one| names(&asked.search, &[&text(one)]));
    Ok(answer(&asked, all))
}

async fn taxonomy(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let all = taxonomies::taxonomies(&Directory::open(&ask).await?);
    let one = all.into_iter().find(|one| one["id"] == json!(id));
    found(one.map(records::full_fields))
}

async fn all_terms(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let asked = typed.understood()?;
    let directory = Directory::open(&ask).await?;
    let mut all = terms(&directory);
    all.retain(|term| {
        // No word stands below another one.
        asked.parent.is_none()
            && asked.taxonomy.is_none_or(|id| term.taxonomy == id)
            && names(&asked.search, &[&term.name, &term.code])
    });
    let all = all.iter().map(|one| taxonomies::term(one, &directory));
    Ok(answer(&asked, all.collect()))
}

async fn term(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let directory = Directory::open(&ask).await?;
    let all = terms(&directory);
    let one = all.iter().find(|term| term.id == id);
    found(one.map(|one| records::full_fields(taxonomies::term(one, &directory))))
}

async fn at_locations(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let asked = typed.understood()?;
    let directory = Directory::open(&ask).await?;
    let terms = terms(&directory);
    let mut all = Vec::new();
    for entry in directory
        .entries
        .iter()
        .filter(|entry| asked.fits(entry, &terms))
    {
        let mut conn = ask.read().await?;
        for place in locations(&mut conn, entry.service.organization_id, directory.today).await? {
            let mut record = records::at_location(entry, &place, &directory);
            if !asked.is_full {
                record.remove("location");
            }
            all.push(Json::Object(record));
        }
    }
    Ok(answer(&asked, all))
}

async fn at_location(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let directory = Directory::open(&ask).await?;
    let terms = terms(&directory);
    for entry in &directory.entries {
        let places = locations(
            &mut ask.read().await?,
            entry.service.organization_id,
            directory.today,
        )
        .await?;
        let place = places
            .iter()
            .find(|place| records::at_id(entry, place) == id);
        if let Some(place) = place {
            let mut record = records::at_location(entry, place, &directory);
            let service = whole_service(&ask, &directory, entry, &terms).await?;
            record.insert("service".into(), Json::Object(service));
            return found(Some(record));
        }
    }
    Err(Failure::NotFound)
}
