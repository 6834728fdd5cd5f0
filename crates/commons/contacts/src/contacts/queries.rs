//! All SQL of the contact.

use db::{Conn, Error, Keys, Lookup, Result, Tx, sql};
use persian::{Lang, Mobile};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Channel, Contact, ContactId, NO_GUARDIAN, NewContact, PhoneKind, SealedPhone};

const COLUMNS: &str = "c.id, c.handle, c.subject_id, c.first_name, c.shown_name, c.language, \
     c.phone_kind, c.phone_last4, c.channel, c.companion_id, c.region, c.neighbourhood, c.made_at";

/// Who gives a consent in her place when it is said that her guardian did: the one on her record.
pub async fn guardian_who_gave(
    conn: &mut Conn,
    contact: ContactId,
    is_by_guardian: bool,
) -> Result<Option<Uuid>> {
    if !is_by_guardian {
        return Ok(None);
    }
    match get(conn, contact).await?.companion_id {
        Some(guardian) => Ok(Some(guardian.get())),
        None => NO_GUARDIAN.at("evidence"),
    }
}

/// Makes a contact; gives its handle. Pass values that are already cleaned and sealed.
pub async fn create(tx: &mut Tx, new: &NewContact) -> Result<String> {
    let language = match new.language {
        Lang::Fa => "fa",
        Lang::En => "en",
    };
    let phone = new.phone.as_ref();
    for attempt in 0..32 {
        let handle = handle(new.id, attempt);
        let made = sql(
            "INSERT INTO contact (id, handle, subject_id, first_name, shown_name, language,
             phone_kind, phone_sealed, phone_hash, phone_last4, channel, companion_id, region,
             neighbourhood, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (handle) DO NOTHING",
        )
        .bind(new.id)
        .bind(&handle)
        .bind(new.subject.unwrap_or(new.id.get()))
        .bind(&new.first_name)
        .bind(&new.shown_name)
        .bind(language)
        .bind(phone.map_or(PhoneKind::None, |phone| phone.kind))
        .bind(phone.map(|phone| phone.sealed.clone()))
        .bind(phone.map(|phone| phone.hash.kept()))
        .bind(phone.map_or("", |phone| phone.last4.as_str()))
        .bind(new.channel)
        .bind(new.companion)
        .bind(&new.region)
        .bind(&new.neighbourhood)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if made == 1 {
            return Ok(handle);
        }
    }
    Err(Error::other("no free handle was found"))
}

/// A handle that tells no order: five digits while there is room, seven after two misses.
pub(super) fn handle(id: ContactId, attempt: u8) -> String {
    let mut hash = Sha256::new();
    hash.update(id.get().as_bytes());
    hash.update([attempt]);
    let number = hash
        .finalize()
        .iter()
        .take(7)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    match attempt {
        0 | 1 => format!("M-{}", 10_000 + number % 90_000),
        _ => format!("M-{}", 1_000_000 + number % 9_000_000),
    }
}

/// A contact by its id.
pub async fn get(conn: &mut Conn, id: ContactId) -> Result<Contact> {
    sql(format!("SELECT {COLUMNS} FROM contact c WHERE c.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A contact by its handle, typed in any digits and case, with or without the dash.
pub async fn by_handle(conn: &mut Conn, typed: &str) -> Result<Option<Contact>> {
    let digits: String = persian::latin_digits(typed)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    sql(format!(
        "SELECT {COLUMNS} FROM contact c WHERE c.handle = $1"
    ))
    .bind(format!("M-{digits}"))
    .optional(conn)
    .await
}

/// The contacts behind a mobile, oldest first; several people may share one.
pub async fn find_by_phone(conn: &mut Conn, keys: &Keys, phone: &Mobile) -> Result<Vec<Contact>> {
    list_by_phone(conn, &keys.lookup("phone", phone.as_str())).await
}

/// The contacts behind a phone's keyed hash ([`SealedPhone::hash`]), oldest first.
pub async fn list_by_phone(conn: &mut Conn, phone: &Lookup) -> Result<Vec<Contact>> {
    let (held, values) = phone.held_by("c.phone_hash", 1);
    sql(format!(
        "SELECT {COLUMNS} FROM contact c WHERE {held} ORDER BY c.id"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

/// Those for whom somebody with this phone may act, oldest first: whoever has it, and whoever has
/// no phone and is told through a companion who has it.
pub async fn list_behind_phone(conn: &mut Conn, phone: &Lookup) -> Result<Vec<Contact>> {
    let (held, values) = phone.held_by("phone_hash", 1);
    sql(format!(
        "SELECT {COLUMNS} FROM contact c WHERE c.{held} OR (c.phone_kind = 'none'
         AND c.companion_id IN (SELECT o.id FROM contact o WHERE o.{held})) ORDER BY c.id"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

/// The phone in the clear: `+989…`. Ask [`super::may_see`] first.
pub async fn phone(conn: &mut Conn, keys: &Keys, id: ContactId) -> Result<Option<String>> {
    let sealed: Option<Vec<u8>> = sql("SELECT phone_sealed AS value FROM contact WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await?;
    let open = |sealed: Vec<u8>| {
        keys.open_sealed("contact", "phone", id.get(), &sealed)
            .map_err(Error::other)
    };
    sealed.map(open).transpose()
}

/// How a contact is reached by phone: the number and the way, hers or her companion's.
pub async fn reach(
    conn: &mut Conn,
    keys: &Keys,
    id: ContactId,
) -> Result<Option<(String, Channel)>> {
    let contact = get(conn, id).await?;
    if contact.channel != Channel::None {
        let number = phone(conn, keys, id).await?;
        return Ok(number.map(|number| (number, contact.channel)));
    }
    // Without a phone her companion is told; one who has a phone and wants nothing is left alone.
    let Some(companion) = contact
        .companion_id
        .filter(|_| contact.phone_kind == PhoneKind::None)
    else {
        return Ok(None);
    };
    let companion = get(conn, companion).await?;
    if companion.channel == Channel::None {
        return Ok(None);
    }
    let number = phone(conn, keys, companion.id).await?;
    Ok(number.map(|number| (number, companion.channel)))
}

/// Writes a contact's phone and channel.
pub async fn set_phone(
    tx: &mut Tx,
    id: ContactId,
    phone: Option<&SealedPhone>,
    channel: Channel,
) -> Result<()> {
    sql(
        "UPDATE contact SET phone_kind = $2, phone_sealed = $3, phone_hash = $4, phone_last4 = $5,
         channel = $6 WHERE id = $1",
    )
    .bind(id)
    .bind(phone.map_or(PhoneKind::None, |phone| phone.kind))
    .bind(phone.map(|phone| phone.sealed.clone()))
    .bind(phone.map(|phone| phone.hash.kept()))
    .bind(phone.map_or("", |phone| phone.last4.as_str()))
    .bind(channel)
    .execute_one(tx)
    .await
}

/// Ties a contact to the id under which grants about her are written (people merge).
pub async fn set_subject(tx: &mut Tx, id: ContactId, subject: Uuid) -> Result<()> {
    sql("UPDATE contact SET subject_id = $2 WHERE id = $1")
        .bind(id)
        .bind(subject)
        .execute_one(tx)
        .await
}
