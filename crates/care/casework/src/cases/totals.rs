//! How many cases are in each stage: kept by every move, in the same write. `doctor` counts the
//! cases themselves and compares.

use db::{FromRow, Result, Tx, sql};
use organizations::OrganizationId;
use persian::Date;

use super::{CaseId, Stage};

/// Where a case stands, as the totals know it.
#[derive(FromRow)]
struct Place {
    stage: Stage,
    day: Date,
    organization_id: OrganizationId,
    region: i64,
}

impl Place {
    /// The stage a case came to last.
    async fn last(tx: &mut Tx, case: CaseId) -> Result<Place> {
        sql("SELECT s.stage, s.entered_on AS day, c.organization_id, coalesce(s.region, 0) AS region
             FROM case_stage s JOIN case_file c ON c.id = s.case_id
             WHERE s.case_id = $1 ORDER BY s.id DESC LIMIT 1")
        .bind(case)
        .one(tx)
        .await
    }

    /// One more is here; it is an arrival unless the case was here before it was closed.
    async fn add(&self, tx: &mut Tx, is_arrival: bool) -> Result<()> {
        sql(
            "INSERT INTO stage_day (stage, day, entered, running) VALUES ($1, $2, 1, 1)
             ON CONFLICT (stage, day) DO UPDATE
             SET entered = stage_day.entered + $3, running = stage_day.running + 1",
        )
        .bind(self.stage)
        .bind(self.day)
        .bind(i64::from(is_arrival))
        .execute(tx)
        .await?;
        sql(
            "INSERT INTO stage_body (stage, day, organization_id, running) VALUES ($1, $2, $3, 1)
             ON CONFLICT (stage, day, organization_id) DO UPDATE
             SET running = stage_body.running + 1",
        )
        .bind(self.stage)
        .bind(self.day)
        .bind(self.organization_id)
        .execute(tx)
        .await?;
        sql(
            "INSERT INTO stage_region (stage, region, running) VALUES ($1, $2, 1)
             ON CONFLICT (stage, region) DO UPDATE
             SET running = stage_region.running + 1",
        )
        .bind(self.stage)
        .bind(self.region)
        .execute(tx)
        .await
        .map(drop)
    }

    /// One less is here. The rows are there, since the case was counted when it came.
    async fn take(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE stage_day SET running = running - 1 WHERE stage = $1 AND day = $2")
            .bind(self.stage)
            .bind(self.day)
            .execute_one(tx)
            .await?;
        sql("UPDATE stage_body SET running = running - 1
             WHERE stage = $1 AND day = $2 AND organization_id = $3")
        .bind(self.stage)
        .bind(self.day)
        .bind(self.organization_id)
        .execute_one(tx)
        .await?;
        sql("UPDATE stage_region SET running = running - 1 WHERE stage = $1 AND region = $2")
            .bind(self.stage)
            .bind(self.region)
            .execute_one(tx)
            .await
    }
}

/// A case comes to a stage today; the day, and where she lives now, are kept.
pub(super) async fn enter(tx: &mut Tx, case: CaseId, stage: Stage) -> Result<()> {
    sql(
        "INSERT INTO case_stage (id, case_id, stage, entered_on, region)
         SELECT $1, c.id, $3, $4, p.region FROM case_file c JOIN person_card p ON p.id = c.person_id
         WHERE c.id = $2",
    )
    .bind(tx.new_id())
    .bind(case)
    .bind(stage)
    .bind(tx.today())
    .execute_one(tx)
    .await?;
    Place::last(tx, case).await?.add(tx, true).await
}

/// A running case goes from where it was, to another stage or to its end.
pub(super) async fn leave(tx: &mut Tx, case: CaseId) -> Result<()> {
    Place::last(tx, case).await?.take(tx).await
}

/// A closed case runs again, where it was.
pub(super) async fn come_back(tx: &mut Tx, case: CaseId) -> Result<()> {
    Place::last(tx, case).await?.add(tx, false).await
}
