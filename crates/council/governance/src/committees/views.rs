use maud::{Markup, html};
use web::Page;
use web::parts::{self, Kind, Tone};

use super::{Committee, Rules};
use crate::WORDS;
use crate::articles::{Ordinance, views::dates};
use crate::forms::Typed;
use crate::meetings::{AgendaItem, Meeting, MeetingState, views as meeting_views};
use crate::reminders::{Reminder, views as reminder_views};
use crate::resolutions::{Resolution, views as resolution_views};
use crate::wording::days_between;

/// A committee as its page opens: the next meeting and what is open before it.
pub(super) struct Table {
    pub committee: Committee,
    pub ordinance: Ordinance,
    pub rules: Rules,
    pub meetings: Vec<Meeting>,
    pub next: Option<Meeting>,
    pub earlier: Vec<Resolution>,
    pub agenda: Vec<AgendaItem>,
    pub reminders: Vec<Reminder>,
}

pub(super) fn show(p: &Page, tables: &[Table], may_keep: bool, may_remind: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("committee-title")) }
        @if may_keep { p { (parts::secondary_link("/committees/new", &t("committee-new"))) } }
        @if tables.is_empty() { p { (t("committee-none")) } }
        @for table in tables { (one(p, table, may_keep, may_remind)) }
    }
}

fn one(p: &Page, table: &Table, may_keep: bool, may_remind: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let committee = &table.committee;
    html! {
        h2 { (committee.name(p.lang)) }
        p { a href="/ordinances" { (table.ordinance.title(p.lang)) } }
        (dates(p, &table.ordinance))
        (silence(p, table))
        @match &table.next {
            Some(meeting) => {
                h3 { a href={ "/meetings/" (meeting.id) } { (meeting_views::name(p, meeting)) } }
                p { (meeting_views::state(p, meeting.state)) " " (p.date(meeting.held_on)) " · " (meeting.place) }
            }
            None => p { (t("meeting-none")) },
        }
        (resolution_views::table(p, &t("earlier-resolutions"), &table.earlier, p.now.date()))
        @if table.next.is_some() { h3 { (t("agenda-title")) } (meeting_views::agenda(p, &table.agenda, p.now.date())) }
        h3 { (t("reminders-open")) }
        (reminder_views::table(p, &table.reminders))
        (parts::buttons(html! {
            @if may_keep {
                (parts::button_link(&format!("/committees/{}/meetings/new", committee.id), &t("meeting-new")))
                (parts::secondary_link(&format!("/committees/{}", committee.id), &t("committee-setup")))
            }
            @if may_remind { (parts::button_link(&format!("/committees/{}/reminders/new", committee.id), &t("reminder-new"))) }
        }))
        h3 { (t("meetings-title")) }
        ul { @for meeting in &table.meetings {
            li {
                a href={ "/meetings/" (meeting.id) } { (meeting_views::name(p, meeting)) }
                " · " (p.date(meeting.held_on)) " " (meeting_views::state(p, meeting.state))
            }
        } }
    }
}

/// Meetings held against meetings due since the ordinance was notified, and the days since the
/// last one.
fn silence(p: &Page, table: &Table) -> Markup {
    let today = p.now.date();
    let is_held =
        |meeting: &&Meeting| matches!(meeting.state, MeetingState::Held | MeetingState::Closed);
    let held = table.meetings.iter().filter(is_held).count() as i64;
    let since = days_between(table.ordinance.notified_on, today).max(0);
    let due = since / table.rules.meets_every_days;
    let last = table
        .meetings
        .iter()
        .filter(is_held)
        .map(|meeting| meeting.held_on)
        .max();
    let quiet = last.map_or(since, |day| days_between(day, today));
    let tone = if held < due {
        Tone::Warning
    } else {
        Tone::Plain
    };
    parts::notice(
        p,
        tone,
        html! {
            (p.tr(&WORDS, "meetings-held-of-due", &[("held", held.into()), ("due", due.into())]))
            " " (p.tr(&WORDS, "days-since-meeting", &[("count", quiet.into())]))
        },
    )
}

pub(super) fn meeting_form(p: &Page, committee: &Committee, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/committee", &t("committee-title")))
        h1 { (t("meeting-new")) }
        p { (committee.name(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, &format!("/committees/{}/meetings", committee.id), html! {
            (typed.day(p, "held_on", "meeting-day"))
            (typed.field(p, "hours", "meeting-hours", Kind::Text, true))
            (typed.field(p, "place", "meeting-place", Kind::Text, true))
            (parts::primary_button(&t("save")))
        }))
    }
}
