//! The bank's files: what we send, what it answers, each in the form of one bank.

mod account;
mod csv_form;
mod paya;
pub(crate) mod xml;

use db::Reason;
use money::{Overflow, Rial};
use persian::{Date, Timestamp};

use crate::payouts::ResultLine;

pub use account::{SetPayingAccount, paying_account};

/// The name or the Sheba of the paying account is not right.
pub const ACCOUNT_WRONG: Reason = Reason::new("paying_account_wrong", 422);

db::text_enum! {
    /// The form of a bank's files. A new bank is a new variant with its two functions.
    pub enum Profile {
        /// A group transfer in XML, in the manner of ISO 20022 pain.001 («CCTI»).
        Paya = "paya",
        /// A plain table with a header and a last row of sums.
        Csv = "csv",
    }
}

/// Who pays and from which account.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct Debtor {
    /// The name of the account holder.
    pub name: String,
    /// The Sheba the money leaves.
    pub sheba: String,
}

/// One order to the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Ours, at most 35 letters, used once.
    pub reference: String,
    /// How much.
    pub amount: Rial,
    /// The account holder.
    pub name: String,
    /// The account.
    pub sheba: String,
}

/// A file for the bank before it is written. Nothing in it changes between two exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    /// The batch's number.
    pub number: String,
    /// When the batch was approved.
    pub made_at: Timestamp,
    /// The day the bank shall pay.
    pub pay_on: Date,
    /// Who pays.
    pub debtor: Debtor,
    /// The orders, in order of reference.
    pub orders: Vec<Order>,
}

impl BankFile {
    /// The sum of all orders, which the file carries as its control sum.
    pub fn total(&self) -> Result<Rial, Overflow> {
        self.orders.iter().map(|order| order.amount).sum()
    }
}

/// Why a file of the bank cannot be read: the line (or payment) and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {place}: {fault}")]
pub struct Unreadable {
    /// The line of a table, the payment of an XML file; counted from one.
    pub place: usize,
    /// What is wrong, in English, for the log and for machines.
    pub fault: &'static str,
}

impl Profile {
    /// The file's bytes: the same for the same value.
    pub fn write(self, file: &BankFile) -> Result<Vec<u8>, Overflow> {
        let total = file.total()?;
        Ok(match self {
            Self::Paya => paya::write(file, total),
            Self::Csv => csv_form::write(file, total),
        })
    }

    /// Name and media type under which the file is saved.
    pub fn file_name(self, number: &str) -> (String, &'static str) {
        match self {
            Self::Paya => (format!("{number}.ccti.xml"), "application/xml"),
            Self::Csv => (format!("{number}.csv"), "text/csv"),
        }
    }

    /// Reads the bank's answer.
    pub fn read_result(self, bytes: &[u8]) -> Result<Vec<ResultLine>, Unreadable> {
        let text = std::str::from_utf8(bytes).map_err(|_| Unreadable {
            place: 1,
            fault: "the file is not UTF-8",
        })?;
        let text = text.trim_start_matches('\u{feff}');
        match self {
            Self::Paya => paya::read_result(text),
            Self::Csv => csv_form::read_result(text),
        }
    }

    /// Reads a file of our own, as the bank does.
    pub fn read_orders(self, bytes: &[u8]) -> Result<Vec<Order>, Unreadable> {
        let text = std::str::from_utf8(bytes).map_err(|_| Unreadable {
            place: 1,
            fault: "the file is not UTF-8",
        })?;
        match self {
            Self::Paya => paya::read_orders(text),
            Self::Csv => csv_form::read_orders(text),
        }
    }

    /// Writes an answer, as the bank does.
    pub fn write_result(self, lines: &[ResultLine]) -> Vec<u8> {
        match self {
            Self::Paya => paya::write_result(lines),
            Self::Csv => csv_form::write_result(lines),
        }
    }
}

/// Reads an amount as files carry it: digits only.
pub(crate) fn amount(text: &str, place: usize) -> Result<Rial, Unreadable> {
    match text.trim().parse::<i64>() {
        Ok(rials) if rials > 0 => Ok(Rial::new(rials)),
        _ => Err(Unreadable {
            place,
            fault: "an amount is not a positive number of rials",
        }),
    }
}

#[cfg(test)]
mod tests;
