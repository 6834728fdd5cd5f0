//! What everybody may know of a place: where it is, what is done there, and when it is open.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PlaceId;

db::text_enum! {
    /// Days that share their hours.
    #[schemars(rename = "OpenDays")]
    pub enum Days {
        /// Saturday to Wednesday.
        Week = "week",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
    }
}

/// An address, a trade or hours that cannot be.
pub const PLACE_FACE: Reason = Reason::new("place_face", 422);

/// When a place is open on some days.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OpenHours")]
pub struct Hours {
    /// On which days.
    pub days: Days,
    /// From this minute of the day.
    pub opens: i64,
    /// Until this one.
    pub closes: i64,
}

/// A minute of the day as a clock shows it: «۱۰:۳۰».
pub fn clock(minutes: i64, lang: Lang) -> String {
    let text = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    persian::digits::local_digits(&text, lang)
}

/// The minute of a typed hour: «۱۰», «10:30».
pub(crate) fn minutes(typed: &str) -> Option<i64> {
    let typed = persian::latin_digits(typed.trim());
    let (hour, minute) = typed.split_once([':', '.']).unwrap_or((&typed, "0"));
    let (hour, minute): (i64, i64) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let is_good = (0..=24).contains(&hour) && (0..60).contains(&minute);
    Some(hour * 60 + minute).filter(|at| is_good && *at <= 1440)
}

/// Says what everybody may know of a place, or that nobody is told of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct ShowPlace {
    /// Which.
    pub id: PlaceId,
    /// Street address.
    pub address: String,
    /// What is made or done there.
    pub trade: String,
    /// Is it told to everybody?
    pub is_listed: bool,
    /// When it is open; days that are missing are closed.
    pub hours: Vec<Hours>,
}

impl Write for ShowPlace {
    const NAME: &'static str = "show_place";
    type Out = PlaceId;
    async fn run(&self, tx: &mut Tx) -> Result<PlaceId> {
        let (address, trade) = (persian::clean(&self.address), persian::clean(&self.trade));
        if address.chars().count() > 200 {
            return PLACE_FACE.at("address");
        }
        if trade.chars().count() > 120 {
            return PLACE_FACE.at("trade");
        }
        let done = sql("UPDATE place SET address = $2, trade = $3, is_listed = $4 WHERE id = $1")
            .bind(self.id)
            .bind(address)
            .bind(trade)
            .bind(self.is_listed)
            .execute(tx)
            .await?;
        if done == 0 {
            return Err(db::Error::NotFound);
        }
        sql("DELETE FROM place_hours WHERE place_id = $1")
            .bind(self.id)
            .execute(tx)
            .await?;
        for hours in &self.hours {
            let field = format!("{}_opens", hours.days);
            sql(
                "INSERT INTO place_hours (place_id, days, opens, closes) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (place_id, days) DO NOTHING",
            )
            .bind(self.id)
            .bind(hours.days)
            .bind(hours.opens)
            .bind(hours.closes)
            .execute(tx)
            .await
            .map_err(|error| match error {
                db::Error::Check(_) => match PLACE_FACE.at::<()>(field) {
                    Err(refused) => refused,
                    Ok(()) => db::Error::NotFound,
                },
                other => other,
            })?;
        }
        let detail = serde_json::json!({ "is_listed": self.is_listed });
        audit::record(tx, "place_shown", "place", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// When a place is open, the week first.
pub async fn hours_of(conn: &mut Conn, place: PlaceId) -> Result<Vec<Hours>> {
    sql(
        "SELECT days, opens, closes FROM place_hours WHERE place_id = $1
         ORDER BY CASE days WHEN 'week' THEN 1 WHEN 'thursday' THEN 2 ELSE 3 END",
    )
    .bind(place)
    .all(conn)
    .await
}
