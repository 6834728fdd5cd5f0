use access::contract::{File, Gives, Xlsx};
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use organizations::OrganizationId;
use web::{Failure, Json, Outcome, Upload};

use super::desk::{asked_of, download, own, read_file};
use super::{AnswerAtDesk, AnswerByFile, LINKS, SendResolutionLink, Words};
use crate::forms::answer;
use crate::permissions::{MEETING_KEEP, RESOLUTION_ANSWER};
use crate::resolutions::{ResolutionId, api::ResolutionItem, pages::visible};

pub(crate) fn routes() -> Routes {
    let answers = || Need::May(&RESOLUTION_ANSWER);
    Routes::new()
        .api_get("/api/v1/asked/bodies/{id}", answers(), list)
        .api_post("/api/v1/asked/resolutions/{id}/answers", answers(), say)
        .api_get("/api/v1/asked/bodies/{id}/file", answers(), file)
        .api_post("/api/v1/asked/bodies/{id}/file", answers(), upload)
        .api_post(
            "/api/v1/resolutions/{id}/link",
            Need::May(&MEETING_KEEP),
            send_link,
        )
}

async fn list(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let asked = asked_of(&mut conn, &ask, id).await?;
    let items = asked.into_iter().map(|one| ResolutionItem {
        state: one.state(today),
        elapsed_days: one.elapsed_days(today),
        resolution: one,
    });
    ask.whole(items.collect())
}

async fn say(
    ask: Ask,
    Path(resolution_id): Path<ResolutionId>,
    Json(words): Json<Words>,
) -> Outcome<impl Gives> {
    own(&mut ask.read().await?, &ask, resolution_id).await?;
    let key = words.id;
    let command = AnswerAtDesk {
        resolution_id,
        words,
    };
    answer(&ask, key, command).await
}

async fn file(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<File<Xlsx>> {
    download(&ask, id).await.map(File::from)
}

/// The workbook in the field `file` of a multipart body.
async fn upload(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Key(key): Key,
    upload: Upload,
) -> Outcome<impl Gives> {
    let file = upload
        .file("file")
        .ok_or_else(|| Failure::Unreadable("file".into()))?;
    let rows = read_file(&ask, id, file.bytes.clone()).await?;
    let done = ask.once(key, AnswerByFile { rows }).await?;
    ask.json(StatusCode::OK, &done.out)
}

/// A link goes to the body's phone; nobody else learns it.
async fn send_link(
    ask: Ask,
    Path(resolution_id): Path<ResolutionId>,
    Key(key): Key,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, resolution_id).await?;
    let link = LINKS.fresh(&ask.city);
    answer(
        &ask,
        key,
        SendResolutionLink {
            resolution_id,
            link,
        },
    )
    .await
}
