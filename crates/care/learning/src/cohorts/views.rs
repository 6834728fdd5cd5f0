use std::collections::HashMap;

use maud::{Markup, html};
use organizations::PlaceId;
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Cohort, CohortState};
use crate::WORDS;
use crate::certificates::{Certificate, CertificateState, grouped};
use crate::courses::{Basis, Course};
use crate::enrolments::{EnrolmentState, queries::Member};
use crate::sessions::Session;
use crate::shown::{
    Fields, act, agreement, badge, days, full_name, name, named, percent, stretch, taken, word,
};

// words: basis-* cohort-state-* enrolment-* ended-* certificate-state-*

/// What a cohort's page shows.
pub(super) struct Shown<'a> {
    pub cohort: &'a Cohort,
    pub sessions: &'a [Session],
    pub people: &'a [Member],
    pub papers: &'a [Certificate],
    pub body: Option<&'a String>,
    pub sites: &'a HashMap<PlaceId, String>,
    pub trainer: &'a str,
    pub teaches: bool,
    pub may_cancel: bool,
    pub may_enrol: bool,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let cohort = o.cohort;
    let is_open = cohort.state == CohortState::Open;
    html! {
        (parts::back_link(&format!("/courses/{}", cohort.course_id), cohort.title(p.lang)))
        h1 { bdi { (cohort.title(p.lang)) } }
        p { (badge(p, "cohort-state", cohort.state)) }
        (parts::error_summary(p, o.errors))
        (parts::facts(&[
            (t("cohort-days"), days(p, cohort.starts_on, cohort.ends_on)),
            (t("course-body"), html! { bdi { (o.body.map_or("", String::as_str)) } }),
            (t("session-place"), html! { bdi { (named(o.sites, &cohort.place_id)) } }),
            (t("cohort-trainer"), html! { bdi { (o.trainer) } }),
            (t("cohort-taken"), html! { (taken(p, cohort)) }),
            (t("course-basis"), html! { (word(p, "basis", cohort.basis)) }),
            (t("course-attendance"), html! { (percent(p, cohort.attendance_needed)) }),
        ]))
        (sessions(p, o))
        (people(p, o))
        @if o.may_enrol && is_open { (enrol(p, o)) }
        @if cohort.state == CohortState::Completed { (papers(p, o)) }
        @if is_open && o.teaches {
            p { (parts::secondary_link(&format!("/cohorts/{}/complete", cohort.id), &t("cohort-complete"))) }
        }
        @if is_open && o.may_cancel {
            details {
                summary { (t("cohort-cancel")) }
                p { (t("cohort-cancel-help")) }
                (parts::inline_form(p, &format!("/cohorts/{}/cancel", cohort.id), html! {
                    (parts::danger_button(&t("cohort-cancel")))
                }))
            }
        }
    }
}

fn sessions(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::figures(t("session-number")),
        Column::text(t("session-when")),
        Column::text(t("session-place")),
        Column::text(t("session-roll")),
    ];
    let roll = |session: &Session| match (session.roll_saved_at, o.teaches) {
        (Some(_), true) => {
            html! { a href={ "/sessions/" (session.id) "/roll" } { (t("roll-show")) } }
        }
        (Some(_), false) => html! { (t("roll-saved")) },
        (None, true) if session.starts_at <= p.now && o.cohort.state == CohortState::Open => {
            html! { a href={ "/sessions/" (session.id) "/roll" } { strong { (t("roll-call")) } } }
        }
        (None, _) => html! { (t("session-ahead")) },
    };
    let row = |session: &Session| {
        vec![
            html! { (p.number(session.number)) },
            stretch(p, session.starts_at, session.ends_at),
            html! { bdi { (named(o.sites, &session.place_id)) } },
            roll(session),
        ]
    };
    let rows: Vec<Vec<Markup>> = o.sessions.iter().map(row).collect();
    parts::table(&t("sessions-title"), &columns, &rows, "")
}

fn people(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("person-name")),
        Column::text(t("enrolment-state")),
        Column::figures(t("attended")),
        Column::text(t("act")),
    ];
    let is_open = o.cohort.state == CohortState::Open;
    let row = |one: &Member| {
        let at = |path: &str| format!("/enrolments/{}/{path}", one.id);
        vec![
            html! {
                @if o.may_enrol {
                    a href={ "/cases/" (one.case_id) "/learning" } { (name(p, &one.first_name, &one.last_name)) }
                } @else { (name(p, &one.first_name, &one.last_name)) }
            },
            html! {
                (badge(p, "enrolment", one.state))
                @if let Some(reason) = one.ended_reason { " " (word(p, "ended", reason)) }
            },
            html! { (attended(p, one)) },
            html! {
                @if is_open {
                    @match one.state {
                        EnrolmentState::Applied | EnrolmentState::Waitlisted => {
                            (act(p, &at("admit"), &t("enrolment-admit"))) " "
                            (act(p, &at("withdraw"), &t("enrolment-withdraw")))
                        }
                        EnrolmentState::Enrolled => (act(p, &at("withdraw"), &t("enrolment-withdraw"))),
                        _ => {}
                    }
                }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = o.people.iter().map(row).collect();
    parts::table(&t("people-title"), &columns, &rows, &t("people-empty"))
}

/// «۲ از ۳»
fn attended(p: &Page, one: &Member) -> String {
    p.tr(
        &WORDS,
        "attended-of",
        &[
            ("attended", one.attended.into()),
            ("held", one.called.into()),
        ],
    )
}

fn enrol(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: o.form,
        errors: o.errors,
    };
    let is_full = o.cohort.taken >= o.cohort.capacity;
    html! {
        h2 { (t("enrol-title")) }
        @if is_full { (parts::notice(p, Tone::Warning, html! { p { (t("cohort-is-full")) } })) }
        (parts::form(p, &format!("/cohorts/{}/enrolments", o.cohort.id), html! {
            (fields.hinted("case_code", Kind::Code, "case-code-hint"))
            (agreement(&fields, p, &t("course-agreed")))
            (parts::tick(p, "may_wait", &t("may-wait"), o.form.has("may_wait"), o.errors.get("may_wait")))
            (parts::primary_button(&t("enrol")))
        }))
    }
}

fn papers(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("person-name")),
        Column::text(t("certificate-serial")),
        Column::text(t("certificate-issued-on")),
        Column::text(t("certificate-holds")),
    ];
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for paper in o.papers {
        // Who may not see the person does not see her certificate.
        let Some(one) = o.people.iter().find(|one| one.id == paper.enrolment_id) else {
            continue;
        };
        rows.push(vec![
            name(p, &one.first_name, &one.last_name),
            html! { a dir="ltr" href={ "/certificates/" (paper.id) } { (grouped(&paper.serial)) } },
            p.date(paper.issued_on),
            badge(p, "certificate-state", paper.state),
        ]);
    }
    let has_paper = |one: &Member| {
        o.papers
            .iter()
            .any(|paper| paper.enrolment_id == one.id && paper.state == CertificateState::Valid)
    };
    let waiting = o
        .people
        .iter()
        .filter(|one| one.state == EnrolmentState::Completed && !has_paper(one))
        .count() as i64;
    html! {
        (parts::table(&t("certificates-title"), &columns, &rows, &t("certificates-empty")))
        @if o.teaches && waiting > 0 {
            (parts::form(p, &format!("/cohorts/{}/certificates", o.cohort.id), html! {
                p { (p.tr(&WORDS, "certificates-waiting", &[("count", waiting.into())])) }
                (parts::primary_button(&t("certificates-issue")))
            }))
        }
    }
}

/// The page on which a trainer says who completed the course.
pub(super) fn ending(
    p: &Page,
    cohort: &Cohort,
    sessions: i64,
    missing: i64,
    people: &[Member],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let enough = |one: &&Member| one.attended * 100 >= cohort.attendance_needed * sessions;
    let (reached, short): (Vec<&Member>, Vec<&Member>) = people.iter().partition(enough);
    let line = |one: &Member| {
        let name = full_name(p, &one.first_name, &one.last_name);
        format!("{name} · {}", attended(p, one))
    };
    let options = reached
        .iter()
        .map(|one| (one.id.to_string(), line(one)))
        .collect();
    let chosen: Vec<&str> = form.all("competent").iter().map(String::as_str).collect();
    html! {
        (parts::back_link(&format!("/cohorts/{}", cohort.id), cohort.title(p.lang)))
        h1 { (t("cohort-complete")) }
        (parts::error_summary(p, errors))
        @if missing > 0 {
            (parts::notice(p, Tone::Warning, html! {
                p { (p.tr(&WORDS, "rolls-missing", &[("count", missing.into())])) }
            }))
        } @else {
            p { (percent(p, cohort.attendance_needed)) " " (t("complete-lead")) }
            @if !short.is_empty() {
                h2 { (t("complete-short")) }
                ul { @for one in &short { li { bdi { (line(one)) } } } }
            }
            (parts::form(p, &format!("/cohorts/{}/complete", cohort.id), html! {
                @if cohort.basis == Basis::Competence {
                    @if reached.is_empty() { p { (t("people-empty")) } } @else {
                        (parts::checkboxes(p, parts::Choice {
                            name: "competent", label: t("field-competent"), options,
                            error: errors.get("competent"), required: true, ..Default::default()
                        }, &chosen))
                    }
                } @else {
                    ul { @for one in &reached { li { bdi { (line(one)) } } } }
                }
                (parts::primary_button(&t("cohort-complete")))
            }))
        }
    }
}

pub(super) fn form(
    p: &Page,
    course: &Course,
    trainers: &[(String, String)],
    places: &[(String, String)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link(&format!("/courses/{}", course.id), course.title(p.lang)))
        h1 { (t("cohort-new-title")) }
        (parts::error_summary(p, errors))
        @if trainers.is_empty() {
            (parts::notice(p, Tone::Warning, html! { p { (t("trainers-empty")) } }))
        }
        (parts::form(p, &format!("/courses/{}/cohorts", course.id), html! {
            (fields.select("trainer", trainers.to_vec(), true))
            (fields.select("place", places.to_vec(), true))
            (fields.text("capacity", Kind::Numeric, true))
            (fields.hinted("days", Kind::Area, "days-hint"))
            (fields.hinted("from_clock", Kind::Numeric, "clock-hint"))
            (fields.text("until_clock", Kind::Numeric, true))
            (parts::save_bar(parts::primary_button(&t("save"))))
        }))
    }
}
