//! Signing in with name, password and second factor: in a browser and for programs.

use axum::http::StatusCode;
use db::{Conn, Result, Tx, Write, sql};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret};
use uuid::Uuid;
use web::{City, Failure, Json, Outcome};

use super::{BAD_CREDENTIALS, Owner, SECOND_FACTOR_MISSING, StartSession, Token};
use crate::rate::{CountTry, ForgetTries};
use crate::{Answer, Ask, audit, network, users};

/// Tries per user name and window.
const MOST_TRIES: i64 = 10;
const WINDOW: i64 = 15 * 60;

/// Compares name, password and second factor; gives the user's id.
///
/// Every fault is the same refusal, so that nobody learns which names exist. A code works once.
pub(crate) async fn check(ask: &Ask, username: &str, password: &str, code: &str) -> Outcome<Uuid> {
    ask.count_from_network("sign_in", network::SIGN_IN).await?;
    let folded = users::fold_username(username);
    let subject = format!("sign_in:{folded}");
    let tries = CountTry {
        subject: subject.clone(),
        most: MOST_TRIES,
        seconds: WINDOW,
    };
    if let Some(seconds) = ask.write(tries).await? {
        return Err(Failure::TooMany(seconds));
    }
    let user = prove(ask, &folded, password, code).await?;
    // Only wrong tries count against a name.
    ask.write(ForgetTries { subject }).await?;
    Ok(user)
}

async fn prove(ask: &Ask, folded: &str, password: &str, code: &str) -> Outcome<Uuid> {
    let account = users::by_username(&mut ask.read().await?, folded).await?;
    // An unknown name takes as long as a wrong password.
    let hash = account
        .as_ref()
        .map_or(NOBODY, |account| account.password_hash.as_str());
    let is_right = users::password_matches(password, hash).await?;
    let Some(account) = account.filter(|account| is_right && account.is_active) else {
        return BAD_CREDENTIALS.refuse().map_err(Failure::from);
    };
    let step = match &account.totp_secret {
        None => {
            let today = ask.now().date();
            let roles = users::roles_on(&mut ask.read().await?, account.id, today).await?;
            if roles.iter().any(|(role, _)| role.needs_second_factor()) {
                return SECOND_FACTOR_MISSING.refuse().map_err(Failure::from);
            }
            None
        }
        Some(sealed) => Some(step_of(
            &ask.city,
            account.id,
            sealed,
            code,
            ask.now().unix(),
        )?),
    };
    if let Some(step) = step {
        ask.write(SpendStep {
            user: account.id,
            step,
        })
        .await?;
    }
    Ok(account.id)
}

/// A hash no password belongs to.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn step_of(city: &City, user: Uuid, sealed: &[u8], code: &str, now: i64) -> Outcome<i64> {
    let internal = |error: String| Failure::Internal(error);
    let secret = city
        .keys
        .open_sealed("user_account", "totp_secret", user, sealed)
        .map_err(|error| internal(error.to_string()))?;
    let secret = Secret::try_from_base32(&secret).map_err(|error| internal(error.to_string()))?;
    let totp = Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|error| internal(error.to_string()))?;
    let typed: String = persian::latin_digits(code)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let step = totp.check(&typed, u64::try_from(now).unwrap_or_default());
    match step.and_then(|step| i64::try_from(step).ok()) {
        Some(step) => Ok(step),
        None => BAD_CREDENTIALS.refuse().map_err(Failure::from),
    }
}

/// Marks a second-factor step as used, so that an overheard code is worthless.
#[derive(Serialize, Deserialize)]
struct SpendStep {
    user: Uuid,
    step: i64,
}

impl Write for SpendStep {
    const NAME: &'static str = "spend_step";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let spent = sql(
            "UPDATE user_account SET last_totp_step = $2 WHERE id = $1 AND last_totp_step < $2",
        )
        .bind(self.user)
        .bind(self.step)
        .execute(tx)
        .await?;
        if spent == 0 {
            BAD_CREDENTIALS.refuse()
        } else {
            Ok(())
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct TokenRequest {
    username: String,
    password: String,
    #[serde(default)]
    totp: String,
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct TokenReply {
    token: String,
}

/// `POST /api/v1/tokens`
pub(crate) async fn post(ask: Ask, Json(body): Json<TokenRequest>) -> Outcome<Answer<TokenReply>> {
    let user = check(&ask, &body.username, &body.password, &body.totp).await?;
    let token = create_token(&ask.city, user, &ask.origin()).await?;
    ask.json(StatusCode::CREATED, &TokenReply { token })
}

/// Makes a token for a user's programs and gives it; it is shown this once.
pub async fn create_token(city: &City, user: Uuid, origin: &db::Origin) -> Outcome<String> {
    let token = Token::fresh();
    let start = StartSession {
        token_hash: token.hash(),
        owner: Owner::Machine(user),
    };
    city.db.write(origin, start).await?;
    Ok(token.as_str().to_owned())
}

/// The tokens of a user's programs that hold: hash and end, the newest first.
pub async fn list_tokens(
    conn: &mut Conn,
    user: Uuid,
    now: Timestamp,
) -> Result<Vec<(Vec<u8>, Timestamp)>> {
    let rows = sql("SELECT token_hash, expires_at FROM session
         WHERE user_id = $1 AND kind = 'token' AND expires_at > $2 ORDER BY made_at DESC, token_hash")
    .bind(user)
    .bind(now)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("token_hash")?, row.get("expires_at")?)))
        .collect()
}

/// Ends the tokens of a user's programs: all of them, or the one whose hash begins so in
/// hexadecimal. Gives how many.
#[derive(Serialize, Deserialize)]
pub struct RevokeTokens {
    /// Whose.
    pub user: Uuid,
    /// `3fa1b2c4`
    pub begins_with: Option<String>,
}

impl Write for RevokeTokens {
    const NAME: &'static str = "revoke_tokens";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let now = tx.now();
        let mut ended = 0;
        for (hash, _) in list_tokens(tx, self.user, now).await? {
            let shown = data_encoding::HEXLOWER.encode(&hash);
            let is_meant = self.begins_with.as_deref();
            if is_meant.is_none_or(|beginning| shown.starts_with(&beginning.to_lowercase())) {
                ended += sql("DELETE FROM session WHERE token_hash = $1")
                    .bind(hash)
                    .execute(tx)
                    .await?;
            }
        }
        let detail = serde_json::json!({ "tokens": ended });
        audit::record(tx, "tokens_revoked", "user", Some(self.user), detail).await?;
        Ok(ended)
    }
}
