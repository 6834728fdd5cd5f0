//! What another body may know of who learns there: her name, while she learns, as she agreed. A
//! body that carries the case itself knows her already.

use access::consents::{self, Consent, NewConsent};
use access::grants::{self, Category, Grant};
use casework::cases::{Evidence, guardian_who_gave};
use casework::months_after;
use db::{Conn, Reason, Result, Tx};
use organizations::OrganizationId;
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::learners::Learner;

/// No consent reaches the body that would learn of her.
pub const NO_CONSENT: Reason = Reason::new("learning_no_consent", 409);

/// Months a consent given here holds.
const MONTHS: i64 = 12;

/// That she agreed, told with the enrolment or the booking.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Agreed {
    /// The consent's id, made by the sender.
    pub id: Uuid,
    /// What shows that she agreed.
    pub evidence: Evidence,
}

/// Lets the body see her name for one record (an enrolment, a consultation), on the consent told
/// with it or on one that holds already.
pub(crate) async fn share(
    tx: &mut Tx,
    learner: &Learner,
    body: OrganizationId,
    record: Uuid,
    agreed: Option<&Agreed>,
) -> Result<()> {
    if learner.organization_id == body {
        return Ok(());
    }
    let today = tx.today();
    let consent = match (find(tx, learner, body, today).await?, agreed) {
        (Some(consent), _) => consent.id,
        (None, Some(agreed)) => give(tx, learner, body, agreed).await?,
        (None, None) => return NO_CONSENT.at("agreed"),
    };
    // Its withdrawal waits until this write is done, and then ends the grant.
    if !consents::hold(tx, consent).await? {
        return NO_CONSENT.at("agreed");
    }
    let grant = Grant {
        subject: learner.person_id.get(),
        organization: body.get(),
        purpose: purpose(record),
        category: Category::Operational,
        until: None,
        consent: Some(consent),
    };
    grants::give(tx, grant).await.map(drop)
}

async fn give(
    tx: &mut Tx,
    learner: &Learner,
    body: OrganizationId,
    agreed: &Agreed,
) -> Result<Uuid> {
    let consent = NewConsent {
        id: agreed.id,
        subject_id: learner.person_id.get(),
        purpose: "learning".into(),
        categories: vec![Category::Operational],
        bodies: vec![body.get()],
        valid_until: months_after(tx.today(), MONTHS),
        evidence: agreed.evidence.as_str().into(),
        given_by: guardian_who_gave(tx, learner.person_id, agreed.evidence).await?,
    };
    consents::record(tx, &consent).await?;
    Ok(agreed.id)
}

/// Refuses when no consent reaches the body any more.
pub(crate) async fn must_hold(tx: &mut Tx, learner: &Learner, body: OrganizationId) -> Result<()> {
    match may_know(tx, learner, body).await? {
        true => Ok(()),
        false => NO_CONSENT.refuse(),
    }
}

/// May the body know of her today?
pub(crate) async fn may_know(tx: &mut Tx, learner: &Learner, body: OrganizationId) -> Result<bool> {
    let today = tx.today();
    Ok(learner.organization_id == body || find(tx, learner, body, today).await?.is_some())
}

/// A consent that names the body, or all that the case needs; one for learning goes first.
async fn find(
    conn: &mut Conn,
    learner: &Learner,
    body: OrganizationId,
    today: Date,
) -> Result<Option<Consent>> {
    let mut list = consents::list(conn, learner.person_id.get()).await?;
    list.retain(|consent| {
        let is_about_this = matches!(
            consent.purpose.as_str(),
            "learning" | "referral" | "casework"
        );
        is_about_this && consent.holds_on(today) && reaches(consent, body)
    });
    list.sort_by_key(|consent| consent.purpose != "learning");
    Ok(list.into_iter().next())
}

fn reaches(consent: &Consent, body: OrganizationId) -> bool {
    let bodies = consent.bodies.as_array();
    let bodies = bodies.map(Vec::as_slice).unwrap_or_default();
    let body = body.to_string();
    // An empty list means the bodies the case needs.
    bodies.is_empty() || bodies.iter().any(|named| named.as_str() == Some(&body))
}

/// The body needs her name no longer.
pub(crate) async fn end(
    tx: &mut Tx,
    learner: &Learner,
    body: OrganizationId,
    record: Uuid,
) -> Result<()> {
    let (person, body) = (learner.person_id.get(), body.get());
    grants::end(tx, person, body, &purpose(record))
        .await
        .map(drop)
}

/// Days after a course in which its body issues and hands out certificates.
const PAPERS: i64 = 30;

/// The course is over; what she completed still has to be certified, if her consent holds.
pub(crate) async fn keep_for_paper(
    tx: &mut Tx,
    learner: &Learner,
    body: OrganizationId,
    record: Uuid,
) -> Result<()> {
    end(tx, learner, body, record).await?;
    let today = tx.today();
    let Some(consent) = find(tx, learner, body, today).await? else {
        return Ok(());
    };
    if learner.organization_id == body || !consents::hold(tx, consent.id).await? {
        return Ok(());
    }
    let until: Timestamp = tx.now().plus_days(PAPERS);
    let grant = Grant {
        subject: learner.person_id.get(),
        organization: body.get(),
        purpose: purpose(record),
        category: Category::Operational,
        until: Some(until),
        consent: Some(consent.id),
    };
    grants::give(tx, grant).await.map(drop)
}

fn purpose(record: Uuid) -> String {
    format!("learning:{record}")
}
