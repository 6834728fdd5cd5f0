//! Words and small parts that several pages of this room show.

use std::collections::HashMap;
use std::fmt::Display;

use db::Conn;
use maud::Markup;
use persian::Lang;
use uuid::Uuid;
use web::parts::{self, Choice, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use crate::WORDS;

// words: field-*

/// The word of a stored code: `need-state-open`.
pub(crate) fn word(p: &Page, prefix: &str, code: impl Display) -> String {
    p.t(
        &WORDS,
        &format!("{prefix}-{}", code.to_string().replace('_', "-")),
    )
}

/// A state as a tag.
pub(crate) fn badge(p: &Page, prefix: &str, state: impl Display) -> Markup {
    let state = state.to_string();
    let tone = match state.as_str() {
        "open" | "made" | "running" => Tone::Active,
        "answered" | "accepted" | "solved" => Tone::Good,
        "matched" | "piloting" | "partly" => Tone::Warning,
        "not_solved" => Tone::Bad,
        _ => Tone::Plain,
    };
    parts::badge(tone, &word(p, prefix, &state))
}

/// Names of all bodies by id; there are dozens.
pub(crate) async fn bodies(conn: &mut Conn, lang: Lang) -> db::Result<HashMap<Uuid, String>> {
    let bodies = organizations::list(conn, None).await?;
    let name = |body: organizations::Organization| (body.id.get(), body.name(lang).to_owned());
    Ok(bodies.into_iter().map(name).collect())
}

/// Cuts a list that holds one more than a page, and tells where it goes on.
pub(crate) fn cut<T>(items: &mut Vec<T>, most: i64, id: impl Fn(&T) -> Uuid) -> Option<Uuid> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = items.len() > most;
    items.truncate(most);
    items.last().filter(|_| has_more).map(id)
}

/// One form as typed, with what is wrong.
pub(crate) struct Fields<'a> {
    pub p: &'a Page,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

impl Fields<'_> {
    fn field<'b>(&'b self, name: &'b str, kind: Kind, required: bool) -> Field<'b> {
        let key = format!("field-{}", name.replace('_', "-"));
        Field {
            name,
            label: self.p.t(&WORDS, &key),
            value: self.form.raw(name),
            error: self.errors.get(name),
            kind,
            required,
            ..Field::default()
        }
    }

    pub fn text(&self, name: &str, kind: Kind, required: bool) -> Markup {
        parts::field(self.p, self.field(name, kind, required))
    }

    pub fn hinted(&self, name: &str, kind: Kind, required: bool, hint: &str) -> Markup {
        let field = Field {
            hint: Some(self.p.t(&WORDS, hint)),
            ..self.field(name, kind, required)
        };
        parts::field(self.p, field)
    }

    pub fn money(&self, name: &str) -> Markup {
        parts::money_field(self.p, self.field(name, Kind::Numeric, true))
    }

    pub fn day(&self, name: &str) -> Markup {
        parts::date_text_field(self.p, self.field(name, Kind::Text, true))
    }

    fn choice<'b>(&'b self, name: &'b str, options: Vec<(String, String)>) -> Choice<'b> {
        let key = format!("field-{}", name.replace('_', "-"));
        Choice {
            name,
            label: self.p.t(&WORDS, &key),
            value: self.form.raw(name),
            error: self.errors.get(name),
            options,
            required: true,
            ..Choice::default()
        }
    }

    pub fn select(&self, name: &str, options: Vec<(String, String)>) -> Markup {
        parts::select(self.p, self.choice(name, options))
    }

    pub fn optional_select(&self, name: &str, options: Vec<(String, String)>) -> Markup {
        let choice = Choice {
            required: false,
            ..self.choice(name, options)
        };
        parts::select(self.p, choice)
    }

    pub fn radios(&self, name: &str, options: Vec<(String, String)>) -> Markup {
        parts::radios(self.p, self.choice(name, options))
    }
}
