use std::collections::{BTreeMap, HashSet};

use contacts::ContactId;
use db::{Conn, Result, Value, sql};

use super::{Level, Need, Reached};

/// All levels with what they ask for, in order.
pub async fn levels(conn: &mut Conn) -> Result<Vec<Level>> {
    let rows = sql(
        "SELECT l.code, l.name_fa, l.name_en, n.measure, n.least FROM level l
         JOIN level_need n ON n.level_code = l.code ORDER BY l.position, n.measure DESC",
    )
    .rows(conn)
    .await?;
    let mut levels: Vec<Level> = Vec::new();
    for row in &rows {
        let code: String = row.get("code")?;
        let need = Need {
            measure: row.get("measure")?,
            least: row.get("least")?,
        };
        match levels.last_mut() {
            Some(last) if last.code == code => last.needs.push(need),
            _ => levels.push(Level {
                name_fa: row.get("name_fa")?,
                name_en: row.get("name_en")?,
                needs: vec![need],
                code,
            }),
        }
    }
    Ok(levels)
}

/// What some makers reached, each in order of the day.
pub(super) async fn reached(
    conn: &mut Conn,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, Vec<Reached>>> {
    let mut found: BTreeMap<ContactId, Vec<Reached>> = BTreeMap::new();
    if contacts.is_empty() {
        return Ok(found);
    }
    let marks: Vec<String> = (1..=contacts.len()).map(|at| format!("${at}")).collect();
    let rows = sql(format!(
        "SELECT r.contact_id, r.level_code, r.reached_on FROM level_reached r
         JOIN level l ON l.code = r.level_code WHERE r.contact_id IN ({})
         ORDER BY r.reached_on, l.position",
        marks.join(", ")
    ))
    .bind_all(contacts.iter().copied().map(Value::from))
    .rows(conn)
    .await?;
    for row in &rows {
        let one = Reached {
            level_code: row.get("level_code")?,
            reached_on: row.get("reached_on")?,
        };
        found.entry(row.get("contact_id")?).or_default().push(one);
    }
    Ok(found)
}

/// Who reached what.
pub(super) async fn all_reached(conn: &mut Conn) -> Result<HashSet<(ContactId, String)>> {
    let rows = sql("SELECT contact_id, level_code FROM level_reached")
        .rows(conn)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("contact_id")?, row.get("level_code")?)))
        .collect()
}
