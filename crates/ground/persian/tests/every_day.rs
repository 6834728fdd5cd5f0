//! Every day from 1300 to 1500 against an independent implementation.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use icu_calendar::cal::Persian;
use icu_calendar::{Date as OtherDate, Gregorian};
use persian::{Date, Jalali};

#[test]
fn every_day_of_two_centuries_agrees_with_an_independent_calendar() {
    let first = Jalali::new(1300, 1, 1).unwrap().to_date();
    let last = Jalali::new(1500, 12, Jalali::month_length(1500, 12))
        .unwrap()
        .to_date();
    let mut expected = OtherDate::try_new_persian(1300, 1, 1).unwrap();
    let mut compared = 0;
    for date in first.iter_days().take_while(|&date| date <= last) {
        let ours = Jalali::from(date);
        assert_eq!(
            (ours.year, ours.month, ours.day),
            parts(&expected),
            "on {date}"
        );
        assert_eq!(ours.to_date(), date);
        assert_eq!(Jalali::new(ours.year, ours.month, ours.day), Ok(ours));
        assert_eq!(gregorian(&expected), date);
        expected = next(&expected);
        compared += 1;
    }
    assert_eq!(compared, 73_414);
}

fn parts(date: &OtherDate<Persian>) -> (i32, u8, u8) {
    (
        date.year().extended_year(),
        date.month().ordinal,
        date.day_of_month().0,
    )
}

fn gregorian(date: &OtherDate<Persian>) -> Date {
    let date = date.to_calendar(Gregorian);
    let (year, month, day) = (
        date.year().extended_year(),
        date.month().ordinal,
        date.day_of_month().0,
    );
    Date::from_ymd_opt(year, month.into(), day.into()).unwrap()
}

fn next(date: &OtherDate<Persian>) -> OtherDate<Persian> {
    OtherDate::from_rata_die(date.to_rata_die() + 1, Persian)
}
