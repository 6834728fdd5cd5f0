//! Approaches on screen: what waits for our answer and for whose we wait.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::{AnswerApproach, Approach, ApproachId, PutNeed, help::Told, queries, views};
use crate::needs::{self, NeedId};
use crate::shown::{bodies, cut};
use crate::{APPROACH_ANSWER, APPROACH_READ, NEED_RAISE, WORDS};

pub(crate) fn routes() -> Routes {
    let read = Asks::May(&APPROACH_READ);
    Routes::new()
        .get("/approaches", read, list)
        .get("/approaches/{id}", read, show)
        .post(
            "/approaches/{id}/answer",
            Asks::May(&APPROACH_ANSWER),
            answer,
        )
        .post("/needs/{id}/approaches", Asks::May(&NEED_RAISE), put)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Wanted {
    /// `ended` for those that ended.
    #[serde(default)]
    pub state: String,
    pub cursor: Option<ApproachId>,
}

impl Wanted {
    /// Those that wait, unless asked otherwise.
    pub fn is_waiting(&self) -> bool {
        self.state != "ended"
    }
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let mut conn = ask.read().await?;
    // What waits is shown whole, the most overdue first; what ended in pages.
    let (mut found, mut next) = (Vec::new(), None);
    match wanted.is_waiting() {
        true => found.extend(queries::waiting(&mut conn, &ask.viewer).await?),
        false => {
            found.extend(
                queries::list(
                    &mut conn,
                    &ask.viewer,
                    false,
                    wanted.cursor,
                    queries::PAGE + 1,
                )
                .await?,
            );
            next = cut(&mut found, queries::PAGE, |one| one.id.get());
        }
    }
    let names = bodies(&mut conn, ask.lang()).await?;
    drop(conn);
    let mine = ask.viewer.bodies_as(APPROACH_ANSWER.roles);
    let shown = views::List {
        found: &found,
        names: &names,
        mine: &mine,
        is_waiting: wanted.is_waiting(),
        is_further: wanted.cursor.is_some() && !wanted.is_waiting(),
        next,
    };
    ask.html(
        &ask.page.t(&WORDS, "approaches-title"),
        views::list(&ask.page, &shown),
    )
}

/// The approach with what a visitor wrote, the latter only for the body that owes the answer.
pub(super) async fn open(ask: &Ask, id: ApproachId) -> Outcome<(Approach, Option<Told>)> {
    let mut conn = ask.read().await?;
    let approach = queries::get(&mut conn, &ask.viewer, id).await?;
    let told = match is_owner(ask, &approach) {
        true => queries::told(&mut conn, &ask.city.keys, id).await?,
        false => None,
    };
    drop(conn);
    if told.is_some() {
        ask.seen("approach", Some(id.get()), Vec::new()).await?;
    }
    Ok((approach, told))
}

pub(super) fn is_owner(ask: &Ask, approach: &Approach) -> bool {
    ask.viewer
        .bodies_as(APPROACH_ANSWER.roles)
        .contains(&approach.owner_id.get())
}

async fn page(ask: &Ask, id: ApproachId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let (approach, told) = open(ask, id).await?;
    let names = bodies(&mut ask.read().await?, ask.lang()).await?;
    let may_answer = is_owner(ask, &approach);
    Ok(views::show(
        &ask.page,
        &approach,
        told.as_ref(),
        &names,
        may_answer,
        (form, errors),
    ))
}

async fn show(ask: Ask, Path(id): Path<ApproachId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "approach-title"), view)
}

async fn answer(ask: Ask, Path(id): Path<ApproachId>, form: Form) -> Outcome {
    let (approach, _) = open(&ask, id).await?;
    if !is_owner(&ask, &approach) {
        return Err(Failure::NotFound);
    }
    let mut read = form.read(&ask.page);
    let answer = read.text("answer", 500);
    let mut errors = read.errors;
    if let Some(answer) = answer {
        let command = AnswerApproach {
            id,
            is_closed: form.raw("act") == "close",
            answer,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "approach-answered");
            return ask.see_with("/approaches", &done);
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "approach-title"), view)
}

/// The need, when its own body asks.
pub(super) async fn own_need(ask: &Ask, id: NeedId) -> Outcome<()> {
    let need = needs::get_for(&mut ask.read().await?, &ask.viewer, id).await?;
    let own = ask.viewer.bodies_as(NEED_RAISE.roles);
    match own.contains(&need.organization_id.get()) {
        true => Ok(()),
        false => Err(Failure::NotFound),
    }
}

async fn put(ask: Ask, Path(id): Path<NeedId>, form: Form) -> Outcome {
    own_need(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let supporter = read.choice::<OrganizationId>("supporter");
    let Some(supporter) = supporter else {
        return Err(Failure::Unreadable("supporter".to_owned()));
    };
    let command = PutNeed {
        id: ApproachId::new(form.key()?),
        need: id,
        supporter,
    };
    let outcome = ask.post(&form, command).await.map(drop);
    needs::pages::settle(&ask, id, outcome, "approach-put").await
}
