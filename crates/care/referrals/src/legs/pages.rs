//! The sender's pages: a case's legs, one leg, what is late.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use casework::{Case, CaseId};
use db::Conn;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::states::{Action, Actor};
use super::{
    By, Leg, LegId, MoveLeg, OVERSEE, SEND, SendLeg, forms, list_views, new_pages, queries, shown,
    views,
};
use crate::{WORDS, chains, letters, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/legs", Need::May(&SEND), list)
        .get("/legs/overdue", Need::May(&OVERSEE), overdue)
        .get("/legs/{id}", Need::May(&SEND), show)
        .get("/legs/{id}/letter", Need::May(&SEND), letters::print)
        .post("/legs/{id}/send", Need::May(&SEND), send)
        .post("/legs/{id}/act", Need::May(&SEND), act)
        .merge(new_pages::routes())
}

/// The case, when this viewer may see its person and carries it for its body.
pub(super) async fn case_of(ask: &Ask, conn: &mut Conn, id: CaseId) -> Outcome<Case> {
    let case = casework::get(conn, &ask.viewer, ask.now(), id).await?;
    let bodies = ask.viewer.bodies_as(SEND.roles);
    if bodies.contains(&case.organization_id.get()) {
        Ok(case)
    } else {
        Err(Failure::NotFound)
    }
}

/// The leg and the viewer's part, when the viewer's body sent it and the case is theirs to see.
pub(crate) async fn sent_leg(ask: &Ask, conn: &mut Conn, id: LegId) -> Outcome<(Leg, Case, Actor)> {
    let leg = queries::get(conn, id).await?;
    let actor = leg.sender_actor(&ask.viewer).ok_or(Failure::NotFound)?;
    let case = casework::get(conn, &ask.viewer, ask.now(), leg.case_id).await?;
    Ok((leg, case, actor))
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let case = case_of(&ask, &mut conn, id).await?;
    let name = people::name(&mut conn, case.person_id).await?;
    let legs = queries::list_for_case(&mut conn, id).await?;
    let shown = shown::show(&mut conn, ask.lang(), legs).await?;
    let templates = chains::list(&mut conn, ask.now().date()).await?;
    let consents = access::consents::list(&mut conn, case.person_id.get()).await?;
    let used = |id: Uuid| {
        shown
            .iter()
            .any(|shown| shown.leg.consent_id == Some(id) && shown.leg.state.is_waiting())
    };
    let today = ask.now().date();
    let consents: Vec<_> = consents
        .into_iter()
        .filter(|consent| consent.holds_on(today) && used(consent.id))
        .collect();
    ask.seen("case", Some(id.get()), vec![case.person_id.get()])
        .await?;
    let title = ask.page.t(&WORDS, "legs-title");
    ask.html(
        &title,
        list_views::case_list(&ask.page, &case, &name, &shown, &templates, &consents),
    )
}

async fn overdue(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let turns = queries::overdue(&mut conn, today).await?;
    let mut names = shown::Names::default();
    let mut rows = Vec::with_capacity(turns.len());
    for turn in turns {
        let sender = names.of(&mut conn, turn.sender_id, ask.lang()).await?;
        let receiver = names
            .of(&mut conn, turn.organization_id, ask.lang())
            .await?;
        rows.push((turn, sender, receiver));
    }
    let mine = ask.viewer.bodies_as(SEND.roles);
    ask.html(
        &ask.page.t(&WORDS, "overdue-title"),
        list_views::overdue(&ask.page, &rows, &mine),
    )
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    pub act: Option<Action>,
}

async fn show(ask: Ask, Path(id): Path<LegId>, Query(chosen): Query<Chosen>) -> Outcome {
    let body = page(
        &ask,
        id,
        chosen.act,
        &Form::default(),
        &FormErrors::default(),
    )
    .await?;
    ask.html(&ask.page.t(&WORDS, "leg-title"), body)
}

async fn page(
    ask: &Ask,
    id: LegId,
    act: Option<Action>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let (leg, case, actor) = sent_leg(ask, &mut conn, id).await?;
    let person = people::name(&mut conn, case.person_id).await?;
    let history = shown::history(&mut conn, &ask.city.keys, &leg).await?;
    let parcel = match leg.state {
        state if state.is_unsent() => shown::preview(ask, &mut conn, &case, &leg).await?,
        _ => shown::parcel(ask, &mut conn, &leg).await?,
    };
    let shown = shown::show_one(&mut conn, ask.lang(), leg).await?;
    let codes = reference::decline_codes(&mut conn, ask.now().date()).await?;
    drop(conn);
    ask.seen("leg", Some(id.get()), vec![case.person_id.get()])
        .await?;
    let side = views::Side {
        base: format!("/legs/{id}"),
        actor,
        is_sender: true,
    };
    let acts = views::Acts {
        chosen: act,
        form,
        errors,
        codes: &codes,
        others: &[],
        gives_licence: false,
    };
    let about = views::About {
        person: Some(&person),
        case: Some(&case),
        parcel: parcel.as_ref(),
    };
    Ok(views::leg(
        &ask.page, &shown, &about, &history, &side, &acts,
    ))
}

async fn send(ask: Ask, Path(id): Path<LegId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let (leg, _, actor) = sent_leg(&ask, &mut conn, id).await?;
    drop(conn);
    let mut errors = FormErrors::default();
    let composed = SendLeg::of_draft(&ask.city, &leg, By::desk(actor), "").await;
    let sent = match composed {
        Ok(command) => ask.post(&form, command).await,
        Err(error) => Err(error.into()),
    };
    match ask.refused(sent, &mut errors)? {
        Some(_) => ask.see_with(
            format!("/legs/{id}"),
            &ask.page.t(&WORDS, sent_word(&ask, id).await?),
        ),
        None => {
            let body = page(&ask, id, None, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "leg-title"), body)
        }
    }
}

/// Sent, or held until the supervisor says the word.
pub(crate) async fn sent_word(ask: &Ask, id: LegId) -> Outcome<&'static str> {
    let leg = queries::get(&mut ask.read().await?, id).await?;
    Ok(match leg.state.is_unsent() {
        true => "leg-held-flash",
        false => "leg-sent-flash",
    })
}

async fn act(ask: Ask, Path(id): Path<LegId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let (leg, _, actor) = sent_leg(&ask, &mut conn, id).await?;
    drop(conn);
    let (action, errors) = match do_act(&ask, &leg, actor, &form).await? {
        Done::Moved => {
            return ask.see_with(
                format!("/legs/{id}"),
                &ask.page.t(&WORDS, "leg-saved-flash"),
            );
        }
        Done::Again(action, errors) => (action, errors),
    };
    let body = page(&ask, id, action, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "leg-title"), body)
}

/// What came of a posted act.
pub(crate) enum Done {
    /// It was done.
    Moved,
    /// Something is wrong with it.
    Again(Option<Action>, FormErrors),
}

/// Reads and does the act of a form, for either side's page.
pub(crate) async fn do_act(ask: &Ask, leg: &Leg, actor: Actor, form: &Form) -> Outcome<Done> {
    let mut read = form.read(&ask.page);
    let Some(action) = read.choice::<Action>("act") else {
        return Ok(Done::Again(None, read.errors));
    };
    let (act, mut errors) = forms::read_act(ask, form, leg, action).await?;
    if let Some((act, note)) = act {
        let command = MoveLeg {
            leg: leg.id,
            act,
            by: By::desk(actor),
            note,
        };
        if ask
            .refused(ask.post(form, command).await, &mut errors)?
            .is_some()
        {
            return Ok(Done::Moved);
        }
    }
    Ok(Done::Again(Some(action), errors))
}
