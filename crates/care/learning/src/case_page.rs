//! What a person of a case learns: courses, certificates and consultations on one page.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use casework::cases::{Head, Tab, head, header};
use casework::{CaseId, CaseState, StepKind};
use maud::{Markup, html};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;
use web::parts::{self, Column, Tone};
use web::{Form, FormErrors, Outcome, Page};

use crate::certificates::{self, Certificate, grouped};
use crate::cohorts::{self, Cohort, CohortId, CohortState, Filter};
use crate::consultations::{self, Consultation, ConsultationId};
use crate::enrolments::pages::{step_for, told};
use crate::enrolments::{Enrol, EnrolmentId, queries as enrolments, queries::OfCase};
use crate::shown::{Fields, agreed, agreement, badge, days, stretch, word};
use crate::{COURSE_ENROL, WORDS};

// words: enrolment-* ended-* certificate-state-* consultation-state-* outcome-*

pub(crate) fn routes() -> Routes {
    let need = Need::May(&COURSE_ENROL);
    Routes::new()
        .get("/cases/{id}/learning", need, show)
        .get("/cases/{id}/enrolments/new", need, new)
        .post("/cases/{id}/enrolments", need, create)
        .api_get("/api/v1/cases/{id}/learning", need, json_of)
}

/// Everything of a case in this room.
struct Learned {
    head: Head,
    classes: Vec<OfCase>,
    papers: Vec<Certificate>,
    hours: Vec<Consultation>,
}

async fn load(ask: &Ask, id: CaseId) -> Outcome<Learned> {
    let mut conn = ask.read().await?;
    let head = head(ask, &mut conn, id).await?;
    let learned = Learned {
        classes: enrolments::list_of_case(&mut conn, id).await?,
        papers: certificates::list_of_case(&mut conn, id).await?,
        hours: consultations::list_of_case(&mut conn, id).await?,
        head,
    };
    drop(conn);
    let person = learned.head.case.person_id.get();
    ask.seen("case", Some(id.get()), vec![person]).await?;
    Ok(learned)
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let learned = load(&ask, id).await?;
    let title = ask.page.t(&WORDS, "learning-title");
    ask.html(&title, view(&ask.page, &learned))
}

/// What a person of a case learns.
#[derive(Serialize, JsonSchema)]
struct CaseLearning {
    enrolments: Vec<OfCase>,
    certificates: Vec<Certificate>,
    consultations: Vec<ConsultationId>,
}

async fn json_of(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
    let learned = load(&ask, id).await?;
    let hours: Vec<_> = learned.hours.iter().map(|one| one.id).collect();
    ask.json(
        StatusCode::OK,
        &CaseLearning {
            enrolments: learned.classes.clone(),
            certificates: learned.papers.clone(),
            consultations: hours,
        },
    )
}

fn title<'a>(p: &Page, fa: &'a str, en: &'a str) -> &'a str {
    match p.lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

fn view(p: &Page, o: &Learned) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let case = &o.head.case;
    html! {
        (header(p, &o.head, Tab::Learning))
        (classes(p, &o.classes))
        @if case.state == CaseState::Open {
            p {
                (parts::button_link(&format!("/cases/{}/enrolments/new", case.id), &t("enrol-title")))
            }
        }
        @if !o.papers.is_empty() { (papers(p, &o.papers)) }
        (hours(p, &o.hours))
        @if case.state == CaseState::Open {
            p { (parts::secondary_link(&format!("/cases/{}/consultations/new", case.id), &t("consultation-new-title"))) }
        }
    }
}

fn classes(p: &Page, classes: &[OfCase]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("course-title")),
        Column::text(t("cohort-days")),
        Column::text(t("enrolment-state")),
    ];
    let row = |one: &OfCase| {
        vec![
            html! { a href={ "/cohorts/" (one.cohort_id) } { bdi { (title(p, &one.title_fa, &one.title_en)) } } },
            days(p, one.starts_on, one.ends_on),
            html! {
                (badge(p, "enrolment", one.state))
                @if let Some(reason) = one.ended_reason { " " (word(p, "ended", reason)) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = classes.iter().map(row).collect();
    parts::table(&t("classes-title"), &columns, &rows, &t("classes-empty"))
}

fn papers(p: &Page, papers: &[Certificate]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("certificate-serial")),
        Column::text(t("course-title")),
        Column::text(t("certificate-holds")),
    ];
    let row = |paper: &Certificate| {
        vec![
            html! { a dir="ltr" href={ "/certificates/" (paper.id) } { (grouped(&paper.serial)) } },
            html! { bdi { (paper.title(p.lang)) } },
            badge(p, "certificate-state", paper.state),
        ]
    };
    let rows: Vec<Vec<Markup>> = papers.iter().map(row).collect();
    parts::table(&t("certificates-title"), &columns, &rows, "")
}

fn hours(p: &Page, hours: &[Consultation]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("consultation-when")),
        Column::text(t("consultation-with")),
        Column::text(t("consultation-state")),
    ];
    let row = |one: &Consultation| {
        vec![
            html! { a href={ "/consultations/" (one.id) } { (stretch(p, one.starts_at, one.ends_at)) } },
            html! { bdi { (title(p, &one.name_fa, &one.name_en)) } },
            html! {
                (badge(p, "consultation-state", one.state))
                @if let Some(outcome) = one.outcome { " " (word(p, "outcome", outcome)) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = hours.iter().map(row).collect();
    let heading = t("consultations-title");
    parts::table(&heading, &columns, &rows, &t("consultations-none"))
}

/// Cohorts that can still be joined.
pub(crate) async fn joinable(conn: &mut db::Conn, today: Date) -> db::Result<Vec<Cohort>> {
    let filter = Filter {
        state: Some(CohortState::Open),
        ..Filter::default()
    };
    let open = cohorts::list(conn, &filter, cohorts::PAGE + 1).await?;
    Ok(open
        .into_iter()
        .filter(|cohort| cohort.ends_on >= today)
        .collect())
}

/// A cohort in a list of choices: title, first day, places.
pub(crate) fn choice(p: &Page, cohort: &Cohort) -> String {
    let args = [
        ("course", cohort.title(p.lang).into()),
        ("day", p.date_text(cohort.starts_on).into()),
        ("free", (cohort.capacity - cohort.taken).into()),
    ];
    p.tr(&WORDS, "cohort-choice", &args)
}

async fn form_view(ask: &Ask, id: CaseId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let case = casework::get(&mut conn, &ask.viewer, ask.now(), id).await?;
    let name = people::name(&mut conn, case.person_id).await?;
    let open = joinable(&mut conn, ask.now().date()).await?;
    drop(conn);
    ask.seen("case", Some(id.get()), vec![case.person_id.get()])
        .await?;
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let open: Vec<_> = open
        .iter()
        .map(|cohort| (cohort.id.to_string(), choice(p, cohort)))
        .collect();
    Ok(html! {
        (parts::back_link(&format!("/cases/{id}/learning"), &name))
        h1 { (t("enrol-title")) }
        (parts::error_summary(p, errors))
        @if open.is_empty() {
            (parts::notice(p, Tone::Plain, html! { p { (t("cohorts-none-open")) } }))
        }
        (parts::form(p, &format!("/cases/{id}/enrolments"), html! {
            (fields.select("cohort", open, true))
            (agreement(&fields, p, &t("course-agreed")))
            (parts::tick(p, "may_wait", &t("may-wait"), form.has("may_wait"), errors.get("may_wait")))
            (parts::primary_button(&t("enrol")))
        }))
    })
}

async fn new(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let view = form_view(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "enrol-title"), view)
}

async fn create(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let case = casework::get(&mut conn, &ask.viewer, ask.now(), id).await?;
    let step = step_for(&mut conn, case.id, StepKind::Training).await?;
    drop(conn);
    let mut read = form.read(&ask.page);
    let cohort = read.choice::<CohortId>("cohort");
    let may_wait = read.ticked("may_wait");
    let agreed = agreed(&mut read, &ask.page, form.key()?);
    let mut errors = read.errors;
    if let (Some(cohort), true) = (cohort, errors.is_empty()) {
        let command = Enrol {
            id: EnrolmentId::new(form.key()?),
            cohort,
            case: id,
            step,
            may_wait,
            agreed,
        };
        if let Some(state) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/cases/{id}/learning"), &told(&ask, state));
        }
    }
    let view = form_view(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "enrol-title"), view)
}
