//! The week's statements seal themselves: each Saturday, everything sold until the Friday.

use std::pin::Pin;
use std::sync::Arc;

use db::{Error, Origin, Result, Tx, Write};
use persian::{Date, Jalali, Timestamp};
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::City;

use super::{NOTHING_TO_SEAL, SealStatements};

/// The Friday on or before a day.
pub(crate) fn end_before(day: Date) -> Date {
    // Weekdays count from Saturday, so Friday is six days after the week's first.
    let since_friday = (Jalali::from(day).weekday().index() + 1) % 7;
    (0..since_friday).fold(day, |day, _| day.pred_opt().unwrap_or(day))
}

/// The Friday on or after a day.
pub(crate) fn end_after(day: Date) -> Date {
    end_before(day.iter_days().nth(6).unwrap_or(day))
}

/// Writes the job that seals the running week; the second time in a week it changes nothing.
pub async fn plan(tx: &mut Tx) -> Result<()> {
    let until = end_after(tx.today());
    let job = jobs::Job {
        kind: "seal_week",
        payload: json!({ "until": until }),
        // In the first hours of Saturday, when no shop is open.
        run_at: Timestamp::at(until, 1, 30).plus_days(1),
        once_key: Some(format!("seal_week:{until}")),
    };
    jobs::enqueue(tx, job).await
}

/// Seals what waits until a Friday, and plans the next week.
#[derive(Serialize)]
struct SealWeek {
    run: Uuid,
    until: Date,
}

impl Write for SealWeek {
    const NAME: &'static str = "seal_week";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        plan(tx).await?;
        let seal = SealStatements {
            run: self.run,
            from: None,
            until: self.until,
            contact: None,
        };
        match seal.run(tx).await {
            // Somebody sealed it by hand, or nothing was sold.
            Err(Error::Refused(refusal)) if refusal.reason.code == NOTHING_TO_SEAL.code => Ok(()),
            done => done.map(drop),
        }
    }
}

/// The job of a week; the same job again seals nothing twice.
pub(crate) fn seal_week(
    city: Arc<City>,
    payload: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let until: Date = serde_json::from_value(payload["until"].clone())?;
        let run = city.db.new_id();
        city.db
            .write(&Origin::program("job:seal_week"), SealWeek { run, until })
            .await?;
        city.wake.notify_one();
        Ok(())
    })
}
