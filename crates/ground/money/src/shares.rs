use crate::Rial;

/// Shares a total in proportion to weights, by the largest remainder.
///
/// The parts always sum to the total. What whole rials cannot share goes, one
/// rial each, to the parts that lost the largest fraction; among equals the
/// earlier comes first. A negative total is shared as its positive twin, so
/// that a refund takes back what was given. A negative weight counts as zero;
/// when no weight is left, all parts weigh the same. Without weights there are
/// no parts.
pub fn split(total: Rial, weights: &[i64]) -> Vec<Rial> {
    let is_weighted = weights.iter().any(|&weight| weight > 0);
    let weights: Vec<i128> = weights
        .iter()
        .map(|&weight| {
            if is_weighted {
                i128::from(weight.max(0))
            } else {
                1
            }
        })
        .collect();
    let whole: i128 = weights.iter().sum();
    if whole == 0 {
        return Vec::new();
    }
    let amount = i128::from(total.get()).abs();
    let mut parts: Vec<i128> = weights
        .iter()
        .map(|weight| amount * weight / whole)
        .collect();
    let mut by_loss: Vec<usize> = (0..weights.len()).collect();
    // A stable sort: equals stay in their order.
    by_loss.sort_by_key(|&at| std::cmp::Reverse(amount * weights[at] % whole));
    let left = amount - parts.iter().sum::<i128>();
    for (_, at) in (0..left).zip(by_loss) {
        parts[at] += 1;
    }
    let sign = i128::from(total.get().signum());
    parts
        .into_iter()
        // No part is larger than the total, so it always fits.
        .map(|part| i64::try_from(sign * part).map_or(total, Rial::new))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rials(total: i64, weights: &[i64]) -> Vec<i64> {
        split(Rial::new(total), weights)
            .into_iter()
            .map(Rial::get)
            .collect()
    }

    #[test]
    fn the_largest_remainder_gets_the_odd_rial() {
        assert_eq!(rials(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(rials(101, &[1, 1, 1]), [34, 34, 33]);
        assert_eq!(rials(10, &[1, 2]), [3, 7]);
        assert_eq!(rials(7, &[0, 3, 0, 1]), [0, 5, 0, 2]);
        assert_eq!(rials(-100, &[1, 1, 1]), [-34, -33, -33]);
    }

    #[test]
    fn odd_weights_still_share_everything() {
        assert_eq!(rials(10, &[]), [0_i64; 0]);
        assert_eq!(rials(5, &[0, 0]), [3, 2]);
        assert_eq!(rials(5, &[-7, 1]), [0, 5]);
        assert_eq!(rials(5, &[-7, -1]), [3, 2]);
        assert_eq!(rials(i64::MIN, &[1]), [i64::MIN]);
        assert_eq!(
            rials(i64::MAX, &[i64::MAX, i64::MAX]),
            [i64::MAX / 2 + 1, i64::MAX / 2]
        );
    }

    proptest! {
        #[test]
        fn parts_always_sum(total in any::<i64>(), weights in prop::collection::vec(any::<i64>(), 1..40)) {
            let parts = split(Rial::new(total), &weights);
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().sum::<Result<Rial, _>>(), Ok(Rial::new(total)));
        }

        #[test]
        fn no_part_is_below_zero_or_far_from_its_share(
            total in 0..i64::MAX,
            weights in prop::collection::vec(0_i64..1_000_000, 1..40),
        ) {
            let whole: i128 = weights.iter().map(|&w| i128::from(w)).sum();
            prop_assume!(whole > 0);
            for (part, weight) in rials(total, &weights).into_iter().zip(weights) {
                prop_assert!(part >= 0);
                let off = i128::from(part) * whole - i128::from(total) * i128::from(weight);
                prop_assert!(off.abs() < whole);
                prop_assert!(weight > 0 || part == 0);
            }
        }

        #[test]
        fn a_refund_mirrors_its_sale(total in 0..i64::MAX, weights in prop::collection::vec(any::<i64>(), 0..20)) {
            let back: Vec<i64> = rials(-total, &weights).into_iter().map(|part| -part).collect();
            prop_assert_eq!(back, rials(total, &weights));
        }
    }
}
