//! A receiver that takes its time.

use std::time::Duration;

use testing::both;

use super::*;

const ARRIVED: &str = "webhook_delivery WHERE state = 'delivered'";

both! {
    async fn one_that_is_slow_holds_up_no_other_and_is_not_overrun(bench: Bench) {
        let stage = stage(&bench).await;
        let slow = Faults { slow: 1.0, slow_for: Duration::from_secs(2), ..Faults::default() };
        simulated(&stage, slow).await;
        happen(&stage).await;
        happen(&stage).await;
        let (_, quick) = simulated(&stage, Faults::default()).await;
        happen(&stage).await;
        let (ours, outward) = jobs::Runner::new(crate::room().jobs).apart(crate::OUTWARD_JOBS);
        assert_eq!(ours.run_due(&stage.city).await.unwrap(), 0, "no other work stands behind it");
        let city = stage.city.clone();
        let work = tokio::spawn(async move { outward.run_side_by_side(city, 8).await });
        while received(&quick).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(count(&bench, ARRIVED).await <= 1, "the slow one has taken nothing yet");
        while count(&bench, ARRIVED).await < 4 {
            let at_work = "webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
                WHERE e.claims > 1 AND d.leased_until IS NOT NULL AND d.state <> 'delivered'";
            assert!(count(&bench, at_work).await <= 2);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        work.abort();
    }
}
