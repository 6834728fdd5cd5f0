//! Assessment for machines: answers and scores by code.

use std::collections::HashMap;

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use web::{Failure, Outcome};

use super::pages::FORM;
use super::{AssessmentId, forms, queries};
use crate::cases::api::made;
use crate::cases::{CaseId, head};
use crate::{CASE_ASSESS, CASE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/assessment-form", Need::May(&CASE_READ), form)
        .get(
            "/api/v1/cases/{id}/assessments",
            Need::May(&CASE_READ),
            list,
        )
        .post(
            "/api/v1/cases/{id}/assessments",
            Need::May(&CASE_ASSESS),
            create,
        )
}

async fn form(ask: Ask) -> Outcome {
    let form = queries::published(&mut ask.read().await?, FORM).await?;
    let domains: Vec<Json> = form
        .domains
        .iter()
        .map(|domain| {
            let questions: Vec<Json> = domain.questions.iter().map(|q| json!({
                "code": q.code, "kind": q.kind, "sensitivity": q.sensitivity, "fact": q.fact,
                "label_fa": q.label_fa, "label_en": q.label_en, "purpose_fa": q.purpose_fa,
                "purpose_en": q.purpose_en, "options": q.options,
            })).collect();
            let meanings: Vec<Json> = domain
                .meanings
                .iter()
                .map(|(score, fa, en)| json!({ "score": score, "fa": fa, "en": en }))
                .collect();
            json!({
                "code": domain.code, "label_fa": domain.label_fa, "label_en": domain.label_en,
                "low_until": domain.low_until, "meanings": meanings, "questions": questions,
            })
        })
        .collect();
    ask.json(
        StatusCode::OK,
        &json!({ "id": form.id, "number": form.number, "domains": domains }),
    )
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let keys = head.is_sensitive_seen.then_some(&ask.city.keys);
    let mut items = Vec::new();
    for one in queries::list(&mut conn, id).await? {
        let form = queries::form_of(&mut conn, one.id).await?;
        let answers = queries::answers(&mut conn, one.id, keys).await?;
        // The scores tell of her health as the answers do.
        let scores = match keys {
            Some(_) => Some(queries::scores(&mut conn, one.id).await?),
            None => None,
        };
        let answers: HashMap<&str, &String> = form
            .questions()
            .filter_map(|q| Some((q.code.as_str(), answers.get(&q.id)?)))
            .collect();
        items.push(json!({
            "id": one.id, "form_number": form.number, "made_on": one.made_on,
            "scores": scores, "answers": answers,
        }));
    }
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

#[derive(Deserialize)]
struct Body {
    id: AssessmentId,
    /// Domain code to score, 1 to 5; all domains.
    scores: HashMap<String, i64>,
    /// Question code to answer: an option, `yes`/`no`, a number, rials, words.
    #[serde(default)]
    answers: HashMap<String, String>,
}

async fn create(ask: Ask, Path(case): Path<CaseId>, web::Json(body): web::Json<Body>) -> Outcome {
    let mut conn = ask.read().await?;
    if !head(&ask, &mut conn, case).await?.is_sensitive_seen {
        return Err(Failure::Forbidden);
    }
    let version = queries::published(&mut conn, FORM).await?;
    drop(conn);
    let keys = &ask.city.keys;
    let command = forms::from_codes(keys, &version, body.id, case, &body.scores, &body.answers)
        .map_err(Failure::Unreadable)?;
    made(&ask, body.id.get(), command).await
}
