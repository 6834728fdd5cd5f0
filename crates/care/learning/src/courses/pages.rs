use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{Basis, Course, CourseId, CreateCourse, PAGE, views};
use crate::shown::{bodies, cut, places};
use crate::{COURSE_CHANGE, COURSE_READ, WORDS, cohorts, rights, sessions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/courses", Need::May(&COURSE_READ), list)
        .post("/courses", Need::May(&COURSE_CHANGE), create)
        .get("/courses/new", Need::May(&COURSE_CHANGE), new)
        .get("/courses/{id}", Need::May(&COURSE_READ), show)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Cursor {
    pub cursor: Option<CourseId>,
}

/// Days ahead of which a trainer sees the own sessions.
const AHEAD: i64 = 14;

/// The bodies whose courses the viewer sees; none for all.
pub(super) fn seen_bodies(ask: &Ask) -> Option<Vec<Uuid>> {
    (!rights::sees_all(&ask.viewer)).then(|| ask.viewer.bodies_as(COURSE_READ.roles))
}

async fn list(ask: Ask, Query(query): Query<Cursor>) -> Outcome {
    let mut conn = ask.read().await?;
    let seen = seen_bodies(&ask);
    let mut courses = super::list(&mut conn, seen.as_deref(), query.cursor, PAGE + 1).await?;
    let next = cut(&mut courses, PAGE, |course| course.id.get());
    let names = bodies(&mut conn, ask.lang()).await?;
    let until = ask.now().plus_days(AHEAD).date();
    let trainer = ask.viewer.user_id().unwrap_or_default();
    let mine = sessions::of_trainer(&mut conn, trainer, until).await?;
    let here = mine.iter().map(|session| session.place_id).collect();
    let sites = places(&mut conn, ask.lang(), here).await?;
    drop(conn);
    let list = views::List {
        courses: &courses,
        names: &names,
        mine: &mine,
        sites: &sites,
        teaches: crate::COURSE_TEACH.is_held_by(&ask.viewer),
        may_change: COURSE_CHANGE.is_held_by(&ask.viewer),
        cursor: query.cursor.map(CourseId::get),
        next,
    };
    let title = ask.page.t(&WORDS, "courses-title");
    ask.html(&title, views::list(&ask.page, &list))
}

/// The course, when the viewer may see it.
pub(crate) async fn course_of(ask: &Ask, id: CourseId) -> Outcome<Course> {
    let course = super::get(&mut ask.read().await?, id).await?;
    match rights::may_see(&ask.viewer, course.organization_id) {
        true => Ok(course),
        false => Err(Failure::NotFound),
    }
}

async fn show(ask: Ask, Path(id): Path<CourseId>) -> Outcome {
    let course = course_of(&ask, id).await?;
    let mut conn = ask.read().await?;
    let held = cohorts::list_of(&mut conn, id).await?;
    let names = bodies(&mut conn, ask.lang()).await?;
    let here = held.iter().map(|cohort| cohort.place_id).collect();
    let sites = places(&mut conn, ask.lang(), here).await?;
    drop(conn);
    let may_change = rights::may_change(&ask.viewer, course.organization_id);
    ask.html(
        course.title(ask.lang()),
        views::show(&ask.page, &course, &held, &names, &sites, may_change),
    )
}

/// The viewer's bodies that may hold courses, with their names.
async fn own_bodies(ask: &Ask) -> Outcome<Vec<(String, String)>> {
    let names = bodies(&mut ask.read().await?, ask.lang()).await?;
    let own = ask.viewer.bodies_as(COURSE_CHANGE.roles);
    let named = own
        .iter()
        .filter_map(|id| Some((id.to_string(), names.get(id)?.clone())));
    Ok(named.collect())
}

async fn form_view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let own = own_bodies(ask).await?;
    Ok(views::form(&ask.page, &own, form, errors))
}

async fn new(ask: Ask) -> Outcome {
    let start = [
        ("basis", Basis::Attendance.to_string()),
        ("attendance_needed", "80".to_owned()),
    ];
    let view = form_view(&ask, &Form::prefilled(start), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "course-new-title"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let own = ask.viewer.bodies_as(COURSE_CHANGE.roles);
    let mut read = form.read(&ask.page);
    let title_fa = read.text("title_fa", 120);
    let title_en = read.text("title_en", 120);
    let hours = read.number("hours", 1, 2000);
    let basis = read.choice::<Basis>("basis");
    let needed = read.number("attendance_needed", 0, 100);
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
    if let (Some(title_fa), Some(title_en), Some(hours), Some(basis), Some(needed), Some(body)) =
        (title_fa, title_en, hours, basis, needed, body)
    {
        let command = CreateCourse {
            id: CourseId::new(form.key()?),
            organization_id: OrganizationId::new(body),
            title_fa,
            title_en,
            hours,
            basis,
            attendance_needed: needed,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.t(&WORDS, "course-created");
            return ask.see_with(format!("/courses/{id}"), &done);
        }
    }
    let view = form_view(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "course-new-title"), view)
}
