use std::collections::BTreeSet;

use access::audit;
use db::{Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Band, CITY_CODE_WRONG, CITY_NAME_MISSING, KEY_REASON_MISSING, KEY_USED, KEY_WRONG, LIST_WRONG,
    List,
};
use crate::document::{is_city_code, is_hex};

/// Adds a city, or says anew what is known of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "KeepMetropolis")]
pub struct KeepCity {
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// How many people live there, if known.
    pub band: Option<Band>,
    /// Where its own statistics are; may be empty.
    pub address: String,
    /// It is compared from now on.
    pub is_listed: bool,
}

/// A name that a page can show.
fn name(text: &str) -> Option<String> {
    let text = persian::clean(text);
    (1..=80).contains(&text.chars().count()).then_some(text)
}

/// Empty, or a page of the web: it stands as a link before everybody.
fn is_address(address: &str) -> bool {
    let is_web = |url: url::Url| url.scheme() == "https" || url.scheme() == "http";
    address.is_empty() || (address.len() <= 200 && url::Url::parse(address).is_ok_and(is_web))
}

impl Write for KeepCity {
    const NAME: &'static str = "keep_metropolis";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !is_city_code(&self.code) {
            return CITY_CODE_WRONG.at("code");
        }
        let Some(name_fa) = name(&self.name_fa) else {
            return CITY_NAME_MISSING.at("name_fa");
        };
        let Some(name_en) = name(&self.name_en) else {
            return CITY_NAME_MISSING.at("name_en");
        };
        if !is_address(&self.address) {
            return CITY_NAME_MISSING.at("address");
        }
        sql("INSERT INTO metropolis (code, position, name_fa, name_en, band, address, is_sample, is_listed, changed_at)
             SELECT $1, coalesce(max(m.position), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM metropolis m WHERE 1 = 1
             ON CONFLICT (code) DO UPDATE SET name_fa = excluded.name_fa, name_en = excluded.name_en,
             band = excluded.band, address = excluded.address, is_sample = excluded.is_sample,
             is_listed = excluded.is_listed, changed_at = excluded.changed_at")
        .bind(&self.code)
        .bind(name_fa)
        .bind(name_en)
        .bind(self.band)
        .bind(&self.address)
        .bind(false)
        .bind(self.is_listed)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = json!({ "code": self.code, "is_listed": self.is_listed });
        audit::record(tx, "metropolis_kept", "metropolis", None, detail).await
    }
}

/// Takes a whole list: what is not in it is not compared any more, and keeps its history.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "KeepMetropolisList")]
pub struct KeepList {
    /// The list.
    pub list: List,
}

impl Write for KeepList {
    const NAME: &'static str = "keep_metropolis_list";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let entries = &self.list.cities;
        let codes: BTreeSet<&str> = entries.iter().map(|one| one.code.as_str()).collect();
        if codes.len() != entries.len() || !(1..=200).contains(&entries.len()) {
            return LIST_WRONG.refuse();
        }
        sql("UPDATE metropolis SET is_listed = $1, changed_at = $2 WHERE is_listed = $3")
            .bind(false)
            .bind(tx.now())
            .bind(true)
            .execute(tx)
            .await?;
        for (place, one) in (1_i64..).zip(entries) {
            if !is_city_code(&one.code) {
                return CITY_CODE_WRONG.refuse();
            }
            let (Some(name_fa), Some(name_en)) = (name(&one.name_fa), name(&one.name_en)) else {
                return CITY_NAME_MISSING.refuse();
            };
            sql("INSERT INTO metropolis (code, position, name_fa, name_en, band, address, is_sample, is_listed, changed_at)
                 VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8)
                 ON CONFLICT (code) DO UPDATE SET position = excluded.position, name_fa = excluded.name_fa,
                 name_en = excluded.name_en, band = excluded.band, is_sample = excluded.is_sample,
                 is_listed = excluded.is_listed, changed_at = excluded.changed_at")
            .bind(&one.code)
            .bind(place)
            .bind(name_fa)
            .bind(name_en)
            .bind(one.band)
            .bind(self.list.is_sample)
            .bind(true)
            .bind(tx.now())
            .execute(tx)
            .await?;
        }
        let count = i64::try_from(entries.len()).unwrap_or_default();
        let detail = json!({ "cities": count, "is_sample": self.list.is_sample });
        audit::record(tx, "metropolis_list_kept", "metropolis", None, detail).await?;
        Ok(count)
    }
}

/// Says whose signature is believed for a city from now on: the administrator heard the key from
/// the city by another way.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SetMetropolisKey")]
pub struct SetKey {
    /// The city.
    pub code: String,
    /// The public key: 64 hexadecimal digits.
    pub public_key: String,
    /// Why, and from whom it came.
    pub reason: String,
}

impl Write for SetKey {
    const NAME: &'static str = "set_metropolis_key";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let known: i64 = sql("SELECT count(*) AS value FROM metropolis WHERE code = $1")
            .bind(&self.code)
            .scalar(tx)
            .await?;
        if known == 0 {
            return Err(db::Error::NotFound);
        }
        let key = self.public_key.trim().to_ascii_lowercase();
        if !is_hex(&key, 32) {
            return KEY_WRONG.at("public_key");
        }
        let reason = persian::clean(&self.reason);
        if reason.is_empty() || reason.chars().count() > 300 {
            return KEY_REASON_MISSING.at("reason");
        }
        add_key(tx, &self.code, &key, "set", &reason)
            .await
            .map_err(|error| error.or_reason("ux_metropolis_key_public", &KEY_USED))?;
        let detail = json!({ "code": self.code, "key": key, "reason": reason });
        audit::record(tx, "metropolis_key_set", "metropolis", None, detail).await
    }
}

/// A key of a city: the last one is believed.
pub(crate) async fn add_key(
    tx: &mut Tx,
    code: &str,
    key: &str,
    way: &str,
    reason: &str,
) -> Result<()> {
    sql(
        "INSERT INTO metropolis_key (id, code, public_key, way, reason, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(tx.new_id())
    .bind(code)
    .bind(key)
    .bind(way)
    .bind(reason)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}
