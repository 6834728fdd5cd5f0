#![doc = include_str!("../README.md")]

pub mod agreements;
mod checks;
pub mod labels;
pub mod receipts;
mod series;
pub mod shelf;
pub mod stock;

pub use agreements::{
    Acceptance, Agreement, AgreementId, EndAgreement, Payer, SignAgreement, SupersedeAgreement,
};
pub use checks::checks;
pub use labels::{LabelId, PrintLabels};
pub use receipts::{Condition, Lot, LotId, NewLot, Receipt, ReceiptId, ReceiveGoods};
pub use shelf::{Sellable, find_by_code, search};
pub use stock::{
    GoodsBack, MoveOut, MovementKind, ResolveDiscrepancy, ReturnLine, SaleTake, TakeLine, Taken,
    move_out, return_goods, take_for_sale,
};

use access::{NavEntry, Need, Permission, Role, Room};

// words: nav-* reason-*
web::words!();

/// Sees agreements, receipts and stock of the own shops.
pub const STOCK_READ: Permission = Permission::new(
    "stock.read",
    &[Role::ShopManager, Role::ShopClerk, Role::FinanceOfficer],
);
/// Signs, supersedes and ends agreements.
pub const AGREEMENT_SIGN: Permission = Permission::new("agreement.sign", &[Role::ShopManager]);
/// Receives goods, prints labels, gives goods back.
pub const GOODS_RECEIVE: Permission = Permission::new("goods.receive", &[Role::ShopManager]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "consignment",
        words: &WORDS,
        routes: agreements::pages::routes()
            .merge(agreements::api::routes())
            .merge(receipts::pages::routes())
            .merge(receipts::api::routes())
            .merge(stock::pages::routes())
            .merge(stock::api::routes())
            .merge(shelf::pages::routes()),
        nav: vec![
            NavEntry {
                key: "nav-receipts",
                href: "/goods-receipts",
                need: Need::May(&STOCK_READ),
                order: 42,
            },
            NavEntry {
                key: "nav-stock",
                href: "/stock",
                need: Need::May(&STOCK_READ),
                order: 43,
            },
            NavEntry {
                key: "nav-agreements",
                href: "/agreements",
                need: Need::May(&STOCK_READ),
                order: 44,
            },
            NavEntry {
                key: "nav-my-goods",
                href: "/my/goods",
                need: Need::Person,
                order: 31,
            },
        ],
        permissions: vec![&STOCK_READ, &AGREEMENT_SIGN, &GOODS_RECEIVE],
        reasons: vec![
            &agreements::AGREEMENT_OVERLAPS,
            &agreements::AGREEMENT_NOT_IN_FORCE,
            &agreements::VERSION_TOO_EARLY,
            &agreements::AGREEMENT_PERIOD,
            &agreements::MAKER_UNKNOWN,
            &receipts::PRODUCT_NOT_FOR_SALE,
            &receipts::PRODUCT_OF_ANOTHER,
            &receipts::NO_AGREEMENT,
            &receipts::FOOD_DATES,
            &receipts::RECEIVED_EXPIRED,
            &receipts::DEFECT_NOTE,
            &receipts::NO_LINES,
            &receipts::LINE_OUT_OF_RANGE,
            &receipts::TEXT_TOO_LONG,
            &labels::REPRINT_REASON,
            &labels::LABEL_PART,
            &labels::LABEL_REASON,
            &stock::NOT_ENOUGH,
            &stock::LOT_EXPIRED,
            &stock::NOT_FOR_SALE,
            &stock::LOT_UNKNOWN,
            &stock::COUNT_POSITIVE,
            &stock::PAYER_NEEDED,
            &stock::ALREADY_RESOLVED,
            &stock::STOCK_FIELD,
            &shelf::CODE_WRONG,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
