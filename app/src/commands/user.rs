use std::io::BufRead as _;

use access::Role;
use access::users::{
    self, Account, AddMembership, ChangePassword, ChangeSecondFactor, CreateUser, EndMembership,
    EndSessions, EndUser, SHORTEST_PASSWORD, fresh_password, fresh_totp_secret, hash_password,
};
use clap::Subcommand;
use db::{Clock, Origin};
use uuid::Uuid;
use web::City;

use super::said;
use crate::city;
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::settings::Settings;

/// `zanjireh user …`
#[derive(Subcommand)]
pub enum What {
    /// Add a user; the password is read from standard input.
    #[command(after_help = examples!("user add chief --name 'The chief' --body city --role administrator --make"))]
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
        /// Make a password and print it once, instead of reading one.
        #[arg(long)]
        make: bool,
    },
    /// Give a user another password, read from standard input; sessions and tokens end.
    #[command(after_help = examples!("user password chief --make", "user password chief < file"))]
    Password {
        /// The user name.
        username: String,
        /// Make a password and print it once, instead of reading one.
        #[arg(long)]
        make: bool,
    },
    /// Give a user another second factor, printed once; sessions and tokens end.
    #[command(name = "second-factor", after_help = examples!("user second-factor chief"))]
    SecondFactor {
        /// The user name.
        username: String,
    },
    /// Give a user a role in a body, or take it away; sessions and tokens end.
    #[command(after_help = examples!(
        "user role worker --body welfare --role supervisor", "user role worker --body welfare --role case_worker --end"))]
    Role {
        /// The user name.
        username: String,
        /// The code of the body.
        #[arg(long)]
        body: String,
        /// The role there.
        #[arg(long)]
        role: Role,
        /// Take the role away.
        #[arg(long)]
        end: bool,
    },
    /// End a user: every role, session and token ends at once.
    #[command(after_help = examples!("user end leaver"))]
    End {
        /// The user name.
        username: String,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    let city = match what {
        What::Add { .. } => city::open(settings, Clock::system()).await,
        _ => city::open_as_it_is(settings).await,
    }
    .map_err(said)?;
    let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
    match what {
        What::Add {
            username,
            name,
            body,
            role,
            make,
        } => {
            let password = password(make)?;
            let body = body_of(&city, &body).await?;
            let id = city.db.new_id();
            let (user, secret) = new_user(&city, id, (username, name), role, &password).await?;
            let membership = AddMembership {
                id: city.db.new_id(),
                user_id: id,
                organization_id: body,
                role,
                valid_from: city.db.clock().today(),
            };
            let both = AddUser { user, membership };
            city.db.write(&origin, both).await.map_err(said)?;
            println!("{id}");
            told("password", make.then_some(password));
            told("second factor", secret);
        }
        What::Password { username, make } => {
            let user = find(&city, &username).await?.id;
            let password = password(make)?;
            let password_hash = hash_password(&password).await.map_err(said)?;
            let keep = None;
            let change = ChangePassword {
                user,
                password_hash,
                keep,
            };
            city.db.write(&origin, change).await.map_err(said)?;
            println!("The password of {username} was changed; sessions and tokens ended.");
            told("password", make.then_some(password));
        }
        What::SecondFactor { username } => {
            let user = find(&city, &username).await?.id;
            let secret = fresh_totp_secret();
            let totp_secret = seal(&city, user, &secret);
            let change = ChangeSecondFactor { user, totp_secret };
            city.db.write(&origin, change).await.map_err(said)?;
            println!("The second factor of {username} was changed; sessions and tokens ended.");
            told("second factor", Some(secret));
        }
        What::Role {
            username,
            body,
            role,
            end,
        } => {
            let user = find(&city, &username).await?.id;
            let body = body_of(&city, &body).await?;
            change_role(&city, &origin, user, (body, role), end).await?;
            println!("The roles of {username} were changed; sessions and tokens ended.");
        }
        What::End { username } => {
            let user = find(&city, &username).await?.id;
            let end = EndUser { user };
            city.db.write(&origin, end).await.map_err(said)?;
            println!("{username} has left; roles, sessions and tokens ended.");
        }
    }
    city::close(&city, settings).await.map_err(said)?;
    Ok(Exit::Good)
}

/// A secret that was made is told once, apart from the data.
fn told(what: &str, secret: Option<String>) {
    if let Some(secret) = secret {
        eprintln!("The {what}, shown this once: {secret}");
    }
}

/// A fresh password, or the first line of standard input: never a flag, which others can see.
fn password(make: bool) -> Result<String, Fault> {
    if make {
        return Ok(fresh_password());
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(said)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(format!("a password has at least {SHORTEST_PASSWORD} characters").into());
    }
    Ok(password.to_owned())
}

/// The account of a user name.
pub(super) async fn find(city: &City, username: &str) -> Result<Account, Fault> {
    let mut conn = city.db.read().await.map_err(said)?;
    let found = users::by_username(&mut conn, username)
        .await
        .map_err(said)?;
    found.ok_or_else(|| format!("there is no user {username}").into())
}

async fn body_of(city: &City, code: &str) -> Result<Uuid, Fault> {
    let mut conn = city.db.read().await.map_err(said)?;
    let found = organizations::by_code(&mut conn, code)
        .await
        .map_err(said)?;
    let found = found.ok_or_else(|| format!("there is no body with code {code}"))?;
    Ok(found.id.get())
}

fn seal(city: &City, user: Uuid, secret: &str) -> Vec<u8> {
    city.keys.seal("user_account", "totp_secret", user, secret)
}

async fn new_user(
    city: &City,
    id: Uuid,
    (username, shown_name): (String, String),
    role: Role,
    password: &str,
) -> Result<(CreateUser, Option<String>), Fault> {
    let secret = role.needs_second_factor().then(fresh_totp_secret);
    let user = CreateUser {
        id,
        username,
        shown_name,
        password_hash: hash_password(password).await.map_err(said)?,
        totp_secret: secret.as_deref().map(|secret| seal(city, id, secret)),
    };
    Ok((user, secret))
}

async fn change_role(
    city: &City,
    origin: &Origin,
    user: Uuid,
    (organization, role): (Uuid, Role),
    end: bool,
) -> Result<(), Fault> {
    if end {
        let taken = EndMembership {
            user,
            organization,
            role,
        };
        return match city.db.write(origin, taken).await {
            Err(db::Error::NotFound) => Err("the user does not hold this role there".into()),
            other => other.map_err(said),
        };
    }
    let today = city.db.clock().today();
    let held = users::roles_on(&mut city.db.read().await.map_err(said)?, user, today).await;
    if held.map_err(said)?.contains(&(role, organization)) {
        return Err("the user holds this role there already".into());
    }
    let account = users::account(&mut city.db.read().await.map_err(said)?, user).await;
    if role.needs_second_factor() && account.map_err(said)?.totp_secret.is_none() {
        return Err(
            "this role needs a second factor: run `zanjireh user second-factor` first".into(),
        );
    }
    let given = AddMembership {
        id: city.db.new_id(),
        user_id: user,
        organization_id: organization,
        role,
        valid_from: today,
    };
    city.db.write(origin, given).await.map_err(said)?;
    let ended = EndSessions { user };
    city.db.write(origin, ended).await.map_err(said)
}

/// A user and the first role, both or neither.
#[derive(serde::Serialize, serde::Deserialize)]
struct AddUser {
    user: CreateUser,
    membership: AddMembership,
}

impl db::Write for AddUser {
    const NAME: &'static str = "add_user";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        self.user.run(tx).await?;
        self.membership.run(tx).await.map(drop)
    }
}
