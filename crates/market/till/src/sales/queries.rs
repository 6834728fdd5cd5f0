//! All SQL of sales.

use std::collections::HashMap;

use consignment::LotId;
use db::{Conn, FromRow, Result, Value, sql};
use documents::codes::LabelCode;
use ledger::TenderKind;
use money::Rial;
use persian::Timestamp;
use uuid::Uuid;

use super::{Sale, SaleId, SaleLine, SoldLine, UNKNOWN_CODE};

/// The lot of each line's code, with the code as the label has it; one statement.
pub(super) async fn lots_by_code(
    conn: &mut Conn,
    lines: &[SoldLine],
) -> Result<Vec<(String, LotId)>> {
    let mut codes = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        match LabelCode::parse(&line.code) {
            Ok(code) => codes.push(code.to_string()),
            Err(_) => return UNKNOWN_CODE.at(format!("lines/{at}/code")),
        }
    }
    let marks: Vec<String> = (1..=codes.len()).map(|at| format!("${at}")).collect();
    let rows = sql(format!(
        "SELECT id, code FROM lot_card WHERE code IN ({})",
        marks.join(", ")
    ))
    .bind_all(codes.iter().map(Value::from))
    .rows(conn)
    .await?;
    let mut known = HashMap::<String, LotId>::new();
    for row in rows {
        known.insert(row.get("code")?, row.get("id")?);
    }
    let mut lots = Vec::with_capacity(codes.len());
    for (at, code) in codes.into_iter().enumerate() {
        match known.get(&code) {
            Some(lot) => lots.push((code, *lot)),
            None => return UNKNOWN_CODE.at(format!("lines/{at}/code")),
        }
    }
    Ok(lots)
}

const SALES: &str = "SELECT s.id, s.number, s.place_id, p.organization_id, p.name_fa AS place_fa,
     p.name_en AS place_en, r.code AS register_code, s.counter, s.sold_at, s.recorded_at, s.total,
     s.cash, s.card, s.change_given
     FROM sale s JOIN place_card p ON p.id = s.place_id JOIN register r ON r.id = s.register_id";

/// One sale.
pub async fn get(conn: &mut Conn, id: SaleId) -> Result<Sale> {
    sql(format!("{SALES} WHERE s.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The sale with this receipt number.
pub async fn by_number(conn: &mut Conn, number: &str) -> Result<Option<Sale>> {
    sql(format!("{SALES} WHERE s.number = $1"))
        .bind(number)
        .optional(conn)
        .await
}

/// Sales of these bodies' shops (of all, when none are named), newest first, before one of them.
pub async fn list(
    conn: &mut Conn,
    bodies: Option<&[Uuid]>,
    before: Option<Uuid>,
    since: Option<Timestamp>,
    most: i64,
) -> Result<Vec<Sale>> {
    let mut text = format!("{SALES} WHERE s.id < $1");
    let mut values = Vec::new();
    if let Some(bodies) = bodies {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (0..bodies.len()).map(|at| format!("${}", at + 3)).collect();
        text.push_str(&format!(" AND p.organization_id IN ({})", marks.join(", ")));
        values.extend(bodies.iter().map(|body| Value::from(*body)));
    }
    if let Some(since) = since {
        values.push(since.into());
        text.push_str(&format!(" AND s.recorded_at >= ${}", values.len() + 2));
    }
    text.push_str(" ORDER BY s.id DESC LIMIT $2");
    sql(text)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(most)
        .bind_all(values)
        .all(conn)
        .await
}

const LINES: &str = "SELECT l.id, l.sale_id, l.lot_id, l.code, l.contact_id, c.first_name AS maker,
     l.item_fa, l.item_en, l.quantity, l.unit_price, l.amount, l.vat_bp, l.vat,
     coalesce(b.returned, 0) AS returned
     FROM sale_line l JOIN contact_card c ON c.id = l.contact_id
     LEFT JOIN line_returned b ON b.line_id = l.id";

/// The lines of some sales, in order.
pub async fn lines_of(conn: &mut Conn, sales: &[SaleId]) -> Result<Vec<SaleLine>> {
    if sales.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=sales.len()).map(|at| format!("${at}")).collect();
    sql(format!(
        "{LINES} WHERE l.sale_id IN ({}) ORDER BY l.sale_id, l.position",
        marks.join(", ")
    ))
    .bind_all(sales.iter().map(|sale| Value::from(*sale)))
    .all(conn)
    .await
}

/// How a sale was paid.
#[derive(Clone, Debug, FromRow)]
pub struct TenderRow {
    /// Cash or card.
    pub kind: TenderKind,
    /// Rials handed over.
    pub amount: Rial,
    /// The terminal's reference.
    pub reference: Option<String>,
}

/// The tenders of a sale.
pub async fn tenders_of(conn: &mut Conn, sale: SaleId) -> Result<Vec<TenderRow>> {
    sql("SELECT kind, amount, reference FROM tender WHERE sale_id = $1 ORDER BY id")
        .bind(sale)
        .all(conn)
        .await
}
