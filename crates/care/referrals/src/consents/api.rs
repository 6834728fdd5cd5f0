//! The same for machines: of staff, and of the person's own.

use access::consents::Consent;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use uuid::Uuid;
use web::Outcome;

use super::{WITHDRAW, WithdrawConsent, of_carried, of_her, own};
use crate::legs::api::key_of;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post(
            "/api/v1/consents/{id}/withdrawal",
            Need::May(&WITHDRAW),
            staff,
        )
        .get("/api/v1/my/consents", Need::Person, list)
        .post("/api/v1/my/consents/{id}/withdrawal", Need::Person, her)
}

async fn staff(ask: Ask, Path(id): Path<Uuid>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    of_carried(&ask, &mut ask.read().await?, id).await?;
    withdrawn(&ask, id, key).await
}

async fn her(ask: Ask, Path(id): Path<Uuid>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    of_her(&ask, &mut ask.read().await?, id).await?;
    withdrawn(&ask, id, key).await
}

async fn withdrawn(ask: &Ask, id: Uuid, key: Uuid) -> Outcome {
    let command = WithdrawConsent { consent: id };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &json!({ "id": id, "recalled": answer.out }))
}

async fn list(ask: Ask) -> Outcome {
    let all = own(&ask, &mut ask.read().await?).await?;
    let today = ask.now().date();
    let item = |consent: &Consent| {
        json!({
            "id": consent.id, "purpose": consent.purpose, "categories": consent.categories,
            "given_on": consent.given_on, "valid_until": consent.valid_until,
            "withdrawn_at": consent.withdrawn_at, "holds": consent.holds_on(today),
        })
    };
    let items: Vec<_> = all.iter().map(item).collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}
