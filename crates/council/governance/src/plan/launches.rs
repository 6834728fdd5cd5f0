//! Launches: a centre, shop or fair on its way from an idea to its opening.

use access::audit;
use db::{Conn, Error, Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ActionId;
use crate::wording::{NAME, not_ahead, optional, required};

db::id!(
    /// A launch.
    pub LaunchId
);

/// The steps are reached in their order, and no step before the one before it.
pub const LAUNCH_ORDER: Reason = Reason::new("launch_order", 409);

db::text_enum! {
    /// What is launched.
    pub enum LaunchKind {
        /// A centre.
        Centre = "centre",
        /// A shop.
        Shop = "shop",
        /// A fair.
        Fair = "fair",
    }
}

db::text_enum! {
    /// The steps of a launch, in their order.
    pub enum LaunchStep {
        /// Somebody proposed it.
        Idea = "idea",
        /// It was agreed.
        Agreed = "agreed",
        /// It has a place.
        Space = "space",
        /// It is equipped and staffed.
        Equipped = "equipped",
        /// It is open.
        Open = "open",
    }
}

impl LaunchStep {
    /// Its place, from 1.
    pub fn place(self) -> i64 {
        self as i64 + 1
    }
}

/// A launch with how far it has come.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "PlanLaunch")]
pub struct Launch {
    /// Its id.
    pub id: LaunchId,
    /// Its action.
    pub action_id: ActionId,
    /// What is launched.
    pub kind: LaunchKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The body that launches it, in Persian.
    pub body_fa: String,
    /// The body in English.
    pub body_en: String,
    /// The day it should open.
    pub planned_on: Date,
    /// The last step reached; none at the very beginning.
    pub step: Option<LaunchStep>,
    /// When it was reached.
    pub reached_on: Option<Date>,
}

impl Launch {
    /// True when its day has passed and it is not open.
    pub fn is_late(&self, today: Date) -> bool {
        self.step != Some(LaunchStep::Open) && self.planned_on < today
    }

    /// The step that comes next; none when it is open.
    pub fn next(&self) -> Option<LaunchStep> {
        let reached = self.step.map_or(0, LaunchStep::place);
        LaunchStep::ALL
            .iter()
            .copied()
            .find(|step| step.place() == reached + 1)
    }
}

pub(super) const COLUMNS: &str = "l.id, l.action_id, l.kind, l.name_fa, l.name_en, o.name_fa AS body_fa, o.name_en AS body_en,
     l.planned_on, (SELECT s.step FROM launch_step s WHERE s.launch_id = l.id ORDER BY s.place DESC LIMIT 1) AS step,
     (SELECT max(s.reached_on) FROM launch_step s WHERE s.launch_id = l.id) AS reached_on";

/// A step that was reached.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "LaunchStepReached")]
pub struct Reached {
    /// Which.
    pub step: LaunchStep,
    /// When.
    pub reached_on: Date,
    /// What shows it.
    pub note: String,
}

/// One launch.
pub async fn get(conn: &mut Conn, id: LaunchId) -> Result<Launch> {
    sql(format!(
        "SELECT {COLUMNS} FROM launch l JOIN organization_card o ON o.id = l.organization_id WHERE l.id = $1"
    ))
    .bind(id)
    .one(conn)
    .await
}

/// The steps a launch has reached, in order.
pub async fn steps(conn: &mut Conn, id: LaunchId) -> Result<Vec<Reached>> {
    sql("SELECT step, reached_on, note FROM launch_step WHERE launch_id = $1 ORDER BY place")
        .bind(id)
        .all(conn)
        .await
}

/// Begins a launch with its idea.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BeginLaunch {
    /// Made by the sender.
    pub id: LaunchId,
    /// Its action.
    pub action_id: ActionId,
    /// The body that launches it.
    pub organization_id: OrganizationId,
    /// What is launched.
    pub kind: LaunchKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The day it should open.
    pub planned_on: Date,
}

impl Write for BeginLaunch {
    const NAME: &'static str = "begin_launch";
    type Out = LaunchId;
    async fn run(&self, tx: &mut Tx) -> Result<LaunchId> {
        sql("INSERT INTO launch (id, action_id, organization_id, kind, name_fa, name_en, planned_on, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.action_id)
        .bind(self.organization_id)
        .bind(self.kind)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.planned_on)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let idea = ReachStep {
            launch_id: self.id,
            step: LaunchStep::Idea,
            reached_on: tx.today(),
            note: String::new(),
        };
        idea.run(tx).await?;
        Ok(self.id)
    }
}

/// Writes down that a launch has reached its next step.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReachLaunchStep")]
pub struct ReachStep {
    /// Which launch.
    pub launch_id: LaunchId,
    /// The step; the one after the last.
    pub step: LaunchStep,
    /// When: not ahead, and not before the step before it.
    pub reached_on: Date,
    /// What shows it; may be empty.
    pub note: String,
}

impl Write for ReachStep {
    const NAME: &'static str = "reach_launch_step";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        not_ahead(tx, self.reached_on, "reached_on")?;
        // The launch's row is held, so that one step is reached at a time.
        let held = sql("UPDATE launch SET kind = kind WHERE id = $1")
            .bind(self.launch_id)
            .execute(tx)
            .await?;
        if held == 0 {
            return Err(Error::NotFound);
        }
        let reached = sql(
            "INSERT INTO launch_step (launch_id, step, place, reached_on, note, recorded_by, made_at)
             SELECT l.id, $2, $3, $4, $5, $6, $7 FROM launch l WHERE l.id = $1
             AND $3 = (SELECT count(*) + 1 FROM launch_step s WHERE s.launch_id = $1)
             AND NOT EXISTS (SELECT 1 FROM launch_step s WHERE s.launch_id = $1 AND s.reached_on > $4)",
        )
        .bind(self.launch_id)
        .bind(self.step)
        .bind(self.step.place())
        .bind(self.reached_on)
        .bind(optional(&self.note, "note", 500)?)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if reached == 0 {
            return LAUNCH_ORDER.at("reached_on");
        }
        audit::record(
            tx,
            "launch_step_reached",
            "launch",
            Some(self.launch_id.get()),
            json!({ "step": self.step }),
        )
        .await
    }
}
