//! The bank file of a batch: the same bytes whenever it is asked for [K4].

use access::Ask;
use db::{Keys, Reason};
use sha2::{Digest as _, Sha256};
use web::{Failure, Outcome};

use super::{BatchId, BatchState, ExportPayouts, Method, WRONG_STATE, queries};
use crate::bank::{BankFile, Order, paying_account};

/// Nobody set the account from which makers are paid.
pub const NO_PAYING_ACCOUNT: Reason = Reason::new("payout_no_paying_account", 409);

/// A bank file ready to be handed out.
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes the file of an approved batch and notes that it is handed out.
pub async fn export(ask: &Ask, batch: BatchId) -> Outcome<Exported> {
    let file = write(&mut ask.read().await?, &ask.city.keys, batch).await?;
    let digest = Sha256::digest(&file.bytes).to_vec();
    ask.write(ExportPayouts { batch, digest }).await?;
    Ok(file)
}

/// Writes the file of an approved batch.
pub async fn write(conn: &mut db::Conn, keys: &Keys, id: BatchId) -> Outcome<Exported> {
    let batch = queries::batch(conn, id).await?;
    let refuse = |reason: &'static Reason| reason.refuse().map_err(Failure::from);
    let is_open = !matches!(batch.state, BatchState::Drafted | BatchState::Withdrawn);
    let Some(made_at) = batch
        .approved_at
        .filter(|_| is_open && batch.method == Method::Bank)
    else {
        return refuse(&WRONG_STATE);
    };
    let Some(debtor) = paying_account(conn, made_at).await? else {
        return refuse(&NO_PAYING_ACCOUNT);
    };
    let mut orders = Vec::new();
    for payout in queries::of_batch(conn, id).await? {
        let sheba = contacts::payees::sheba(conn, keys, payout.payee_id).await?;
        orders.push(Order {
            reference: payout.reference,
            amount: payout.amount,
            name: payout.payee_name,
            sheba: sheba.ok_or_else(|| Failure::Internal("a bank payee without account".into()))?,
        });
    }
    let file = BankFile {
        number: batch.number.clone(),
        made_at,
        pay_on: batch.pay_on,
        debtor,
        orders,
    };
    let bytes = batch
        .profile
        .write(&file)
        .map_err(|fault| Failure::Internal(fault.to_string()))?;
    let (name, kind) = batch.profile.file_name(&batch.number);
    Ok(Exported { name, kind, bytes })
}
