use access::{Role, audit};
use db::{Result, Tx, Write, sql};
use notices::{Notice, To};
use organizations::OrganizationId;
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Content, Period, REPORT_NAME, REPORT_ROLE, SCHEDULE_ENDED, job, queries};
use crate::{FIGURE_READ, figures};

/// Says what is reported, how often and to whom. The first report is made at once.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleReport {
    /// Made by the sender.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// How often.
    pub period: Period,
    /// For whom.
    pub role: Role,
    /// The figures' codes; none means all.
    pub codes: Vec<String>,
}

impl Write for ScheduleReport {
    const NAME: &'static str = "schedule_report";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let name = persian::clean(&self.name);
        if name.is_empty() || name.chars().count() > 80 {
            return REPORT_NAME.at("name");
        }
        if !FIGURE_READ.roles.contains(&self.role) {
            return REPORT_ROLE.at("role");
        }
        let all = figures::definitions(tx).await?;
        let mut codes: Vec<String> = Vec::new();
        for definition in &all {
            // In the committee's order, each once.
            if self.codes.is_empty() || self.codes.contains(&definition.code) {
                codes.push(definition.code.clone());
            }
        }
        if let Some(unknown) = self.codes.iter().find(|code| !codes.contains(code)) {
            figures::definition(tx, unknown).await?;
        }
        sql(
            "INSERT INTO report_schedule (id, name, period, role, codes, made_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(name)
        .bind(self.period)
        .bind(self.role)
        .bind(json!(codes))
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        job::plan(tx, self.id, tx.today(), tx.now()).await?;
        let detail = json!({ "period": self.period, "role": self.role });
        audit::record(
            tx,
            "report_scheduled",
            "report_schedule",
            Some(self.id),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// No further report is made; those that were stay.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndSchedule {
    /// Which one.
    pub id: Uuid,
}

impl Write for EndSchedule {
    const NAME: &'static str = "end_report_schedule";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::schedule(tx, self.id).await?;
        let ended =
            sql("UPDATE report_schedule SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
                .bind(self.id)
                .bind(tx.now())
                .execute(tx)
                .await?;
        if ended == 0 {
            return SCHEDULE_ENDED.refuse();
        }
        audit::record(
            tx,
            "report_ended",
            "report_schedule",
            Some(self.id),
            json!({}),
        )
        .await
    }
}

/// Keeps a report that was counted just before, tells the bodies in which somebody holds its role,
/// and plans the next. The same planned day makes one report, however often it is asked.
#[derive(Clone, Debug, Serialize)]
pub struct MakeReport {
    /// Of which schedule.
    pub schedule: Uuid,
    /// The day it was planned for.
    pub planned_on: Date,
    /// What it tells.
    pub content: Content,
    /// Where it will be read, without its id.
    pub address: String,
}

impl Write for MakeReport {
    const NAME: &'static str = "make_report";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let schedule = queries::schedule(tx, self.schedule).await?;
        if schedule.is_ended {
            return Ok(());
        }
        let id = tx.new_id();
        let today = tx.today();
        let made = sql(
            "INSERT INTO report (id, schedule_id, planned_on, as_of, content, made_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(self.schedule)
        .bind(self.planned_on)
        .bind(today)
        .bind(json!(self.content))
        .bind(tx.now())
        .execute(tx)
        .await?;
        if made == 0 {
            return Ok(());
        }
        for body in queries::bodies_with(tx, schedule.role, today).await? {
            let notice = Notice {
                to: To::Organization(OrganizationId::new(body)),
                template: "report-ready",
                args: vec![
                    ("name", schedule.name.clone()),
                    ("day", Jalali::from(today).full(Lang::Fa)),
                    ("link", format!("{}{id}", self.address)),
                ],
            };
            notices::send(tx, notice).await?;
        }
        job::plan_next(tx, &schedule).await
    }
}
