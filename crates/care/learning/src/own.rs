//! A learner's own classes, for the page she reads herself.

use casework::CaseId;
use db::{Conn, FromRow, Result, sql};
use persian::{Lang, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// A session she is expected at.
#[derive(Clone, Debug, PartialEq, FromRow, Serialize, JsonSchema)]
pub struct OwnClass {
    /// The course in Persian.
    pub title_fa: String,
    /// The course in English.
    pub title_en: String,
    /// Which session of the course, from 1.
    pub number: i64,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Where, in Persian.
    pub place_fa: String,
    /// Where, in English.
    pub place_en: String,
}

impl OwnClass {
    /// The course's title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.title_en.is_empty() => &self.title_en,
            _ => &self.title_fa,
        }
    }

    /// The place's name in a language.
    pub fn place(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.place_en.is_empty() => &self.place_en,
            _ => &self.place_fa,
        }
    }
}

/// The coming sessions of a case, soonest first, at most ten.
pub async fn coming_classes(
    conn: &mut Conn,
    case: CaseId,
    from: Timestamp,
) -> Result<Vec<OwnClass>> {
    sql(
        "SELECT c.title_fa, c.title_en, s.number, s.starts_at, p.name_fa AS place_fa, p.name_en AS place_en
         FROM enrolment e JOIN cohort h ON h.id = e.cohort_id JOIN course c ON c.id = h.course_id
         JOIN course_session s ON s.cohort_id = h.id JOIN place_card p ON p.id = s.place_id
         WHERE e.case_id = $1 AND e.state = 'enrolled' AND h.state = 'open' AND s.ends_at > $2
         ORDER BY s.starts_at LIMIT 10",
    )
    .bind(case)
    .bind(from)
    .all(conn)
    .await
}
