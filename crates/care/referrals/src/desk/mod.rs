//! The desk: what other bodies ask of ours, and our answers.

mod views;

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use organizations::OrganizationId;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use crate::legs::pages::{Chosen, Done, do_act};
use crate::legs::states::{Action, Actor};
use crate::legs::views::{self as leg_views, About, Acts, Side};
use crate::legs::{ANSWER, Act, By, Leg, LegId, MoveLeg, Note, queries, shown};
use crate::{WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk", Need::May(&ANSWER), list)
        .get("/desk/{id}", Need::May(&ANSWER), show)
        .post("/desk/{id}/act", Need::May(&ANSWER), act)
}

/// The leg and the viewer's part, when it was sent to the viewer's body.
pub(crate) async fn received_leg(ask: &Ask, conn: &mut Conn, id: LegId) -> Outcome<(Leg, Actor)> {
    let leg = queries::get(conn, id).await?;
    let actor = leg.receiver_actor(&ask.viewer).ok_or(Failure::NotFound)?;
    Ok((leg, actor))
}

#[derive(Deserialize)]
struct Filter {
    after: Option<Uuid>,
}

const PAGE: usize = 50;

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let mut conn = ask.read().await?;
    let bodies = ask.viewer.bodies_as(ANSWER.roles);
    let mut legs = queries::desk(&mut conn, &bodies, filter.after, PAGE as i64 + 1).await?;
    let has_more = legs.len() > PAGE;
    legs.truncate(PAGE);
    let next = legs
        .last()
        .filter(|_| has_more)
        .map(|leg| format!("/desk?after={}", leg.id));
    let mut rows = Vec::new();
    let mut persons = Vec::new();
    for leg in legs {
        // A name is shown only where the parcel may be read.
        let parcel = shown::parcel_for_receiver(&ask, &mut conn, &leg).await?;
        let name = parcel
            .map(|held| held.text(crate::parcels::Field::Name))
            .unwrap_or_default();
        if !name.is_empty() {
            persons.push(leg.person_id);
        }
        rows.push((shown::show_one(&mut conn, ask.lang(), leg).await?, name));
    }
    drop(conn);
    ask.seen("desk", None, persons).await?;
    ask.html(
        &ask.page.t(&WORDS, "desk-title"),
        views::list(&ask.page, &rows, next.as_deref()),
    )
}

async fn show(ask: Ask, Path(id): Path<LegId>, Query(chosen): Query<Chosen>) -> Outcome {
    let mut conn = ask.read().await?;
    let (leg, actor) = received_leg(&ask, &mut conn, id).await?;
    drop(conn);
    if leg.actions(actor).contains(&Action::Open) {
        // Whoever opens it on the desk is signed in: this is what «seen» means.
        let note = Note::none(ask.city.db.new_id());
        ask.write(MoveLeg {
            leg: id,
            act: Act::Open,
            by: By::desk(actor),
            note,
        })
        .await?;
    }
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
    let (leg, actor) = received_leg(ask, &mut conn, id).await?;
    let parcel = shown::parcel_for_receiver(ask, &mut conn, &leg).await?;
    let history = shown::history(&mut conn, &ask.city.keys, &leg).await?;
    let codes = reference::decline_codes(&mut conn, ask.now().date()).await?;
    let gives_licence = reference::term(&mut conn, &leg.service)
        .await?
        .gives_licence;
    let others = others(ask, &mut conn, &leg, act).await?;
    let persons = parcel
        .is_some()
        .then_some(leg.person_id)
        .into_iter()
        .collect();
    let mut shown = shown::show_one(&mut conn, ask.lang(), leg).await?;
    drop(conn);
    ask.seen("leg", Some(id.get()), persons).await?;
    // Who asked what inside the sending body is not the receiver's business.
    shown.leg.is_returned = false;
    let side = Side {
        base: format!("/desk/{id}"),
        actor,
        is_sender: false,
    };
    let acts = Acts {
        chosen: act,
        form,
        errors,
        codes: &codes,
        others: &others,
        gives_licence,
    };
    let about = About {
        person: None,
        case: None,
        parcel: parcel.as_ref(),
    };
    let history = if about.parcel.is_some() {
        history
    } else {
        Vec::new()
    };
    Ok(leg_views::leg(
        &ask.page, &shown, &about, &history, &side, &acts,
    ))
}

/// Other bodies that offer the same service, for handing a leg on.
async fn others(
    ask: &Ask,
    conn: &mut Conn,
    leg: &Leg,
    act: Option<Action>,
) -> Outcome<Vec<(String, String)>> {
    if act != Some(Action::Forward) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for service in organizations::services::list_by_code(conn, &leg.service).await? {
        let is_other = ![leg.organization_id, leg.sender_id].contains(&service.organization_id);
        if is_other {
            let body: OrganizationId = service.organization_id;
            let name = organizations::get(conn, body)
                .await?
                .name(ask.lang())
                .to_owned();
            found.push((service.id.to_string(), name));
        }
    }
    Ok(found)
}

async fn act(ask: Ask, Path(id): Path<LegId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let (leg, actor) = received_leg(&ask, &mut conn, id).await?;
    drop(conn);
    match do_act(&ask, &leg, actor, &form).await? {
        Done::Moved => ask.see_with(
            format!("/desk/{id}"),
            &ask.page.t(&WORDS, "leg-saved-flash"),
        ),
        Done::Again(action, errors) => {
            let body = page(&ask, id, action, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "leg-title"), body)
        }
    }
}
