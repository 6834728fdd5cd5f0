//! Stock per lot and place, moved only by numbered movements of a closed list of kinds.

pub(crate) mod api;
mod discrepancies;
mod losses;
mod movements;
pub(crate) mod pages;
mod queries;
mod sales;
mod views;

use db::Reason;

pub use discrepancies::{Discrepancy, ResolveDiscrepancy, open_discrepancies};
pub(crate) use movements::take_in;
pub use movements::{MoveOut, move_out};
pub use queries::{Movement, Shelf, at_place, count, movements, of_contact, of_lot};
pub use sales::{GoodsBack, ReturnLine, SaleTake, TakeLine, Taken, return_goods, take_for_sale};

db::text_enum! {
    /// Why stock changed. The list is closed.
    pub enum MovementKind {
        /// Received from the maker.
        Intake = "intake",
        /// Sold.
        Sale = "sale",
        /// Brought back by a customer, good enough to sell again.
        ReturnResellable = "return_resellable",
        /// Brought back by a customer, damaged; a breakage follows.
        ReturnDamaged = "return_damaged",
        /// Sent to another place.
        TransferOut = "transfer_out",
        /// Arrived from another place.
        TransferIn = "transfer_in",
        /// Lost between two places.
        InTransitLoss = "in_transit_loss",
        /// Found by counting.
        CountGain = "count_gain",
        /// Missed by counting.
        CountLoss = "count_loss",
        /// Stolen.
        Theft = "theft",
        /// Broken.
        Breakage = "breakage",
        /// Past its last day.
        Expiry = "expiry",
        /// Given as a sample or gift.
        SampleGift = "sample_gift",
        /// Given back to the maker.
        ReturnToProducer = "return_to_producer",
        /// Donated.
        Donated = "donated",
        /// Corrects an earlier movement, which its document names.
        Correction = "correction",
    }
}

db::text_enum! {
    /// Where a piece is; `docs/states/item.md` draws it.
    pub enum Whereabouts {
        /// With its maker.
        Maker = "with_maker",
        /// In a shop, for sale.
        Shelf = "on_shelf",
        /// Between two shops.
        Transit = "in_transit",
        /// With a customer.
        Customer = "sold",
        /// Nowhere it could be sold: broken, expired, stolen, missed, given away.
        Gone = "gone",
    }
}

impl MovementKind {
    /// From where to where a movement takes a piece; none for a correction, which goes either
    /// way.
    pub const fn way(self) -> Option<(Whereabouts, Whereabouts)> {
        use Whereabouts::{Customer, Gone, Maker, Shelf, Transit};
        Some(match self {
            Self::Intake => (Maker, Shelf),
            Self::Sale => (Shelf, Customer),
            Self::ReturnResellable | Self::ReturnDamaged => (Customer, Shelf),
            Self::TransferOut => (Shelf, Transit),
            Self::TransferIn => (Transit, Shelf),
            Self::InTransitLoss => (Transit, Gone),
            Self::CountGain => (Gone, Shelf),
            Self::CountLoss
            | Self::Theft
            | Self::Breakage
            | Self::Expiry
            | Self::SampleGift
            | Self::Donated => (Shelf, Gone),
            Self::ReturnToProducer => (Shelf, Maker),
            Self::Correction => return None,
        })
    }

    /// Kinds by which goods leave a shop without a sale.
    pub const LEAVING: &'static [MovementKind] = &[
        Self::ReturnToProducer,
        Self::Breakage,
        Self::Expiry,
        Self::Theft,
        Self::CountLoss,
        Self::SampleGift,
        Self::Donated,
    ];

    /// Losses name who bears them.
    pub fn needs_payer(self) -> bool {
        matches!(
            self,
            Self::InTransitLoss
                | Self::CountLoss
                | Self::Theft
                | Self::Breakage
                | Self::Expiry
                | Self::SampleGift
                | Self::Donated
        )
    }
}

/// Fewer pieces are there than asked for; `code` and `on_hand` tell.
pub const NOT_ENOUGH: Reason = Reason::new("not_enough", 409);
/// The lot's last day has passed.
pub const LOT_EXPIRED: Reason = Reason::new("lot_expired", 409);
/// The product may not be sold on that day.
pub const NOT_FOR_SALE: Reason = Reason::new("not_for_sale", 409);
/// There is no such lot.
pub const LOT_UNKNOWN: Reason = Reason::new("lot_unknown", 404);
/// A count must be more than nothing.
pub const COUNT_POSITIVE: Reason = Reason::new("count_positive", 422);
/// A loss names who bears it.
pub const PAYER_NEEDED: Reason = Reason::new("payer_needed", 422);
/// A text is missing or longer than its field.
pub const STOCK_FIELD: Reason = Reason::new("stock_field", 422);
/// The discrepancy was resolved already.
pub const ALREADY_RESOLVED: Reason = Reason::new("already_resolved", 409);
