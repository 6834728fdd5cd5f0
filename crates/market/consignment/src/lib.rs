#![doc = include_str!("../README.md")]

pub mod agreements;
pub mod labels;
pub mod proof;
pub mod receipts;
mod series;
pub mod shelf;
pub mod stock;

pub use agreements::{
    Acceptance, Agreement, AgreementId, EndAgreement, Payer, SignAgreement, SupersedeAgreement,
};
pub use labels::{LabelId, PrintLabels};
pub use receipts::{Condition, Lot, LotId, NewLot, Receipt, ReceiptId, ReceiveGoods};
pub use shelf::{Sellable, find_by_code};
pub use stock::{
    GoodsBack, MoveOut, MovementKind, ResolveDiscrepancy, ReturnLine, SaleTake, TakeLine, Taken, move_out,
    return_goods, take_for_sale,
};

use access::{Permission, Role};

/// Sees agreements, receipts and stock of the own shops.
pub const STOCK_READ: Permission =
    Permission::new("stock.read", &[Role::ShopManager, Role::ShopClerk, Role::FinanceOfficer]);
/// Signs, supersedes and ends agreements.
pub const AGREEMENT_SIGN: Permission = Permission::new("agreement.sign", &[Role::ShopManager]);
/// Receives goods, prints labels, gives goods back.
pub const GOODS_RECEIVE: Permission = Permission::new("goods.receive", &[Role::ShopManager]);
