//! A meeting as a calendar file (RFC 5545), for the calendars of those who are called.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::Days;
use persian::{Date, Timestamp, latin_digits};

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
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//zanjireh//governance//EN");
    file.line("METHOD:PUBLISH");
    file.line("BEGIN:VEVENT");
    file.line(&format!("UID:{}@zanjireh", meeting.id));
    file.line(&format!("DTSTAMP:{}", stamp(event.now)));
    match hours(&meeting.hours) {
        Some((from, until)) => {
            let at = |(hour, minute)| stamp(Timestamp::at(meeting.held_on, hour, minute));
            file.line(&format!("DTSTART:{}", at(from)));
            file.line(&format!("DTEND:{}", at(until)));
        }
        None => {
            let next = meeting.held_on.checked_add_days(Days::new(1));
            file.line(&format!("DTSTART;VALUE=DATE:{}", day(meeting.held_on)));
            file.line(&format!(
                "DTEND;VALUE=DATE:{}",
                day(next.unwrap_or(meeting.held_on))
            ));
        }
    }
    file.line(&format!("SUMMARY:{}", escaped(&event.title)));
    file.line(&format!("LOCATION:{}", escaped(&meeting.place)));
    if !event.agenda.is_empty() {
        file.line(&format!("DESCRIPTION:{}", escaped(&event.agenda)));
    }
    file.line(&format!("URL:{}", event.link));
    // Until the chair has approved the agenda nobody is called.
    let status = match meeting.state {
        MeetingState::Planned => "TENTATIVE",
        _ => "CONFIRMED",
    };
    file.line(&format!("STATUS:{status}"));
    file.line("END:VEVENT");
    file.line("END:VCALENDAR");
    file.0
}

/// Hour and minute.
type Clock = (u32, u32);

/// Hours and minutes that people typed as «۱۰ تا ۱۲» or “10:30-12”; none when they cannot be told.
fn hours(typed: &str) -> Option<(Clock, Clock)> {
    let typed = latin_digits(typed);
    let mut clocks = typed
        .split(|letter: char| !letter.is_ascii_digit() && letter != ':')
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
}

/// `20261123T084540Z`
fn stamp(at: Timestamp) -> String {
    at.to_string()
        .chars()
        .filter(|letter| !matches!(letter, '-' | ':'))
        .collect()
}

/// `20261123`
fn day(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;");
    text.replace(',', "\\,").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        assert_eq!(hours("۱۰ تا ۱۲"), Some(((10, 0), (12, 0))));
        assert_eq!(hours("10:30-12"), Some(((10, 30), (12, 0))));
        assert_eq!(hours("از ساعت ۸:۱۵ تا ۹:۴۵"), Some(((8, 15), (9, 45))));
        for odd in [
            "",
            "صبح",
            "۱۰",
            "۱۲ تا ۱۰",
            "۱۰ تا ۲۵",
            "۸ و ۱۰ و ۱۲",
            "10:75-12",
            ":",
        ] {
            assert_eq!(hours(odd), None, "{odd}");
        }
    }

    #[test]
    fn long_lines_are_folded_and_marks_escaped() {
        let mut file = File::default();
        file.line(&escaped(&"گزارش، پنج فروشگاه; a,b\n".repeat(20)));
        for line in file.0.split("\r\n") {
            assert!(line.len() <= 75, "{} bytes", line.len());
        }
        assert!(file.0.replace("\r\n ", "").contains("\\; a\\,b\\n"));
    }
}
