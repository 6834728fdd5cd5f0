//! The calendar behind an address: classes and consultations, in the form phones read.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use contacts::ContactId;
use db::{Conn, FromRow, sql};
use persian::{Lang, Timestamp};
use uuid::Uuid;
use web::{City, Failure, Outcome};

use super::{FeedId, owner, token};
use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/calendar/{token}", Need::Link, show)
}

/// The address a phone subscribes to.
pub(crate) fn link(city: &City, id: FeedId) -> String {
    city.link(&format!("/calendar/{}.ics", token(&city.keys, id)))
}

/// Days back that a calendar still shows.
const BACK: i64 = 60;

/// Something to come to.
#[derive(FromRow)]
struct Event {
    id: Uuid,
    title_fa: String,
    title_en: String,
    place_fa: Option<String>,
    place_en: Option<String>,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

async fn classes(conn: &mut Conn, contact: ContactId, since: Timestamp) -> db::Result<Vec<Event>> {
    sql(
        "SELECT s.id, c.title_fa, c.title_en, l.name_fa AS place_fa, l.name_en AS place_en,
         s.starts_at, s.ends_at FROM person_card p JOIN case_card f ON f.person_id = p.id
         JOIN enrolment e ON e.case_id = f.id JOIN cohort h ON h.id = e.cohort_id
         JOIN course c ON c.id = h.course_id JOIN course_session s ON s.cohort_id = h.id
         JOIN place_card l ON l.id = s.place_id
         WHERE p.contact_id = $1 AND s.starts_at >= $2 AND h.state <> 'cancelled'
         AND e.state IN ('enrolled', 'completed') ORDER BY s.starts_at, s.id LIMIT 500",
    )
    .bind(contact)
    .bind(since)
    .all(conn)
    .await
}

async fn consultations(
    conn: &mut Conn,
    contact: ContactId,
    since: Timestamp,
) -> db::Result<Vec<Event>> {
    sql(
        "SELECT k.id, o.name_fa AS title_fa, o.name_en AS title_en, NULL AS place_fa,
         NULL AS place_en, k.starts_at, k.ends_at FROM person_card p
         JOIN case_card f ON f.person_id = p.id JOIN consultation k ON k.case_id = f.id
         JOIN consultant o ON o.id = k.consultant_id
         WHERE p.contact_id = $1 AND k.starts_at >= $2 AND k.state IN ('booked', 'held')
         ORDER BY k.starts_at, k.id LIMIT 500",
    )
    .bind(contact)
    .bind(since)
    .all(conn)
    .await
}

async fn show(ask: Ask, Path(typed): Path<String>) -> Outcome {
    let typed = typed.strip_suffix(".ics").unwrap_or(&typed);
    let mut conn = ask.read().await?;
    let contact = owner(&mut conn, &ask.city.keys, typed)
        .await?
        .ok_or(Failure::NotFound)?;
    let lang = contacts::get(&mut conn, contact).await?.lang();
    let since = ask.now().plus_days(-BACK);
    let classes = classes(&mut conn, contact, since).await?;
    let hours = consultations(&mut conn, contact, since).await?;
    drop(conn);
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//zanjireh//learning//EN");
    let name = WORDS.text(lang, "calendar-name", &[]);
    file.line(&format!("X-WR-CALNAME:{}", escaped(&name)));
    for event in &classes {
        file.event(event, lang, None, ask.now());
    }
    let kind = WORDS.text(lang, "consultation-title", &[]);
    for event in &hours {
        file.event(event, lang, Some(&kind), ask.now());
    }
    file.line("END:VCALENDAR");
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((kind, file.0).into_response())
}

/// A calendar file as it grows.
#[derive(Default)]
struct File(String);

impl File {
    /// A line, folded so that none is longer than 75 bytes.
    fn line(&mut self, text: &str) {
        let mut length = 0;
        for letter in text.chars() {
            if length + letter.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    fn event(&mut self, event: &Event, lang: Lang, kind: Option<&str>, now: Timestamp) {
        let (title, place) = match lang {
            Lang::Fa => (&event.title_fa, &event.place_fa),
            Lang::En => (&event.title_en, &event.place_en),
        };
        let title = match kind {
            Some(kind) => format!("{kind}: {title}"),
            None => title.clone(),
        };
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@zanjireh", event.id));
        self.line(&format!("DTSTAMP:{}", stamp(now)));
        self.line(&format!("DTSTART:{}", stamp(event.starts_at)));
        self.line(&format!("DTEND:{}", stamp(event.ends_at)));
        self.line(&format!("SUMMARY:{}", escaped(&title)));
        if let Some(place) = place {
            self.line(&format!("LOCATION:{}", escaped(place)));
        }
        self.line("END:VEVENT");
    }
}

/// `20261123T084540Z`
fn stamp(at: Timestamp) -> String {
    at.to_string()
        .chars()
        .filter(|letter| !matches!(letter, '-' | ':'))
        .collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;");
    text.replace(',', "\\,").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut file = File::default();
        file.line(&"ترشی ".repeat(40));
        for line in file.0.split("\r\n") {
            assert!(line.len() <= 75, "{} bytes", line.len());
        }
        let unfolded = file.0.replace("\r\n ", "");
        assert_eq!(unfolded.trim_end_matches("\r\n"), "ترشی ".repeat(40));
    }

    #[test]
    fn commas_and_line_ends_do_not_break_a_line() {
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }

    #[test]
    fn an_instant_is_written_in_universal_time() {
        let at = Timestamp::from_unix(0);
        assert_eq!(stamp(at), "19700101T000000Z");
    }
}
