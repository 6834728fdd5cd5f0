use db::{Conn, Result, sql};
use persian::{Date, Jalali};

use super::{Progress, Target};
use crate::figures::{self, Breakdown, Definition, Measure, Told};

const COLUMNS: &str = "SELECT t.id, t.code, t.jalali_year AS year, t.amount, t.reason, t.set_at
     FROM indicator_target t WHERE t.amount IS NOT NULL AND NOT EXISTS (SELECT 1 FROM indicator_target n
         WHERE n.code = t.code AND n.jalali_year = t.jalali_year AND n.id > t.id)";

/// A figure's target in a year; none without one.
pub async fn of_figure(conn: &mut Conn, code: &str, year: i64) -> Result<Option<Target>> {
    sql(format!("{COLUMNS} AND t.code = $1 AND t.jalali_year = $2"))
        .bind(code)
        .bind(year)
        .optional(conn)
        .await
}

/// All targets of a year, by figure.
pub async fn of_year(conn: &mut Conn, year: i64) -> Result<Vec<Target>> {
    sql(format!("{COLUMNS} AND t.jalali_year = $1 ORDER BY t.code"))
        .bind(year)
        .all(conn)
        .await
}

/// How far a figure that a reader is told so is on the way to its target of this year; none without
/// a target.
pub async fn progress(
    conn: &mut Conn,
    definition: &Definition,
    told: Told,
    today: Date,
    may_list: bool,
) -> Result<Option<Progress>> {
    let year = Jalali::from(today).year;
    let Some(target) = of_figure(conn, &definition.code, i64::from(year)).await? else {
        return Ok(None);
    };
    let told = match is_of_the_year(&definition.code)? {
        true => this_year(conn, definition, today, may_list).await?,
        false => told,
    };
    let first = Jalali {
        year,
        month: 1,
        day: 1,
    }
    .to_date();
    let next = Jalali {
        year: year + 1,
        month: 1,
        day: 1,
    }
    .to_date();
    Ok(Some(Progress {
        share: told.amount.and_then(|amount| share(amount, target.amount)),
        year_share: share((today - first).num_days() + 1, (next - first).num_days())
            .unwrap_or_default(),
        reached: told.amount,
        is_hidden: told.is_hidden,
        target,
    }))
}

/// Basis points of a whole, rounded down.
fn share(amount: i64, whole: i64) -> Option<i64> {
    let points = i128::from(amount) * 10_000;
    i64::try_from(points.checked_div(i128::from(whole))?).ok()
}

/// What is added up from the beginning is compared with a year by what the year added; what stands
/// on a day, by the day's number.
fn is_of_the_year(code: &str) -> Result<bool> {
    let is_added_up = matches!(figures::measure(code)?, Measure::Count | Measure::Sum);
    Ok(is_added_up && figures::breakdowns(code)?.contains(&Breakdown::Month))
}

/// The months of this year together. Whoever may not open the list is told it only when every month
/// may be told: the sum would give the hidden one away.
async fn this_year(
    conn: &mut Conn,
    definition: &Definition,
    today: Date,
    may_list: bool,
) -> Result<Told> {
    let year = format!("{:04}-", Jalali::from(today).year);
    if may_list {
        let cells = figures::cells(conn, &definition.code, Breakdown::Month, today).await?;
        let months = cells.iter().filter(|cell| cell.key.starts_with(&year));
        let amount = months.filter_map(|cell| cell.amount).sum();
        return Ok(Told {
            amount: Some(amount),
            is_hidden: false,
        });
    }
    let table = figures::table(conn, definition, Breakdown::Month, today).await?;
    let mut months = table
        .cells
        .iter()
        .filter(|cell| cell.key.starts_with(&year));
    let amount = months.try_fold(0, |sum, cell| Some(sum + cell.amount?));
    Ok(Told {
        amount,
        is_hidden: amount.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down_and_none_of_nothing() {
        assert_eq!(share(1, 3), Some(3_333));
        assert_eq!(share(i64::MAX, i64::MAX), Some(10_000));
        assert_eq!(share(5, 0), None);
    }

    #[test]
    fn money_is_of_the_year_and_people_are_of_the_day() {
        assert!(is_of_the_year("paid_to_makers").unwrap());
        assert!(is_of_the_year("pieces_sold").unwrap());
        assert!(!is_of_the_year("reached").unwrap());
        assert!(!is_of_the_year("sell_through").unwrap());
    }
}
