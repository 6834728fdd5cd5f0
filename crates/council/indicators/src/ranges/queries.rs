use db::{Conn, Result, sql};
use persian::Date;

use super::{Outside, Range};
use crate::figures;

const COLUMNS: &str =
    "SELECT r.id, r.code, r.least, r.most, r.reason, r.set_at FROM indicator_range r
     WHERE NOT EXISTS (SELECT 1 FROM indicator_range n WHERE n.code = r.code AND n.id > r.id)
     AND (r.least IS NOT NULL OR r.most IS NOT NULL)";

/// A figure's range; none without one.
pub async fn of_figure(conn: &mut Conn, code: &str) -> Result<Option<Range>> {
    sql(format!("{COLUMNS} AND r.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// Figures outside their ranges, as they may be told to a whole committee: one that few people
/// stand behind is left out.
pub async fn out_of_range(conn: &mut Conn, today: Date) -> Result<Vec<Outside>> {
    let ranges: Vec<Range> = sql(format!("{COLUMNS} ORDER BY r.code")).all(conn).await?;
    let mut outside = Vec::new();
    for range in ranges {
        let definition = figures::definition(conn, &range.code).await?;
        let told = figures::told(conn, &definition, today, false).await?;
        if let (Some(number), false) = (told.amount, range.holds(told.amount)) {
            outside.push(Outside {
                definition,
                number,
                range,
            });
        }
    }
    Ok(outside)
}
