//! Places and questions about them for machines.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::tellable;
use super::questions::{AskCapacity, of_bodies};
use super::{Capacity, TellCapacity, capacity};
use crate::services::ServiceId;
use crate::{CAPACITY_ASK, CAPACITY_TELL, OrganizationId};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/services/{id}/capacity", Need::Staff, show)
        .api_post(
            "/api/v1/services/{id}/capacity",
            Need::May(&CAPACITY_TELL),
            tell,
        )
        .api_post(
            "/api/v1/services/{id}/questions",
            Need::May(&CAPACITY_ASK),
            question,
        )
        .api_get("/api/v1/capacity-questions", Need::Staff, questions)
}

/// Whether a service has room today.
#[derive(Serialize, JsonSchema)]
struct ServiceRoomToday {
    service_id: ServiceId,
    capacity: Capacity,
}

async fn show(ask: Ask, Path(id): Path<ServiceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let capacity = capacity(&mut conn, id, ask.now().date()).await?;
    let room = ServiceRoomToday {
        service_id: id,
        capacity,
    };
    ask.json(StatusCode::OK, &room)
}

/// Places as the body tells them.
#[derive(Deserialize, JsonSchema)]
struct ServiceCapacityTold {
    /// Made by the sender: the key of the write.
    id: Uuid,
    /// Free places.
    places_free: i64,
    /// How many days people wait, when that is known.
    waiting_days: Option<i64>,
}

async fn tell(
    ask: Ask,
    Path(id): Path<ServiceId>,
    Json(new): Json<ServiceCapacityTold>,
) -> Outcome<impl Gives> {
    let service = tellable(&ask, id).await?;
    let command = TellCapacity {
        id: new.id,
        service_id: service.id,
        places_free: new.places_free,
        waiting_days: new.waiting_days,
    };
    let answer = ask.once(new.id, command).await?;
    ask.made(answer)
}

/// A question. It names the asking body and nobody else.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CapacityQuestionNew {
    /// Made by the sender: the key of the write.
    id: Uuid,
    /// For which of the asker's bodies.
    asked_by_body: OrganizationId,
}

async fn question(
    ask: Ask,
    Path(service_id): Path<ServiceId>,
    Json(new): Json<CapacityQuestionNew>,
) -> Outcome<impl Gives> {
    let own = ask.viewer.bodies_as(CAPACITY_ASK.roles);
    if !own.contains(&new.asked_by_body.get()) {
        return Err(Failure::NotFound);
    }
    let command = AskCapacity {
        id: new.id,
        service_id,
        asked_by_body: new.asked_by_body,
    };
    let answer = ask.once(new.id, command).await?;
    ask.made(answer)
}

/// What the viewer's bodies asked or were asked, newest first.
async fn questions(ask: Ask) -> Outcome<impl Gives> {
    let bodies = ask.viewer.bodies();
    ask.whole(of_bodies(&mut ask.read().await?, &bodies).await?)
}
