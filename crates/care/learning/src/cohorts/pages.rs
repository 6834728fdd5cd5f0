use access::{Ask, Need, Role, Routes};
use axum::extract::Path;
use db::Conn;
use maud::Markup;
use organizations::{PlaceKind, places as sites};
use web::{Failure, Form, FormErrors, Outcome};

use super::{CancelCohort, Cohort, CohortId, CohortState, CompleteCohort, forms, views};
use crate::courses::{Course, CourseId, pages::course_of};
use crate::enrolments::{EnrolmentId, EnrolmentState, queries as enrolments};
use crate::shown::{bodies, places};
use crate::{
    COURSE_CHANGE, COURSE_ENROL, COURSE_READ, COURSE_TEACH, WORDS, certificates, rights, sessions,
};

pub(crate) fn routes() -> Routes {
    let change = Need::May(&COURSE_CHANGE);
    Routes::new()
        .get("/courses/{id}/cohorts/new", change, new)
        .post("/courses/{id}/cohorts", change, create)
        .get("/cohorts/{id}", Need::May(&COURSE_READ), show)
        .get("/cohorts/{id}/complete", Need::May(&COURSE_TEACH), ending)
        .post("/cohorts/{id}/complete", Need::May(&COURSE_TEACH), complete)
        .post("/cohorts/{id}/cancel", change, cancel)
}

/// The cohort, when the viewer may see its body's courses.
pub(crate) async fn cohort_of(ask: &Ask, conn: &mut Conn, id: CohortId) -> Outcome<Cohort> {
    let cohort = super::get(conn, id).await?;
    match rights::may_see(&ask.viewer, cohort.organization_id) {
        true => Ok(cohort),
        false => Err(Failure::NotFound),
    }
}

/// The cohort, when it is the viewer's own to teach.
pub(crate) async fn taught(ask: &Ask, conn: &mut Conn, id: CohortId) -> Outcome<Cohort> {
    let cohort = super::get(conn, id).await?;
    match rights::teaches(&ask.viewer, &cohort) {
        true => Ok(cohort),
        false => Err(Failure::NotFound),
    }
}

/// The people of a cohort whom this viewer may know: all for its own trainer, by name while they
/// agree to it.
pub(crate) async fn people(
    ask: &Ask,
    conn: &mut Conn,
    cohort: &Cohort,
) -> Outcome<Vec<enrolments::Member>> {
    let all = rights::teaches(&ask.viewer, cohort);
    let viewer = (&ask.viewer, ask.now());
    Ok(enrolments::members(conn, cohort.id, viewer, all).await?)
}

async fn show(ask: Ask, Path(id): Path<CohortId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "cohort-title"), view)
}

/// The cohort's page, also with the form of an enrolment that was not accepted.
pub(crate) async fn page(
    ask: &Ask,
    id: CohortId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let cohort = cohort_of(ask, &mut conn, id).await?;
    let sessions = sessions::list(&mut conn, id).await?;
    let people = people(ask, &mut conn, &cohort).await?;
    let papers = certificates::list_of(&mut conn, id).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    let mut here: Vec<_> = sessions.iter().map(|session| session.place_id).collect();
    here.push(cohort.place_id);
    let sites = places(&mut conn, ask.lang(), here).await?;
    let trainer = access::users::account(&mut conn, cohort.trainer_id).await?;
    drop(conn);
    let shown: Vec<_> = people.iter().map(|one| one.person_id.get()).collect();
    if !shown.is_empty() {
        ask.seen("cohort", Some(id.get()), shown).await?;
    }
    let teaches = rights::teaches(&ask.viewer, &cohort);
    Ok(views::show(
        &ask.page,
        &views::Shown {
            sessions: &sessions,
            people: &people,
            papers: &papers,
            body: names.get(&cohort.organization_id.get()),
            sites: &sites,
            trainer: &trainer.shown_name,
            teaches,
            may_cancel: teaches || rights::may_change(&ask.viewer, cohort.organization_id),
            may_enrol: COURSE_ENROL.is_held_by(&ask.viewer),
            cohort: &cohort,
            form,
            errors,
        },
    ))
}

async fn form_view(
    ask: &Ask,
    course: &Course,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let body = course.organization_id;
    let today = ask.now().date();
    let trainers = access::users::list_members(&mut conn, body.get(), Role::Trainer, today).await?;
    // The body's own places first; courses are also held where people are.
    let mut all = sites::list_of(&mut conn, body).await?;
    for kind in [PlaceKind::Centre, PlaceKind::Workshop, PlaceKind::Office] {
        let more = sites::list(&mut conn, kind).await?;
        all.extend(
            more.into_iter()
                .filter(|place| place.organization_id != body),
        );
    }
    drop(conn);
    let trainers: Vec<_> = trainers
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let all: Vec<_> = all
        .iter()
        .map(|place| (place.id.to_string(), place.name(ask.lang()).to_owned()))
        .collect();
    Ok(views::form(
        &ask.page, course, &trainers, &all, form, errors,
    ))
}

/// The course, when the viewer may plan cohorts of it.
async fn planned(ask: &Ask, id: CourseId) -> Outcome<Course> {
    let course = course_of(ask, id).await?;
    match rights::may_change(&ask.viewer, course.organization_id) {
        true => Ok(course),
        false => Err(Failure::NotFound),
    }
}

async fn new(ask: Ask, Path(id): Path<CourseId>) -> Outcome {
    let course = planned(&ask, id).await?;
    let me = ask.viewer.user_id().unwrap_or_default().to_string();
    let start = Form::prefilled([("trainer", me), ("capacity", "12".to_owned())]);
    let view = form_view(&ask, &course, &start, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "cohort-new-title"), view)
}

async fn create(ask: Ask, Path(id): Path<CourseId>, form: Form) -> Outcome {
    let course = planned(&ask, id).await?;
    let (command, mut errors) = forms::read(&ask.page, &form, id)?;
    if let Some(command) = command
        && let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)?
    {
        let done = ask.page.t(&WORDS, "cohort-created");
        return ask.see_with(format!("/cohorts/{id}"), &done);
    }
    let view = form_view(&ask, &course, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "cohort-new-title"), view)
}

async fn ending_view(ask: &Ask, id: CohortId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let cohort = taught(ask, &mut conn, id).await?;
    let sessions = sessions::list(&mut conn, id).await?;
    let mut people = people(ask, &mut conn, &cohort).await?;
    drop(conn);
    people.retain(|one| one.state == EnrolmentState::Enrolled);
    let shown = people.iter().map(|one| one.person_id.get()).collect();
    ask.seen("cohort", Some(id.get()), shown).await?;
    let missing = sessions.iter().filter(|one| one.roll_saved_at.is_none());
    Ok(views::ending(
        &ask.page,
        &cohort,
        sessions.len() as i64,
        missing.count() as i64,
        &people,
        form,
        errors,
    ))
}

async fn ending(ask: Ask, Path(id): Path<CohortId>) -> Outcome {
    let view = ending_view(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "cohort-complete"), view)
}

async fn complete(ask: Ask, Path(id): Path<CohortId>, form: Form) -> Outcome {
    taught(&ask, &mut ask.read().await?, id).await?;
    let passed: Result<Vec<EnrolmentId>, _> =
        form.all("competent").iter().map(|id| id.parse()).collect();
    let competent = passed.map_err(|_| Failure::Unreadable("competent".into()))?;
    let command = CompleteCohort {
        cohort: id,
        competent,
    };
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(&form, command).await, &mut errors)? {
        Some(done) => {
            let args = [
                ("completed", done.completed.into()),
                ("missed", done.not_reached.into()),
            ];
            let done = ask.page.tr(&WORDS, "cohort-completed", &args);
            ask.see_with(format!("/cohorts/{id}"), &done)
        }
        None => {
            let view = ending_view(&ask, id, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "cohort-complete"), view)
        }
    }
}

/// May the viewer call this cohort off?
pub(super) async fn cancellable(ask: &Ask, id: CohortId) -> Outcome<Cohort> {
    let cohort = super::get(&mut ask.read().await?, id).await?;
    let may = rights::teaches(&ask.viewer, &cohort)
        || rights::may_change(&ask.viewer, cohort.organization_id);
    match may {
        true => Ok(cohort),
        false => Err(Failure::NotFound),
    }
}

async fn cancel(ask: Ask, Path(id): Path<CohortId>, form: Form) -> Outcome {
    let cohort = cancellable(&ask, id).await?;
    let mut errors = FormErrors::default();
    let command = CancelCohort { cohort: id };
    if cohort.state == CohortState::Cancelled
        || ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
    {
        let done = ask.page.t(&WORDS, "cohort-cancelled");
        return ask.see_with(format!("/cohorts/{id}"), &done);
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "cohort-title"), view)
}
