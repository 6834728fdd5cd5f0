//! Certificates for machines.

use access::contract::{File, Gives, Pdf};
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, Outcome};

use super::pages::{certificate_of, revocable};
use super::{
    Certificate, CertificateId, RevokeCertificate, RevokedReason, list_of, prepare, print,
};
use crate::cohorts::{CohortId, pages::cohort_of, pages::people, pages::taught};
use crate::enrolments::Enrolment;
use crate::{COURSE_CHANGE, COURSE_READ, COURSE_TEACH};

pub(crate) fn routes() -> Routes {
    let (read, change) = (Need::May(&COURSE_READ), Need::May(&COURSE_CHANGE));
    Routes::new()
        .api_get("/api/v1/cohorts/{id}/certificates", read, list)
        .api_post(
            "/api/v1/cohorts/{id}/certificates",
            Need::May(&COURSE_TEACH),
            issue,
        )
        .api_get("/api/v1/certificates/{id}", read, show)
        .api_get("/api/v1/certificates/{id}/paper", read, paper)
        .api_post("/api/v1/certificates/{id}/revocation", change, revoke)
}

/// The certificates of those of a cohort whom the viewer may know.
async fn list(ask: Ask, Path(id): Path<CohortId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let cohort = cohort_of(&ask, &mut conn, id).await?;
    let people = people(&ask, &mut conn, &cohort).await?;
    let mut items = list_of(&mut conn, id).await?;
    items.retain(|paper| people.iter().any(|one| one.id == paper.enrolment_id));
    ask.whole(items)
}

/// What was issued now, and all of the cohort.
#[derive(Serialize, JsonSchema)]
struct Issued {
    issued: i64,
    items: Vec<Certificate>,
}

async fn issue(ask: Ask, Path(id): Path<CohortId>, Key(key): Key) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    taught(&ask, &mut conn, id).await?;
    let command = prepare(&mut conn, &ask.city.db, &ask.city.keys, id).await?;
    drop(conn);
    let answer = ask.once(key, command).await?;
    let items = list_of(&mut ask.read().await?, id).await?;
    let body = Issued {
        issued: answer.out,
        items,
    };
    ask.json(StatusCode::OK, &body)
}

/// A certificate and whose it is.
#[derive(Serialize, JsonSchema)]
struct CertificateItem {
    certificate: Certificate,
    person: Enrolment,
}

async fn show(ask: Ask, Path(id): Path<CertificateId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let known = certificate_of(&ask, &mut conn, id).await?;
    drop(conn);
    let person = known.holder.person_id.get();
    ask.seen("certificate", Some(id.get()), vec![person])
        .await?;
    let body = CertificateItem {
        certificate: known.paper,
        person: known.holder,
    };
    ask.json(StatusCode::OK, &body)
}

async fn paper(ask: Ask, Path(id): Path<CertificateId>) -> Outcome<File<Pdf>> {
    let mut conn = ask.read().await?;
    let known = certificate_of(&ask, &mut conn, id).await?;
    print::send(&ask, conn, known).await.map(File::from)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RevocationReason")]
struct Why {
    reason: RevokedReason,
}

async fn revoke(
    ask: Ask,
    Path(id): Path<CertificateId>,
    Key(key): Key,
    Json(why): Json<Why>,
) -> Outcome<impl Gives> {
    revocable(&ask, id).await?;
    let command = RevokeCertificate {
        id,
        reason: why.reason,
    };
    ask.once(key, command).await?;
    let paper = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &paper)
}
