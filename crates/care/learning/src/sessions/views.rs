use maud::{Markup, html};
use web::parts::{self, Choice, Column, Tone};
use web::{Form, FormErrors, Page};

use super::pages::field_of;
use super::{Mark, Marked, Session};
use crate::WORDS;
use crate::cohorts::{Cohort, CohortState};
use crate::enrolments::queries::Member;
use crate::shown::{badge, full_name, name, options, stretch, word};

// words: mark-*

/// What both faces of the roll share.
pub(super) struct Sheet<'a> {
    pub session: &'a Session,
    pub cohort: &'a Cohort,
    pub place: &'a str,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

fn top(p: &Page, o: &Sheet) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let number = p.tr(&WORDS, "session-of", &[("number", o.session.number.into())]);
    html! {
        (parts::back_link(&format!("/cohorts/{}", o.cohort.id), o.cohort.title(p.lang)))
        h1 { (t("roll-title")) }
        p {
            (number) " · " (stretch(p, o.session.starts_at, o.session.ends_at))
            " · " bdi { (o.place) }
        }
        (parts::error_summary(p, o.errors))
    }
}

/// The roll before it is saved.
pub(super) fn call(p: &Page, o: &Sheet, people: &[Member]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_ahead = o.session.starts_at > p.now;
    html! {
        (top(p, o))
        @if o.cohort.state != CohortState::Open {
            (parts::notice(p, Tone::Plain, html! { p { (t("cohort-is-over")) } }))
        } @else if is_ahead {
            (parts::notice(p, Tone::Plain, html! { p { (t("roll-too-early")) } }))
        } @else {
            p { (t("roll-lead")) }
            @if people.is_empty() { p.nothing { (t("people-empty")) } }
            (parts::form(p, &format!("/sessions/{}/roll", o.session.id), html! {
                @for one in people { (person(p, o, one)) }
                (parts::save_bar(parts::primary_button(&t("roll-save"))))
            }))
        }
    }
}

fn person(p: &Page, o: &Sheet, one: &Member) -> Markup {
    let field = field_of(one);
    let value = match o.form.raw(&field) {
        "" => Mark::Present.as_str(),
        typed => typed,
    };
    parts::radios(
        p,
        Choice {
            name: &field,
            label: full_name(p, &one.first_name, &one.last_name),
            value,
            error: o.errors.get(&field),
            options: options(p, "mark", Mark::ALL),
            required: true,
            ..Choice::default()
        },
    )
}

/// The roll as it was saved, with what was corrected since.
pub(super) fn saved(p: &Page, o: &Sheet, people: &[Member], marks: &[Marked]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("person-name")),
        Column::text(t("mark")),
        Column::text(t("mark-correct")),
    ];
    let is_open = o.cohort.state == CohortState::Open;
    let row = |marked: &Marked| {
        let one = people.iter().find(|one| one.id == marked.enrolment_id);
        vec![
            html! { @if let Some(one) = one { (name(p, &one.first_name, &one.last_name)) } },
            html! {
                (badge(p, "mark", marked.mark))
                @if marked.is_corrected { " " (t("mark-was-corrected")) }
            },
            html! { @if is_open { (correction(p, marked)) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = marks.iter().map(row).collect();
    html! {
        (top(p, o))
        (parts::table(&t("roll-saved"), &columns, &rows, &t("people-empty")))
    }
}

/// The other two marks as buttons.
fn correction(p: &Page, marked: &Marked) -> Markup {
    let others = Mark::ALL.iter().filter(|mark| **mark != marked.mark);
    parts::inline_form(
        p,
        &format!("/attendance/{}/correct", marked.id),
        html! {
            @for mark in others {
                (parts::choice_button("mark", mark.as_str(), &word(p, "mark", mark), false))
            }
        },
    )
}
