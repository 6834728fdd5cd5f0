#![doc = include_str!("../README.md")]

mod api;
pub mod bank;
pub mod bank_simulator;
pub mod books;
mod checks;
mod own;
mod pages;
pub mod payouts;
pub mod rules;
pub mod sales;
pub mod statements;
mod telling;
mod totals;

pub use bank::SetPayingAccount;
pub use books::{Account, AccountKind, Entry, EntryKind, Transfer, post};
pub use checks::checks;
pub use own::{Item, MoneyOf, money_of, money_panel};
pub use payouts::{
    ApprovePayouts, BatchId, ConfirmCounterPayout, ExportPayouts, FailCounterPayout, ImportResult,
    Method, PayoutId, PreparePayouts, ResolveConflict, WithdrawPayouts,
};
pub use sales::{
    Accrual, AccrualKind, Accrue, BearLoss, Bearer, Lost, Shares, TenderKind, accrue, bear_loss,
};
pub use statements::{SealStatements, Statement, StatementId, plan_week};
pub use totals::{COLUMNS as TOTALS_COLUMNS, Totals, totals};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sees statements, payouts and the accounts.
pub const MONEY_READ: Permission = Permission::new(
    "money.read",
    &[Role::FinanceOfficer, Role::FinanceApprover, Role::Auditor],
);
/// Seals statements.
pub const STATEMENT_SEAL: Permission = Permission::new("statement.seal", &[Role::FinanceOfficer]);
/// Prepares batches, hands out bank files, takes in answers, pays at the counter.
pub const PAYOUT_PREPARE: Permission = Permission::new("payout.prepare", &[Role::FinanceOfficer]);
/// Approves batches that another prepared.
pub const PAYOUT_APPROVE: Permission = Permission::new("payout.approve", &[Role::FinanceApprover]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "ledger",
        words: &WORDS,
        routes: statements::pages::routes()
            .merge(payouts::pages::routes())
            .merge(pages::routes())
            .merge(api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-money",
                href: "/statements",
                need: Need::May(&MONEY_READ),
                order: 50,
            },
            NavEntry {
                key: "nav-payouts",
                href: "/payouts",
                need: Need::May(&MONEY_READ),
                order: 51,
            },
        ],
        permissions: vec![
            &MONEY_READ,
            &STATEMENT_SEAL,
            &PAYOUT_PREPARE,
            &PAYOUT_APPROVE,
        ],
        reasons: vec![
            &statements::BEING_SEALED,
            &statements::PERIOD_AHEAD,
            &statements::PERIOD_TURNED,
            &statements::NOTHING_TO_SEAL,
            &payouts::NOTHING_TO_PAY,
            &payouts::PAY_ON_WRONG,
            &payouts::REASON_LENGTH,
            &payouts::STATEMENT_TAKEN,
            &payouts::SAME_HAND,
            &payouts::CHANGED_PAYEE,
            &payouts::PAYEE_ENDED,
            &payouts::IN_DOUBT,
            &payouts::CONFLICT_SETTLED,
            &payouts::WRONG_STATE,
            &payouts::FILE_DIFFERS,
            &payouts::UNKNOWN_REFERENCE,
            &payouts::AMOUNT_DIFFERS,
            &payouts::NEEDS_WITNESS,
            &payouts::NO_PAYING_ACCOUNT,
            &payouts::BANK_SILENT,
            &bank::ACCOUNT_WRONG,
        ],
        jobs: vec![
            ("tell_statements", telling::tell_statements),
            ("seal_week", statements::week::seal_week),
        ],
    }
}

#[cfg(test)]
mod tests;
