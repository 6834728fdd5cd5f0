//! The search screen: the way to everybody, and the only way to a new registration.

use access::{Ask, Need, Routes};
use axum::extract::Query;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::Outcome;

use super::{Found, Terms, find, views};
use crate::persons::drafts;
use crate::{REGISTER, SEARCH, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/people", Need::May(&SEARCH), list)
}

/// What was typed into the search, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
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
        // More than anyone types; a longer text costs time and finds nobody.
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        Terms::read(&cut(&self.q), &cut(&self.year), &cut(&self.relative))
    }

    /// The same search as a query string.
    pub(crate) fn query(&self) -> String {
        let encode = |text: &str| web_form(text);
        format!(
            "q={}&year={}&relative={}",
            encode(&self.q),
            encode(&self.year),
            encode(&self.relative)
        )
    }
}

/// Encodes a text for an address.
pub(crate) fn web_form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Runs a search and notes who was found, before anything is shown.
pub(super) async fn searched(ask: &Ask, typed: &Typed) -> Outcome<Found> {
    let mut conn = ask.read().await?;
    let cursor = typed.cursor.as_deref();
    let terms = typed.terms();
    let found = find(
        &mut conn,
        &ask.city.keys,
        &ask.viewer,
        ask.now(),
        &terms,
        cursor,
    )
    .await?;
    drop(conn);
    let shown: Vec<Uuid> = found.hits.iter().map(|hit| hit.person.id.get()).collect();
    if !shown.is_empty() {
        ask.seen("person_search", None, shown).await?;
    }
    for person in found.elsewhere.into_iter().chain(found.lapsed) {
        ask.seen("person_elsewhere", None, vec![person.get()])
            .await?;
    }
    Ok(found)
}

async fn list(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let found = searched(&ask, &typed).await?;
    let drafts = drafts::list(&ask).await?;
    let may_register = REGISTER.is_held_by(&ask.viewer);
    let view = views::list(&ask.page, &typed, &found, &drafts, may_register);
    ask.html(&ask.page.t(&WORDS, "people-title"), view)
}
