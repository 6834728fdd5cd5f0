use crate::{Overflow, Rial};

/// Where an amount between two steps goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the nearer step, away from zero when both are as near.
    Nearest,
    /// Towards zero: in cash, in favor of whoever pays.
    Down,
    /// Away from zero: in cash, in favor of whoever is paid.
    Up,
}

/// An amount that coins and notes can pay, and what that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    /// A whole number of steps.
    pub amount: Rial,
    /// `amount` less the amount asked for: what the books post beside it.
    pub difference: Rial,
}

impl Rounded {
    /// Rounds to whole steps, such as 5,000 rials where no smaller coin is left.
    /// A step of one rial or less changes nothing.
    pub fn to_step(asked: Rial, step: Rial, direction: Direction) -> Result<Self, Overflow> {
        let (asked_for, step) = (i128::from(asked.get()), i128::from(step.get().max(1)));
        let rest = asked_for % step;
        let is_further = match direction {
            Direction::Nearest => rest.abs() * 2 >= step,
            Direction::Down => false,
            Direction::Up => rest != 0,
        };
        let rounded = asked_for - rest + if is_further { step * rest.signum() } else { 0 };
        let amount = i64::try_from(rounded)
            .map(Rial::new)
            .map_err(|_| Overflow)?;
        Ok(Self {
            amount,
            difference: amount.checked_sub(asked)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rounded(asked: i64, step: i64, direction: Direction) -> Option<(i64, i64)> {
        let rounded = Rounded::to_step(Rial::new(asked), Rial::new(step), direction).ok()?;
        Some((rounded.amount.get(), rounded.difference.get()))
    }

    #[test]
    fn the_difference_is_told() {
        assert_eq!(
            rounded(123_400, 5_000, Direction::Nearest),
            Some((125_000, 1_600))
        );
        assert_eq!(
            rounded(122_500, 5_000, Direction::Nearest),
            Some((125_000, 2_500))
        );
        assert_eq!(
            rounded(122_499, 5_000, Direction::Nearest),
            Some((120_000, -2_499))
        );
        assert_eq!(
            rounded(124_999, 5_000, Direction::Down),
            Some((120_000, -4_999))
        );
        assert_eq!(
            rounded(120_001, 5_000, Direction::Up),
            Some((125_000, 4_999))
        );
        assert_eq!(
            rounded(-122_500, 5_000, Direction::Nearest),
            Some((-125_000, -2_500))
        );
        assert_eq!(rounded(120_000, 5_000, Direction::Up), Some((120_000, 0)));
    }

    #[test]
    fn no_step_changes_nothing_and_the_end_of_the_range_is_an_error() {
        for step in [i64::MIN, -5, 0, 1] {
            assert_eq!(rounded(123, step, Direction::Up), Some((123, 0)));
        }
        assert_eq!(rounded(i64::MAX, 1_000, Direction::Up), None);
        assert_eq!(
            rounded(i64::MIN, i64::MAX, Direction::Nearest),
            Some((-i64::MAX, 1))
        );
    }

    proptest! {
        #[test]
        fn the_result_is_whole_steps_and_near(asked in any::<i64>(), step in 1_i64..10_000_000) {
            for direction in [Direction::Nearest, Direction::Down, Direction::Up] {
                if let Some((amount, difference)) = rounded(asked, step, direction) {
                    prop_assert_eq!(amount % step, 0);
                    prop_assert_eq!(i128::from(amount) - i128::from(asked), i128::from(difference));
                    let farthest = if direction == Direction::Nearest { step / 2 } else { step - 1 };
                    prop_assert!(difference.abs() <= farthest);
                }
            }
        }
    }
}
