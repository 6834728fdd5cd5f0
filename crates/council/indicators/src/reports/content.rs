//! What a report tells: made of the same public functions as the pages, by a reader beside the
//! writes.

use db::{Conn, Result};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Schedule, queries};
use crate::figures::{self, Told, Unit, by_lang};
use crate::{FIGURE_LIST, chain, targets};

/// Everything a report tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FigureReportContent")]
pub struct Content {
    /// The figures.
    pub figures: Vec<FigureLine>,
    /// The stages of the chain.
    pub stages: Vec<StageLine>,
}

/// A figure on a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FigureReportLine")]
pub struct FigureLine {
    /// Its code.
    pub code: String,
    /// The version of its definition.
    pub version: i64,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// What is counted.
    pub unit: Unit,
    /// The number; none of nothing, and none when it is hidden.
    pub amount: Option<i64>,
    /// So few people stand behind it that it is not told.
    pub is_hidden: bool,
    /// The number on the report before, by the same definition.
    pub before: Option<i64>,
    /// This year's target.
    pub target: Option<i64>,
    /// Hundredths of a per cent of the target.
    pub share: Option<i64>,
}

impl FigureLine {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// As it may be told.
    pub fn told(&self) -> Told {
        Told {
            amount: self.amount,
            is_hidden: self.is_hidden,
        }
    }

    /// What was added since the report before.
    pub fn change(&self) -> Option<i64> {
        Some(self.amount? - self.before?)
    }
}

/// A stage of the chain on a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FigureReportStage")]
pub struct StageLine {
    /// Its code.
    pub stage: String,
    /// People in it; none when it may not be told.
    pub people: Option<i64>,
    /// Of them, longer than the target.
    pub stuck: Option<i64>,
    /// Median days.
    pub median_days: Option<i64>,
    /// The body most of them wait for, in Persian; empty for none.
    pub turn_fa: String,
    /// The body in English.
    pub turn_en: String,
}

impl Content {
    /// Counts what a schedule tells on a day, as its role may be told.
    pub async fn of(conn: &mut Conn, schedule: &Schedule, today: Date) -> Result<Self> {
        let may_list = FIGURE_LIST.roles.contains(&schedule.role);
        let last = queries::last_of(conn, schedule.id, today).await?;
        let mut lines = Vec::new();
        for code in &schedule.codes {
            let definition = figures::definition(conn, code).await?;
            let told = figures::told(conn, &definition, today, may_list).await?;
            let progress = targets::progress(conn, &definition, told, today, may_list).await?;
            let before = last.as_ref().and_then(|last| {
                let same =
                    |line: &&FigureLine| line.code == *code && line.version == definition.version;
                last.figures.iter().find(same)?.amount
            });
            lines.push(FigureLine {
                code: definition.code,
                version: definition.version,
                name_fa: definition.name_fa,
                name_en: definition.name_en,
                unit: definition.unit,
                amount: told.amount,
                is_hidden: told.is_hidden,
                before,
                target: progress.as_ref().map(|progress| progress.target.amount),
                share: progress.and_then(|progress| progress.share),
            });
        }
        let chain = chain::chain(conn, today, may_list).await?;
        let stages = chain.stages.into_iter().map(|stage| {
            let (turn_fa, turn_en) = stage
                .turn
                .map(|turn| (turn.body_fa, turn.body_en))
                .unwrap_or_default();
            StageLine {
                stage: stage.stage,
                people: stage.people,
                stuck: stage.stuck,
                median_days: stage.median_days,
                turn_fa,
                turn_en,
            }
        });
        Ok(Self {
            figures: lines,
            stages: stages.collect(),
        })
    }
}
