//! Told stories for machines: a maker's under `/api/v1/makers/{handle}/stories`, those shown to
//! everyone under `/api/v1/stories`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Outcome, Upload};

use super::pages::{open, shown};
use super::texts::{self, ApproveStory, STORY_TEXT, StoryTextId, TakeStoryDown, WriteStory};
use crate::businesses::pages::file;
use crate::{PRODUCT_APPROVE, PRODUCT_CHANGE, PRODUCT_READ, photos};

pub(crate) fn routes() -> Routes {
    let change = Need::May(&PRODUCT_CHANGE);
    Routes::new()
        .api_get(
            "/api/v1/makers/{handle}/stories",
            Need::May(&PRODUCT_READ),
            list,
        )
        .api_post("/api/v1/makers/{handle}/stories", change, write)
        .api_post(
            "/api/v1/stories/{id}/approval",
            Need::May(&PRODUCT_APPROVE),
            approve,
        )
        .api_post("/api/v1/stories/{id}/end", change, end)
        .api_get("/api/v1/stories", Need::Public, public)
}

async fn list(ask: Ask, Path(handle): Path<String>) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    ask.whole(file.texts)
}

/// Fields `text_fa`, `text_en` and a `picture`, with `agreed=yes` when she agreed that it is shown.
async fn write(
    ask: Ask,
    Path(handle): Path<String>,
    Key(key): Key,
    upload: Upload,
) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    let pictures = match upload.file("picture") {
        None => None,
        Some(_) => {
            if upload.form.raw("agreed") != "yes" {
                return STORY_TEXT.at("agreed").map_err(Failure::from);
            }
            let photo = photos::ready(&upload, "picture")
                .await?
                .map_err(|key| Failure::Unreadable(key.to_owned()))?;
            Some(WriteStory::pictures(photo))
        }
    };
    let command = WriteStory {
        id: StoryTextId::new(key),
        contact_id: file.maker.id,
        text_fa: upload.form.raw("text_fa").to_owned(),
        text_en: upload.form.raw("text_en").to_owned(),
        pictures,
    };
    ask.made(ask.once(key, command).await?)
}

async fn approve(ask: Ask, Path(id): Path<StoryTextId>, Key(key): Key) -> Outcome<impl Gives> {
    open(&ask, id).await?;
    ask.once(key, ApproveStory { id }).await?;
    ask.json(
        StatusCode::OK,
        &texts::get(&mut ask.read().await?, id).await?,
    )
}

async fn end(ask: Ask, Path(id): Path<StoryTextId>, Key(key): Key) -> Outcome<impl Gives> {
    open(&ask, id).await?;
    ask.once(key, TakeStoryDown { id }).await?;
    ask.json(
        StatusCode::OK,
        &texts::get(&mut ask.read().await?, id).await?,
    )
}

/// A story that its maker agreed to show.
#[derive(Serialize, JsonSchema)]
struct ShownStory {
    id: StoryTextId,
    first_name: String,
    neighbourhood: String,
    text_fa: String,
    text_en: String,
    approved_on: Option<Date>,
    /// The picture's address; null without one.
    picture: Option<String>,
    /// Her page.
    page: String,
}

#[derive(Deserialize, JsonSchema)]
struct From {
    cursor: Option<StoryTextId>,
}

async fn public(ask: Ask, limit: Limit, Query(from): Query<From>) -> Outcome<impl Gives> {
    let (stories, next) = shown(&ask, from.cursor, limit.0).await?;
    let items: Vec<_> = stories
        .into_iter()
        .map(|(text, named)| ShownStory {
            id: text.id,
            first_name: named.first_name,
            neighbourhood: named.neighbourhood,
            picture: text
                .has_picture
                .then(|| format!("/stories/{}/picture", text.id)),
            text_fa: text.text_fa,
            text_en: text.text_en,
            approved_on: text.approved_on,
            page: format!("/makers/{}", named.handle),
        })
        .collect();
    ask.list(items, next)
}
