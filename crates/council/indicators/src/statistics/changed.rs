use db::{Result, Tx};

/// The kind of job that is left whenever a figure was published or corrected; the room that signs
/// what is published does it.
pub const CHANGED: &str = "statistics_changed";

/// Leaves the job, in the transaction of the change.
pub(crate) async fn changed(tx: &mut Tx) -> Result<()> {
    let job = jobs::Job {
        kind: CHANGED,
        payload: serde_json::json!({}),
        run_at: tx.now(),
        once_key: None,
    };
    jobs::enqueue(tx, job).await
}
