//! Makes a large city of a demo: every row of its people again and again, each time under new ids,
//! codes and days.

use std::collections::HashSet;
use std::sync::Arc;

use db::{Db, Origin, Table, Tx, Value, Write, dump, sql};
use serde::Serialize;
use uuid::Uuid;

/// What the chain on one screen reads, and what it hangs on.
pub const CHAIN: &[&str] = &[
    "contact",
    "person",
    "case_file",
    "case_stage",
    "chain",
    "leg",
];

/// What all figures read besides.
pub const FIGURES: &[&str] = &[
    "contact",
    "person",
    "person_group",
    "case_file",
    "case_stage",
    "case_task",
    "plan",
    "package_line",
    "follow_up",
    "chain",
    "leg",
    "enrolment",
    "certificate",
    "licence",
    "product",
    "goods_receipt",
    "lot",
    "stock",
    "stock_movement",
    "accrual",
    "statement",
    "statement_line",
    "payout",
    "payout_statement",
    "earning",
];

/// Days over which copies are spread into the past: no more than a year, so that figures of the last
/// months stay a tenth of all.
const SPREAD: i64 = 300;
/// Rows of one write.
const AT_ONCE: usize = 40_000;

/// A table's rows as the demo left them.
pub struct Pattern {
    tables: Vec<(Arc<Table>, Vec<Vec<Value>>)>,
    ids: HashSet<Uuid>,
    people: usize,
}

impl Pattern {
    /// Reads the rows of these tables.
    pub async fn of(db: &Db, names: &[&str]) -> Self {
        let mut conn = db.read().await.unwrap();
        let mut tables = Vec::new();
        let mut ids = HashSet::new();
        for table in db::tables(&migrations::all()) {
            if !names.contains(&table.name.as_str()) {
                continue;
            }
            let rows = dump::page(&mut conn, &table, None, i64::MAX).await.unwrap();
            for row in &rows {
                for (place, (column, _)) in table.columns.iter().enumerate() {
                    if let (true, Value::Uuid(id)) = (table.key == [column.clone()], &row[place]) {
                        ids.insert(*id);
                    }
                }
            }
            tables.push((Arc::new(table), rows));
        }
        let people = tables.iter().find(|(table, _)| table.name == "person");
        let people = people.unwrap().1.len();
        Self {
            tables,
            ids,
            people,
        }
    }

    /// Copies the city until it has so many people; then its totals are counted anew.
    pub async fn grow(&self, db: &Db, people: usize) {
        let copies = people.div_ceil(self.people);
        // More do not fit into the time that an id holds.
        assert!(copies < 4_096);
        for (table, rows) in &self.tables {
            let mut batch = Vec::with_capacity(AT_ONCE);
            for copy in 1..copies {
                for row in rows {
                    batch.push(self.copied(table, row, copy));
                    if batch.len() == AT_ONCE {
                        insert(db, table, &mut batch).await;
                    }
                }
            }
            insert(db, table, &mut batch).await;
        }
        let origin = Origin::program("bench");
        for text in TOTALS {
            db.write(&origin, Statement { text }).await.unwrap();
        }
    }

    /// The id of a row's copy: two years later each time, so that rows come in the order of their keys.
    fn moved(id: Uuid, copy: usize) -> Uuid {
        let mark = u128::try_from(copy).unwrap();
        Uuid::from_u128(id.as_u128().wrapping_add(mark << 116))
    }

    fn copied(&self, table: &Table, row: &[Value], copy: usize) -> Vec<Value> {
        let number = i64::try_from(copy).unwrap();
        let columns = table.columns.iter().map(|(column, _)| column.as_str());
        let changed = columns.zip(row).map(|(column, value)| match value {
            Value::Uuid(id) if self.ids.contains(id) || LINES.contains(&column) => {
                Value::Uuid(Self::moved(*id, copy))
            }
            // A sealed number opens in its own row alone, so nobody is written to.
            Value::Text(_) if column == "channel" => Value::Text("none".to_owned()),
            Value::Text(text) if UNIQUE.contains(&column) => Value::Text(format!("{text}-{copy}")),
            Value::Int(own) if UNIQUE.contains(&column) => Value::Int(own + number * 100_000),
            Value::Bytes(bytes) if column.ends_with("_hash") => {
                Value::Bytes([bytes.as_slice(), &number.to_le_bytes()].concat())
            }
            Value::Date(day) => Value::Date(*day - chrono::TimeDelta::days(number % SPREAD)),
            value => value.clone(),
        });
        // Who names a later row of the same table would come before it.
        let own = |column: &String| table.own_references.contains(column);
        let names = table.columns.iter().zip(changed);
        let bare = names.map(|((column, kind), value)| match (&value, &row[0]) {
            (Value::Uuid(other), Value::Uuid(id))
                if own(column) && *other > Self::moved(*id, copy) =>
            {
                Value::Null(*kind)
            }
            _ => value,
        });
        bare.collect()
    }
}

/// Columns that name a row for people: no two are alike.
const UNIQUE: &[&str] = &[
    "code",
    "number",
    "handle",
    "serial",
    "lot_code",
    "reference",
];

/// Columns that name what is not copied, once each.
const LINES: &[&str] = &["line_id", "payout_line_id", "source_id"];

const TOTALS: &[&str] = &[
    "DELETE FROM stage_day",
    "DELETE FROM stage_body",
    "DELETE FROM stage_region",
    "INSERT INTO stage_day (stage, day, entered, running)
     SELECT m.stage, m.day, count(*) - sum(m.running), sum(m.running) FROM
         (SELECT s.stage, s.entered_on AS day, 0 AS running FROM case_stage s UNION ALL
          SELECT c.stage, c.stage_since, 1 FROM case_file c WHERE c.state <> 'closed') m
     GROUP BY m.stage, m.day",
    "INSERT INTO stage_body (stage, day, organization_id, running)
     SELECT c.stage, c.stage_since, c.organization_id, count(*) FROM case_file c
     WHERE c.state <> 'closed' GROUP BY c.stage, c.stage_since, c.organization_id",
    "INSERT INTO stage_region (stage, region, running)
     SELECT c.stage, coalesce(p.region, 0), count(*) FROM case_file c JOIN person p ON p.id = c.person_id
     WHERE c.state <> 'closed' GROUP BY c.stage, coalesce(p.region, 0)",
];

#[derive(Serialize)]
struct Statement {
    text: &'static str,
}

impl Write for Statement {
    const NAME: &'static str = "bench_statement";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        sql(self.text).execute(tx).await.map(drop)
    }
}

struct Rows {
    table: Arc<Table>,
    rows: Vec<Vec<Value>>,
}

impl Serialize for Rows {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.len().serialize(serializer)
    }
}

impl Write for Rows {
    const NAME: &'static str = "bench_rows";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        dump::insert(tx, &self.table, self.rows.clone())
            .await
            .map(drop)
    }
}

async fn insert(db: &Db, table: &Arc<Table>, batch: &mut Vec<Vec<Value>>) {
    let rows = Rows {
        table: table.clone(),
        rows: std::mem::take(batch),
    };
    let done = db.write(&Origin::program("bench"), rows).await;
    done.unwrap_or_else(|error| panic!("{}: {error}", table.name));
}
