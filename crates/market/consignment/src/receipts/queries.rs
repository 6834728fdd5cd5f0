use access::Viewer;
use contacts::ContactId;
use db::{Conn, Result, Value, sql};

use super::{Lot, LotId, Receipt, ReceiptId};

const RECEIPT: &str =
    "SELECT r.id, r.place_id, r.jalali_year, r.number, r.contact_id, r.agreement_id,
     r.received_on, r.received_by, r.note FROM goods_receipt r";

const LOT: &str = "SELECT l.id, l.code, l.product_id, p.code AS product_code, p.name_fa, p.name_en, l.contact_id,
     l.agreement_id, l.commission_bp, l.receipt_id, l.place_id, l.position, l.quantity, l.unit_price, l.batch,
     l.produced_on, l.expires_on, l.condition, l.defect_note
     FROM lot l JOIN product_card p ON p.id = l.product_id";

/// The receipt of this id.
pub async fn get(conn: &mut Conn, id: ReceiptId) -> Result<Receipt> {
    sql(format!("{RECEIPT} WHERE r.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// How many a page of a list holds.
pub(crate) const PAGE: i64 = 50;

/// Receipts of the viewer's shops, newest first, one more than a page.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    cursor: Option<ReceiptId>,
    most: i64,
) -> Result<Vec<Receipt>> {
    let bodies = viewer.bodies_as(crate::STOCK_READ.roles);
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..bodies.len())
        .map(|place| format!("${}", place + 3))
        .collect();
    sql(format!(
        "{RECEIPT} JOIN place_card s ON s.id = r.place_id WHERE r.id < $1 AND s.organization_id IN ({})
         ORDER BY r.id DESC LIMIT $2",
        marks.join(", ")
    ))
    .bind(cursor.map_or(uuid::Uuid::max(), ReceiptId::get))
    .bind(most)
    .bind_all(bodies.into_iter().map(Value::from))
    .all(conn)
    .await
}

/// A maker's receipts, newest first.
pub async fn list_of(conn: &mut Conn, contact: ContactId) -> Result<Vec<Receipt>> {
    sql(format!(
        "{RECEIPT} WHERE r.contact_id = $1 ORDER BY r.id DESC LIMIT 200"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// The lots of a receipt, in the order of its lines.
pub async fn lots(conn: &mut Conn, receipt: ReceiptId) -> Result<Vec<Lot>> {
    sql(format!("{LOT} WHERE l.receipt_id = $1 ORDER BY l.position"))
        .bind(receipt)
        .all(conn)
        .await
}

/// The lot of this id.
pub async fn lot(conn: &mut Conn, id: LotId) -> Result<Lot> {
    sql(format!("{LOT} WHERE l.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The lot a label names.
pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Lot>> {
    sql(format!("{LOT} WHERE l.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}
