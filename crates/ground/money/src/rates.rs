use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::Rial;

/// A rate in hundredths of a percent, 0 to 10,000: 1,200 is 12%.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, JsonSchema,
)]
#[serde(transparent)]
pub struct BasisPoints(u32);

/// A rate above 100%.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate is at most 10000 basis points")]
pub struct RateTooHigh;

impl BasisPoints {
    /// 0%.
    pub const ZERO: Self = Self(0);
    /// 100%.
    pub const WHOLE: Self = Self(10_000);

    /// A rate of at most 10,000 basis points.
    pub const fn new(points: u32) -> Result<Self, RateTooHigh> {
        if points <= Self::WHOLE.0 {
            Ok(Self(points))
        } else {
            Err(RateTooHigh)
        }
    }

    /// The rate in basis points.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// This share of an amount, half a rial rounded away from zero, so that the
    /// share of a refund is exactly the share of its sale.
    pub fn of(self, amount: Rial) -> Rial {
        let share = divide_half_up(i128::from(amount.get()) * i128::from(self.0), 10_000);
        // A share is never larger than the whole, so it always fits.
        i64::try_from(share).map_or(amount, Rial::new)
    }
}

impl<'de> Deserialize<'de> for BasisPoints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u32::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Divides by a positive number; a half goes away from zero.
pub(crate) fn divide_half_up(number: i128, by: i128) -> i128 {
    let (quotient, rest) = (number / by, number % by);
    if rest.abs() * 2 >= by {
        quotient + number.signum()
    } else {
        quotient
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(points: u32, rials: i64) -> Option<i64> {
        BasisPoints::new(points)
            .ok()
            .map(|rate| rate.of(Rial::new(rials)).get())
    }

    #[test]
    fn halves_go_up() {
        assert_eq!(share(1_000, 254_005), Some(25_401));
        assert_eq!(share(1_000, 254_004), Some(25_400));
        assert_eq!(share(1_000, -254_005), Some(-25_401));
        assert_eq!(share(1_200, 1_000_000), Some(120_000));
        assert_eq!(share(0, i64::MAX), Some(0));
        assert_eq!(share(10_000, i64::MIN), Some(i64::MIN));
    }

    #[test]
    fn a_rate_above_the_whole_is_refused() {
        assert_eq!(BasisPoints::new(10_001), Err(RateTooHigh));
        assert!(serde_json::from_str::<BasisPoints>("10001").is_err());
        assert!(serde_json::from_str::<BasisPoints>("-1").is_err());
        assert_eq!(
            serde_json::from_str::<BasisPoints>("900").ok(),
            BasisPoints::new(900).ok()
        );
    }

    proptest! {
        #[test]
        fn a_share_lies_between_nothing_and_the_whole(points in 0_u32..=10_000, rials in any::<i64>()) {
            let part = share(points, rials).unwrap_or(i64::MIN);
            prop_assert!(part.unsigned_abs() <= rials.unsigned_abs());
            prop_assert!(part == 0 || part.signum() == rials.signum());
        }

        #[test]
        fn a_refund_mirrors_its_sale(points in 0_u32..=10_000, rials in 0..i64::MAX) {
            prop_assert_eq!(share(points, rials).map(|part| -part), share(points, -rials));
        }
    }
}
