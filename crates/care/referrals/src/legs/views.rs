//! How legs look on the sender's and the receiver's pages.

use access::consents::Consent;
use casework::Case;
use maud::{Markup, html};
use persian::Lang;
use uuid::Uuid;
use web::parts::{self, Choice, Event, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::queries::Turn;
use super::shown::{Shown, Told};
use super::states::{Action, Actor, Clock, Debtor, Delivery, State};
use crate::WORDS;
use crate::chains::Template;
use crate::parcels::{Field as ParcelField, Snapshot};
use crate::reference::DeclineCode;

// words: state-* act-* told-* channel-* outcome-* field-* gender-*

fn word(p: &Page, prefix: &str, code: &str) -> String {
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
        State::NeedsInfo => Tone::Warning,
        State::Draft | State::Withdrawn | State::Voided | State::Forwarded => Tone::Plain,
        _ => Tone::Active,
    };
    parts::badge(tone, &word(p, "state", state.as_str()))
}

/// Whose turn it is, by when, and whether that is late.
fn turn(p: &Page, shown: &Shown) -> Markup {
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

fn due(p: &Page, shown: &Shown) -> Markup {
    let leg = &shown.leg;
    html! {
        @if leg.state.is_waiting() {
            @if let Some(day) = leg.review_on.or(leg.due_on) { (p.date(day)) }
        }
    }
}

/// A case's legs, with the ways to more of them.
pub(super) fn case_list(
    p: &Page,
    case: &Case,
    name: &str,
    legs: &[Shown],
    templates: &[Template],
    consents: &[Consent],
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        "leg-number",
        "leg-service",
        "leg-receiver",
        "leg-state",
        "leg-turn",
        "leg-due",
    ];
    let headers: Vec<String> = headers.iter().map(|key| t(key)).collect();
    let rows: Vec<Vec<Markup>> = legs
        .iter()
        .map(|shown| {
            vec![
                html! { a href={ "/legs/" (shown.leg.id) } { (number(p, &shown.leg.number)) } },
                html! { bdi { (shown.service) } },
                html! { bdi { (shown.receiver) } },
                badge(p, shown.leg.state),
                turn(p, shown),
                due(p, shown),
            ]
        })
        .collect();
    html! {
        (parts::back_link(&format!("/cases/{}", case.id), name))
        h1 { (t("legs-title")) }
        p { bdi { (name) } " · " (number(p, &case.code)) }
        (parts::table(&t("legs-title"), &headers, &rows, &t("legs-empty")))
        p {
            (parts::button_link(&format!("/cases/{}/legs/new", case.id), &t("leg-new-title")))
            @for template in templates {
                " " (parts::secondary_link(
                    &format!("/cases/{}/chains/{}", case.id, template.code),
                    &p.tr(&WORDS, "chain-start", &[("name", template.name(p.lang).into())]),
                ))
            }
        }
        @if !consents.is_empty() {
            h2 { (t("consent-title")) }
            p { (t("consent-lead")) }
            @for consent in consents {
                (parts::inline_form(p, &format!("/cases/{}/legs/consent", case.id), html! {
                    (parts::hidden("consent", &consent.id.to_string()))
                    (parts::danger_button(&p.tr(&WORDS, "consent-withdraw", &[
                        ("day", p.date_text(consent.given_on).into()),
                    ])))
                }))
            }
        }
    }
}

/// What is late, with whose turn it is; no person is named.
pub(super) fn overdue(p: &Page, rows: &[(Turn, String, String)], mine: &[Uuid]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    let headers = [
        "leg-number",
        "leg-service",
        "leg-turn",
        "leg-late",
        "leg-due",
        "leg-sender",
    ];
    let headers: Vec<String> = headers.iter().map(|key| t(key)).collect();
    let cells = rows.iter().map(|(turn, sender, receiver)| {
        let service = if p.lang == Lang::Fa {
            &turn.service_fa
        } else {
            &turn.service_en
        };
        let is_mine = mine.contains(&turn.sender_id.get());
        vec![
            html! {
                @if is_mine { a href={ "/legs/" (turn.id) } { (number(p, &turn.number)) } }
                @else { (number(p, &turn.number)) }
            },
            html! { bdi { (service) } },
            html! { bdi { (receiver) } },
            parts::badge(
                Tone::Warning,
                &p.tr(
                    &WORDS,
                    "late-days",
                    &[("days", turn.days_late(today).into())],
                ),
            ),
            html! { @if let Some(day) = turn.due_on { (p.date(day)) } },
            html! { bdi { (sender) } },
        ]
    });
    let cells: Vec<Vec<Markup>> = cells.collect();
    let title = t("overdue-title");
    html! {
        h1 { (title) }
        p { (t("overdue-lead")) }
        (parts::table(&title, &headers, &cells, &t("overdue-empty")))
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
            (Some(case), true) => (parts::back_link(&format!("/cases/{}/legs", case.id), &t("legs-title"))),
            _ => (parts::back_link("/desk", &t("desk-title"))),
        }
        h1 { (t("leg-title")) " " (number(p, &leg.number)) }
        (parts::error_summary(p, acts.errors))
        (facts(p, shown, about))
        @if leg.is_returned && side.is_sender && leg.state.is_waiting() {
            (parts::notice(p, Tone::Warning, html! { p { (t("leg-returned")) } }))
        }
        @if side.is_sender && leg.state != State::Draft {
            p { (parts::secondary_link(&format!("/legs/{}/letter", leg.id), &t("leg-letter"))) }
        }
        (actions(p, shown, side, acts))
        h2 { (t(if leg.state == State::Draft { "parcel-preview" } else { "parcel-title" })) }
        @match about.parcel {
            Some(snapshot) => (parcel(p, snapshot)),
            None if leg.state == State::Draft => {
                p { (t("reason-leg-no-consent")) }
                p {
                    (parts::button_link(
                        &format!("/cases/{}/agree/{}", leg.case_id, leg.service_id), &t("agree-title"),
                    ))
                }
            }
            None => p { (t("parcel-ended")) },
        }
        h2 { (t("history-title")) }
        (timeline(p, history))
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
    if leg.state.is_waiting() {
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
    matches!(action, Action::Open | Action::Start | Action::Resume)
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

fn act_form(p: &Page, action: Action, side: &Side, acts: &Acts) -> Markup {
    let label = word(p, "act", action.as_str());
    html! {
        h2 { (label) }
        (parts::form(p, &format!("{}/act", side.base), html! {
            (parts::hidden("act", action.as_str()))
            (act_fields(p, action, acts))
            @if action != Action::Confirm { (note(p, action, acts)) }
            (parts::buttons(html! {
                @match action {
                    Action::Withdraw | Action::Void | Action::Decline => (parts::danger_button(&label)),
                    _ => (parts::primary_button(&label)),
                }
                (parts::secondary_link(&side.base, &p.t(&WORDS, "leg-back")))
            }))
        }))
    }
}

fn note(p: &Page, action: Action, acts: &Acts) -> Markup {
    parts::field(
        p,
        Field {
            name: "note",
            label: p.t(&WORDS, "leg-note"),
            hint: (action == Action::AskInfo).then(|| p.t(&WORDS, "leg-note-ask")),
            value: acts.form.raw("note"),
            error: acts.errors.get("note"),
            kind: Kind::Area,
            required: action == Action::AskInfo,
            max: Some(1_000),
            ..Field::default()
        },
    )
}

fn day(p: &Page, name: &'static str, key: &str, required: bool, acts: &Acts) -> Markup {
    parts::date_text_field(
        p,
        Field {
            name,
            label: p.t(&WORDS, key),
            value: acts.form.raw(name),
            error: acts.errors.get(name),
            required,
            ..Field::default()
        },
    )
}

fn act_fields(p: &Page, action: Action, acts: &Acts) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    match action {
        Action::AskInfo => parts::radios(
            p,
            Choice {
                name: "of",
                label: t("ask-of"),
                options: vec![
                    (Debtor::Sender.to_string(), t("ask-of-sender")),
                    (Debtor::Person.to_string(), t("ask-of-person")),
                ],
                value: acts.form.raw("of"),
                error: acts.errors.get("of"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Accept => day(p, "appointment_on", "leg-appointment", false, acts),
        Action::Waitlist | Action::Hold => day(p, "review_on", "leg-review", true, acts),
        Action::Decline => parts::radios(
            p,
            Choice {
                name: "code",
                label: t("decline-why"),
                options: acts
                    .codes
                    .iter()
                    .map(|code| (code.code.clone(), code.name(p.lang).to_owned()))
                    .collect(),
                value: acts.form.raw("code"),
                error: acts.errors.get("code"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Complete => html! {
            (parts::radios(p, Choice {
                name: "outcome",
                label: t("leg-outcome"),
                options: Delivery::ALL.iter()
                    .map(|outcome| (outcome.to_string(), word(p, "outcome", outcome.as_str()))).collect(),
                value: acts.form.raw("outcome"),
                error: acts.errors.get("outcome"),
                required: true,
                ..Choice::default()
            }))
            @if acts.gives_licence {
                (parts::field(p, Field {
                    name: "licence_number", label: t("leg-licence"), kind: Kind::Code,
                    value: acts.form.raw("licence_number"), error: acts.errors.get("licence_number"),
                    max: Some(40), ..Field::default()
                }))
                (day(p, "valid_until", "leg-valid-until", false, acts))
            }
        },
        Action::Forward => parts::select(
            p,
            Choice {
                name: "service",
                label: t("forward-to"),
                options: acts.others.to_vec(),
                value: acts.form.raw("service"),
                error: acts.errors.get("service"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Void => parts::notice(p, Tone::Warning, html! { p { (t("void-lead")) } }),
        _ => html! {},
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

/// «Whose turn is it?» for the person's own page and the case's page.
pub fn turns(p: &Page, turns: &[(Turn, String)]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let today = p.now.date();
    html! {
        @if turns.is_empty() { p { (t("turns-empty")) } }
        @else {
            ul {
                @for (turn, body) in turns {
                    @let service = if p.lang == Lang::Fa { &turn.service_fa } else { &turn.service_en };
                    li {
                        bdi { (service) } ": "
                        @match turn.debtor {
                            Debtor::Person => (t("turn-you")),
                            _ => bdi { (body) },
                        }
                        @if let Some(day) = turn.due_on { " · " (p.date(day)) }
                        @if turn.days_late(today) > 0 { " " (parts::badge(Tone::Warning, &t("late"))) }
                    }
                }
            }
        }
    }
}
