//! Needs on screen: the list, one of them with its offers and pilots, and the form.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use organizations::{HelpKind, OrganizationId};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{Filter, Need, NeedId, NeedState, PAGE, RaiseNeed, WithdrawNeed, views};
use crate::shown::{bodies, cut};
use crate::{NEED_RAISE, NEED_READ, OFFER_MAKE, WORDS, approaches, fits, offers, pilots, products};

pub(crate) fn routes() -> Routes {
    let raise = Asks::May(&NEED_RAISE);
    Routes::new()
        .get("/needs", Asks::May(&NEED_READ), list)
        .post("/needs", raise, create)
        .get("/needs/new", raise, new)
        .get("/needs/{id}", Asks::May(&NEED_READ), show)
        .post("/needs/{id}/withdraw", raise, withdraw)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Wanted {
    pub state: Option<NeedState>,
    pub cursor: Option<NeedId>,
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut conn = ask.read().await?;
    let mut needs = super::list(&mut conn, &ask.viewer, &filter, PAGE + 1).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    drop(conn);
    let next = cut(&mut needs, PAGE, |need| need.id.get());
    let may_raise = NEED_RAISE.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "needs-title"),
        views::list(&ask.page, &needs, &names, &filter, next, may_raise),
    )
}

/// May the viewer withdraw this need? Its own body may.
pub(super) fn may_withdraw(ask: &Ask, need: &Need) -> bool {
    ask.viewer
        .bodies_as(NEED_RAISE.roles)
        .contains(&need.organization_id.get())
}

async fn show(ask: Ask, Path(id): Path<NeedId>) -> Outcome {
    let view = page(&ask, id, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "need-title"), view)
}

/// A need's page, also with an act that was refused.
pub(crate) async fn page(ask: &Ask, id: NeedId, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let need = super::get_for(&mut conn, &ask.viewer, id).await?;
    let offers = offers::list_for(&mut conn, &ask.viewer, id).await?;
    let pilots = pilots::list_of(&mut conn, &ask.viewer, id).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    let product = match need.product_id {
        Some(product) => products::find(&mut conn, product).await?,
        None => None,
    };
    let is_own = may_withdraw(ask, &need);
    let (mut fits, mut put) = (Vec::new(), Vec::new());
    if is_own {
        put = approaches::list_of_need(&mut conn, id).await?;
        if need.state == NeedState::Open {
            fits = fits::supporters_for(&mut conn, &need, ask.now().date()).await?;
        }
    }
    drop(conn);
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    Ok(views::show(
        &ask.page,
        &views::Shown {
            need: &need,
            offers: &offers,
            pilots: &pilots,
            names: &names,
            product: product.as_ref(),
            mine: &mine,
            may_withdraw: is_own,
            fits: &fits,
            put: &put,
            may_run: crate::may_run(&ask.viewer, &need),
            errors,
        },
    ))
}

/// Back to the need, with what was refused.
pub(crate) async fn settle(ask: &Ask, need: NeedId, outcome: Outcome<()>, done: &str) -> Outcome {
    let mut errors = FormErrors::default();
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see_with(format!("/needs/{need}"), &ask.page.t(&WORDS, done)),
        None => {
            let view = page(ask, need, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "need-title"), view)
        }
    }
}

/// The viewer's bodies that may raise needs, with their names.
async fn form_view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let names = bodies(&mut ask.read().await?, ask.lang()).await?;
    let own = ask.viewer.bodies_as(NEED_RAISE.roles);
    let own: Vec<_> = own
        .iter()
        .filter_map(|id| Some((id.to_string(), names.get(id)?.clone())))
        .collect();
    Ok(views::form(&ask.page, &own, form, errors))
}

async fn new(ask: Ask) -> Outcome {
    let view = form_view(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "need-new-title"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let own = ask.viewer.bodies_as(NEED_RAISE.roles);
    let mut read = form.read(&ask.page);
    let title = read.text("title", 120);
    let description = read.note("description", 2000);
    if description.as_deref() == Some("") {
        read.wrong::<()>("description", ask.page.t(&WORDS, "description-missing"));
    }
    let craft = read.optional_text("craft", 80);
    let code = read.optional_text("product_code", 40);
    let help = read.optional_choice::<HelpKind>("help");
    let region = match read.is_empty("region") {
        true => Some(None),
        false => read.number("region", 1, 99).map(Some),
    };
    let product = match code.as_deref() {
        None | Some("") => Some(None),
        Some(code) => match products::by_code(&mut ask.read().await?, code).await? {
            Some(product) => Some(Some(product)),
            None => read.wrong("product_code", ask.page.t(&WORDS, "product-unknown")),
        },
    };
    if craft.as_deref() == Some("") && code.as_deref() == Some("") {
        read.wrong::<()>("craft", ask.page.t(&WORDS, "subject-missing"));
    }
    // With one body there is nothing to choose.
    let body = match own.as_slice() {
        [one] => Some(*one),
        _ => read.choice::<Uuid>("body"),
    };
    let mut errors = read.errors;
    if let Some(body) = body
        && !own.contains(&body)
    {
        return Err(Failure::NotFound);
    }
    if let (
        true,
        Some(title),
        Some(description),
        Some(craft),
        Some(product_id),
        Some(body),
        Some(help),
        Some(region),
    ) = (
        errors.is_empty(),
        title,
        description,
        craft,
        product,
        body,
        help,
        region,
    ) {
        let command = RaiseNeed {
            id: NeedId::new(form.key()?),
            organization_id: OrganizationId::new(body),
            title,
            description,
            product_id,
            craft,
            help,
            region,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.t(&WORDS, "need-raised");
            return ask.see_with(format!("/needs/{id}"), &done);
        }
    }
    let view = form_view(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "need-new-title"), view)
}

async fn withdraw(ask: Ask, Path(id): Path<NeedId>, form: Form) -> Outcome {
    let need = super::get(&mut ask.read().await?, id).await?;
    if !may_withdraw(&ask, &need) {
        return Err(Failure::NotFound);
    }
    let outcome = ask.post(&form, WithdrawNeed { id }).await;
    settle(&ask, id, outcome, "need-withdrawn").await
}
