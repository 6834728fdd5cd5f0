//! What can be done to a person: register, correct, prove her papers.

use access::{audit, consents, drafts};
use contacts::PhoneKind;
use db::{Result, Tx, Write, sql};
use serde::Serialize;
use uuid::Uuid;

use super::{ConsentGiven, Evidence, Identity, NewPerson, PersonId, queries};
use crate::{CHANGED_MEANWHILE, duplicates, groups};

/// Registers a person: her consent, record, contact, groups, and the registering body's grant.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterPerson {
    /// The person, sealed.
    pub person: NewPerson,
    /// What she agreed to.
    pub consent: ConsentGiven,
    /// Her target groups.
    pub groups: Vec<groups::AddGroup>,
    /// People who look alike and whom the registrar says she is not. Found anew each time, so they
    /// do not tell a resend from another registration.
    #[serde(skip_serializing)]
    pub others: Vec<PersonId>,
    /// The draft this came from, dropped with it.
    pub draft: Option<Uuid>,
}

impl Write for RegisterPerson {
    const NAME: &'static str = "register_person";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> Result<PersonId> {
        let new = &self.person;
        let id = new.id;
        queries::write(tx, new).await?;
        agree(tx, id, new.organization, &self.consent).await?;
        for group in &self.groups {
            groups::add(tx, group).await?;
        }
        duplicates::remember_different(tx, id, &self.others).await?;
        if let Some(draft) = self.draft {
            drafts::drop_draft(tx, draft).await?;
        }
        let detail = serde_json::json!({
            "organization": self.person.organization,
            "identity": self.person.identity,
            "others": self.others,
        });
        audit::record(tx, "person_registered", "person", Some(id.get()), detail).await?;
        Ok(id)
    }
}

/// Records that she agreed, and opens her record accordingly.
async fn agree(tx: &mut Tx, id: PersonId, organization: Uuid, given: &ConsentGiven) -> Result<()> {
    let contact = queries::contact_of(tx, id).await?;
    let is_by_guardian = given.evidence == Evidence::Guardian;
    let given_by = contacts::guardian_who_gave(tx, contact, is_by_guardian).await?;
    consents::record(tx, &given.of(id, organization, given_by)).await?;
    queries::open_record(tx, id, organization, given.id).await
}

/// Records that somebody agrees who came by a list, or whose consent runs out: the body that
/// registered her sees her record from now on.
#[derive(Clone, Debug, Serialize)]
pub struct RecordConsent {
    /// Who.
    pub person: PersonId,
    /// What she agreed to.
    pub consent: ConsentGiven,
}

impl Write for RecordConsent {
    const NAME: &'static str = "record_intake_consent";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let person = queries::get(tx, self.person).await?;
        let organization = person.organization_id.get();
        agree(tx, self.person, organization, &self.consent).await?;
        Ok(self.consent.id)
    }
}

/// Corrects a person's record. Someone who was registered without papers keeps her id, code and
/// links when her national code becomes known.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectPerson {
    /// All facts as they are from now on, sealed for the same id.
    pub person: NewPerson,
    /// The version the form was filled in on.
    pub version: i64,
}

impl Write for CorrectPerson {
    const NAME: &'static str = "correct_person";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> Result<PersonId> {
        let new = &self.person;
        let had: Identity = sql("SELECT identity AS value FROM person WHERE id = $1")
            .bind(new.id)
            .scalar(tx)
            .await?;
        let changed = queries::update(tx, new, self.version)
            .await
            .map_err(queries::taken)?;
        if changed == 0 {
            return CHANGED_MEANWHILE.refuse();
        }
        if let Some(likeness) = &new.likeness {
            queries::add_likeness(tx, new.id, likeness.clone()).await?;
        }
        let contact = queries::contact(tx, new).await?;
        contacts::correct(tx, &contact).await?;
        // Whoever asked not to be called stays uncalled when only her name is corrected.
        if !has_same_phone(tx, &contact).await? {
            contacts::set_phone(tx, contact.id, contact.phone.as_ref(), contact.channel).await?;
        }
        let detail = serde_json::json!({ "identity_before": had, "identity": new.identity });
        let fact = match (had, new.identity) {
            (Identity::None, Identity::Verified | Identity::Unverified) => "papers_received",
            _ => "person_corrected",
        };
        audit::record(tx, fact, "person", Some(new.id.get()), detail).await?;
        Ok(new.id)
    }
}

async fn has_same_phone(tx: &mut Tx, new: &contacts::NewContact) -> Result<bool> {
    match &new.phone {
        None => Ok(contacts::get(tx, new.id).await?.phone_kind == PhoneKind::None),
        Some(phone) => {
            let same = contacts::list_by_phone(tx, &phone.hash).await?;
            Ok(same.iter().any(|contact| contact.id == new.id))
        }
    }
}
