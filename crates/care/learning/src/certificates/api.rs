//! Certificates for machines.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{Json, Outcome};

use super::pages::{certificate_of, revocable};
use super::{CertificateId, RevokeCertificate, RevokedReason, list_of, prepare, print};
use crate::bounds::key_of;
use crate::cohorts::{CohortId, pages::cohort_of, pages::people, pages::taught};
use crate::{COURSE_CHANGE, COURSE_READ, COURSE_TEACH};

pub(crate) fn routes() -> Routes {
    let (read, change) = (Need::May(&COURSE_READ), Need::May(&COURSE_CHANGE));
    Routes::new()
        .get("/api/v1/cohorts/{id}/certificates", read, list)
        .post(
            "/api/v1/cohorts/{id}/certificates",
            Need::May(&COURSE_TEACH),
            issue,
        )
        .get("/api/v1/certificates/{id}", read, show)
        .get("/api/v1/certificates/{id}/paper", read, paper)
        .post("/api/v1/certificates/{id}/revocation", change, revoke)
}

/// The certificates of those of a cohort whom the viewer may know.
async fn list(ask: Ask, Path(id): Path<CohortId>) -> Outcome {
    let mut conn = ask.read().await?;
    let cohort = cohort_of(&ask, &mut conn, id).await?;
    let people = people(&ask, &mut conn, &cohort).await?;
    let mut items = list_of(&mut conn, id).await?;
    items.retain(|paper| people.iter().any(|one| one.id == paper.enrolment_id));
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn issue(ask: Ask, Path(id): Path<CohortId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    let mut conn = ask.read().await?;
    taught(&ask, &mut conn, id).await?;
    let command = prepare(&mut conn, &ask.city.db, &ask.city.keys, id).await?;
    drop(conn);
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    let items = list_of(&mut ask.read().await?, id).await?;
    let body = json!({ "issued": answer.out, "items": items });
    ask.json(StatusCode::OK, &body)
}

async fn show(ask: Ask, Path(id): Path<CertificateId>) -> Outcome {
    let mut conn = ask.read().await?;
    let known = certificate_of(&ask, &mut conn, id).await?;
    drop(conn);
    let person = known.holder.person_id.get();
    ask.seen("certificate", Some(id.get()), vec![person])
        .await?;
    let body = json!({ "certificate": known.paper, "person": known.holder });
    ask.json(StatusCode::OK, &body)
}

async fn paper(ask: Ask, Path(id): Path<CertificateId>) -> Outcome {
    let mut conn = ask.read().await?;
    let known = certificate_of(&ask, &mut conn, id).await?;
    print::send(&ask, conn, known).await
}

#[derive(Deserialize)]
struct Why {
    reason: RevokedReason,
}

async fn revoke(
    ask: Ask,
    Path(id): Path<CertificateId>,
    headers: HeaderMap,
    Json(why): Json<Why>,
) -> Outcome {
    let key = key_of(&headers)?;
    revocable(&ask, id).await?;
    let command = RevokeCertificate {
        id,
        reason: why.reason,
    };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    let paper = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &paper)
}
