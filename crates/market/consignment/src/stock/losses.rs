//! Goods that left without a sale: whoever bears them gives the maker her share.

use db::{Error, Result, Tx};
use ledger::{BearLoss, Bearer, Lost};
use makers::pricing;
use makers::reference::{basis_points, tax_rate};

use super::MoveOut;
use crate::agreements::Payer;
use crate::receipts;

/// Who pays, when it is not the maker herself.
fn bearer(payer: Payer) -> Option<Bearer> {
    match payer {
        Payer::Producer => None,
        Payer::Shop => Some(Bearer::Shop),
        Payer::Insurer => Some(Bearer::Insurer),
        Payer::CityFund => Some(Bearer::CityFund),
    }
}

/// Posts what the goods would have brought her, from whoever bears them.
pub(super) async fn bear(tx: &mut Tx, order: &MoveOut) -> Result<()> {
    let Some(bearer) = order.payer.and_then(bearer) else {
        return Ok(());
    };
    let lot = receipts::lot(tx, order.lot_id).await?;
    let product = makers::get_product(tx, lot.product_id).await?;
    let day = tx.today();
    let class = product.tax_class.unwrap_or_default();
    let tax = tax_rate(tx, &class, day).await?;
    let commission = basis_points(lot.commission_bp)?;
    let price = lot
        .unit_price
        .checked_mul(order.quantity)
        .map_err(Error::other)?;
    let share = pricing::share(price, tax, commission).map_err(Error::other)?;
    let lost = Lost {
        contact: lot.contact_id,
        lot: lot.id.get(),
        lot_code: lot.code,
        agreement: lot.agreement_id.get(),
        item_fa: lot.name_fa,
        item_en: lot.name_en,
        quantity: order.quantity,
        unit_price: lot.unit_price,
        commission,
        share: share.producer,
    };
    let loss = BearLoss {
        document: order.id,
        bearer,
        place: order.place_id.get(),
        day,
        lines: vec![lost],
    };
    ledger::bear_loss(tx, loss).await
}
