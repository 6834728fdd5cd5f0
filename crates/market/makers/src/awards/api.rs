//! Awards for machines: the public list, and its settling.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Outcome};

use super::pages::agreed;
use super::{Measure, SettleYear};
use crate::AWARD_SETTLE;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/awards/{year}", Need::Public, show)
        .api_post(
            "/api/v1/awards/{year}/settlement",
            Need::May(&AWARD_SETTLE),
            settle,
        )
}

/// Who won; without a name unless she agrees today.
#[derive(Serialize, JsonSchema)]
struct WinnerShown {
    first_name: Option<String>,
    neighbourhood: Option<String>,
    page: Option<String>,
    amount: i64,
}

/// An award of the city or of one region.
#[derive(Serialize, JsonSchema)]
struct PrizeShown {
    award: String,
    name_fa: String,
    name_en: String,
    meaning_fa: String,
    meaning_en: String,
    measure: Measure,
    /// Null for the whole city.
    region: Option<String>,
    winners: Vec<WinnerShown>,
}

/// The list of a year as it stands.
#[derive(Serialize, JsonSchema)]
struct AwardList {
    jalali_year: i64,
    settled_on: Date,
    prizes: Vec<PrizeShown>,
}

async fn show(ask: Ask, Path(year): Path<i64>) -> Outcome<impl Gives> {
    let (prizes, settled_on) = super::settled(&mut ask.read().await?, year)
        .await?
        .ok_or(Failure::NotFound)?;
    let named = agreed(&ask, &prizes).await?;
    let prizes = prizes.into_iter().map(|prize| {
        let winners = prize.winners.iter().map(|winner| {
            let mut all = named.iter();
            let named = all.find(|one| one.contact_id == winner.contact_id);
            WinnerShown {
                first_name: named.map(|one| one.first_name.clone()),
                neighbourhood: named.map(|one| one.neighbourhood.clone()),
                page: named.map(|one| format!("/makers/{}", one.handle)),
                amount: winner.amount,
            }
        });
        PrizeShown {
            winners: winners.collect(),
            award: prize.award.code,
            name_fa: prize.award.name_fa,
            name_en: prize.award.name_en,
            meaning_fa: prize.award.meaning_fa,
            meaning_en: prize.award.meaning_en,
            measure: prize.award.measure,
            region: Some(prize.region).filter(|region| !region.is_empty()),
        }
    });
    let list = AwardList {
        jalali_year: year,
        settled_on,
        prizes: prizes.collect(),
    };
    ask.json(StatusCode::OK, &list)
}

/// How many were praised.
#[derive(Serialize, JsonSchema)]
struct YearSettled {
    winners: i64,
}

async fn settle(ask: Ask, Path(year): Path<i64>, Key(key): Key) -> Outcome<impl Gives> {
    let answer = ask.once(key, SettleYear { year }).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &YearSettled {
            winners: answer.out,
        },
    )
}
