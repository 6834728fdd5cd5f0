//! The directory for other directories: the read API of the Human Services Data Specification 3.1 of
//! Open Referral, under `/hsds/`. What is told here is what `/services` tells everybody.

mod asked;
mod bodies;
mod ids;
mod pages;
mod profile;
mod records;
mod taxonomies;

use access::{Ask, Routes};
use db::Conn;
use persian::{Date, Lang};
use web::Outcome;

use super::capacity::fresh_days;
use super::details::{Group, groups};
use super::directory::{Entry, listed, places_of};
use crate::OrganizationId;
use crate::bodies::names::{BodyName, names_of};
use crate::places::{Hours, Place, hours_of};
use crate::reference::{Region, regions};

/// The version of the specification that is spoken.
const VERSION: &str = "3.1.1";

pub(crate) fn routes() -> Routes {
    pages::routes()
}

/// All that a request may tell, in the asker's language.
struct Directory {
    entries: Vec<Entry>,
    groups: Vec<Group>,
    regions: Vec<Region>,
    today: Date,
    days: i64,
    lang: Lang,
    page: web::Page,
    city: String,
    public_url: String,
}

impl Directory {
    async fn open(ask: &Ask) -> Outcome<Self> {
        let mut conn = ask.read().await?;
        Ok(Self {
            entries: listed(&mut conn).await?,
            groups: groups(&mut conn).await?,
            regions: regions(&mut conn).await?,
            today: ask.now().date(),
            days: fresh_days(&mut conn).await?,
            lang: ask.lang(),
            page: ask.page.clone(),
            city: ask.page.city.clone(),
            public_url: ask.city.link(""),
        })
    }

    /// The ids of bodies that offer something listed, in the order of the directory.
    fn bodies(&self) -> Vec<OrganizationId> {
        let mut bodies: Vec<OrganizationId> = Vec::new();
        for entry in &self.entries {
            let id = entry.service.organization_id;
            if bodies.last() != Some(&id) {
                bodies.push(id);
            }
        }
        bodies
    }
}

/// A place that everybody may know of, with its hours.
struct Location {
    place: Place,
    hours: Vec<Hours>,
}

async fn locations(conn: &mut Conn, body: OrganizationId, day: Date) -> db::Result<Vec<Location>> {
    let mut found = Vec::new();
    for place in places_of(conn, body, day).await? {
        let hours = hours_of(conn, place.id).await?;
        found.push(Location { place, hours });
    }
    Ok(found)
}

/// The names a body had before, the latest first.
async fn former(conn: &mut Conn, body: OrganizationId) -> db::Result<Vec<BodyName>> {
    let mut names = names_of(conn, body).await?;
    names.remove(0);
    Ok(names)
}
