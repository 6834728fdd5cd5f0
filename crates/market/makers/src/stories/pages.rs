//! Told stories on screen: the form, the acts, the public page and the pictures.

use access::{Ask, Need, Routes};
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use contacts::Contact;
use db::Write;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::texts::{
    self, ApproveStory, LONGEST, StoryText, StoryTextId, TakeStoryDown, WriteStory,
};
use super::{Named, views};
use crate::businesses::pages::{File, file, view};
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, WORDS, photos, registration};

pub(crate) fn routes() -> Routes {
    let change = Need::May(&PRODUCT_CHANGE);
    Routes::new()
        .get("/makers/{handle}/stories/new", change, new)
        .post("/makers/{handle}/stories", change, write)
        .post(
            "/stories/{id}/approval",
            Need::May(&PRODUCT_APPROVE),
            approve,
        )
        .post("/stories/{id}/end", change, end)
        .get("/stories", Need::Public, public)
        .get("/stories/{id}/picture", Need::Public, large_picture)
        .get("/stories/{id}/picture/small", Need::Public, small_picture)
}

fn form_view(ask: &Ask, file: &File, form: &Form, errors: &FormErrors) -> maud::Markup {
    let name = file.maker.name_for(&ask.viewer);
    views::form(&ask.page, &file.maker.handle, &name, form, errors)
}

async fn new(ask: Ask, Path(handle): Path<String>) -> Outcome {
    let file = file(&ask, &handle).await?;
    let view = form_view(&ask, &file, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "story-new-title"), view)
}

async fn write(ask: Ask, Path(handle): Path<String>, upload: Upload) -> Outcome {
    let file = file(&ask, &handle).await?;
    let form = &upload.form;
    let mut read = form.read(&ask.page);
    let (text_fa, text_en) = (read.note("text_fa", LONGEST), read.note("text_en", LONGEST));
    if text_fa.as_deref() == Some("") {
        read.wrong::<()>("text_fa", ask.page.t(&WORDS, "story-text-missing"));
    }
    let mut pictures = None;
    if upload.file("picture").is_some() {
        if !read.ticked("agreed") {
            read.wrong::<()>("agreed", ask.page.t(&WORDS, "story-picture-unasked"));
        }
        match photos::ready(&upload, "picture").await? {
            Err(key) => {
                read.wrong::<()>("picture", ask.page.t(&WORDS, key));
            }
            Ok(photo) => pictures = Some(WriteStory::pictures(photo)),
        }
    }
    let mut errors = read.errors;
    if let (true, Some(text_fa), Some(text_en)) = (errors.is_empty(), text_fa, text_en) {
        let command = WriteStory {
            id: StoryTextId::new(form.key()?),
            contact_id: file.maker.id,
            text_fa,
            text_en,
            pictures,
        };
        if ask
            .refused(ask.write(command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "story-written");
            return ask.see_with(format!("/makers/{handle}/file"), &done);
        }
    }
    let view = form_view(&ask, &file, form, &errors);
    ask.again(&ask.page.t(&WORDS, "story-new-title"), view)
}

/// A story and its maker, when the viewer may open her file.
pub(super) async fn open(ask: &Ask, id: StoryTextId) -> Outcome<(StoryText, Contact)> {
    let mut conn = ask.read().await?;
    let text = texts::get(&mut conn, id).await?;
    match registration::may_open(&mut conn, &ask.viewer, text.contact_id).await? {
        true => Ok((
            text.clone(),
            contacts::get(&mut conn, text.contact_id).await?,
        )),
        false => Err(Failure::NotFound),
    }
}

async fn act<W: Write<Out = ()>>(
    ask: Ask,
    id: StoryTextId,
    form: Form,
    command: W,
    done: &str,
) -> Outcome {
    let (_, maker) = open(&ask, id).await?;
    let mut errors = FormErrors::default();
    let outcome = ask.post(&form, command).await;
    if ask.refused(outcome, &mut errors)?.is_some() {
        let done = ask.page.t(&WORDS, done);
        return ask.see_with(format!("/makers/{}/file", maker.handle), &done);
    }
    let file = file(&ask, &maker.handle).await?;
    let view = view(&ask, &file, &Form::default(), &errors);
    ask.again(&maker.name_for(&ask.viewer), view)
}

async fn approve(ask: Ask, Path(id): Path<StoryTextId>, form: Form) -> Outcome {
    act(ask, id, form, ApproveStory { id }, "story-approved").await
}

async fn end(ask: Ask, Path(id): Path<StoryTextId>, form: Form) -> Outcome {
    act(ask, id, form, TakeStoryDown { id }, "story-taken-down").await
}

/// Where a list goes on.
#[derive(Deserialize)]
struct From {
    cursor: Option<StoryTextId>,
}

/// Stories of a page.
const PAGE: i64 = 12;

/// The stories that may be shown, with whose they are.
pub(super) async fn shown(
    ask: &Ask,
    before: Option<StoryTextId>,
    most: i64,
) -> Outcome<(Vec<(StoryText, Named)>, Option<StoryTextId>)> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let (texts, next) = texts::shown(&mut conn, before, today, most).await?;
    let contacts: Vec<_> = texts.iter().map(|text| text.contact_id).collect();
    let named = super::named(&mut conn, &contacts, today).await?;
    let with_name = texts.into_iter().filter_map(|text| {
        let named = named.iter().find(|one| one.contact_id == text.contact_id)?;
        Some((text, named.clone()))
    });
    Ok((with_name.collect(), next))
}

async fn public(ask: Ask, Query(from): Query<From>) -> Outcome {
    let (stories, next) = shown(&ask, from.cursor, PAGE).await?;
    let next = next.map(|id| format!("/stories?cursor={id}"));
    let view = views::public(&ask.page, &stories, from.cursor.is_some(), next);
    ask.public_html(&ask.page.t(&WORDS, "stories-title"), view)
}

async fn large_picture(ask: Ask, Path(id): Path<StoryTextId>) -> Outcome {
    picture(&ask, id, false).await
}

async fn small_picture(ask: Ask, Path(id): Path<StoryTextId>) -> Outcome {
    picture(&ask, id, true).await
}

/// Sent to everyone while the story is shown, else to her and to those who may open her file. Asked
/// for each time and kept nowhere, so that it is gone at once.
async fn picture(ask: &Ask, id: StoryTextId, is_small: bool) -> Outcome {
    let mut conn = ask.read().await?;
    let text = texts::get(&mut conn, id).await?;
    let is_hers = ask.viewer.contact_id() == Some(text.contact_id.get());
    if !texts::is_public(&mut conn, &text, ask.now().date()).await?
        && !is_hers
        && !registration::may_open(&mut conn, &ask.viewer, text.contact_id).await?
    {
        return Err(Failure::NotFound);
    }
    let jpeg = texts::picture(&mut conn, id, is_small).await?;
    Response::builder()
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONTENT_TYPE, "image/jpeg")
        .body(Body::from(jpeg))
        .map(|answer| answer.into_response())
        .map_err(|error| Failure::Internal(error.to_string()))
}
