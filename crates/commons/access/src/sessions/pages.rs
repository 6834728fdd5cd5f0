//! Sign-in of staff, and sign-out for all.

use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Deserialize;
use web::parts::{self, Field, Kind};
use web::{Form, FormErrors, Outcome};

use super::{COOKIE, EndSession, Owner, StartSession, Token, tokens};
use crate::{Ask, Need, Routes, WORDS, Who};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Need::Public, show)
        .post("/sign-in", Need::Public, sign_in)
        .merge(super::proof::routes())
        .post("/sign-out", Need::Public, sign_out)
        .api_post("/api/v1/tokens", Need::Public, tokens::post)
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Target {
    /// Where to go afterwards: a path of ours.
    #[serde(default)]
    next: String,
}

/// Only a path of this site may follow a sign-in.
pub(crate) fn safe_next(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if is_path && !next.chars().any(char::is_control) {
        next
    } else {
        "/"
    }
}

async fn show(ask: Ask, Query(target): Query<Target>) -> Outcome {
    if matches!(ask.viewer.who, Who::User(_)) && target.next.is_empty() {
        return ask.see("/");
    }
    let form = Form::prefilled([("next", target.next)]);
    let body = view(&ask, &form, &FormErrors::default());
    ask.public_html(&ask.page.t(&WORDS, "sign-in-title"), body)
}

async fn sign_in(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let username = read.text("username", 80);
    let password = form.raw("password").to_owned();
    let (true, Some(username)) = (read.is_good(), username) else {
        let body = view(&ask, &form, &read.errors);
        return ask.public_again(&ask.page.t(&WORDS, "sign-in-title"), body);
    };
    let mut errors = read.errors;
    let checked = tokens::check(&ask, &username, &password, form.raw("code")).await;
    let Some(user) = ask.refused(checked, &mut errors)? else {
        let body = view(&ask, &form, &errors);
        return ask.public_again(&ask.page.t(&WORDS, "sign-in-title"), body);
    };
    let token = Token::fresh();
    ask.write(StartSession {
        token_hash: token.hash(),
        owner: Owner::Staff(user),
    })
    .await?;
    let mut response = ask.see(safe_next(form.raw("next")))?;
    set_cookie(&mut response, &token);
    Ok(response)
}

async fn sign_out(ask: Ask, headers: HeaderMap, _form: Form) -> Outcome {
    if let Some(token) = crate::layers::cookie(&headers, COOKIE) {
        ask.write(EndSession::of(&token)).await?;
    }
    let mut response = ask.see("/")?;
    let gone = format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    Ok(response)
}

/// Gives the browser its token.
pub fn set_cookie(response: &mut Response, token: &Token) {
    let cookie = format!(
        "{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
        token.as_str()
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn view(ask: &Ask, form: &Form, errors: &FormErrors) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("sign-in-title")) }
        @if form.raw("next").starts_with("/kept/") { p.notice { (t("kept-sign-in")) } }
        p { (t("sign-in-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/sign-in", html! {
            (parts::hidden("next", form.raw("next")))
            (parts::field(p, Field {
                name: "username", label: t("username"), value: form.raw("username"),
                error: errors.get("username"), kind: Kind::Code, required: true,
                autocomplete: Some("username"), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "password", label: t("password"), kind: Kind::Password, required: true,
                autocomplete: Some("current-password"), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "code", label: t("second-factor"), hint: Some(t("second-factor-hint")),
                kind: Kind::Numeric, autocomplete: Some("one-time-code"), ..Field::default()
            }))
            (parts::primary_button(&t("sign-in-go")))
        }))
        p { a href="/sign-in/phone" { (t("sign-in-by-phone")) } }
        p { a href="/sign-in/slip" { (t("sign-in-by-slip")) } }
    }
}
