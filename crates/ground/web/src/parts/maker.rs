//! The maker's label: first name, neighbourhood and craft, and nothing else.

use maud::{Markup, html};

use crate::WORDS;
use crate::page::Page;

/// What the public may know of a maker.
#[derive(Debug, Clone, Default)]
pub struct MakerCard<'a> {
    /// First name or workshop name.
    pub name: &'a str,
    /// Neighbourhood, never an address.
    pub neighborhood: &'a str,
    /// What she makes.
    pub craft: &'a str,
    /// Jalali year of the beginning.
    pub since: Option<i32>,
    /// Address of a photo shown with consent.
    pub photo: Option<&'a str>,
    /// Address of the maker's own page.
    pub href: Option<&'a str>,
}

/// A label tag with a hole and a stitched edge.
pub fn maker_card(p: &Page, m: MakerCard) -> Markup {
    html! {
        article.maker {
            @if let Some(photo) = m.photo {
                img src=(photo) width="72" height="72" loading="lazy"
                    alt=(p.tr(&WORDS, "maker-photo", &[("name", m.name.into())]));
            }
            div {
                p.name {
                    @match m.href {
                        Some(href) => a href=(href) { bdi { (m.name) } },
                        None => bdi { (m.name) },
                    }
                }
                p { bdi { (m.craft) } }
                p.place {
                    bdi { (m.neighborhood) }
                    @if let Some(year) = m.since {
                        span { (p.tr(&WORDS, "maker-since", &[("year", year_text(p, year).into())])) }
                    }
                }
            }
        }
    }
}

/// A year is not a quantity: no grouping.
fn year_text(p: &Page, year: i32) -> String {
    match p.lang {
        persian::Lang::Fa => persian::persian_digits(&year.to_string()),
        persian::Lang::En => year.to_string(),
    }
}
