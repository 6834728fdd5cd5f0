//! Lists to choose from, fields by key, and answers to programs, alike on all screens here.

use access::{Answer, Ask};
use db::{Conn, Write};
use maud::Markup;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Outcome, Page};

use crate::WORDS;
use crate::articles::{self, Article};

/// A form as it stands: what was typed and what is wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct Typed<'a> {
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

impl Typed<'_> {
    /// A field labelled by the message of its key.
    pub(crate) fn field(
        &self,
        p: &Page,
        name: &str,
        key: &str,
        kind: Kind,
        required: bool,
    ) -> Markup {
        let (label, value, error) = (p.t(&WORDS, key), self.form.raw(name), self.errors.get(name));
        parts::field(
            p,
            Field {
                name,
                label,
                value,
                error,
                kind,
                required,
                ..Field::default()
            },
        )
    }

    /// A day.
    pub(crate) fn day(&self, p: &Page, name: &str, key: &str) -> Markup {
        let (label, value, error) = (p.t(&WORDS, key), self.form.raw(name), self.errors.get(name));
        parts::date_text_field(
            p,
            Field {
                name,
                label,
                value,
                error,
                required: true,
                ..Field::default()
            },
        )
    }

    /// A list to choose from.
    pub(crate) fn select(
        &self,
        p: &Page,
        name: &str,
        key: &str,
        options: Vec<(String, String)>,
        required: bool,
    ) -> Markup {
        let (label, value, error) = (p.t(&WORDS, key), self.form.raw(name), self.errors.get(name));
        parts::select(
            p,
            Choice {
                name,
                label,
                value,
                error,
                options,
                required,
                ..Choice::default()
            },
        )
    }
}

/// Bodies and articles a form offers.
pub(crate) struct Lists {
    bodies: Vec<(OrganizationId, String)>,
    articles: Vec<Article>,
}

impl Lists {
    /// What may be chosen today.
    pub(crate) async fn read(conn: &mut Conn, ask: &Ask) -> Outcome<Self> {
        let bodies = organizations::list(conn, None).await?;
        let bodies = bodies
            .iter()
            .map(|body| (body.id, body.name(ask.lang()).to_owned()))
            .collect();
        let today = ask.now().date();
        let mut binding = articles::list_articles(conn, today).await?;
        binding.retain(|article| !article.is_repealed(today));
        Ok(Self {
            bodies,
            articles: binding,
        })
    }

    pub(crate) fn bodies(&self) -> Vec<(String, String)> {
        self.bodies
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone()))
            .collect()
    }

    pub(crate) fn articles(&self, p: &Page) -> Vec<(String, String)> {
        let name = |article: &Article| {
            format!(
                "{} · {}",
                articles::name(p, article),
                article.heading(p.lang)
            )
        };
        self.articles
            .iter()
            .map(|article| (article.id.to_string(), name(article)))
            .collect()
    }
}

/// The key of a write that was accepted, and what it gave.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Accepted")]
pub(crate) struct Accepted<T> {
    id: Uuid,
    result: T,
}

/// Runs a command a program sent under its key: 201, or 200 with the first answer.
pub(crate) async fn answer<W: Write>(
    ask: &Ask,
    key: Uuid,
    command: W,
) -> Outcome<Answer<Accepted<W::Out>>> {
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    let body = Accepted {
        id: key,
        result: answer.out,
    };
    ask.json(status, &body)
}
