use proptest::prelude::*;

use super::*;

#[test]
fn persian_joins_with_and() {
    for (number, words) in [
        (0, "صفر"),
        (7, "هفت"),
        (18, "هجده"),
        (20, "بیست"),
        (21, "بیست و یک"),
        (110, "صد و ده"),
        (555, "پانصد و پنجاه و پنج"),
        (1_000, "هزار"),
        (1_404, "هزار و چهارصد و چهار"),
        (1_200_000, "یک میلیون و دویست هزار"),
        (2_000_000_000, "دو میلیارد"),
        (1_001_001, "یک میلیون و هزار و یک"),
        (-25, "منفی بیست و پنج"),
    ] {
        assert_eq!(in_words(number, Lang::Fa), words);
        assert_eq!(from_words(words), Some(number));
    }
}

#[test]
fn english_does_not() {
    for (number, words) in [
        (0, "zero"),
        (13, "thirteen"),
        (42, "forty-two"),
        (300, "three hundred"),
        (1_200_000, "one million two hundred thousand"),
        (-1_019, "minus one thousand nineteen"),
    ] {
        assert_eq!(in_words(number, Lang::En), words);
    }
}

#[test]
fn the_ends_of_the_range_have_words() {
    let least = "منفی نه کوینتیلیون و دویست و بیست و سه کوادریلیون و سیصد و هفتاد و دو تریلیون \
                 و سی و شش میلیارد و هشتصد و پنجاه و چهار میلیون و هفتصد و هفتاد و پنج هزار و هشتصد و هشت";
    assert_eq!(in_words(i64::MIN, Lang::Fa), least);
    assert_eq!(from_words(least), Some(i64::MIN));
    assert!(
        in_words(i64::MIN, Lang::En)
            .starts_with("minus nine quintillion two hundred twenty-three quadrillion")
    );
}

#[test]
fn people_write_numbers_in_other_ways_too() {
    for (words, number) in [
        ("یک هزار", 1_000),
        ("يكصد و پنجاه هزار", 150_000),
        ("دو هزار میلیارد و سیصد ملیون", 2_000_300_000_000),
        ("بیست پنج", 25),
        ("هیجده", 18),
        (" صد\u{200C} ", 100),
    ] {
        assert_eq!(from_words(words), Some(number), "{words}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for words in [
        "",
        "و",
        "یک و",
        "و یک",
        "یک و و دو",
        "یک دو",
        "پنج بیست",
        "ده یک",
        "سیب",
        "صفر هزار",
        "بیست و صفر",
        "هزار هزار",
        "ده کوینتیلیون",
        "یک کوینتیلیون و یک هزار کوادریلیون",
        "منفی ",
    ] {
        assert_eq!(from_words(words), None, "{words}");
    }
}

proptest! {
    #[test]
    fn words_read_back(number in any::<i64>(), shift in 0_u32..64) {
        let number = number >> shift;
        prop_assert_eq!(from_words(&in_words(number, Lang::Fa)), Some(number));
        prop_assert!(!in_words(number, Lang::En).is_empty());
    }

    #[test]
    fn no_text_panics(text in "[یکدوهزارصمنفیلن ]{0,60}|\\PC*") {
        let _ = from_words(&text);
    }
}
