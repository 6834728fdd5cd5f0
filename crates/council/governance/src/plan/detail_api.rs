use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Json, Outcome};

use super::launches::{self, Reached};
use super::spaces::{self, Use};
use super::{
    AddNeed, BeginLaunch, GiveSpace, Launch, LaunchId, ReachStep, SetBudget, SetTarget, Space,
    SpaceId, UseSpace,
};
use crate::forms::answer;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};

pub(crate) fn routes() -> Routes {
    let keep = || Need::May(&ORDINANCE_KEEP);
    let read = || Need::May(&ORDINANCE_READ);
    Routes::new()
        .api_post("/api/v1/action-targets", keep(), target)
        .api_post("/api/v1/action-budgets", keep(), budget)
        .api_post("/api/v1/action-needs", keep(), need)
        .api_post("/api/v1/launches", keep(), launch)
        .api_get("/api/v1/launches/{id}", read(), show_launch)
        .api_post("/api/v1/launches/{id}/steps", keep(), step)
        .api_post("/api/v1/spaces", keep(), space)
        .api_get("/api/v1/spaces/{id}", read(), show_space)
        .api_post("/api/v1/spaces/{id}/uses", keep(), use_it)
}

async fn target(ask: Ask, Json(command): Json<SetTarget>) -> Outcome<impl Gives> {
    answer(&ask, command.id, command).await
}

async fn budget(ask: Ask, Json(command): Json<SetBudget>) -> Outcome<impl Gives> {
    answer(&ask, command.id, command).await
}

async fn need(ask: Ask, Key(key): Key, Json(command): Json<AddNeed>) -> Outcome<impl Gives> {
    answer(&ask, key, command).await
}

async fn launch(ask: Ask, Json(command): Json<BeginLaunch>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

/// A launch with its steps.
#[derive(Serialize, JsonSchema)]
struct LaunchFile {
    launch: Launch,
    steps: Vec<Reached>,
}

async fn show_launch(ask: Ask, Path(id): Path<LaunchId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let body = LaunchFile {
        launch: launches::get(&mut conn, id).await?,
        steps: launches::steps(&mut conn, id).await?,
    };
    ask.json(StatusCode::OK, &body)
}

async fn step(
    ask: Ask,
    Path(launch_id): Path<LaunchId>,
    Key(key): Key,
    Json(command): Json<ReachStep>,
) -> Outcome<impl Gives> {
    let command = ReachStep {
        launch_id,
        ..command
    };
    answer(&ask, key, command).await
}

async fn space(ask: Ask, Json(command): Json<GiveSpace>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

/// A space with its uses.
#[derive(Serialize, JsonSchema)]
struct SpaceFile {
    space: Space,
    uses: Vec<Use>,
}

async fn show_space(ask: Ask, Path(id): Path<SpaceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let body = SpaceFile {
        space: spaces::get(&mut conn, id).await?,
        uses: spaces::uses(&mut conn, id).await?,
    };
    ask.json(StatusCode::OK, &body)
}

async fn use_it(
    ask: Ask,
    Path(space_id): Path<SpaceId>,
    Json(command): Json<UseSpace>,
) -> Outcome<impl Gives> {
    let command = UseSpace {
        space_id,
        ..command
    };
    answer(&ask, command.id, command).await
}
