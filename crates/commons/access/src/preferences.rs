//! Language and colours, kept in cookies of the browser: no account is needed for them.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use serde::Deserialize;
use web::{Failure, Outcome};

use crate::sessions::pages::safe_next;
use crate::{Ask, Need, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/language/{word}", Need::Public, language)
        .get("/theme/{word}", Need::Public, theme)
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn language(ask: Ask, Path(word): Path<String>, Query(back): Query<Back>) -> Outcome {
    match word.as_str() {
        "fa" | "en" => keep(&ask, "lang", &word, &back),
        _ => Err(Failure::NotFound),
    }
}

async fn theme(ask: Ask, Path(word): Path<String>, Query(back): Query<Back>) -> Outcome {
    match word.as_str() {
        "auto" | "light" | "dark" => keep(&ask, "theme", &word, &back),
        _ => Err(Failure::NotFound),
    }
}

fn keep(ask: &Ask, name: &str, word: &str, back: &Back) -> Outcome {
    let mut response = ask.see(safe_next(&back.back))?;
    let cookie = format!("{name}={word}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
