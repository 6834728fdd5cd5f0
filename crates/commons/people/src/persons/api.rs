//! People for machines: the fields of the form as a JSON object, the same commands.

use access::grants::{self, Category};
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::{Failure, Outcome};

use super::pages::{correction, registration};
use super::record::seen;
use super::{PersonId, queries};
use crate::machine::{form_of, key_of, problem};
use crate::{CORRECT, READ, REGISTER, groups};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/people", Need::May(&REGISTER), create)
        .get("/api/v1/people/{id}", Need::May(&READ), show)
        .put("/api/v1/people/{id}", Need::May(&CORRECT), correct)
}

/// The body's `id` is the person's id and its key: sent again, it gets the first answer.
async fn create(ask: Ask, web::Json(body): web::Json<Json>) -> Outcome {
    let id = body["id"].as_str().and_then(|id| id.parse::<Uuid>().ok());
    let id = id.ok_or_else(|| Failure::Unreadable("/id".to_owned()))?;
    let form = form_of(&body)?;
    let command = match registration(&ask, &form, PersonId::new(id)).await? {
        Ok(command) => command,
        Err(errors) => return problem(&ask, &errors),
    };
    let answer = ask.city.db.write_once(id, &ask.origin(), command).await?;
    let status = match answer.is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    ask.json(status, &json!({ "id": answer.out }))
}

/// What the asker's grant covers: national code and family from *personal* on, target groups,
/// income and notes with *sensitive*.
async fn show(ask: Ask, Path(id): Path<PersonId>) -> Outcome {
    let person = seen(&ask, id, Category::Operational).await?;
    let mut conn = ask.read().await?;
    let (viewer, now, keys) = (&ask.viewer, ask.now(), &ask.city.keys);
    let is_personal = grants::may_see(&mut conn, viewer, id.get(), Category::Personal, now).await?;
    let is_sensitive =
        grants::may_see(&mut conn, viewer, id.get(), Category::Sensitive, now).await?;
    let mut body = serde_json::to_value(&person).map_err(db::Error::from)?;
    body["phone"] = json!(contacts::phone(&mut conn, keys, person.contact_id).await?);
    let (code, income, notes) = queries::sealed_facts(&mut conn, keys, id).await?;
    if is_personal {
        body["national_code"] = json!(code);
    } else {
        body["dependants"] = Json::Null;
        body["national_code_last4"] = Json::Null;
    }
    if is_sensitive {
        body["income_rial"] = json!(income.map(money::Rial::get));
        body["notes"] = json!(notes);
        body["groups"] = json!(groups::of(&mut conn, id).await?);
    }
    drop(conn);
    let kind = match is_personal {
        true => "person_national_code",
        false => "person",
    };
    ask.seen(kind, Some(id.get()), vec![id.get()]).await?;
    ask.json(StatusCode::OK, &body)
}

/// Replaces all facts; `version` is the one that was read, `Idempotency-Key` the key.
async fn correct(
    ask: Ask,
    Path(id): Path<PersonId>,
    headers: HeaderMap,
    web::Json(body): web::Json<Json>,
) -> Outcome {
    let key = key_of(&headers)?;
    let person = seen(&ask, id, Category::Sensitive).await?;
    let form = form_of(&body)?;
    let command = match correction(&ask, &form, &person).await? {
        Ok(command) => command,
        Err(errors) => return problem(&ask, &errors),
    };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(StatusCode::OK, &json!({ "id": answer.out }))
}
