//! Services and where they are given, as the standard writes them.

use money::Rial;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::taxonomies::{Term, of};
use super::{Directory, Location, bodies, ids, taxonomies};
use crate::WORDS;
use crate::places::clock;
use crate::services::capacity::Capacity;
use crate::services::details::{Description, FeeKind, Rule, choose};
use crate::services::directory::{Entry, views};

/// Where the parts of a service begin that have no id of their own.
const SCHEDULE: u128 = 1;
const COST: u128 = 2;
const UNIT: u128 = 3;
const LANGUAGE: u128 = 4;
const DOCUMENT: u128 = 1000;
const AREA: u128 = 2000;
const ATTRIBUTE: u128 = 3000;

/// The words of a status as the standard writes them.
fn status(entry: &Entry, directory: &Directory) -> String {
    let status = entry.service.status_on(directory.today);
    status.as_str().replace('_', " ")
}

/// A service with the facts of its own, and nothing below it.
pub(super) fn plain(entry: &Entry, directory: &Directory) -> Map<String, Json> {
    let (service, lang) = (&entry.service, directory.lang);
    let told = entry.description.as_ref();
    let other = match lang {
        persian::Lang::Fa => persian::Lang::En,
        persian::Lang::En => persian::Lang::Fa,
    };
    let p = &directory.page;
    let words = |text: String| (!text.is_empty()).then_some(text);
    let who = told.map(|told| views::eligibility(p, told, &directory.groups).join("\n"));
    let alert = service.closed_until.filter(|last| *last >= directory.today);
    let alert = alert.map(|last| {
        p.tr(
            &WORDS,
            "service-closed-until",
            &[("day", p.date_text(last).into())],
        )
    });
    let fields = json!({
        "id": service.id,
        "organization_id": service.organization_id,
        "name": service.name(lang),
        "alternate_name": service.name(other),
        "description": told.and_then(|told| words(told.about(lang).to_owned())),
        "url": format!("{}/services/{}", directory.public_url.trim_end_matches('/'), service.id),
        "status": status(entry, directory),
        "application_process": p.t(&WORDS, "directory-how"),
        "fees_description": told.and_then(|told| words(fee(told, directory))),
        "eligibility_description": who.and_then(words),
        "minimum_age": told.and_then(|told| told.eligibility.age_from),
        "maximum_age": told.and_then(|told| told.eligibility.age_to),
        "assured_date": service.checked_on,
        "alert": alert.map(plain_text),
        "last_modified": service.changed_at,
        // Ours, as the profile declares.
        "eligibility": told.map(eligibility),
    });
    full_fields(fields)
}

/// Marks of direction around inserted words are for screens.
fn plain_text(text: String) -> String {
    web::words::plain(&text).into_owned()
}

/// Leaves out what is not known: the standard has no null.
pub(super) fn full_fields(fields: Json) -> Map<String, Json> {
    let Json::Object(mut fields) = fields else {
        return Map::new();
    };
    fields.retain(|_, value| !value.is_null());
    fields
}

fn fee(told: &Description, directory: &Directory) -> String {
    let words = choose(directory.lang, &told.fee.text_fa, &told.fee.text_en);
    match told.fee.kind {
        FeeKind::None => directory.page.t(&WORDS, "service-fee-none"),
        FeeKind::Amount if words.is_empty() => {
            let amount = told.fee.amount.unwrap_or(Rial::ZERO);
            amount.toman_text(directory.lang)
        }
        _ => words.to_owned(),
    }
}

fn eligibility(told: &Description) -> Json {
    let who = &told.eligibility;
    Json::Object(full_fields(json!({
        "is_for_all": who.is_for_all,
        "minimum_age": who.age_from,
        "maximum_age": who.age_to,
        "gender": who.gender,
        "target_groups": who.groups,
        "regions": told.regions,
        "asks_no_documents": told.asks_no_documents,
    })))
}

/// A service with everything below it but where it is given.
pub(super) fn nested(entry: &Entry, directory: &Directory, terms: &[Term]) -> Map<String, Json> {
    let mut fields = plain(entry, directory);
    let id = entry.service.id.get();
    let mut put = |name: &str, list: Vec<Json>| {
        fields.insert(name.to_owned(), Json::Array(list));
    };
    put("capacities", capacities(entry, directory));
    put("attributes", attributes(id, &of(entry, terms), directory));
    let languages =
        json!({ "id": ids::part(id, LANGUAGE), "service_id": id, "name": "Persian", "code": "fa" });
    put("languages", vec![languages]);
    if let Some(told) = &entry.description {
        put("schedules", schedules(id, told, directory));
        put("cost_options", costs(id, told));
        put("required_documents", documents(id, told, directory));
        put("service_areas", areas(id, told, directory));
    }
    fields
}

/// Only what counts today: a place that was free long ago is told nowhere.
fn capacities(entry: &Entry, directory: &Directory) -> Vec<Json> {
    let available = match entry.capacity(directory.today, directory.days) {
        Capacity::Unknown => return Vec::new(),
        Capacity::Free { places, .. } => places,
        Capacity::Full { .. } => 0,
    };
    let Some(told) = &entry.told else {
        return Vec::new();
    };
    let waiting = told.waiting_days.map(|days| {
        plain_text(
            directory
                .page
                .tr(&WORDS, "capacity-wait", &[("count", days.into())]),
        )
    });
    let unit = ids::part(Uuid::nil(), UNIT);
    let fields = json!({
        "id": told.id, "service_id": told.service_id, "available": available,
        "updated": persian::Timestamp::at(told.told_on, 0, 0), "description": waiting,
        "unit": { "id": unit, "name": directory.page.t(&WORDS, "hsds-unit") },
    });
    vec![Json::Object(full_fields(fields))]
}

fn attributes(id: Uuid, terms: &[&Term], directory: &Directory) -> Vec<Json> {
    let one = |(at, term): (u128, &&Term)| {
        json!({
            "id": ids::part(id, ATTRIBUTE + at), "link_id": id, "link_entity": "service",
            "taxonomy_term_id": term.id, "taxonomy_term": taxonomies::term(term, directory),
        })
    };
    (0..).zip(terms).map(one).collect()
}

fn schedules(id: Uuid, told: &Description, directory: &Directory) -> Vec<Json> {
    let when = &told.schedule;
    let words = choose(directory.lang, &when.text_fa, &when.text_en);
    if words.is_empty() && when.rule.is_empty() {
        return Vec::new();
    }
    let rule = Rule::parse(&when.rule);
    let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let fields = json!({
        "id": ids::part(id, SCHEDULE), "service_id": id, "description": part(words),
        "freq": rule.as_ref().map(|rule| rule.frequency.clone()),
        "interval": rule.as_ref().map(|rule| rule.interval),
        "byday": rule.as_ref().and_then(|rule| part(&rule.by_day)),
        "bymonthday": rule.as_ref().and_then(|rule| part(&rule.by_month_day)),
        "wkst": rule.as_ref().map(|_| "SA"),
        "opens_at": when.opens.map(hour), "closes_at": when.closes.map(hour),
    });
    vec![Json::Object(full_fields(fields))]
}

/// `08:30+03:30`
pub(super) fn hour(minutes: i64) -> String {
    format!("{}+03:30", clock(minutes, persian::Lang::En))
}

fn costs(id: Uuid, told: &Description) -> Vec<Json> {
    let amount = match (told.fee.kind, told.fee.amount) {
        (FeeKind::None, _) => Rial::ZERO,
        (FeeKind::Amount, Some(amount)) => amount,
        _ => return Vec::new(),
    };
    vec![
        json!({ "id": ids::part(id, COST), "service_id": id, "currency": "IRR", "amount": amount.get() }),
    ]
}

fn documents(id: Uuid, told: &Description, directory: &Directory) -> Vec<Json> {
    let one = |(at, paper): (u128, &crate::services::details::Document)| {
        let name = choose(directory.lang, &paper.name_fa, &paper.name_en);
        json!({ "id": ids::part(id, DOCUMENT + at), "service_id": id, "document": name })
    };
    (0..).zip(&told.documents).map(one).collect()
}

fn areas(id: Uuid, told: &Description, directory: &Directory) -> Vec<Json> {
    let area = |at: u128, name: &str| json!({ "id": ids::part(id, AREA + at), "service_id": id, "name": name });
    if told.regions.is_empty() {
        return vec![area(0, &directory.city)];
    }
    let name = |number: i64| views::region_name(&directory.page, &directory.regions, number);
    let numbered = (1..).zip(&told.regions);
    numbered
        .map(|(at, number)| area(at, &name(*number)))
        .collect()
}

/// A service at a place, with the place itself.
pub(super) fn at_location(
    entry: &Entry,
    location: &Location,
    directory: &Directory,
) -> Map<String, Json> {
    full_fields(json!({
        "id": at_id(entry, location), "service_id": entry.service.id, "location_id": location.place.id,
        "location": bodies::location(location, directory),
    }))
}

/// The id of a service at a place.
pub(super) fn at_id(entry: &Entry, location: &Location) -> Uuid {
    ids::part(entry.service.id.get(), location.place.id.get().as_u128())
}
