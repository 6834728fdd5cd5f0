//! The job that stores a confirmed list, and the sealing of its file until then.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use data_encoding::BASE64;
use db::{Error, Keys, Origin, Result, Tx, Write, sql};
use organizations::OrganizationId;
use serde::Serialize;
use web::City;

use super::known::Among;
use super::{BatchId, BatchState, KeepUpload, digest, get, problems, queries, settled, write};
use crate::import::Totals;

/// The kind of the job.
pub(crate) const RUN_IMPORT: &str = "run_import";

/// Seals a file for its list.
fn seal(keys: &Keys, id: BatchId, bytes: &[u8]) -> Vec<u8> {
    keys.seal("import_batch", "content", id.get(), &BASE64.encode(bytes))
}

/// Reads a file for a preview: the write that keeps it, or why it is no list.
pub(super) async fn preview(
    city: Arc<City>,
    id: BatchId,
    organization: OrganizationId,
    file_name: String,
    bytes: Vec<u8>,
) -> Result<KeepUpload> {
    let runtime = tokio::runtime::Handle::current();
    let work = move || {
        let book = super::open(&bytes)?;
        let among = Among::Body(organization, city.db.clock().now());
        let reading = runtime.block_on(settled(&city, &book, among))?;
        Ok(KeepUpload {
            id,
            organization,
            file_name,
            digest: digest(&city.keys, &bytes),
            content: Some(seal(&city.keys, id, &bytes)),
            problems: problems(&reading),
            totals: Totals::of(&reading),
        })
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::other)?
}

fn unseal(keys: &Keys, id: BatchId, sealed: &[u8]) -> Result<Vec<u8>> {
    let text = keys
        .open_sealed("import_batch", "content", id.get(), sealed)
        .map_err(Error::other)?;
    BASE64.decode(text.as_bytes()).map_err(Error::other)
}

/// Stores a list whose file is kept. May run twice: what is stored stays as it is.
pub async fn run_batch(city: &City, origin: &Origin, id: BatchId) -> Result<()> {
    let mut conn = city.db.read().await?;
    let batch = get(&mut conn, id).await?;
    if matches!(batch.state, BatchState::Done | BatchState::Preview) {
        return Ok(());
    }
    let sealed = queries::content(&mut conn, id).await?;
    drop(conn);
    city.db
        .write(
            origin,
            MarkBatch {
                id,
                state: BatchState::Running,
            },
        )
        .await?;
    let outcome = read_and_store(city, origin, id, batch.organization_id, &sealed).await;
    if outcome.is_err() {
        city.db
            .write(
                origin,
                MarkBatch {
                    id,
                    state: BatchState::Failed,
                },
            )
            .await?;
    }
    outcome
}

async fn read_and_store(
    city: &City,
    origin: &Origin,
    id: BatchId,
    organization: OrganizationId,
    sealed: &[u8],
) -> Result<()> {
    let book = super::open(&unseal(&city.keys, id, sealed)?)?;
    let among = Among::Body(organization, city.db.clock().now());
    let mut reading = settled(city, &book, among).await?;
    write::store(city, origin, id, organization, &mut reading, |_, _| {})
        .await
        .map(drop)
}

/// Says how far a list has come.
#[derive(Serialize)]
struct MarkBatch {
    id: BatchId,
    state: BatchState,
}

impl Write for MarkBatch {
    const NAME: &'static str = "mark_import";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE import_batch SET state = $2 WHERE id = $1 AND state <> 'done'")
            .bind(self.id)
            .bind(self.state)
            .execute(tx)
            .await
            .map(drop)
    }
}

/// `run_import`: the handler of the job.
pub fn job(
    city: Arc<City>,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let id: BatchId = serde_json::from_value(payload["batch"].clone())?;
        // Reading is seconds of computing: it goes to a thread where it keeps nobody waiting.
        let runtime = tokio::runtime::Handle::current();
        let work = move || {
            let origin = Origin::program(format!("job:{RUN_IMPORT}"));
            runtime.block_on(run_batch(&city, &origin, id))
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Error::other)?
    })
}
