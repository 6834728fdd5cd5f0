//! Lists of legs: a case's, what is late, and whose turn it is.

use access::consents::Consent;
use casework::Case;
use maud::{Markup, html};
use persian::Lang;
use uuid::Uuid;
use web::Page;
use web::parts::{self, Tone};

use super::queries::Turn;
use super::shown::Shown;
use super::states::Debtor;
use super::views::{badge, due, number, turn};
use crate::WORDS;
use crate::chains::Template;

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
                p { (parts::secondary_link(
                    &format!("/consents/{}/withdrawal", consent.id),
                    &p.tr(&WORDS, "consent-withdraw", &[("day", p.date_text(consent.given_on).into())]),
                )) }
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
            html! {
                @match turn.debtor {
                    Debtor::Person => (t("turn-person")),
                    Debtor::Sender => bdi { (sender) },
                    _ => bdi { (receiver) },
                }
            },
            parts::badge(
                Tone::Warning,
                &p.tr(
                    &WORDS,
                    "late-days",
                    &[("days", turn.days_late(today).into())],
                ),
            ),
            html! { @if let Some(day) = turn.owed_on() { (p.date(day)) } },
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

/// «Whose turn is it?» for the person's own page and the case's page; each with the name of the
/// body whose turn it is ([`Turn::body`]).
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
                        @if let Some(day) = turn.owed_on() { " · " (p.date(day)) }
                        @if turn.days_late(today) > 0 { " " (parts::badge(Tone::Warning, &t("late"))) }
                    }
                }
            }
        }
    }
}
