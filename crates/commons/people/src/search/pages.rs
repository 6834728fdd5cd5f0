//! The search screen: the way to everybody, and the only way to a new registration.

use access::{Ask, Need, Routes};
use axum::extract::Query;
use serde::Deserialize;
use uuid::Uuid;
use web::Outcome;

use super::{Hit, Terms, find, views};
use crate::{REGISTER, SEARCH, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/people", Need::May(&SEARCH), list)
}

/// What was typed into the search, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub year: String,
    #[serde(default)]
    pub relative: String,
    pub cursor: Option<String>,
}

impl Typed {
    pub(crate) fn terms(&self) -> Terms {
        Terms::read(&self.q, &self.year, &self.relative)
    }

    /// The same search as a query string.
    pub(crate) fn query(&self) -> String {
        let encode = |text: &str| web_form(text);
        format!("q={}&year={}&relative={}", encode(&self.q), encode(&self.year), encode(&self.relative))
    }
}

/// Encodes a text for an address.
pub(crate) fn web_form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Runs a search and notes who was found, before anything is shown.
pub(super) async fn searched(ask: &Ask, typed: &Typed) -> Outcome<(Vec<Hit>, Option<String>)> {
    let mut conn = ask.read().await?;
    let cursor = typed.cursor.as_deref();
    let found =
        find(&mut conn, &ask.city.keys, &ask.viewer, ask.now(), &typed.terms(), cursor).await?;
    drop(conn);
    let shown: Vec<Uuid> = found.0.iter().map(|hit| hit.person.id.get()).collect();
    if !shown.is_empty() {
        ask.seen("person_search", None, shown).await?;
    }
    Ok(found)
}

async fn list(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let (hits, next) = searched(&ask, &typed).await?;
    let may_register = REGISTER.is_held_by(&ask.viewer);
    let view = views::list(&ask.page, &typed, &hits, next.as_deref(), may_register);
    ask.html(&ask.page.t(&WORDS, "people-title"), view)
}
