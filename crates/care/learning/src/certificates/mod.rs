//! Certificates: what was learned, on a paper anyone can verify.

pub(crate) mod api;
pub(crate) mod pages;
pub(crate) mod print;
mod queries;
mod serial;
pub(crate) mod verify;

use access::audit;
use casework::CaseId;
use db::{FromRow, Keys, Reason, Result, Tx, Write};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use queries::{get, list_of, list_of_case};
pub(crate) use serial::grouped;
pub use serial::{Serial, SerialFault};

use crate::cohorts::{self, CohortId};
use crate::courses::Basis;
use crate::enrolments::EnrolmentId;
use crate::{learners, notes};

db::id!(
    /// A certificate.
    pub CertificateId
);

db::text_enum! {
    /// Whether a certificate holds.
    pub enum CertificateState {
        /// It does.
        Valid = "valid",
        /// It was taken back.
        Revoked = "revoked",
    }
}

db::text_enum! {
    /// Why a certificate was taken back.
    pub enum RevokedReason {
        /// It was issued by mistake.
        Mistake = "mistake",
        /// It turned out that it was not earned.
        NotEarned = "not_earned",
        /// The paper was misused or altered.
        Forged = "forged",
        /// A new one takes its place.
        Replaced = "replaced",
    }
}

/// Nobody in the cohort waits for a certificate.
pub const NOTHING_TO_ISSUE: Reason = Reason::new("nothing_to_issue", 409);
/// The certificate was revoked before.
pub const CERTIFICATE_REVOKED: Reason = Reason::new("certificate_revoked", 409);

/// A certificate with what stands on it.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Its serial, without dashes.
    pub serial: String,
    /// The enrolment that earned it.
    pub enrolment_id: EnrolmentId,
    /// The case.
    pub case_id: CaseId,
    /// The cohort.
    pub cohort_id: CohortId,
    /// What it certifies.
    pub basis: Basis,
    /// The day it was issued.
    pub issued_on: Date,
    /// Whether it holds.
    pub state: CertificateState,
    /// The day it was taken back.
    pub revoked_on: Option<Date>,
    /// Why.
    pub revoked_reason: Option<RevokedReason>,
    /// The course's title in Persian.
    pub title_fa: String,
    /// The course's title in English.
    pub title_en: String,
}

impl Certificate {
    /// The course's title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.title_fa,
            Lang::En => &self.title_en,
        }
    }
}

/// A certificate to be issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewCertificate {
    /// Made by the sender.
    pub id: CertificateId,
    /// The enrolment that earned it.
    pub enrolment: EnrolmentId,
    /// Its serial, which follows from its id and the city's keys.
    pub serial: String,
}

impl NewCertificate {
    /// A certificate with its serial.
    pub fn new(keys: &Keys, id: CertificateId, enrolment: EnrolmentId) -> Self {
        Self {
            id,
            enrolment,
            serial: Serial::of(keys, id).as_str().to_owned(),
        }
    }
}

/// Issues certificates to those of a cohort who completed it and hold none, and tells them.
#[derive(Clone, Serialize)]
pub struct IssueCertificates {
    /// Which cohort.
    pub cohort: CohortId,
    /// One for each, from [`prepare`]. Left out of the fingerprint: asking again makes new ids.
    #[serde(skip_serializing)]
    pub certificates: Vec<NewCertificate>,
}

/// The certificates a cohort's people still wait for.
pub async fn prepare(
    conn: &mut db::Conn,
    db: &db::Db,
    keys: &Keys,
    cohort: CohortId,
) -> Result<IssueCertificates> {
    let waiting = queries::waiting(conn, cohort).await?;
    let certificates = waiting
        .into_iter()
        .map(|enrolment| NewCertificate::new(keys, CertificateId::new(db.new_id()), enrolment))
        .collect();
    Ok(IssueCertificates {
        cohort,
        certificates,
    })
}

impl Write for IssueCertificates {
    const NAME: &'static str = "issue_certificates";
    /// How many were issued.
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let cohort = cohorts::get(tx, self.cohort).await?;
        let mut issued = 0;
        for new in &self.certificates {
            let Some(case) = queries::issue(tx, self.cohort, new).await? else {
                continue;
            };
            issued += 1;
            let learner = learners::of_case(tx, case).await?;
            notes::certificate(tx, &learner, &cohort, &serial::grouped(&new.serial)).await?;
            let detail = json!({ "case": case, "cohort": self.cohort });
            audit::record(
                tx,
                "certificate_issued",
                "certificate",
                Some(new.id.get()),
                detail,
            )
            .await?;
        }
        if issued == 0 {
            NOTHING_TO_ISSUE.refuse()
        } else {
            Ok(issued)
        }
    }
}

/// Takes a certificate back. Its public page says so at once.
#[derive(Clone, Serialize, Deserialize)]
pub struct RevokeCertificate {
    /// Which.
    pub id: CertificateId,
    /// Why.
    pub reason: RevokedReason,
}

impl Write for RevokeCertificate {
    const NAME: &'static str = "revoke_certificate";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::revoke(tx, self.id, self.reason).await? {
            return CERTIFICATE_REVOKED.refuse();
        }
        let detail = json!({ "reason": self.reason });
        audit::record(
            tx,
            "certificate_revoked",
            "certificate",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}
