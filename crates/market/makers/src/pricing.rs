//! What the maker receives of a price: pure, the same at entry, on paper and at the till.

use money::{BasisPoints, Commission, Overflow, Rial, Taxed};
use serde::Serialize;

/// A price and its parts; `tax + shop + producer = price`, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// What the shopper pays.
    pub price: Rial,
    /// Value-added tax inside it.
    pub tax: Rial,
    /// What the shop keeps of the rest.
    pub shop: Rial,
    /// What the maker receives.
    pub producer: Rial,
}

/// Parts a price: first the tax inside it, then the shop's commission on what is left.
pub fn share(price: Rial, tax: BasisPoints, commission: BasisPoints) -> Result<Share, Overflow> {
    let taxed = Taxed::inside(price, tax)?;
    let parts = Commission::of(taxed.net, commission)?;
    Ok(Share {
        price,
        tax: taxed.tax,
        shop: parts.shop,
        producer: parts.producer,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tax_comes_off_before_commission() {
        let rates = [1_200, 1_500].map(|points| BasisPoints::new(points).unwrap());
        let parts = share(Rial::new(1_120_000), rates[0], rates[1]).unwrap();
        let expected = Share {
            price: Rial::new(1_120_000),
            tax: Rial::new(120_000),
            shop: Rial::new(150_000),
            producer: Rial::new(850_000),
        };
        assert_eq!(parts, expected);
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_price(price in 0_i64..=10_000_000_000, tax in 0_u32..=10_000, cut in 0_u32..=10_000) {
            let (tax, cut) = (BasisPoints::new(tax).unwrap(), BasisPoints::new(cut).unwrap());
            let parts = share(Rial::new(price), tax, cut).unwrap();
            prop_assert_eq!(parts.tax.get() + parts.shop.get() + parts.producer.get(), price);
            prop_assert!(!parts.producer.is_negative() && !parts.shop.is_negative());
        }
    }
}
