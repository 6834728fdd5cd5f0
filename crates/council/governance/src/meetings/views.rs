use maud::{Markup, html};
use persian::{Date, Timestamp};
use web::Page;
use web::parts::{self, Column, Kind, Tone};

use super::{
    AgendaItem, AgendaKind, Meeting, MeetingDocument, MeetingState, MinutesState, Presence, Remark,
    SeatAt, documents,
};
use crate::WORDS;
use crate::committees::{Committee, CommitteeRole, Member, Quorum};
use crate::forms::Typed;
use crate::resolutions::{Resolution, views as resolution_views};
use crate::wording::{by_lang, days_between, in_digits};

// words: meeting-state-* minutes-state-* committee-role-* presence-* agenda-*

/// «نشست ۲ سال ۱۴۰۵ (دومین نشست)»
pub(crate) fn name(p: &Page, meeting: &Meeting) -> String {
    let year = in_digits(&meeting.year.to_string(), p.lang);
    p.tr(
        &WORDS,
        "meeting-name",
        &[
            ("ordinal", meeting.ordinal.into()),
            ("number", meeting.number.into()),
            ("year", year.into()),
        ],
    )
}

/// Where the meeting stands, as a label.
pub(crate) fn state(p: &Page, state: MeetingState) -> Markup {
    let tone = match state {
        MeetingState::Planned => Tone::Plain,
        MeetingState::Called | MeetingState::Held => Tone::Active,
        MeetingState::Closed => Tone::Good,
    };
    parts::badge(
        tone,
        &p.t(&WORDS, &format!("meeting-state-{}", state.as_str())),
    )
}

pub(super) fn role(p: &Page, role: CommitteeRole) -> String {
    p.t(&WORDS, &format!("committee-role-{}", role.as_str()))
}

pub(super) fn presence(p: &Page, presence: Presence) -> String {
    p.t(&WORDS, &format!("presence-{}", presence.as_str()))
}

/// An item in one line: what it is, its number, whose turn, how late on a day.
pub(super) fn item(p: &Page, item: &AgendaItem, day: Date) -> String {
    let days = item.due_on.map_or(0, |due| days_between(due, day));
    let wording = by_lang(p.lang, &item.wording, &item.wording_en);
    let body = by_lang(p.lang, &item.body_fa, &item.body_en);
    let args = [
        ("reference", in_digits(&item.reference, p.lang).into()),
        ("wording", wording.into()),
        ("body", body.into()),
        ("days", days.into()),
    ];
    let key = match item.kind {
        AgendaKind::Leg => "agenda-leg",
        AgendaKind::Resolution => "agenda-resolution",
        AgendaKind::Action => "agenda-action",
        AgendaKind::Reminder => "agenda-reminder",
        AgendaKind::Figure => "agenda-figure",
        AgendaKind::Forwarded => "agenda-forwarded",
        AgendaKind::Typed => return wording.to_owned(),
    };
    p.tr(&WORDS, key, &args)
}

pub(crate) fn agenda(p: &Page, items: &[AgendaItem], day: Date) -> Markup {
    html! {
        @if items.is_empty() { p { (p.t(&WORDS, "agenda-empty")) } }
        @else { ol { @for one in items {
            li {
                @match one.kind {
                    AgendaKind::Resolution => a href={ "/resolutions/" (one.subject_id) } { (item(p, one, day)) },
                    AgendaKind::Reminder => a href={ "/reminders/" (one.subject_id) } { (item(p, one, day)) },
                    AgendaKind::Figure => a href={ "/figures/" (one.reference) } { (item(p, one, day)) },
                    _ => (item(p, one, day)),
                }
            }
        } } }
    }
}

/// Everything on a meeting's page.
pub(super) struct Shown {
    pub meeting: Meeting,
    pub committee: Committee,
    pub papers: Vec<MeetingDocument>,
    pub earlier: Vec<Resolution>,
    pub agenda: Vec<AgendaItem>,
    pub seats: Vec<SeatAt>,
    pub quorum: Quorum,
    pub signatories: Vec<(Member, Option<Timestamp>)>,
    pub remarks: Vec<Remark>,
    pub decided: Vec<Resolution>,
    pub may_keep: bool,
    pub may_sign: bool,
    pub may_approve: bool,
    pub may_remark: bool,
}

pub(super) fn show(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let meeting = &shown.meeting;
    let as_of = meeting.as_of(p.now).date();
    html! {
        (parts::back_link("/committee", &t("committee-title")))
        h1 { (name(p, meeting)) }
        (parts::error_summary(p, typed.errors))
        p { (shown.committee.name(p.lang)) " " (state(p, meeting.state)) }
        (parts::facts(&[
            (t("meeting-day"), html! {
                (p.date(meeting.held_on))
                @if let Some(day) = meeting.moved_from { " (" (p.tr(&WORDS, "meeting-moved-from", &[("day", p.date_text(day).into())])) ")" }
            }),
            (t("meeting-hours"), html! { (meeting.hours) }),
            (t("meeting-place"), html! { (meeting.place) }),
        ]))
        p { (parts::secondary_link(&format!("/meetings/{}/calendar.ics", meeting.id), &t("meeting-calendar"))) }
        @if shown.may_keep && matches!(meeting.state, MeetingState::Planned | MeetingState::Called) { (moving(p, meeting, typed)) }
        (documents::part(p, meeting.id, &shown.papers, shown.may_keep && meeting.state != MeetingState::Closed, typed.errors))
        // A meeting opens with what became of the earlier ones.
        (resolution_views::table(p, &t("earlier-resolutions"), &shown.earlier, as_of))
        (agenda_part(p, shown, typed))
        (attendance_part(p, shown))
        (minutes_part(p, shown, typed))
        (resolution_views::table(p, &t("resolutions-of-meeting"), &shown.decided, as_of))
        @if shown.may_keep && meeting.state == MeetingState::Held && shown.quorum.is_met {
            p { (parts::button_link(&format!("/meetings/{}/resolutions/new", meeting.id), &t("resolution-new"))) }
        }
    }
}

/// The way to set the meeting for another day.
fn moving(p: &Page, meeting: &Meeting, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let kept = |name: &'static str, key: &str, held: &str| {
        parts::field(
            p,
            parts::Field {
                name,
                label: t(key),
                value: if typed.form.has(name) {
                    typed.form.raw(name)
                } else {
                    held
                },
                error: typed.errors.get(name),
                required: true,
                ..parts::Field::default()
            },
        )
    };
    html! {
        details {
            summary { (t("meeting-move")) }
            p { (t("meeting-move-lead")) }
            (parts::form(p, &format!("/meetings/{}/move", meeting.id), html! {
                (typed.day(p, "moved_to", "meeting-move-to"))
                (kept("hours", "meeting-hours", &meeting.hours))
                (kept("place", "meeting-place", &meeting.place))
                (parts::secondary_button(&t("meeting-move")))
            }))
        }
    }
}

fn agenda_part(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (id, is_open) = (
        shown.meeting.id,
        shown.meeting.state == MeetingState::Planned,
    );
    html! {
        h2 { (t("agenda-title")) }
        (agenda(p, &shown.agenda, shown.meeting.as_of(p.now).date()))
        @if is_open && shown.may_keep {
            (parts::inline_form(p, &format!("/meetings/{id}/agenda/draft"), parts::secondary_button(&t("agenda-draft"))))
            (parts::form(p, &format!("/meetings/{id}/agenda"), html! {
                (typed.field(p, "wording", "agenda-item", Kind::Text, true))
                (parts::secondary_button(&t("agenda-add")))
            }))
        }
        @if shown.may_keep && shown.committee.parent_id.is_some() { (forwarding(p, shown, typed)) }
        @if is_open && shown.may_approve {
            (parts::inline_form(p, &format!("/meetings/{id}/agenda/approve"), parts::primary_button(&t("agenda-approve"))))
        }
    }
}

/// What a working group may send up to its parent.
fn forwarding(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let day = shown.meeting.as_of(p.now).date();
    let items = shown
        .agenda
        .iter()
        .map(|one| (one.id.to_string(), item(p, one, day)))
        .collect();
    html! {
        h3 { (t("forward-title")) }
        (parts::form(p, &format!("/meetings/{}/forward", shown.meeting.id), html! {
            (typed.select(p, "item_id", "forward-item", items, false))
            (typed.field(p, "forward", "forward-wording", Kind::Area, false))
            (parts::secondary_button(&t("forward-send")))
        }))
    }
}

fn attendance_part(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let meeting = &shown.meeting;
    let is_open = matches!(meeting.state, MeetingState::Called | MeetingState::Held);
    let is_ahead = meeting.held_on > p.now.date();
    let may_mark = shown.may_keep && is_open && !is_ahead;
    let columns = [
        Column::text(t("seat")),
        Column::text(t("seat-body")),
        Column::text(t("seat-office")),
        Column::text(t("presence")),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .seats
        .iter()
        .map(|seat| {
            vec![
                html! { (role(p, seat.member.role)) },
                html! { bdi { (seat.member.body(p.lang)) } },
                html! { (seat.member.title(p.lang)) },
                html! {
                    @if may_mark { (marks(p, seat)) }
                    @else if let Some(found) = seat.presence { (presence_of(p, seat, found)) } @else { "—" }
                },
            ]
        })
        .collect();
    let table = parts::table(
        &t("attendance-title"),
        &columns,
        &rows,
        &t("attendance-empty"),
    );
    html! {
        h2 { (t("attendance-title")) }
        @if shown.may_keep && is_open && is_ahead { p { (t("attendance-ahead")) } }
        @if may_mark {
            (parts::form(p, &format!("/meetings/{}/attendance", meeting.id), html! {
                (table)
                (parts::primary_button(&t("attendance-save")))
            }))
        } @else { (table) }
        @if matches!(meeting.state, MeetingState::Held | MeetingState::Closed) { (quorum(p, &shown.quorum)) }
        @if shown.may_keep && meeting.state == MeetingState::Held { (departures(p, shown)) }
    }
}

fn marks(p: &Page, seat: &SeatAt) -> Markup {
    let name = format!("seat-{}", seat.member.id);
    html! {
        select name=(name) aria-label=(p.t(&WORDS, "presence")) {
            @for found in Presence::ALL.iter().filter(|found| **found != Presence::Deputy || seat.substitute.is_some()) {
                option value=(found.as_str()) selected[seat.presence == Some(*found)] { (presence_of(p, seat, *found)) }
            }
        }
    }
}

/// The presence of a seat with the substitute's name, and that it was left.
pub(super) fn presence_of(p: &Page, seat: &SeatAt, found: Presence) -> String {
    let mut text = presence(p, found);
    if let (Presence::Deputy, Some(name)) = (found, &seat.substitute) {
        text = format!("{text} · {name}");
    }
    if seat.has_left && found != Presence::Absent {
        text = format!("{text} · {}", p.t(&WORDS, "seat-left"));
    }
    text
}

/// Who left in the middle, and who came back.
fn departures(p: &Page, shown: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let filled = shown
        .seats
        .iter()
        .filter(|seat| seat.presence.is_some_and(Presence::fills_the_seat));
    html! {
        details {
            summary { (t("departures-title")) }
            (parts::form(p, &format!("/meetings/{}/departures", shown.meeting.id), html! {
                (parts::select(p, parts::Choice {
                    name: "gone_seat", label: t("seat"), required: true,
                    options: filled.map(|seat| (seat.member.id.to_string(), format!("{} · {}", role(p, seat.member.role), seat.member.body(p.lang)))).collect(),
                    ..parts::Choice::default()
                }))
                (parts::choice_button("act", "left", &t("departure-left"), false))
                (parts::choice_button("act", "back", &t("departure-back"), false))
            }))
        }
    }
}

fn quorum(p: &Page, quorum: &Quorum) -> Markup {
    let args = [
        ("present", quorum.present.into()),
        ("voting", quorum.voting.into()),
        ("needed", quorum.needed.into()),
    ];
    let (tone, key) = match (quorum.is_met, quorum.is_chair_missing) {
        (true, _) => (Tone::Good, "quorum-met"),
        (false, true) => (Tone::Bad, "quorum-no-chair"),
        (false, false) => (Tone::Bad, "quorum-not-met"),
    };
    parts::notice(p, tone, html! { (p.tr(&WORDS, key, &args)) })
}

fn minutes_part(p: &Page, shown: &Shown, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let meeting = &shown.meeting;
    let id = meeting.id;
    let is_held = meeting.state == MeetingState::Held;
    let draft = if typed.form.has("minutes") {
        typed.form.raw("minutes")
    } else {
        &meeting.minutes
    };
    html! {
        @if meeting.minutes_state != MinutesState::None {
            h2 { (t("minutes-title")) }
            p { (parts::badge(Tone::Plain, &t(&format!("minutes-state-{}", meeting.minutes_state.as_str())))) }
            @if is_held && shown.may_keep {
                (parts::form(p, &format!("/meetings/{id}/minutes"), html! {
                    (parts::field(p, parts::Field {
                        name: "minutes", label: t("minutes-text"), value: draft, error: typed.errors.get("minutes"),
                        kind: Kind::Area, required: true, ..parts::Field::default()
                    }))
                    (parts::secondary_button(&t("minutes-save")))
                }))
            } @else { @for line in meeting.minutes.lines() { p { (line) } } }
            @if !shown.remarks.is_empty() {
                h3 { (t("remarks-title")) }
                ul { @for remark in &shown.remarks { li { (remark.wording) " · " (p.moment(remark.made_at)) } } }
            }
            @if is_held && meeting.minutes_state == MinutesState::Draft && shown.may_keep && !meeting.minutes.is_empty() {
                (parts::inline_form(p, &format!("/meetings/{id}/minutes/open"), parts::secondary_button(&t("minutes-open"))))
            }
            @if is_held && meeting.minutes_state == MinutesState::Remarks && shown.may_remark {
                (parts::form(p, &format!("/meetings/{id}/remarks"), html! {
                    (typed.field(p, "remark", "remark", Kind::Area, true))
                    (parts::secondary_button(&t("remark-add")))
                }))
            }
            (signatures(p, shown))
            @if is_held && meeting.minutes_state == MinutesState::Remarks && shown.may_sign && meeting.minutes_signed_at.is_none() {
                (parts::inline_form(p, &format!("/meetings/{id}/minutes/sign"), parts::primary_button(&t("minutes-sign"))))
            }
            @if is_held && meeting.minutes_state == MinutesState::Remarks && shown.may_approve {
                (parts::inline_form(p, &format!("/meetings/{id}/minutes/freeze"), parts::primary_button(&t("minutes-freeze"))))
            }
            p { (parts::secondary_link(&format!("/meetings/{id}/minutes.pdf"), &t("minutes-pdf"))) }
        }
    }
}

/// Who has signed the minutes, and whose signature is still waited for.
fn signatures(p: &Page, shown: &Shown) -> Markup {
    let meeting = &shown.meeting;
    let lines = shown.signatories.iter().map(|(member, at)| {
        let label = format!("{} · {}", role(p, member.role), member.title(p.lang));
        (label, signed(p, *at))
    });
    let lines: Vec<(String, Markup)> = lines
        .map(|(label, text)| (label, html! { (text) }))
        .collect();
    html! {
        @if matches!(meeting.minutes_state, MinutesState::Remarks | MinutesState::Frozen) {
            h3 { (p.t(&WORDS, "signatures-title")) }
            (parts::facts(&lines))
        }
    }
}

/// When a signature was set, or that it is not there yet.
pub(super) fn signed(p: &Page, at: Option<Timestamp>) -> String {
    match at {
        Some(at) => p.tr(&WORDS, "signed-at", &[("moment", p.moment_text(at).into())]),
        None => p.t(&WORDS, "not-signed"),
    }
}
