//! All SQL of accruals.

use std::collections::BTreeMap;

use contacts::ContactId;
use db::{Conn, Error, FromRow, Result, Tx, Value, insert_many, sql, update_many};
use money::{Overflow, Rial};
use persian::Date;
use uuid::Uuid;

use super::{Accrual, AccrualKind, Accrue};

/// Adds the lines to their makers' sums of a Jalali month.
pub(super) async fn add_to_months(tx: &mut Tx, sale: &Accrue, month: Date) -> Result<()> {
    let mut sums = BTreeMap::<Uuid, [i64; 6]>::new();
    for line in &sale.lines {
        let shares = line.shares;
        let parts = [
            line.quantity.signum(),
            line.quantity,
            shares.paid.get(),
            shares.vat.get(),
            shares.commission.get(),
            shares.net.get(),
        ];
        let sum = sums.entry(line.contact.get()).or_default();
        for (sum, part) in sum.iter_mut().zip(parts) {
            *sum = sum
                .checked_add(part)
                .ok_or_else(|| Error::other(Overflow))?;
        }
    }
    let row = |(contact, sum): (Uuid, [i64; 6])| {
        let mut row: Vec<Value> = vec![contact.into(), month.into()];
        row.extend(sum.map(Value::from));
        row
    };
    update_many(
        tx,
        "v(contact_id, month_on, lines, pieces, paid, vat, commission, net)",
        8,
        "INSERT INTO maker_month (contact_id, month_on, lines, pieces, paid, vat, commission, net)
         SELECT contact_id, month_on, lines, pieces, paid, vat, commission, net FROM v WHERE TRUE
         ON CONFLICT (contact_id, month_on) DO UPDATE SET
         lines = maker_month.lines + excluded.lines, pieces = maker_month.pieces + excluded.pieces,
         paid = maker_month.paid + excluded.paid, vat = maker_month.vat + excluded.vat,
         commission = maker_month.commission + excluded.commission, net = maker_month.net + excluded.net",
        sums.into_iter().map(row).collect(),
    )
    .await
    .map(drop)
}

/// Writes the accruals of a sale or a return.
pub(super) async fn insert(tx: &mut Tx, sale: Accrue, entry: Uuid, payable_on: Date) -> Result<()> {
    let now = tx.now();
    let row = |line: Accrual| {
        vec![
            line.id.into(),
            line.line.into(),
            sale.kind.into(),
            entry.into(),
            sale.sale.into(),
            line.corrects.into(),
            line.contact.into(),
            sale.place.into(),
            line.lot.into(),
            line.lot_code.into(),
            line.agreement.into(),
            line.item_fa.into(),
            line.item_en.into(),
            line.quantity.into(),
            line.unit_price.into(),
            Value::Int(0),
            line.shares.paid.into(),
            i64::from(line.vat.get()).into(),
            line.shares.vat.into(),
            i64::from(line.commission.get()).into(),
            line.shares.commission.into(),
            line.shares.net.into(),
            sale.day.into(),
            payable_on.into(),
            now.into(),
        ]
    };
    let rows = sale.lines.into_iter().map(row).collect();
    let head = "INSERT INTO accrual (id, line_id, kind, entry_id, sale_id, corrects_id, contact_id,
        place_id, lot_id, lot_code, agreement_id, item_fa, item_en, quantity, unit_price, discount,
        paid, vat_bp, vat, commission_bp, commission, net, sold_on, payable_on, recorded_at)";
    insert_many(tx, head, 25, rows).await.map(drop)
}

/// An accrual as it is kept, with the shop's names and the statement it stands in.
#[derive(Clone, Debug, FromRow)]
pub struct AccrualRow {
    /// Its id.
    pub id: Uuid,
    /// The line of the sale or return.
    pub line_id: Uuid,
    /// Sold or brought back.
    pub kind: AccrualKind,
    /// The entry that posted it.
    pub entry_id: Uuid,
    /// The sale.
    pub sale_id: Uuid,
    /// Whose goods.
    pub contact_id: ContactId,
    /// The lot.
    pub lot_id: Uuid,
    /// What the label says.
    pub lot_code: String,
    /// The agreement of that moment.
    pub agreement_id: Uuid,
    /// The goods in Persian.
    pub item_fa: String,
    /// The goods in English.
    pub item_en: String,
    /// Pieces; below zero when brought back.
    pub quantity: i64,
    /// Price of one.
    pub unit_price: Rial,
    /// What the buyer paid.
    pub paid: Rial,
    /// The tax inside it.
    pub vat: Rial,
    /// Rate of the shop's share, in basis points.
    pub commission_bp: i64,
    /// The shop's share.
    pub commission: Rial,
    /// The maker's.
    pub net: Rial,
    /// The day of the sale.
    pub sold_on: Date,
    /// From when it may be paid.
    pub payable_on: Date,
    /// The shop in Persian.
    pub place_fa: String,
    /// The shop in English.
    pub place_en: String,
    /// The statement it stands in.
    pub statement_id: Option<Uuid>,
}

const ACCRUALS: &str = "SELECT a.id, a.line_id, a.kind, a.entry_id, a.sale_id, a.contact_id,
     a.lot_id, a.lot_code, a.agreement_id, a.item_fa, a.item_en, a.quantity, a.unit_price, a.paid,
     a.vat, a.commission_bp, a.commission, a.net, a.sold_on, a.payable_on,
     p.name_fa AS place_fa, p.name_en AS place_en, l.statement_id
     FROM accrual a JOIN place_card p ON p.id = a.place_id
     LEFT JOIN statement_line l ON l.accrual_id = a.id";

/// One accrual.
pub async fn accrual(conn: &mut Conn, id: Uuid) -> Result<AccrualRow> {
    sql(format!("{ACCRUALS} WHERE a.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The accruals of a sale and its returns.
pub async fn accruals_of_sale(conn: &mut Conn, sale: Uuid) -> Result<Vec<AccrualRow>> {
    sql(format!("{ACCRUALS} WHERE a.sale_id = $1 ORDER BY a.id"))
        .bind(sale)
        .all(conn)
        .await
}

/// The lines of a statement, in order of sale.
pub async fn accruals_of_statement(conn: &mut Conn, statement: Uuid) -> Result<Vec<AccrualRow>> {
    sql(format!(
        "{ACCRUALS} WHERE l.statement_id = $1 ORDER BY a.sold_on, a.id"
    ))
    .bind(statement)
    .all(conn)
    .await
}

/// A maker's lines that stand in no statement yet.
pub async fn unsettled(conn: &mut Conn, contact: ContactId) -> Result<Vec<AccrualRow>> {
    sql(format!(
        "{ACCRUALS} WHERE a.contact_id = $1 AND l.statement_id IS NULL ORDER BY a.id"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// The lines an entry posted.
pub(crate) async fn accruals_of_entry(conn: &mut Conn, entry: Uuid) -> Result<Vec<AccrualRow>> {
    sql(format!("{ACCRUALS} WHERE a.entry_id = $1 ORDER BY a.id"))
        .bind(entry)
        .all(conn)
        .await
}
