//! "Sold": told to each maker of a sale, at once but outside the sale's own write.

use std::pin::Pin;
use std::sync::Arc;

use db::{Origin, Result, Tx, Write};
use notices::{Notice, To};
use persian::Lang;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;
use web::City;

use crate::sales::record_makers;

/// Tells the makers of a sale what was sold and what is theirs.
#[derive(Serialize)]
struct TellSold {
    sale: Uuid,
}

impl Write for TellSold {
    const NAME: &'static str = "tell_sold";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        // Whoever sold this week has a statement at its end.
        ledger::plan_week(tx).await?;
        let lines = ledger::sales::accruals_of_sale(tx, self.sale).await?;
        let lines: Vec<_> = lines.into_iter().filter(|line| line.quantity > 0).collect();
        for maker in record_makers(lines.iter().map(|line| line.contact_id)) {
            let lang = contacts::get(tx, maker).await?.lang();
            let own: Vec<_> = lines
                .iter()
                .filter(|line| line.contact_id == maker)
                .collect();
            let Some(first) = own.first() else { continue };
            let pieces: i64 = own.iter().map(|line| line.quantity).sum();
            let net: i64 = own.iter().map(|line| line.net.get()).sum();
            let name = match lang {
                Lang::En if !first.item_en.is_empty() => &first.item_en,
                _ => &first.item_fa,
            };
            let args = vec![
                ("product", name.clone()),
                ("count", persian::grouped(pieces, lang)),
                ("amount", money::Rial::new(net).toman_text(lang)),
            ];
            notices::send(
                tx,
                Notice {
                    to: To::Contact(maker),
                    template: "sold",
                    args,
                },
            )
            .await?;
        }
        Ok(())
    }
}

/// The job behind a sale; the same job again tells nobody twice.
pub(crate) fn tell_sold(
    city: Arc<City>,
    payload: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let sale: Uuid = serde_json::from_value(payload["sale"].clone())?;
        // A key of its own that follows from the sale's: a second try finds the first answer.
        let key = Uuid::from_u128(!sale.as_u128());
        city.db
            .write_once(key, &Origin::program("job:tell_sold"), TellSold { sale })
            .await?;
        city.wake.notify_one();
        Ok(())
    })
}
