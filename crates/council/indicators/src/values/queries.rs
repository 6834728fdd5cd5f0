use db::{Conn, Result, sql};
use persian::Date;

use super::{NewValue, Published};
use crate::figures::{self, Breakdown};
use crate::statistics;

/// What was published of a figure for the whole city, newest day first, corrections above what
/// they correct. Whoever may not open the list is not told numbers that few people stand behind.
pub async fn history(conn: &mut Conn, code: &str, may_list: bool) -> Result<Vec<Published>> {
    figures::definition(conn, code).await?;
    let mut values: Vec<Published> = sql(
        "SELECT v.id, v.as_of, v.version, v.amount, v.subjects, v.corrects_id, v.reason, v.taken_at,
         (v.subjects < 0) AS is_hidden,
         EXISTS (SELECT 1 FROM indicator_value w WHERE w.corrects_id = v.id) AS is_corrected
         FROM indicator_value v WHERE v.code = $1 AND v.region = ''
         ORDER BY v.as_of DESC, v.taken_at DESC, v.id DESC",
    )
    .bind(code)
    .all(conn)
    .await?;
    if may_list {
        return Ok(values);
    }
    let told = statistics::days_told(conn, code).await?;
    for value in values
        .iter_mut()
        .filter(|value| !told.contains(&value.as_of))
    {
        (value.amount, value.is_hidden) = (None, true);
    }
    Ok(values)
}

/// A published value must be there to be corrected.
pub(super) async fn must_be_there(conn: &mut Conn, id: uuid::Uuid) -> Result<()> {
    let found: i64 = sql("SELECT count(*) AS value FROM indicator_value WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await?;
    match found {
        0 => Err(db::Error::NotFound),
        _ => Ok(()),
    }
}

/// Counts every figure on a day, for the city and for each region, to be published.
pub async fn count(conn: &mut Conn, today: Date) -> Result<Vec<NewValue>> {
    let mut values = Vec::new();
    for definition in figures::definitions(conn).await? {
        let regions = figures::cells(conn, &definition.code, Breakdown::Region, today).await?;
        let measure = figures::measure(&definition.code)?;
        let new = |region: String, amount: Option<i64>, subjects| NewValue {
            code: definition.code.clone(),
            version: definition.version,
            region,
            amount: amount.map(|amount| figures::rounded(amount, measure)),
            subjects,
        };
        let subjects = regions.iter().map(|cell| cell.subjects).sum();
        values.push(new(
            String::new(),
            figures::number_of(conn, &definition.code, &regions, today).await?,
            subjects,
        ));
        let known = regions.into_iter().filter(|cell| !cell.key.is_empty());
        values.extend(known.map(|cell| new(cell.key, cell.amount, cell.subjects)));
    }
    Ok(values)
}
