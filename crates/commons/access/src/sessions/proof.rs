//! Proving anew who one is, before an act on money, bank data or secrets.

use axum::extract::Query;
use axum::http::HeaderMap;
use maud::{Markup, html};
use serde::Deserialize;
use web::parts::{self, Field, Kind};
use web::{Failure, Form, FormErrors, Outcome};

use super::pages::safe_next;
use super::{BAD_CREDENTIALS, COOKIE, ProveAgain, hash_of, tokens};
use crate::{Ask, Need, Routes, WORDS, users};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/proof", Need::Staff, show)
        .post("/proof", Need::Staff, prove)
}

#[derive(Deserialize)]
struct Target {
    #[serde(default)]
    next: String,
}

async fn show(ask: Ask, Query(target): Query<Target>) -> Outcome {
    let form = Form::prefilled([("next", target.next)]);
    let body = view(&ask, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "proof-title"), body)
}

async fn prove(ask: Ask, headers: HeaderMap, form: Form) -> Outcome {
    let user = ask.viewer.user_id().ok_or(Failure::Forbidden)?;
    let account = users::account(&mut ask.read().await?, user).await?;
    let checked = tokens::check(
        &ask,
        &account.username,
        form.raw("password"),
        form.raw("code"),
    );
    let checked = match checked.await {
        Ok(same) if same == user => Ok(()),
        Ok(_) => BAD_CREDENTIALS.refuse().map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    let mut errors = FormErrors::default();
    if ask.refused(checked, &mut errors)?.is_none() {
        let body = view(&ask, &form, &errors);
        return ask.again(&ask.page.t(&WORDS, "proof-title"), body);
    }
    let token = crate::layers::cookie(&headers, COOKIE).ok_or(Failure::SignIn)?;
    let token_hash = hash_of(&token);
    ask.write(ProveAgain { token_hash, user }).await?;
    ask.see(safe_next(form.raw("next")))
}

fn view(ask: &Ask, form: &Form, errors: &FormErrors) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("proof-title")) }
        p { (t("proof-text")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/proof", html! {
            (parts::hidden("next", form.raw("next")))
            (parts::field(p, Field {
                name: "password", label: t("password"), kind: Kind::Password, required: true,
                autocomplete: Some("current-password"), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "code", label: t("second-factor"), hint: Some(t("second-factor-hint")),
                kind: Kind::Numeric, autocomplete: Some("one-time-code"), ..Field::default()
            }))
            (parts::primary_button(&t("proof-go")))
        }))
    }
}
