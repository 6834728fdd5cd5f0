//! How legs look on the sender's and the receiver's pages.

use casework::Case;
use maud::{Markup, html};
use persian::Lang;
use web::parts::{self, Event, Tone};
use web::{Form, FormErrors, Page};

use super::act_views::act_form;
use super::shown::{Shown, Told};
use super::states::{Action, Actor, Clock, Debtor, State};
use crate::WORDS;
use crate::parcels::{Field as ParcelField, Snapshot};
use crate::reference::DeclineCode;

// words: state-* act-* told-* channel-* outcome-* field-* gender-*

pub(super) fn word(p: &Page, prefix: &str, code: &str) -> String {
    p.t(&WORDS, &format!("{prefix}-{}", code.replace('_', "-")))
}

/// A number in the page's digits, left to right.
pub(crate) fn number(p: &Page, number: &str) -> Markup {
    let text = match p.lang {
        Lang::Fa => persian::persian_digits(number),
        Lang::En => number.to_owned(),
    };
    html! { bdi dir="ltr" { (text) } }
}

/// The state as a tag.
pub(crate) fn badge(p: &Page, state: State) -> Markup {
    let tone = match state {
        State::Completed | State::Accepted => Tone::Good,
        State::Declined | State::Expired => Tone::Bad,
        State::NeedsInfo | State::AwaitingRelease => Tone::Warning,
        State::Draft | State::Withdrawn | State::Voided | State::Forwarded => Tone::Plain,
        _ => Tone::Active,
    };
    parts::badge(tone, &word(p, "state", state.as_str()))
}

/// Whose turn it is, by when, and whether that is late.
pub(crate) fn turn(p: &Page, shown: &Shown) -> Markup {
    let leg = &shown.leg;
    let today = p.now.date();
    html! {
        @match leg.debtor {
            Debtor::Nobody => {}
            Debtor::Receiver => bdi { (shown.receiver) },
            Debtor::Sender => bdi { (shown.sender) },
            Debtor::Person => (p.t(&WORDS, "turn-person")),
        }
        @if leg.is_late(today) {
            " " (parts::badge(Tone::Warning, &p.tr(&WORDS, "late-days", &[("days", leg.days_late(today).into())])))
        } @else if leg.clock == Clock::Paused {
            " " (parts::badge(Tone::Plain, &p.t(&WORDS, "clock-paused")))
        }
    }
}

pub(crate) fn due(p: &Page, shown: &Shown) -> Markup {
    let leg = &shown.leg;
    html! {
        @if leg.debtor != Debtor::Nobody {
            @if let Some(day) = leg.owed_on() { (p.date(day)) }
        }
    }
}

/// The facts of a parcel.
pub(crate) fn parcel(p: &Page, snapshot: &Snapshot) -> Markup {
    let pairs: Vec<(String, Markup)> = snapshot
        .fields()
        .into_iter()
        .map(|field| {
            (
                word(p, "field", field.as_str()),
                value(p, field, &snapshot.text(field)),
            )
        })
        .collect();
    parts::facts(&pairs)
}

fn value(p: &Page, field: ParcelField, text: &str) -> Markup {
    let local = || {
        if p.lang == Lang::Fa {
            persian::persian_digits(text)
        } else {
            text.to_owned()
        }
    };
    match field {
        ParcelField::Phone | ParcelField::NationalCode => html! { bdi dir="ltr" { (local()) } },
        ParcelField::Gender => html! { (word(p, "gender", text)) },
        ParcelField::Name | ParcelField::TargetGroups => html! { bdi { (text) } },
        _ => html! { bdi { (local()) } },
    }
}

/// Whose page a leg's page is.
pub(crate) struct Side {
    /// The page's address.
    pub base: String,
    /// The viewer's part.
    pub actor: Actor,
    /// True for the sender's page.
    pub is_sender: bool,
}

/// The form of the act that was chosen, and what its lists offer.
pub(crate) struct Acts<'a> {
    pub chosen: Option<Action>,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
    pub codes: &'a [DeclineCode],
    /// Services of other bodies, for handing on.
    pub others: &'a [(String, String)],
    pub gives_licence: bool,
}

/// What the viewer may know around the leg.
pub(crate) struct About<'a> {
    pub person: Option<&'a str>,
    pub case: Option<&'a Case>,
    pub parcel: Option<&'a Snapshot>,
}

/// One leg: what it is, whose turn it is, what can be done, what happened.
pub(crate) fn leg(
    p: &Page,
    shown: &Shown,
    about: &About,
    history: &[Told],
    side: &Side,
    acts: &Acts,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let leg = &shown.leg;
    html! {
        @match (about.case, side.is_sender) {
            _ if side.actor == Actor::Secretariat => (parts::back_link("/board", &t("board-title"))),
            (Some(case), true) => (parts::back_link(&format!("/cases/{}/legs", case.id), &t("legs-title"))),
            _ => (parts::back_link("/desk", &t("desk-title"))),
        }
        h1 { (t("leg-title")) " " (number(p, &leg.number)) }
        (parts::error_summary(p, acts.errors))
        (facts(p, shown, about))
        @if leg.is_returned && side.is_sender && leg.state.is_waiting() {
            (parts::notice(p, Tone::Warning, html! { p { (t("leg-returned")) } }))
        }
        @if leg.is_refusal_open() {
            (parts::notice(p, Tone::Warning, html! { p { (t("leg-refusal-open")) } }))
        }
        @if side.is_sender && !leg.state.is_unsent() {
            p { (parts::secondary_link(&format!("/legs/{}/letter", leg.id), &t("leg-letter"))) }
        }
        (actions(p, shown, side, acts))
        @if side.actor != Actor::Secretariat { (carried(p, leg, about)) }
        h2 { (t("history-title")) }
        (timeline(p, history))
    }
}

/// What the receiver knows of the person, or would know.
fn carried(p: &Page, leg: &super::Leg, about: &About) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t(if leg.state.is_unsent() { "parcel-preview" } else { "parcel-title" })) }
        @match about.parcel {
            Some(snapshot) => (parcel(p, snapshot)),
            None if leg.state.is_unsent() => {
                p { (t("reason-leg-no-consent")) }
                p {
                    (parts::button_link(
                        &format!("/cases/{}/agree/{}", leg.case_id, leg.service_id), &t("agree-title"),
                    ))
                }
            }
            None => p { (t("parcel-ended")) },
        }
    }
}

fn facts(p: &Page, shown: &Shown, about: &About) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let leg = &shown.leg;
    let mut pairs = vec![
        (t("leg-state"), badge(p, leg.state)),
        (t("leg-service"), html! { bdi { (shown.service) } }),
        (t("leg-sender"), html! { bdi { (shown.sender) } }),
        (t("leg-receiver"), html! { bdi { (shown.receiver) } }),
    ];
    let mut add = |key: &str, value: Markup| pairs.push((t(key), value));
    if let Some(person) = about.person {
        add("leg-person", html! { bdi { (person) } });
    }
    if leg.debtor != Debtor::Nobody {
        add("leg-turn", turn(p, shown));
        add("leg-due", due(p, shown));
    }
    if let Some(at) = leg.sent_at {
        add("leg-sent", p.moment(at));
    }
    if let Some(day) = leg.appointment_on {
        add("leg-appointment", p.date(day));
    }
    if let Some(name) = &shown.declined {
        add("leg-declined", html! { (name) });
    }
    if let Some(outcome) = leg.outcome {
        add(
            "leg-outcome",
            html! { (word(p, "outcome", outcome.as_str())) },
        );
    }
    let returned: Option<super::Returned> = leg
        .result
        .clone()
        .and_then(|result| serde_json::from_value(result).ok());
    if let Some(returned) = returned {
        if let Some(licence) = returned.licence_number {
            add("leg-licence", number(p, &licence));
        }
        if let Some(day) = returned.valid_until {
            add("leg-valid-until", p.date(day));
        }
    }
    parts::facts(&pairs)
}

/// Acts that need nothing more than a press.
fn is_plain(action: Action) -> bool {
    matches!(
        action,
        Action::Open | Action::Start | Action::Resume | Action::TakeBack
    )
}

fn actions(p: &Page, shown: &Shown, side: &Side, acts: &Acts) -> Markup {
    let leg = &shown.leg;
    let offered: Vec<Action> = leg
        .actions(side.actor)
        .into_iter()
        .filter(|action| !matches!(action, Action::Edit | Action::Open))
        .collect();
    let chosen = acts.chosen.filter(|action| offered.contains(action));
    html! {
        @if let Some(action) = chosen.filter(|action| !is_plain(*action) && *action != Action::Send) {
            (act_form(p, action, side, acts))
        } @else if !offered.is_empty() {
            h2 { (p.t(&WORDS, "leg-actions")) }
            div.buttons {
                @for action in offered {
                    @let label = word(p, "act", action.as_str());
                    @if action == Action::Send {
                        (parts::inline_form(p, &format!("{}/send", side.base), parts::primary_button(&label)))
                    } @else if is_plain(action) {
                        (parts::inline_form(p, &format!("{}/act", side.base), html! {
                            (parts::hidden("act", action.as_str()))
                            (parts::secondary_button(&label))
                        }))
                    } @else {
                        (parts::secondary_link(&format!("{}?act={}", side.base, action.as_str()), &label))
                    }
                }
            }
        }
    }
}

fn timeline(p: &Page, history: &[Told]) -> Markup {
    let events: Vec<Event> = history
        .iter()
        .map(|told| Event {
            at: told.event.happened_at,
            title: html! {
                (word(p, "told", &told.event.act)) " · " (word(p, "channel", told.event.channel.as_str()))
                " · " bdi { (told.event.actor) }
            },
            body: told.note.as_ref().map(|note| html! { p dir="auto" { (note) } }),
        })
        .collect();
    parts::timeline(p, &events)
}
