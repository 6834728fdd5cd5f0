//! Consultations on screen: the list, one of them, and what came of it.

use access::grants::{Category, may_see};
use access::{Ask, Need, Role, Routes};
use axum::extract::{Path, Query};
use casework::NewTask;
use db::Conn;
use maud::Markup;
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome as Answer};

use super::{
    Consultation, ConsultationId, ConsultationState, EndConsultation, Filter, HoldConsultation,
    Outcome, PAGE, queries, views,
};
use crate::bounds::day_ahead;
use crate::shown::cut;
use crate::{CONSULTANT_ADD, CONSULTATION_BOOK, CONSULTATION_READ, WORDS, rights};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&CONSULTATION_READ);
    Routes::new()
        .get("/consultations", read, list)
        .get("/consultations/{id}", read, show)
        .post("/consultations/{id}/hold", read, hold)
        .post("/consultations/{id}/end", read, end)
}

/// Pieces of advice on one form.
pub(super) const ADVICES: usize = 3;
/// Letters of the consultant's line.
pub(super) const NOTE: usize = 300;
/// Letters of one piece of advice: what a task holds.
pub(super) const ADVICE: usize = 500;
/// Days until advice is due, unless someone says otherwise.
const SOON: i64 = 14;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Wanted {
    pub state: Option<ConsultationState>,
    pub cursor: Option<ConsultationId>,
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Answer {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut conn = ask.read().await?;
    let mut items = queries::list(&mut conn, &ask.viewer, ask.now(), &filter, PAGE + 1).await?;
    drop(conn);
    let next = cut(&mut items, PAGE, |one| one.id.get());
    let shown: Vec<_> = items.iter().map(|one| one.person_id.get()).collect();
    if !shown.is_empty() {
        ask.seen("consultation", None, shown).await?;
    }
    let may_add = CONSULTANT_ADD.is_held_by(&ask.viewer);
    let title = ask.page.t(&WORDS, "consultations-title");
    ask.html(
        &title,
        views::list(&ask.page, &items, &filter, next, may_add),
    )
}

/// The consultation, when it is the viewer's own hour (with her name while she agrees to it), or
/// the viewer's body carries the case.
pub(super) async fn consultation_of(
    ask: &Ask,
    conn: &mut Conn,
    id: ConsultationId,
) -> Answer<Consultation> {
    let mut one = queries::get(conn, id).await?;
    let is_own = match one.user_id {
        Some(user) => ask.viewer.user_id() == Some(user),
        None => ask
            .viewer
            .bodies_as(&[Role::Trainer])
            .contains(&one.organization_id.get()),
    };
    let (person, category) = (one.person_id.get(), Category::Operational);
    let is_seen = rights::carries(ask, conn, one.case_id).await?;
    if !is_seen && !may_see(conn, &ask.viewer, person, category, ask.now()).await? {
        one.first_name.clear();
        one.last_name.clear();
    }
    match is_own || is_seen {
        true => Ok(one),
        false => Err(Failure::NotFound),
    }
}

fn day_text(lang: Lang, day: Date) -> String {
    let text = Jalali::from(day).to_string();
    match lang {
        Lang::Fa => persian::persian_digits(&text),
        Lang::En => text,
    }
}

async fn show(ask: Ask, Path(id): Path<ConsultationId>) -> Answer {
    let due = day_text(ask.lang(), ask.now().plus_days(SOON).date());
    let start: Vec<(String, String)> = (1..=ADVICES)
        .map(|n| (format!("due_{n}"), due.clone()))
        .collect();
    let start = start.iter().map(|(name, day)| (name.as_str(), day.clone()));
    let form = Form::prefilled(start);
    let view = page(&ask, id, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "consultation-title"), view)
}

async fn page(ask: &Ask, id: ConsultationId, form: &Form, errors: &FormErrors) -> Answer<Markup> {
    let mut conn = ask.read().await?;
    let one = consultation_of(ask, &mut conn, id).await?;
    drop(conn);
    ask.seen("consultation", Some(id.get()), vec![one.person_id.get()])
        .await?;
    let note = one.note(&ask.city.keys)?;
    let has_case = CONSULTATION_BOOK.is_held_by(&ask.viewer);
    Ok(views::show(&ask.page, &one, &note, has_case, form, errors))
}

async fn hold(ask: Ask, Path(id): Path<ConsultationId>, form: Form) -> Answer {
    let mut conn = ask.read().await?;
    let one = consultation_of(&ask, &mut conn, id).await?;
    drop(conn);
    let keys = &ask.city.keys;
    let mut read = form.read(&ask.page);
    let outcome = read.choice::<Outcome>("outcome");
    let note = read.optional_text("note", NOTE);
    let mut advice: Vec<NewTask> = Vec::new();
    for n in 1..=ADVICES {
        let (name, due) = (format!("advice_{n}"), format!("due_{n}"));
        if read.is_empty(&name) {
            continue;
        }
        let words = read.text(&name, ADVICE);
        let due_on = day_ahead(&mut read, &ask.page, &due);
        if let (Some(words), Some(due_on)) = (words, due_on) {
            let place = advice.len() as u128;
            let case = one.case_id;
            advice.push(HoldConsultation::advice(
                keys, id, case, place, &words, due_on,
            ));
        }
    }
    let mut errors = read.errors;
    if let (Some(outcome), Some(note), true) = (outcome, note, errors.is_empty()) {
        let command = HoldConsultation {
            id,
            outcome,
            note: HoldConsultation::seal(keys, id, &note),
            advice,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "consultation-held-flash");
            return ask.see_with(format!("/consultations/{id}"), &done);
        }
    }
    again(&ask, id, &form, &errors).await
}

async fn again(ask: &Ask, id: ConsultationId, form: &Form, errors: &FormErrors) -> Answer {
    let view = page(ask, id, form, errors).await?;
    ask.again(&ask.page.t(&WORDS, "consultation-title"), view)
}

async fn end(ask: Ask, Path(id): Path<ConsultationId>, form: Form) -> Answer {
    let mut conn = ask.read().await?;
    consultation_of(&ask, &mut conn, id).await?;
    drop(conn);
    let mut read = form.read(&ask.page);
    let how = read.choice::<ConsultationState>("how");
    let is_missed = match how {
        Some(ConsultationState::Missed) => Some(true),
        Some(ConsultationState::Cancelled) => Some(false),
        Some(_) => read.wrong("", ask.page.t(&WORDS, "how-wrong")),
        None => None,
    };
    let mut errors = read.errors;
    if let Some(is_missed) = is_missed {
        let command = EndConsultation { id, is_missed };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "consultation-ended-flash");
            return ask.see_with(format!("/consultations/{id}"), &done);
        }
    }
    again(&ask, id, &form, &errors).await
}
