//! The body's pages behind its link. Opening one changes nothing; every effect is a press.

use access::{Ask, Need, Routes, network};
use axum::extract::{Path, Query};
use db::{Conn, Origin, Write};
use maud::Markup;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::links::{Link, find};
use super::{AnswerByLink, AnswerKind, LINKS, SendResolutionLink, Words, link_views as views};
use crate::forms::Typed;
use crate::resolutions::{self, Resolution};
use crate::{WORDS, committees};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/answers/{token}", Need::Link, show)
        .post("/answers/{token}", Need::Link, answer)
        .post("/answers/{token}/renew", Need::Link, renew)
}

/// What a link opens.
struct Opened {
    link: Link,
    resolution: Resolution,
}

/// The link and its resolution. An unknown token is not found.
async fn open(ask: &Ask, conn: &mut Conn, token: &str) -> Outcome<Opened> {
    let Some(link) = find(conn, &ask.city.keys, token).await? else {
        // Only guesses are counted: a body opens its own links as often as it likes.
        ask.count_from_network("guess", network::GUESSES).await?;
        return Err(Failure::NotFound);
    };
    let resolution = resolutions::get(conn, link.resolution_id).await?;
    Ok(Opened { link, resolution })
}

#[derive(Deserialize)]
struct Chosen {
    choose: Option<AnswerKind>,
}

async fn page(
    ask: &Ask,
    token: &str,
    chosen: Option<AnswerKind>,
    typed: Typed<'_>,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let opened = open(ask, &mut conn, token).await?;
    if opened.link.expires_at <= ask.now() {
        return Ok(views::over(&ask.page, token, typed.errors));
    }
    let committee = committees::get(&mut conn, opened.resolution.committee_id).await?;
    let shown = views::Shown {
        token,
        committee: committee.name(ask.lang()),
        resolution: &opened.resolution,
        chosen,
    };
    Ok(views::page(&ask.page, &shown, typed))
}

async fn show(ask: Ask, Path(token): Path<String>, Query(asked): Query<Chosen>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let body = page(&ask, &token, asked.choose, typed).await?;
    ask.public_html(&ask.page.t(&WORDS, "link-title"), body)
}

/// A write asked for through a link.
async fn post<W: Write>(ask: &Ask, link: &Link, form: &Form, command: W) -> Outcome<W::Out> {
    let origin = Origin {
        user: None,
        name: format!("link:{}", link.id),
        request: ask.request,
    };
    let done = ask
        .city
        .db
        .write_once(form.key()?, &origin, command)
        .await?;
    ask.city.wake.notify_one();
    Ok(done.out)
}

async fn answer(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    if opened.link.expires_at <= ask.now() {
        return Err(Failure::NotFound);
    }
    let mut read = form.read(&ask.page);
    let fields = (
        read.choice::<AnswerKind>("kind"),
        read.note("answer", 2_000),
        read.optional_text("answer_reference", 200),
    );
    let (chosen, mut errors) = (fields.0, read.errors);
    if let (Some(kind), Some(wording), Some(reference)) = fields {
        let command = AnswerByLink {
            resolution_id: opened.resolution.id,
            words: Words {
                id: form.key()?,
                kind,
                wording,
                reference,
            },
        };
        let done = post(&ask, &opened.link, &form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            let thanks = ask.page.t(&WORDS, "link-thanks");
            return ask.see_with(format!("/answers/{token}"), &thanks);
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let body = page(&ask, &token, chosen, typed).await?;
    ask.public_again(&ask.page.t(&WORDS, "link-title"), body)
}

/// Sends a new link to the body's phone in place of one whose life is over.
async fn renew(ask: Ask, Path(token): Path<String>, form: Form) -> Outcome {
    let opened = open(&ask, &mut ask.read().await?, &token).await?;
    let command = SendResolutionLink {
        resolution_id: opened.resolution.id,
        link: LINKS.fresh(&ask.city),
    };
    let mut errors = FormErrors::default();
    let title = ask.page.t(&WORDS, "link-title");
    let done = post(&ask, &opened.link, &form, command).await;
    if ask.refused(done, &mut errors)?.is_some() {
        return ask.public_html(&title, views::renewed(&ask.page));
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let body = page(&ask, &token, None, typed).await?;
    ask.public_again(&title, body)
}
