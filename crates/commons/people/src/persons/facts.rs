//! What is told of a person, and the same sealed and ready to be written.

use contacts::{ContactId, NewContact, SealedPhone};
use db::{Keys, Lookup};
use money::Rial;
use organizations::OrganizationId;
use persian::{Date, Jalali, Lang, NationalCode, Phone};
use serde::Serialize;
use uuid::Uuid;

use super::{Education, Gender, Identity, NoCodeReason, PersonId};

/// What is known of the national code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NationalCodeFact {
    /// Compared with the card or by inquiry.
    Verified(NationalCode),
    /// As told.
    Unverified(NationalCode),
    /// There is none.
    None(NoCodeReason),
}

/// What is told of a person, in the clear. [`PersonFacts::new`] has the least that is needed.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// The registering body: it gets a grant on her.
    pub organization: OrganizationId,
    /// As typed.
    pub first_name: String,
    /// As typed.
    pub last_name: String,
    /// As typed; may be empty.
    pub father_name: String,
    /// National code, or why there is none.
    pub national_code: NationalCodeFact,
    /// Day of birth.
    pub birth_on: Option<Date>,
    /// Only the year of it is known.
    pub is_birth_approximate: bool,
    /// Gender.
    pub gender: Option<Gender>,
    /// Number of the region.
    pub region: Option<i64>,
    /// Neighbourhood as shown to the public; may be empty.
    pub neighbourhood: String,
    /// How many depend on her.
    pub dependants: Option<i64>,
    /// Code of the field of work.
    pub field_code: Option<String>,
    /// Field of work in words; may be empty.
    pub field_words: String,
    /// Schooling.
    pub education: Option<Education>,
    /// Her phone.
    pub phone: Option<Phone>,
    /// The language she is written to in.
    pub language: Lang,
    /// Guardian or companion who is a person here.
    pub guardian_person: Option<PersonId>,
    /// Guardian or companion who is only a contact.
    pub guardian_contact: Option<ContactId>,
    /// Monthly household income when she came.
    pub income: Option<Rial>,
    /// Free notes; may be empty.
    pub notes: String,
}

impl PersonFacts {
    /// A person of whom only the name is known, registered by a body.
    pub fn new(organization: OrganizationId, first_name: &str, last_name: &str) -> Self {
        Self {
            organization,
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            father_name: String::new(),
            national_code: NationalCodeFact::None(NoCodeReason::NotGiven),
            birth_on: None,
            is_birth_approximate: false,
            gender: None,
            region: None,
            neighbourhood: String::new(),
            dependants: None,
            field_code: None,
            field_words: String::new(),
            education: None,
            phone: None,
            language: Lang::Fa,
            guardian_person: None,
            guardian_contact: None,
            income: None,
            notes: String::new(),
        }
    }

    /// Cleans, makes the search keys and seals what is private. `id` is made by the sender.
    pub fn seal(&self, keys: &Keys, id: PersonId) -> NewPerson {
        let [first, last, father] =
            [&self.first_name, &self.last_name, &self.father_name].map(|name| persian::clean(name));
        let contact_id = contact_id_of(keys, id);
        let phone = self
            .phone
            .as_ref()
            .map(|phone| SealedPhone::new(keys, contact_id, phone));
        let (identity, reason, code) = match &self.national_code {
            NationalCodeFact::Verified(code) => (Identity::Verified, None, Some(code)),
            NationalCodeFact::Unverified(code) => (Identity::Unverified, None, Some(code)),
            NationalCodeFact::None(reason) => (Identity::None, Some(*reason), None),
        };
        let seal = |column: &str, text: &str| keys.seal("person", column, id.get(), text);
        let birth_year = self.birth_on.map(|day| i64::from(Jalali::from(day).year));
        NewPerson {
            id,
            organization: self.organization.get(),
            contact: NewContact {
                id: contact_id,
                subject: Some(id.get()),
                first_name: first.clone(),
                shown_name: format!("{first} {last}").trim().to_owned(),
                language: self.language,
                channel: NewContact::usual_channel(phone.as_ref()),
                phone,
                companion: self.guardian_contact,
                region: self
                    .region
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
                neighbourhood: persian::clean(&self.neighbourhood),
            },
            code: code_of(id),
            name_key: persian::fold_spaceless(&format!("{first}{last}")),
            last_key: persian::fold_spaceless(&last),
            father_key: persian::fold_spaceless(&father),
            sounds_key: persian::sounds(&format!("{first}{last}")).replace(' ', ""),
            sort_key: persian::sort_key(&format!("{last} {first}")),
            likeness: self
                .likeness(&first, &last, &father)
                .map(|text| keys.blind("likeness", &text)),
            first_name: first,
            last_name: last,
            father_name: father,
            birth_on: self.birth_on,
            birth_year,
            is_birth_approximate: self.is_birth_approximate,
            gender: self.gender,
            region: self.region,
            dependants: self.dependants,
            field_code: self.field_code.clone(),
            field_words: persian::clean(&self.field_words),
            education: self.education,
            identity,
            no_code_reason: reason,
            national_code_sealed: code.map(|code| seal("national_code", code.as_str())),
            national_code_hash: code.map(|code| keys.lookup("national_code", code.as_str())),
            national_code_last4: code.map(|code| last4(code.as_str())).unwrap_or_default(),
            guardian_person: self.guardian_person,
            guardian_contact: self.guardian_contact,
            income_sealed: self
                .income
                .map(|income| seal("income", &income.get().to_string())),
            notes_sealed: (!self.notes.is_empty())
                .then(|| seal("notes", &persian::clean_lines(&self.notes))),
        }
    }

    /// Equal for rows of lists that speak of her; needs father's name and a whole birth date.
    fn likeness(&self, first: &str, last: &str, father: &str) -> Option<String> {
        let birth = self
            .birth_on
            .filter(|_| !self.is_birth_approximate && !father.is_empty())?;
        Some(crate::import::likeness(first, last, father, birth.into()))
    }
}

/// A person ready to be written by [`super::create`]; made by [`PersonFacts::seal`].
///
/// Sealed bytes differ each time, so they stay out of the fingerprint of a resend.
#[derive(Clone, Debug, Serialize)]
pub struct NewPerson {
    /// Made by the sender.
    pub id: PersonId,
    /// The registering body.
    pub organization: Uuid,
    /// Her contact, written with her.
    pub contact: NewContact,
    pub(crate) code: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) father_name: String,
    #[serde(skip_serializing)]
    pub(crate) name_key: String,
    #[serde(skip_serializing)]
    pub(crate) last_key: String,
    #[serde(skip_serializing)]
    pub(crate) father_key: String,
    #[serde(skip_serializing)]
    pub(crate) sounds_key: String,
    #[serde(skip_serializing)]
    pub(crate) sort_key: Vec<u8>,
    pub(crate) likeness: Option<Vec<u8>>,
    pub(crate) birth_on: Option<Date>,
    pub(crate) birth_year: Option<i64>,
    pub(crate) is_birth_approximate: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) region: Option<i64>,
    pub(crate) dependants: Option<i64>,
    pub(crate) field_code: Option<String>,
    pub(crate) field_words: String,
    pub(crate) education: Option<Education>,
    pub(crate) identity: Identity,
    pub(crate) no_code_reason: Option<NoCodeReason>,
    #[serde(skip_serializing)]
    pub(crate) national_code_sealed: Option<Vec<u8>>,
    pub(crate) national_code_hash: Option<Lookup>,
    pub(crate) national_code_last4: String,
    pub(crate) guardian_person: Option<PersonId>,
    pub(crate) guardian_contact: Option<ContactId>,
    #[serde(skip_serializing)]
    pub(crate) income_sealed: Option<Vec<u8>>,
    #[serde(skip_serializing)]
    pub(crate) notes_sealed: Option<Vec<u8>>,
}

/// The contact a person gets: told by her id, so that resends agree; no one without the keys
/// can tell one from the other.
pub fn contact_id_of(keys: &Keys, id: PersonId) -> ContactId {
    ContactId::new(derived(keys, "contact of person", id.get()))
}

/// An id that follows from another one and the keys: a form sent twice makes the same ids.
pub(crate) fn derived(keys: &Keys, what: &str, from: Uuid) -> Uuid {
    let signed = keys.sign(what, from.as_bytes());
    let mut bytes = *from.as_bytes();
    // The time stays, so that what is made sorts as its origin does.
    for (place, byte) in bytes.iter_mut().skip(6).zip(signed) {
        *place = byte;
    }
    uuid::Builder::from_bytes(bytes)
        .with_variant(uuid::Variant::RFC4122)
        .with_version(uuid::Version::SortRand)
        .into_uuid()
}

/// `P-` and ten letters of the id's random part, without those that look alike.
pub fn code_of(id: PersonId) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let random = id.get().as_u128();
    let letters = (0..10).rev().map(|place| {
        let index = (random >> (place * 5)) & 31;
        LETTERS
            .get(usize::try_from(index).unwrap_or_default())
            .copied()
            .map_or('0', char::from)
    });
    format!("P-{}", letters.collect::<String>())
}

fn last4(text: &str) -> String {
    text.get(text.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned()
}
