use crate::{BasisPoints, Overflow, Rial};

/// A price parted between the shop and the producer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commission {
    /// What the shop keeps.
    pub shop: Rial,
    /// What the producer is owed.
    pub producer: Rial,
}

impl Commission {
    /// Parts a price: the shop's share is rounded half up, the producer gets
    /// all the rest, so the two always sum to the price.
    pub fn of(price: Rial, rate: BasisPoints) -> Result<Self, Overflow> {
        let shop = rate.of(price);
        Ok(Self {
            shop,
            producer: price.checked_sub(shop)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rest_belongs_to_the_producer() {
        let parts = BasisPoints::new(1_250)
            .ok()
            .and_then(|rate| Commission::of(Rial::new(1_003), rate).ok());
        assert_eq!(
            parts,
            Some(Commission {
                shop: Rial::new(125),
                producer: Rial::new(878)
            })
        );
    }

    proptest! {
        #[test]
        fn both_parts_sum_to_the_price(price in any::<i64>(), points in 0_u32..=10_000) {
            let rate = BasisPoints::new(points).unwrap_or_default();
            let parts = Commission::of(Rial::new(price), rate);
            prop_assert!(parts.is_ok());
            if let Ok(Commission { shop, producer }) = parts {
                prop_assert_eq!(shop.checked_add(producer), Ok(Rial::new(price)));
                prop_assert!(price < 0 || (!shop.is_negative() && !producer.is_negative()));
            }
        }
    }
}
