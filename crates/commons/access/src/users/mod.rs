//! Users: who can sign in with a name, and what they are where.

mod changes;
pub(crate) mod pages;
mod passwords;
mod queries;

use db::{Reason, Result, Tx, Write, sql};
use persian::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use changes::{ChangePassword, ChangeSecondFactor, EndMembership, EndSessions, EndUser};
pub use passwords::{hash_password, password_matches};
pub use queries::{Account, account, by_username, count, is_any, list_members, roles_on};

use crate::{Role, audit};

/// Somebody has this user name already.
pub const USERNAME_TAKEN: Reason = Reason::new("username_taken", 409);
/// A password of fewer than 15 characters.
pub const PASSWORD_SHORT: Reason = Reason::new("password_short", 422);

/// The present password is another.
pub const PASSWORD_WRONG: Reason = Reason::new("password_wrong", 422);
/// The new password was typed in two ways.
pub const PASSWORD_DIFFERS: Reason = Reason::new("password_differs", 422);

/// The shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 15;

/// Adds a user. Hash the password before ([`hash_password`]); seal the secret with
/// `keys.seal("user_account", "totp_secret", id, base32)`.
#[derive(Serialize, Deserialize)]
pub struct CreateUser {
    /// Made by the sender.
    pub id: Uuid,
    /// Folded on arrival; unique.
    pub username: String,
    /// «زهرا نمونه»
    pub shown_name: String,
    /// PHC string.
    pub password_hash: String,
    /// Sealed base32 secret of the second factor.
    pub totp_secret: Option<Vec<u8>>,
}

impl Write for CreateUser {
    const NAME: &'static str = "create_user";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        sql(
            "INSERT INTO user_account (id, username, shown_name, password_hash, totp_secret,
             last_totp_step, is_active, made_at) VALUES ($1, $2, $3, $4, $5, 0, TRUE, $6)",
        )
        .bind(self.id)
        .bind(fold_username(&self.username))
        .bind(persian::clean(&self.shown_name))
        .bind(&self.password_hash)
        .bind(self.totp_secret.clone())
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_user_account_username", &USERNAME_TAKEN))?;
        audit::record(
            tx,
            "user_created",
            "user",
            Some(self.id),
            serde_json::json!({}),
        )
        .await?;
        Ok(self.id)
    }
}

/// Gives a user a role in a body from a day on.
#[derive(Serialize, Deserialize)]
pub struct AddMembership {
    /// Made by the sender.
    pub id: Uuid,
    /// Who.
    pub user_id: Uuid,
    /// Where.
    pub organization_id: Uuid,
    /// As what.
    pub role: Role,
    /// First day.
    pub valid_from: Date,
}

impl Write for AddMembership {
    const NAME: &'static str = "add_membership";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        sql(
            "INSERT INTO membership (id, user_id, organization_id, role, valid_from)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.id)
        .bind(self.user_id)
        .bind(self.organization_id)
        .bind(self.role)
        .bind(self.valid_from)
        .execute(tx)
        .await?;
        let detail = serde_json::json!({ "role": self.role, "organization": self.organization_id });
        audit::record(tx, "membership_added", "user", Some(self.user_id), detail).await?;
        Ok(self.id)
    }
}

/// A fresh secret for a second factor: 20 random bytes in base32, as authenticators read it.
pub fn fresh_totp_secret() -> String {
    let mut bytes = [0_u8; 20];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
    data_encoding::BASE32_NOPAD.encode(&bytes)
}

/// A fresh password that is easy to copy: 100 random bits in lower-case base32.
pub fn fresh_password() -> String {
    let mut secret = fresh_totp_secret().to_lowercase();
    secret.truncate(20);
    secret
}

/// User names are compared in lower case with Latin digits.
pub fn fold_username(typed: &str) -> String {
    persian::latin_digits(typed.trim()).to_lowercase()
}
