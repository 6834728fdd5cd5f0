//! Places: centres, shops, fairs.

pub(crate) mod api;
mod face;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use face::minutes;
pub use face::{Days, Hours, PLACE_FACE, ShowPlace, clock, hours_of};
pub use queries::{by_code, get, list, list_of};

use crate::OrganizationId;

db::id!(
    /// A place.
    pub PlaceId
);

db::text_enum! {
    /// What sort of place it is.
    pub enum PlaceKind {
        /// Kowsar, Tutia, empowerment centre, neighbourhood house.
        Centre = "centre",
        /// A Dast-Afarin shop.
        Shop = "shop",
        /// A workshop.
        Workshop = "workshop",
        /// A fair or bazaar, for a while.
        Fair = "fair",
        /// An office.
        Office = "office",
    }
}

/// Some place has this code already.
pub const PLACE_CODE_TAKEN: Reason = Reason::new("place_code_taken", 409);

/// A place.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Its sort.
    pub kind: PlaceKind,
    /// Short and lasting: `S1`; part of receipt numbers.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The municipal region.
    pub region: i64,
    /// Street address, in Persian.
    pub address: String,
    /// What a centre makes or does; may be empty.
    pub trade: String,
    /// How many people it has room for.
    pub capacity: i64,
    /// The first day.
    pub valid_from: Date,
    /// The last day.
    pub valid_until: Option<Date>,
    /// Is it told to everybody? Shops and fairs are from the start, other places when somebody
    /// said so.
    pub is_listed: bool,
}

impl Place {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// Adds a place.
#[derive(Clone, Serialize, Deserialize)]
pub struct CreatePlace {
    /// Made by the sender.
    pub id: PlaceId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Its sort.
    pub kind: PlaceKind,
    /// Short and lasting.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The municipal region.
    pub region: i64,
    /// Street address.
    pub address: String,
    /// What a centre makes or does.
    pub trade: String,
    /// How many people it has room for.
    pub capacity: i64,
    /// The first day.
    pub valid_from: Date,
}

impl Write for CreatePlace {
    const NAME: &'static str = "create_place";
    type Out = PlaceId;
    async fn run(&self, tx: &mut Tx) -> Result<PlaceId> {
        queries::create(tx, self)
            .await
            .map_err(|error| error.or_reason("ux_place_code", &PLACE_CODE_TAKEN))?;
        let detail = serde_json::json!({ "code": self.code });
        audit::record(tx, "place_created", "place", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}
