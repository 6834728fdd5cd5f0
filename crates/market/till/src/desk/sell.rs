//! Selling the basket: the sale and the emptied basket are one write.

use db::{Result, Tx, Write, sql};
use serde::Serialize;
use uuid::Uuid;

use crate::sales::{RecordSale, Recorded};

/// Records the sale and takes its goods out of the basket.
#[derive(Serialize)]
pub(crate) struct SellBasket {
    pub sale: RecordSale,
    pub seller: Uuid,
}

impl Write for SellBasket {
    const NAME: &'static str = "sell_basket";
    type Out = Recorded;
    async fn run(&self, tx: &mut Tx) -> Result<Recorded> {
        let recorded = self.sale.run(tx).await?;
        sql(
            "DELETE FROM basket_line WHERE register_id = $1 AND seller_id = $2
             AND lot_id IN (SELECT lot_id FROM sale_line WHERE sale_id = $3)",
        )
        .bind(self.sale.register)
        .bind(self.seller)
        .bind(self.sale.id)
        .execute(tx)
        .await?;
        Ok(recorded)
    }
}
