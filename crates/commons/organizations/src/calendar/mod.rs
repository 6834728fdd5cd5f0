//! Working days: Fridays and the holidays of the table are off.

use std::collections::BTreeSet;

use db::{Conn, Result, sql};
use persian::{Date, Weekday};

/// How far ahead holidays are read for one question, in days.
const WINDOW: i64 = 500;

/// True when offices work on this day.
pub async fn is_working_day(conn: &mut Conn, day: Date) -> Result<bool> {
    let holidays = holidays(conn, day, day).await?;
    Ok(is_working(day, &holidays))
}

/// The day that lies `count` working days after `day`; the next working day for zero.
pub async fn working_day_after(conn: &mut Conn, day: Date, count: i64) -> Result<Date> {
    let holidays = holidays(conn, day, plus(day, WINDOW)).await?;
    let mut date = day;
    let mut left = count.clamp(0, WINDOW / 2);
    while left > 0 || !is_working(date, &holidays) {
        date = plus(date, 1);
        if is_working(date, &holidays) {
            left -= 1;
        }
        if left <= 0 && is_working(date, &holidays) {
            break;
        }
    }
    Ok(date)
}

/// Working days from the day after `from` up to and with `until`.
pub async fn working_days_between(conn: &mut Conn, from: Date, until: Date) -> Result<i64> {
    let holidays = holidays(conn, from, until).await?;
    let days = (1..=(until - from).num_days()).map(|n| plus(from, n));
    Ok(days.filter(|day| is_working(*day, &holidays)).count() as i64)
}

fn is_working(day: Date, holidays: &BTreeSet<Date>) -> bool {
    Weekday::of(day) != Weekday::Friday && !holidays.contains(&day)
}

fn plus(day: Date, count: i64) -> Date {
    day.checked_add_signed(chrono::TimeDelta::days(count))
        .unwrap_or(day)
}

async fn holidays(conn: &mut Conn, from: Date, until: Date) -> Result<BTreeSet<Date>> {
    let days: Vec<Date> = sql("SELECT day AS value FROM holiday WHERE day BETWEEN $1 AND $2")
        .bind(from)
        .bind(until)
        .scalars(conn)
        .await?;
    Ok(days.into_iter().collect())
}
