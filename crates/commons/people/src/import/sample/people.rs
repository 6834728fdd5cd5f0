//! Invented people.

use persian::Jalali;

use super::chance::Chance;
use crate::import::cells::choices::Gender;

/// An invented applicant, before an office writes her down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub first: &'static str,
    pub last: &'static str,
    pub father: &'static str,
    pub national_code: String,
    pub birth: Jalali,
    pub gender: Gender,
    /// `+989…`
    pub mobile: String,
    /// `+9821…`
    pub landline: String,
    pub region: i64,
    /// Index in [`GROUPS`].
    pub group: usize,
    pub dependants: i64,
    pub field: &'static str,
    /// `IR…`
    pub sheba: String,
    /// In toman, a multiple of 100,000.
    pub income_toman: i64,
}

const WOMEN: &[&str] = &[
    "زهرا",
    "مریم",
    "فاطمه",
    "معصومه",
    "نرگس",
    "پروین",
    "شهلا",
    "لیلا",
    "رقیه",
    "سکینه",
    "کبری",
    "ثریا",
    "مهین",
    "گلناز",
    "سیمین",
    "آذر",
    "ژاله",
    "پریسا",
    "سیده\u{200C}زهرا",
    "محبوبه",
];
const MEN: &[&str] = &[
    "رضا",
    "علی",
    "حسین",
    "یوسف",
    "قاسم",
    "ناصر",
    "اکبر",
    "یحیی",
    "جواد",
    "بهروز",
    "کریم",
    "داود",
    "هوشنگ",
    "ایرج",
];
const LAST: &[&str] = &[
    "حسینی",
    "مرادی",
    "کریمی",
    "کاظمی",
    "ملکی",
    "یزدانی",
    "نیک\u{200C}پور",
    "پاک\u{200C}نژاد",
    "علی\u{200C}زاده",
    "قربانی",
    "شکوهی",
    "گودرزی",
    "آهنگری",
    "چاوشی",
    "میرزایی",
    "رحمانی",
    "دهقان",
    "کیانی",
];

/// Target groups with ways to write each.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    (
        "woman_head_of_household",
        &[
            "زن سرپرست خانوار",
            "زنان سرپرست خانوار",
            "سرپرست خانوار (زن)",
            "سرپرست خانوار",
        ],
    ),
    (
        "person_with_disability",
        &[
            "معلول",
            "توان\u{200C}یاب",
            "توانیاب",
            "توان یاب",
            "معلولیت جسمی حرکتی",
        ],
    ),
    (
        "recovered_person",
        &[
            "بهبودیافته",
            "بهبود یافته",
            "معتاد بهبودیافته",
            "بهبود\u{200C}یافته",
        ],
    ),
    (
        "low_income",
        &[
            "کم\u{200C}برخوردار",
            "کم برخوردار",
            "اقشار کم درآمد",
            "low income",
        ],
    ),
];

const FIELDS: &[&str] = &[
    "ترشی و مربا",
    "پخت نان محلی",
    "بسته\u{200C}بندی خشکبار",
    "خیاطی",
    "پته\u{200C}دوزی",
    "گلیم\u{200C}بافی",
    "قالی\u{200C}بافی",
    "چرم\u{200C}دوزی",
    "زیورآلات دست\u{200C}ساز",
    "عروسک\u{200C}سازی",
    "سفال\u{200C}گری",
    "صابون و شمع",
    "شیشه\u{200C}گری",
];

impl Person {
    /// Draws a person; `number` makes code and phone unlike any other's.
    pub(super) fn draw(number: u64, chance: &mut Chance) -> Self {
        let group = chance.below(GROUPS.len());
        let gender = if group == 0 || chance.percent(80) {
            Gender::Female
        } else {
            Gender::Male
        };
        let year = i32::try_from(chance.between(1320, 1385)).unwrap_or(1350);
        let month = u8::try_from(chance.between(1, 12)).unwrap_or(1);
        let day = u8::try_from(chance.between(1, i64::from(Jalali::month_length(year, month))))
            .unwrap_or(1);
        Self {
            first: chance.one(if gender == Gender::Female { WOMEN } else { MEN }),
            last: chance.one(LAST),
            father: chance.one(MEN),
            national_code: national_code(number),
            birth: Jalali { year, month, day },
            gender,
            mobile: format!(
                "+989{}{:08}",
                chance.between(1, 3),
                number * 37 % 100_000_000
            ),
            landline: format!(
                "+9821{}{:06}",
                chance.between(22, 88),
                chance.between(0, 999_999)
            ),
            region: chance.between(1, 22),
            group,
            dependants: chance.between(0, 7),
            field: chance.one(FIELDS),
            sheba: sheba(number, chance),
            income_toman: chance.between(1, 400) * 100_000,
        }
    }
}

/// The nine digits spread over the whole range, leading zeros included, and
/// their check digit.
fn national_code(number: u64) -> String {
    let nine = format!("{:09}", number * 7_919_111 % 999_999_937);
    let sum: u32 = nine
        .bytes()
        .zip((2..=10).rev())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let rest = sum % 11;
    let check = if rest < 2 { rest } else { 11 - rest };
    format!("{nine}{check}")
}

fn sheba(number: u64, chance: &mut Chance) -> String {
    let account = format!(
        "0{}{:05}{number:014}",
        chance.one(&["12", "54", "56", "17"]),
        chance.between(0, 99_999)
    );
    let rest = format!("{account}182700")
        .bytes()
        .fold(0u32, |rest, digit| {
            (rest * 10 + u32::from(digit - b'0')) % 97
        });
    format!("IR{:02}{account}", 98 - rest)
}
