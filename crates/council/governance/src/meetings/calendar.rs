//! A meeting as a calendar file (RFC 5545), for the calendars of those who are called.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::Days;
use documents::calendars::CalendarFile;
use persian::{Timestamp, latin_digits};

use super::{Meeting, MeetingState};

/// What a calendar shows of a meeting.
pub(super) struct Event<'a> {
    pub meeting: &'a Meeting,
    /// Which meeting of which committee.
    pub title: String,
    /// The agenda, an item a line.
    pub agenda: String,
    /// The meeting's page.
    pub link: String,
    /// When the file is made.
    pub now: Timestamp,
}

/// The file, to be kept or opened by a calendar.
pub(super) fn response(event: &Event<'_>) -> Response {
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"meeting.ics\"",
        ),
    ];
    (kind, file(event)).into_response()
}

fn file(event: &Event<'_>) -> String {
    let meeting = event.meeting;
    let mut file = CalendarFile::begin("governance");
    file.plain("METHOD", "PUBLISH");
    file.plain("BEGIN", "VEVENT");
    file.plain("UID", &format!("{}@zanjireh", meeting.id));
    file.instant("DTSTAMP", event.now);
    match hours(&meeting.hours) {
        Some((from, until)) => {
            let at = |(hour, minute)| Timestamp::at(meeting.held_on, hour, minute);
            file.instant("DTSTART", at(from));
            file.instant("DTEND", at(until));
        }
        None => {
            let next = meeting.held_on.checked_add_days(Days::new(1));
            file.day("DTSTART", meeting.held_on);
            file.day("DTEND", next.unwrap_or(meeting.held_on));
        }
    }
    file.text("SUMMARY", &event.title);
    file.text("LOCATION", &meeting.place);
    if !event.agenda.is_empty() {
        file.text("DESCRIPTION", &event.agenda);
    }
    file.plain("URL", &event.link);
    // Until the chair has approved the agenda nobody is called.
    let status = match meeting.state {
        MeetingState::Planned => "TENTATIVE",
        _ => "CONFIRMED",
    };
    file.plain("STATUS", status);
    file.plain("END", "VEVENT");
    file.end()
}

/// Hour and minute.
type Clock = (u32, u32);

/// The words that hours may stand among. Any other may mean another part of the day.
const AMONG: [&str; 5] = ["از", "ساعت", "تا", "from", "to"];

/// Hours and minutes that people typed as «۱۰ تا ۱۲» or “10:30-12”; none when they cannot be told.
fn hours(typed: &str) -> Option<(Clock, Clock)> {
    let typed = latin_digits(typed).to_lowercase();
    let is_digit = |letter: char| letter.is_ascii_digit() || letter == ':';
    let is_dash = |letter: char| matches!(letter, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−');
    let mut words = typed
        .split(|letter: char| is_digit(letter) || is_dash(letter) || letter.is_whitespace())
        .filter(|word| !word.is_empty());
    if !words.all(|word| AMONG.contains(&word)) {
        return None;
    }
    let mut clocks = typed
        .split(|letter: char| !is_digit(letter))
        .filter(|part| !part.is_empty())
        .map(clock);
    let (from, until) = (clocks.next()??, clocks.next()??);
    (clocks.next().is_none() && from < until).then_some((from, until))
}

fn clock(text: &str) -> Option<Clock> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        assert_eq!(hours("۱۰ تا ۱۲"), Some(((10, 0), (12, 0))));
        assert_eq!(hours("10:30-12"), Some(((10, 30), (12, 0))));
        assert_eq!(hours("از ساعت ۸:۱۵ تا ۹:۴۵"), Some(((8, 15), (9, 45))));
        assert_eq!(hours("From 14 to 16"), Some(((14, 0), (16, 0))));
        assert_eq!(hours("ساعت ۱۴ – ۱۶"), Some(((14, 0), (16, 0))));
        for odd in [
            "",
            "صبح",
            "۱۰",
            "۱۲ تا ۱۰",
            "۱۰ تا ۲۵",
            "۸ و ۱۰ و ۱۲",
            "10:75-12",
            "۲ تا ۴ بعدازظهر",
            "ساعت ۴ تا ۶ عصر",
            "2-4 pm",
            "2pm to 4pm",
            "۱۰ تا ۱۲/۳۰",
            ":",
        ] {
            assert_eq!(hours(odd), None, "{odd}");
        }
    }
}
