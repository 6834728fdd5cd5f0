//! The yearly list of awards: what is praised is data, the figures come from real sales, and a name
//! is public only while she agrees.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
mod reckon;
pub(crate) mod views;

use access::audit;
use contacts::ContactId;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use queries::{awards, of_contact, settled, years};
pub use reckon::reckon;

db::text_enum! {
    /// What an award counts in its year.
    #[schemars(rename = "AwardMeasure")]
    pub enum Measure {
        /// Jalali months with a sale; among equals, days with one.
        SaleMonths = "sale_months",
        /// Days with a sale; among equals, months with one.
        SaleDays = "sale_days",
        /// Other makers taught or helped.
        Helped = "helped",
    }
}

/// The year is not over.
pub const AWARD_YEAR: Reason = Reason::new("award_year", 422);
/// The year's list stands already.
pub const AWARD_SETTLED: Reason = Reason::new("award_settled", 409);

/// What is praised.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize, JsonSchema)]
pub struct Award {
    /// Short and lasting.
    pub code: String,
    /// What it counts.
    pub measure: Measure,
    /// Only makers whose first sale ever fell in the year.
    pub is_newcomer: bool,
    /// Of every region, or of the whole city.
    pub is_regional: bool,
    /// Nobody is praised below this figure.
    pub least: i64,
    /// Nobody is praised where fewer makers have any.
    pub field_least: i64,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// What it means, in Persian.
    pub meaning_fa: String,
    /// What it means, in English.
    pub meaning_en: String,
}

impl Award {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    /// What it means, in a language.
    pub fn meaning(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.meaning_fa,
            Lang::En => &self.meaning_en,
        }
    }
}

/// Who won, with the figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// Who.
    pub contact_id: ContactId,
    /// What was counted.
    pub amount: i64,
}

/// One award in one region, or in the city, with everybody who shares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prize {
    /// Which award.
    pub award: Award,
    /// The region's number; empty for the city.
    pub region: String,
    /// How many makers had any such figure.
    pub field: i64,
    /// Those who share it; nobody where the field is too small or the figure too low.
    pub winners: Vec<Winner>,
}

/// An award of hers.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "AwardWon")]
pub struct Won {
    /// The Jalali year.
    pub jalali_year: i64,
    /// The region's number; empty for the city.
    pub region: String,
    /// The award in Persian.
    pub name_fa: String,
    /// The award in English.
    pub name_en: String,
}

/// First day of a Jalali year and of the next.
pub(crate) fn span(year: i64) -> Option<(Date, Date)> {
    let year = i32::try_from(year).ok()?;
    let first = |year| Jalali::new(year, 1, 1).ok().map(Jalali::to_date);
    Some((first(year)?, first(year + 1)?))
}

/// Lets the list of a year that is over stand, with the definitions of today. Once.
#[derive(Clone, Serialize, Deserialize)]
pub struct SettleYear {
    /// The Jalali year.
    pub year: i64,
}

impl Write for SettleYear {
    const NAME: &'static str = "settle_award_year";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let today = tx.today();
        if span(self.year).is_none_or(|(_, until)| until > today) {
            return AWARD_YEAR.at("year");
        }
        let definitions = awards(tx).await?;
        let made = sql(
            "INSERT INTO award_year (jalali_year, definitions, settled_on, settled_by, made_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (jalali_year) DO NOTHING",
        )
        .bind(self.year)
        .bind(json!(definitions))
        .bind(today)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if made == 0 {
            return AWARD_SETTLED.refuse();
        }
        let prizes = reckon(tx, self.year).await?;
        let mut winners = 0;
        for prize in &prizes {
            for winner in &prize.winners {
                queries::keep(tx, self.year, prize, winner).await?;
                winners += 1;
            }
        }
        let detail = json!({ "year": self.year, "winners": winners });
        audit::record(tx, "award_year_settled", "award_year", None, detail).await?;
        Ok(winners)
    }
}

/// The list of a year that stands, or else what it would be today.
pub async fn list(conn: &mut Conn, year: i64) -> Result<(Vec<Prize>, Option<Date>)> {
    match settled(conn, year).await? {
        Some((prizes, day)) => Ok((prizes, Some(day))),
        None => Ok((reckon(conn, year).await?, None)),
    }
}
