//! Changes to an account that is there. Each ends the sessions and tokens of its user: whoever
//! was inside must show again who they are.

use db::{Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Role, audit};

/// Ends a user's sessions and tokens, also those at which the user sits beside a person; one may
/// stay, by the hash of its token.
async fn end_sessions(tx: &mut Tx, user: Uuid, keep: Option<&[u8]>) -> Result<()> {
    sql("DELETE FROM session WHERE (user_id = $1 OR helper_id = $1) AND token_hash <> $2")
        .bind(user)
        .bind(keep.unwrap_or_default().to_vec())
        .execute(tx)
        .await
        .map(drop)
}

async fn note(tx: &mut Tx, action: &str, user: Uuid, detail: serde_json::Value) -> Result<()> {
    audit::record(tx, action, "user", Some(user), detail).await
}

/// Gives a user another password.
#[derive(Serialize, Deserialize)]
pub struct ChangePassword {
    /// Whose.
    pub user: Uuid,
    /// PHC string of the new one.
    pub password_hash: String,
    /// The hash of the token whose session stays: the user's own, who changes it now.
    pub keep: Option<Vec<u8>>,
}

impl Write for ChangePassword {
    const NAME: &'static str = "change_password";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE user_account SET password_hash = $2 WHERE id = $1")
            .bind(self.user)
            .bind(&self.password_hash)
            .execute_one(tx)
            .await?;
        end_sessions(tx, self.user, self.keep.as_deref()).await?;
        note(tx, "password_changed", self.user, serde_json::json!({})).await
    }
}

/// Gives a user another second factor.
#[derive(Serialize, Deserialize)]
pub struct ChangeSecondFactor {
    /// Whose.
    pub user: Uuid,
    /// Sealed base32 secret.
    pub totp_secret: Vec<u8>,
}

impl Write for ChangeSecondFactor {
    const NAME: &'static str = "change_second_factor";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE user_account SET totp_secret = $2, last_totp_step = 0 WHERE id = $1")
            .bind(self.user)
            .bind(self.totp_secret.clone())
            .execute_one(tx)
            .await?;
        end_sessions(tx, self.user, None).await?;
        note(
            tx,
            "second_factor_changed",
            self.user,
            serde_json::json!({}),
        )
        .await
    }
}

/// Takes a role in a body from a user, from today on.
#[derive(Serialize, Deserialize)]
pub struct EndMembership {
    /// Whose.
    pub user: Uuid,
    /// Where.
    pub organization: Uuid,
    /// As what.
    pub role: Role,
}

impl Write for EndMembership {
    const NAME: &'static str = "end_membership";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (today, last) = (tx.today(), tx.now().plus_days(-1).date());
        let ended = sql(
            "UPDATE membership SET valid_until = $4 WHERE user_id = $1
             AND organization_id = $2 AND role = $3 AND (valid_until IS NULL OR valid_until >= $5)",
        )
        .bind(self.user)
        .bind(self.organization)
        .bind(self.role)
        .bind(last)
        .bind(today)
        .execute(tx)
        .await?;
        if ended == 0 {
            return Err(db::Error::NotFound);
        }
        end_sessions(tx, self.user, None).await?;
        let detail = serde_json::json!({ "role": self.role, "organization": self.organization });
        note(tx, "membership_ended", self.user, detail).await
    }
}

/// Ends the sessions of a user whose roles changed.
#[derive(Serialize, Deserialize)]
pub struct EndSessions {
    /// Whose.
    pub user: Uuid,
}

impl Write for EndSessions {
    const NAME: &'static str = "end_sessions";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        end_sessions(tx, self.user, None).await?;
        note(tx, "sessions_ended", self.user, serde_json::json!({})).await
    }
}

/// A user leaves: every role, session and token ends at once, and nobody signs in by this name.
#[derive(Serialize, Deserialize)]
pub struct EndUser {
    /// Who.
    pub user: Uuid,
}

impl Write for EndUser {
    const NAME: &'static str = "end_user";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE user_account SET is_active = FALSE WHERE id = $1")
            .bind(self.user)
            .execute_one(tx)
            .await?;
        sql("UPDATE membership SET valid_until = $2 WHERE user_id = $1
             AND (valid_until IS NULL OR valid_until > $2)")
        .bind(self.user)
        .bind(tx.now().plus_days(-1).date())
        .execute(tx)
        .await?;
        end_sessions(tx, self.user, None).await?;
        note(tx, "user_ended", self.user, serde_json::json!({})).await
    }
}
