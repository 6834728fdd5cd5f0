//! Answers in a file: every good row is kept, a wrong one is told and stops no other.

use db::{Error, Result, Tx, Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keep::{Said, keep};
use super::{AnswerKind, AnswerWay};
use crate::resolutions::ResolutionId;

/// A row that says something.
#[derive(Clone, Debug, Serialize)]
pub struct FileAnswer {
    /// Made when the row is read; a file read again makes others.
    #[serde(skip)]
    pub id: Uuid,
    /// The number beside it in the spreadsheet.
    pub row: i64,
    /// What it answers and says, or what is wrong with it.
    pub said: std::result::Result<FileWords, String>,
}

/// What a good row says.
#[derive(Clone, Debug, Serialize)]
pub struct FileWords {
    /// Which resolution.
    pub resolution_id: ResolutionId,
    /// Done, under way, or impossible.
    pub kind: AnswerKind,
    /// The words.
    pub wording: String,
    /// Number of a letter; may be empty.
    pub reference: String,
}

/// A row that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ResolutionFileFault")]
pub struct FileFault {
    /// The number beside it in the spreadsheet.
    pub row: i64,
    /// Why, as a code.
    pub code: String,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ResolutionFileSum")]
pub struct FileSum {
    /// Answers kept.
    pub kept: i64,
    /// Answers that were there before.
    pub same: i64,
    /// Rows that were not kept.
    pub faults: Vec<FileFault>,
}

/// Keeps the answers of a file. The caller has seen that the body's file is the asker's to bring.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerByFile {
    /// Its rows.
    pub rows: Vec<FileAnswer>,
}

impl Write for AnswerByFile {
    const NAME: &'static str = "answer_by_file";
    type Out = FileSum;
    async fn run(&self, tx: &mut Tx) -> Result<FileSum> {
        let mut sum = FileSum::default();
        for one in &self.rows {
            let fault = |code: &str| FileFault {
                row: one.row,
                code: code.to_owned(),
            };
            let words = match &one.said {
                Ok(words) => words,
                Err(code) => {
                    sum.faults.push(fault(code));
                    continue;
                }
            };
            let said = Said {
                id: one.id,
                resolution: words.resolution_id,
                kind: words.kind,
                way: AnswerWay::File,
                wording: &words.wording,
                reference: &words.reference,
                answered_on: tx.today(),
            };
            match keep(tx, said).await {
                Ok(true) => sum.kept += 1,
                Ok(false) => sum.same += 1,
                Err(Error::Refused(refusal)) => sum.faults.push(fault(refusal.reason.code)),
                Err(error) => return Err(error),
            }
        }
        Ok(sum)
    }
}
