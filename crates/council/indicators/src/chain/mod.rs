//! The chain on one screen: where people are, how long, how many are stuck, whose turn it is.

pub(crate) mod api;
mod months;
pub(crate) mod pages;
mod queries;
mod regions;
mod views;

use db::{Conn, Result};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use months::{Months, months};
pub use queries::{blockages, cases_in, stages};
pub use regions::{RegionStages, regions};
pub use views::thread;

pub(crate) use regions::SMALLEST;

use crate::figures::by_lang;

/// One stage of the chain on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StageFigures {
    /// Its code, as casework has it.
    pub stage: String,
    /// Days a person should spend here at most.
    pub target_days: i64,
    /// People here now; none when the reader is not told so few.
    pub people: Option<i64>,
    /// Arrivals in this Jalali month, also of those who have moved on since.
    pub entered: Option<i64>,
    /// Median days they have been here; none when nobody is here.
    pub median_days: Option<i64>,
    /// Of them, longer here than the target.
    pub stuck: Option<i64>,
    /// The body at which most of those wait.
    pub turn: Option<Turn>,
}

/// Whose turn it is.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ChainTurn")]
pub struct Turn {
    /// The body's name in Persian.
    pub body_fa: String,
    /// The body's name in English.
    pub body_en: String,
    /// How many wait for it.
    pub waiting: i64,
}

impl Turn {
    /// The body's name in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }
}

/// A leg that holds somebody up.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Blockage {
    /// The leg's number; empty for a reader who may not open lists.
    pub number: String,
    /// The body that sent it and owns the case, in Persian.
    pub owner_fa: String,
    /// That body in English.
    pub owner_en: String,
    /// The body whose turn it is, in Persian.
    pub body_fa: String,
    /// The body in English.
    pub body_en: String,
    /// Its deadline.
    pub due_on: Date,
}

impl Blockage {
    /// The body's name in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }

    /// The owner's name in a language.
    pub fn owner(&self, lang: Lang) -> &str {
        by_lang(lang, &self.owner_fa, &self.owner_en)
    }

    /// Days it is late.
    pub fn days_late(&self, today: Date) -> i64 {
        (today - self.due_on).num_days()
    }
}

/// The chain on one screen, as somebody may be told it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Chain {
    /// The stages in their order.
    pub stages: Vec<StageFigures>,
    /// Arrivals of twelve months.
    pub months: Months,
    /// People by region; `people` in the order of `stages`.
    pub regions: Vec<RegionStages>,
    /// The worst blockages, the latest first.
    pub blockages: Vec<Blockage>,
}

/// Blockages shown under the chain.
const WORST: i64 = 10;

/// The chain on a day. Whoever may not open its lists is told nothing of few people.
pub async fn chain(conn: &mut Conn, today: Date, may_list: bool) -> Result<Chain> {
    let months = months(conn, today).await?;
    let stages = stages(conn, &months, today).await?;
    let names: Vec<&str> = stages.iter().map(|stage| stage.stage.as_str()).collect();
    let mut chain = Chain {
        regions: regions(conn, &names).await?,
        blockages: blockages(conn, today, WORST).await?,
        stages,
        months,
    };
    if !may_list {
        chain.hide_few();
    }
    Ok(chain)
}

impl Chain {
    /// A stage of few people says nothing of them, few arrivals in a month are not told, and a
    /// blockage has no number.
    fn hide_few(&mut self) {
        let is_few = |number: i64| (1..SMALLEST).contains(&number);
        for stage in &mut self.stages {
            if self.months.of(&stage.stage).into_iter().any(is_few) {
                self.months.arrivals.remove(&stage.stage);
            }
            stage.entered = stage.entered.filter(|entered| !is_few(*entered));
            stage.stuck = stage.stuck.filter(|stuck| !is_few(*stuck));
            if stage.people.is_some_and(is_few) {
                (stage.people, stage.stuck, stage.median_days) = (None, None, None);
            }
            stage.turn = stage.turn.take().filter(|turn| !is_few(turn.waiting));
        }
        for leg in &mut self.blockages {
            leg.number.clear();
        }
    }
}

/// A case in a stage: its code and since when, no name.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct CaseInStage {
    /// The case.
    pub id: uuid::Uuid,
    /// Its code.
    pub code: String,
    /// Since when it is in the stage.
    pub stage_since: Date,
}
