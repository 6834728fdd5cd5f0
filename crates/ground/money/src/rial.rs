use std::iter::Sum;

use persian::{Lang, grouped, in_words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Unit;

/// An amount in whole rials, which may be negative.
///
/// There are no operators: every sum says what happens when it does not fit.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Rial(i64);

/// The result does not fit in 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is too large")]
pub struct Overflow;

impl Rial {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount.
    pub const MAX: Self = Self(i64::MAX);
    /// The smallest amount.
    pub const MIN: Self = Self(i64::MIN);

    /// So many rials.
    pub const fn new(rials: i64) -> Self {
        Self(rials)
    }

    /// So many tomans.
    pub fn from_toman(tomans: i64) -> Result<Self, Overflow> {
        tomans
            .checked_mul(Unit::Toman.rials())
            .map(Self)
            .ok_or(Overflow)
    }

    /// The number of rials.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum.
    pub fn checked_add(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self).ok_or(Overflow)
    }

    /// The difference.
    pub fn checked_sub(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(Overflow)
    }

    /// So many times this amount: a line of several pieces.
    pub fn checked_mul(self, times: i64) -> Result<Self, Overflow> {
        self.0.checked_mul(times).map(Self).ok_or(Overflow)
    }

    /// The same amount the other way: what a refund takes back.
    pub fn checked_neg(self) -> Result<Self, Overflow> {
        self.0.checked_neg().map(Self).ok_or(Overflow)
    }

    /// As shown to people: «۲۵٬۴۰۰ تومان»; a rest below one toman follows in rials.
    pub fn toman_text(self, lang: Lang) -> String {
        self.in_tomans(lang, grouped)
    }

    /// «۲۵۴٬۰۰۰ ریال», for papers that need the legal unit.
    pub fn rial_text(self, lang: Lang) -> String {
        format!("{} {}", grouped(self.0, lang), unit_name(Unit::Rial, lang))
    }

    /// «بیست و پنج هزار و چهارصد تومان»; a rest below one toman follows in rials.
    pub fn in_words(self, lang: Lang) -> String {
        self.in_tomans(lang, in_words)
    }

    fn in_tomans(self, lang: Lang, show: fn(i64, Lang) -> String) -> String {
        let (tomans, rest) = (self.0 / Unit::Toman.rials(), self.0 % Unit::Toman.rials());
        let part = |count, unit| format!("{} {}", show(count, lang), unit_name(unit, lang));
        let and = match lang {
            Lang::Fa => "و",
            Lang::En => "and",
        };
        match (tomans, rest) {
            (_, 0) => part(tomans, Unit::Toman),
            (0, _) => part(rest, Unit::Rial),
            // The sign stands once, in front of both.
            _ => format!(
                "{} {and} {}",
                part(tomans, Unit::Toman),
                part(rest.abs(), Unit::Rial)
            ),
        }
    }
}

fn unit_name(unit: Unit, lang: Lang) -> &'static str {
    match (unit, lang) {
        (Unit::Toman, Lang::Fa) => "تومان",
        (Unit::Toman, Lang::En) => "toman",
        (Unit::Rial, Lang::Fa) => "ریال",
        (Unit::Rial, Lang::En) => "rial",
    }
}

impl Sum<Rial> for Result<Rial, Overflow> {
    /// Exact whatever the order: a sum that fits is found even when a part of
    /// it alone would not.
    fn sum<I: Iterator<Item = Rial>>(amounts: I) -> Self {
        let total: i128 = amounts.map(|amount| i128::from(amount.0)).sum();
        i64::try_from(total).map(Rial).map_err(|_| Overflow)
    }
}

impl<'a> Sum<&'a Rial> for Result<Rial, Overflow> {
    fn sum<I: Iterator<Item = &'a Rial>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_tomans_with_the_word() {
        let amount = Rial::new(254_000);
        assert_eq!(amount.toman_text(Lang::Fa), "۲۵٬۴۰۰ تومان");
        assert_eq!(amount.toman_text(Lang::En), "25,400 toman");
        assert_eq!(amount.rial_text(Lang::Fa), "۲۵۴٬۰۰۰ ریال");
        assert_eq!(amount.in_words(Lang::Fa), "بیست و پنج هزار و چهارصد تومان");
        assert_eq!(
            Rial::new(12_000_000).in_words(Lang::Fa),
            "یک میلیون و دویست هزار تومان"
        );
        assert_eq!(Rial::ZERO.in_words(Lang::Fa), "صفر تومان");
    }

    #[test]
    fn a_rest_below_one_toman_is_not_lost() {
        assert_eq!(
            Rial::new(254_005).toman_text(Lang::Fa),
            "۲۵٬۴۰۰ تومان و ۵ ریال"
        );
        assert_eq!(Rial::new(-25).toman_text(Lang::En), "-2 toman and 5 rial");
        assert_eq!(Rial::new(-5).toman_text(Lang::En), "-5 rial");
        assert_eq!(
            Rial::new(-25).in_words(Lang::Fa),
            "منفی دو تومان و پنج ریال"
        );
        assert!(
            Rial::MIN
                .toman_text(Lang::En)
                .ends_with("580 toman and 8 rial")
        );
        assert!(Rial::MIN.in_words(Lang::Fa).ends_with("تومان و هشت ریال"));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert_eq!(Rial::MAX.checked_add(Rial::new(1)), Err(Overflow));
        assert_eq!(Rial::MIN.checked_sub(Rial::new(1)), Err(Overflow));
        assert_eq!(Rial::MAX.checked_mul(2), Err(Overflow));
        assert_eq!(Rial::MIN.checked_neg(), Err(Overflow));
        assert_eq!(Rial::from_toman(i64::MAX), Err(Overflow));
        assert_eq!(
            [Rial::MAX, Rial::new(1)].iter().sum::<Result<Rial, _>>(),
            Err(Overflow)
        );
    }

    #[test]
    fn a_sum_that_fits_is_found_in_any_order() {
        let amounts = [Rial::MAX, Rial::new(1), Rial::new(-2)];
        assert_eq!(
            amounts.into_iter().sum::<Result<Rial, _>>(),
            Ok(Rial::new(i64::MAX - 1))
        );
        assert_eq!([].iter().sum::<Result<Rial, _>>(), Ok(Rial::ZERO));
    }
}
