//! The month's figures publish themselves: in the first hours of each Jalali month, once somebody
//! has published by hand.

use std::pin::Pin;
use std::sync::Arc;

use db::{Origin, Result, Tx, Write};
use persian::{Jalali, Timestamp};
use serde::Serialize;
use serde_json::{Value as Json, json};
use web::City;

use super::{NewValue, PublishValues, queries};
use crate::figures::month_key;

/// The kind of job.
pub(crate) const KIND: &str = "publish_month";

/// Writes the job of the next month; the second time in a month it changes nothing.
pub(super) async fn plan(tx: &mut Tx) -> Result<()> {
    let first = Jalali::from(tx.today()).first_of_month().plus_months(1);
    let month = month_key(first.to_date());
    let job = jobs::Job {
        kind: KIND,
        payload: json!({ "month": month }),
        // When no shop is open and nobody waits for a page.
        run_at: Timestamp::at(first.to_date(), 2, 30),
        once_key: Some(format!("{KIND}:{month}")),
    };
    jobs::enqueue(tx, job).await
}

/// Publishes what was counted just before, and plans the next month.
#[derive(Serialize)]
struct PublishMonth {
    values: Vec<NewValue>,
}

impl Write for PublishMonth {
    const NAME: &'static str = "publish_month";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        plan(tx).await?;
        if self.values.is_empty() {
            return Ok(());
        }
        let publish = PublishValues {
            as_of: tx.today(),
            values: self.values.clone(),
        };
        publish.run(tx).await.map(drop)
    }
}

/// The job of a month. Counting happens beside the writes, so sales do not wait for it. A month in
/// which the program did not run stays without its values: nobody can count backwards.
pub(crate) fn publish_month(
    city: Arc<City>,
    payload: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let today = city.db.clock().today();
        let values = match payload["month"] == json!(month_key(today)) {
            true => queries::count(&mut city.db.read().await?, today).await?,
            false => Vec::new(),
        };
        let origin = Origin::program("job:publish_month");
        city.db.write(&origin, PublishMonth { values }).await
    })
}
