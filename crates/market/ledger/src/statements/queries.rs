//! All SQL of statements.

use std::collections::HashMap;

use contacts::ContactId;
use db::{Conn, FromRow, Result, Tx, Value, insert_many, sql, update_many};
use money::Rial;
use persian::{Date, Timestamp};
use uuid::Uuid;

use super::{SealStatements, Statement, StatementId, account_of};

/// A maker with lines that wait.
#[derive(FromRow)]
pub(super) struct Waiting {
    pub contact_id: ContactId,
    pub first_on: Date,
}

/// A maker's last statement.
#[derive(FromRow)]
struct Last {
    contact_id: ContactId,
    number: i64,
    until_on: Date,
    closing: Rial,
}

/// The makers who have lines of the period that stand in no statement.
pub(super) async fn waiting(conn: &mut Conn, run: &SealStatements) -> Result<Vec<Waiting>> {
    let one = match run.contact {
        Some(_) => "AND a.contact_id = $3",
        None => "",
    };
    let query = sql(format!(
        "SELECT a.contact_id, min(a.sold_on) AS first_on FROM accrual a
         WHERE a.payable_on >= $1 AND a.payable_on <= $2 {one}
         AND NOT EXISTS (SELECT 1 FROM statement_line l WHERE l.accrual_id = a.id)
         GROUP BY a.contact_id ORDER BY a.contact_id"
    ))
    .bind(first_day(run))
    .bind(run.until);
    match run.contact {
        Some(contact) => query.bind(contact).all(conn).await,
        None => query.all(conn).await,
    }
}

/// The first day of a run; without one, before every line there can be.
fn first_day(run: &SealStatements) -> Date {
    run.from.unwrap_or_default()
}

/// Opens an empty statement for each maker, with her next number and her last balance.
pub(super) async fn open(tx: &mut Tx, run: &SealStatements, waiting: &[Waiting]) -> Result<u64> {
    let lasts: Vec<Last> = sql(
        "SELECT s.contact_id, s.number, s.until_on, s.closing FROM statement s
         WHERE s.number = (SELECT max(x.number) FROM statement x WHERE x.contact_id = s.contact_id)",
    )
    .all(tx)
    .await?;
    let lasts: HashMap<Uuid, Last> = lasts
        .into_iter()
        .map(|last| (last.contact_id.get(), last))
        .collect();
    let (now, by) = (tx.now(), tx.origin().user);
    let mut rows = Vec::with_capacity(waiting.len());
    for maker in waiting {
        let last = lasts.get(&maker.contact_id.get());
        let next_day = last.and_then(|last| last.until_on.succ_opt());
        let since_last = next_day.map_or(maker.first_on, |day| day.min(maker.first_on));
        let from = run.from.unwrap_or(since_last);
        let opening = last.map_or(Rial::ZERO, |last| last.closing);
        let mut row: Vec<Value> = vec![
            tx.new_id().into(),
            run.run.into(),
            maker.contact_id.into(),
            (last.map_or(0, |last| last.number) + 1).into(),
            from.min(run.until).into(),
            run.until.into(),
            account_of(maker.contact_id).into(),
            opening.into(),
        ];
        row.extend((0..6).map(|_| Value::Int(0)));
        row.extend([
            opening.into(),
            Value::Bytes(Vec::new()),
            by.into(),
            now.into(),
        ]);
        rows.push(row);
    }
    let head =
        "INSERT INTO statement (id, run_id, contact_id, number, from_on, until_on, account_id,
        opening, lines, paid, vat, commission, net, other, closing, seal, sealed_by, sealed_at)";
    insert_many(tx, head, 18, rows).await
}

/// Puts every waiting line into its maker's statement of this run. What another transaction
/// adds meanwhile waits for the next one.
pub(super) async fn fix_lines(tx: &mut Tx, run: &SealStatements) -> Result<u64> {
    sql("INSERT INTO statement_line (accrual_id, statement_id)
         SELECT a.id, s.id FROM accrual a JOIN statement s ON s.contact_id = a.contact_id AND s.run_id = $1
         WHERE a.payable_on >= $2 AND a.payable_on <= $3
         AND NOT EXISTS (SELECT 1 FROM statement_line l WHERE l.accrual_id = a.id)")
    .bind(run.run)
    .bind(first_day(run))
    .bind(run.until)
    .execute(tx)
    .await
}

/// Sums the lines up. The closing balance is what the books owe her less what still waits, both
/// read in one statement and therefore at one instant.
pub(super) async fn sum_up(tx: &mut Tx, run: Uuid) -> Result<()> {
    sql("UPDATE statement SET lines = x.lines, paid = x.paid, vat = x.vat, commission = x.commission,
         net = x.net, closing = x.closing, other = x.closing - statement.opening - x.net
         FROM (
             SELECT t.id, t.lines, t.paid, t.vat, t.commission, t.net,
                 CAST(a.credits - a.debits - coalesce(w.net, 0) AS bigint) AS closing
             FROM (
                 SELECT s.id, s.account_id, s.contact_id, count(*) AS lines,
                     CAST(sum(c.paid) AS bigint) AS paid, CAST(sum(c.vat) AS bigint) AS vat,
                     CAST(sum(c.commission) AS bigint) AS commission, CAST(sum(c.net) AS bigint) AS net
                 FROM statement s JOIN statement_line l ON l.statement_id = s.id
                 JOIN accrual c ON c.id = l.accrual_id
                 WHERE s.run_id = $1 GROUP BY s.id, s.account_id, s.contact_id
             ) t
             JOIN account a ON a.id = t.account_id
             LEFT JOIN (
                 SELECT r.contact_id, CAST(sum(r.net) AS bigint) AS net FROM accrual r
                 WHERE r.contact_id IN (SELECT contact_id FROM statement WHERE run_id = $1)
                 AND NOT EXISTS (SELECT 1 FROM statement_line l WHERE l.accrual_id = r.id)
                 GROUP BY r.contact_id
             ) w ON w.contact_id = t.contact_id
         ) x WHERE statement.id = x.id")
    .bind(run)
    .execute(tx)
    .await
    .map(drop)
}

const STATEMENTS: &str = "SELECT s.id, s.contact_id, s.number, s.from_on, s.until_on, s.opening,
     s.lines, s.paid, s.vat, s.commission, s.net, s.other, s.closing, s.seal, s.sealed_at, s.payout_id
     FROM statement s";

/// Seals the statements of a run.
pub(super) async fn seal(tx: &mut Tx, run: Uuid) -> Result<()> {
    let statements: Vec<Statement> = sql(format!("{STATEMENTS} WHERE s.run_id = $1"))
        .bind(run)
        .all(tx)
        .await?;
    let rows = statements
        .iter()
        .map(|one| vec![one.id.into(), one.digest().into()])
        .collect();
    let update = "UPDATE statement SET seal = v.seal FROM v WHERE statement.id = v.id";
    update_many(tx, "v(id, seal)", 2, update, rows)
        .await
        .map(drop)
}

/// One statement.
pub async fn get(conn: &mut Conn, id: StatementId) -> Result<Statement> {
    sql(format!("{STATEMENTS} WHERE s.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Statements in order of id, after one of them, at most `most`.
pub(crate) async fn after(
    conn: &mut Conn,
    before: Option<Uuid>,
    most: i64,
) -> Result<Vec<Statement>> {
    sql(format!(
        "{STATEMENTS} WHERE s.id > $1 ORDER BY s.id LIMIT $2"
    ))
    .bind(before.unwrap_or(Uuid::nil()))
    .bind(most)
    .all(conn)
    .await
}

/// A maker's statements, newest first.
pub async fn of_contact(conn: &mut Conn, contact: ContactId) -> Result<Vec<Statement>> {
    sql(format!(
        "{STATEMENTS} WHERE s.contact_id = $1 ORDER BY s.number DESC"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// The statements a payout was made for, also after it failed.
pub async fn of_payout(conn: &mut Conn, payout: Uuid) -> Result<Vec<Statement>> {
    sql(format!(
        "{STATEMENTS} JOIN payout_statement l ON l.statement_id = s.id WHERE l.payout_id = $1 ORDER BY s.id"
    ))
    .bind(payout)
    .all(conn)
    .await
}

/// The statements of a run: id and maker.
pub(crate) async fn of_run(conn: &mut Conn, run: Uuid) -> Result<Vec<Statement>> {
    sql(format!("{STATEMENTS} WHERE s.run_id = $1 ORDER BY s.id"))
        .bind(run)
        .all(conn)
        .await
}

/// Which statements a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// One maker's alone.
    pub contact: Option<ContactId>,
    /// Only those that no payout pays.
    pub is_unpaid: bool,
    /// Those before this one.
    pub before: Option<Uuid>,
}

/// A statement in a list.
#[derive(Clone, Debug, FromRow)]
pub struct Listed {
    /// Its id.
    pub id: StatementId,
    /// Whose.
    pub contact_id: ContactId,
    /// Her public code.
    pub handle: String,
    /// Her name as staff see it.
    pub shown_name: String,
    /// Her first, second, …
    pub number: i64,
    /// First day.
    pub from_on: Date,
    /// Last day.
    pub until_on: Date,
    /// How many lines.
    pub lines: i64,
    /// Hers.
    pub net: Rial,
    /// What she is owed at its end.
    pub closing: Rial,
    /// The payout that pays it.
    pub payout_id: Option<Uuid>,
    /// When it was sealed.
    pub sealed_at: Timestamp,
}

/// Statements, newest first, at most `most`.
pub async fn list(conn: &mut Conn, filter: Filter, most: i64) -> Result<Vec<Listed>> {
    let mut text =
        "SELECT s.id, s.contact_id, c.handle, c.shown_name, s.number, s.from_on, s.until_on,
         s.lines, s.net, s.closing, s.payout_id, s.sealed_at
         FROM statement s JOIN contact_card c ON c.id = s.contact_id WHERE s.id < $1"
            .to_owned();
    if filter.is_unpaid {
        text.push_str(" AND s.payout_id IS NULL");
    }
    if filter.contact.is_some() {
        text.push_str(" AND s.contact_id = $3");
    }
    text.push_str(" ORDER BY s.id DESC LIMIT $2");
    let query = sql(text)
        .bind(filter.before.unwrap_or(Uuid::max()))
        .bind(most);
    match filter.contact {
        Some(contact) => query.bind(contact).all(conn).await,
        None => query.all(conn).await,
    }
}

/// A statement that no payout pays: id, maker, what is hers.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Unpaid {
    /// Its id.
    pub id: StatementId,
    /// Whose.
    pub contact_id: ContactId,
    /// Hers.
    pub net: Rial,
}

/// All statements that no payout pays, by maker.
pub async fn list_for_payout(conn: &mut Conn) -> Result<Vec<Unpaid>> {
    sql("SELECT id, contact_id, net FROM statement WHERE payout_id IS NULL ORDER BY contact_id, number")
        .all(conn)
        .await
}
