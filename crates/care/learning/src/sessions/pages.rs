//! The roll call: one page for a phone, everybody present unless marked.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Conn;
use maud::Markup;
use web::{Form, FormErrors, Outcome};

use super::{AttendanceId, CorrectMark, Mark, SaveRoll, Session, SessionId, queries, views};
use crate::cohorts::{Cohort, pages::people, pages::taught};
use crate::enrolments::{EnrolmentState, queries::Member};
use crate::{COURSE_TEACH, WORDS};

pub(crate) fn routes() -> Routes {
    let teach = Need::May(&COURSE_TEACH);
    Routes::new()
        .get("/sessions/{id}/roll", teach, show)
        .post("/sessions/{id}/roll", teach, save)
        .post("/attendance/{id}/correct", teach, correct)
}

/// The session and its cohort, when it is the viewer's own to teach.
pub(super) async fn session_of(
    ask: &Ask,
    conn: &mut Conn,
    id: SessionId,
) -> Outcome<(Session, Cohort)> {
    let session = queries::get(conn, id).await?;
    let cohort = taught(ask, conn, session.cohort_id).await?;
    Ok((session, cohort))
}

/// Those whose names are called.
fn enrolled(people: Vec<Member>) -> Vec<Member> {
    let has_place = |one: &Member| one.state == EnrolmentState::Enrolled;
    people.into_iter().filter(has_place).collect()
}

async fn show(ask: Ask, Path(id): Path<SessionId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "roll-title"), view)
}

async fn page(ask: &Ask, id: SessionId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let (session, cohort) = session_of(ask, &mut conn, id).await?;
    let people = people(ask, &mut conn, &cohort).await?;
    let marks = queries::marks(&mut conn, id).await?;
    let place = organizations::places::get(&mut conn, session.place_id).await?;
    drop(conn);
    let shown = people.iter().map(|one| one.person_id.get()).collect();
    ask.seen("session", Some(id.get()), shown).await?;
    let sheet = views::Sheet {
        place: place.name(ask.lang()),
        session: &session,
        cohort: &cohort,
        form,
        errors,
    };
    Ok(match session.roll_saved_at {
        Some(_) => views::saved(&ask.page, &sheet, &people, &marks),
        None => views::call(&ask.page, &sheet, &enrolled(people)),
    })
}

/// The field of a person's mark.
pub(super) fn field_of(one: &Member) -> String {
    format!("mark-{}", one.id)
}

async fn save(ask: Ask, Path(id): Path<SessionId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let (session, cohort) = session_of(&ask, &mut conn, id).await?;
    let people = people(&ask, &mut conn, &cohort).await?;
    drop(conn);
    let done = ask.page.t(&WORDS, "roll-saved-flash");
    let (mut absent, mut late) = (Vec::new(), Vec::new());
    let mut read = form.read(&ask.page);
    // A saved roll is read no more: the key below tells a resend from a second roll.
    let called = match session.roll_saved_at {
        Some(_) => people
            .into_iter()
            .filter(|one| form.has(&field_of(one)))
            .collect(),
        None => enrolled(people),
    };
    for one in &called {
        match read.choice::<Mark>(&field_of(one)) {
            Some(Mark::Absent) => absent.push(one.id),
            Some(Mark::Late) => late.push(one.id),
            Some(Mark::Present) | None => {}
        }
    }
    let mut errors = read.errors;
    if errors.is_empty() {
        let command = SaveRoll {
            session: id,
            absent,
            late,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(format!("/cohorts/{}", cohort.id), &done);
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "roll-title"), view)
}

async fn correct(ask: Ask, Path(id): Path<AttendanceId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let session = queries::session_of(&mut conn, id).await?;
    session_of(&ask, &mut conn, session).await?;
    drop(conn);
    let mut read = form.read(&ask.page);
    let mark = read.choice::<Mark>("mark");
    let mut errors = read.errors;
    if let Some(mark) = mark {
        let command = CorrectMark {
            id: AttendanceId::new(form.key()?),
            corrects: id,
            mark,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "mark-corrected");
            return ask.see_with(format!("/sessions/{session}/roll"), &done);
        }
    }
    let view = page(&ask, session, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "roll-title"), view)
}
