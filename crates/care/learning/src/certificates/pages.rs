//! Certificates on screen: issued together, shown, printed and taken back one by one.

use access::grants::{Category, may_see};
use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::Conn;
use maud::{Markup, html};
use web::parts::{self, Tone};
use web::{Failure, Form, FormErrors, Outcome, Page};

use super::{
    Certificate, CertificateId, CertificateState, RevokeCertificate, RevokedReason, grouped,
    prepare, print, queries,
};
use crate::cohorts::{self, Cohort, CohortId, pages::page as cohort_page, pages::taught};
use crate::enrolments::{self, Enrolment};
use crate::shown::{Fields, badge, name, options, word};
use crate::{COURSE_CHANGE, COURSE_READ, COURSE_TEACH, WORDS, rights};

// words: revoked-* certificate-state-*

pub(crate) fn routes() -> Routes {
    let (read, change) = (Need::May(&COURSE_READ), Need::May(&COURSE_CHANGE));
    Routes::new()
        .post(
            "/cohorts/{id}/certificates",
            Need::May(&COURSE_TEACH),
            issue,
        )
        .get("/certificates/{id}", read, show)
        .get("/certificates/{id}/paper", read, paper)
        .post("/certificates/{id}/revoke", change, revoke)
}

async fn issue(ask: Ask, Path(id): Path<CohortId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    taught(&ask, &mut conn, id).await?;
    let command = prepare(&mut conn, &ask.city.db, &ask.city.keys, id).await?;
    drop(conn);
    let mut errors = FormErrors::default();
    match ask.refused(ask.post(&form, command).await, &mut errors)? {
        Some(count) => {
            let args = [("count", count.into())];
            let done = ask.page.tr(&WORDS, "certificates-issued", &args);
            ask.see_with(format!("/cohorts/{id}"), &done)
        }
        None => {
            let view = cohort_page(&ask, id, &form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "cohort-title"), view)
        }
    }
}

/// A certificate with whose it is and where it was earned.
pub(crate) struct Known {
    pub paper: Certificate,
    pub holder: Enrolment,
    pub cohort: Cohort,
}

pub(crate) async fn known(conn: &mut Conn, id: CertificateId) -> db::Result<Known> {
    let paper = queries::get(conn, id).await?;
    let holder = enrolments::queries::get(conn, paper.enrolment_id).await?;
    let cohort = cohorts::get(conn, paper.cohort_id).await?;
    Ok(Known {
        paper,
        holder,
        cohort,
    })
}

/// May the viewer take it back? The body that holds the course may.
fn may_revoke(ask: &Ask, known: &Known) -> bool {
    rights::may_change(&ask.viewer, known.cohort.organization_id)
}

/// The certificate, when it is of the viewer's own cohort or body (with her name while the body may
/// know it), or the viewer's body carries the case.
pub(super) async fn certificate_of(
    ask: &Ask,
    conn: &mut Conn,
    id: CertificateId,
) -> Outcome<Known> {
    let mut known = known(conn, id).await?;
    let (person, category) = (known.holder.person_id.get(), Category::Operational);
    let is_seen = rights::carries(ask, conn, known.holder.case_id).await?;
    if !is_seen && !may_see(conn, &ask.viewer, person, category, ask.now()).await? {
        known.holder.first_name.clear();
        known.holder.last_name.clear();
    }
    match is_seen || rights::teaches(&ask.viewer, &known.cohort) || may_revoke(ask, &known) {
        true => Ok(known),
        false => Err(Failure::NotFound),
    }
}

/// The certificate, when the viewer may take it back.
pub(super) async fn revocable(ask: &Ask, id: CertificateId) -> Outcome<Known> {
    let known = known(&mut ask.read().await?, id).await?;
    match may_revoke(ask, &known) {
        true => Ok(known),
        false => Err(Failure::NotFound),
    }
}

async fn show(ask: Ask, Path(id): Path<CertificateId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "certificate-title"), view)
}

async fn page(ask: &Ask, id: CertificateId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let known = certificate_of(ask, &mut conn, id).await?;
    drop(conn);
    let person = known.holder.person_id.get();
    ask.seen("certificate", Some(id.get()), vec![person])
        .await?;
    let may = may_revoke(ask, &known);
    Ok(view(&ask.page, &known, may, form, errors))
}

fn view(p: &Page, known: &Known, may_revoke: bool, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (paper, holder) = (&known.paper, &known.holder);
    let fields = Fields { p, form, errors };
    let is_valid = paper.state == CertificateState::Valid;
    let serial = grouped(&paper.serial);
    html! {
        (parts::back_link(&format!("/cohorts/{}", paper.cohort_id), paper.title(p.lang)))
        h1 { (t("certificate-title")) }
        (parts::error_summary(p, errors))
        (parts::facts(&[
            (t("person-name"), name(p, &holder.first_name, &holder.last_name)),
            (t("course-title"), html! { bdi { (paper.title(p.lang)) } }),
            (t("certificate-serial"), parts::copyable(p, &serial)),
            (t("certificate-issued-on"), p.date(paper.issued_on)),
            (t("certificate-holds"), html! {
                (badge(p, "certificate-state", paper.state))
                @if let Some(day) = paper.revoked_on { " " (p.date(day)) }
                @if let Some(reason) = paper.revoked_reason { " · " (word(p, "revoked", reason)) }
            }),
        ]))
        p {
            @if is_valid {
                (parts::button_link(&format!("/certificates/{}/paper", paper.id), &t("certificate-print"))) " "
            }
            (parts::secondary_link(&format!("/verify/{}", paper.serial), &t("certificate-public")))
        }
        @if is_valid && may_revoke {
            details open[!errors.is_empty()] {
                summary { (t("certificate-revoke")) }
                (parts::notice(p, Tone::Warning, html! { p { (t("certificate-revoke-help")) } }))
                (parts::form(p, &format!("/certificates/{}/revoke", paper.id), html! {
                    (fields.select("reason", options(p, "revoked", RevokedReason::ALL), true))
                    (parts::danger_button(&t("certificate-revoke")))
                }))
            }
        }
    }
}

async fn paper(ask: Ask, Path(id): Path<CertificateId>) -> Outcome {
    let mut conn = ask.read().await?;
    let known = certificate_of(&ask, &mut conn, id).await?;
    print::send(&ask, conn, known).await
}

async fn revoke(ask: Ask, Path(id): Path<CertificateId>, form: Form) -> Outcome {
    revocable(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let reason = read.choice::<RevokedReason>("reason");
    let mut errors = read.errors;
    if let Some(reason) = reason {
        let command = RevokeCertificate { id, reason };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "certificate-revoked-flash");
            return ask.see_with(format!("/certificates/{id}"), &done);
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "certificate-title"), view)
}
