use maud::{Markup, html};
use persian::Lang;
use web::parts::{self, Choice, Column, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{ContactPerson, HelpKind, Profile, ProfileKind};
use crate::{Organization, WORDS};

// words: profile-kind-* help-kind-* profile-about-* profile-contact-*

fn kind_name(p: &Page, kind: ProfileKind) -> String {
    p.t(
        &WORDS,
        &format!("profile-kind-{}", kind.as_str().replace('_', "-")),
    )
}

/// The name of a kind of help.
pub fn help_name(p: &Page, kind: HelpKind) -> String {
    p.t(
        &WORDS,
        &format!("help-kind-{}", kind.as_str().replace('_', "-")),
    )
}

fn helps(p: &Page, kinds: &[HelpKind]) -> Markup {
    html! {
        @if kinds.is_empty() { (p.t(&WORDS, "profile-nothing")) }
        @for (at, kind) in kinds.iter().enumerate() {
            @if at > 0 { (p.t(&WORDS, "profile-comma")) }
            (help_name(p, *kind))
        }
    }
}

fn served(p: &Page, regions: &[i64]) -> String {
    if regions.is_empty() {
        return p.t(&WORDS, "profile-whole-city");
    }
    let numbers: Vec<String> = regions.iter().map(|one| p.number(*one)).collect();
    numbers.join(&p.t(&WORDS, "profile-comma"))
}

/// The certificate with its validity: one that ran out is shown as such.
fn certificate(p: &Page, profile: &Profile) -> Markup {
    let card = &profile.card;
    let Some(until) = card.knowledge_based_until else {
        return html! { (p.t(&WORDS, "profile-not-certified")) };
    };
    let (tone, key) = match card.is_knowledge_based(p.now.date()) {
        true => (Tone::Good, "profile-certificate-holds"),
        false => (Tone::Bad, "profile-certificate-over"),
    };
    html! {
        @if let Some(number) = &card.knowledge_based_id { code dir="ltr" { (number) } " " }
        (p.tr(&WORDS, "profile-until", &[("day", p.date_text(until).into())])) " "
        (parts::badge(tone, &p.t(&WORDS, key)))
    }
}

pub(super) fn list(
    p: &Page,
    profiles: &[Profile],
    offers: Option<HelpKind>,
    missing: &[Organization],
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let title = t("profiles-title");
    let columns = [
        Column::text(t("organization-name")),
        Column::text(t("organization-kind")),
        Column::text(t("profile-offers")),
        Column::text(t("profile-regions")),
        Column::figures(t("profile-capacity")),
    ];
    let rows: Vec<Vec<Markup>> = profiles
        .iter()
        .map(|profile| {
            let card = &profile.card;
            vec![
                html! { a href={ "/profiles/" (card.organization_id) } { bdi { (card.name(p.lang)) } } },
                html! { (kind_name(p, card.kind)) },
                helps(p, &profile.offers),
                html! { bdi { (served(p, &profile.regions)) } },
                html! { (p.number(card.capacity)) },
            ]
        })
        .collect();
    let chosen = offers.map(|kind| kind.to_string()).unwrap_or_default();
    html! {
        h1 { (title) }
        p { (t("profiles-lead")) }
        @for body in missing {
            p { (parts::button_link(&format!("/profiles/{}/edit", body.id), &p.tr(&WORDS, "profile-write-of", &[("name", body.name(p.lang).into())]))) }
        }
        form method="get" action="/profiles" {
            (parts::select(p, Choice {
                name: "offers", label: t("profile-offers"), value: &chosen, options: options(p), ..Choice::default()
            }))
            (parts::buttons(parts::secondary_button(&t("profile-filter"))))
        }
        (parts::table(&title, &columns, &rows, &t("profiles-empty")))
        p { a href="/supporters" { (t("profile-public")) } }
    }
}

fn options(p: &Page) -> Vec<(String, String)> {
    let kinds = HelpKind::ALL.iter();
    kinds
        .map(|kind| (kind.to_string(), help_name(p, *kind)))
        .collect()
}

/// What a profile's page shows.
pub(super) struct Shown<'a> {
    pub profile: &'a Profile,
    pub contact: Option<&'a ContactPerson>,
    pub may_change: bool,
    pub certify: Option<(&'a Form, &'a FormErrors)>,
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (profile, card) = (o.profile, &o.profile.card);
    let named = match card.named_on {
        Some(day) => p.tr(
            &WORDS,
            "profile-named-since",
            &[("day", p.date_text(day).into())],
        ),
        None => t("profile-named-not"),
    };
    let mut facts = vec![
        (t("organization-kind"), html! { (kind_name(p, card.kind)) }),
        (t("profile-certificate"), certificate(p, profile)),
        (t("profile-offers"), helps(p, &profile.offers)),
        (t("profile-seeks"), helps(p, &profile.seeks)),
        (
            t("profile-regions"),
            html! { (served(p, &profile.regions)) },
        ),
        (
            t("profile-fields"),
            html! { bdi { (profile.fields.join(&t("profile-comma"))) } },
        ),
        (t("profile-capacity"), html! { (p.number(card.capacity)) }),
        (t("profile-named"), html! { (named) }),
    ];
    if let Some(contact) = o.contact {
        facts.push((
            t("profile-contact"),
            html! { bdi { (contact.contact_name) } " " bdi dir="ltr" { (contact.contact_phone) } },
        ));
    }
    html! {
        (parts::back_link("/profiles", &t("profiles-title")))
        h1 { bdi { (card.name(p.lang)) } }
        @if let Some((_, errors)) = o.certify { (parts::error_summary(p, errors)) }
        @for line in card.about(p.lang).lines() { p dir="auto" { (line) } }
        (parts::facts(&facts))
        p { (parts::button_link(&format!("/needs/for/{}", card.organization_id), &t("profile-needs"))) }
        @if o.may_change { p { (parts::secondary_link(&format!("/profiles/{}/edit", card.organization_id), &t("profile-edit"))) } }
        @if let Some((form, errors)) = o.certify { (certify(p, profile, form, errors)) }
    }
}

fn certify(p: &Page, profile: &Profile, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, key: &str, kind: Kind| Field {
        name,
        label: t(key),
        value: form.raw(name),
        error: errors.get(name),
        kind,
        required: true,
        ..Field::default()
    };
    html! {
        details open[!errors.is_empty()] {
            summary { (t("profile-certify")) }
            (parts::form(p, &format!("/profiles/{}/certificate", profile.card.organization_id), html! {
                (parts::field(p, field("number", "profile-certificate-number", Kind::Code)))
                (parts::date_text_field(p, field("until", "profile-certificate-until", Kind::Text)))
                (parts::buttons(parts::secondary_button(&t("organization-save"))))
            }))
        }
    }
}

/// A form that holds what the profile says now.
pub(super) fn filled(profile: &Profile, contact: Option<ContactPerson>) -> Form {
    let card = &profile.card;
    let regions: Vec<String> = profile.regions.iter().map(i64::to_string).collect();
    let mut form = Form::prefilled([
        ("kind", card.kind.to_string()),
        ("about_fa", card.about_fa.clone()),
        ("about_en", card.about_en.clone()),
        ("capacity", card.capacity.to_string()),
        ("regions", regions.join(", ")),
        ("fields", profile.fields.join("، ")),
    ]);
    if let Some(contact) = contact {
        form.push("contact_name".into(), contact.contact_name);
        form.push("contact_phone".into(), contact.contact_phone);
    }
    if card.named_on.is_some() {
        form.push("is_named".into(), "yes".into());
    }
    for (name, kinds) in [("offers", &profile.offers), ("seeks", &profile.seeks)] {
        for kind in kinds {
            form.push(name.into(), kind.to_string());
        }
    }
    form
}

pub(super) fn form(p: &Page, body: &Organization, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, kind: Kind, required: bool, hint: Option<String>| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("profile-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                kind,
                required,
                hint,
                ..Field::default()
            },
        )
    };
    let several = |name: &'static str| {
        let chosen: Vec<&str> = form.all(name).iter().map(String::as_str).collect();
        let choice = Choice {
            name,
            label: t(&format!("profile-{name}")),
            options: options(p),
            error: errors.get(name),
            ..Choice::default()
        };
        parts::checkboxes(p, choice, &chosen)
    };
    let kinds = ProfileKind::ALL.iter();
    let kinds = kinds
        .map(|kind| (kind.to_string(), kind_name(p, *kind)))
        .collect();
    html! {
        (parts::back_link("/profiles", &t("profiles-title")))
        h1 { (t("profile-edit")) " · " bdi { (body.name(p.lang)) } }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/profiles/{}", body.id), html! {
            (parts::select(p, Choice {
                name: "kind", label: t("organization-kind"), value: form.raw("kind"), error: errors.get("kind"),
                options: kinds, required: true, ..Choice::default()
            }))
            (field("about_fa", Kind::Area, false, None))
            (field("about_en", Kind::Area, false, None))
            (several("offers"))
            (several("seeks"))
            (field("regions", Kind::Text, false, Some(t("profile-regions-hint"))))
            (field("fields", Kind::Text, false, Some(t("profile-fields-hint"))))
            (field("capacity", Kind::Numeric, true, None))
            (parts::fieldset(&t("profile-contact"), html! {
                p { (t("profile-contact-hint")) }
                (field("contact_name", Kind::Text, false, None))
                (field("contact_phone", Kind::Tel, false, None))
            }))
            (parts::tick(p, "is_named", &t("profile-named-tick"), form.raw("is_named") == "yes", errors.get("is_named")))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}

/// A profile as everybody reads it: no contact person, no capacity.
pub fn public_card(p: &Page, profile: &Profile, result: &Markup) -> Markup {
    let card = &profile.card;
    let t = |key: &str| p.t(&WORDS, key);
    let name = match p.lang {
        Lang::Fa => &card.name_fa,
        Lang::En => &card.name_en,
    };
    html! {
        section.card id=(card.code) {
            h2 { bdi { (name) } }
            p { (kind_name(p, card.kind))
                @if card.is_knowledge_based(p.now.date()) { " " (parts::badge(Tone::Good, &t("profile-kind-knowledge-based"))) } }
            @for line in card.about(p.lang).lines() { p dir="auto" { (line) } }
            (parts::facts(&[
                (t("profile-offers"), helps(p, &profile.offers)),
                (t("profile-regions"), html! { (served(p, &profile.regions)) }),
            ]))
            (result)
        }
    }
}
