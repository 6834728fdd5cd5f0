//! The calendar behind an address: classes and consultations, in the form phones read.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use contacts::ContactId;
use db::{Conn, FromRow, sql};
use documents::calendars::CalendarFile;
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
    let mut file = CalendarFile::begin("learning");
    file.text("X-WR-CALNAME", &WORDS.text(lang, "calendar-name", &[]));
    for event in &classes {
        add(&mut file, event, lang, None, ask.now());
    }
    let kind = WORDS.text(lang, "consultation-title", &[]);
    for event in &hours {
        add(&mut file, event, lang, Some(&kind), ask.now());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((kind, file.end()).into_response())
}

fn add(file: &mut CalendarFile, event: &Event, lang: Lang, kind: Option<&str>, now: Timestamp) {
    let (title, place) = match lang {
        Lang::Fa => (&event.title_fa, &event.place_fa),
        Lang::En => (&event.title_en, &event.place_en),
    };
    let title = match kind {
        Some(kind) => format!("{kind}: {title}"),
        None => title.clone(),
    };
    file.plain("BEGIN", "VEVENT");
    file.plain("UID", &format!("{}@zanjireh", event.id));
    file.instant("DTSTAMP", now);
    file.instant("DTSTART", event.starts_at);
    file.instant("DTEND", event.ends_at);
    file.text("SUMMARY", &title);
    if let Some(place) = place {
        file.text("LOCATION", place);
    }
    file.plain("END", "VEVENT");
}
