//! A guard against pages that walk whole tables.

use db::{Db, Engine, Kind, Value, sql};

/// The statements of `texts` whose SQLite plan scans one of `tables` from end to end, with the
/// line of the plan. Needs a SQLite database; PostgreSQL's planner scans small tables on purpose.
pub async fn scans(db: &Db, texts: &[String], tables: &[&str]) -> Vec<(String, String)> {
    assert_eq!(db.engine(), Engine::Sqlite, "plans are read from SQLite");
    let mut found = Vec::new();
    let mut conn = db.read().await.unwrap();
    for text in texts
        .iter()
        .filter(|text| text.trim_start().starts_with("SELECT"))
    {
        let values = (1..).take_while(|n| text.contains(&format!("${n}")));
        let rows = sql(format!("EXPLAIN QUERY PLAN {text}"))
            .bind_all(values.map(|_| Value::Null(Kind::Text)))
            .rows(&mut conn)
            .await
            .unwrap();
        for row in rows {
            let line: String = row.get("detail").unwrap();
            let is_scan = tables.iter().any(|table| {
                line == format!("SCAN {table}") || line.starts_with(&format!("SCAN {table} AS"))
            });
            if is_scan {
                found.push((text.clone(), line));
            }
        }
    }
    found
}
