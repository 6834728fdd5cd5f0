use std::collections::HashMap;

use db::{Conn, FromRow, Keys, Result, Row, sql};
use persian::Date;
use uuid::Uuid;

use super::{
    AssessmentId, Domain, DomainId, FormVersion, Question, QuestionId, TABLE, VersionId, column,
};
use crate::cases::CaseId;

impl FromRow for Domain {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            label_fa: row.get("label_fa")?,
            label_en: row.get("label_en")?,
            low_until: row.get("low_until")?,
            meanings: Vec::new(),
            questions: Vec::new(),
        })
    }
}

/// The version of a form that is in use: `first_assessment`.
pub async fn published(conn: &mut Conn, form: &str) -> Result<FormVersion> {
    let id: VersionId = sql(
        "SELECT v.id AS value FROM form_version v JOIN assessment_form f ON f.id = v.form_id
         WHERE f.code = $1 AND v.state = 'published'",
    )
    .bind(form)
    .scalar(conn)
    .await?;
    version(conn, id).await
}

/// The version an assessment was made on.
pub async fn form_of(conn: &mut Conn, assessment: AssessmentId) -> Result<FormVersion> {
    let id: VersionId = sql("SELECT version_id AS value FROM assessment WHERE id = $1")
        .bind(assessment)
        .scalar(conn)
        .await?;
    version(conn, id).await
}

/// A version with its domains, meanings and questions.
pub(crate) async fn version(conn: &mut Conn, id: VersionId) -> Result<FormVersion> {
    let head = sql("SELECT v.number, f.name_fa, f.name_en FROM form_version v
         JOIN assessment_form f ON f.id = v.form_id WHERE v.id = $1")
    .bind(id)
    .rows(conn)
    .await?;
    let head = head.first().ok_or(db::Error::NotFound)?;
    let mut domains: Vec<Domain> = sql(
        "SELECT id, code, label_fa, label_en, low_until FROM form_domain
         WHERE version_id = $1 ORDER BY place",
    )
    .bind(id)
    .all(conn)
    .await?;
    let meanings = sql(
        "SELECT m.domain_id, m.score, m.meaning_fa, m.meaning_en FROM score_meaning m
         JOIN form_domain d ON d.id = m.domain_id WHERE d.version_id = $1 ORDER BY m.score",
    )
    .bind(id)
    .rows(conn)
    .await?;
    let questions: Vec<Question> = sql(
        "SELECT id, domain_id, code, label_fa, label_en, purpose_fa, purpose_en, kind, options,
         sensitivity, fact FROM form_question WHERE version_id = $1 ORDER BY place",
    )
    .bind(id)
    .all(conn)
    .await?;
    for domain in &mut domains {
        for row in &meanings {
            if row.get::<DomainId>("domain_id")? == domain.id {
                let told = (
                    row.get("score")?,
                    row.get("meaning_fa")?,
                    row.get("meaning_en")?,
                );
                domain.meanings.push(told);
            }
        }
        let own = questions
            .iter()
            .filter(|question| question.domain_id == domain.id);
        domain.questions = own.cloned().collect();
    }
    Ok(FormVersion {
        id,
        number: head.get("number")?,
        name_fa: head.get("name_fa")?,
        name_en: head.get("name_en")?,
        domains,
    })
}

/// An assessment in a list.
#[derive(Clone, Debug, FromRow)]
pub struct Made {
    /// Its id.
    pub id: AssessmentId,
    /// On which version.
    pub version_id: VersionId,
    /// The day.
    pub made_on: Date,
    /// By whom, by name.
    pub made_by: Option<String>,
}

/// A case's assessments, newest first.
pub async fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<Made>> {
    sql(
        "SELECT a.id, a.version_id, a.made_on, u.shown_name AS made_by FROM assessment a
         LEFT JOIN staff_card u ON u.id = a.made_by
         WHERE a.case_id = $1 ORDER BY a.id DESC LIMIT 50",
    )
    .bind(case)
    .all(conn)
    .await
}

/// The newest assessment of a case.
pub async fn latest(conn: &mut Conn, case: CaseId) -> Result<Option<AssessmentId>> {
    sql("SELECT id AS value FROM assessment WHERE case_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(case)
        .optional_scalar(conn)
        .await
}

/// An assessment's scores by domain code, which is the same in every version.
pub async fn scores(conn: &mut Conn, assessment: AssessmentId) -> Result<HashMap<String, i64>> {
    let rows = sql(
        "SELECT d.code, s.score FROM assessment_score s JOIN form_domain d ON d.id = s.domain_id
         WHERE s.assessment_id = $1",
    )
    .bind(assessment)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("code")?, row.get("score")?)))
        .collect()
}

/// The domains in which the newest assessment is low: code, Persian and English name.
pub async fn low_domains(conn: &mut Conn, case: CaseId) -> Result<Vec<(String, String, String)>> {
    let rows = sql(
        "SELECT d.code, d.label_fa, d.label_en FROM assessment_score s
         JOIN form_domain d ON d.id = s.domain_id
         WHERE s.assessment_id = (SELECT id FROM assessment WHERE case_id = $1 ORDER BY id DESC LIMIT 1)
         AND s.score <= d.low_until ORDER BY d.place",
    )
    .bind(case)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("code")?, row.get("label_fa")?, row.get("label_en")?)))
        .collect()
}

/// An assessment's answers by question. Sealed ones are opened when `keys` are given, else left out.
pub async fn answers(
    conn: &mut Conn,
    assessment: AssessmentId,
    keys: Option<&Keys>,
) -> Result<HashMap<QuestionId, String>> {
    let rows =
        sql("SELECT question_id, plain, sealed FROM assessment_answer WHERE assessment_id = $1")
            .bind(assessment)
            .rows(conn)
            .await?;
    let mut answers = HashMap::new();
    for row in &rows {
        let question: QuestionId = row.get("question_id")?;
        let (plain, sealed): (Option<String>, Option<Vec<u8>>) =
            (row.get("plain")?, row.get("sealed")?);
        let opened = match (plain, sealed, keys) {
            (Some(plain), ..) => Some(plain),
            (None, Some(sealed), Some(keys)) => {
                let (id, place): (Uuid, String) = (assessment.get(), column(question));
                Some(crate::sealed::open(keys, TABLE, &place, id, &sealed)?)
            }
            _ => None,
        };
        if let Some(answer) = opened {
            answers.insert(question, answer);
        }
    }
    Ok(answers)
}

/// The facts an assessment gives, by fact name; needs the keys for sensitive ones.
pub(crate) async fn facts(
    conn: &mut Conn,
    keys: &Keys,
    assessment: AssessmentId,
) -> Result<HashMap<String, String>> {
    let form = form_of(conn, assessment).await?;
    let mut given = answers(conn, assessment, Some(keys)).await?;
    let named = form
        .questions()
        .filter_map(|question| Some((question.fact.clone()?, question.id)));
    Ok(named
        .filter_map(|(fact, id)| Some((fact, given.remove(&id)?)))
        .collect())
}
