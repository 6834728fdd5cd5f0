//! The programme's own account.

use access::audit;
use db::{Conn, Result, Tx, Write, sql};
use persian::{Sheba, Timestamp};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::Debtor;

/// Sets the account from which makers are paid. Batches approved before keep the earlier one.
#[derive(Clone, Debug, Serialize)]
pub struct SetPayingAccount {
    /// Made by the sender.
    pub id: Uuid,
    /// The holder's name as the bank knows it.
    pub holder_name: String,
    /// `IR…`, 26 letters with right check digits.
    pub sheba: String,
}

impl SetPayingAccount {
    /// The command for a checked Sheba.
    pub fn new(id: Uuid, holder_name: String, sheba: &Sheba) -> Self {
        Self {
            id,
            holder_name,
            sheba: sheba.as_str().to_owned(),
        }
    }
}

impl Write for SetPayingAccount {
    const NAME: &'static str = "set_paying_account";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("INSERT INTO paying_account (id, holder_name, sheba, set_by, set_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.id)
            .bind(&self.holder_name)
            .bind(&self.sheba)
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await?;
        audit::record(
            tx,
            "paying_account_set",
            "paying_account",
            Some(self.id),
            json!({}),
        )
        .await
    }
}

/// The account that counted at an instant.
pub async fn paying_account(conn: &mut Conn, at: Timestamp) -> Result<Option<Debtor>> {
    sql(
        "SELECT holder_name AS name, sheba FROM paying_account WHERE set_at <= $1
         ORDER BY set_at DESC, id DESC LIMIT 1",
    )
    .bind(at)
    .optional(conn)
    .await
}
