//! Forms for machines: a typed body is read by the same readers as a posted form.

use money::Rial;
use schemars::JsonSchema;
use serde::Deserialize;
use web::Form;

use crate::persons::{Education, Evidence, Gender, NoCodeReason};

/// A number, or a text as people write one.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Typed {
    /// `5`
    Number(i64),
    /// `"۵"`
    Text(String),
}

impl std::fmt::Display for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// A day of birth in the Persian calendar, or the year alone.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct BirthBody {
    year: Option<Typed>,
    month: Option<Typed>,
    day: Option<Typed>,
}

/// What is known of a person. Whatever is left out is empty.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PersonFacts")]
pub(crate) struct FactsBody {
    first_name: Option<String>,
    last_name: Option<String>,
    father_name: Option<String>,
    /// Ten digits; without it `no_code_reason` is needed.
    national_code: Option<String>,
    no_code_reason: Option<NoCodeReason>,
    /// The card was seen.
    #[serde(default)]
    is_verified: bool,
    birth: Option<BirthBody>,
    gender: Option<Gender>,
    phone: Option<String>,
    /// Number of the municipal region.
    region: Option<Typed>,
    neighbourhood: Option<String>,
    dependants: Option<Typed>,
    education: Option<Education>,
    /// Code of a field of work.
    field_code: Option<String>,
    field_words: Option<String>,
    /// Income of a month in rials.
    income_rial: Option<Rial>,
    notes: Option<String>,
    /// Public code of the guardian or companion: `P-…` or `M-…`.
    guardian: Option<String>,
}

impl FactsBody {
    /// The same as a posted form.
    pub(crate) fn form(&self) -> Form {
        let mut form = Form::default();
        let words = |word: Option<&'static str>| word.map(str::to_owned);
        let number = |typed: &Option<Typed>| typed.as_ref().map(Typed::to_string);
        let birth = self.birth.as_ref();
        let part =
            |part: fn(&BirthBody) -> &Option<Typed>| birth.and_then(|birth| number(part(birth)));
        let fields = [
            ("first_name", self.first_name.clone()),
            ("last_name", self.last_name.clone()),
            ("father_name", self.father_name.clone()),
            ("national_code", self.national_code.clone()),
            (
                "no_code_reason",
                words(self.no_code_reason.map(NoCodeReason::as_str)),
            ),
            ("is_verified", self.is_verified.then(|| "yes".to_owned())),
            ("birth.year", part(|birth| &birth.year)),
            ("birth.month", part(|birth| &birth.month)),
            ("birth.day", part(|birth| &birth.day)),
            ("gender", words(self.gender.map(Gender::as_str))),
            ("phone", self.phone.clone()),
            ("region", number(&self.region)),
            ("neighbourhood", self.neighbourhood.clone()),
            ("dependants", number(&self.dependants)),
            ("education", words(self.education.map(Education::as_str))),
            ("field_code", self.field_code.clone()),
            ("field_words", self.field_words.clone()),
            (
                "income",
                self.income_rial.map(|rial| format!("{} ریال", rial.get())),
            ),
            ("notes", self.notes.clone()),
            ("guardian", self.guardian.clone()),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                form.push(name.to_owned(), value);
            }
        }
        form
    }
}

/// That she agreed to her record being kept and seen, as the form asks it.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PersonConsent")]
pub(crate) struct ConsentBody {
    #[serde(default)]
    agreed: bool,
    /// What shows it.
    evidence: Option<Evidence>,
    /// How long it holds.
    consent_years: Option<Typed>,
}

impl ConsentBody {
    /// Adds its fields to a form.
    pub(crate) fn fill(&self, form: &mut Form) {
        let fields = [
            ("agreed", self.agreed.then(|| "yes".to_owned())),
            (
                "evidence",
                self.evidence.map(|evidence| evidence.as_str().to_owned()),
            ),
            (
                "consent_years",
                self.consent_years.as_ref().map(Typed::to_string),
            ),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                form.push(name.to_owned(), value);
            }
        }
    }
}
