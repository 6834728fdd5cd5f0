//! One's own password, as a page and for programs.

use axum::http::{HeaderMap, StatusCode};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::parts::{self, Field, Kind};
use web::{Failure, Form, FormErrors, Json, Outcome};

use super::{ChangePassword, PASSWORD_DIFFERS, PASSWORD_SHORT, PASSWORD_WRONG, SHORTEST_PASSWORD};
use crate::rate::CountTry;
use crate::sessions::own;
use crate::{Ask, Need, Routes, WORDS};

const HREF: &str = "/account/password";

/// Tries per user and window.
const MOST_TRIES: i64 = 10;
const WINDOW: i64 = 15 * 60;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(HREF, Need::Staff, show)
        .post(HREF, Need::Staff, change)
        .api_put("/api/v1/account/password", Need::Staff, put)
}

async fn show(ask: Ask) -> Outcome {
    let body = view(&ask, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "password-title"), body)
}

async fn change(ask: Ask, headers: HeaderMap, form: Form) -> Outcome {
    let mut errors = FormErrors::default();
    let done = match form.raw("again") == form.raw("new") {
        true => replace(&ask, &headers, form.raw("current"), form.raw("new")).await,
        false => PASSWORD_DIFFERS.at("again").map_err(Failure::from),
    };
    if ask.refused(done, &mut errors)?.is_some() {
        return ask.see_with(HREF, &ask.page.t(&WORDS, "password-changed"));
    }
    ask.again(&ask.page.t(&WORDS, "password-title"), view(&ask, &errors))
}

/// The password as it is and as it shall be.
#[derive(Deserialize, JsonSchema)]
struct NewPassword {
    current: String,
    new: String,
}

async fn put(ask: Ask, headers: HeaderMap, Json(body): Json<NewPassword>) -> Outcome<StatusCode> {
    replace(&ask, &headers, &body.current, &body.new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The session that asks stays; all others of this user end.
async fn replace(ask: &Ask, headers: &HeaderMap, current: &str, new: &str) -> Outcome<()> {
    let user: Uuid = ask.viewer.user_id().ok_or(Failure::SignIn)?;
    let tries = CountTry {
        subject: format!("password:{user}"),
        most: MOST_TRIES,
        seconds: WINDOW,
    };
    if let Some(seconds) = ask.write(tries).await? {
        return Err(Failure::TooMany(seconds));
    }
    if new.chars().count() < SHORTEST_PASSWORD {
        return PASSWORD_SHORT.at("new").map_err(Failure::from);
    }
    let account = super::account(&mut ask.read().await?, user).await?;
    if !super::password_matches(current, &account.password_hash).await? {
        // The same form sent twice: the first has done it.
        if super::password_matches(new, &account.password_hash).await? {
            return Ok(());
        }
        return PASSWORD_WRONG.at("current").map_err(Failure::from);
    }
    ask.write(ChangePassword {
        user,
        password_hash: super::hash_password(new).await?,
        keep: own::token_of(headers),
    })
    .await
}

// words: password-*
fn view(ask: &Ask, errors: &FormErrors) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, autocomplete: &'static str| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("password-{name}")),
                error: errors.get(name),
                kind: Kind::Password,
                required: true,
                autocomplete: Some(autocomplete),
                ..Field::default()
            },
        )
    };
    html! {
        (parts::error_summary(p, errors))
        h1 { (t("password-title")) }
        p { (t("password-lead")) }
        p { (parts::secondary_link("/account/sessions", &t("sessions-title"))) }
        (parts::form(p, HREF, html! {
            (field("current", "current-password"))
            (field("new", "new-password"))
            (field("again", "new-password"))
            (parts::buttons(parts::primary_button(&t("password-change"))))
        }))
    }
}
