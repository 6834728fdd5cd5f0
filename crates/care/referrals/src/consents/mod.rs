//! Taking a consent back, whatever it is for: by the body that carries the person, or by herself.
//!
//! It stands here and not with the person or the case, because what is under way with other bodies
//! is called back in the same write.

mod api;
mod views;

use access::consents::{self, Consent};
use access::grants::{self, Category};
use access::{Ask, Need, Permission, Role, Routes};
use axum::extract::Path;
use casework::CaseId;
use casework::cases::{CaseState, CloseReason};
use contacts::ContactId;
use db::{Conn, Keys, Result, Tx, Write};
use people::PersonId;
use persian::Date;
use serde::Serialize;
use uuid::Uuid;
use web::{Failure, Form, Outcome};

use crate::WORDS;
use crate::closing::CloseCase;
use crate::legs::{self, Leg};

/// Records that a person takes a consent back.
pub const WITHDRAW: Permission =
    Permission::new("consent.withdraw", &[Role::CaseWorker, Role::Supervisor]);

pub(crate) fn routes() -> Routes {
    let need = Need::May(&WITHDRAW);
    Routes::new()
        .get("/consents/{id}/withdrawal", need, ask_staff)
        .post("/consents/{id}/withdrawal", need, staff)
        .get("/my/consents", Need::Person, list_own)
        .get("/my/consents/{id}/withdrawal", Need::Person, ask_her)
        .post("/my/consents/{id}/withdrawal", Need::Person, her)
        .merge(api::routes())
}

/// Takes a consent back: its grants end, and what rests on it is called back, in one write. A case
/// that no consent carries any more ends too: nobody could see it, so nobody could go on with it.
#[derive(Serialize)]
pub struct WithdrawConsent {
    consent: Uuid,
    // Not told apart by it: sent again, the case has ended.
    #[serde(skip)]
    closing: Option<CloseCase>,
}

impl WithdrawConsent {
    /// For a consent as it was read today.
    pub async fn of(conn: &mut Conn, keys: &Keys, consent: &Consent, today: Date) -> Result<Self> {
        let case = case_carried_by(conn, consent, today).await?;
        let closing = case.map(|case| CloseCase {
            case,
            reason: CloseReason::PersonLeft.seal(keys, case),
        });
        Ok(Self {
            consent: consent.id,
            closing,
        })
    }
}

/// The case that runs by this consent and by no other.
async fn case_carried_by(
    conn: &mut Conn,
    consent: &Consent,
    today: Date,
) -> Result<Option<CaseId>> {
    if consent.purpose != "casework" || consent.withdrawn_at.is_some() {
        return Ok(None);
    }
    let person = PersonId::new(consent.subject_id);
    let case = casework::find_for_person(conn, person).await?;
    let Some(case) = case.filter(|case| case.state != CaseState::Closed) else {
        return Ok(None);
    };
    let body = case.organization_id.get();
    let all = consents::list(conn, consent.subject_id).await?;
    let is_another = |other: &Consent| {
        other.id != consent.id
            && other.purpose == consent.purpose
            && other.holds_on(today)
            && other.allows(body, Category::Operational)
    };
    let is_carried = consent.allows(body, Category::Operational) && !all.iter().any(is_another);
    Ok(is_carried.then_some(case.id))
}

impl Write for WithdrawConsent {
    const NAME: &'static str = "withdraw_consent_and_recall";
    /// How many legs were called back.
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        consents::withdraw(tx, self.consent).await?;
        let recalled = legs::recall_for_consent(tx, self.consent).await?;
        let Some(closing) = &self.closing else {
            return Ok(recalled);
        };
        // Somebody else may have ended it since it was read.
        match casework::find(tx, closing.case).await? {
            Some(case) if case.state != CaseState::Closed => Ok(recalled + closing.run(tx).await?),
            _ => Ok(recalled),
        }
    }
}

/// A consent and what ends with it.
struct Asked {
    consent: Consent,
    /// Hand-overs nobody has answered: they are called back.
    unanswered: usize,
    /// Hand-overs a body works on: it loses what it was told.
    answered: usize,
    /// Her case ends with it.
    closes_case: bool,
}

impl Asked {
    async fn of(conn: &mut Conn, consent: Consent, today: Date) -> Result<Self> {
        let closes_case = case_carried_by(conn, &consent, today).await?.is_some();
        let legs = legs::list_for_consent(conn, consent.id).await?;
        let is_unanswered = |leg: &&Leg| leg.state.is_unanswered();
        let unanswered = legs.iter().filter(is_unanswered).count();
        Ok(Self {
            answered: legs.len() - unanswered,
            unanswered,
            closes_case,
            consent,
        })
    }
}

/// A consent of a person whom one of the viewer's bodies carries, and her name; else not found.
async fn of_carried(ask: &Ask, conn: &mut Conn, id: Uuid) -> Outcome<(Consent, String)> {
    let consent = consents::get(conn, id).await?;
    let (viewer, subject) = (&ask.viewer, consent.subject_id);
    if !grants::may_see(conn, viewer, subject, Category::Operational, ask.now()).await? {
        return Err(Failure::NotFound);
    }
    let person = people::get(conn, PersonId::new(subject)).await?;
    let case = casework::find_for_person(conn, person.id).await?;
    let carrying = case.map(|case| case.organization_id);
    let mine = viewer.bodies_as(WITHDRAW.roles);
    let mut carriers = carrying.into_iter().chain([person.organization_id]);
    match carriers.any(|body| mine.contains(&body.get())) {
        true => Ok((consent, person.name())),
        false => Err(Failure::NotFound),
    }
}

/// The consents the person on her own page gave, newest first.
async fn own(ask: &Ask, conn: &mut Conn) -> Outcome<Vec<Consent>> {
    let contact = ask.viewer.contact_id().ok_or(Failure::NotFound)?;
    let contact = contacts::get(conn, ContactId::new(contact)).await?;
    Ok(consents::list(conn, contact.subject_id).await?)
}

/// One of her own; another's is not found.
async fn of_her(ask: &Ask, conn: &mut Conn, id: Uuid) -> Outcome<Consent> {
    let all = own(ask, conn).await?;
    let hers = all.into_iter().find(|consent| consent.id == id);
    hers.ok_or(Failure::NotFound)
}

async fn withdrawal(ask: &Ask, conn: &mut Conn, consent: &Consent) -> Result<WithdrawConsent> {
    WithdrawConsent::of(conn, &ask.city.keys, consent, ask.now().date()).await
}

async fn ask_staff(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let mut conn = ask.read().await?;
    let (consent, name) = of_carried(&ask, &mut conn, id).await?;
    let person = consent.subject_id;
    let asked = Asked::of(&mut conn, consent, ask.now().date()).await?;
    drop(conn);
    ask.seen("person", Some(person), vec![person]).await?;
    let back = (format!("/people/{person}"), name);
    let action = format!("/consents/{id}/withdrawal");
    let view = views::confirm(&ask.page, &asked, &back, &action);
    ask.html(&ask.page.t(&WORDS, "withdrawal-title"), view)
}

async fn staff(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let (consent, _) = of_carried(&ask, &mut conn, id).await?;
    let command = withdrawal(&ask, &mut conn, &consent).await?;
    drop(conn);
    ask.post(&form, command).await?;
    let mut conn = ask.read().await?;
    let (person, category) = (consent.subject_id, Category::Operational);
    // Her consent may have been what let her record be seen.
    let is_seen = grants::may_see(&mut conn, &ask.viewer, person, category, ask.now()).await?;
    drop(conn);
    let next = match is_seen {
        true => format!("/people/{person}"),
        false => "/people".to_owned(),
    };
    ask.see_with(next, &ask.page.t(&WORDS, "consent-withdrawn-flash"))
}

async fn list_own(ask: Ask) -> Outcome {
    let all = own(&ask, &mut ask.read().await?).await?;
    let view = views::own(&ask.page, &all);
    ask.html(&ask.page.t(&WORDS, "my-consents-title"), view)
}

async fn ask_her(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let mut conn = ask.read().await?;
    let consent = of_her(&ask, &mut conn, id).await?;
    let asked = Asked::of(&mut conn, consent, ask.now().date()).await?;
    drop(conn);
    let back = (
        "/my/consents".to_owned(),
        ask.page.t(&WORDS, "my-consents-title"),
    );
    let action = format!("/my/consents/{id}/withdrawal");
    let view = views::confirm(&ask.page, &asked, &back, &action);
    ask.html(&ask.page.t(&WORDS, "withdrawal-title"), view)
}

async fn her(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let consent = of_her(&ask, &mut conn, id).await?;
    let command = withdrawal(&ask, &mut conn, &consent).await?;
    drop(conn);
    ask.post(&form, command).await?;
    ask.see_with(
        "/my/consents",
        &ask.page.t(&WORDS, "consent-withdrawn-flash"),
    )
}
