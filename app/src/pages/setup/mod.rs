//! A city from nothing: the first administrator, then a list of what is still missing.

mod checklist;
mod first;
mod lists;
mod views;

use access::{Ask, Need, Role, Routes};
use axum::extract::Query;
use db::{Conn, Reason, Result};
use serde::Deserialize;
use web::{City, Failure, Form, FormErrors, Outcome};

use super::WORDS;
use checklist::Task;
pub use first::announce;

/// The code that the program printed when it started is another.
pub const SETUP_CODE: Reason = Reason::new("setup_code", 422);
/// Somebody was quicker.
pub const SETUP_DONE: Reason = Reason::new("setup_done", 409);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/setup", Need::Public, show)
        .post("/setup", Need::Public, create)
        .merge(lists::routes())
}

/// True while nobody can sign in.
pub(super) async fn is_empty(conn: &mut Conn) -> Result<bool> {
    Ok(!access::users::is_any(conn).await?)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    code: String,
}

async fn show(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let mut conn = ask.read().await?;
    if is_empty(&mut conn).await? {
        let form = Form::prefilled([("code", asked.code)]);
        let view = views::first(&ask.page, &form, &FormErrors::default());
        return ask.public_html(&ask.page.t(&WORDS, "setup-title"), view);
    }
    if !ask.viewer.has(Role::Administrator) {
        return Err(Failure::NotFound);
    }
    let tasks: Vec<Task> = checklist::tasks(&mut conn).await?;
    ask.html(
        &ask.page.t(&WORDS, "setup-title"),
        views::checklist(&ask.page, &tasks),
    )
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let code = read.text("code", 40);
    let city_fa = read.text("city_fa", 120);
    let city_en = read.text("city_en", 120);
    let username = read.text("username", 60);
    let shown_name = read.text("shown_name", 120);
    let password = read.text("password", 200);
    let mut errors = read.errors;
    if let (Some(code), Some(fa), Some(en), Some(username), Some(shown_name), Some(password)) =
        (code, city_fa, city_en, username, shown_name, password)
    {
        let named = first::Named {
            code,
            city: web::Name { fa, en },
            username,
            shown_name,
            password,
        };
        let command = first::prepare(&ask.city, form.key()?, named).await;
        let done = match command {
            Ok(command) => ask.write(command).await,
            Err(error) => Err(error.into()),
        };
        if let Some(sealed) = ask.refused(done, &mut errors)? {
            let (keys, id) = (&ask.city.keys, form.key()?);
            let secret = keys
                .open_sealed("user_account", "totp_secret", id, &sealed)
                .map_err(|error| Failure::Internal(error.to_string()))?;
            let view = views::created(&ask.page, &secret);
            return ask.public_html(&ask.page.t(&WORDS, "setup-title"), view);
        }
    }
    let view = views::first(&ask.page, &form, &errors);
    ask.public_again(&ask.page.t(&WORDS, "setup-title"), view)
}

/// What `/setup` asks for, so that a stranger who finds an empty city cannot take it.
fn code(city: &City) -> String {
    let digest = city.keys.sign("set-up", b"first administrator");
    data_encoding::BASE32_NOPAD
        .encode(&digest)
        .chars()
        .take(12)
        .collect()
}
