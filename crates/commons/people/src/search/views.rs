//! How the search looks. Without a grant a person is her initials, region and body.

use maud::{Markup, html};
use persian::digits::local_digits;
use persian::{Jalali, Lang};
use web::Page;
use web::parts::{self, Drawing, Field, Kind, Tone};

use super::pages::Typed;
use super::{Closeness, Hit};
use crate::WORDS;

// words: closeness-*

pub(super) fn list(
    p: &Page,
    typed: &Typed,
    hits: &[Hit],
    next: Option<&str>,
    may_register: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let has_searched = !typed.terms().is_empty();
    let extra = html! {
        details.more open[!typed.year.is_empty() || !typed.relative.is_empty()] {
            summary { (t("people-search-more")) }
            (parts::field(p, Field {
                name: "year", label: t("people-search-year"), value: &typed.year, kind: Kind::Numeric,
                ..Field::default()
            }))
            (parts::field(p, Field {
                name: "relative", label: t("people-search-relative"), value: &typed.relative,
                hint: Some(t("people-search-relative-hint")), ..Field::default()
            }))
        }
    };
    let first = format!("/people?{}", typed.query());
    let next = next.map(|cursor| format!("{first}&cursor={cursor}"));
    let first = typed.cursor.as_ref().map(|_| first.as_str());
    html! {
        h1 { (t("people-title")) }
        (parts::search_form(p, "/people", &t("people-search-label"), &typed.q, extra))
        @if has_searched {
            @if hits.is_empty() {
                (parts::empty_state(Drawing::Needle, &t("people-none-title"), &t("people-none-text"), None))
            } @else {
                h2 { (t("people-found")) }
                ul.cards { @for hit in hits { li { (card(p, hit)) } } }
                (parts::pagination(p, first, next.as_deref()))
            }
        } @else {
            p.hint { (t("people-search-first")) }
        }
        @if may_register { (register(p, typed, has_searched)) }
    }
}

/// The way to a registration opens only after a search.
fn register(p: &Page, typed: &Typed, has_searched: bool) -> Markup {
    let label = p.t(&WORDS, "person-new-title");
    html! {
        p {
            @if has_searched {
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
    let body = if p.lang == Lang::En { &hit.body_en } else { &hit.body_fa };
    let person = &hit.person;
    html! {
        div.card {
            @if hit.is_visible {
                h3 { a href={ "/people/" (person.id) } { bdi { (person.name()) } } }
                p {
                    code dir="ltr" { (person.code) }
                    @if let Some(birth) = person.birth_on {
                        " · " (t("person-born")) " " bdi { (local_digits(&Jalali::from(birth).year.to_string(), p.lang)) }
                    }
                    @if !person.father_name.is_empty() {
                        " · " (t("person-child-of")) " " bdi { (person.father_name) }
                    }
                }
            } @else {
                h3 { bdi { (person.initials()) } }
                p.hint { (t("people-hidden")) }
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
