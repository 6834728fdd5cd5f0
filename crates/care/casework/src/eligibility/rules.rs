//! The rules themselves: pure, three-valued, told in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Fact, Facts};

db::text_enum! {
    /// Yes, no, or not known: an answer that is missing is not a no.
    pub enum Answer3 {
        /// It holds.
        Yes = "yes",
        /// It does not hold.
        No = "no",
        /// A fact is missing.
        Unknown = "unknown",
    }
}

impl Answer3 {
    fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// A rule: a tree of conditions, each told in both languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Rule {
    /// Every part must hold.
    All {
        /// The parts.
        of: Vec<Rule>,
    },
    /// One part is enough.
    Any {
        /// What it is about, in Persian.
        fa: String,
        /// In English.
        en: String,
        /// The parts.
        of: Vec<Rule>,
    },
    /// Nobody for whom this holds.
    Except {
        /// What keeps out.
        of: Box<Rule>,
    },
    /// One fact put to a test.
    Fact {
        /// Which fact.
        fact: String,
        /// The test.
        test: Test,
        /// What is asked, in Persian: «۱۸ سال یا بیشتر دارد».
        fa: String,
        /// In English.
        en: String,
    },
}

/// What is asked of a fact.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// A number of at least this much.
    AtLeast(i64),
    /// A number of at most this much.
    AtMost(i64),
    /// A word, or one of several words, out of these.
    OneOf(Vec<String>),
    /// Yes.
    Holds,
}

/// One condition and what came of it, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RuleLine")]
pub struct Line {
    /// How deep it stands under another line.
    pub depth: u32,
    /// What was asked, in Persian.
    pub fa: String,
    /// In English.
    pub en: String,
    /// What was known, in Persian; empty when nothing was.
    pub known_fa: String,
    /// In English.
    pub known_en: String,
    /// True when this keeps people out.
    pub is_exclusion: bool,
    /// Whether the condition holds.
    pub result: Answer3,
}

impl Rule {
    /// Does the rule hold?
    pub fn decide(&self, facts: &Facts) -> Answer3 {
        match self {
            Self::All { of } => {
                let parts = of.iter().map(|part| part.decide(facts));
                strongest(parts, Answer3::No, Answer3::Yes)
            }
            Self::Any { of, .. } => {
                let parts = of.iter().map(|part| part.decide(facts));
                strongest(parts, Answer3::Yes, Answer3::No)
            }
            Self::Except { of } => of.decide(facts).not(),
            Self::Fact { fact, test, .. } => Answer3::of(test.is_met(facts.get(fact))),
        }
    }

    fn tell(&self, facts: &Facts, depth: u32, is_exclusion: bool, lines: &mut Vec<Line>) {
        match self {
            Self::All { of } => of
                .iter()
                .for_each(|part| part.tell(facts, depth, is_exclusion, lines)),
            Self::Except { of } => of.tell(facts, depth, true, lines),
            Self::Any { fa, en, of } => {
                lines.push(self.line(depth, fa, en, is_exclusion, None, facts));
                of.iter()
                    .for_each(|part| part.tell(facts, depth + 1, is_exclusion, lines));
            }
            Self::Fact { fact, fa, en, .. } => {
                lines.push(self.line(depth, fa, en, is_exclusion, facts.get(fact), facts));
            }
        }
    }

    fn line(
        &self,
        depth: u32,
        fa: &str,
        en: &str,
        is_exclusion: bool,
        fact: Option<&Fact>,
        facts: &Facts,
    ) -> Line {
        Line {
            depth,
            fa: fa.to_owned(),
            en: en.to_owned(),
            known_fa: fact.map(|fact| fact.told_fa.clone()).unwrap_or_default(),
            known_en: fact.map(|fact| fact.told_en.clone()).unwrap_or_default(),
            is_exclusion,
            result: self.decide(facts),
        }
    }
}

/// `decisive` wins over everything, then unknown, then `weak`.
fn strongest(parts: impl Iterator<Item = Answer3>, decisive: Answer3, weak: Answer3) -> Answer3 {
    parts.fold(weak, |so_far, part| match (so_far, part) {
        (answer, _) | (_, answer) if answer == decisive => decisive,
        (Answer3::Unknown, _) | (_, Answer3::Unknown) => Answer3::Unknown,
        _ => weak,
    })
}

impl Test {
    fn is_met(&self, fact: Option<&Fact>) -> Option<bool> {
        let fact = fact?;
        match self {
            Self::AtLeast(bound) => Some(fact.number? >= *bound),
            Self::AtMost(bound) => Some(fact.number? <= *bound),
            Self::OneOf(words) => Some(fact.words.iter().any(|word| words.contains(word))),
            Self::Holds => Some(fact.words.iter().any(|word| word == "yes")),
        }
    }
}

/// Every condition with what came of it, in the rule's order.
pub fn trace(rule: &Rule, facts: &Facts) -> Vec<Line> {
    let mut lines = Vec::new();
    rule.tell(facts, 0, false, &mut lines);
    lines
}
