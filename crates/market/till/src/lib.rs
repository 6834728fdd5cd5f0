#![doc = include_str!("../README.md")]

mod checks;
mod desk;
pub mod receipts;
pub mod registers;
pub mod returns;
pub mod sales;
mod telling;
mod totals;

pub use checks::checks;
pub use registers::{
    CloseShift, CreateRegister, OpenShift, Register, RegisterId, RegisterKind, Shift, ShiftId,
};
pub use returns::{BroughtBack, GoodsState, RecordReturn, ReturnId};
pub use sales::{
    RecordSale, Recorded, Sale, SaleId, SaleLine, SaleLineId, SaleState, SoldLine, Tendered,
};

pub use totals::totals;

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sells, opens and closes shifts.
pub const SALE_RECORD: Permission =
    Permission::new("sale.record", &[Role::ShopClerk, Role::ShopManager]);
/// Takes goods back and gives money back.
pub const SALE_REFUND: Permission =
    Permission::new("sale.refund", &[Role::ShopClerk, Role::ShopManager]);
/// Sees sales.
pub const SALE_READ: Permission = Permission::new(
    "sale.read",
    &[
        Role::ShopClerk,
        Role::ShopManager,
        Role::FinanceOfficer,
        Role::FinanceApprover,
        Role::Auditor,
    ],
);
/// Explains what a sale and the books do not agree on.
pub const SALE_EXPLAIN: Permission = Permission::new("sale.explain", &[Role::ShopManager]);
/// Sets up registers.
pub const REGISTER_CREATE: Permission =
    Permission::new("register.create", &[Role::ShopManager, Role::Administrator]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "till",
        words: &WORDS,
        routes: sales::api::routes()
            .merge(sales::pages::routes())
            .merge(sales::differences::routes())
            .merge(registers::api::routes())
            .merge(desk::pages::routes())
            .merge(receipts::routes())
            .merge(totals::routes()),
        nav: vec![
            NavEntry {
                key: "nav-till",
                href: "/till",
                need: Need::May(&SALE_RECORD),
                order: 40,
            },
            NavEntry {
                key: "nav-sales",
                href: "/sales",
                need: Need::May(&SALE_READ),
                order: 41,
            },
        ],
        permissions: vec![
            &SALE_RECORD,
            &SALE_REFUND,
            &SALE_READ,
            &SALE_EXPLAIN,
            &REGISTER_CREATE,
        ],
        reasons: vec![
            &registers::REGISTER_TAKEN,
            &registers::SHIFT_OPEN,
            &registers::SHIFT_CLOSED,
            &registers::DIFFERENCE_REASON,
            &sales::EMPTY_SALE,
            &sales::TOO_MANY_LINES,
            &sales::BAD_QUANTITY,
            &sales::BAD_AMOUNT,
            &sales::UNKNOWN_CODE,
            &sales::PRICE_CHANGED,
            &sales::TENDERS_SHORT,
            &sales::CARD_TOO_MUCH,
            &sales::REFERENCE_USED,
            &sales::SOLD_AHEAD,
            &sales::SOLD_LONG_AGO,
            &sales::differences::DIFFERENCE_SETTLED,
            &sales::differences::DIFFERENCE_NOTE,
            &sales::KEY_DIFFERS,
            &sales::TEXT_TOO_LONG,
            &returns::RETURNED_TOO_MUCH,
            &returns::NOT_OF_SALE,
            &returns::EMPTY_RETURN,
            &returns::OTHER_MEANS,
        ],
        jobs: vec![("tell_sold", telling::tell_sold)],
    }
}

#[cfg(test)]
mod tests;
