//! A person's own page about learning: her classes, her papers, her calendar.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use casework::cases::Evidence;
use contacts::ContactId;
use maud::{Markup, html};
use persian::Lang;
use web::parts::{self, Column};
use web::{Failure, Form, FormErrors, Outcome, Page};

use crate::case_page::{choice, joinable};
use crate::certificates::{self, Certificate, CertificateId, CertificateState, grouped};
use crate::cohorts::{Cohort, CohortId};
use crate::consultations::{self, Consultation, ConsultationState};
use crate::enrolments::queries::{self as enrolments, OfCase};
use crate::enrolments::{Apply, EnrolmentId, EnrolmentState, Withdraw};
use crate::feeds::{self, CloseFeed, FeedId, OpenFeed};
use crate::learners::{self, Learner};
use crate::shown::{Fields, badge, days as between, stretch};
use crate::{Agreed, WORDS, sessions};

// words: enrolment-*

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/my/classes", Need::Person, show)
        .post("/my/classes", Need::Person, apply)
        .post("/my/classes/{id}/withdraw", Need::Person, withdraw)
        .get("/my/certificates/{id}", Need::Person, paper)
        .post("/my/calendar", Need::Person, open_feed)
        .post("/my/calendar/close", Need::Person, close_feed)
}

fn contact(ask: &Ask) -> Outcome<ContactId> {
    let id = ask.viewer.contact_id().ok_or(Failure::NotFound)?;
    Ok(ContactId::new(id))
}

/// What her page shows.
#[derive(Default)]
struct Mine {
    classes: Vec<(OfCase, Vec<sessions::Session>)>,
    open: Vec<Cohort>,
    hours: Vec<Consultation>,
    papers: Vec<Certificate>,
    feed: Option<String>,
    has_case: bool,
}

async fn load(ask: &Ask) -> Outcome<Mine> {
    let contact = contact(ask)?;
    let mut conn = ask.read().await?;
    let feed = feeds::find(&mut conn, contact).await?;
    let feed = feed.map(|id| feeds::link(&ask.city, id));
    let Some(learner) = learners::of_contact(&mut conn, contact.get()).await? else {
        return Ok(Mine {
            feed,
            ..Mine::default()
        });
    };
    let mut classes = Vec::new();
    for one in enrolments::list_of_case(&mut conn, learner.case_id).await? {
        let mut days = sessions::list(&mut conn, one.cohort_id).await?;
        days.retain(|day| day.ends_at >= ask.now() && one.state == EnrolmentState::Enrolled);
        classes.push((one, days));
    }
    let is_in = |cohort: &Cohort| {
        classes
            .iter()
            .any(|(one, _)| one.cohort_id == cohort.id && one.state != EnrolmentState::Withdrawn)
    };
    let mut open = joinable(&mut conn, ask.now().date()).await?;
    open.retain(|cohort| !is_in(cohort));
    let mut hours = consultations::list_of_case(&mut conn, learner.case_id).await?;
    hours.retain(|one| one.state == ConsultationState::Booked);
    let mut papers = certificates::list_of_case(&mut conn, learner.case_id).await?;
    papers.retain(|paper| paper.state == CertificateState::Valid);
    Ok(Mine {
        classes,
        open,
        hours,
        papers,
        feed,
        has_case: true,
    })
}

async fn show(ask: Ask) -> Outcome {
    let mine = load(&ask).await?;
    let view = view(&ask.page, &mine, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "my-classes-title"), view)
}

async fn again(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome {
    let mine = load(ask).await?;
    let title = ask.page.t(&WORDS, "my-classes-title");
    ask.again(&title, view(&ask.page, &mine, form, errors))
}

fn title<'a>(p: &Page, fa: &'a str, en: &'a str) -> &'a str {
    match p.lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

fn view(p: &Page, o: &Mine, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let open: Vec<_> = o
        .open
        .iter()
        .map(|cohort| (cohort.id.to_string(), choice(p, cohort)))
        .collect();
    html! {
        h1 { (t("my-classes-title")) }
        (parts::error_summary(p, errors))
        @if o.classes.is_empty() { p.nothing { (t("my-classes-empty")) } }
        @for (one, days) in &o.classes {
            (parts::card(Some(title(p, &one.title_fa, &one.title_en)), class(p, one, days)))
        }
        @if !o.hours.is_empty() {
            h2 { (t("consultations-title")) }
            ul {
                @for one in &o.hours {
                    li { (stretch(p, one.starts_at, one.ends_at)) " · " bdi { (title(p, &one.name_fa, &one.name_en)) } }
                }
            }
        }
        @if !o.papers.is_empty() { (papers(p, &o.papers)) }
        @if o.has_case && !open.is_empty() {
            h2 { (t("my-apply-title")) }
            (parts::form(p, "/my/classes", html! {
                (fields.select("cohort", open, true))
                (parts::tick(p, "agreed", &t("my-agreed"), form.has("agreed"), errors.get("agreed")))
                (parts::primary_button(&t("my-apply")))
            }))
        }
        h2 { (t("my-calendar-title")) }
        (calendar(p, o.feed.as_deref()))
    }
}

fn class(p: &Page, one: &OfCase, days: &[sessions::Session]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let may_leave = matches!(
        one.state,
        EnrolmentState::Applied | EnrolmentState::Waitlisted | EnrolmentState::Enrolled
    );
    html! {
        p { (badge(p, "enrolment", one.state)) " " (between(p, one.starts_on, one.ends_on)) }
        @if !days.is_empty() {
            ul { @for day in days { li { (stretch(p, day.starts_at, day.ends_at)) } } }
        }
        @if may_leave {
            details {
                summary { (t("my-leave")) }
                (parts::inline_form(p, &format!("/my/classes/{}/withdraw", one.id), html! {
                    (parts::danger_button(&t("my-leave-yes")))
                }))
            }
        }
    }
}

fn papers(p: &Page, papers: &[Certificate]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("course-title")),
        Column::text(t("certificate-serial")),
        Column::text(t("certificate-print")),
    ];
    let row = |paper: &Certificate| {
        vec![
            html! { bdi { (paper.title(p.lang)) } },
            html! { a dir="ltr" href={ "/verify/" (paper.serial) } { (grouped(&paper.serial)) } },
            html! { a href={ "/my/certificates/" (paper.id) } { (t("certificate-print")) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = papers.iter().map(row).collect();
    parts::table(&t("certificates-title"), &columns, &rows, "")
}

fn calendar(p: &Page, feed: Option<&str>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    match feed {
        Some(link) => html! {
            p { (t("my-calendar-lead")) }
            p { (parts::copyable(p, link)) }
            (parts::inline_form(p, "/my/calendar/close", html! {
                (parts::secondary_button(&t("my-calendar-close")))
            }))
        },
        None => html! {
            p { (t("my-calendar-offer")) }
            (parts::inline_form(p, "/my/calendar", html! {
                (parts::secondary_button(&t("my-calendar-open")))
            }))
        },
    }
}

async fn me(ask: &Ask) -> Outcome<Learner> {
    let contact = contact(ask)?.get();
    let learner = learners::of_contact(&mut ask.read().await?, contact).await?;
    learner.ok_or(Failure::NotFound)
}

async fn apply(ask: Ask, form: Form) -> Outcome {
    let learner = me(&ask).await?;
    let mut read = form.read(&ask.page);
    let cohort = read.choice::<CohortId>("cohort");
    // She is signed in by the code from her phone.
    let agreed = read.ticked("agreed").then_some(Agreed {
        id: form.key()?,
        evidence: Evidence::SmsCode,
    });
    let mut errors = read.errors;
    if let Some(cohort) = cohort {
        let command = Apply {
            id: EnrolmentId::new(form.key()?),
            cohort,
            case: learner.case_id,
            agreed,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with("/my/classes", &ask.page.t(&WORDS, "my-applied"));
        }
    }
    again(&ask, &form, &errors).await
}

async fn withdraw(ask: Ask, Path(id): Path<EnrolmentId>, form: Form) -> Outcome {
    let learner = me(&ask).await?;
    let enrolment = enrolments::get(&mut ask.read().await?, id).await?;
    if enrolment.case_id != learner.case_id {
        return Err(Failure::NotFound);
    }
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(&form, Withdraw { id }).await, &mut errors)? {
        Some(()) => ask.see_with("/my/classes", &ask.page.t(&WORDS, "person-withdrew")),
        None => again(&ask, &form, &errors).await,
    }
}

async fn paper(ask: Ask, Path(id): Path<CertificateId>) -> Outcome {
    let learner = me(&ask).await?;
    let mut conn = ask.read().await?;
    let known = certificates::pages::known(&mut conn, id).await?;
    if known.holder.person_id != learner.person_id {
        return Err(Failure::NotFound);
    }
    certificates::print::send(&ask, conn, known).await
}

async fn open_feed(ask: Ask, form: Form) -> Outcome {
    let command = OpenFeed {
        id: FeedId::new(form.key()?),
        contact: contact(&ask)?,
    };
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(&form, command).await, &mut errors)? {
        Some(()) => ask.see_with("/my/classes", &ask.page.t(&WORDS, "my-calendar-opened")),
        None => again(&ask, &form, &errors).await,
    }
}

async fn close_feed(ask: Ask, form: Form) -> Outcome {
    let contact = contact(&ask)?;
    ask.post(&form, CloseFeed { contact }).await?;
    ask.see_with("/my/classes", &ask.page.t(&WORDS, "my-calendar-closed"))
}
