use persian::Lang;
use proptest::prelude::*;

use super::*;

fn toman(text: &str) -> Result<i64, AmountFault> {
    parse_amount(text, Unit::Toman).map(Rial::get)
}

fn rial(text: &str) -> Result<i64, AmountFault> {
    parse_amount(text, Unit::Rial).map(Rial::get)
}

#[test]
fn the_named_unit_decides_and_the_default_fills_in() {
    assert_eq!(rial("24,400,000 تومان"), Ok(244_000_000));
    assert_eq!(toman("24,400,000 ریال"), Ok(24_400_000));
    assert_eq!(toman("٢٧١٠٠٠٠٠"), Ok(271_000_000));
    assert_eq!(rial("٢٧١٠٠٠٠٠"), Ok(27_100_000));
    for text in [
        "۵۰۰ تومن",
        "500تومان",
        "500 Toman",
        "500 ت",
        "تومان 500",
        "500 تومانی",
    ] {
        assert_eq!(rial(text), Ok(5_000), "{text}");
    }
    for text in [
        "۵۰۰ ریال",
        "500 ريال",
        "500﷼",
        "IRR 500",
        "500 Rials",
        "مبلغ 500 ریال",
    ] {
        assert_eq!(toman(text), Ok(500), "{text}");
    }
}

#[test]
fn digits_are_grouped_in_many_ways() {
    for text in [
        "24400000",
        "24,400,000",
        "۲۴٬۴۰۰٬۰۰۰",
        "24،400،000",
        "24 400 000",
        "24.400.000",
        "24/400/000",
        "24'400'000",
        "24_400_000",
        " 24,400,000 ",
        "24,400,000.00",
        "24400000.0",
        "0024400000",
        "\u{2067}24,400,000\u{2069}",
    ] {
        assert_eq!(rial(text), Ok(24_400_000), "{text}");
    }
    assert_eq!(rial("12.500"), Ok(12_500));
    assert_eq!(rial("12/500"), Ok(12_500));
    assert_eq!(rial("1250.000"), Ok(1_250));
    assert_eq!(toman("0.500"), Ok(5));
    assert_eq!(toman("2.5"), Ok(25));
}

#[test]
fn scales_and_words_are_read() {
    for text in [
        "2.5 میلیون تومان",
        "۲٫۵ میلیون تومان",
        "۲/۵ میلیون تومان",
        "2,5 ملیون تومان",
        "2.500 میلیون",
        "2 میلیون و 500 هزار تومان",
        "2 میلیون 500 هزار",
        "دو میلیون و پانصد هزار تومان",
        "دو میلیون و پانصدهزار تومان",
        "2500 هزار تومن",
        "2,500 هزار",
        "2.5 million",
        "25 میلیون ریال",
    ] {
        // «پانصدهزار» in one word is not split.
        let expected = if text.contains("پانصدهزار") {
            Err(AmountFault::NotANumber)
        } else {
            Ok(25_000_000)
        };
        assert_eq!(toman(text), expected, "{text}");
    }
    assert_eq!(toman("هزار تومان"), Ok(10_000));
    assert_eq!(toman("یک میلیون و هزار"), Ok(10_010_000));
    assert_eq!(toman("دو هزار میلیارد تومان"), Ok(20_000_000_000_000));
    assert_eq!(
        toman("بیست و پنج هزار و چهارصد تومان و پنج ریال"),
        Ok(254_005)
    );
    assert_eq!(toman("صفر"), Ok(0));
    assert_eq!(toman("0"), Ok(0));
}

#[test]
fn what_is_no_amount_is_named() {
    for text in ["", "  ", "-", "\u{200F}", "()"] {
        assert_eq!(toman(text), Err(AmountFault::Empty), "{text}");
    }
    for text in [
        "تومان",
        "رایگان",
        "24,40,000",
        "24,4000",
        "2444,000",
        "1,2,3",
        "12:30",
        "5 سیب",
        "2 3",
        "5 و",
        "و 5",
        "5 تومان 3",
        "5 و و 3",
        "2.5 ریال",
        "0.25 تومان",
        "1.1234567 میلیون",
        "2,5",
        "25/5 تومان",
        "پنج بیست",
        "صد و هزار",
        "هزار هزار",
        "IRR 5 تومان",
        "5 تومان و",
        "1..5",
        "--",
        "0x10",
        "1e5",
        "٫5",
        "میلیون میلیون",
        "تومان تومان",
    ] {
        let fault = if text == "--" {
            AmountFault::Empty
        } else {
            AmountFault::NotANumber
        };
        assert_eq!(toman(text), Err(fault), "{text}");
    }
    for text in ["-5000", "۵٬۰۰۰-", "−5000", "(5,000)", "منفی پنج هزار تومان"]
    {
        assert_eq!(toman(text), Err(AmountFault::Negative), "{text}");
    }
    for text in [
        "9223372036854775808",
        "99999999999999999999999999999999999999999",
        "9 کوینتیلیون تومان",
        "999999999999999 کوینتیلیون",
    ] {
        assert_eq!(rial(text), Err(AmountFault::TooLarge), "{text}");
    }
    assert_eq!(rial("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(toman(&"9".repeat(10_000_000)), Err(AmountFault::NotANumber));
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(rials in 0..=i64::MAX, shift in 0_u32..63) {
        let amount = Rial::new(rials >> shift);
        for text in [
            amount.toman_text(Lang::Fa),
            amount.rial_text(Lang::Fa),
            amount.rial_text(Lang::En),
            amount.in_words(Lang::Fa),
        ] {
            prop_assert_eq!(parse_amount(&text, Unit::Toman), Ok(amount), "{}", text);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC*|[0-9۰-۹ ,./٫٬()-]{0,40}|[۲5 ,.یکدوهزارمیلیونتومان]{0,60}") {
        if let Ok(amount) = parse_amount(&text, Unit::Toman) {
            prop_assert!(!amount.is_negative());
        }
    }
}
