//! Wordings a letter is begun from, and how their places are filled in.

use db::{Conn, Result, sql};
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::Serialize;
use web::words::plain;

use super::About;
use crate::articles::{self, ArticleId};
use crate::resolutions::Resolution;
use crate::wording::{by_lang, days_between, number_of_year};
use crate::{WORDS, meetings, reminders, resolutions};

/// Stands where a place could not be filled in.
const BLANK: &str = "………";

/// A wording to begin from.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct LetterTemplate {
    /// Its short code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Subject in Persian, places in braces.
    pub subject_fa: String,
    /// Subject in English.
    pub subject_en: String,
    /// Text in Persian.
    pub wording_fa: String,
    /// Text in English.
    pub wording_en: String,
}

impl LetterTemplate {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// Subject and text in a language, with these values in their places.
    pub(super) fn filled(&self, lang: Lang, values: &Values) -> (String, String) {
        let subject = by_lang(lang, &self.subject_fa, &self.subject_en);
        let wording = by_lang(lang, &self.wording_fa, &self.wording_en);
        (fill(subject, values), fill(wording, values))
    }
}

const COLUMNS: &str =
    "SELECT code, name_fa, name_en, subject_fa, subject_en, wording_fa, wording_en
     FROM letter_template";

/// All wordings in their order.
pub async fn list_templates(conn: &mut Conn) -> Result<Vec<LetterTemplate>> {
    sql(format!("{COLUMNS} ORDER BY position, code"))
        .all(conn)
        .await
}

/// One wording.
pub(super) async fn template(conn: &mut Conn, code: &str) -> Result<LetterTemplate> {
    sql(format!("{COLUMNS} WHERE code = $1"))
        .bind(code)
        .one(conn)
        .await
}

/// Names of places and what stands in them.
pub(super) type Values = Vec<(&'static str, String)>;

/// The places a wording may have.
pub(super) const PLACES: &[&str] = &[
    "body", "number", "wording", "due", "late", "standing", "article", "list",
];

/// True when every place in braces is one that is filled in.
pub(super) fn places_known(text: &str) -> bool {
    text.split('{').skip(1).all(|part| {
        part.split_once('}')
            .is_some_and(|(name, _)| PLACES.contains(&name))
    })
}

fn fill(text: &str, values: &Values) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or(BLANK, |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// What stands in the places of a letter about something, written today.
pub(super) async fn values(
    conn: &mut Conn,
    lang: Lang,
    about: Option<About>,
    today: Date,
) -> Result<Values> {
    Ok(match about {
        Some(About::Resolution(id)) => {
            let one = resolutions::get(conn, id).await?;
            let mut values = of_resolution(&one, lang, today);
            values.push(("article", article(conn, lang, one.article_id, today).await?));
            values
        }
        Some(About::Reminder(id)) => {
            let one = reminders::get(conn, id).await?;
            let mut values = vec![
                ("number", number_of_year(one.year, one.number, lang)),
                ("wording", one.wording.clone()),
                ("due", Jalali::from(one.due_on).long(lang)),
                ("late", days(one.days_late(today), lang)),
                (
                    "standing",
                    standing(one.days_late(today), one.answered_on.is_some(), lang),
                ),
            ];
            if let Some(id) = one.article_id {
                values.push(("article", article(conn, lang, id, today).await?));
            }
            values
        }
        Some(About::Article(id)) => {
            let heading = articles::get(conn, id, today)
                .await?
                .heading(lang)
                .to_owned();
            let name = article(conn, lang, id, today).await?;
            vec![("article", name), ("wording", heading)]
        }
        Some(About::Meeting(id)) => {
            let one = meetings::get(conn, id).await?;
            let number = number_of_year(one.year, one.number, lang);
            vec![
                ("number", number),
                ("due", Jalali::from(one.held_on).long(lang)),
            ]
        }
        None => Vec::new(),
    })
}

pub(super) fn of_resolution(one: &Resolution, lang: Lang, today: Date) -> Values {
    vec![
        ("number", number_of_year(one.year, one.number, lang)),
        ("wording", one.wording.clone()),
        ("due", Jalali::from(one.due_on).long(lang)),
        ("late", days(late(one, today), lang)),
        (
            "standing",
            standing(late(one, today), one.answers > 0, lang),
        ),
        ("body", one.body(lang).to_owned()),
    ]
}

/// Days past the deadline, none before it.
pub(super) fn late(one: &Resolution, today: Date) -> i64 {
    days_between(one.due_on, today).max(0)
}

/// How it stands with the deadline, as a part of a sentence.
fn standing(late: i64, is_answered: bool, lang: Lang) -> String {
    let key = match (late, is_answered) {
        (1.., _) => "letter-standing-late",
        (_, false) => "letter-standing-silent",
        (_, true) => "letter-standing-answered",
    };
    plain(&WORDS.text(lang, key, &[("late", late.into())])).into_owned()
}

fn days(count: i64, lang: Lang) -> String {
    persian::grouped(count, lang)
}

async fn article(conn: &mut Conn, lang: Lang, id: ArticleId, today: Date) -> Result<String> {
    let article = articles::get(conn, id, today).await?;
    let key = format!("article-kind-{}", article.kind.as_str());
    let name = WORDS.text(lang, &key, &[("number", article.number.into())]);
    Ok(plain(&name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_what_is_not_known_is_left_open() {
        let values = vec![("number", "۱۴۰۵-۲".to_owned())];
        let filled = fill("مصوبهٔ {number} بر عهدهٔ {body} است.", &values);
        assert_eq!(filled, "مصوبهٔ ۱۴۰۵-۲ بر عهدهٔ ……… است.");
        assert_eq!(fill("{", &values), "");
        assert_eq!(fill("a } b", &values), "a } b");
    }

    #[test]
    fn a_value_is_not_read_again() {
        let values = vec![("wording", "{number}".to_owned()), ("number", "7".into())];
        assert_eq!(fill("{wording} {number}", &values), "{number} 7");
    }
}
