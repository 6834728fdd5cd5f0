//! Contacts of a whole list at once, and corrected facts of one.

use std::collections::HashSet;

use db::{Result, Tx, Value, sql};
use persian::Lang;

use super::queries::handle;
use super::{NewContact, PhoneKind};

/// Makes many contacts in few statements, as [`super::create`] makes one. A handle taken in the
/// same instant by somebody else is a conflict with `ux_contact_handle`: run the write again.
pub async fn create_many(tx: &mut Tx, list: &[NewContact]) -> Result<u64> {
    let handles = free_handles(tx, list).await?;
    let now = tx.now();
    let rows = list.iter().zip(handles).map(|(new, handle)| {
        let phone = new.phone.as_ref();
        vec![
            new.id.into(),
            handle.into(),
            new.subject.unwrap_or(new.id.get()).into(),
            (&new.first_name).into(),
            (&new.shown_name).into(),
            if new.language == Lang::En { "en" } else { "fa" }.into(),
            phone.map_or(PhoneKind::None, |phone| phone.kind).into(),
            phone.map(|phone| phone.sealed.clone()).into(),
            phone.map(|phone| phone.hash.kept()).into(),
            phone.map_or("", |phone| phone.last4.as_str()).into(),
            new.channel.into(),
            new.companion.into(),
            (&new.region).into(),
            (&new.neighbourhood).into(),
            now.into(),
        ]
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let head = "INSERT INTO contact (id, handle, subject_id, first_name, shown_name, language, \
         phone_kind, phone_sealed, phone_hash, phone_last4, channel, companion_id, region, \
         neighbourhood, made_at)";
    db::insert_many(tx, head, 15, rows).await
}

/// One handle a contact that nobody has, taken or about to be.
async fn free_handles(tx: &mut Tx, list: &[NewContact]) -> Result<Vec<String>> {
    let tries: Vec<Vec<String>> = list
        .iter()
        .map(|new| (0..5).map(|attempt| handle(new.id, attempt)).collect())
        .collect();
    let mut taken: HashSet<String> = HashSet::new();
    for part in tries.concat().chunks(10_000) {
        let marks: Vec<String> = (1..=part.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT handle AS value FROM contact WHERE handle IN ({})",
            marks.join(",")
        );
        let found: Vec<String> = sql(text)
            .bind_all(part.iter().map(Value::from))
            .scalars(tx)
            .await?;
        taken.extend(found);
    }
    let mut chosen = Vec::with_capacity(list.len());
    for tries in tries {
        let free = tries.into_iter().find(|handle| !taken.contains(handle));
        let free = free.ok_or_else(|| db::Error::other("no free handle was found"))?;
        taken.insert(free.clone());
        chosen.push(free);
    }
    Ok(chosen)
}

/// Writes a contact's names, where she lives and who is told in her place, after her record was
/// corrected. Her phone is [`super::set_phone`]'s.
pub async fn correct(tx: &mut Tx, new: &NewContact) -> Result<()> {
    sql(
        "UPDATE contact SET first_name = $2, shown_name = $3, region = $4, neighbourhood = $5,
         companion_id = $6 WHERE id = $1",
    )
    .bind(new.id)
    .bind(&new.first_name)
    .bind(&new.shown_name)
    .bind(&new.region)
    .bind(&new.neighbourhood)
    .bind(new.companion)
    .execute_one(tx)
    .await
}
