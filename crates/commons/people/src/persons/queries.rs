//! SQL of the person.

use access::grants::{self, Category, Grant};
use contacts::ContactId;
use db::{Conn, Keys, Result, Tx, Value, sql};
use persian::NationalCode;

use super::{NewPerson, Person, PersonId};
use crate::NATIONAL_CODE_TAKEN;

/// Every column of [`Person`], of `person p`.
pub(crate) const COLUMNS: &str = "p.id, p.code, p.contact_id, p.organization_id, p.first_name, \
     p.last_name, p.father_name, p.birth_on, p.is_birth_approximate, p.gender, p.region, \
     p.dependants, p.field_code, p.field_words, p.education, p.identity, p.no_code_reason, \
     p.national_code_last4, p.guardian_person_id, p.guardian_contact_id, p.version, p.made_at, \
     p.changed_at";

/// The statement [`row`] fills.
pub(crate) const INSERT: &str = "INSERT INTO person (id, code, contact_id, organization_id, \
     first_name, last_name, father_name, name_key, last_key, father_key, sounds_key, sort_key, \
     birth_on, birth_year, is_birth_approximate, gender, region, dependants, field_code, \
     field_words, education, identity, no_code_reason, national_code_sealed, national_code_hash, \
     national_code_last4, guardian_person_id, guardian_contact_id, income_sealed, notes_sealed, \
     version, made_at, changed_at)";

/// A person's values in the order of [`INSERT`].
pub(crate) fn row(tx: &Tx, new: &NewPerson) -> Vec<Value> {
    vec![
        new.id.into(),
        new.code.clone().into(),
        new.contact.id.into(),
        new.organization.into(),
        new.first_name.clone().into(),
        new.last_name.clone().into(),
        new.father_name.clone().into(),
        new.name_key.clone().into(),
        new.last_key.clone().into(),
        new.father_key.clone().into(),
        new.sounds_key.clone().into(),
        new.sort_key.clone().into(),
        new.birth_on.into(),
        new.birth_year.into(),
        new.is_birth_approximate.into(),
        new.gender.into(),
        new.region.into(),
        new.dependants.into(),
        new.field_code.clone().into(),
        new.field_words.clone().into(),
        new.education.into(),
        new.identity.into(),
        new.no_code_reason.into(),
        new.national_code_sealed.clone().into(),
        new.national_code_hash.clone().into(),
        new.national_code_last4.clone().into(),
        new.guardian_person.into(),
        new.guardian_contact.into(),
        new.income_sealed.clone().into(),
        new.notes_sealed.clone().into(),
        1_i64.into(),
        tx.now().into(),
        tx.now().into(),
    ]
}

/// Writes a person with her contact, and the registering body's grant on her.
pub async fn create(tx: &mut Tx, new: &NewPerson) -> Result<PersonId> {
    contacts::create(tx, &new.contact).await?;
    let values = row(tx, new);
    db::insert_many(tx, INSERT, values.len(), vec![values])
        .await
        .map_err(|error| error.or_reason("ux_person_national_code", &NATIONAL_CODE_TAKEN))?;
    if let Some(likeness) = &new.likeness {
        add_likeness(tx, new.id, likeness.clone()).await?;
    }
    grants::give(tx, intake_grant(new)).await?;
    Ok(new.id)
}

/// The grant that comes with registration.
pub(crate) fn intake_grant(new: &NewPerson) -> Grant {
    Grant {
        subject: new.id.get(),
        organization: new.organization,
        purpose: "intake".to_owned(),
        category: Category::Sensitive,
        until: None,
        consent: None,
    }
}

/// Notes by what a row of a list is known to be this person.
pub(crate) async fn add_likeness(tx: &mut Tx, id: PersonId, hash: Vec<u8>) -> Result<()> {
    sql("INSERT INTO person_likeness (hash, person_id) VALUES ($1, $2)
         ON CONFLICT (hash, person_id) DO NOTHING")
    .bind(hash)
    .bind(id)
    .execute(tx)
    .await
    .map(drop)
}

/// The person of this id, whoever asks; handlers check the viewer's grant first.
pub async fn get(conn: &mut Conn, id: PersonId) -> Result<Person> {
    sql(format!("SELECT {COLUMNS} FROM person p WHERE p.id = $1")).bind(id).one(conn).await
}

/// The person behind a contact.
pub async fn find_by_contact(conn: &mut Conn, contact: ContactId) -> Result<Option<Person>> {
    sql(format!("SELECT {COLUMNS} FROM person p WHERE p.contact_id = $1"))
        .bind(contact)
        .optional(conn)
        .await
}

/// The person of this national code.
pub async fn find_by_national_code(
    conn: &mut Conn,
    keys: &Keys,
    code: &NationalCode,
) -> Result<Option<Person>> {
    sql(format!("SELECT {COLUMNS} FROM person p WHERE p.national_code_hash = $1"))
        .bind(keys.blind("national_code", code.as_str()))
        .optional(conn)
        .await
}

/// Her contact.
pub async fn contact_of(conn: &mut Conn, id: PersonId) -> Result<ContactId> {
    sql("SELECT contact_id AS value FROM person WHERE id = $1").bind(id).scalar(conn).await
}

/// First and last name.
pub async fn name(conn: &mut Conn, id: PersonId) -> Result<String> {
    get(conn, id).await.map(|person| person.name())
}

/// The national code in the clear, for papers of bodies that ask for it; the caller has checked
/// the consent.
pub async fn national_code(conn: &mut Conn, keys: &Keys, id: PersonId) -> Result<Option<String>> {
    let sealed: Option<Vec<u8>> =
        sql("SELECT national_code_sealed AS value FROM person WHERE id = $1").bind(id).scalar(conn).await?;
    let open = |sealed: Vec<u8>| {
        keys.open_sealed("person", "national_code", id.get(), &sealed).map_err(db::Error::other)
    };
    sealed.map(open).transpose()
}
