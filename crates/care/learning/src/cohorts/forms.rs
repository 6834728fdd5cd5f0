//! Reading a cohort's form: one line for each day, the same hours on all of them.

use organizations::PlaceId;
use persian::{Date, Lang};
use uuid::Uuid;
use web::{Form, FormErrors, Outcome, Page, Read};

use super::{CohortId, CreateCohort, FEWEST_SESSIONS, MOST_SESSIONS, NewSession};
use crate::WORDS;
use crate::bounds::{clock, follow, instant};
use crate::courses::CourseId;
use crate::sessions::SessionId;

/// The command a form asks for, when nothing is wrong with it.
pub(super) fn read(
    page: &Page,
    form: &Form,
    course: CourseId,
) -> Outcome<(Option<CreateCohort>, FormErrors)> {
    let key = form.key()?;
    let mut read = form.read(page);
    let place = read.choice::<PlaceId>("place");
    let trainer = read.choice::<Uuid>("trainer");
    let capacity = read.number("capacity", 1, 500);
    let days = days(&mut read, form, page);
    let from = clock(&mut read, page, "from_clock");
    let until = clock(&mut read, page, "until_clock");
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        read.wrong::<()>("until_clock", page.t(&WORDS, "clock-order"));
    }
    let is_good = read.is_good();
    let errors = read.errors;
    let (Some(place_id), Some(trainer_id), Some(capacity), Some(days), Some(from), Some(until)) =
        (place, trainer, capacity, days, from, until)
    else {
        return Ok((None, errors));
    };
    let session = |(place, day): (usize, Date)| NewSession {
        id: SessionId::new(follow(key, place)),
        place_id,
        starts_at: instant(day, from),
        ends_at: instant(day, until),
    };
    let command = CreateCohort {
        id: CohortId::new(key),
        course_id: course,
        place_id,
        trainer_id,
        capacity,
        sessions: days.into_iter().enumerate().map(session).collect(),
    };
    Ok((is_good.then_some(command), errors))
}

/// The days in order; a line that is no day is named by what was typed.
fn days(read: &mut Read<'_>, form: &Form, page: &Page) -> Option<Vec<Date>> {
    let lines = form.raw("days").lines().map(persian::clean);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    if lines.len() < FEWEST_SESSIONS || lines.len() > MOST_SESSIONS {
        return read.wrong("days", page.t(&WORDS, "days-count"));
    }
    let mut days = Vec::with_capacity(lines.len());
    for line in &lines {
        match persian::parse_date(line, page.now.date()) {
            Ok(day) => days.push(day.to_date()),
            Err(_) => {
                let shown: String = line.chars().take(30).collect();
                let shown = match page.lang {
                    Lang::Fa => persian::persian_digits(&shown),
                    Lang::En => shown,
                };
                let sentence = page.tr(&WORDS, "day-line-wrong", &[("line", shown.into())]);
                return read.wrong("days", sentence);
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    if days.len() < lines.len() {
        return read.wrong("days", page.t(&WORDS, "day-twice"));
    }
    Some(days)
}
