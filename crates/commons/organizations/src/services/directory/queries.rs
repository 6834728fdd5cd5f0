use std::collections::BTreeMap;

use db::{Conn, FromRow as _, Result, Row, sql};
use persian::Date;

use super::{Entry, Offerer};
use crate::OrganizationId;
use crate::places::{self, Place};
use crate::services::agreements::Agreement;
use crate::services::{Service, ServiceId, capacity, details};

const SERVICE: &str = "SELECT s.id, s.organization_id, s.code, s.name_fa, s.name_en, s.days_to_answer,
     s.days_to_complete, s.status, s.closed_until, s.check_days, s.checked_on, s.checked_by, s.changed_at,
     s.search_text, o.search_text AS body_text, o.code AS body_code, o.kind AS body_kind,
     o.name_fa AS body_fa, o.name_en AS body_en
     FROM service s JOIN organization o ON o.id = s.organization_id WHERE o.merged_into_id IS NULL";

/// Every service of a body that stands, by body in Persian order. There are dozens, at most some
/// hundreds: they are read whole and sifted here, so that pages, scores and other directories see
/// the same.
pub async fn all(conn: &mut Conn) -> Result<Vec<Entry>> {
    let rows = sql(format!("{SERVICE} ORDER BY o.sort_key, o.id, s.code"))
        .rows(conn)
        .await?;
    let former = former_names(conn).await?;
    let mut described = details::all(conn).await?;
    let told = capacity::all(conn).await?;
    let mut told: BTreeMap<ServiceId, capacity::Told> =
        told.into_iter().map(|one| (one.service_id, one)).collect();
    let mut agreed = agreements(conn).await?;
    rows.iter()
        .map(|row| {
            let mut entry = plain(row)?;
            if let Some(names) = former.get(&entry.service.organization_id) {
                entry.search_text.push_str(names);
            }
            entry.description = described.remove(&entry.service.id);
            entry.told = told.remove(&entry.service.id);
            entry.agreement = agreed.remove(&entry.service.id);
            Ok(entry)
        })
        .collect()
}

/// What everybody may read.
pub async fn listed(conn: &mut Conn) -> Result<Vec<Entry>> {
    let mut entries = all(conn).await?;
    entries.retain(Entry::is_listed);
    Ok(entries)
}

/// A service of a body that stands.
pub async fn find(conn: &mut Conn, id: ServiceId) -> Result<Option<Entry>> {
    let entries = all(conn).await?;
    Ok(entries.into_iter().find(|entry| entry.service.id == id))
}

fn plain(row: &Row) -> Result<Entry> {
    let text = |name: &str| row.get::<String>(name);
    // Folded words run into each other otherwise, and a word across two names would be found.
    let search_text = format!("{}\n{}\n", text("search_text")?, text("body_text")?);
    Ok(Entry {
        service: Service::from_row(row)?,
        body: Offerer {
            code: text("body_code")?,
            kind: row.get("body_kind")?,
            name_fa: text("body_fa")?,
            name_en: text("body_en")?,
        },
        description: None,
        told: None,
        agreement: None,
        search_text,
    })
}

/// All names each body had, folded: whoever knows an old one finds the body by it.
async fn former_names(conn: &mut Conn) -> Result<BTreeMap<OrganizationId, String>> {
    let mut names: BTreeMap<OrganizationId, String> = BTreeMap::new();
    let rows =
        sql("SELECT organization_id, search_text FROM organization_name ORDER BY valid_from")
            .rows(conn)
            .await?;
    for row in rows {
        let text = names.entry(row.get("organization_id")?).or_default();
        text.push_str(&row.get::<String>("search_text")?);
        text.push('\n');
    }
    Ok(names)
}

async fn agreements(conn: &mut Conn) -> Result<BTreeMap<ServiceId, Agreement>> {
    let rows = sql(
        "SELECT service_id, number, valid_from, valid_until FROM service_agreement
         ORDER BY valid_until, id",
    )
    .rows(conn)
    .await?;
    // The one that ends last is the last one put in.
    rows.iter()
        .map(|row| Ok((row.get("service_id")?, Agreement::from_row(row)?)))
        .collect()
}

/// Where a body's services are given, as far as everybody may know.
pub async fn places_of(conn: &mut Conn, body: OrganizationId, day: Date) -> Result<Vec<Place>> {
    let mut places = places::list_of(conn, body).await?;
    places.retain(|place| {
        let is_over = place.valid_until.is_some_and(|last| last < day);
        place.is_listed && place.valid_from <= day && !is_over
    });
    Ok(places)
}
