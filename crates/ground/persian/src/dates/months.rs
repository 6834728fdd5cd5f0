/// The number of a Jalali month by a folded name: its spellings in Persian and
/// English letters, and the names used in Afghanistan.
pub(super) fn jalali(name: &str) -> Option<u8> {
    Some(match without_suffix(name) {
        "فروردین" | "حمل" | "farvardin" => 1,
        "اردیبهشت" | "اردی" | "ثور" | "ordibehesht" | "ardibehesht" => 2,
        "خرداد" | "جوزا" | "khordad" => 3,
        "تیر" | "سرطان" | "tir" => 4,
        "مرداد" | "امرداد" | "اسد" | "mordad" | "amordad" => 5,
        "شهریور" | "شهریر" | "سنبله" | "shahrivar" => 6,
        "مهر" | "میزان" | "mehr" => 7,
        "ابان" | "عقرب" | "aban" => 8,
        "اذر" | "ازر" | "قوس" | "azar" => 9,
        "دی" | "جدی" | "dey" | "dei" | "di" => 10,
        "بهمن" | "دلو" | "bahman" => 11,
        "اسفند" | "اسپند" | "حوت" | "esfand" | "isfand" => 12,
        _ => return None,
    })
}

/// The number of a Gregorian month by a folded name.
pub(super) fn gregorian(name: &str) -> Option<u8> {
    Some(match without_suffix(name) {
        "ژانویه" | "جنوری" | "january" | "jan" => 1,
        "فوریه" | "february" | "feb" => 2,
        "مارس" | "مارچ" | "march" | "mar" => 3,
        "اوریل" | "اپریل" | "april" | "apr" => 4,
        "مه" | "می" | "may" => 5,
        "ژوین" | "جون" | "june" | "jun" => 6,
        "ژوییه" | "ژوییهی" | "جولای" | "july" | "jul" => 7,
        "اوت" | "اگوست" | "august" | "aug" => 8,
        "سپتامبر" | "september" | "sept" | "sep" => 9,
        "اکتبر" | "october" | "oct" => 10,
        "نوامبر" | "november" | "nov" => 11,
        "دسامبر" | "december" | "dec" => 12,
        _ => return None,
    })
}

/// «اسفندماه» is «اسفند».
fn without_suffix(name: &str) -> &str {
    name.strip_suffix("ماه")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

/// A name of a weekday in one word.
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "شنبه"
            | "یکشنبه"
            | "دوشنبه"
            | "سهشنبه"
            | "چهارشنبه"
            | "پنجشنبه"
            | "جمعه"
            | "ادینه"
            | "saturday"
            | "sunday"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
    )
}

/// Words that stand around a date and say nothing more.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "ماه"
            | "بهشت"
            | "سال"
            | "روز"
            | "در"
            | "مورخ"
            | "مورخه"
            | "تاریخ"
            | "تولد"
            | "متولد"
            | "هجری"
            | "شمسی"
            | "خورشیدی"
            | "میلادی"
            | "ه"
            | "ش"
            | "هش"
            | "ام"
            | "م"
            | "ساعت"
            | "of"
            | "the"
            | "st"
            | "nd"
            | "rd"
            | "th"
    )
}
