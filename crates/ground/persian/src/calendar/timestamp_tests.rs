use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn it_is_written_as_it_is_read() {
    let text = "2026-11-23T08:45:40Z";
    assert_eq!(at(text).to_string(), text);
    assert_eq!(at(text).unix(), 1_795_423_540);
    assert_eq!(at("2026-11-23T12:15:40.9+03:30"), at(text));
    for bad in [
        "",
        "2026-11-23",
        "2026-11-23 08:45",
        "2026-02-30T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ] {
        assert_eq!(bad.parse::<Timestamp>(), Err(TimestampFault));
    }
}

#[test]
fn it_travels_as_text() {
    let instant = at("2026-11-23T08:45:40Z");
    let json = serde_json::to_string(&instant).unwrap();
    assert_eq!(json, "\"2026-11-23T08:45:40Z\"");
    assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), instant);
    assert!(serde_json::from_str::<Timestamp>("\"soon\"").is_err());
    let day = instant.date();
    assert_eq!(serde_json::to_string(&day).unwrap(), "\"2026-11-23\"");
}

#[test]
fn the_day_is_that_of_tehran() {
    assert_eq!(at("2026-11-23T20:29:59Z").date(), date("2026-11-23"));
    assert_eq!(at("2026-11-23T20:30:00Z").date(), date("2026-11-24"));
    assert_eq!(
        at("2026-11-23T08:45:40Z").local(),
        (date("2026-11-23"), 12, 15)
    );
}

#[test]
fn summer_time_of_the_past_is_known() {
    assert_eq!(at("2022-07-01T00:00:00Z").local().1, 4);
    assert_eq!(at("2023-07-01T00:00:00Z").local().1, 3);
    // On 22 March 2022 clocks went from midnight to one.
    let first = at("2022-03-21T20:30:00Z");
    assert_eq!(Timestamp::at(date("2022-03-22"), 0, 0), first);
    assert_eq!(first.local(), (date("2022-03-22"), 1, 0));
    // On 21 September 2022 the last hour came twice.
    assert_eq!(
        Timestamp::at(date("2022-09-21"), 23, 30),
        at("2022-09-21T19:00:00Z")
    );
}

#[test]
fn extremes_stop_at_the_ends() {
    for seconds in [i64::MIN, i64::MAX] {
        let end = Timestamp::from_unix(seconds);
        let _ = (end.to_string(), end.date(), end.local());
        assert_eq!(end.plus_seconds(seconds), end);
        assert_eq!(end.plus_days(seconds), end);
    }
    assert_eq!(Timestamp::MIN.to_string(), "0001-01-01T00:00:00Z");
    assert_eq!(Timestamp::MAX.date(), date("9999-12-31"));
    assert_eq!(Timestamp::at(Date::MIN, 99, 99).date().year(), 1);
    assert_eq!(Timestamp::at(Date::MAX, 0, 0).date().year(), 9999);
}

proptest! {
    #[test]
    fn text_and_order_are_kept(a in any::<i64>(), b in -60_000_000_000_i64..250_000_000_000) {
        let (a, b) = (Timestamp::from_unix(a), Timestamp::from_unix(b));
        prop_assert_eq!(at(&b.to_string()), b);
        prop_assert_eq!(a.to_string().cmp(&b.to_string()), a.cmp(&b));
    }

    #[test]
    fn wall_clock_and_back_is_the_same_minute(minute in -700_000_000_i64..4_000_000_000) {
        let instant = Timestamp::from_unix(minute * 60);
        let (day, hour, min) = instant.local();
        let back = Timestamp::at(day, hour, min);
        prop_assert_eq!(back.local(), (day, hour, min));
        // Apart only where an hour came twice.
        prop_assert!((0..=3_600).contains(&instant.seconds_since(back)));
    }
}
