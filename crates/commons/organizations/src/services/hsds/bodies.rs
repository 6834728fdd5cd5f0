//! Organizations and locations, as the standard writes them. No phone is told: the numbers at hand
//! are those that messages to officers go to.

use serde_json::{Map, Value as Json, json};

use super::records::{full_fields, hour};
use super::{Directory, Location, ids};
use crate::OrganizationId;
use crate::bodies::names::BodyName;
use crate::bodies::views::kind_name;
use crate::places::Days;
use crate::services::details::choose;
use crate::services::directory::views::region_name;

const ADDRESS: u128 = 1;
const OPEN: u128 = 10;

/// A body that offers something listed, with its facts; none when it offers nothing.
pub(super) fn organization(
    id: OrganizationId,
    former: &[BodyName],
    directory: &Directory,
) -> Option<Map<String, Json>> {
    let mut entries = directory.entries.iter();
    let entry = entries.find(|entry| entry.service.organization_id == id)?;
    let body = &entry.body;
    // The name in the other language, and whatever it was called before.
    let other = match directory.lang {
        persian::Lang::Fa => &body.name_en,
        persian::Lang::En => &body.name_fa,
    };
    let mut names = vec![other.as_str()];
    names.extend(former.iter().map(|name| name.name(directory.lang)));
    Some(full_fields(json!({
        "id": id,
        "name": body.name(directory.lang),
        "alternate_name": names.join("; "),
        "description": kind_name(&directory.page, body.kind),
        "uri": format!("urn:zanjireh:organization:{}", body.code),
    })))
}

/// A place that everybody may know of.
pub(super) fn location(location: &Location, directory: &Directory) -> Json {
    let (place, lang) = (&location.place, directory.lang);
    let id = place.id.get();
    let other = match lang {
        persian::Lang::Fa => &place.name_en,
        persian::Lang::En => &place.name_fa,
    };
    let mut addresses = Vec::new();
    if !place.address.is_empty() {
        // The standard wants these fields; what the city does not keep is empty, not invented.
        addresses.push(json!({
            "id": ids::part(id, ADDRESS), "location_id": id, "address_1": place.address,
            "city": directory.city, "region": region_name(&directory.page, &directory.regions, place.region),
            "state_province": "", "postal_code": "", "country": "IR", "address_type": "physical",
        }));
    }
    let schedules: Vec<Json> = (0..)
        .zip(&location.hours)
        .map(|(at, hours)| {
            let days = match hours.days {
                Days::Week => "SA,SU,MO,TU,WE",
                Days::Thursday => "TH",
                Days::Friday => "FR",
            };
            json!({
                "id": ids::part(id, OPEN + at), "location_id": id, "freq": "WEEKLY", "wkst": "SA",
                "byday": days, "opens_at": hour(hours.opens), "closes_at": hour(hours.closes),
            })
        })
        .collect();
    json!({
        "id": id, "location_type": "physical", "name": choose(lang, &place.name_fa, &place.name_en),
        "alternate_name": other, "addresses": addresses, "schedules": schedules,
    })
}
