//! Reading a filled-in form: each question by its kind, each domain by its score.

use std::collections::HashMap;

use db::Keys;
use uuid::Uuid;
use web::{Form, FormErrors, Page, Read};

use super::{Answer, AnswerKind, AssessmentId, FormVersion, Question, RecordAssessment};
use crate::WORDS;
use crate::cases::CaseId;

/// Letters of an answer in words.
pub(super) const LENGTH: usize = 1_000;

/// Largest number in an answer.
pub(super) const LARGEST: i64 = 1_000;

/// The field of a question's answer.
pub(super) fn answer_field(code: &str) -> String {
    format!("answer_{code}")
}

/// The field of a domain's score.
pub(super) fn score_field(code: &str) -> String {
    format!("score_{code}")
}

pub(super) fn read(
    page: &Page,
    keys: &Keys,
    form: &Form,
    version: &FormVersion,
    id: AssessmentId,
    case: CaseId,
    draft: Option<Uuid>,
) -> Result<RecordAssessment, FormErrors> {
    let mut read = form.read(page);
    let mut answers = Vec::new();
    for question in version.questions() {
        let given = answer(&mut read, question);
        answers.extend(given.map(|given| Answer::new(keys, id, question, &given)));
    }
    let mut scores = Vec::new();
    for domain in &version.domains {
        let score: Option<i64> = read.choice(&score_field(&domain.code));
        match score {
            Some(score) if (1..=5).contains(&score) => scores.push((domain.id, score)),
            Some(_) => {
                read.wrong::<()>(&score_field(&domain.code), page.t(&WORDS, "score-wrong"));
            }
            None => {}
        }
    }
    if !read.is_good() {
        return Err(read.errors);
    }
    Ok(RecordAssessment {
        id,
        case,
        version: version.id,
        scores,
        answers,
        draft,
    })
}

/// An answer as it is stored; nothing given is not known, and that is no fault.
fn answer(read: &mut Read<'_>, question: &Question) -> Option<String> {
    let field = answer_field(&question.code);
    if read.is_empty(&field) {
        return None;
    }
    match question.kind {
        AnswerKind::Number => read
            .number(&field, 0, LARGEST)
            .map(|number| number.to_string()),
        AnswerKind::Money => read
            .toman_or_zero(&field)
            .map(|amount| amount.get().to_string()),
        AnswerKind::Note => read.note(&field, LENGTH).filter(|note| !note.is_empty()),
        AnswerKind::YesNo | AnswerKind::Choice => {
            let word: String = read.choice(&field)?;
            if is_offered(question, &word) {
                Some(word)
            } else {
                let sentence = web::WORDS.text(read.lang(), "field-choose", &[]);
                read.wrong(&field, sentence)
            }
        }
    }
}

fn is_offered(question: &Question, word: &str) -> bool {
    match question.kind {
        AnswerKind::YesNo => matches!(word, "yes" | "no"),
        _ => question.choices().iter().any(|choice| choice.code == word),
    }
}

/// Answers and scores by code, as machines send them; the error names the place at fault.
pub(super) fn from_codes(
    keys: &Keys,
    version: &FormVersion,
    id: AssessmentId,
    case: CaseId,
    scores: &HashMap<String, i64>,
    answers: &HashMap<String, String>,
) -> Result<RecordAssessment, String> {
    let mut read_scores = Vec::new();
    for (code, score) in scores {
        let domain = version.domains.iter().find(|domain| domain.code == *code);
        match domain.filter(|_| (1..=5).contains(score)) {
            Some(domain) => read_scores.push((domain.id, *score)),
            None => return Err(format!("/scores/{code}")),
        }
    }
    let mut read_answers = Vec::new();
    for (code, given) in answers {
        let question = version.questions().find(|question| question.code == *code);
        match question.and_then(|question| Some((question, stored(question, given)?))) {
            Some((question, given)) => read_answers.push(Answer::new(keys, id, question, &given)),
            None => return Err(format!("/answers/{code}")),
        }
    }
    // Maps have no order of their own; a resend must look the same.
    read_scores.sort();
    read_answers.sort_by_key(|answer| answer.question);
    Ok(RecordAssessment {
        id,
        case,
        version: version.id,
        scores: read_scores,
        answers: read_answers,
        draft: None,
    })
}

fn stored(question: &Question, given: &str) -> Option<String> {
    let given = persian::clean(given);
    match question.kind {
        AnswerKind::Number => {
            let number = given.parse::<i64>().ok()?;
            (0..=LARGEST).contains(&number).then(|| number.to_string())
        }
        AnswerKind::Money => {
            let rials = given.parse::<i64>().ok()?;
            (0..=100_000_000_000_000)
                .contains(&rials)
                .then(|| rials.to_string())
        }
        AnswerKind::Note => (1..=LENGTH)
            .contains(&given.chars().count())
            .then_some(given),
        AnswerKind::YesNo | AnswerKind::Choice => is_offered(question, &given).then_some(given),
    }
}
