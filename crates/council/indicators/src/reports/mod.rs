//! Reports that make themselves: each week or month the figures somebody chose and the chain, as
//! everybody of a role may be told them, kept as they were on that day.

pub(crate) mod api;
mod commands;
mod content;
pub(crate) mod job;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::{Role, Viewer};
use db::Reason;
use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub use commands::{EndSchedule, MakeReport, ScheduleReport};
pub use content::{Content, FigureLine, StageLine};
pub use job::prepare;
pub use queries::{find, last_of, schedules, schedules_for};

use crate::FIGURE_PUBLISH;

/// A report's name has one to eighty letters.
pub const REPORT_NAME: Reason = Reason::new("report_name", 422);
/// The role does not read figures.
pub const REPORT_ROLE: Reason = Reason::new("report_role", 422);
/// The schedule has ended.
pub const SCHEDULE_ENDED: Reason = Reason::new("schedule_ended", 409);

db::text_enum! {
    /// How often.
    #[schemars(rename = "ReportPeriod")]
    pub enum Period {
        /// Each Saturday.
        Week = "week",
        /// On the first day of each Jalali month.
        Month = "month",
    }
}

impl Period {
    /// The first day after `day` on which a report is due.
    pub fn next(self, day: Date) -> Date {
        use chrono::Datelike as _;
        match self {
            Self::Week => {
                let since = (day.weekday().num_days_from_sunday() + 1) % 7;
                day + chrono::TimeDelta::days(i64::from(7 - since))
            }
            Self::Month => Jalali::from(day).first_of_month().plus_months(1).to_date(),
        }
    }
}

/// What is reported, how often and to whom.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReportSchedule")]
pub struct Schedule {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// How often.
    pub period: Period,
    /// For whom.
    pub role: Role,
    /// The figures' codes in their order.
    pub codes: Vec<String>,
    /// No report is made any more.
    pub is_ended: bool,
}

impl Schedule {
    /// Whose role it is for reads it, and who sets it up.
    pub fn is_read_by(&self, viewer: &Viewer) -> bool {
        viewer.has(self.role) || FIGURE_PUBLISH.is_held_by(viewer)
    }

    /// The day whose report should be among these, newest first, and is not: its job has failed or the
    /// program was not running. None of an ended schedule.
    pub fn late_since(&self, made: &[Head], today: Date) -> Option<Date> {
        let due = self.period.next(made.first()?.as_of);
        (!self.is_ended && due < today).then_some(due)
    }
}

/// A report as it was made; nothing in it changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "FigureReport")]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// Of which schedule.
    pub schedule: Schedule,
    /// The day its numbers hold for.
    pub as_of: Date,
    /// What it tells.
    pub content: Content,
}

/// A report in a list.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "FigureReportHead")]
pub struct Head {
    /// Its id.
    pub id: Uuid,
    /// Of which schedule.
    pub schedule_id: Uuid,
    /// The day its numbers hold for.
    pub as_of: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_did_not_come_is_late_the_day_after() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut schedule = Schedule {
            id: Uuid::nil(),
            name: "week".to_owned(),
            period: Period::Week,
            role: Role::Observer,
            codes: Vec::new(),
            is_ended: false,
        };
        let made = [Head {
            id: Uuid::nil(),
            schedule_id: Uuid::nil(),
            as_of: day("2026-11-28"),
        }];
        let due = day("2026-12-05");
        assert_eq!(schedule.late_since(&made, due), None);
        assert_eq!(schedule.late_since(&made, day("2026-12-06")), Some(due));
        assert_eq!(schedule.late_since(&[], day("2026-12-06")), None);
        schedule.is_ended = true;
        assert_eq!(schedule.late_since(&made, day("2026-12-06")), None);
    }

    #[test]
    fn weeks_begin_on_saturday_and_months_are_jalali() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        // 2026-11-28 is a Saturday.
        assert_eq!(Period::Week.next(day("2026-11-27")), day("2026-11-28"));
        assert_eq!(Period::Week.next(day("2026-11-28")), day("2026-12-05"));
        assert_eq!(Period::Week.next(day("2026-11-29")), day("2026-12-05"));
        // 1 Dey 1405.
        assert_eq!(Period::Month.next(day("2026-11-29")), day("2026-12-22"));
        assert_eq!(Period::Month.next(day("2026-12-22")), day("2027-01-21"));
    }
}
