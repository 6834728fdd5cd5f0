//! Parcels: what a receiver may know of a person: the fields its service needs and the consent
//! covers, copied at the moment of sending and sealed.

mod agree;
mod queries;
mod snapshot;

use access::consents::{self, Consent};
use access::grants::{self, Category, Grant};
use casework::Case;
use db::{Conn, Keys, Result, Tx};
use persian::Date;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::legs::{Leg, LegId, NO_CONSENT};

pub use agree::AgreeToReferral;
pub(crate) use queries::{EndReason, find, revive};
pub use snapshot::Snapshot;

db::text_enum! {
    /// A field that a parcel may hold.
    pub enum Field {
        /// First and last name.
        Name = "name",
        /// Phone.
        Phone = "phone",
        /// Region of the city.
        Region = "region",
        /// The case's code.
        CaseCode = "case_code",
        /// Year of birth.
        BirthYear = "birth_year",
        /// Gender.
        Gender = "gender",
        /// National code.
        NationalCode = "national_code",
        /// How many depend on her.
        Dependants = "dependants",
        /// Target groups.
        TargetGroups = "target_groups",
    }
}

impl Field {
    /// How private it is.
    pub const fn category(self) -> Category {
        match self {
            Self::Name | Self::Phone | Self::Region | Self::CaseCode => Category::Operational,
            Self::BirthYear | Self::Gender | Self::NationalCode | Self::Dependants => {
                Category::Personal
            }
            Self::TargetGroups => Category::Sensitive,
        }
    }
}

/// True when a consent reaches this class or a more private one.
pub fn covers(consent: &Consent, category: Category) -> bool {
    Category::ALL
        .iter()
        .any(|reached| *reached >= category && consent.covers(*reached))
}

/// True when a consent is about handing facts to this body.
fn reaches(consent: &Consent, organization: Uuid) -> bool {
    let is_about_this = matches!(consent.purpose.as_str(), "referral" | "casework");
    let bodies = consent
        .bodies
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let organization = organization.to_string();
    let is_named = bodies
        .iter()
        .any(|body| body.as_str() == Some(&organization));
    // An empty list means the bodies the case needs.
    is_about_this && (bodies.is_empty() || is_named)
}

/// The newest consent that lets a body know of the person; one for referral goes first.
pub async fn consent_for(
    conn: &mut Conn,
    person: Uuid,
    organization: Uuid,
    today: Date,
) -> Result<Option<Consent>> {
    let mut list = consents::list(conn, person).await?;
    list.retain(|consent| consent.holds_on(today) && reaches(consent, organization));
    list.sort_by_key(|consent| consent.purpose != "referral");
    Ok(list.into_iter().next())
}

/// A parcel on its way into a command: composed and sealed before.
#[derive(Clone, Debug)]
pub struct Parcel {
    id: Uuid,
    fields: Vec<Field>,
    category: Category,
    sealed: Vec<u8>,
    mark: Vec<u8>,
}

impl Serialize for Parcel {
    /// A resent form seals again with other bytes; what is compared is a keyed hash of the content.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.fields, &self.mark).serialize(serializer)
    }
}

impl Parcel {
    /// Copies what the service needs and the consent covers, and seals it under `id`.
    pub async fn compose(
        conn: &mut Conn,
        keys: &Keys,
        id: Uuid,
        case: &Case,
        service: &str,
        consent: &Consent,
    ) -> Result<Self> {
        let snapshot = Snapshot::take(conn, keys, case, service, consent).await?;
        let text = serde_json::to_string(&snapshot.values)?;
        Ok(Self {
            id,
            category: snapshot.category(),
            fields: snapshot.fields(),
            sealed: keys.seal("parcel", "content", id, &text),
            mark: keys.blind("parcel", &text),
        })
    }
}

/// Hands a parcel over: checks the consent once more under its lock, stores the parcel and gives
/// the receiver its grant.
pub(crate) async fn give(tx: &mut Tx, leg: &Leg, consent: Uuid, parcel: &Parcel) -> Result<()> {
    check_consent(tx, leg, consent, &parcel.fields).await?;
    queries::insert(tx, leg.id, consent, parcel).await?;
    grant(tx, leg, consent, parcel.category).await
}

/// Refuses when the consent does not hold, does not reach the receiver or lacks a field.
pub(crate) async fn check_consent(
    tx: &mut Tx,
    leg: &Leg,
    consent: Uuid,
    fields: &[Field],
) -> Result<()> {
    // Its withdrawal waits until this write is done, and then recalls what it sees.
    if !consents::hold(tx, consent).await? {
        return NO_CONSENT.refuse();
    }
    let list = consents::list(tx, leg.person_id).await?;
    let receiver = leg.organization_id.get();
    let is_covered = list
        .iter()
        .find(|kept| kept.id == consent)
        .is_some_and(|kept| {
            reaches(kept, receiver) && fields.iter().all(|field| covers(kept, field.category()))
        });
    if is_covered {
        Ok(())
    } else {
        NO_CONSENT.refuse()
    }
}

/// Lets the receiving body see facts up to this class while the leg lasts.
pub(crate) async fn grant(tx: &mut Tx, leg: &Leg, consent: Uuid, category: Category) -> Result<()> {
    let grant = Grant {
        subject: leg.person_id,
        organization: leg.organization_id.get(),
        purpose: purpose(leg.id),
        category,
        until: None,
        consent: Some(consent),
    };
    grants::give(tx, grant).await.map(drop)
}

/// Ends the grant and the parcel of a leg.
pub(crate) async fn end(tx: &mut Tx, leg: &Leg, reason: EndReason) -> Result<()> {
    grants::end(
        tx,
        leg.person_id,
        leg.organization_id.get(),
        &purpose(leg.id),
    )
    .await?;
    queries::end(tx, leg.id, reason).await
}

/// True while the receiver may read a leg's parcel: it was not ended and its consent holds.
pub(crate) async fn is_open(conn: &mut Conn, leg: &Leg, today: Date) -> Result<bool> {
    let Some(parcel) = find(conn, leg.id).await? else {
        return Ok(false);
    };
    let consents = consents::list(conn, leg.person_id).await?;
    let consent = consents.iter().find(|kept| kept.id == parcel.consent_id);
    Ok(parcel.ended_at.is_none() && consent.is_some_and(|kept| kept.holds_on(today)))
}

fn purpose(leg: LegId) -> String {
    format!("referral:{leg}")
}
