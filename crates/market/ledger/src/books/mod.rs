//! The books: accounts, and entries that move money between them.

pub(crate) mod queries;

use contacts::ContactId;
use db::{Result, Tx};
use money::Rial;
use persian::Date;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use queries::{EntryRow, TransferRow, balance, entries_of, entry, transfers_of};

/// The one unit there is so far: current rials.
pub const UNIT: &str = "IRR";

db::text_enum! {
    /// What an account counts.
    pub enum AccountKind {
        /// Owed to a maker, to be paid.
        MakerPayable = "maker_payable",
        /// Owed to a maker, held for a stated reason.
        MakerHeld = "maker_held",
        /// Paid to a maker before she sold.
        MakerAdvance = "maker_advance",
        /// Notes and coins of a shop's device on a day.
        ShopCash = "shop_cash",
        /// Card payments on their way from the terminal's company.
        CardClearing = "card_clearing",
        /// What shops keep.
        Commission = "commission",
        /// Tax owed to the state.
        Vat = "vat",
        /// What rounding of cash left over.
        Rounding = "rounding",
        /// What the city bears instead of a maker.
        Shortfall = "shortfall",
        /// The programme's bank account.
        Bank = "bank",
        /// Not yet explained.
        Suspense = "suspense",
        /// Sent to the bank, not yet confirmed.
        PayoutInTransit = "payout_in_transit",
    }
}

db::text_enum! {
    /// Why money moved.
    pub enum EntryKind {
        /// Goods were sold.
        Sale = "sale",
        /// Goods came back.
        SaleReturn = "sale_return",
        /// A payout was approved.
        Payout = "payout",
        /// The bank, or the counter, paid it.
        PayoutPaid = "payout_paid",
        /// The bank did not pay it.
        PayoutFailed = "payout_failed",
        /// The bank sent back what it had paid.
        PayoutReturned = "payout_returned",
        /// The bank paid after all what it had called not paid.
        PayoutReopened = "payout_reopened",
        /// Another than their maker bears goods that were lost or came back broken.
        LossBorne = "loss_borne",
        /// A correction with its memo.
        Adjustment = "adjustment",
    }
}

/// An account by what it counts. Its id follows from these, so nobody has to look it up and
/// two writers open the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Account {
    /// What it counts.
    pub kind: AccountKind,
    /// The maker, for the maker kinds.
    pub contact: Option<Uuid>,
    /// The shop, for kinds that are cut by place.
    pub place: Option<Uuid>,
    /// The day, for kinds that are cut by day.
    pub day: Option<Date>,
    /// The device or the way of paying; empty when it does not matter.
    pub device: String,
}

impl Account {
    /// What a maker is owed.
    pub fn payable(contact: ContactId) -> Self {
        Self {
            kind: AccountKind::MakerPayable,
            contact: Some(contact.get()),
            place: None,
            day: None,
            device: String::new(),
        }
    }

    /// An account of a shop's device on a day.
    pub fn at_shop(kind: AccountKind, place: Uuid, day: Date, device: &str) -> Self {
        Self {
            kind,
            contact: None,
            place: Some(place),
            day: Some(day),
            device: device.to_owned(),
        }
    }

    /// An account of the city on a day: `bank` by `bank` or `counter`.
    pub fn of_city(kind: AccountKind, day: Option<Date>, device: &str) -> Self {
        Self {
            kind,
            contact: None,
            place: None,
            day,
            device: device.to_owned(),
        }
    }

    /// Its id: the same for the same account.
    pub fn id(&self) -> Uuid {
        let mut hash = Sha256::new();
        hash.update(self.kind.as_str());
        for part in [self.contact, self.place] {
            hash.update([0]);
            hash.update(part.unwrap_or(Uuid::nil()).as_bytes());
        }
        hash.update(self.day.map(|day| day.to_string()).unwrap_or_default());
        hash.update([0]);
        hash.update(&self.device);
        hash.update(UNIT);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// Money that moves from one account to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The account that receives, or whose debt shrinks.
    pub debit: Account,
    /// The account that gives, or whose claim grows.
    pub credit: Account,
    /// More than zero.
    pub amount: Rial,
}

/// One happening in the books.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub kind: EntryKind,
    /// The document behind it: a sale, a return, a payout.
    pub source: Uuid,
    /// The day it counts for.
    pub effective_on: Date,
    /// The entry it takes back.
    pub reverses: Option<Uuid>,
    /// Words for the statement; may be empty.
    pub memo: String,
    /// At least one.
    pub transfers: Vec<Transfer>,
}

/// Writes entries: opens their accounts, moves the money, keeps the sums. Four statements,
/// however many there are.
pub async fn post(tx: &mut Tx, entries: Vec<Entry>) -> Result<()> {
    queries::keep_sums(tx, &entries).await?;
    queries::insert(tx, entries).await
}

/// Pairs amounts on one side with amounts on the other, in order, so that transfers carry them
/// all. Both sides must have the same sum; zeros are left out.
pub fn pair(debits: &[(Account, Rial)], credits: &[(Account, Rial)]) -> Vec<Transfer> {
    let mut transfers = Vec::with_capacity(debits.len() + credits.len());
    let mut givers = credits
        .iter()
        .map(|(account, amount)| (account, amount.get()));
    let mut giver = givers.next();
    for (debit, amount) in debits {
        let mut open = amount.get();
        while open > 0 {
            let Some((credit, left)) = &mut giver else {
                break;
            };
            let part = open.min(*left);
            if part > 0 {
                transfers.push(Transfer {
                    debit: debit.clone(),
                    credit: credit.clone(),
                    amount: Rial::new(part),
                });
            }
            open -= part;
            *left -= part;
            if *left == 0 {
                giver = givers.next();
            }
        }
    }
    transfers
}
