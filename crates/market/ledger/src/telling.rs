//! What makers are told about their money, in the language they read.

use std::pin::Pin;
use std::sync::Arc;

use contacts::ContactId;
use db::{Origin, Result, Tx, Write};
use notices::{Notice, To};
use persian::{Jalali, Lang};
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;
use web::City;

use crate::payouts::Payout;
use crate::statements;

/// Her money has arrived.
pub(crate) async fn paid(tx: &mut Tx, payout: &Payout) -> Result<()> {
    about_payout(tx, payout, "paid").await
}

/// Her money came back from the bank.
pub(crate) async fn returned(tx: &mut Tx, payout: &Payout) -> Result<()> {
    about_payout(tx, payout, "returned").await
}

async fn about_payout(tx: &mut Tx, payout: &Payout, template: &'static str) -> Result<()> {
    let lang = language(tx, payout.contact_id).await?;
    let args = vec![("amount", payout.amount.toman_text(lang))];
    notices::send(
        tx,
        Notice {
            to: To::Contact(payout.contact_id),
            template,
            args,
        },
    )
    .await
    .map(drop)
}

async fn language(tx: &mut Tx, contact: ContactId) -> Result<Lang> {
    Ok(contacts::get(tx, contact).await?.lang())
}

/// Tells each maker of a run that her statement is ready.
#[derive(Serialize)]
struct TellStatements {
    run: Uuid,
}

impl Write for TellStatements {
    const NAME: &'static str = "tell_statements";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for statement in statements::of_run(tx, self.run).await? {
            let lang = language(tx, statement.contact_id).await?;
            let args = vec![
                ("number", persian::grouped(statement.number, lang)),
                ("amount", statement.closing.toman_text(lang)),
                ("until", Jalali::from(statement.until_on).long(lang)),
            ];
            let to = To::Contact(statement.contact_id);
            notices::send(
                tx,
                Notice {
                    to,
                    template: "statement",
                    args,
                },
            )
            .await?;
        }
        Ok(())
    }
}

/// The job behind a run; the same job again tells nobody twice.
pub(crate) fn tell_statements(
    city: Arc<City>,
    payload: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let run: Uuid = serde_json::from_value(payload["run"].clone())?;
        // The run's own id is the key, so a second try finds the first answer.
        city.db
            .write_once(
                run,
                &Origin::program("job:tell_statements"),
                TellStatements { run },
            )
            .await?;
        city.wake.notify_one();
        Ok(())
    })
}
