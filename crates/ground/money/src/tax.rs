use crate::rates::divide_half_up;
use crate::{BasisPoints, Overflow, Rial};

/// An amount with its value-added tax apart; `net + tax = gross`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taxed {
    /// Without the tax.
    pub net: Rial,
    /// The tax.
    pub tax: Rial,
    /// With the tax.
    pub gross: Rial,
}

impl Taxed {
    /// Puts the tax on top of a price without it; the tax is rounded half up.
    pub fn on_top(net: Rial, rate: BasisPoints) -> Result<Self, Overflow> {
        let tax = rate.of(net);
        Ok(Self {
            net,
            tax,
            gross: net.checked_add(tax)?,
        })
    }

    /// Finds the tax inside a price that holds it; the tax is rounded half up,
    /// the net amount is the rest.
    pub fn inside(gross: Rial, rate: BasisPoints) -> Result<Self, Overflow> {
        let rate = i128::from(rate.get());
        let tax = divide_half_up(i128::from(gross.get()) * rate, 10_000 + rate);
        let tax = i64::try_from(tax).map(Rial::new).map_err(|_| Overflow)?;
        Ok(Self {
            net: gross.checked_sub(tax)?,
            tax,
            gross,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(points: u32) -> BasisPoints {
        BasisPoints::new(points).unwrap_or_default()
    }

    fn parts(taxed: Result<Taxed, Overflow>) -> Option<[i64; 3]> {
        taxed
            .ok()
            .map(|taxed| [taxed.net, taxed.tax, taxed.gross].map(Rial::get))
    }

    #[test]
    fn tax_goes_on_top_or_comes_out_of_the_price() {
        assert_eq!(
            parts(Taxed::on_top(Rial::new(1_000_000), rate(1_000))),
            Some([1_000_000, 100_000, 1_100_000])
        );
        assert_eq!(
            parts(Taxed::inside(Rial::new(1_100_000), rate(1_000))),
            Some([1_000_000, 100_000, 1_100_000])
        );
        assert_eq!(
            parts(Taxed::inside(Rial::new(1_000_000), rate(1_200))),
            Some([892_857, 107_143, 1_000_000])
        );
        assert_eq!(
            parts(Taxed::inside(Rial::new(-1_000_000), rate(1_200))),
            Some([-892_857, -107_143, -1_000_000])
        );
        assert_eq!(
            parts(Taxed::inside(Rial::new(77), rate(0))),
            Some([77, 0, 77])
        );
    }

    #[test]
    fn a_price_too_large_for_its_tax_is_refused() {
        assert_eq!(Taxed::on_top(Rial::MAX, rate(1)), Err(Overflow));
        assert!(Taxed::inside(Rial::MAX, rate(1_000)).is_ok());
    }

    proptest! {
        #[test]
        fn net_and_tax_sum_to_gross(rials in any::<i64>(), points in 0_u32..=10_000) {
            let (price, rate) = (Rial::new(rials), rate(points));
            let both = [Taxed::inside(price, rate), Taxed::on_top(price, rate)];
            for Taxed { net, tax, gross } in both.into_iter().flatten() {
                prop_assert_eq!(net.checked_add(tax), Ok(gross));
            }
        }

        #[test]
        fn taking_out_what_was_put_on_gives_the_price_back(rials in -1_000_000_000_000_i64..1_000_000_000_000, points in 0_u32..=10_000) {
            let taxed = Taxed::on_top(Rial::new(rials), rate(points));
            prop_assert_eq!(taxed, taxed.and_then(|taxed| Taxed::inside(taxed.gross, rate(points))));
        }
    }
}
