use db::{Conn, Result};
use persian::{Date, Jalali, Timestamp};

/// The day that lies `count` days after (or before) a day.
pub(crate) fn plus(day: Date, count: i64) -> Date {
    Timestamp::at(day, 12, 0).plus_days(count).date()
}

/// The same day of the Jalali month, `count` months later; the month's last day when it is shorter.
pub fn months_after(day: Date, count: i64) -> Date {
    let Jalali {
        year,
        month,
        day: of_month,
    } = Jalali::from(day);
    let months = i64::from(year) * 12 + i64::from(month) - 1 + count;
    // A year within the calendar and a month of 1 to 12 fit by construction.
    let year = i32::try_from(months.div_euclid(12)).unwrap_or(year);
    let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(month);
    let of_month = of_month.min(Jalali::month_length(year, month));
    Jalali::new(year, month, of_month).map_or(day, Jalali::to_date)
}

/// The day by which something small should be done: some working days ahead.
pub(crate) async fn soon(conn: &mut Conn, today: Date, working_days: i64) -> Result<Date> {
    organizations::calendar::working_day_after(conn, today, working_days).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Jalali::new(year, month, day).unwrap().to_date()
    }

    #[test]
    fn months_are_jalali_and_end_at_the_shorter_month() {
        assert_eq!(months_after(day(1405, 9, 2), 3), day(1405, 12, 2));
        assert_eq!(months_after(day(1405, 9, 2), 6), day(1406, 3, 2));
        assert_eq!(months_after(day(1405, 6, 31), 1), day(1405, 7, 30));
        assert_eq!(months_after(day(1405, 9, 2), -12), day(1404, 9, 2));
        assert_eq!(months_after(day(1405, 12, 29), 24), day(1407, 12, 29));
    }
}
