use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::ServiceStatus;
use super::capacity::questions::Question;
use super::capacity::views as capacity_views;
use super::details::Group;
use super::directory::Entry;
use super::directory::views as said;
use super::quality::{Part, Quality};
use crate::WORDS;
use crate::reference::Region;

// words: service-part-*

/// What the desk's page of a service shows, and what the viewer may do.
pub(super) struct Shown<'a> {
    pub entry: &'a Entry,
    pub quality: &'a Quality,
    pub groups: &'a [Group],
    pub regions: &'a [Region],
    pub questions: &'a [Question],
    pub checked_by: Option<&'a str>,
    pub days: i64,
    pub may_change: bool,
    pub may_check: bool,
    pub may_ask: bool,
    pub may_tell: bool,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

/// A missing part in words.
pub(super) fn part_name(p: &Page, part: Part) -> String {
    p.t(&WORDS, &format!("service-part-{part}"))
}

fn told(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let Some(told) = &o.entry.description else {
        return html! { p.nothing { (t("service-not-described")) } };
    };
    let for_whom = said::eligibility(p, told, o.groups);
    html! {
        @for line in told.about(p.lang).lines() { p dir="auto" { (line) } }
        (parts::facts(&[
            (t("service-kind"), html! { (said::kind_name(p, told.kind)) }),
            (t("service-for-whom"), html! { @for (at, line) in for_whom.iter().enumerate() { @if at > 0 { br; } bdi { (line) } } }),
            (t("service-bring"), said::documents(p, told)),
            (t("service-cost"), said::fee(p, told)),
            (t("service-hours"), said::schedule(p, told)),
            (t("service-regions"), html! { (said::served(p, told, o.regions)) }),
            (t("service-listed"), html! { (t(if told.is_listed { "place-listed-yes" } else { "place-listed-no" })) }),
        ]))
    }
}

fn relied_on(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let service = &o.entry.service;
    let checked = html! {
        @match service.checked_on {
            Some(day) => { (p.date(day)) @if let Some(by) = o.checked_by { " · " bdi { (by) } } },
            None => { (t("service-never-checked")) },
        }
        " · " (p.tr(&WORDS, "service-check-every", &[("count", service.check_days.into())]))
    };
    let agreement = html! {
        @match &o.entry.agreement {
            Some(one) => {
                code dir="ltr" { (one.number) } " "
                (p.tr(&WORDS, "service-agreement-period", &[("from", p.date_text(one.valid_from).into()), ("until", p.date_text(one.valid_until).into())]))
            },
            None => { (t("service-agreement-none")) },
        }
    };
    html! {
        h2 { (t("service-quality")) }
        (parts::facts(&[
            (t("service-score"), html! { (p.tr(&WORDS, "service-score-of", &[("score", o.quality.score.into())])) }),
            (t("service-missing"), missing(p, o.quality)),
            (t("service-status"), said::status(p, service)),
            (t("service-checked"), checked),
            (t("service-agreement"), agreement),
            (t("service-room"), said::room(p, o.entry.capacity(p.now.date(), o.days))),
        ]))
    }
}

/// The missing parts in one line.
pub(super) fn missing(p: &Page, quality: &Quality) -> Markup {
    let names: Vec<String> = quality
        .missing
        .iter()
        .map(|part| part_name(p, *part))
        .collect();
    html! {
        @if names.is_empty() { (p.t(&WORDS, "service-missing-none")) }
        (names.join(&p.t(&WORDS, "profile-comma")))
    }
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (service, body) = (&o.entry.service, &o.entry.body);
    let at = format!(
        "/organizations/{}/services/{}",
        service.organization_id, service.id
    );
    html! {
        (parts::back_link(&format!("/organizations/{}", service.organization_id), body.name(p.lang)))
        h1 { bdi { (service.name(p.lang)) } }
        (parts::error_summary(p, o.errors))
        (told(p, o))
        @if o.may_change { p { (parts::secondary_link(&format!("{at}/edit"), &t("service-edit"))) } }
        @if o.entry.is_listed() { p { a href={ "/services/" (service.id) } { (t("service-public")) } } }
        (relied_on(p, o))
        @if o.may_check {
            (parts::inline_form(p, &format!("{at}/check"), parts::secondary_button(&t("service-check-today"))))
        }
        @if o.may_ask || !o.questions.is_empty() {
            h2 { (t("capacity-asked")) }
            p { (t("capacity-asked-lead")) }
            (capacity_views::asked(p, o.questions))
        }
        @if o.may_ask {
            (parts::inline_form(p, &format!("{at}/question"), parts::secondary_button(&t("capacity-ask"))))
        }
        @if o.may_tell {
            h2 { (t("capacity-tell")) }
            (parts::form(p, &format!("{at}/capacity"), capacity_views::fields(p, "", o.form, o.errors)))
        }
        @if o.may_change { (changes(p, o, &at)) }
    }
}

fn changes(p: &Page, o: &Shown, at: &str) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let statuses = ServiceStatus::ALL.iter();
    let statuses = statuses.map(|one| {
        let key = format!("service-status-{}", one.as_str().replace('_', "-"));
        (one.to_string(), t(&key))
    });
    let field = |name: &'static str, key: &str, kind: Kind, required: bool| Field {
        name,
        label: t(key),
        value: o.form.raw(name),
        error: o.errors.get(name),
        kind,
        required,
        ..Field::default()
    };
    html! {
        h2 { (t("service-status-change")) }
        (parts::form(p, &format!("{at}/status"), html! {
            (parts::select(p, Choice {
                name: "status", label: t("service-status"), value: o.form.raw("status"), error: o.errors.get("status"),
                options: statuses.collect(), required: true, ..Choice::default()
            }))
            (parts::date_text_field(p, field("closed_until", "service-closed-day", Kind::Text, false)))
            (parts::buttons(parts::secondary_button(&t("organization-save"))))
        }))
        h2 { (t("service-agreement-new")) }
        (parts::form(p, &format!("{at}/agreement"), html! {
            (parts::field(p, field("number", "service-agreement-number", Kind::Code, true)))
            (parts::date_text_field(p, field("valid_from", "service-agreement-from", Kind::Text, true)))
            (parts::date_text_field(p, field("valid_until", "service-agreement-until", Kind::Text, true)))
            (parts::buttons(parts::secondary_button(&t("organization-save"))))
        }))
    }
}
