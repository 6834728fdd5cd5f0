//! Goods that were lost, or came back broken: whoever bears them gives their maker her share.

use contacts::ContactId;
use db::{Error, Result, Tx};
use money::{BasisPoints, Overflow, Rial};
use persian::{Date, Jalali};
use uuid::Uuid;

use super::{Accrual, AccrualKind, Accrue, Shares, queries};
use crate::books::{self, Account, AccountKind, Entry, EntryKind};

db::text_enum! {
    /// Who bears goods instead of their maker.
    pub enum Bearer {
        /// The shop, out of its share.
        Shop = "shop",
        /// An insurer; the city stands in until it pays.
        Insurer = "insurer",
        /// The city's fund.
        CityFund = "city_fund",
    }
}

impl Bearer {
    fn account(self, place: Uuid, day: Date) -> Account {
        match self {
            Self::Shop => Account::at_shop(AccountKind::Commission, place, day, ""),
            other => Account::at_shop(AccountKind::Shortfall, place, day, other.as_str()),
        }
    }
}

/// Goods of one lot that a bearer pays for.
#[derive(Clone, Debug)]
pub struct Lost {
    /// Whose goods.
    pub contact: ContactId,
    /// The lot.
    pub lot: Uuid,
    /// What the label says.
    pub lot_code: String,
    /// The agreement of the lot.
    pub agreement: Uuid,
    /// The goods in Persian.
    pub item_fa: String,
    /// The goods in English.
    pub item_en: String,
    /// Pieces, more than nothing.
    pub quantity: i64,
    /// Price of one, tax included.
    pub unit_price: Rial,
    /// Rate of the shop's share, as the lot has it.
    pub commission: BasisPoints,
    /// What the maker would have received.
    pub share: Rial,
}

/// A removal, or a return, whose goods another than their maker bears.
#[derive(Clone, Debug)]
pub struct BearLoss {
    /// The document: the removal or the return.
    pub document: Uuid,
    /// Who bears it.
    pub bearer: Bearer,
    /// The shop.
    pub place: Uuid,
    /// The day it counts for.
    pub day: Date,
    /// The goods.
    pub lines: Vec<Lost>,
}

/// Posts her share from the bearer to each maker. It is payable like a sale of that day.
pub async fn bear_loss(tx: &mut Tx, loss: BearLoss) -> Result<()> {
    let lines: Vec<Lost> = loss
        .lines
        .into_iter()
        .filter(|line| line.share > Rial::ZERO)
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let total = lines
        .iter()
        .map(|line| line.share)
        .sum::<Result<Rial, Overflow>>()
        .map_err(Error::other)?;
    let owed: Vec<_> = lines
        .iter()
        .map(|line| (Account::payable(line.contact), line.share))
        .collect();
    let entry = Entry {
        id: tx.new_id(),
        kind: EntryKind::LossBorne,
        source: loss.document,
        effective_on: loss.day,
        reverses: None,
        memo: String::new(),
        transfers: books::pair(&[(loss.bearer.account(loss.place, loss.day), total)], &owed),
    };
    let mut accruals = Vec::with_capacity(lines.len());
    for line in lines {
        let id = tx.new_id();
        accruals.push(Accrual {
            id,
            line: id,
            corrects: None,
            contact: line.contact,
            lot: line.lot,
            lot_code: line.lot_code,
            agreement: line.agreement,
            item_fa: line.item_fa,
            item_en: line.item_en,
            quantity: line.quantity,
            unit_price: line.unit_price,
            vat: BasisPoints::ZERO,
            commission: line.commission,
            shares: Shares {
                paid: line.share,
                vat: Rial::ZERO,
                commission: Rial::ZERO,
                net: line.share,
            },
        });
    }
    let borne = Accrue {
        kind: AccrualKind::Compensation,
        sale: loss.document,
        source: loss.document,
        place: loss.place,
        device: String::new(),
        day: loss.day,
        lines: accruals,
        tenders: Vec::new(),
    };
    let month = Jalali::from(loss.day).first_of_month().to_date();
    queries::add_to_months(tx, &borne, month).await?;
    let entry_id = entry.id;
    books::post(tx, vec![entry]).await?;
    queries::insert(tx, borne, entry_id, loss.day).await
}
