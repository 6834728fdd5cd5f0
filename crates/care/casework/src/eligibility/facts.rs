//! What is known of a person when the rules are asked.

use std::collections::HashMap;

use db::{Conn, Keys, Result};
use money::Rial;
use persian::{Date, Jalali, Lang};

use crate::assessment::{self, AssessmentId};
use crate::cases::Case;

/// One known fact: as a number or as words, and as it is told.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// For thresholds; amounts in rials.
    pub number: Option<i64>,
    /// For choices: codes; `yes` or `no`.
    pub words: Vec<String>,
    /// As told in Persian.
    pub told_fa: String,
    /// As told in English.
    pub told_en: String,
}

/// Known facts by name; what is not known is not there.
#[derive(Clone, Debug, Default)]
pub struct Facts(HashMap<String, Fact>);

impl Facts {
    /// A fact that is a number.
    pub fn number(&mut self, name: &str, number: i64) {
        let told = |lang| persian::grouped(number, lang);
        let fact = Fact {
            number: Some(number),
            words: Vec::new(),
            told_fa: told(Lang::Fa),
            told_en: told(Lang::En),
        };
        self.0.insert(name.to_owned(), fact);
    }

    /// A fact that is an amount, in rials.
    pub fn money(&mut self, name: &str, amount: Rial) {
        let fact = Fact {
            number: Some(amount.get()),
            words: Vec::new(),
            told_fa: amount.toman_text(Lang::Fa),
            told_en: amount.toman_text(Lang::En),
        };
        self.0.insert(name.to_owned(), fact);
    }

    /// A fact in codes; told by what the codes mean, when that needs telling.
    pub fn words(&mut self, name: &str, words: Vec<String>, told_fa: String, told_en: String) {
        self.0.insert(
            name.to_owned(),
            Fact {
                number: None,
                words,
                told_fa,
                told_en,
            },
        );
    }

    /// The fact of this name, when it is known.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.0.get(name)
    }
}

/// Full years from a birth to a day, in the Jalali calendar.
fn age_on(birth: Date, day: Date) -> i64 {
    let (birth, day) = (Jalali::from(birth), Jalali::from(day));
    let had_birthday = (day.month, day.day) >= (birth.month, birth.day);
    i64::from(day.year) - i64::from(birth.year) - i64::from(!had_birthday)
}

/// Gathers a person's own facts and those her newest assessment gives.
pub(super) async fn gather(
    conn: &mut Conn,
    keys: &Keys,
    case: &Case,
    assessment: Option<AssessmentId>,
    today: Date,
) -> Result<Facts> {
    let person = people::get(conn, case.person_id).await?;
    let mut facts = Facts::default();
    if let Some(birth) = person.birth_on {
        facts.number("age", age_on(birth, today));
    }
    if let Some(region) = person.region {
        facts.number("region", region);
    }
    if let Some(dependants) = person.dependants {
        facts.number("dependants", dependants);
    }
    if let Some(gender) = person.gender {
        facts.words(
            "gender",
            vec![gender.as_str().to_owned()],
            String::new(),
            String::new(),
        );
    }
    let groups = people::groups::of(conn, case.person_id).await?;
    // Without any group nobody has asked yet: not known, which is no no.
    if !groups.is_empty() {
        facts.words("target_group", groups, String::new(), String::new());
    }
    if let Some(assessment) = assessment {
        add_answers(conn, keys, assessment, &mut facts).await?;
    }
    Ok(facts)
}

async fn add_answers(
    conn: &mut Conn,
    keys: &Keys,
    id: AssessmentId,
    facts: &mut Facts,
) -> Result<()> {
    let form = assessment::form_of(conn, id).await?;
    let answers = assessment::answers(conn, id, Some(keys)).await?;
    for question in form.questions() {
        let (Some(name), Some(given)) = (&question.fact, answers.get(&question.id)) else {
            continue;
        };
        match (question.kind, given.parse::<i64>()) {
            (assessment::AnswerKind::Money, Ok(amount)) => facts.money(name, Rial::new(amount)),
            (assessment::AnswerKind::Number, Ok(number)) => facts.number(name, number),
            _ => {
                let choices = question.choices();
                let told = choices.iter().find(|choice| choice.code == *given);
                let (fa, en) = told
                    .map(|c| (c.fa.clone(), c.en.clone()))
                    .unwrap_or_default();
                facts.words(name, vec![given.clone()], fa, en);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_changes_on_the_jalali_birthday() {
        let birth = Jalali::new(1366, 9, 2).unwrap().to_date();
        let on = |month, day| age_on(birth, Jalali::new(1405, month, day).unwrap().to_date());
        assert_eq!((on(9, 1), on(9, 2)), (38, 39));
    }
}
