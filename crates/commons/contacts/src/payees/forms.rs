//! What the screens of payees accept.

use access::Ask;
use db::Keys;
use persian::Sheba;
use uuid::Uuid;
use web::{Form, FormErrors};

use super::{PayeeId, PayeeKind, ProposePayee, SealedSheba};
use crate::{Contact, WORDS};

/// A proposal as typed, or what is wrong with it.
pub(super) fn proposal(
    ask: &Ask,
    form: &Form,
    contact: &Contact,
    organization: Uuid,
    id: PayeeId,
) -> Result<ProposePayee, FormErrors> {
    let mut read = form.read(&ask.page);
    let kind: Option<PayeeKind> = read.choice("kind");
    let mut holder_name = Some(contact.shown_name.clone());
    let mut sheba: Option<Sheba> = None;
    if matches!(kind, Some(PayeeKind::OwnAccount | PayeeKind::Proxy)) {
        sheba = read.sheba("sheba");
    }
    if kind == Some(PayeeKind::Proxy) {
        holder_name = read.text("holder_name", 120);
    }
    let reason = read.optional_text("reason", 300);
    if kind == Some(PayeeKind::Proxy) && reason.as_deref() == Some("") {
        read.wrong::<()>("reason", ask.page.t(&WORDS, "reason-payee-reason-needed"));
    }
    match (read.is_good(), kind, holder_name, reason) {
        (true, Some(kind), Some(holder_name), Some(reason)) => Ok(ProposePayee {
            id,
            contact: contact.id,
            organization,
            kind,
            holder_name,
            sheba: sealed(&ask.city.keys, id, sheba),
            reason: ProposePayee::seal(&ask.city.keys, id, &reason),
        }),
        _ => Err(read.errors),
    }
}

fn sealed(keys: &Keys, id: PayeeId, sheba: Option<Sheba>) -> Option<SealedSheba> {
    sheba.map(|sheba| SealedSheba::new(keys, id, &sheba))
}
