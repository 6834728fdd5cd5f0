//! Offers on screen: a company's form, and the answers.

use access::{Ask, Need as Asks, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use organizations::OrganizationId;
use uuid::Uuid;
use web::parts::{self, Kind};
use web::{Failure, Form, FormErrors, Outcome};

use super::{AcceptOffer, DeclineOffer, MakeOffer, Offer, OfferId, WithdrawOffer};
use crate::needs::{self, Need, NeedId, NeedState, pages::settle};
use crate::shown::{Fields, bodies};
use crate::{OFFER_MAKE, PILOT_RUN, WORDS};

pub(crate) fn routes() -> Routes {
    let (make, run) = (Asks::May(&OFFER_MAKE), Asks::May(&PILOT_RUN));
    Routes::new()
        .get("/needs/{id}/offers/new", make, new)
        .post("/needs/{id}/offers", make, create)
        .post("/offers/{id}/withdraw", make, withdraw)
        .post("/offers/{id}/accept", run, accept)
        .post("/offers/{id}/decline", run, decline)
}

/// The offer, when it is of one of the viewer's companies.
pub(super) async fn own(ask: &Ask, id: OfferId) -> Outcome<Offer> {
    let offer = super::get(&mut ask.read().await?, id).await?;
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    match mine.contains(&offer.organization_id.get()) {
        true => Ok(offer),
        false => Err(Failure::NotFound),
    }
}

async fn need_of(ask: &Ask, id: NeedId) -> Outcome<Need> {
    Ok(needs::get_for(&mut ask.read().await?, &ask.viewer, id).await?)
}

async fn form_view(ask: &Ask, need: &Need, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let names = bodies(&mut ask.read().await?, ask.lang()).await?;
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    let mine: Vec<_> = mine
        .iter()
        .filter_map(|id| Some((id.to_string(), names.get(id)?.clone())))
        .collect();
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    Ok(html! {
        (parts::back_link(&format!("/needs/{}", need.id), &need.title))
        h1 { (t("offer-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/needs/{}/offers", need.id), html! {
            @if mine.len() > 1 { (fields.select("body", mine)) }
            (fields.hinted("what", Kind::Area, true, "what-hint"))
            (fields.money("cost"))
            (fields.money("reward"))
            (fields.text("days", Kind::Numeric, true))
            (parts::primary_button(&t("offer-send")))
        }))
    })
}

async fn new(ask: Ask, Path(id): Path<NeedId>) -> Outcome {
    let need = need_of(&ask, id).await?;
    let start = Form::prefilled([("reward", "0".to_owned())]);
    let view = form_view(&ask, &need, &start, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "offer-new-title"), view)
}

async fn create(ask: Ask, Path(id): Path<NeedId>, form: Form) -> Outcome {
    let need = need_of(&ask, id).await?;
    let mine = ask.viewer.bodies_as(OFFER_MAKE.roles);
    let mut read = form.read(&ask.page);
    let what = read.note("what", 2000);
    if what.as_deref() == Some("") {
        read.wrong::<()>("what", ask.page.t(&WORDS, "description-missing"));
    }
    let cost = read.toman_or_zero("cost");
    let reward = read.toman_or_zero("reward");
    let days = read.number("days", 1, 730);
    let body = match mine.as_slice() {
        [one] => Some(*one),
        _ => read.choice::<Uuid>("body"),
    };
    let mut errors = read.errors;
    if let Some(body) = body
        && !mine.contains(&body)
    {
        return Err(Failure::NotFound);
    }
    if let (true, Some(what), Some(cost), Some(reward), Some(days), Some(body)) =
        (errors.is_empty(), what, cost, reward, days, body)
    {
        let command = MakeOffer {
            id: OfferId::new(form.key()?),
            need: id,
            organization: OrganizationId::new(body),
            description: what,
            cost,
            reward,
            days,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "offer-made");
            return ask.see_with(format!("/needs/{id}"), &done);
        }
    }
    let view = form_view(&ask, &need, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "offer-new-title"), view)
}

async fn withdraw(ask: Ask, Path(id): Path<OfferId>, form: Form) -> Outcome {
    let offer = own(&ask, id).await?;
    let outcome = ask.post(&form, WithdrawOffer { id }).await;
    // A company sees a need that is no longer open by its offer, also by one taken back.
    settle(&ask, offer.need_id, outcome, "offer-withdrawn").await
}

/// The offer, when the viewer may answer for its need: a body raised it, and its people answer.
pub(crate) async fn answerable(ask: &Ask, id: OfferId) -> Outcome<Offer> {
    let mut conn = ask.read().await?;
    let offer = super::get_for(&mut conn, &ask.viewer, id).await?;
    let need = needs::get_for(&mut conn, &ask.viewer, offer.need_id).await?;
    match crate::may_run(&ask.viewer, &need) {
        true => Ok(offer),
        false => Err(Failure::NotFound),
    }
}

async fn accept(ask: Ask, Path(id): Path<OfferId>, form: Form) -> Outcome {
    let offer = answerable(&ask, id).await?;
    let outcome = ask.post(&form, AcceptOffer { id }).await;
    settle(&ask, offer.need_id, outcome, "offer-accepted").await
}

async fn decline(ask: Ask, Path(id): Path<OfferId>, form: Form) -> Outcome {
    let offer = answerable(&ask, id).await?;
    let need = needs::get(&mut ask.read().await?, offer.need_id).await?;
    let outcome = match need.state {
        NeedState::Withdrawn => needs::NEED_STATE.refuse().map_err(Failure::from),
        _ => ask.post(&form, DeclineOffer { id }).await,
    };
    settle(&ask, offer.need_id, outcome, "offer-declined").await
}
