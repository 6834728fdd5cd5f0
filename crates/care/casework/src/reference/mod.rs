//! What a city starts with: a form, rules, budget lines, package templates. Loading twice
//! changes nothing; a newer number in the files retires the version before it.

mod load;

pub use load::load;

use serde::Deserialize;

use crate::assessment::{AnswerKind, Choice, Sensitivity};
use crate::eligibility::Rule;
use crate::plans::{LineKind, Unit};

#[derive(Deserialize)]
struct FormFile {
    code: String,
    number: i64,
    name_fa: String,
    name_en: String,
    domains: Vec<DomainFile>,
}

#[derive(Deserialize)]
struct DomainFile {
    code: String,
    label_fa: String,
    label_en: String,
    low_until: i64,
    /// Score 1 to 5: Persian, English.
    meanings: [(String, String); 5],
    questions: Vec<QuestionFile>,
}

#[derive(Deserialize)]
struct QuestionFile {
    code: String,
    kind: AnswerKind,
    sensitivity: Sensitivity,
    fact: Option<String>,
    label_fa: String,
    label_en: String,
    purpose_fa: String,
    purpose_en: String,
    #[serde(default)]
    options: Vec<Choice>,
}

#[derive(Deserialize)]
struct RulesFile {
    code: String,
    number: i64,
    name_fa: String,
    name_en: String,
    rule: Rule,
}

#[derive(Deserialize)]
struct BudgetFile {
    code: String,
    name_fa: String,
    name_en: String,
}

#[derive(Deserialize)]
struct TemplateFile {
    code: String,
    number: i64,
    target_group: String,
    name_fa: String,
    name_en: String,
    lines: Vec<LineFile>,
}

#[derive(Deserialize)]
struct LineFile {
    kind: LineKind,
    name_fa: String,
    name_en: String,
    unit: Unit,
    quantity: i64,
    unit_cost: i64,
    budget: String,
}
