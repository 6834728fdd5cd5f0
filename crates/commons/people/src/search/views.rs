//! How the search looks.

use maud::{Markup, html};
use persian::{Lang, Timestamp};
use uuid::Uuid;
use web::Page;
use web::parts::{self, Drawing, Field, Kind, Tone};

use super::pages::Typed;
use super::{Closeness, Found, Hit};
use crate::WORDS;
use crate::shown::year;

// words: closeness-*

pub(super) fn list(
    p: &Page,
    typed: &Typed,
    found: &Found,
    drafts: &[(Uuid, Timestamp)],
    may_register: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let has_searched = !typed.terms().is_empty();
    let is_taken = found.elsewhere.is_some() || found.lapsed.is_some();
    let first = format!("/people?{}", typed.query());
    let next = found.next.as_ref();
    let next = next.map(|cursor| format!("{first}&cursor={cursor}"));
    let first = typed.cursor.as_ref().map(|_| first.as_str());
    html! {
        h1 { (t("people-title")) }
        (parts::search_form(p, "/people", &t("people-search-label"), &typed.q, more(p, typed)))
        @if has_searched {
            @if found.elsewhere.is_some() {
                (parts::notice(p, Tone::Warning, html! { p { (t("people-elsewhere")) } }))
            }
            @if let Some(id) = found.lapsed {
                (parts::notice(p, Tone::Warning, html! {
                    p { (t("people-lapsed")) }
                    @if may_register {
                        p { (parts::button_link(&format!("/people/{id}/consent"), &t("consent-record-title"))) }
                    }
                }))
            }
            @if found.hits.is_empty() && !is_taken {
                (parts::empty_state(Drawing::Needle, &t("people-none-title"), &t("people-none-text"), None))
            }
            @if !found.hits.is_empty() {
                h2 { (t("people-found")) }
                @for hit in &found.hits { (card(p, hit)) }
                (parts::pagination(p, first, next.as_deref()))
            }
        } @else {
            p.hint { (t("people-search-first")) }
        }
        @if may_register { (register(p, typed, has_searched && !is_taken)) }
        @if !drafts.is_empty() {
            h2 { (t("people-drafts")) }
            ul {
                @for (draft, at) in drafts {
                    li { a href={ "/people/new?draft=" (draft) } { (t("people-draft")) } " " (p.moment(*at)) }
                }
            }
        }
    }
}

fn more(p: &Page, typed: &Typed) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_open = !typed.year.is_empty() || !typed.relative.is_empty();
    crate::shown::folded(
        &t("people-search-more"),
        is_open,
        html! {
            (parts::field(p, Field {
                name: "year", label: t("people-search-year"), value: &typed.year,
                kind: Kind::Numeric, max: Some(4), ..Field::default()
            }))
            (parts::field(p, Field {
                name: "relative", label: t("people-search-relative"), value: &typed.relative,
                hint: Some(t("people-search-relative-hint")), max: Some(80), ..Field::default()
            }))
        },
    )
}

/// The way to a registration opens only after a search.
fn register(p: &Page, typed: &Typed, is_open: bool) -> Markup {
    let label = p.t(&WORDS, "person-new-title");
    html! {
        p {
            @if is_open {
                (parts::button_link(&format!("/people/new?{}", typed.query()), &label))
            } @else {
                button.primary type="button" disabled { (label) }
            }
        }
    }
}

/// One person found.
fn card(p: &Page, hit: &Hit) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let body = if p.lang == Lang::En {
        &hit.body_en
    } else {
        &hit.body_fa
    };
    let person = &hit.person;
    html! {
        article.card {
            h3 { a href={ "/people/" (person.id) } { bdi { (person.name()) } } }
            p {
                code dir="ltr" { (person.code) }
                @if let Some(birth) = person.birth_on {
                    " · " (t("person-born")) " " bdi { (year(p, birth)) }
                }
                @if !person.father_name.is_empty() {
                    " · " (t("person-child-of")) " " bdi { (person.father_name) }
                }
            }
            p {
                @if let Some(region) = person.region {
                    (p.tr(&WORDS, "person-region-is", &[("number", region.into())])) " · "
                }
                bdi { (body) }
            }
            (parts::badge(tone(hit.closeness), &t(&format!("closeness-{}", hit.closeness.as_str()))))
        }
    }
}

fn tone(closeness: Closeness) -> Tone {
    match closeness {
        Closeness::Exact => Tone::Good,
        Closeness::Prefix => Tone::Active,
        Closeness::Fold | Closeness::Sounds => Tone::Plain,
    }
}
