use proptest::prelude::*;

use super::*;
use crate::{Lang, persian_digits};

fn today() -> Date {
    Jalali::new(1405, 9, 2).unwrap().to_date()
}

fn read(text: &str) -> Result<String, DateFault> {
    parse_date(text, today()).map(|day| day.to_string())
}

#[test]
fn every_form_of_one_day_is_read() {
    for text in [
        "۱۳۵۸/۱۲/۲۴",
        "١٣٥٨/١٢/٢٤",
        "1358-12-24",
        "1358.12.24",
        "1358 12 24",
        "1358 / 12 / 24",
        "13581224",
        "24121358",
        "58/12/24",
        "۵۸-۱۲-۲۴",
        "24/12/1358",
        "12/24/1358",
        "24-12-58",
        "24 اسفند ۵۸",
        "24 اسفند 1358",
        "۲۴اسفند۱۳۵۸",
        "24/اسفند/1358",
        "1358 اسفند 24",
        "58 اسفند 24",
        "اسفند ۲۴، ۱۳۵۸",
        "۲۴ اسفندماه ۱۳۵۸",
        "۲۴ اسفند\u{200C}ماه ۱۳۵۸",
        "۲۴ اسفند ماه سال ۱۳۵۸ هجری شمسی",
        "24 ام اسفند 58",
        "24م اسفند 58",
        "بیست و چهارم اسفند ۱۳۵۸",
        "بیست و چهار اسفند پنجاه و هشت",
        "بیست و چهارم اسفند ماه هزار و سیصد و پنجاه و هشت",
        "بیست و چهارم اسفند یک هزار و سیصد و پنجاه و هشت",
        "جمعه ۲۴ اسفند ۱۳۵۸",
        "مورخ 1358/12/24",
        "24 esfand 1358",
        "24th of Esfand 1358",
        "۲۴ حوت ۱۳۵۸",
        "1358-12-24 00:00:00",
        "1358-12-24T10:30",
        "24 اسفند 1358 ساعت 10:30",
        "\u{202B}1358/12/24\u{202C}",
        " (1358/12/24) ",
    ] {
        assert_eq!(read(text), Ok("1358/12/24".to_owned()), "{text}");
    }
}

#[test]
fn short_days_and_months_are_read() {
    for text in [
        "1339/9/4",
        "39/9/4",
        "4/9/39",
        "4 آذر ۳۹",
        "چهارم آذر ۱۳۳۹",
        "پنج شنبه 4 آذر 1339",
        "5 شنبه 4 آذر 1339",
    ] {
        assert_eq!(read(text), Ok("1339/09/04".to_owned()), "{text}");
    }
}

#[test]
fn every_month_is_known_by_its_names() {
    for (month, spellings) in (1_u8..).zip([
        &["فروردین", "فروردين", "Farvardin"][..],
        &["اردیبهشت", "اردی\u{200C}بهشت", "اردی بهشت", "Ordibehesht"],
        &["خرداد", "خرداد ماه", "khordad"],
        &["تیر", "تير", "Tir"],
        &["مرداد", "امرداد", "mordad"],
        &["شهریور", "شهريور", "Shahrivar"],
        &["مهر", "مهرماه", "mehr"],
        &["آبان", "ابان", "Aban"],
        &["آذر", "اذر", "آذرماه", "azar"],
        &["دی", "دي", "دی\u{200C}ماه", "Dey"],
        &["بهمن", "bahman"],
        &["اسفند", "إسفند", "اسپند", "esfand"],
    ]) {
        for name in spellings {
            assert_eq!(
                read(&format!("۷ {name} ۱۳۷۵")),
                Ok(format!("1375/{month:02}/07")),
                "{name}"
            );
        }
    }
}

#[test]
fn a_short_year_is_the_latest_whose_day_has_come() {
    assert_eq!(read("05/09/02"), Ok("1405/09/02".to_owned()));
    assert_eq!(read("05/09/03"), Ok("1305/09/03".to_owned()));
    assert_eq!(read("00/1/1"), Ok("1400/01/01".to_owned()));
    assert_eq!(read("06/1/1"), Ok("1306/01/01".to_owned()));
    assert_eq!(read("2 آذر 05"), Ok("1405/09/02".to_owned()));
}

#[test]
fn of_three_short_numbers_the_first_is_the_year_if_it_can_be() {
    assert_eq!(read("04/05/24"), Ok("1404/05/24".to_owned()));
    assert_eq!(read("31/05/24"), Ok("1331/05/24".to_owned()));
    assert_eq!(read("5/7/24"), Ok("1324/07/05".to_owned()));
    assert_eq!(read("5/7/8"), Err(DateFault::NotUnderstood));
}

#[test]
fn days_that_do_not_exist_are_named() {
    let missing = |year, month, day| Err(DateFault::NotInCalendar { year, month, day });
    assert_eq!(read("1378/12/30"), missing(1378, 12, 30));
    assert_eq!(read("30 اسفند ۷۸"), missing(1378, 12, 30));
    assert_eq!(read("22/12/30"), missing(1322, 12, 30));
    assert_eq!(read("1376/7/31"), missing(1376, 7, 31));
    assert_eq!(read("1376/13/5"), missing(1376, 13, 5));
    assert_eq!(read("1376/24/12"), missing(1376, 24, 12));
    assert_eq!(read("1376/0/5"), missing(1376, 0, 5));
    assert_eq!(read("13/13/1376"), missing(1376, 13, 13));
    assert_eq!(read("76/13/05"), missing(1376, 13, 5));
    assert_eq!(read("1979/2/30"), missing(1979, 2, 30));
    assert_eq!(read("۲۴ اسفند ۱۹۷۹"), missing(1979, 12, 24));
    assert_eq!(read("1379/12/30"), Ok("1379/12/30".to_owned()));
}

#[test]
fn a_gregorian_day_is_asked_about() {
    let day = Date::from_ymd_opt(1980, 3, 14).unwrap();
    for text in [
        "1980-03-14",
        "1980/3/14",
        "14/03/1980",
        "3/14/1980",
        "1980-03-14T00:00:00Z",
        "۱۴ مارس ۱۹۸۰",
        "14 March 1980",
        "Mar 14, 1980",
        "19800314",
    ] {
        assert_eq!(read(text), Err(DateFault::LooksGregorian(day)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_said_to_be_none() {
    for text in ["", "  ", "\u{200C}\u{200F}"] {
        assert_eq!(read(text), Err(DateFault::Empty));
    }
    for text in [
        "-",
        "1358",
        "1358/12",
        "۲۴ اسفند",
        "اسفند ۵۸",
        "نامعلوم",
        "1358/12/24/1",
        "1358+12+24",
        "24 اسفند مهر 1358",
        "358/12/24",
        "0058/12/24",
        "135812",
        "999999999999999999999",
        "12:30",
        "بیست و",
        "و",
        "24 مارس 58",
        "1/1358/2",
        "سه سیب 1358",
        "99999999",
        "13581224 اسفند",
    ] {
        assert_eq!(read(text), Err(DateFault::NotUnderstood), "{text}");
    }
    assert_eq!(read(&"1".repeat(10_000_000)), Err(DateFault::NotUnderstood));
}

proptest! {
    #[test]
    fn every_day_reads_back_in_every_form(number in 693_000_i32..739_500) {
        let day = Jalali::from(Date::from_num_days_from_ce_opt(number).unwrap());
        let Jalali { year, month, day: of_month } = day;
        for text in [
            day.to_string(),
            day.dashed(),
            day.short(Lang::Fa),
            day.long(Lang::Fa),
            day.long(Lang::En),
            day.full(Lang::Fa),
            day.full(Lang::En),
            format!("{year}{month:02}{of_month:02}"),
            format!("{of_month}.{month}.{year}"),
            persian_digits(&format!("{year}/{month}/{of_month}")),
            format!("{} {} {}", crate::in_words(of_month.into(), Lang::Fa), Jalali::month_name(month, Lang::Fa), crate::in_words(year.into(), Lang::Fa)),
        ] {
            prop_assert_eq!(parse_date(&text, today()), Ok(day), "{}", text);
        }
    }

    #[test]
    fn a_short_year_lies_in_the_last_hundred(number in 702_903_i32..739_428) {
        let day = Jalali::from(Date::from_num_days_from_ce_opt(number).unwrap());
        prop_assume!(day > Jalali { year: 1305, month: 9, day: 2 } && day.to_date() <= today());
        let text = format!("{:02}/{:02}/{:02}", day.year % 100, day.month, day.day);
        prop_assert_eq!(parse_date(&text, today()), Ok(day));
    }

    #[test]
    fn no_text_panics(text in "\\PC*|[0-9۰-۹ /.:tTاسفندمهریوبچ-]{0,40}", day in -96_465_000_i32..95_000_000) {
        let today = Date::from_num_days_from_ce_opt(day).unwrap_or(Date::MAX);
        let _ = parse_date(&text, today);
    }
}
