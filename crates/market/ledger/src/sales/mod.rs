//! What a sale gives each maker, the shop and the state: one accrual per line, with the terms
//! of that moment.

mod losses;
pub(crate) mod queries;

use contacts::ContactId;
use db::{Error, Result, Tx};
use money::{BasisPoints, Commission, Overflow, Rial, Taxed};
use persian::{Date, Jalali};
use serde::Serialize;
use uuid::Uuid;

use crate::books::{self, Account, AccountKind, Entry, EntryKind};

pub use losses::{BearLoss, Bearer, Lost, bear_loss};
pub use queries::{AccrualRow, accrual, accruals_of_sale, accruals_of_statement, unsettled};

db::text_enum! {
    /// Sold or brought back.
    pub enum AccrualKind {
        /// A line of a sale.
        Sale = "sale",
        /// A line that came back: every amount is below zero.
        Return = "return",
        /// Goods that another than their maker bears: her share without a sale.
        Compensation = "compensation",
    }
}

db::text_enum! {
    /// How a buyer pays.
    pub enum TenderKind {
        /// Notes and coins.
        Cash = "cash",
        /// A card at the terminal.
        Card = "card",
    }
}

/// How one price is shared: the parts always sum to what was paid [C1].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// What the buyer paid, tax included.
    pub paid: Rial,
    /// The tax inside it.
    pub vat: Rial,
    /// What the shop keeps, from the price without tax.
    pub commission: Rial,
    /// What is the maker's: all the rest.
    pub net: Rial,
}

impl Shares {
    /// Shares a price that holds its tax.
    pub fn of(paid: Rial, vat: BasisPoints, commission: BasisPoints) -> Result<Self, Overflow> {
        let taxed = Taxed::inside(paid, vat)?;
        let parts = Commission::of(taxed.net, commission)?;
        Ok(Self {
            paid,
            vat: taxed.tax,
            commission: parts.shop,
            net: parts.producer,
        })
    }
}

/// One line to be accrued. A return has a quantity below zero and names what it corrects.
#[derive(Clone, Debug)]
pub struct Accrual {
    /// Its id.
    pub id: Uuid,
    /// The line of the sale or of the return.
    pub line: Uuid,
    /// The sale's accrual that a return takes back.
    pub corrects: Option<Uuid>,
    /// Whose goods.
    pub contact: ContactId,
    /// The lot.
    pub lot: Uuid,
    /// What the label says.
    pub lot_code: String,
    /// The agreement, which is one version and never changes.
    pub agreement: Uuid,
    /// The goods in Persian.
    pub item_fa: String,
    /// The goods in English.
    pub item_en: String,
    /// Pieces.
    pub quantity: i64,
    /// Price of one, tax included.
    pub unit_price: Rial,
    /// Rate of the tax inside the price.
    pub vat: BasisPoints,
    /// Rate of the shop's share.
    pub commission: BasisPoints,
    /// How the price is shared; for a return, below zero.
    pub shares: Shares,
}

/// A sale, or a return, as the books see it.
#[derive(Clone, Debug)]
pub struct Accrue {
    /// Sale or return.
    pub kind: AccrualKind,
    /// The sale.
    pub sale: Uuid,
    /// The document that is posted: the sale itself or the return.
    pub source: Uuid,
    /// The shop.
    pub place: Uuid,
    /// The device's code.
    pub device: String,
    /// The day it counts for.
    pub day: Date,
    /// The lines.
    pub lines: Vec<Accrual>,
    /// Money in (or, for a return, out), by way of paying, change already taken off; their sum
    /// is the sum of the lines.
    pub tenders: Vec<(TenderKind, Rial)>,
}

/// Posts a sale or a return and accrues its lines. Five statements and one for the rules.
pub async fn accrue(tx: &mut Tx, sale: Accrue) -> Result<()> {
    let entry_id = tx.new_id();
    let money: Vec<_> = sale
        .tenders
        .iter()
        .map(|(kind, amount)| (till_account(&sale, *kind), *amount))
        .collect();
    let owed = owed(&sale)?;
    let sum = |side: &[(Account, Rial)]| {
        side.iter()
            .map(|(_, amount)| amount)
            .sum::<Result<Rial, Overflow>>()
            .map_err(Error::other)
    };
    if sum(&money)? != sum(&owed)? {
        return Err(Error::other(
            "the tenders of a sale are not the sum of its lines",
        ));
    }
    let (kind, transfers) = match sale.kind {
        AccrualKind::Sale => (EntryKind::Sale, books::pair(&money, &owed)),
        AccrualKind::Return => (EntryKind::SaleReturn, books::pair(&owed, &money)),
        AccrualKind::Compensation => {
            return Err(Error::other("what others bear is posted by bear_loss"));
        }
    };
    let entry = Entry {
        id: entry_id,
        kind,
        source: sale.source,
        effective_on: sale.day,
        reverses: None,
        memo: String::new(),
        transfers,
    };
    let hold = crate::rules::on(tx, sale.day).await?.hold_days;
    let hold = usize::try_from(hold).unwrap_or_default();
    let payable_on = sale.day.iter_days().nth(hold).unwrap_or(sale.day);
    queries::add_to_months(tx, &sale, Jalali::from(sale.day).first_of_month().to_date()).await?;
    books::post(tx, vec![entry]).await?;
    queries::insert(tx, sale, entry_id, payable_on).await
}

/// Who is owed what by the lines, amounts above zero for sale and return alike.
fn owed(sale: &Accrue) -> Result<Vec<(Account, Rial)>> {
    let shop = |kind| Account::at_shop(kind, sale.place, sale.day, &sale.device);
    let mut owed = Vec::with_capacity(sale.lines.len() * 3);
    for line in &sale.lines {
        let parts = [
            (Account::payable(line.contact), line.shares.net),
            (shop(AccountKind::Commission), line.shares.commission),
            (shop(AccountKind::Vat), line.shares.vat),
        ];
        for (account, amount) in parts {
            let amount = if amount.is_negative() {
                amount.checked_neg().map_err(Error::other)?
            } else {
                amount
            };
            owed.push((account, amount));
        }
    }
    Ok(owed)
}

fn till_account(sale: &Accrue, kind: TenderKind) -> Account {
    let kind = match kind {
        TenderKind::Cash => AccountKind::ShopCash,
        TenderKind::Card => AccountKind::CardClearing,
    };
    Account::at_shop(kind, sale.place, sale.day, &sale.device)
}
