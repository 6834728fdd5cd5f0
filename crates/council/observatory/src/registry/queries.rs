use db::{Conn, Result, sql};

use super::{City, CityKey};

const CITY: &str = "SELECT m.code, m.name_fa, m.name_en, m.band, m.address, m.is_sample, m.is_listed,
     (SELECT k.public_key FROM metropolis_key k WHERE k.code = m.code ORDER BY k.id DESC LIMIT 1) AS public_key,
     (SELECT min(d.day) FROM observatory_document d WHERE d.code = m.code) AS connected_on FROM metropolis m";

/// Every city, those compared first, in the list's order.
pub async fn cities(conn: &mut Conn) -> Result<Vec<City>> {
    sql(format!(
        "{CITY} ORDER BY m.is_listed DESC, m.position, m.code"
    ))
    .all(conn)
    .await
}

/// A city by its code.
pub async fn city(conn: &mut Conn, code: &str) -> Result<Option<City>> {
    sql(format!("{CITY} WHERE m.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// The key whose signature is believed; none before one was set.
pub async fn key_of(conn: &mut Conn, code: &str) -> Result<Option<String>> {
    sql("SELECT public_key AS value FROM metropolis_key WHERE code = $1 ORDER BY id DESC LIMIT 1")
        .bind(code)
        .optional_scalar(conn)
        .await
}

/// Every key a city ever had, newest first.
pub async fn keys_of(conn: &mut Conn, code: &str) -> Result<Vec<CityKey>> {
    sql("SELECT public_key, way, reason, set_at FROM metropolis_key WHERE code = $1 ORDER BY id DESC")
        .bind(code)
        .all(conn)
        .await
}

/// Whether a key was ever some city's.
pub(crate) async fn is_key_known(conn: &mut Conn, key: &str) -> Result<bool> {
    let found: i64 = sql("SELECT count(*) AS value FROM metropolis_key WHERE public_key = $1")
        .bind(key)
        .scalar(conn)
        .await?;
    Ok(found > 0)
}
