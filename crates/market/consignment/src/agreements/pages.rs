//! Agreements for a shop's manager.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use makers::WorkMode;
use organizations::OrganizationId;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome, Read};

use super::queries::{self, PAGE};
use super::{
    Acceptance, Agreement, AgreementId, EndAgreement, Payer, SignAgreement, SupersedeAgreement,
    percent, views,
};
use crate::{AGREEMENT_SIGN, STOCK_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/agreements", Need::May(&STOCK_READ), list)
        .post("/agreements", Need::May(&AGREEMENT_SIGN), sign)
        .get("/agreements/new", Need::May(&AGREEMENT_SIGN), new)
        .get("/agreements/{id}", Need::May(&STOCK_READ), show)
        .get(
            "/agreements/{id}/version",
            Need::May(&AGREEMENT_SIGN),
            new_version,
        )
        .post(
            "/agreements/{id}/version",
            Need::May(&AGREEMENT_SIGN),
            supersede,
        )
        .post("/agreements/{id}/end", Need::May(&AGREEMENT_SIGN), end)
}

#[derive(Deserialize)]
struct Cursor {
    cursor: Option<AgreementId>,
}

async fn list(ask: Ask, Query(at): Query<Cursor>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut agreements = queries::list(&mut conn, &ask.viewer, at.cursor, PAGE + 1).await?;
    let next = (agreements.len() as i64 > PAGE).then(|| {
        agreements.truncate(PAGE as usize);
        agreements
            .last()
            .map(|last| format!("/agreements?cursor={}", last.id))
            .unwrap_or_default()
    });
    let mut rows = Vec::with_capacity(agreements.len());
    for agreement in agreements {
        let maker = contacts::get(&mut conn, agreement.contact_id).await?;
        rows.push((agreement, maker.name_for(&ask.viewer)));
    }
    drop(conn);
    ask.seen(
        "agreement",
        None,
        rows.iter()
            .map(|(agreement, _)| agreement.id.get())
            .collect(),
    )
    .await?;
    let may_sign = AGREEMENT_SIGN.is_held_by(&ask.viewer);
    let title = ask.page.t(&WORDS, "agreements-title");
    ask.html(
        &title,
        views::list(&ask.page, &rows, next.as_deref(), may_sign),
    )
}

/// An agreement of one of the viewer's bodies.
pub(crate) async fn seen(conn: &mut Conn, ask: &Ask, id: AgreementId) -> Outcome<Agreement> {
    let agreement = queries::get(conn, id).await?;
    match ask
        .viewer
        .bodies_as(STOCK_READ.roles)
        .contains(&agreement.organization_id.get())
    {
        true => Ok(agreement),
        false => Err(Failure::NotFound),
    }
}

async fn show(ask: Ask, Path(id): Path<AgreementId>) -> Outcome {
    let agreement = seen(&mut ask.read().await?, &ask, id).await?;
    page(&ask, &agreement, &Form::default(), &FormErrors::default()).await
}

async fn page(ask: &Ask, agreement: &Agreement, form: &Form, errors: &FormErrors) -> Outcome {
    let mut conn = ask.read().await?;
    let maker = contacts::get(&mut conn, agreement.contact_id).await?;
    let shown = views::Shown {
        maker_name: maker.name_for(&ask.viewer),
        maker,
        operator: organizations::get(&mut conn, agreement.organization_id).await?,
        versions: queries::versions(&mut conn, agreement.contact_id, agreement.organization_id)
            .await?,
    };
    drop(conn);
    ask.seen(
        "agreement",
        Some(agreement.id.get()),
        vec![agreement.contact_id.get()],
    )
    .await?;
    let may_sign = AGREEMENT_SIGN.is_held_by(&ask.viewer);
    let view = views::show(&ask.page, agreement, &shown, may_sign, form, errors);
    match errors.is_empty() {
        true => ask.html(&ask.page.t(&WORDS, "agreement-title"), view),
        false => ask.again(&ask.page.t(&WORDS, "agreement-title"), view),
    }
}

#[derive(Deserialize)]
struct ForMaker {
    #[serde(default)]
    maker: String,
}

async fn new(ask: Ask, Query(for_maker): Query<ForMaker>) -> Outcome {
    let start = [
        ("maker", for_maker.maker),
        ("loss_payer", "shop".to_owned()),
        ("work_mode", "independent".to_owned()),
    ];
    let form = Form::prefilled(start);
    let bodies = bodies(&ask).await?;
    ask.html(
        &ask.page.t(&WORDS, "agreement-new-title"),
        views::form(&ask.page, None, &bodies, &form, &FormErrors::default()),
    )
}

/// The bodies for which the viewer may sign.
async fn bodies(ask: &Ask) -> Outcome<Vec<organizations::Organization>> {
    let mut conn = ask.read().await?;
    let mut bodies = Vec::new();
    for id in ask.viewer.bodies_as(AGREEMENT_SIGN.roles) {
        bodies.push(organizations::get(&mut conn, OrganizationId::new(id)).await?);
    }
    Ok(bodies)
}

/// What both forms ask.
struct Terms {
    work_mode: WorkMode,
    commission_bp: i64,
    loss_payer: Payer,
    starts_on: persian::Date,
    ends_on: persian::Date,
    accepted_by: Acceptance,
}

/// The share in basis points; `wrong` says what it should be.
fn commission(read: &mut Read<'_>, wrong: String) -> Option<i64> {
    let typed = read.text("commission", 12)?;
    match percent::read(&typed) {
        Some(points) => Some(points),
        None => read.wrong("commission", wrong),
    }
}

fn terms(read: &mut Read<'_>, wrong: String) -> Option<Terms> {
    let work_mode = read.choice("work_mode");
    let commission = commission(read, wrong);
    let loss_payer = read.choice("loss_payer");
    let (starts_on, ends_on) = (read.date("starts_on"), read.date("ends_on"));
    let accepted_by = read.choice("accepted_by");
    Some(Terms {
        work_mode: work_mode?,
        commission_bp: commission?,
        loss_payer: loss_payer?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        accepted_by: accepted_by?,
    })
}

impl Terms {
    fn signed(
        self,
        ask: &Ask,
        form: &Form,
        maker: contacts::ContactId,
        operator: OrganizationId,
    ) -> Outcome<SignAgreement> {
        Ok(SignAgreement {
            id: AgreementId::new(form.key()?),
            contact_id: maker,
            organization_id: operator,
            work_mode: self.work_mode,
            commission_bp: self.commission_bp,
            loss_payer: self.loss_payer,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            accepted_by: self.accepted_by,
            accepted_on: ask.now().date(),
        })
    }
}

async fn sign(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let handle = read.text("maker", 20);
    let operator = read.choice::<OrganizationId>("organization_id");
    let terms = terms(&mut read, ask.page.t(&WORDS, "agreement-commission-wrong"));
    let bodies = bodies(&ask).await?;
    let operator = match operator {
        Some(id) if bodies.iter().any(|body| body.id == id) => Some(id),
        // Another body's id is no choice here.
        Some(_) => read.wrong(
            "organization_id",
            ask.page.t(&WORDS, "agreement-operator-unknown"),
        ),
        None => None,
    };
    let maker = match &handle {
        Some(handle) => contacts::by_handle(&mut ask.read().await?, handle).await?,
        None => None,
    };
    if handle.is_some() && maker.is_none() {
        read.wrong::<()>("maker", ask.page.t(&WORDS, "maker-unknown"));
    }
    let mut errors = read.errors;
    if let (Some(maker), Some(operator), Some(terms)) = (maker, operator, terms) {
        let command = terms.signed(&ask, &form, maker.id, operator)?;
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(
                format!("/agreements/{id}"),
                &ask.page.t(&WORDS, "agreement-signed"),
            );
        }
    }
    ask.again(
        &ask.page.t(&WORDS, "agreement-new-title"),
        views::form(&ask.page, None, &bodies, &form, &errors),
    )
}

/// An agreement that the viewer may supersede or end.
async fn own(ask: &Ask, id: AgreementId) -> Outcome<Agreement> {
    let agreement = seen(&mut ask.read().await?, ask, id).await?;
    match ask
        .viewer
        .bodies_as(AGREEMENT_SIGN.roles)
        .contains(&agreement.organization_id.get())
    {
        true => Ok(agreement),
        false => Err(Failure::NotFound),
    }
}

async fn new_version(ask: Ask, Path(id): Path<AgreementId>) -> Outcome {
    let agreement = own(&ask, id).await?;
    let form = Form::prefilled([
        ("work_mode", agreement.work_mode.to_string()),
        ("commission", percent::typed(agreement.commission_bp)),
        ("loss_payer", agreement.loss_payer.to_string()),
    ]);
    let view = views::form(
        &ask.page,
        Some(&agreement),
        &[],
        &form,
        &FormErrors::default(),
    );
    ask.html(&ask.page.t(&WORDS, "agreement-version-title"), view)
}

async fn supersede(ask: Ask, Path(id): Path<AgreementId>, form: Form) -> Outcome {
    let agreement = own(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let terms = terms(&mut read, ask.page.t(&WORDS, "agreement-commission-wrong"));
    let mut errors = read.errors;
    if let Some(terms) = terms {
        let next = terms.signed(&ask, &form, agreement.contact_id, agreement.organization_id)?;
        let command = SupersedeAgreement {
            previous_id: agreement.id,
            next,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(
                format!("/agreements/{id}"),
                &ask.page.t(&WORDS, "agreement-signed"),
            );
        }
    }
    let view = views::form(&ask.page, Some(&agreement), &[], &form, &errors);
    ask.again(&ask.page.t(&WORDS, "agreement-version-title"), view)
}

async fn end(ask: Ask, Path(id): Path<AgreementId>, form: Form) -> Outcome {
    let agreement = own(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let last_on = read.date("last_on");
    let mut errors = read.errors;
    if let Some(last_on) = last_on {
        let command = EndAgreement {
            id: agreement.id,
            last_on,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(
                format!("/agreements/{id}"),
                &ask.page.t(&WORDS, "agreement-ended"),
            );
        }
    }
    page(&ask, &agreement, &form, &errors).await
}
