//! Booking for a case, and those who advise.

use access::{Ask, Need, Role, Routes};
use axum::extract::Path;
use casework::{Case, CaseId, StepKind};
use db::Conn;
use maud::Markup;
use organizations::OrganizationId;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    AddConsultant, BookConsultation, ConsultantId, ConsultationId, LONGEST, list_consultants, views,
};
use crate::bounds::{clock, day_ahead, instant};
use crate::enrolments::pages::step_for;
use crate::shown::{agreed, bodies};
use crate::{CONSULTANT_ADD, CONSULTATION_BOOK, WORDS};

pub(crate) fn routes() -> Routes {
    let (book, add) = (Need::May(&CONSULTATION_BOOK), Need::May(&CONSULTANT_ADD));
    Routes::new()
        .get("/cases/{id}/consultations/new", book, new_booking)
        .post("/cases/{id}/consultations", book, create_booking)
        .get("/consultants", add, consultants)
        .post("/consultants", add, add_consultant)
        .get("/consultants/new", add, new_consultant)
}

async fn case_of(ask: &Ask, conn: &mut Conn, id: CaseId) -> Outcome<Case> {
    Ok(casework::get(conn, &ask.viewer, ask.now(), id).await?)
}

async fn book_view(ask: &Ask, id: CaseId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let case = case_of(ask, &mut conn, id).await?;
    let name = people::name(&mut conn, case.person_id).await?;
    let known = list_consultants(&mut conn).await?;
    drop(conn);
    ask.seen("case", Some(id.get()), vec![case.person_id.get()])
        .await?;
    let id = id.to_string();
    Ok(views::book(&ask.page, &id, &name, &known, form, errors))
}

async fn new_booking(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let start = Form::prefilled([("minutes", "60".to_owned())]);
    let view = book_view(&ask, id, &start, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "consultation-new-title"), view)
}

async fn create_booking(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let case = case_of(&ask, &mut conn, id).await?;
    let step = step_for(&mut conn, case.id, StepKind::Consulting).await?;
    let known = list_consultants(&mut conn).await?;
    drop(conn);
    let mut read = form.read(&ask.page);
    let consultant = match read.choice::<ConsultantId>("consultant") {
        Some(chosen) if known.iter().any(|one| one.id == chosen) => Some(chosen),
        Some(_) => read.wrong("consultant", ask.page.t(&WORDS, "choose-again")),
        None => None,
    };
    let day = day_ahead(&mut read, &ask.page, "starts_on");
    let from = clock(&mut read, &ask.page, "from_clock");
    let minutes = read.number("minutes", 15, LONGEST);
    let agreed = agreed(&mut read, &ask.page, form.key()?);
    let mut errors = read.errors;
    if let (Some(consultant), Some(day), Some(from), Some(minutes), true) =
        (consultant, day, from, minutes, errors.is_empty())
    {
        let command = BookConsultation {
            id: ConsultationId::new(form.key()?),
            consultant,
            case: id,
            step,
            starts_at: instant(day, from),
            minutes,
            agreed,
        };
        if let Some(made) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.t(&WORDS, "consultation-booked-flash");
            return ask.see_with(format!("/consultations/{made}"), &done);
        }
    }
    let view = book_view(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "consultation-new-title"), view)
}

async fn consultants(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let list = list_consultants(&mut conn).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    drop(conn);
    let body = |one: &super::Consultant| {
        let name = names.get(&one.organization_id.get());
        name.cloned().unwrap_or_default()
    };
    let title = ask.page.t(&WORDS, "consultants-title");
    ask.html(&title, views::consultants(&ask.page, &list, body))
}

/// Trainers of all bodies: those whose hours can be kept apart.
async fn trainers(ask: &Ask, conn: &mut Conn) -> Outcome<Vec<(Uuid, String)>> {
    let today = ask.now().date();
    let mut all = Vec::new();
    for body in organizations::list(conn, None).await? {
        let id = body.id.get();
        all.extend(access::users::list_members(conn, id, Role::Trainer, today).await?);
    }
    all.sort();
    all.dedup();
    Ok(all)
}

async fn consultant_view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let lang = ask.lang();
    let all = organizations::list(&mut conn, None).await?;
    let users = trainers(ask, &mut conn).await?;
    drop(conn);
    let all = all
        .iter()
        .map(|body| (body.id.to_string(), body.name(lang).to_owned()))
        .collect();
    let users = users
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    Ok(views::consultant_form(&ask.page, all, users, form, errors))
}

async fn new_consultant(ask: Ask) -> Outcome {
    let view = consultant_view(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "consultant-new-title"), view)
}

async fn add_consultant(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let body = read.choice::<OrganizationId>("body");
    let name_fa = read.text("name_fa", 120);
    let name_en = read.text("name_en", 120);
    let field_fa = read.optional_text("field_fa", 120);
    let field_en = read.optional_text("field_en", 120);
    let user_id = read.optional_choice::<Uuid>("user");
    let mut errors = read.errors;
    if let (Some(body), Some(name_fa), Some(name_en), Some(field_fa), Some(field_en), Some(user)) =
        (body, name_fa, name_en, field_fa, field_en, user_id)
    {
        check_user(&ask, user).await?;
        let command = AddConsultant {
            id: ConsultantId::new(form.key()?),
            organization_id: body,
            user_id: user,
            name_fa,
            name_en,
            field_fa,
            field_en,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "consultant-added");
            return ask.see_with("/consultants", &done);
        }
    }
    let view = consultant_view(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "consultant-new-title"), view)
}

/// A consultant's user is a trainer somewhere.
pub(super) async fn check_user(ask: &Ask, user: Option<Uuid>) -> Outcome<()> {
    let Some(user) = user else { return Ok(()) };
    let known = trainers(ask, &mut ask.read().await?).await?;
    match known.iter().any(|(id, _)| *id == user) {
        true => Ok(()),
        false => Err(Failure::NotFound),
    }
}
