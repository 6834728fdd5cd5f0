//! Assessment: a versioned form kept as data, its scored domains, and the answers given on it.

pub mod api;
mod forms;
pub(crate) mod pages;
mod queries;
mod views;

use db::{FromRow, Keys, Reason, Result, Tx, Write, sql};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::cases::{
    CaseId, EventKind, NextAction, Stage, move_stage, record_event, set_next_action,
};
use crate::{Sealed, days};

pub(crate) use queries::facts;
pub use queries::{answers, form_of, latest, list, low_domains, published, scores};

db::id!(
    /// A version of a form.
    pub VersionId
);
db::id!(
    /// A scored domain of a form's version.
    pub DomainId
);
db::id!(
    /// A question of a form's version.
    pub QuestionId
);
db::id!(
    /// An assessment: answers and scores of one day.
    pub AssessmentId
);

db::text_enum! {
    /// How a question is answered.
    pub enum AnswerKind {
        /// One of its options.
        Choice = "choice",
        /// Yes or no.
        YesNo = "yes_no",
        /// A whole number.
        Number = "number",
        /// An amount, in rials.
        Money = "money",
        /// Words; always sealed.
        Note = "note",
    }
}

db::text_enum! {
    /// How private an answer is.
    pub enum Sensitivity {
        /// For the case team.
        Personal = "personal",
        /// Sealed; for viewers who may see sensitive facts.
        Sensitive = "sensitive",
    }
}

/// A whole version of a form, to be filled in or read.
#[derive(Clone, Debug)]
pub struct FormVersion {
    /// The version.
    pub id: VersionId,
    /// Its number.
    pub number: i64,
    /// «ارزیابی نخست»
    pub name_fa: String,
    /// `First assessment`
    pub name_en: String,
    /// Its domains in order.
    pub domains: Vec<Domain>,
}

impl FormVersion {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name_fa, &self.name_en)
    }

    /// All its questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.domains.iter().flat_map(|domain| &domain.questions)
    }
}

pub(crate) fn pick<'a>(lang: Lang, fa: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

/// A scored domain.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// `income`
    pub code: String,
    /// Persian name.
    pub label_fa: String,
    /// English name.
    pub label_en: String,
    /// A score up to this one is low and needs a goal in the plan.
    pub low_until: i64,
    /// What each score means, from 1 up: Persian and English.
    pub meanings: Vec<(i64, String, String)>,
    /// Its questions in order.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, FromRow)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// Its domain.
    pub domain_id: DomainId,
    /// Stable word, the same in every version: `own_income`.
    pub code: String,
    /// What is asked, in Persian.
    pub label_fa: String,
    /// In English.
    pub label_en: String,
    /// Why it is asked, in Persian.
    pub purpose_fa: String,
    /// In English.
    pub purpose_en: String,
    /// How it is answered.
    pub kind: AnswerKind,
    /// Choices: a list of `{code, fa, en}`.
    pub options: serde_json::Value,
    /// How private the answer is.
    pub sensitivity: Sensitivity,
    /// The fact that eligibility rules know it by.
    pub fact: Option<String>,
}

/// One answer on its way in: plain, or sealed when the question is sensitive or in words.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// To which question.
    pub question: QuestionId,
    /// Readable by the case team: an option's code, `yes`/`no`, a number, rials.
    pub plain: Option<String>,
    /// For viewers of sensitive facts.
    pub sealed: Option<Sealed>,
}

impl Answer {
    /// Seals when the question asks for it.
    pub fn new(keys: &Keys, assessment: AssessmentId, question: &Question, given: &str) -> Self {
        let is_sealed =
            question.sensitivity == Sensitivity::Sensitive || question.kind == AnswerKind::Note;
        let seal = || Sealed::new(keys, TABLE, &column(question.id), assessment.get(), given);
        Self {
            question: question.id,
            plain: (!is_sealed).then(|| given.to_owned()),
            sealed: is_sealed.then(seal),
        }
    }
}

const TABLE: &str = "assessment_answer";

/// Many sealed answers share an assessment's row id, so the question is part of the place.
fn column(question: QuestionId) -> String {
    format!("sealed:{question}")
}

/// Where answers are sealed.
pub(crate) const SEALED_ANSWERS: db::Sealed = db::Sealed::new(TABLE, "sealed")
    .of_row("assessment_id")
    .told_apart("question_id", |id| column(QuestionId::new(id)));

/// Records an assessment of a case on a form's version.
#[derive(Serialize)]
pub struct RecordAssessment {
    /// Made by the sender.
    pub id: AssessmentId,
    /// Whose.
    pub case: CaseId,
    /// On which version of the form.
    pub version: VersionId,
    /// A score of 1 to 5 for every domain of the version.
    pub scores: Vec<(DomainId, i64)>,
    /// Answers to questions of the version; what is not known is left out.
    pub answers: Vec<Answer>,
    /// The draft it was typed in, which ends with it.
    pub draft: Option<Uuid>,
}

/// A domain has no score.
pub const SCORES_MISSING: Reason = Reason::new("scores_missing", 422);
/// A question or domain that this version does not have.
pub const NOT_OF_THIS_FORM: Reason = Reason::new("not_of_this_form", 422);

impl Write for RecordAssessment {
    const NAME: &'static str = "record_assessment";
    type Out = AssessmentId;
    async fn run(&self, tx: &mut Tx) -> Result<AssessmentId> {
        self.check(tx).await?;
        let (user, now, today) = (tx.origin().user, tx.now(), tx.today());
        sql(
            "INSERT INTO assessment (id, case_id, version_id, made_on, made_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.id)
        .bind(self.case)
        .bind(self.version)
        .bind(today)
        .bind(user)
        .bind(now)
        .execute(tx)
        .await?;
        let scores = self
            .scores
            .iter()
            .map(|(domain, score)| vec![self.id.into(), (*domain).into(), (*score).into()]);
        let head = "INSERT INTO assessment_score (assessment_id, domain_id, score)";
        db::insert_many(tx, head, 3, scores.collect()).await?;
        let answers = self.answers.iter().map(|answer| {
            let sealed = answer.sealed.as_ref().map(Sealed::bytes);
            vec![
                self.id.into(),
                answer.question.into(),
                answer.plain.clone().into(),
                sealed.into(),
            ]
        });
        let head = "INSERT INTO assessment_answer (assessment_id, question_id, plain, sealed)";
        db::insert_many(tx, head, 4, answers.collect()).await?;
        self.go_on(tx, today).await?;
        Ok(self.id)
    }
}

impl RecordAssessment {
    async fn check(&self, tx: &mut Tx) -> Result<()> {
        crate::cases::must_run(tx, self.case).await?;
        let form = queries::version(tx, self.version).await?;
        let has_domain = |id: &DomainId| form.domains.iter().any(|domain| domain.id == *id);
        let has_question = |id: &QuestionId| form.questions().any(|question| question.id == *id);
        if !self.scores.iter().all(|(domain, _)| has_domain(domain))
            || !self
                .answers
                .iter()
                .all(|answer| has_question(&answer.question))
        {
            return NOT_OF_THIS_FORM.refuse();
        }
        if form
            .domains
            .iter()
            .all(|d| self.scores.iter().any(|(id, _)| *id == d.id))
        {
            Ok(())
        } else {
            SCORES_MISSING.refuse()
        }
    }

    async fn go_on(&self, tx: &mut Tx, today: Date) -> Result<()> {
        if let Some(draft) = self.draft {
            access::drafts::drop_draft(tx, draft).await?;
        }
        let detail = json!({ "assessment": self.id });
        record_event(tx, self.case, EventKind::Assessed, detail).await?;
        // Only a case on its way in goes on to the decision; a later assessment measures progress.
        if move_stage(tx, self.case, Stage::Assessment).await? {
            let on = days::soon(tx, today, 2).await?;
            set_next_action(tx, self.case, NextAction::Decide, on, None).await?;
        }
        Ok(())
    }
}

/// An option of a choice question.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "QuestionChoice")]
pub struct Choice {
    /// The stored word.
    pub code: String,
    /// Persian.
    pub fa: String,
    /// English.
    pub en: String,
}

impl Question {
    /// Its options.
    pub fn choices(&self) -> Vec<Choice> {
        serde_json::from_value(self.options.clone()).unwrap_or_default()
    }

    /// What is asked.
    pub fn label(&self, lang: Lang) -> &str {
        pick(lang, &self.label_fa, &self.label_en)
    }

    /// Why it is asked.
    pub fn purpose(&self, lang: Lang) -> &str {
        pick(lang, &self.purpose_fa, &self.purpose_en)
    }
}

impl Domain {
    /// Its name.
    pub fn label(&self, lang: Lang) -> &str {
        pick(lang, &self.label_fa, &self.label_en)
    }

    /// What a score means.
    pub fn meaning(&self, score: i64, lang: Lang) -> &str {
        let found = self.meanings.iter().find(|(number, ..)| *number == score);
        found.map_or("", |(_, fa, en)| pick(lang, fa, en))
    }
}
