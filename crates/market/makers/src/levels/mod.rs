//! Levels of a maker's way: what each asks for is data, what she did is read from the rooms, and
//! what she reached stays in her history.

pub(crate) mod api;
pub(crate) mod facts;
pub(crate) mod help;
pub(crate) mod pages;
mod queries;
pub mod views;

use std::collections::BTreeMap;

use access::audit;
use contacts::ContactId;
use db::{Conn, Origin, Result, Tx, Write, sql};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::City;

pub use facts::Facts;
pub use help::{HELP_SELF, HELP_TEXT, Help, RecordHelp};
pub use queries::levels;

db::text_enum! {
    /// What a level counts.
    #[schemars(rename = "LevelMeasure")]
    pub enum Measure {
        /// Businesses and products begun.
        Started = "started",
        /// Products that were approved, also those that ended since.
        Approved = "approved",
        /// Jalali months of the last twelve with a sale.
        SaleMonths = "sale_months",
        /// Other makers she taught or helped.
        Helped = "helped",
    }
}

/// What a level asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LevelNeed")]
pub struct Need {
    /// What is counted.
    pub measure: Measure,
    /// How much is asked for.
    pub least: i64,
}

/// A level of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Level {
    /// Short and lasting: `producer`.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// All that must be met, beside the levels before it.
    pub needs: Vec<Need>,
}

impl Level {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// A level somebody reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "LevelReached")]
pub struct Reached {
    /// Which.
    pub level_code: String,
    /// When it was seen to be reached.
    pub reached_on: Date,
}

/// A need of the next level with what she has of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "LevelGap")]
pub struct Gap {
    /// What is counted.
    pub measure: Measure,
    /// How much is asked for.
    pub least: i64,
    /// How much there is.
    pub had: i64,
}

/// A maker's whole way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MakersWay")]
pub struct Way {
    /// All levels, in order.
    pub levels: Vec<Level>,
    /// Those she reached, in order of the day.
    pub reached: Vec<Reached>,
    /// What the next level asks for and she does not have yet; empty when it comes tonight, or
    /// when there is none.
    pub missing: Vec<Gap>,
}

impl Way {
    /// The highest level reached.
    pub fn current(&self) -> Option<&Level> {
        let is_reached = |level: &&Level| self.has(&level.code);
        self.levels.iter().rev().find(is_reached)
    }

    /// The first level above it.
    pub fn next(&self) -> Option<&Level> {
        let above = match self.current() {
            None => 0,
            Some(current) => {
                let place = self.levels.iter().position(|one| one.code == current.code);
                place.map_or(0, |place| place + 1)
            }
        };
        self.levels.get(above)
    }

    fn has(&self, code: &str) -> bool {
        self.reached.iter().any(|one| one.level_code == code)
    }
}

fn gaps(level: &Level, facts: &Facts) -> Vec<Gap> {
    let gap = |need: &Need| Gap {
        measure: need.measure,
        least: need.least,
        had: facts.of(need.measure),
    };
    let gaps = level.needs.iter().map(gap);
    gaps.filter(|gap| gap.had < gap.least).collect()
}

/// A maker's way as it stands on a day.
pub async fn way_of(conn: &mut Conn, contact: ContactId, day: Date) -> Result<Way> {
    let mut ways = ways_of(conn, &[contact], day).await?;
    ways.remove(&contact).ok_or(db::Error::NotFound)
}

/// The ways of some makers: as many statements for fifty as for one.
pub async fn ways_of(
    conn: &mut Conn,
    contacts: &[ContactId],
    day: Date,
) -> Result<BTreeMap<ContactId, Way>> {
    let facts = facts::all(conn, Some(contacts), day).await?;
    let levels = levels(conn).await?;
    let mut reached = queries::reached(conn, contacts).await?;
    let way = |contact: &ContactId| {
        let mut way = Way {
            levels: levels.clone(),
            reached: reached.remove(contact).unwrap_or_default(),
            missing: Vec::new(),
        };
        let facts = facts.get(contact).cloned().unwrap_or_default();
        way.missing = way.next().map_or_else(Vec::new, |next| gaps(next, &facts));
        (*contact, way)
    };
    Ok(contacts.iter().map(way).collect())
}

/// Somebody reached a level; the second time it is no news.
#[derive(Clone, Serialize, Deserialize)]
struct Reach {
    contact_id: ContactId,
    level_code: String,
    rule: serde_json::Value,
}

impl Write for Reach {
    const NAME: &'static str = "reach_level";
    type Out = bool;
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let new = sql(
            "INSERT INTO level_reached (id, contact_id, level_code, reached_on, rule, made_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (contact_id, level_code) DO NOTHING",
        )
        .bind(tx.new_id())
        .bind(self.contact_id)
        .bind(&self.level_code)
        .bind(tx.today())
        .bind(self.rule.clone())
        .bind(tx.now())
        .execute(tx)
        .await?;
        if new == 1 {
            let detail = serde_json::json!({ "level": self.level_code });
            let id = Some(self.contact_id.get());
            audit::record(tx, "level_reached", "contact", id, detail).await?;
        }
        Ok(new == 1)
    }
}

/// Looks at everybody and writes down who reached what. Done each night; going over it twice
/// changes nothing, and nothing that was reached is ever taken away. Gives how much was news.
pub async fn sweep(city: &City) -> Result<usize> {
    let found = {
        let mut conn = city.db.read().await?;
        news(&mut conn, city.db.clock().today()).await?
    };
    let origin = Origin::program("levels");
    let mut count = 0;
    for reach in found {
        count += usize::from(city.db.write(&origin, reach).await?);
    }
    Ok(count)
}

async fn news(conn: &mut Conn, day: Date) -> Result<Vec<Reach>> {
    let levels = levels(conn).await?;
    let known = queries::all_reached(conn).await?;
    let mut found = Vec::new();
    for (contact, facts) in facts::all(conn, None, day).await? {
        for level in &levels {
            if known.contains(&(contact, level.code.clone())) {
                continue;
            }
            // The way is walked in order: without this level there is none above it.
            if !gaps(level, &facts).is_empty() {
                break;
            }
            let needs = level.needs.iter().map(|need| {
                serde_json::json!({
                    "measure": need.measure, "least": need.least, "had": facts.of(need.measure),
                })
            });
            found.push(Reach {
                contact_id: contact,
                level_code: level.code.clone(),
                rule: needs.collect(),
            });
        }
    }
    Ok(found)
}
