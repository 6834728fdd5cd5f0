//! SQL of the person.

use access::grants::{self, Category, Grant};
use contacts::{ContactId, NewContact};
use db::{Conn, Error, Keys, Lookup, Result, Tx, Value, sql};
use money::Rial;
use persian::{NationalCode, Timestamp};
use uuid::Uuid;

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
        new.national_code_hash.as_ref().map(Lookup::kept).into(),
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

/// Writes a person who has not agreed to anything yet, with her contact: the registering body may
/// get in touch with her for a time, and no more.
pub async fn create(tx: &mut Tx, new: &NewPerson) -> Result<PersonId> {
    write(tx, new).await?;
    let grant = contact_grant(new, tx.now());
    grants::give(tx, grant).await?;
    Ok(new.id)
}

/// Somebody was registered with this national code meanwhile: a fault of that field.
pub(super) fn taken(error: Error) -> Error {
    match error.or_reason("ux_person_national_code", &NATIONAL_CODE_TAKEN) {
        Error::Refused(refusal) if refusal.reason == &NATIONAL_CODE_TAKEN => {
            Error::Refused(db::Refusal {
                field: Some("national_code".to_owned()),
                ..refusal
            })
        }
        other => other,
    }
}

/// While keys are changed, somebody may hold this national code under an older key, where the
/// unique index does not see it.
pub(crate) async fn keep_code_apart(tx: &mut Tx, new: &NewPerson) -> Result<()> {
    let Some(code) = new
        .national_code_hash
        .as_ref()
        .filter(|code| code.has_older())
    else {
        return Ok(());
    };
    let (held, values) = code.held_by("national_code_hash", 2);
    let others: i64 = sql(format!(
        "SELECT count(*) AS value FROM person WHERE id <> $1 AND {held}"
    ))
    .bind(new.id)
    .bind_all(values)
    .scalar(tx)
    .await?;
    match others {
        0 => Ok(()),
        _ => NATIONAL_CODE_TAKEN.at("national_code"),
    }
}

/// Writes a person and her contact, without any grant.
pub(super) async fn write(tx: &mut Tx, new: &NewPerson) -> Result<()> {
    keep_code_apart(tx, new).await?;
    let contact = contact(tx, new).await?;
    contacts::create(tx, &contact).await?;
    let values = row(tx, new);
    db::insert_many(tx, INSERT, values.len(), vec![values])
        .await
        .map_err(taken)?;
    if let Some(likeness) = &new.likeness {
        add_likeness(tx, new.id, likeness.clone()).await?;
    }
    Ok(())
}

/// Her contact; a guardian who is a person here is reached in her place through his own contact.
pub(super) async fn contact(conn: &mut Conn, new: &NewPerson) -> Result<NewContact> {
    let mut contact = new.contact.clone();
    if let Some(guardian) = new.guardian_person {
        contact.companion = Some(contact_of(conn, guardian).await?);
    }
    Ok(contact)
}

/// Writes all facts of a person whose record stands at a version; gives the rows changed.
pub(super) async fn update(tx: &mut Tx, new: &NewPerson, version: i64) -> Result<u64> {
    keep_code_apart(tx, new).await?;
    sql(
        "UPDATE person SET first_name = $3, last_name = $4, father_name = $5, name_key = $6,
         last_key = $7, father_key = $8, sounds_key = $9, sort_key = $10, birth_on = $11,
         birth_year = $12, is_birth_approximate = $13, gender = $14, region = $15,
         dependants = $16, field_code = $17, field_words = $18, education = $19, identity = $20,
         no_code_reason = $21, national_code_sealed = $22, national_code_hash = $23,
         national_code_last4 = $24, guardian_person_id = $25, guardian_contact_id = $26,
         income_sealed = $27, notes_sealed = $28, version = version + 1, changed_at = $29
         WHERE id = $1 AND version = $2",
    )
    .bind(new.id)
    .bind(version)
    .bind_all(row(tx, new).into_iter().skip(4).take(26))
    .bind(tx.now())
    .execute(tx)
    .await
}

/// What is sealed of a person, in the clear: national code, monthly income in rials, notes.
/// The caller has checked the grant.
pub async fn sealed_facts(
    conn: &mut Conn,
    keys: &Keys,
    id: PersonId,
) -> Result<(Option<String>, Option<Rial>, Option<String>)> {
    let found =
        sql("SELECT national_code_sealed, income_sealed, notes_sealed FROM person WHERE id = $1")
            .bind(id)
            .rows(conn)
            .await?;
    let found = found.first().ok_or(db::Error::NotFound)?;
    let open = |column: &str| -> Result<Option<String>> {
        let sealed: Option<Vec<u8>> = found.get(&format!("{column}_sealed"))?;
        let open = |sealed: Vec<u8>| keys.open_sealed("person", column, id.get(), &sealed);
        sealed.map(open).transpose().map_err(db::Error::other)
    };
    let income = open("income")?
        .and_then(|rials| rials.parse().ok())
        .map(Rial::new);
    Ok((open("national_code")?, income, open("notes")?))
}

/// The person of this public code, typed in any digits and case.
pub async fn find_by_code(conn: &mut Conn, code: &str) -> Result<Option<Person>> {
    sql(format!("SELECT {COLUMNS} FROM person p WHERE p.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// Why a body sees somebody who has not agreed to anything yet.
const REGISTRATION: &str = "registration";
/// How long a body may see somebody it has not spoken with, in days.
const DAYS_TO_GET_IN_TOUCH: i64 = 90;

/// The grant of somebody who was registered without having been asked: the least by which she is
/// found and called, and only for a time. What she agrees to widens it: [`open_record`].
pub(crate) fn contact_grant(new: &NewPerson, now: Timestamp) -> Grant {
    Grant {
        subject: new.id.get(),
        organization: new.organization,
        purpose: REGISTRATION.to_owned(),
        category: Category::Operational,
        until: Some(now.plus_days(DAYS_TO_GET_IN_TOUCH)),
        consent: None,
    }
}

/// Opens her record to a body as far and as long as she agreed, and ends what went before.
pub(super) async fn open_record(
    tx: &mut Tx,
    id: PersonId,
    organization: Uuid,
    consent: Uuid,
) -> Result<()> {
    grants::end(tx, id.get(), organization, REGISTRATION).await?;
    let grant = Grant {
        subject: id.get(),
        organization,
        purpose: super::consent::PURPOSE.to_owned(),
        category: Category::Sensitive,
        until: None,
        consent: Some(consent),
    };
    grants::give(tx, grant).await.map(drop)
}

/// Notes by what a row of a list is known to be this person.
pub(crate) async fn add_likeness(tx: &mut Tx, id: PersonId, hash: Vec<u8>) -> Result<()> {
    sql(
        "INSERT INTO person_likeness (hash, person_id) VALUES ($1, $2)
         ON CONFLICT (hash, person_id) DO NOTHING",
    )
    .bind(hash)
    .bind(id)
    .execute(tx)
    .await
    .map(drop)
}

/// The person of this id, whoever asks; handlers check the viewer's grant first.
pub async fn get(conn: &mut Conn, id: PersonId) -> Result<Person> {
    sql(format!("SELECT {COLUMNS} FROM person p WHERE p.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The person behind a contact.
pub async fn find_by_contact(conn: &mut Conn, contact: ContactId) -> Result<Option<Person>> {
    sql(format!(
        "SELECT {COLUMNS} FROM person p WHERE p.contact_id = $1"
    ))
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
    let code = keys.lookup("national_code", code.as_str());
    let (held, values) = code.held_by("p.national_code_hash", 1);
    sql(format!("SELECT {COLUMNS} FROM person p WHERE {held}"))
        .bind_all(values)
        .optional(conn)
        .await
}

/// Her contact.
pub async fn contact_of(conn: &mut Conn, id: PersonId) -> Result<ContactId> {
    sql("SELECT contact_id AS value FROM person WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await
}

/// First and last name.
pub async fn name(conn: &mut Conn, id: PersonId) -> Result<String> {
    get(conn, id).await.map(|person| person.name())
}

/// The national code in the clear, for papers of bodies that ask for it; the caller has checked
/// the consent.
pub async fn national_code(conn: &mut Conn, keys: &Keys, id: PersonId) -> Result<Option<String>> {
    let sealed: Option<Vec<u8>> =
        sql("SELECT national_code_sealed AS value FROM person WHERE id = $1")
            .bind(id)
            .scalar(conn)
            .await?;
    let open = |sealed: Vec<u8>| {
        keys.open_sealed("person", "national_code", id.get(), &sealed)
            .map_err(db::Error::other)
    };
    sealed.map(open).transpose()
}
