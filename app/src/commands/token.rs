//! `zanjireh token …`: what programs sign in with.

use access::sessions::{Owner, RevokeTokens, StartSession, Token, list_tokens};
use clap::Subcommand;

use super::said;
use super::user::find;
use crate::city;
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::settings::Settings;

/// `zanjireh token …`
#[derive(Subcommand)]
pub enum What {
    /// Make a token for a user's programs; it is printed this once.
    #[command(after_help = examples!("token make worker > token"))]
    Make {
        /// The user name.
        username: String,
    },
    /// List a user's tokens: the beginning of each hash, and until when it holds.
    #[command(after_help = examples!("token list worker"))]
    List {
        /// The user name.
        username: String,
    },
    /// Revoke a user's tokens, or one of them.
    #[command(after_help = examples!("token revoke worker", "token revoke worker --hash 3fa1b2c4"))]
    Revoke {
        /// The user name.
        username: String,
        /// Only the token whose hash begins like this, as `token list` shows it.
        #[arg(long)]
        hash: Option<String>,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    let city = city::open_as_it_is(settings).await.map_err(said)?;
    let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
    match what {
        What::Make { username } => {
            let account = find(&city, &username).await?;
            if !account.is_active {
                return Err(format!("{username} has left").into());
            }
            let token = Token::fresh();
            let start = StartSession {
                token_hash: token.hash(),
                owner: Owner::Machine(account.id),
            };
            city.db.write(&origin, start).await.map_err(said)?;
            println!("{}", token.as_str());
        }
        What::List { username } => {
            let user = find(&city, &username).await?.id;
            let mut conn = city.db.read().await.map_err(said)?;
            let now = city.db.clock().now();
            for (hash, until) in list_tokens(&mut conn, user, now).await.map_err(said)? {
                let hash = data_encoding::HEXLOWER.encode(&hash);
                println!("{} until {until}", hash.get(..8).unwrap_or_default());
            }
        }
        What::Revoke { username, hash } => {
            let user = find(&city, &username).await?.id;
            let revoke = RevokeTokens {
                user,
                begins_with: hash,
            };
            let ended = city.db.write(&origin, revoke).await.map_err(said)?;
            println!("{ended} tokens revoked.");
            if ended == 0 {
                city::close(&city, settings).await.map_err(said)?;
                return Err("there is no such token".into());
            }
        }
    }
    city::close(&city, settings).await.map_err(said)?;
    Ok(Exit::Good)
}
