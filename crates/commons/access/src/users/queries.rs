use db::{Conn, FromRow, Result, sql};
use persian::Date;
use uuid::Uuid;

use crate::Role;

/// A user as sign-in needs it.
#[derive(Clone, Debug, FromRow)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Its user name.
    pub username: String,
    /// The name shown.
    pub shown_name: String,
    /// PHC string.
    pub password_hash: String,
    /// Sealed secret of the second factor.
    pub totp_secret: Option<Vec<u8>>,
    /// The last step a code was accepted for: a code works once.
    pub last_totp_step: i64,
    /// False when locked out for good.
    pub is_active: bool,
}

const COLUMNS: &str = "SELECT id, username, shown_name, password_hash, totp_secret, \
     last_totp_step, is_active FROM user_account";

/// The user of this (folded) name.
pub async fn by_username(conn: &mut Conn, username: &str) -> Result<Option<Account>> {
    sql(format!("{COLUMNS} WHERE username = $1"))
        .bind(super::fold_username(username))
        .optional(conn)
        .await
}

/// The user of this id.
pub async fn account(conn: &mut Conn, id: Uuid) -> Result<Account> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// How many users there are.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    sql("SELECT count(*) AS value FROM user_account")
        .scalar(conn)
        .await
}

/// True when somebody can sign in at all.
pub async fn is_any(conn: &mut Conn) -> Result<bool> {
    let first: Option<Uuid> = sql("SELECT id AS value FROM user_account ORDER BY id LIMIT 1")
        .optional_scalar(conn)
        .await?;
    Ok(first.is_some())
}

/// A user's roles on a day; also those in bodies that have gone into hers, for which hers answers.
pub async fn roles_on(conn: &mut Conn, user: Uuid, day: Date) -> Result<Vec<(Role, Uuid)>> {
    let rows = sql(
        "SELECT m.role, m.organization_id FROM membership m WHERE m.user_id = $1
         AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2)
         UNION SELECT m.role, b.organization_id FROM membership m
         JOIN merged_body_card b ON b.into_id = m.organization_id AND b.merged_on <= $2
         WHERE m.user_id = $1 AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2)
         ORDER BY role, organization_id",
    )
    .bind(user)
    .bind(day)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("role")?, row.get("organization_id")?)))
        .collect()
}

/// Users who hold a role in a body on a day: id and shown name, by name.
pub async fn list_members(
    conn: &mut Conn,
    organization: Uuid,
    role: Role,
    day: Date,
) -> Result<Vec<(Uuid, String)>> {
    let rows = sql("SELECT u.id, u.shown_name FROM membership m
                    JOIN user_account u ON u.id = m.user_id
                    WHERE m.organization_id = $1 AND m.role = $2 AND u.is_active
                    AND m.valid_from <= $3 AND (m.valid_until IS NULL OR m.valid_until >= $3)
                    ORDER BY u.shown_name, u.id")
    .bind(organization)
    .bind(role)
    .bind(day)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("shown_name")?)))
        .collect()
}
