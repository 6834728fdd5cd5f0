use std::io::BufRead as _;

use access::Role;
use access::users::{
    AddMembership, CreateUser, SHORTEST_PASSWORD, fresh_totp_secret, hash_password,
};
use clap::Subcommand;
use db::{Clock, Origin};

use super::said;
use crate::city;
use crate::cli::Exit;
use crate::settings::Settings;

/// `zanjireh user …`
#[derive(Subcommand)]
pub enum What {
    /// Add a user; the password is read from standard input.
    Add {
        /// The user name.
        username: String,
        /// The name shown.
        #[arg(long)]
        name: String,
        /// The code of the body.
        #[arg(long)]
        body: String,
        /// The role there.
        #[arg(long)]
        role: Role,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, operator: &str, what: What) -> Result<Exit, String> {
    let What::Add {
        username,
        name,
        body,
        role,
    } = what;
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .map_err(said)?;
    let password = password.trim_end_matches(['\r', '\n']);
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(format!(
            "a password has at least {SHORTEST_PASSWORD} characters"
        ));
    }
    let city = city::open(settings, Clock::system()).await.map_err(said)?;
    let mut conn = city.db.read().await.map_err(said)?;
    let body = organizations::by_code(&mut conn, &body)
        .await
        .map_err(said)?
        .ok_or_else(|| format!("there is no body with code {body}"))?;
    drop(conn);
    let origin = Origin::program(operator);
    let id = city.db.new_id();
    let secret = role.needs_second_factor().then(fresh_totp_secret);
    let user = CreateUser {
        id,
        username,
        shown_name: name,
        password_hash: hash_password(password).await.map_err(said)?,
        totp_secret: secret
            .as_ref()
            .map(|secret| city.keys.seal("user_account", "totp_secret", id, secret)),
    };
    city.db.write(&origin, user).await.map_err(said)?;
    let membership = AddMembership {
        id: city.db.new_id(),
        user_id: id,
        organization_id: body.id.get(),
        role,
        valid_from: city.db.clock().today(),
    };
    city.db.write(&origin, membership).await.map_err(said)?;
    city.db.close().await;
    println!("{id}");
    if let Some(secret) = secret {
        eprintln!("Second-factor secret, shown this once: {secret}");
    }
    Ok(Exit::Good)
}
