//! Assessment for machines: answers and scores by code.

use std::collections::HashMap;

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Outcome};

use super::pages::FORM;
use super::{AnswerKind, AssessmentId, Choice, Sensitivity, VersionId, forms, queries};
use crate::cases::api::made;
use crate::cases::{CaseId, head};
use crate::{CASE_ASSESS, CASE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/assessment-form", Need::May(&CASE_READ), form)
        .api_get(
            "/api/v1/cases/{id}/assessments",
            Need::May(&CASE_READ),
            list,
        )
        .api_post(
            "/api/v1/cases/{id}/assessments",
            Need::May(&CASE_ASSESS),
            create,
        )
}

/// A question.
#[derive(Serialize, JsonSchema)]
struct QuestionItem {
    code: String,
    kind: AnswerKind,
    sensitivity: Sensitivity,
    fact: Option<String>,
    label_fa: String,
    label_en: String,
    purpose_fa: String,
    purpose_en: String,
    options: Vec<Choice>,
}

/// What a score means.
#[derive(Serialize, JsonSchema)]
struct MeaningItem {
    score: i64,
    fa: String,
    en: String,
}

/// A domain of the form.
#[derive(Serialize, JsonSchema)]
struct DomainItem {
    code: String,
    label_fa: String,
    label_en: String,
    low_until: i64,
    meanings: Vec<MeaningItem>,
    questions: Vec<QuestionItem>,
}

/// The form in force.
#[derive(Serialize, JsonSchema)]
struct FormItem {
    id: VersionId,
    number: i64,
    domains: Vec<DomainItem>,
}

async fn form(ask: Ask) -> Outcome<impl Gives> {
    let form = queries::published(&mut ask.read().await?, FORM).await?;
    let domains = form
        .domains
        .iter()
        .map(|domain| {
            let questions = domain
                .questions
                .iter()
                .map(|q| QuestionItem {
                    code: q.code.clone(),
                    kind: q.kind,
                    sensitivity: q.sensitivity,
                    fact: q.fact.clone(),
                    label_fa: q.label_fa.clone(),
                    label_en: q.label_en.clone(),
                    purpose_fa: q.purpose_fa.clone(),
                    purpose_en: q.purpose_en.clone(),
                    options: q.choices(),
                })
                .collect();
            let meanings = domain
                .meanings
                .iter()
                .map(|(score, fa, en)| MeaningItem {
                    score: *score,
                    fa: fa.clone(),
                    en: en.clone(),
                })
                .collect();
            DomainItem {
                code: domain.code.clone(),
                label_fa: domain.label_fa.clone(),
                label_en: domain.label_en.clone(),
                low_until: domain.low_until,
                meanings,
                questions,
            }
        })
        .collect();
    ask.json(
        StatusCode::OK,
        &FormItem {
            id: form.id,
            number: form.number,
            domains,
        },
    )
}

/// An assessment: scores by domain and answers by question.
#[derive(Serialize, JsonSchema)]
struct AssessmentItem {
    id: AssessmentId,
    form_number: i64,
    made_on: Date,
    scores: Option<HashMap<String, i64>>,
    answers: HashMap<String, String>,
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
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
        let answers: HashMap<String, String> = form
            .questions()
            .filter_map(|q| Some((q.code.clone(), answers.get(&q.id)?.clone())))
            .collect();
        items.push(AssessmentItem {
            id: one.id,
            form_number: form.number,
            made_on: one.made_on,
            scores,
            answers,
        });
    }
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewAssessment")]
struct Body {
    id: AssessmentId,
    /// Domain code to score, 1 to 5; all domains.
    scores: HashMap<String, i64>,
    /// Question code to answer: an option, `yes`/`no`, a number, rials, words.
    #[serde(default)]
    answers: HashMap<String, String>,
}

async fn create(
    ask: Ask,
    Path(case): Path<CaseId>,
    web::Json(body): web::Json<Body>,
) -> Outcome<impl Gives> {
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
