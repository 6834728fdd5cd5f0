//! Invented names and phones. First and family names are common words drawn apart, so that no
//! pair is meant to be anyone; the phone block is not given to subscribers.

use persian::Sheba;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _};

/// Women's first names.
pub const WOMEN: &[&str] = &[
    "زهرا",
    "مریم",
    "فاطمه",
    "نرگس",
    "لیلا",
    "سمیه",
    "اعظم",
    "پروین",
    "شهلا",
    "گلناز",
    "مهناز",
    "نسرین",
    "طاهره",
    "معصومه",
    "رقیه",
    "شیرین",
    "سکینه",
    "ژاله",
    "پری",
    "گوهر",
    "چمن",
    "آذر",
];
/// Men's first names.
pub const MEN: &[&str] = &[
    "رضا",
    "علی",
    "حسین",
    "کریم",
    "یوسف",
    "ناصر",
    "مهدی",
    "قاسم",
    "یحیی",
    "اکبر",
    "بهرام",
    "داوود",
];
/// Family names, made of ordinary words.
pub const FAMILIES: &[&str] = &[
    "سفالگر",
    "باغبان",
    "نان‌آور",
    "گل‌کار",
    "رنگرز",
    "بافنده",
    "چشمه‌سار",
    "کوهپایه",
    "زرین‌دست",
    "شالی‌کار",
    "مهتابی",
    "نیک‌پی",
    "پونه‌زار",
    "ریحانی",
    "سبزپوش",
    "دشت‌آرا",
    "آبگینه",
    "خوش‌دوخت",
    "پرنیان",
    "کاج‌آبادی",
    "سپیدار",
    "روشن‌بین",
    "گندم‌گون",
    "لاله‌زار",
    "یاس‌آبادی",
    "ارغوانی",
];

/// One of a list.
pub fn pick<'a, T: ?Sized>(rng: &mut StdRng, list: &[&'a T]) -> &'a T {
    list[rng.random_range(0..list.len())]
}

/// A national code with a right check digit. It begins with 987, which names no place of issue.
pub fn national_code(rng: &mut StdRng) -> String {
    let digits: Vec<u32> = (0..9)
        .map(|i| {
            if i < 3 {
                9 - i
            } else {
                rng.random_range(0..10)
            }
        })
        .collect();
    let sum: u32 = digits
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let rest = sum % 11;
    let check = if rest < 2 { rest } else { 11 - rest };
    digits
        .into_iter()
        .chain([check])
        .map(|digit| digit.to_string())
        .collect()
}

/// A mobile number in a block without subscribers.
pub fn mobile(rng: &mut StdRng) -> String {
    format!("0900000{:04}", rng.next_u32() % 10_000)
}

/// An account with right check digits, at a bank code that no bank has.
pub fn sheba(rng: &mut StdRng) -> Sheba {
    loop {
        let rest: String = (0..19)
            .map(|_| char::from(b'0' + rng.random_range(0..10_u8)))
            .collect();
        let account = format!("999{rest}");
        // IR is 1827 in the check's digits; what is left of 98 makes the remainder one.
        let remainder = format!("{account}182700")
            .bytes()
            .fold(0_u32, |sum, digit| {
                (sum * 10 + u32::from(digit - b'0')) % 97
            });
        if let Ok(sheba) = Sheba::parse(&format!("IR{:02}{account}", 98 - remainder)) {
            return sheba;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[test]
    fn invented_numbers_are_well_formed() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..200 {
            persian::NationalCode::parse(&national_code(&mut rng)).unwrap();
            persian::Mobile::parse(&mobile(&mut rng)).unwrap();
        }
    }
}
