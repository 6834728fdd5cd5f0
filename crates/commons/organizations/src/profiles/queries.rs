use std::collections::BTreeMap;

use db::{Conn, Keys, Result, SealedText, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Card, HelpKind, PROFILE_FIELD, Profile};
use crate::OrganizationId;

const CARD: &str = "SELECT p.organization_id, o.code, o.name_fa, o.name_en, p.kind, p.about_fa, p.about_en, \
     p.capacity, o.knowledge_based_id, o.knowledge_based_until, p.named_on, p.changed_on \
     FROM profile p JOIN organization o ON o.id = p.organization_id";

/// Every profile in Persian order; there are dozens.
pub async fn list(conn: &mut Conn) -> Result<Vec<Profile>> {
    let cards = sql(format!("{CARD} ORDER BY o.sort_key, o.id"))
        .all(conn)
        .await?;
    whole(conn, cards).await
}

/// A body's profile.
pub async fn find(conn: &mut Conn, body: OrganizationId) -> Result<Option<Profile>> {
    let cards = sql(format!("{CARD} WHERE p.organization_id = $1"))
        .bind(body)
        .all(conn)
        .await?;
    Ok(whole(conn, cards).await?.pop())
}

/// Those that agree to be named.
pub async fn named(conn: &mut Conn) -> Result<Vec<Profile>> {
    let mut profiles = list(conn).await?;
    profiles.retain(|profile| profile.card.named_on.is_some());
    Ok(profiles)
}

async fn whole(conn: &mut Conn, cards: Vec<Card>) -> Result<Vec<Profile>> {
    let mut profiles: BTreeMap<OrganizationId, Profile> = BTreeMap::new();
    let order: Vec<OrganizationId> = cards.iter().map(|card| card.organization_id).collect();
    for card in cards {
        let profile = Profile {
            offers: Vec::new(),
            seeks: Vec::new(),
            regions: Vec::new(),
            fields: Vec::new(),
            card,
        };
        profiles.insert(profile.card.organization_id, profile);
    }
    let rows = sql("SELECT organization_id, direction, kind FROM profile_help ORDER BY kind")
        .rows(conn)
        .await?;
    for row in &rows {
        let kind: HelpKind = row.get("kind")?;
        if let Some(profile) = profiles.get_mut(&row.get("organization_id")?) {
            match row.get::<String>("direction")?.as_str() {
                "offers" => profile.offers.push(kind),
                _ => profile.seeks.push(kind),
            }
        }
    }
    let rows = sql("SELECT organization_id, region FROM profile_region ORDER BY region")
        .rows(conn)
        .await?;
    for row in &rows {
        if let Some(profile) = profiles.get_mut(&row.get("organization_id")?) {
            profile.regions.push(row.get("region")?);
        }
    }
    let rows = sql("SELECT organization_id, name FROM profile_field ORDER BY folded")
        .rows(conn)
        .await?;
    for row in &rows {
        if let Some(profile) = profiles.get_mut(&row.get("organization_id")?) {
            profile.fields.push(row.get("name")?);
        }
    }
    let whole = order.iter().filter_map(|body| profiles.remove(body));
    Ok(whole.collect())
}

/// Whom to call; for the body itself and those who keep its profile.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ContactPerson {
    /// The name; may be empty.
    pub contact_name: String,
    /// The number; may be empty.
    pub contact_phone: String,
}

impl ContactPerson {
    /// Cleaned and sealed for a body's profile.
    ///
    /// # Errors
    /// The name or the number is too long.
    pub fn sealed(&self, keys: &Keys, body: OrganizationId) -> Result<SealedText> {
        let clean = Self {
            contact_name: persian::clean(&self.contact_name),
            contact_phone: persian::latin_digits(self.contact_phone.trim()),
        };
        if clean.contact_name.chars().count() > 120 {
            return PROFILE_FIELD.at("contact_name");
        }
        if clean.contact_phone.chars().count() > 20 {
            return PROFILE_FIELD.at("contact_phone");
        }
        let plain = serde_json::to_string(&clean)?;
        let (table, column) = ("profile", "contact_sealed");
        Ok(SealedText::new(keys, table, column, body.get(), &plain))
    }
}

/// The contact person of a body.
pub async fn contact_person(
    conn: &mut Conn,
    keys: &Keys,
    body: OrganizationId,
) -> Result<Option<ContactPerson>> {
    let sealed: Option<Vec<u8>> =
        sql("SELECT contact_sealed AS value FROM profile WHERE organization_id = $1")
            .bind(body)
            .optional_scalar(conn)
            .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let plain = keys
        .open_sealed("profile", "contact_sealed", body.get(), &sealed)
        .map_err(db::Error::other)?;
    Ok(Some(serde_json::from_str(&plain)?))
}
