//! The secretariat's board: what needs its decision or is late, without a fact about a person.

mod views;

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use web::{Failure, Form, FormErrors, Outcome};

use crate::WORDS;
use crate::legs::pages::{Chosen, Done, do_act, sent_word};
use crate::legs::shown::{self, Shown};
use crate::legs::states::{Action, Actor, State};
use crate::legs::views::{self as leg_views, About, Acts, Side};
use crate::legs::{By, COORDINATE, Leg, LegId, SendLeg, queries};

pub(crate) fn routes() -> Routes {
    let need = Need::May(&COORDINATE);
    Routes::new()
        .get("/board", need, index)
        .get("/board/{id}", need, show)
        .post("/board/{id}/send", need, send)
        .post("/board/{id}/act", need, act)
}

/// Rows of each part of the board.
const MOST: i64 = 100;

/// What stands on the board, each part with the longest waiting first.
struct Board {
    refusals: Vec<Shown>,
    releases: Vec<Shown>,
    late: Vec<Shown>,
}

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let refusals = queries::running(&mut conn, State::Declined, MOST).await?;
    let releases = queries::running(&mut conn, State::AwaitingRelease, MOST).await?;
    let late = queries::late(&mut conn, today, MOST).await?;
    let lang = ask.lang();
    let board = Board {
        refusals: shown::show(&mut conn, lang, refusals).await?,
        releases: shown::show(&mut conn, lang, releases).await?,
        late: shown::show(&mut conn, lang, late).await?,
    };
    ask.html(
        &ask.page.t(&WORDS, "board-title"),
        views::index(&ask.page, &board),
    )
}

/// A leg of any body, when the secretariat has a part in it; drafts are their worker's business.
pub(crate) async fn any_leg(conn: &mut Conn, id: LegId) -> Outcome<Leg> {
    let leg = queries::get(conn, id).await?;
    match leg.state {
        State::Draft => Err(Failure::NotFound),
        _ => Ok(leg),
    }
}

async fn show(ask: Ask, Path(id): Path<LegId>, Query(chosen): Query<Chosen>) -> Outcome {
    let (form, errors) = (Form::default(), FormErrors::default());
    let body = page(&ask, id, chosen.act, &form, &errors).await?;
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
    let leg = any_leg(&mut conn, id).await?;
    let mut history = shown::history(&mut conn, &ask.city.keys, &leg).await?;
    // What bodies write to each other may tell of the person.
    for told in &mut history {
        told.note = None;
    }
    let shown = shown::show_one(&mut conn, ask.lang(), leg).await?;
    let side = Side {
        base: format!("/board/{id}"),
        actor: Actor::Secretariat,
        is_sender: false,
    };
    let acts = Acts {
        chosen: act,
        form,
        errors,
        codes: &[],
        others: &[],
        gives_licence: false,
    };
    let about = About {
        person: None,
        case: None,
        parcel: None,
    };
    Ok(leg_views::leg(
        &ask.page, &shown, &about, &history, &side, &acts,
    ))
}

async fn send(ask: Ask, Path(id): Path<LegId>, form: Form) -> Outcome {
    let leg = any_leg(&mut ask.read().await?, id).await?;
    let mut errors = FormErrors::default();
    let by = By::desk(Actor::Secretariat);
    let sent = match SendLeg::of_draft(&ask.city, &leg, by, "").await {
        Ok(command) => ask.post(&form, command).await,
        Err(error) => Err(error.into()),
    };
    match ask.refused(sent, &mut errors)? {
        Some(_) => {
            let word = sent_word(&ask, id).await?;
            ask.see_with(format!("/board/{id}"), &ask.page.t(&WORDS, word))
        }
        None => {
            let body = page(&ask, id, None, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "leg-title"), body)
        }
    }
}

async fn act(ask: Ask, Path(id): Path<LegId>, form: Form) -> Outcome {
    let leg = any_leg(&mut ask.read().await?, id).await?;
    match do_act(&ask, &leg, Actor::Secretariat, &form).await? {
        Done::Moved => ask.see_with(
            format!("/board/{id}"),
            &ask.page.t(&WORDS, "leg-saved-flash"),
        ),
        Done::Again(action, errors) => {
            let body = page(&ask, id, action, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "leg-title"), body)
        }
    }
}
