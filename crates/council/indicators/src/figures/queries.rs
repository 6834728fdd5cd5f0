use db::{Conn, Error, Query, Result, Row, Value, sql};
use persian::{Date, Jalali, Timestamp};
use uuid::Uuid;

use super::cells::{cells, number_of, ratio, rounded, shown};
use super::sources::{About, MAKER_CODE, Measure, Param, Source, source};
use super::{Breakdown, Definition, Item, Place, Told};

const COLUMNS: &str =
    "SELECT i.code, i.version, i.name_fa, i.name_en, i.definition_fa, i.definition_en,
     i.formula, i.unit, i.source, i.owner, i.smallest_cell, i.valid_from FROM indicator i
     WHERE i.version = (SELECT max(w.version) FROM indicator w WHERE w.code = i.code)";

/// What every figure means, in the committee's order.
pub async fn definitions(conn: &mut Conn) -> Result<Vec<Definition>> {
    sql(format!("{COLUMNS} ORDER BY i.position, i.code"))
        .all(conn)
        .await
}

/// What one figure means; not found for an unknown code.
pub async fn definition(conn: &mut Conn, code: &str) -> Result<Definition> {
    sql(format!("{COLUMNS} AND i.code = $1"))
        .bind(code)
        .one(conn)
        .await
}

/// True when a figure of this code is defined and counted.
pub async fn is_known(conn: &mut Conn, code: &str) -> Result<bool> {
    let defined: i64 = sql("SELECT count(*) AS value FROM indicator WHERE code = $1")
        .bind(code)
        .scalar(conn)
        .await?;
    Ok(defined > 0 && source(code).is_some())
}

pub(super) fn source_of(code: &str) -> Result<Source> {
    source(code).ok_or(Error::NotFound)
}

/// What a figure can be told by; not found for an unknown code.
pub fn breakdowns(code: &str) -> Result<Vec<Breakdown>> {
    Ok(source_of(code)?.breakdowns())
}

/// How a figure's rows become its number; not found for an unknown code.
pub fn measure(code: &str) -> Result<Measure> {
    Ok(source_of(code)?.measure)
}

fn before(today: Date, days: i64) -> Date {
    today
        .checked_sub_signed(chrono::TimeDelta::days(days))
        .unwrap_or(today)
}

pub(super) fn values(source: &Source, today: Date) -> Vec<Value> {
    let value = |param: &Param| match param {
        Param::Today => today.into(),
        Param::DaysBefore(days) => before(today, *days).into(),
        Param::MonthBefore(months) => {
            let this = Jalali::from(today).first_of_month();
            this.plus_months(-months).to_date().into()
        }
        Param::InstantBefore(days) => Timestamp::at(before(today, *days), 0, 0).into(),
    };
    source.params.iter().map(value).collect()
}

/// A statement over all rows of a source: `head FROM (rows) x`.
fn over(source: &Source, today: Date, head: &str) -> Query {
    sql(format!("SELECT {head} FROM ({}) x", source.rows)).bind_all(values(source, today))
}

/// A figure's number on a day; none for a median of nothing.
pub async fn number(conn: &mut Conn, code: &str, today: Date) -> Result<Option<i64>> {
    let source = source_of(code)?;
    match source.measure {
        Measure::Count => over(&source, today, "count(*) AS value")
            .scalar(conn)
            .await
            .map(Some),
        Measure::Sum => {
            let head = "CAST(coalesce(sum(x.amount), 0) AS bigint) AS value";
            over(&source, today, head).scalar(conn).await.map(Some)
        }
        Measure::Ratio(scale) => {
            let head = "CAST(coalesce(sum(x.amount), 0) AS bigint) AS amount,
                CAST(coalesce(sum(x.whole), 0) AS bigint) AS whole";
            let rows = over(&source, today, head).rows(conn).await?;
            let row = rows.first().ok_or(Error::NotFound)?;
            Ok(ratio(row.get("amount")?, row.get("whole")?, scale))
        }
        measure => {
            let rows = over(&source, today, "x.began, x.ended").rows(conn).await?;
            let days: Result<Vec<i64>> = rows.iter().map(|row| days(row, measure)).collect();
            Ok(median(days?))
        }
    }
}

/// A figure's number for a reader: whoever may not open its list is not told a number that only a
/// few people stand behind.
pub async fn told(
    conn: &mut Conn,
    definition: &Definition,
    today: Date,
    may_list: bool,
) -> Result<Told> {
    let code = &definition.code;
    if may_list || definition.smallest_cell == 0 {
        return Ok(Told {
            amount: number(conn, code, today).await?,
            is_hidden: false,
        });
    }
    // Everybody lives in one region, so the cells add up to people; and to what is counted or summed.
    let regions = cells(conn, code, Breakdown::Region, today).await?;
    let measure = source_of(code)?.measure;
    let amount = match measure {
        Measure::Count | Measure::Sum => Some(regions.iter().filter_map(|cell| cell.amount).sum()),
        _ => number_of(conn, code, &regions, today).await?,
    };
    // As the table of its regions shows it: a total beside them gives hidden cells away, and so does
    // one that a larger figure's total stands beside.
    let may = shown(conn, definition, Breakdown::Region, today, &regions).await?;
    Ok(match may.total {
        true => Told {
            amount: amount.map(|amount| rounded(amount, measure)),
            is_hidden: false,
        },
        false => Told {
            amount: None,
            is_hidden: true,
        },
    })
}

/// Rows of the list that makes the figure, after one of them. Ask for one more than a page holds
/// to know whether there are more. They stand by code and not by the day of their records, which
/// public pages tell too.
pub async fn list(
    conn: &mut Conn,
    code: &str,
    today: Date,
    after: Option<&Place>,
    most: i64,
) -> Result<Vec<Item>> {
    let source = source_of(code)?;
    let measure = source.measure;
    let columns = match measure {
        Measure::Count | Measure::Sum => "CAST(x.amount AS bigint) AS amount",
        Measure::Ratio(_) => "CAST(x.amount AS bigint) AS amount, CAST(x.whole AS bigint) AS whole",
        Measure::MedianDays | Measure::MedianOfInstants => "x.began, x.ended",
    };
    let place = source.params.len() + 1;
    let text = match source.about {
        // Codes are looked up once per maker, not once per row; each has one of her own, and a row at
        // least, so that no more of them than rows are needed.
        About::Contact => format!(
            "WITH r AS MATERIALIZED (SELECT w.subject FROM ({rows}) w),
             s AS MATERIALIZED (SELECT DISTINCT r.subject FROM r),
             k AS MATERIALIZED (SELECT c.id, {MAKER_CODE} AS code FROM s JOIN contact_card c ON c.id = s.subject),
             n AS MATERIALIZED (SELECT k.id, k.code FROM k WHERE k.code >= ${place} ORDER BY k.code LIMIT ${last} + 1)
             SELECT x.id, n.code, x.detail, {columns} FROM n JOIN ({rows}) x ON x.subject = n.id
             WHERE n.code > ${place} OR x.id > ${next} ORDER BY n.code, x.id LIMIT ${last}",
            rows = source.rows,
            next = place + 1,
            last = place + 2,
        ),
        About::Person | About::Nobody | About::Counted => format!(
            "SELECT x.id, x.code, x.detail, {columns} FROM ({}) x
             WHERE x.code > ${place} OR (x.code = ${place} AND x.id > ${}) ORDER BY x.code, x.id LIMIT ${}",
            source.rows,
            place + 1,
            place + 2
        ),
    };
    let (after_code, after_id) = after.map_or(("", Uuid::nil()), |at| (&at.code, at.id));
    let query = sql(text)
        .bind_all(values(&source, today))
        .bind(after_code)
        .bind(after_id)
        .bind(most);
    let rows = query.rows(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Item {
                id: row.get("id")?,
                code: row.get("code")?,
                detail: row.get("detail")?,
                amount: match measure {
                    Measure::MedianDays | Measure::MedianOfInstants => days(row, measure)?,
                    _ => row.get("amount")?,
                },
                whole: match measure {
                    Measure::Ratio(_) => Some(row.get("whole")?),
                    _ => None,
                },
            })
        })
        .collect()
}

pub(super) fn days(row: &Row, measure: Measure) -> Result<i64> {
    let (began, ended) = match measure {
        Measure::MedianOfInstants => (
            row.get::<Timestamp>("began")?.date(),
            row.get::<Timestamp>("ended")?.date(),
        ),
        _ => (row.get::<Date>("began")?, row.get::<Date>("ended")?),
    };
    Ok((ended - began).num_days())
}

/// The lower median; none of nothing.
pub(super) fn median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len().checked_sub(1)? / 2).copied()
}
