//! Space that municipal bodies give for a time, and how it is used.

use access::audit;
use db::{Conn, Error, Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{ActionId, PERIOD};
use crate::wording::{NAME, optional, required};

db::id!(
    /// Space that is given.
    pub SpaceId
);

/// The use lies outside the days for which it was given, or ends before it begins.
pub const SPACE_PERIOD: Reason = Reason::new("space_period", 422);
/// More would be used at once than was given; whoever records it says that they know.
pub const SPACE_OVER: Reason = Reason::new("space_over", 409);

db::text_enum! {
    /// What kind of space.
    pub enum SpaceKind {
        /// Shares of a bazaar.
        Bazaar = "bazaar",
        /// In the metro.
        Metro = "metro",
        /// In parks.
        Park = "park",
        /// Elsewhere.
        Other = "other",
    }
}

/// Space that is given, with what is used of it.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "SpaceCommitment")]
pub struct Space {
    /// Its id.
    pub id: SpaceId,
    /// Its action.
    pub action_id: ActionId,
    /// What kind.
    pub kind: SpaceKind,
    /// What, in Persian.
    pub name_fa: String,
    /// What, in English.
    pub name_en: String,
    /// The body that gives it, in Persian.
    pub body_fa: String,
    /// The body in English.
    pub body_en: String,
    /// How many at once.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// First day.
    pub given_from: Date,
    /// Last day.
    pub given_until: Date,
    /// Times it was used.
    pub uses: i64,
    /// Times it went beyond what was given.
    pub overs: i64,
}

pub(super) const COLUMNS: &str =
    "s.id, s.action_id, s.kind, s.name_fa, s.name_en, o.name_fa AS body_fa, o.name_en AS body_en,
     s.quantity, s.unit_fa, s.unit_en, s.given_from, s.given_until,
     (SELECT count(*) FROM space_use u WHERE u.space_id = s.id) AS uses,
     (SELECT count(*) FROM space_use u WHERE u.space_id = s.id AND u.is_over) AS overs";

/// One use.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "SpaceUse")]
pub struct Use {
    /// How many.
    pub quantity: i64,
    /// First day.
    pub used_from: Date,
    /// Last day.
    pub used_until: Date,
    /// For what.
    pub note: String,
    /// True when it went beyond what was given.
    pub is_over: bool,
}

/// One space.
pub async fn get(conn: &mut Conn, id: SpaceId) -> Result<Space> {
    sql(format!(
        "SELECT {COLUMNS} FROM space_commitment s JOIN organization_card o ON o.id = s.organization_id WHERE s.id = $1"
    ))
    .bind(id)
    .one(conn)
    .await
}

/// How a space was used, newest first.
pub async fn uses(conn: &mut Conn, id: SpaceId) -> Result<Vec<Use>> {
    sql(
        "SELECT quantity, used_from, used_until, note, is_over FROM space_use WHERE space_id = $1
         ORDER BY used_from DESC, place DESC",
    )
    .bind(id)
    .all(conn)
    .await
}

/// Writes down what space a body gives, and for how long.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GiveSpace {
    /// Made by the sender.
    pub id: SpaceId,
    /// The action it serves.
    pub action_id: ActionId,
    /// The body.
    pub organization_id: OrganizationId,
    /// What kind.
    pub kind: SpaceKind,
    /// What, in Persian.
    pub name_fa: String,
    /// What, in English.
    pub name_en: String,
    /// How many at once, more than nothing.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// First day.
    pub given_from: Date,
    /// Last day.
    pub given_until: Date,
}

impl Write for GiveSpace {
    const NAME: &'static str = "give_space";
    type Out = SpaceId;
    async fn run(&self, tx: &mut Tx) -> Result<SpaceId> {
        sql("INSERT INTO space_commitment (id, action_id, organization_id, kind, name_fa, name_en, quantity, unit_fa,
             unit_en, given_from, given_until, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(self.id)
        .bind(self.action_id)
        .bind(self.organization_id)
        .bind(self.kind)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.quantity)
        .bind(required(&self.unit_fa, "unit_fa", 60)?)
        .bind(required(&self.unit_en, "unit_en", 60)?)
        .bind(self.given_from)
        .bind(self.given_until)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_space_commitment_period", &PERIOD))?;
        let detail = json!({ "space": self.id });
        audit::record(
            tx,
            "space_given",
            "action",
            Some(self.action_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Writes down a use of a space. One that goes beyond what was given is refused with a warning until
/// its sender says that they know; it is then kept as such.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UseSpace {
    /// Made by the sender.
    pub id: Uuid,
    /// Which space.
    pub space_id: SpaceId,
    /// How many, more than nothing.
    pub quantity: i64,
    /// First day.
    pub used_from: Date,
    /// Last day.
    pub used_until: Date,
    /// For what; may be empty.
    pub note: String,
    /// True to keep it though it goes beyond what was given.
    #[serde(default)]
    pub is_over_known: bool,
}

impl Write for UseSpace {
    const NAME: &'static str = "use_space";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        // The space's row is held, so that two uses are counted one after the other.
        let rows = sql(
            "UPDATE space_commitment SET kind = kind WHERE id = $1 RETURNING quantity, given_from, given_until",
        )
        .bind(self.space_id)
        .rows(tx)
        .await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (given, from, until): (i64, Date, Date) = (
            row.get("quantity")?,
            row.get("given_from")?,
            row.get("given_until")?,
        );
        if self.used_from < from || self.used_until > until || self.used_from > self.used_until {
            return SPACE_PERIOD.at("used_from");
        }
        let beside: i64 = sql(
            "SELECT CAST(coalesce(sum(quantity), 0) AS bigint) AS value FROM space_use WHERE space_id = $1
             AND used_from <= $3 AND used_until >= $2",
        )
        .bind(self.space_id)
        .bind(self.used_from)
        .bind(self.used_until)
        .scalar(tx)
        .await?;
        let is_over = beside.saturating_add(self.quantity) > given;
        if is_over && !self.is_over_known {
            return SPACE_OVER.at("quantity");
        }
        sql(
            "INSERT INTO space_use (id, space_id, place, quantity, used_from, used_until, note, is_over, recorded_by, made_at)
             VALUES ($1, $2, (SELECT count(*) + 1 FROM space_use u WHERE u.space_id = $2), $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(self.id)
        .bind(self.space_id)
        .bind(self.quantity)
        .bind(self.used_from)
        .bind(self.used_until)
        .bind(optional(&self.note, "note", 500)?)
        .bind(is_over)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_space_use_quantity", &SPACE_PERIOD))?;
        audit::record(
            tx,
            "space_used",
            "space_commitment",
            Some(self.space_id.get()),
            json!({ "is_over": is_over }),
        )
        .await?;
        Ok(self.id)
    }
}
