use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u8, day: u8) -> Jalali {
    Jalali::new(year, month, day).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn new_year_falls_on_the_published_days() {
    for (year, gregorian) in [
        (1403, "2024-03-20"),
        (1404, "2025-03-21"),
        (1405, "2026-03-21"),
        (1407, "2028-03-20"),
        (1408, "2029-03-20"),
        (1409, "2030-03-21"),
        (1357, "1978-03-21"),
        (1300, "1921-03-21"),
    ] {
        assert_eq!(day(year, 1, 1).to_date(), date(gregorian));
        assert_eq!(Jalali::from(date(gregorian)), day(year, 1, 1));
    }
}

#[test]
fn leap_years_are_the_published_ones() {
    let leap: Vec<i32> = (1396..=1444)
        .filter(|&year| Jalali::is_leap(year))
        .collect();
    assert_eq!(
        leap,
        [
            1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441
        ]
    );
}

#[test]
fn days_outside_the_calendar_are_refused() {
    for (year, month, day) in [
        (1404, 12, 30),
        (1405, 0, 1),
        (1405, 13, 1),
        (1405, 7, 31),
        (1405, 1, 32),
        (1405, 1, 0),
        (0, 1, 1),
        (9378, 1, 1),
        (i32::MAX, 255, 255),
    ] {
        assert_eq!(Jalali::new(year, month, day), Err(NotInCalendar));
    }
    assert!(Jalali::new(1403, 12, 30).is_ok());
}

#[test]
fn a_day_is_written_in_both_languages() {
    let azar = day(1405, 9, 2);
    assert_eq!(azar.to_date(), date("2026-11-23"));
    assert_eq!(azar.to_string(), "1405/09/02");
    assert_eq!(azar.dashed(), "1405-09-02");
    assert_eq!(azar.short(Lang::Fa), "۱۴۰۵/۰۹/۰۲");
    assert_eq!(azar.long(Lang::Fa), "۲ آذر ۱۴۰۵");
    assert_eq!(azar.long(Lang::En), "2 Azar 1405");
    assert_eq!(azar.full(Lang::Fa), "دوشنبه ۲ آذر ۱۴۰۵");
    assert_eq!(azar.month_and_year(Lang::Fa), "آذر ۱۴۰۵");
}

#[test]
fn the_week_begins_on_saturday() {
    assert_eq!(
        Jalali::from(date("2026-11-21")).weekday(),
        Weekday::Saturday
    );
    assert_eq!(Jalali::from(date("2026-11-21")).weekday().index(), 0);
    assert_eq!(Jalali::from(date("2026-11-27")).weekday().index(), 6);
}

#[test]
fn months_follow_each_other_across_years() {
    assert_eq!(day(1404, 12, 29).next_month(), day(1405, 1, 1));
    assert_eq!(day(1405, 1, 31).previous_month(), day(1404, 12, 1));
    assert_eq!(day(1405, 9, 2).first_of_month(), day(1405, 9, 1));
    assert_eq!(day(1403, 12, 2).last_of_month(), day(1403, 12, 30));
    assert_eq!(day(1405, 6, 31).plus_months(6), day(1405, 12, 29));
    assert_eq!(day(1405, 9, 2).first_of_year(), day(1405, 1, 1));
}

#[test]
fn values_made_by_hand_never_panic() {
    for year in [i32::MIN, -1, 0, 262_144, i32::MAX] {
        for part in [0, 1, 12, 13, 31, 255] {
            let odd = Jalali {
                year,
                month: part,
                day: part,
            };
            let _ = (
                odd.to_date(),
                odd.weekday(),
                odd.long(Lang::Fa),
                odd.next_month(),
            );
            let _ = (
                odd.last_of_month(),
                odd.plus_months(i32::MAX),
                odd.plus_months(i32::MIN),
            );
        }
    }
    assert_eq!(
        Jalali::from(
            Jalali {
                year: 1404,
                month: 12,
                day: 30
            }
            .to_date()
        ),
        day(1404, 12, 29)
    );
    for end in [Date::MIN, Date::MAX] {
        assert_eq!(Jalali::from(end).to_date(), end);
    }
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_day(number in -90_000_000_i32..90_000_000) {
        let date = Date::from_num_days_from_ce_opt(number).unwrap();
        let jalali = Jalali::from(date);
        prop_assert_eq!(jalali.to_date(), date);
        prop_assert!((1..=Jalali::month_length(jalali.year, jalali.month)).contains(&jalali.day));
    }

    #[test]
    fn the_order_of_days_is_kept(a in 0_i32..4_000_000, b in 0_i32..4_000_000) {
        let day = |n| Jalali::from(Date::from_num_days_from_ce_opt(n).unwrap());
        prop_assert_eq!(day(a).cmp(&day(b)), a.cmp(&b));
    }
}
