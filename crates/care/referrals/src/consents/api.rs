//! The same for machines: of staff, and of the person's own.

use access::consents::Consent;
use access::contract::Gives;
use access::{Answer, Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;
use web::Outcome;

use super::{WITHDRAW, WithdrawConsent, of_carried, of_her, own, withdrawal};

pub(super) fn routes() -> Routes {
    Routes::new()
        .api_post(
            "/api/v1/consents/{id}/withdrawal",
            Need::May(&WITHDRAW),
            staff,
        )
        .api_get("/api/v1/my/consents", Need::Person, list)
        .api_post("/api/v1/my/consents/{id}/withdrawal", Need::Person, her)
}

async fn staff(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (consent, _) = of_carried(&ask, &mut conn, id).await?;
    let command = withdrawal(&ask, &mut conn, &consent).await?;
    drop(conn);
    withdrawn(&ask, id, key, command).await
}

async fn her(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let consent = of_her(&ask, &mut conn, id).await?;
    let command = withdrawal(&ask, &mut conn, &consent).await?;
    drop(conn);
    withdrawn(&ask, id, key, command).await
}

/// How many legs were called back.
#[derive(Serialize, JsonSchema)]
struct Withdrawn {
    id: Uuid,
    recalled: u64,
}

async fn withdrawn(
    ask: &Ask,
    id: Uuid,
    key: Uuid,
    command: WithdrawConsent,
) -> Outcome<Answer<Withdrawn>> {
    let answer = ask.once(key, command).await?;
    ask.json(
        StatusCode::OK,
        &Withdrawn {
            id,
            recalled: answer.out,
        },
    )
}

/// What she agreed to.
#[derive(Serialize, JsonSchema)]
struct OwnConsent {
    id: Uuid,
    purpose: String,
    #[schemars(with = "Vec<String>")]
    categories: Json,
    given_on: Date,
    valid_until: Date,
    withdrawn_at: Option<Timestamp>,
    holds: bool,
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let all = own(&ask, &mut ask.read().await?).await?;
    let today = ask.now().date();
    let item = |consent: &Consent| OwnConsent {
        id: consent.id,
        purpose: consent.purpose.clone(),
        categories: consent.categories.clone(),
        given_on: consent.given_on,
        valid_until: consent.valid_until,
        withdrawn_at: consent.withdrawn_at,
        holds: consent.holds_on(today),
    };
    let items: Vec<_> = all.iter().map(item).collect();
    ask.whole(items)
}
