//! How the window looks: light, without script.

use makers::reference::Category;
use makers::stories::Named;
use maud::{Markup, html};
use web::Page;
use web::parts::{self, Choice, Drawing, Field};

use super::pages::Asked;
use super::queries::Choice as Place;
use super::{OnShelf, Shown};
use crate::WORDS;

/// What the window shows.
pub(super) struct Window<'a> {
    pub products: &'a [Shown],
    pub shelves: &'a [OnShelf],
    /// The makers who agreed to be named.
    pub makers: &'a [Named],
    pub categories: &'a [Category],
    pub places: &'a [Place],
    pub next: Option<&'a str>,
}

pub(super) fn window(p: &Page, shown: &Window, asked: &Asked) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "shop-title")) }
        p { (p.t(&WORDS, "shop-lead")) }
        (parts::search_form(p, "/shop", &p.t(&WORDS, "shop-search"), &asked.q, filters(p, shown, asked)))
        @if shown.products.is_empty() {
            (parts::empty_state(Drawing::Loom, &p.t(&WORDS, "shop-nothing"), &p.t(&WORDS, "shop-nothing-help"),
                Some(("/shop", &p.t(&WORDS, "shop-all")))))
        } @else {
            ul.goods {
                @for one in shown.products { (product(p, shown, one)) }
            }
        }
        (parts::pagination(p, asked.cursor.map(|_| "/shop"), shown.next))
    }
}

fn filters(p: &Page, shown: &Window, asked: &Asked) -> Markup {
    html! {
        (parts::select(p, Choice {
            name: "category",
            label: p.t(&WORDS, "shop-category"),
            options: shown.categories.iter().map(|one| (one.code.clone(), one.name(p.lang).to_owned())).collect(),
            value: &asked.category,
            ..Choice::default()
        }))
        (parts::select(p, Choice {
            name: "shop",
            label: p.t(&WORDS, "shop-place"),
            options: shown.places.iter().map(|one| (one.id.to_string(), one.name(p.lang).to_owned())).collect(),
            value: &asked.shop,
            ..Choice::default()
        }))
        (parts::money_field(p, Field {
            name: "most",
            label: p.t(&WORDS, "shop-most"),
            value: &asked.most,
            ..Field::default()
        }))
    }
}

fn product(p: &Page, shown: &Window, one: &Shown) -> Markup {
    let shelves: Vec<&str> = shown
        .shelves
        .iter()
        .filter(|shelf| shelf.product_id == one.id)
        .map(|shelf| shelf.name(p.lang))
        .collect();
    let maker = shown
        .makers
        .iter()
        .find(|maker| maker.contact_id == one.contact_id);
    html! {
        li.card {
            @if let Some(photo) = one.photo_id {
                img src={ "/photos/" (photo) "/small" } alt="" width="160" height="160" loading="lazy";
            }
            h2 { a href={ "/products/" (one.code) } { bdi { (one.name(p.lang)) } } }
            @if let Some(price) = one.price { p { (p.money(price)) } }
            @if let Some(maker) = maker { p { a href={ "/makers/" (maker.handle) } { (made_by(p, maker)) } } }
            @if shelves.is_empty() { p { (p.t(&WORDS, "shop-out")) } } @else {
                p { (p.t(&WORDS, "shop-in")) ": "
                    @for (at, shelf) in shelves.iter().enumerate() {
                        @if at > 0 { (p.t(&WORDS, "shop-and")) " " }
                        bdi { (shelf) }
                    }
                }
            }
        }
    }
}

fn made_by(p: &Page, maker: &Named) -> String {
    let name = ("name", maker.first_name.as_str().into());
    match maker.neighbourhood.is_empty() {
        true => p.tr(&WORDS, "shop-maker", &[name]),
        false => p.tr(
            &WORDS,
            "shop-maker-of",
            &[name, ("neighbourhood", maker.neighbourhood.as_str().into())],
        ),
    }
}
