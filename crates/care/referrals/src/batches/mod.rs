//! Batches: a week's files for a body that answers by file, and its answers.

pub(crate) mod api;
pub(crate) mod pages;
pub(crate) mod queries;
pub(crate) mod results;
pub(crate) mod sheet;
mod views;

use access::{Permission, Role};
use db::{Error, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use results::Verdict;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::legs::states::{Debtor, Delivery};
use crate::legs::{self, Act, By, Note, Returned, apply};

pub use queries::numbers;
pub use results::{Reader, Row, RowState, WrittenRow};

/// Makes a week's files, and reads the answers to them.
pub const BATCH: Permission = Permission::new("batch.make", &[Role::CaseWorker, Role::Supervisor]);

/// No file waits for this body.
pub const EMPTY: Reason = Reason::new("batch_empty", 409);
/// The file is no results workbook of ours.
pub const NOT_OURS: Reason = Reason::new("batch_not_ours", 422);
/// This results file was applied before.
pub const APPLIED: Reason = Reason::new("batch_applied", 409);

/// Gathers all legs that wait at a body for one service and went out in no batch since they were
/// asked.
#[derive(Serialize)]
pub struct MakeBatch {
    /// Made by the sender.
    pub id: Uuid,
    /// The sending body.
    pub sender_id: OrganizationId,
    /// The body that answers by file.
    pub organization_id: OrganizationId,
    /// The service's code.
    pub service: String,
}

impl Write for MakeBatch {
    const NAME: &'static str = "make_batch";
    /// Its number.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        let legs = queries::waiting(tx, self).await?;
        if legs.is_empty() {
            return EMPTY.refuse();
        }
        let number = legs::queries::next_number(tx).await?;
        queries::insert(tx, self, &number).await?;
        queries::put_in(tx, self.id, &legs).await?;
        let detail = json!({ "number": number, "legs": legs.len() });
        access::audit::record(tx, "batch_made", "batch", Some(self.id), detail).await?;
        Ok(number)
    }
}

/// Keeps a results file as it was read, to be looked at before it is applied.
#[derive(Serialize)]
pub struct UploadResults {
    /// Made by the sender.
    pub id: Uuid,
    /// The batch it answers.
    pub batch: Uuid,
    /// The file's name on the sender's machine.
    pub file_name: String,
    /// Its rows.
    pub rows: Vec<WrittenRow>,
}

impl Write for UploadResults {
    const NAME: &'static str = "upload_results";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        queries::insert_upload(tx, self).await?;
        let detail = json!({ "batch": self.batch, "rows": self.rows.len() });
        access::audit::record(tx, "results_uploaded", "batch", Some(self.batch), detail).await?;
        Ok(self.id)
    }
}

/// What came of applying a results file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Applied {
    /// Legs answered now.
    pub applied: i64,
    /// Legs that had this answer before.
    pub same: i64,
    /// Legs with another answer; they stay as they were.
    pub refused: i64,
    /// Rows that could not be read; they wait to be mended.
    pub wrong: i64,
}

/// Applies the good rows of a results file. A wrong row stops no other.
#[derive(Serialize)]
pub struct ApplyResults {
    /// The upload.
    pub upload: Uuid,
}

impl Write for ApplyResults {
    const NAME: &'static str = "apply_results";
    type Out = Applied;
    async fn run(&self, tx: &mut Tx) -> Result<Applied> {
        if !queries::mark_applied(tx, self.upload).await? {
            return APPLIED.refuse();
        }
        let mut sum = Applied::default();
        for row in queries::rows(tx, self.upload).await? {
            if row.state == RowState::Wrong {
                sum.wrong += 1;
                continue;
            }
            if row.verdict == Verdict::None {
                continue;
            }
            let (state, fault) = apply_row(tx, &row).await?;
            match state {
                RowState::Applied => sum.applied += 1,
                RowState::Same => sum.same += 1,
                _ => sum.refused += 1,
            }
            queries::set_row(tx, row.id, state, fault).await?;
        }
        let detail = json!(sum);
        access::audit::record(
            tx,
            "results_applied",
            "batch_upload",
            Some(self.upload),
            detail,
        )
        .await?;
        Ok(sum)
    }
}

/// One row's answer; a rule that refuses it is told on the row.
async fn apply_row(tx: &mut Tx, row: &Row) -> Result<(RowState, Option<String>)> {
    let Some(leg) = row.leg_id else {
        return Ok((RowState::Refused, Some("unknown_number".into())));
    };
    let note = Note::sealed_before(row.id, row.note.clone());
    let answer: results::Read = serde_json::from_value(row.answer.clone())?;
    let moved = match row.verdict {
        Verdict::Issued => {
            let first = Note::none(tx.new_id());
            let accept = Act::Accept {
                appointment_on: None,
            };
            let returned = Returned {
                licence_number: answer.licence_number,
                valid_until: answer.valid_until,
            };
            let done = Act::Complete {
                outcome: Delivery::Delivered,
                returned: Some(returned),
            };
            let kept = legs::get(tx, leg).await?;
            if kept.state.is_unanswered() {
                match apply(tx, leg, &accept, By::FILE, &first).await {
                    Ok(_) => {}
                    Err(error) => return refused(error),
                }
            }
            apply(tx, leg, &done, By::FILE, &note).await
        }
        Verdict::Refused => {
            let code = answer.decline_code.unwrap_or_else(|| "other".to_owned());
            apply(tx, leg, &Act::Decline { code }, By::FILE, &note).await
        }
        Verdict::Incomplete => {
            let kept = legs::get(tx, leg).await?;
            if kept.debtor == Debtor::Sender {
                return Ok((RowState::Same, None));
            }
            apply(
                tx,
                leg,
                &Act::AskInfo { of: Debtor::Sender },
                By::FILE,
                &note,
            )
            .await
        }
        Verdict::None => return Ok((RowState::Good, None)),
    };
    match moved {
        Ok(moved) if moved.is_new => Ok((RowState::Applied, None)),
        Ok(_) => Ok((RowState::Same, None)),
        Err(error) => refused(error),
    }
}

fn refused(error: Error) -> Result<(RowState, Option<String>)> {
    match error {
        Error::Refused(refusal) => Ok((RowState::Refused, Some(refusal.reason.code.to_owned()))),
        other => Err(other),
    }
}
