//! Labels: as many as pieces, each print recorded with who and, again, why.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Timestamp;
use serde::{Deserialize, Serialize};

use crate::receipts::{self, LotId, ReceiptId};

db::id!(
    /// A print of a lot's labels.
    pub LabelId
);

/// Labels of this lot were printed before: a reason is needed.
pub const REPRINT_REASON: Reason = Reason::new("reprint_reason", 422);

/// There is no such part of the labels, or no such place on the sheet; `parts` tells how many.
pub const LABEL_PART: Reason = Reason::new("label_part", 422);
/// Why again has at most two hundred letters.
pub const LABEL_REASON: Reason = Reason::new("label_reason", 422);

/// The most labels of one print: what a printer, and a browser, take well.
pub const MOST_LABELS: i64 = 2_000;

/// A part of many labels, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(pub i64);

impl Part {
    /// How many labels of a lot this part holds, when so many stand before the lot's.
    pub fn of(self, before: i64, pieces: i64) -> i64 {
        let (first, last) = ((self.0 - 1) * MOST_LABELS, self.0 * MOST_LABELS);
        (last.min(before + pieces) - first.max(before)).max(0)
    }

    /// How many parts so many labels have.
    pub fn count(labels: i64) -> i64 {
        (labels + MOST_LABELS - 1) / MOST_LABELS
    }
}

/// Records that the labels of a receipt's lots are printed, at most two thousand at once. The
/// first print needs no reason, nor does the next part of a lot that is larger.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrintLabels {
    /// Which receipt.
    pub receipt_id: ReceiptId,
    /// Only this lot; all when none is named.
    pub lot_id: Option<LotId>,
    /// Which part, from 1.
    pub part: i64,
    /// Why again; may be empty the first time.
    pub reason: String,
}

impl Write for PrintLabels {
    const NAME: &'static str = "print_labels";
    /// Labels in all.
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        if self.reason.chars().count() > 200 {
            return LABEL_REASON.at("reason");
        }
        let mut lots = receipts::lots(tx, self.receipt_id).await?;
        lots.retain(|lot| self.lot_id.is_none_or(|id| id == lot.id));
        let parts = Part::count(lots.iter().map(|lot| lot.quantity).sum());
        if lots.is_empty() {
            return Err(db::Error::NotFound);
        }
        if !(1..=parts).contains(&self.part) {
            return LABEL_PART.at("part");
        }
        let (mut copies, mut before) = (0, 0);
        for lot in &lots {
            let printed = Part(self.part).of(before, lot.quantity);
            let is_later_part = before < (self.part - 1) * MOST_LABELS;
            before += lot.quantity;
            if printed == 0 {
                continue;
            }
            let reason = match self.reason.as_str() {
                "" if is_later_part => format!("{}/{parts}", self.part),
                reason => reason.to_owned(),
            };
            sql("INSERT INTO label (id, lot_id, run, copies, reason, printed_by, printed_at)
                 SELECT $1, $2, CAST(count(*) + 1 AS bigint), $3, $4, $5, $6 FROM label WHERE lot_id = $2")
            .bind(tx.new_id())
            .bind(lot.id)
            .bind(printed)
            .bind(reason)
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await
            .or_else(|error| match error {
                db::Error::Check(name) if name == "ck_label_reprint" => REPRINT_REASON.at("reason"),
                other => Err(other),
            })?;
            copies += printed;
        }
        let detail = serde_json::json!({ "copies": copies, "again": !self.reason.is_empty() });
        audit::record(
            tx,
            "labels_printed",
            "goods_receipt",
            Some(self.receipt_id.get()),
            detail,
        )
        .await?;
        Ok(copies)
    }
}

/// One print, as the receipt's page lists it.
#[derive(Clone, Debug, FromRow)]
pub struct Print {
    /// The lot's label code.
    pub code: String,
    /// Labels printed.
    pub copies: i64,
    /// Why again; empty the first time.
    pub reason: String,
    /// When.
    pub printed_at: Timestamp,
}

/// The prints of a receipt's lots, oldest first.
pub async fn list(conn: &mut Conn, receipt: ReceiptId) -> Result<Vec<Print>> {
    sql(
        "SELECT l.code, b.copies, b.reason, b.printed_at FROM label b JOIN lot l ON l.id = b.lot_id
         WHERE l.receipt_id = $1 ORDER BY b.id",
    )
    .bind(receipt)
    .all(conn)
    .await
}
