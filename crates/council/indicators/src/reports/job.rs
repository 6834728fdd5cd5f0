//! A report makes itself on the morning of its day.

use std::pin::Pin;
use std::sync::Arc;

use db::{Origin, Result, Tx};
use persian::{Date, Timestamp};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::City;

use super::{Content, MakeReport, Schedule, queries};

/// The kind of job.
pub(crate) const KIND: &str = "make_report";

/// Writes the job of a day; the second time it changes nothing.
pub(super) async fn plan(tx: &mut Tx, schedule: Uuid, on: Date, at: Timestamp) -> Result<()> {
    let job = jobs::Job {
        kind: KIND,
        payload: json!({ "schedule": schedule, "planned_on": on }),
        run_at: at,
        once_key: Some(format!("{KIND}:{schedule}:{on}")),
    };
    jobs::enqueue(tx, job).await
}

/// The next one: at seven, when people come to work.
pub(super) async fn plan_next(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    let day = schedule.period.next(tx.today());
    plan(tx, schedule.id, day, Timestamp::at(day, 7, 0)).await
}

/// A report ready to be kept, counted by a reader: sales do not wait for it. One that is late tells
/// of the day on which it is made; nobody can count backwards. None of an ended schedule.
pub async fn prepare(city: &City, schedule: Uuid, planned_on: Date) -> Result<Option<MakeReport>> {
    let today = city.db.clock().today();
    let mut conn = city.db.read().await?;
    let found = queries::schedule(&mut conn, schedule).await?;
    if found.is_ended {
        return Ok(None);
    }
    Ok(Some(MakeReport {
        schedule,
        planned_on,
        content: Content::of(&mut conn, &found, today).await?,
        address: city.link("/reports/"),
    }))
}

/// The job of a day.
pub(crate) fn make_report(
    city: Arc<City>,
    payload: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let schedule: Uuid = serde_json::from_value(payload["schedule"].clone())?;
        let planned_on: Date = serde_json::from_value(payload["planned_on"].clone())?;
        match prepare(&city, schedule, planned_on).await? {
            Some(make) => {
                city.db
                    .write(&Origin::program("job:make_report"), make)
                    .await
            }
            None => Ok(()),
        }
    })
}
