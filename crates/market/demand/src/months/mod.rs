//! A centre's months as figures: room, who came, who worked, wages and insurance. Nobody's name.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::PlaceId;
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use queries::{PAGE, list, list_of};

use crate::{fits, out_of_range};

db::id!(
    /// A centre's month.
    pub MonthId
);

/// A month that has not begun, or lies more than a year back.
pub const MONTH_AHEAD: Reason = Reason::new("centre_month_day", 422);
/// More people have wages or insurance than work there.
pub const MONTH_PARTS: Reason = Reason::new("centre_month_parts", 422);

/// A centre's month as it holds.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "CentreMonth")]
pub struct Month {
    /// Its id.
    pub id: MonthId,
    /// The centre.
    pub place_id: PlaceId,
    /// The centre's name in Persian.
    pub place_fa: String,
    /// The centre's name in English.
    pub place_en: String,
    /// The month's first day.
    pub month_on: Date,
    /// People it had room for.
    pub capacity: i64,
    /// Different people who came.
    pub attended: i64,
    /// Of whatever kind, people who worked.
    pub employed: i64,
    /// Of them, paid wages.
    pub waged: i64,
    /// Of them, insured.
    pub insured: i64,
    /// What shows it: the wage list's or insurance list's number.
    pub evidence: String,
}

impl Month {
    /// The centre's name in a language.
    pub fn place(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.place_fa,
            Lang::En => &self.place_en,
        }
    }
}

/// Tells a centre's month. Told again, the new word holds and the old one stays.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct TellMonth {
    /// Made by the sender.
    pub id: MonthId,
    /// The centre or workshop.
    pub place: PlaceId,
    /// A day of the month.
    pub month_on: Date,
    /// People it had room for.
    pub capacity: i64,
    /// Different people who came.
    pub attended: i64,
    /// People who worked.
    pub employed: i64,
    /// Of them, paid wages.
    pub waged: i64,
    /// Of them, insured.
    pub insured: i64,
    /// What shows it.
    pub evidence: String,
}

/// Months back that may still be told.
const MONTHS_BACK: i32 = 12;

impl Write for TellMonth {
    const NAME: &'static str = "tell_centre_month";
    type Out = MonthId;
    async fn run(&self, tx: &mut Tx) -> Result<MonthId> {
        fits(&self.evidence, 120, "evidence")?;
        let first = Jalali::from(self.month_on).first_of_month();
        let this = Jalali::from(tx.today()).first_of_month();
        if first > this || first < this.plus_months(-MONTHS_BACK) {
            return MONTH_AHEAD.at("month_on");
        }
        if self.waged > self.employed {
            return MONTH_PARTS.at("waged");
        }
        if self.insured > self.employed {
            return MONTH_PARTS.at("insured");
        }
        queries::insert(tx, self, first.to_date())
            .await
            .map_err(out_of_range)?;
        let detail = json!({ "place": self.place, "month": first.to_date() });
        audit::record(
            tx,
            "centre_month_told",
            "place",
            Some(self.place.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The months that may be told, newest first, as first days.
pub(crate) fn tellable(today: Date) -> Vec<Date> {
    let this = Jalali::from(today).first_of_month();
    (0..=MONTHS_BACK)
        .map(|back| this.plus_months(-back).to_date())
        .collect()
}
