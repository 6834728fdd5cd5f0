//! How the directory looks, and how its parts are said in words anywhere else.

use maud::{Markup, html};
use web::Page;
use web::parts::{self, Choice, Column, Tone};

use super::{Asked, Entry};
use crate::WORDS;
use crate::places::{Place, clock};
use crate::reference::Region;
use crate::services::details::{Description, FeeKind, Group, ServedGender, ServiceKind, choose};
use crate::services::{Capacity, Service, ServiceStatus};

// words: service-kind-* service-status-* service-gender-*

/// What a service's own page shows.
pub(super) struct Shown<'a> {
    pub entry: &'a Entry,
    pub places: &'a [Place],
    pub groups: &'a [Group],
    pub regions: &'a [Region],
    pub days: i64,
}

/// The kind's name in the page's language.
pub(crate) fn kind_name(p: &Page, kind: ServiceKind) -> String {
    p.t(&WORDS, &format!("service-kind-{kind}"))
}

/// Whether it is offered today; said only when it is not.
pub(crate) fn status(p: &Page, service: &Service) -> Markup {
    let status = service.status_on(p.now.date());
    let name = p.t(
        &WORDS,
        &format!("service-status-{}", status.as_str().replace('_', "-")),
    );
    let tone = match status {
        ServiceStatus::Active => Tone::Good,
        ServiceStatus::TemporarilyClosed => Tone::Warning,
        ServiceStatus::Inactive | ServiceStatus::Defunct => Tone::Bad,
    };
    html! {
        (parts::badge(tone, &name))
        @if let (ServiceStatus::TemporarilyClosed, Some(last)) = (status, service.closed_until) {
            " " (p.tr(&WORDS, "service-closed-until", &[("day", p.date_text(last).into())]))
        }
    }
}

/// Room in words, with the day it was told; unknown is said as such.
pub(crate) fn room(p: &Page, capacity: Capacity) -> Markup {
    let day = |day| p.date_text(day).into();
    let (tone, text, waiting) = match capacity {
        Capacity::Unknown => (Tone::Plain, p.t(&WORDS, "capacity-unknown"), None),
        Capacity::Free {
            places,
            waiting_days,
            told_on,
        } => (
            Tone::Good,
            p.tr(
                &WORDS,
                "capacity-free",
                &[("places", places.into()), ("day", day(told_on))],
            ),
            waiting_days,
        ),
        Capacity::Full {
            waiting_days,
            told_on,
        } => (
            Tone::Warning,
            p.tr(&WORDS, "capacity-full", &[("day", day(told_on))]),
            waiting_days,
        ),
    };
    html! {
        div {
            (parts::badge(tone, &text))
            @if let Some(days) = waiting { " " (p.tr(&WORDS, "capacity-wait", &[("count", days.into())])) }
        }
    }
}

/// Regions in words.
pub(crate) fn served(p: &Page, told: &Description, regions: &[Region]) -> String {
    if told.regions.is_empty() {
        return p.t(&WORDS, "profile-whole-city");
    }
    let names: Vec<String> = told
        .regions
        .iter()
        .map(|number| region_name(p, regions, *number))
        .collect();
    names.join(&p.t(&WORDS, "profile-comma"))
}

pub(crate) fn region_name(p: &Page, regions: &[Region], number: i64) -> String {
    let region = regions.iter().find(|region| region.number == number);
    match region {
        Some(region) => choose(p.lang, &region.name_fa, &region.name_en).to_owned(),
        None => p.number(number),
    }
}

/// For whom it is, one line each.
pub(crate) fn eligibility(p: &Page, told: &Description, groups: &[Group]) -> Vec<String> {
    let who = &told.eligibility;
    let mut lines = Vec::new();
    if who.is_for_all {
        lines.push(p.t(&WORDS, "service-for-all"));
    }
    if who.gender != ServedGender::Any {
        lines.push(p.t(&WORDS, &format!("service-gender-{}", who.gender)));
    }
    let age = match (who.age_from, who.age_to) {
        (Some(from), Some(to)) => Some((
            "service-age-between",
            vec![("from", from.into()), ("to", to.into())],
        )),
        (Some(from), None) => Some(("service-age-at-least", vec![("from", from.into())])),
        (None, Some(to)) => Some(("service-age-at-most", vec![("to", to.into())])),
        (None, None) => None,
    };
    if let Some((key, args)) = age {
        lines.push(p.tr(&WORDS, key, &args));
    }
    if !who.groups.is_empty() {
        let names: Vec<&str> = who
            .groups
            .iter()
            .map(|code| {
                let known = groups.iter().find(|group| group.code == *code);
                known.map_or(code.as_str(), |group| group.name(p.lang))
            })
            .collect();
        let names = names.join(&p.t(&WORDS, "profile-comma"));
        lines.push(p.tr(&WORDS, "service-groups-are", &[("groups", names.into())]));
    }
    let note = choose(p.lang, &who.note_fa, &who.note_en);
    lines.extend(note.lines().map(str::to_owned));
    lines
}

/// What it costs, in words.
pub(crate) fn fee(p: &Page, told: &Description) -> Markup {
    let words = choose(p.lang, &told.fee.text_fa, &told.fee.text_en);
    html! {
        @match (told.fee.kind, told.fee.amount) {
            (FeeKind::None, _) => { (p.t(&WORDS, "service-fee-none")) },
            (FeeKind::Amount, Some(amount)) => { (p.money(amount)) },
            (FeeKind::Text, _) => {},
            _ => { (p.t(&WORDS, "service-untold")) },
        }
        @if !words.is_empty() { " " bdi { (words) } }
    }
}

/// Days and hours, in words.
pub(crate) fn schedule(p: &Page, told: &Description) -> Markup {
    let when = &told.schedule;
    let words = choose(p.lang, &when.text_fa, &when.text_en);
    html! {
        @if words.is_empty() { (p.t(&WORDS, "service-untold")) } @else { bdi { (words) } }
        @if let (Some(opens), Some(closes)) = (when.opens, when.closes) {
            " " bdi { (p.tr(&WORDS, "service-from-to", &[("opens", clock(opens, p.lang).into()), ("closes", clock(closes, p.lang).into())])) }
        }
    }
}

/// What to bring.
pub(crate) fn documents(p: &Page, told: &Description) -> Markup {
    html! {
        @if told.asks_no_documents { (p.t(&WORDS, "service-documents-none")) }
        @else if told.documents.is_empty() { (p.t(&WORDS, "service-untold")) }
        @else { ul { @for one in &told.documents { li { bdi { (choose(p.lang, &one.name_fa, &one.name_en)) } } } } }
    }
}

fn lines(p: &Page, lines: &[String]) -> Markup {
    html! {
        @if lines.is_empty() { (p.t(&WORDS, "service-untold")) }
        @for (at, line) in lines.iter().enumerate() { @if at > 0 { br; } bdi { (line) } }
    }
}

pub(super) fn index(
    p: &Page,
    entries: &[Entry],
    regions: &[Region],
    asked: &Asked,
    days: i64,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let title = t("directory-title");
    let columns = [
        Column::text(t("service-name")),
        Column::text(t("service-kind")),
        Column::text(t("service-body")),
        Column::text(t("service-room")),
    ];
    let today = p.now.date();
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .map(|entry| {
            let kind = entry.description.as_ref().map(|told| told.kind);
            vec![
                html! { a href={ "/services/" (entry.service.id) } { bdi { (entry.service.name(p.lang)) } } },
                html! { @if let Some(kind) = kind { (kind_name(p, kind)) } },
                html! { bdi { (entry.body.name(p.lang)) } },
                match entry.service.is_open(today) {
                    true => room(p, entry.capacity(today, days)),
                    false => status(p, &entry.service),
                },
            ]
        })
        .collect();
    let kinds = ServiceKind::ALL.iter();
    let kinds = kinds.map(|kind| (kind.to_string(), kind_name(p, *kind)));
    let places = regions.iter().map(|region| {
        let name = choose(p.lang, &region.name_fa, &region.name_en);
        (region.number.to_string(), name.to_owned())
    });
    let narrow = html! {
        (parts::select(p, Choice {
            name: "kind", label: t("service-kind"), value: &asked.kind, options: kinds.collect(), ..Choice::default()
        }))
        (parts::select(p, Choice {
            name: "region", label: t("place-region"), value: &asked.region, options: places.collect(), ..Choice::default()
        }))
    };
    html! {
        h1 { (title) }
        p { (t("directory-lead")) }
        (parts::search_form(p, "/services", &t("directory-search"), &asked.q, narrow))
        @if !asked.is_nothing() { p { a href="/services" { (t("directory-all")) } } }
        (parts::table(&title, &columns, &rows, &t("directory-empty")))
        p { (t("directory-how")) }
        p { (parts::secondary_link("/hsds/", &t("directory-hsds"))) }
    }
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (service, today) = (&o.entry.service, p.now.date());
    let Some(told) = &o.entry.description else {
        return html! { h1 { bdi { (service.name(p.lang)) } } };
    };
    let where_ = html! {
        @if o.places.is_empty() { (t("service-where-ask")) }
        @for (at, place) in o.places.iter().enumerate() {
            @if at > 0 { br; }
            bdi { (choose(p.lang, &place.name_fa, &place.name_en)) } " · " (region_name(p, o.regions, place.region))
            @if !place.address.is_empty() { " · " bdi { (place.address) } }
        }
    };
    let answer = p.tr(
        &WORDS,
        "service-answer-in",
        &[("count", service.days_to_answer.into())],
    );
    let checked = match service.checked_on {
        Some(day) => p.date_text(day),
        None => t("service-never-checked"),
    };
    html! {
        (parts::back_link("/services", &t("directory-title")))
        h1 { bdi { (service.name(p.lang)) } }
        p { (kind_name(p, told.kind)) " · " bdi { (o.entry.body.name(p.lang)) } }
        @if !service.is_open(today) { p { (status(p, service)) } }
        h2 { (t("service-what")) }
        @for line in told.about(p.lang).lines() { p dir="auto" { (line) } }
        (parts::facts(&[
            (t("service-for-whom"), lines(p, &eligibility(p, told, o.groups))),
            (t("service-bring"), documents(p, told)),
            (t("service-cost"), fee(p, told)),
            (t("service-hours"), schedule(p, told)),
            (t("service-where"), where_),
            (t("service-regions"), html! { (served(p, told, o.regions)) }),
            (t("service-room"), room(p, o.entry.capacity(today, o.days))),
            (t("service-wait"), html! { (answer) }),
            (t("service-checked"), html! { (checked) }),
        ]))
        h2 { (t("service-how")) }
        p { (t("directory-how")) }
        p { a href="/places" { (t("directory-places")) } }
    }
}
