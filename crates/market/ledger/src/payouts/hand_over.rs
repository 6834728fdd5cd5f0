//! Handing the file of a batch to a bank that answers by HTTP, and taking its answer back.

use std::time::Duration;

use access::Ask;
use db::Reason;
use url::Url;
use web::{Failure, Outcome};

use super::{BatchId, Imported, file, pages, queries};
use crate::bank::Profile;

/// The bank gave no answer; the same file may be handed over again.
pub const BANK_SILENT: Reason = Reason::new("payout_bank_silent", 503);

/// How long the bank may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest answer, in bytes.
const LONGEST: u64 = 12 * 1024 * 1024;

/// Hands the file over and reads the answer in. Handed over twice, a bank answers the same lines
/// again, and they change nothing. In the demo `closed` accounts, from the first, are closed.
pub(super) async fn hand_over(
    ask: &Ask,
    bank: Url,
    batch: BatchId,
    closed: usize,
) -> Outcome<Imported> {
    let profile = queries::batch(&mut ask.read().await?, batch).await?.profile;
    let bytes = file::export(ask, batch).await?.bytes;
    let send = move || answer(&bank, profile, closed, &bytes);
    let answered = tokio::task::spawn_blocking(send).await;
    match answered.map_err(|fault| Failure::Internal(fault.to_string()))? {
        Ok(bytes) => pages::take_in(ask, batch, &bytes).await,
        Err(fault) => {
            tracing::warn!(fault, "the bank does not answer");
            BANK_SILENT.refuse().map_err(Failure::from)
        }
    }
}

fn answer(bank: &Url, profile: Profile, closed: usize, file: &[u8]) -> Result<Vec<u8>, String> {
    let address = bank.join(&format!("files/{}?closed={closed}", profile.as_str()));
    let address = address.map_err(|fault| fault.to_string())?;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .build()
        .into();
    let mut answer = agent
        .post(address.as_str())
        .send(file)
        .map_err(|fault| fault.to_string())?;
    let body = answer.body_mut().with_config().limit(LONGEST);
    body.read_to_vec().map_err(|fault| fault.to_string())
}
