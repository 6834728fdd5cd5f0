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

/// Records that the labels of a receipt's lots are printed. The first print needs no reason.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrintLabels {
    /// Which receipt.
    pub receipt_id: ReceiptId,
    /// Only this lot; all when none is named.
    pub lot_id: Option<LotId>,
    /// Why again; may be empty the first time.
    pub reason: String,
}

impl Write for PrintLabels {
    const NAME: &'static str = "print_labels";
    /// Labels in all.
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let lots = receipts::lots(tx, self.receipt_id).await?;
        let mut copies = 0;
        for lot in lots
            .iter()
            .filter(|lot| self.lot_id.is_none_or(|id| id == lot.id))
        {
            sql("INSERT INTO label (id, lot_id, run, copies, reason, printed_by, printed_at)
                 SELECT $1, $2, CAST(count(*) + 1 AS bigint), $3, $4, $5, $6 FROM label WHERE lot_id = $2")
            .bind(tx.new_id())
            .bind(lot.id)
            .bind(lot.quantity)
            .bind(&self.reason)
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await
            .or_else(|error| match error {
                db::Error::Check(name) if name == "ck_label_reprint" => REPRINT_REASON.at("reason"),
                other => Err(other),
            })?;
            copies += lot.quantity;
        }
        if copies == 0 {
            return Err(db::Error::NotFound);
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
