//! Payees on screen: proposed on the contact's page, decided in a list.

use access::grants::Category;
use access::{Ask, Need, Routes, Viewer};
use axum::extract::{Path, Query};
use db::{Conn, Keys};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    ApprovePayee, DECIDE, NameCheck, PROPOSE, Payee, PayeeId, Reasons, RefusePayee, forms, views,
};
use crate::contacts::pages::seen;
use crate::{Contact, ContactId, WORDS};

/// Rows of one page.
const PAGE: usize = 50;
/// Longest reason for approving an account in another name, in letters.
pub(super) const REASON: usize = 300;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/contacts/{id}/payee", Need::May(&PROPOSE), show)
        .post("/contacts/{id}/payee", Need::May(&PROPOSE), propose)
        .get("/payees", Need::May(&DECIDE), list)
        .get("/payees/{id}", Need::May(&DECIDE), decide)
        .post("/payees/{id}/approval", Need::Proved(&DECIDE), approve)
        .post("/payees/{id}/refusal", Need::May(&DECIDE), refuse)
}

/// The body in whose name this viewer proposes.
pub(super) fn proposing_body(viewer: &Viewer) -> Outcome<Uuid> {
    viewer
        .bodies_as(PROPOSE.roles)
        .first()
        .copied()
        .ok_or(Failure::Forbidden)
}

/// Payees with what was written about them.
fn with_reasons(keys: &Keys, payees: Vec<Payee>) -> db::Result<Vec<(Payee, Reasons)>> {
    let with = |payee: Payee| payee.reasons(keys).map(|reasons| (payee, reasons));
    payees.into_iter().map(with).collect()
}

/// A payee that one of the viewer's bodies proposed, with its contact; else it is not there.
pub(super) async fn found(ask: &Ask, id: PayeeId) -> Outcome<(Payee, Contact)> {
    let mut conn = ask.read().await?;
    let payee = super::get(&mut conn, id).await?;
    if !ask
        .viewer
        .bodies_as(DECIDE.roles)
        .contains(&payee.organization_id)
    {
        return Err(Failure::NotFound);
    }
    let contact = crate::get(&mut conn, payee.contact_id).await?;
    Ok((payee, contact))
}

async fn show(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = seen(&ask, &mut conn, id, Category::Personal).await?;
    let history = with_reasons(&ask.city.keys, super::history(&mut conn, id).await?)?;
    let companion = companion(&mut conn, &contact).await?;
    drop(conn);
    ask.seen(
        "contact",
        Some(id.get()),
        history.iter().map(|(payee, _)| payee.id.get()).collect(),
    )
    .await?;
    // A guardian's account is in his name.
    let holder = companion.as_ref().map(|one| one.shown_name.clone());
    let form = Form::prefilled([
        ("kind", "own_account".to_owned()),
        ("holder_name", holder.unwrap_or_default()),
    ]);
    let errors = FormErrors::default();
    let companion = companion.as_ref();
    let view = views::contact(&ask.page, &contact, companion, &history, &form, &errors);
    ask.html(&ask.page.t(&WORDS, "payee-title"), view)
}

async fn propose(ask: Ask, Path(id): Path<ContactId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = seen(&ask, &mut conn, id, Category::Personal).await?;
    let history = with_reasons(&ask.city.keys, super::history(&mut conn, id).await?)?;
    let companion = companion(&mut conn, &contact).await?;
    drop(conn);
    let body = proposing_body(&ask.viewer)?;
    let mut errors = FormErrors::default();
    match forms::proposal(&ask, &form, &contact, body, PayeeId::new(form.key()?)) {
        Ok(command) => {
            let posted = ask.post(&form, command).await;
            if ask.refused(posted, &mut errors)?.is_some() {
                let told = ask.page.t(&WORDS, "payee-proposed");
                return ask.see_with(format!("/contacts/{id}/payee"), &told);
            }
        }
        Err(faults) => errors = faults,
    }
    let companion = companion.as_ref();
    let view = views::contact(&ask.page, &contact, companion, &history, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "payee-title"), view)
}

#[derive(Deserialize)]
struct After {
    after: Option<PayeeId>,
}

async fn list(ask: Ask, Query(query): Query<After>) -> Outcome {
    let mut conn = ask.read().await?;
    let bodies = ask.viewer.bodies_as(DECIDE.roles);
    let mut pending = super::list_pending(&mut conn, &bodies, query.after, PAGE as i64 + 1).await?;
    let has_more = pending.len() > PAGE;
    pending.truncate(PAGE);
    let mut rows = Vec::with_capacity(pending.len());
    for payee in pending {
        let contact = crate::get(&mut conn, payee.contact_id).await?;
        rows.push((payee, contact));
    }
    drop(conn);
    ask.seen(
        "payee",
        None,
        rows.iter().map(|(payee, _)| payee.id.get()).collect(),
    )
    .await?;
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|(last, _)| format!("/payees?after={}", last.id));
    ask.html(
        &ask.page.t(&WORDS, "payees-title"),
        views::list(&ask.page, &rows, next.as_deref()),
    )
}

async fn decide(ask: Ask, Path(id): Path<PayeeId>) -> Outcome {
    let (payee, contact) = found(&ask, id).await?;
    ask.seen("payee", Some(id.get()), Vec::new()).await?;
    let reasons = payee.reasons(&ask.city.keys)?;
    let (form, errors) = (Form::default(), FormErrors::default());
    let view = decision(&ask, (&payee, &reasons), &contact, &form, &errors).await?;
    ask.html(&ask.page.t(&WORDS, "payee-decide-title"), view)
}

async fn decision(
    ask: &Ask,
    payee: (&Payee, &Reasons),
    contact: &Contact,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let companion = companion(&mut ask.read().await?, contact).await?;
    let companion = companion.as_ref();
    Ok(views::decide(
        &ask.page, payee, contact, companion, form, errors,
    ))
}

/// Her guardian or companion, to whose account her money may go.
async fn companion(conn: &mut Conn, contact: &Contact) -> Outcome<Option<Contact>> {
    match contact.companion_id {
        Some(id) => Ok(Some(crate::get(conn, id).await?)),
        None => Ok(None),
    }
}

async fn approve(ask: Ask, Path(id): Path<PayeeId>, form: Form) -> Outcome {
    let (payee, contact) = found(&ask, id).await?;
    let reasons = payee.reasons(&ask.city.keys)?;
    let mut read = form.read(&ask.page);
    let name_check: Option<NameCheck> = read.choice("name_check");
    let reason = read.optional_text("check_reason", REASON);
    let mut errors = read.errors;
    if let (Some(name_check), Some(reason)) = (name_check, reason) {
        let command = ApprovePayee {
            id,
            name_check,
            reason: ApprovePayee::seal(&ask.city.keys, id, &reason),
        };
        let posted = ask.post(&form, command).await;
        if ask.refused(posted, &mut errors)?.is_some() {
            return ask.see_with("/payees", &ask.page.t(&WORDS, "payee-approved"));
        }
    }
    let view = decision(&ask, (&payee, &reasons), &contact, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "payee-decide-title"), view)
}

async fn refuse(ask: Ask, Path(id): Path<PayeeId>, form: Form) -> Outcome {
    let (payee, contact) = found(&ask, id).await?;
    let reasons = payee.reasons(&ask.city.keys)?;
    let mut errors = FormErrors::default();
    let posted = ask.post(&form, RefusePayee { id }).await;
    if ask.refused(posted, &mut errors)?.is_some() {
        return ask.see_with("/payees", &ask.page.t(&WORDS, "payee-refused"));
    }
    let view = decision(&ask, (&payee, &reasons), &contact, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "payee-decide-title"), view)
}
