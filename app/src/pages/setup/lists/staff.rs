//! Staff of the bodies: a user each, with a first password and a second factor.

use access::users::{
    AddMembership, CreateUser, fold_username, fresh_password, fresh_totp_secret, hash_password,
};
use access::{Ask, Role};
use db::{Tx, Write};
use documents::sheets::{Column, Definition, Table, Value};
use organizations::OrganizationId;
use persian::Lang;
use serde::Serialize;
use uuid::Uuid;
use web::{City, Outcome, Upload};

use super::{Fault, Kind, Row, rows_of, views, workbook};
use crate::pages::WORDS;

const STAFF: Kind = Kind {
    key: "staff",
    columns: &["username", "name", "body", "role"],
};
const USERNAME: usize = 0;
const NAME: usize = 1;
const BODY: usize = 2;
const ROLE: usize = 3;

pub(super) async fn show(ask: Ask) -> Outcome {
    views::show(&ask, &STAFF)
}

pub(super) async fn form(ask: Ask) -> Outcome {
    STAFF.form(&ask)
}

/// One person of the list.
struct Entry {
    id: Uuid,
    username: String,
    name: String,
    body: OrganizationId,
    role: Role,
}

pub(super) async fn take(ask: Ask, upload: Upload) -> Outcome {
    let rows = match rows_of(&ask, &STAFF, &upload).await? {
        Ok(rows) => rows,
        Err(page) => return Ok(page),
    };
    let (entries, faults) = entries(&ask, &rows).await?;
    if !faults.is_empty() {
        return views::again(&ask, &STAFF, &faults, None);
    }
    let mut users = Vec::new();
    let mut secrets = Vec::new();
    for entry in &entries {
        let (user, membership, secret) = user(&ask, entry).await?;
        users.push((user, membership));
        secrets.push(secret);
    }
    let added = ask.write(AddStaff { users }).await?;
    if added.is_empty() {
        return views::again(&ask, &STAFF, &[], Some("list-handed-out"));
    }
    let sheet = first_passwords(&ask, &entries, &secrets, &added);
    workbook(&ask, &sheet, "first-passwords")
}

/// What somebody signs in with the first time: made by chance, kept nowhere, shown once.
struct Secrets {
    password: String,
    second_factor: Option<String>,
}

async fn entries(ask: &Ask, rows: &[Row]) -> Outcome<(Vec<Entry>, Vec<Fault>)> {
    let mut conn = ask.read().await?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut faults = Vec::new();
    for row in rows {
        let username = fold_username(&row.text(USERNAME));
        let id = id_of(&ask.city, &username);
        let taken = access::users::by_username(&mut conn, &username).await?;
        let is_twice = entries.iter().any(|entry| entry.username == username);
        let body = organizations::by_code(&mut conn, &row.text(BODY)).await?;
        let role = role(&row.text(ROLE));
        let wrong = [
            (username.is_empty(), USERNAME, "list-empty"),
            (
                taken.is_some_and(|user| user.id != id) || is_twice,
                USERNAME,
                "list-taken",
            ),
            (row.text(NAME).is_empty(), NAME, "list-empty"),
            (body.is_none(), BODY, "list-no-body"),
            (role.is_none(), ROLE, "list-no-role"),
        ];
        faults.extend(
            wrong
                .iter()
                .filter(|(is_wrong, ..)| *is_wrong)
                .map(|(_, column, key)| Fault {
                    row: row.number,
                    column: *column,
                    key,
                }),
        );
        if let (Some(body), Some(role)) = (body, role) {
            entries.push(Entry {
                id,
                username,
                name: row.text(NAME),
                body: body.id,
                role,
            });
        }
    }
    Ok((entries, faults))
}

/// A user of a list has the id that follows from her name here.
fn id_of(city: &City, username: &str) -> Uuid {
    let digest = city.keys.blind("staff list", username);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A role by its code or its name in either language.
// words: role-*
fn role(text: &str) -> Option<Role> {
    let wanted = persian::fold(text);
    Role::ALL.iter().copied().find(|role| {
        let key = format!("role-{}", role.as_str().replace('_', "-"));
        let name = |lang| persian::fold(&WORDS.text(lang, &key, &[]));
        role.as_str() == text || name(Lang::Fa) == wanted || name(Lang::En) == wanted
    })
}

async fn user(ask: &Ask, entry: &Entry) -> Outcome<(CreateUser, AddMembership, Secrets)> {
    let secrets = Secrets {
        password: fresh_password(),
        second_factor: entry.role.needs_second_factor().then(fresh_totp_secret),
    };
    let seal = |secret: &String| {
        let keys = &ask.city.keys;
        keys.seal("user_account", "totp_secret", entry.id, secret)
    };
    let user = CreateUser {
        id: entry.id,
        username: entry.username.clone(),
        shown_name: entry.name.clone(),
        password_hash: hash_password(&secrets.password).await?,
        totp_secret: secrets.second_factor.as_ref().map(seal),
    };
    let membership = AddMembership {
        id: ask.city.db.new_id(),
        user_id: entry.id,
        organization_id: entry.body.get(),
        role: entry.role,
        valid_from: ask.now().date(),
    };
    Ok((user, membership, secrets))
}

/// The sheet to hand out, once: secrets of those only whom this very upload added.
fn first_passwords(ask: &Ask, entries: &[Entry], secrets: &[Secrets], added: &[Uuid]) -> Table {
    let text = |key: &str| ask.page.t(&WORDS, key);
    let column = |key: &str| Column::new(text(key), text(&format!("{key}-meaning")));
    Table {
        name: text("list-passwords"),
        lang: ask.lang(),
        columns: [
            "list-staff-username",
            "list-staff-name",
            "list-password",
            "list-second-factor",
        ]
        .map(column)
        .to_vec(),
        rows: entries
            .iter()
            .zip(secrets)
            .map(|(entry, secrets)| {
                let (password, second_factor) = match added.contains(&entry.id) {
                    true => (secrets.password.clone(), secrets.second_factor.clone()),
                    false => (text("list-handed-out-before"), None),
                };
                vec![
                    Value::text(&entry.username),
                    Value::text(&entry.name),
                    Value::text(password),
                    Value::text(second_factor.unwrap_or_default()),
                ]
            })
            .collect(),
        definitions: Definition {
            name: text("list-definitions"),
            column: text("list-column"),
            meaning: text("list-meaning"),
        },
    }
}

/// Adds all of a list, or nothing; those who are there already stay as they are. Gives the ids of
/// those it added.
#[derive(Serialize)]
struct AddStaff {
    users: Vec<(CreateUser, AddMembership)>,
}

impl Write for AddStaff {
    const NAME: &'static str = "add_staff";
    type Out = Vec<Uuid>;
    async fn run(&self, tx: &mut Tx) -> db::Result<Vec<Uuid>> {
        let mut added = Vec::new();
        for (user, membership) in &self.users {
            match access::users::account(tx, user.id).await {
                Ok(_) => {}
                Err(db::Error::NotFound) => {
                    user.run(tx).await?;
                    membership.run(tx).await?;
                    added.push(user.id);
                }
                Err(error) => return Err(error),
            }
        }
        if !added.is_empty() {
            let detail = serde_json::json!({ "users": added });
            access::audit::record(tx, "first_passwords_shown", "user", None, detail).await?;
        }
        Ok(added)
    }
}
