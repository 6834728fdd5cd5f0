use std::collections::HashMap;

use maud::{Markup, html};
use organizations::PlaceId;
use persian::Lang;
use uuid::Uuid;
use web::parts::{self, Column, Kind};
use web::{Form, FormErrors, Page};

use super::{Basis, Course};
use crate::WORDS;
use crate::cohorts::Cohort;
use crate::sessions::Today;
use crate::shown::{Fields, badge, clock, days, further, named, options, percent, taken, word};

// words: basis-* cohort-state-*

/// What the list of courses shows.
pub(super) struct List<'a> {
    pub courses: &'a [Course],
    pub names: &'a HashMap<Uuid, String>,
    pub mine: &'a [Today],
    pub sites: &'a HashMap<PlaceId, String>,
    pub teaches: bool,
    pub may_change: bool,
    pub cursor: Option<Uuid>,
    pub next: Option<Uuid>,
}

pub(super) fn list(p: &Page, o: &List) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("course-title")),
        Column::text(t("course-body")),
        Column::figures(t("course-hours")),
        Column::text(t("course-basis")),
    ];
    let row = |course: &Course| {
        vec![
            html! { a href={ "/courses/" (course.id) } { bdi { (course.title(p.lang)) } } },
            html! { bdi { (named(o.names, &course.organization_id.get())) } },
            html! { (p.number(course.hours)) },
            html! { (word(p, "basis", course.basis)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = o.courses.iter().map(row).collect();
    let title = t("courses-title");
    html! {
        h1 { (title) }
        @if o.teaches { (mine(p, o)) }
        @if o.may_change {
            p { (parts::button_link("/courses/new", &t("course-new-title"))) }
        }
        (parts::table(&title, &columns, &rows, &t("courses-empty")))
        (further(p, "/courses", o.cursor, o.next))
    }
}

/// A trainer's sessions: those that want a roll call first.
fn mine(p: &Page, o: &List) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("session-when")),
        Column::text(t("course-title")),
        Column::text(t("session-place")),
        Column::text(t("session-roll")),
    ];
    let row = |session: &Today| {
        let title = match p.lang {
            Lang::Fa => &session.title_fa,
            Lang::En => &session.title_en,
        };
        vec![
            html! {
                time datetime=(session.starts_at) {
                    bdi { (p.date_text(session.held_on)) " · " (clock(p, session.starts_at)) }
                }
            },
            html! { a href={ "/cohorts/" (session.cohort_id) } { bdi { (title) } } " · " (p.number(session.number)) },
            html! { bdi { (named(o.sites, &session.place_id)) } },
            html! {
                @if session.starts_at <= p.now {
                    (parts::button_link(&format!("/sessions/{}/roll", session.id), &t("roll-call")))
                } @else { (t("session-ahead")) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = o.mine.iter().map(row).collect();
    parts::table(&t("my-sessions"), &columns, &rows, &t("my-sessions-empty"))
}

pub(super) fn show(
    p: &Page,
    course: &Course,
    cohorts: &[Cohort],
    names: &HashMap<Uuid, String>,
    sites: &HashMap<PlaceId, String>,
    may_change: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("cohort-days")),
        Column::text(t("session-place")),
        Column::figures(t("cohort-taken")),
        Column::text(t("cohort-state")),
    ];
    let row = |cohort: &Cohort| {
        vec![
            html! {
                a href={ "/cohorts/" (cohort.id) } {
                    (days(p, cohort.starts_on, cohort.ends_on))
                }
            },
            html! { bdi { (named(sites, &cohort.place_id)) } },
            html! { (taken(p, cohort)) },
            badge(p, "cohort-state", cohort.state),
        ]
    };
    let rows: Vec<Vec<Markup>> = cohorts.iter().map(row).collect();
    html! {
        (parts::back_link("/courses", &t("courses-title")))
        h1 { bdi { (course.title(p.lang)) } }
        (parts::facts(&[
            (t("course-body"), html! { bdi { (named(names, &course.organization_id.get())) } }),
            (t("course-hours"), html! { (p.number(course.hours)) }),
            (t("course-basis"), html! { (word(p, "basis", course.basis)) }),
            (t("course-attendance"), html! { (percent(p, course.attendance_needed)) }),
        ]))
        @if may_change && course.retired_on.is_none() {
            p { (parts::button_link(&format!("/courses/{}/cohorts/new", course.id), &t("cohort-new-title"))) }
        }
        (parts::table(&t("cohorts-title"), &columns, &rows, &t("cohorts-empty")))
    }
}

pub(super) fn form(
    p: &Page,
    bodies: &[(String, String)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link("/courses", &t("courses-title")))
        h1 { (t("course-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/courses", html! {
            @if bodies.len() > 1 { (fields.select("body", bodies.to_vec(), true)) }
            (fields.text("title_fa", Kind::Text, true))
            (fields.text("title_en", Kind::Text, true))
            (fields.text("hours", Kind::Numeric, true))
            (fields.radios("basis", options(p, "basis", Basis::ALL)))
            (fields.hinted("attendance_needed", Kind::Numeric, "attendance-hint"))
            (parts::primary_button(&t("save")))
        }))
    }
}
