//! How the register looks: a map of tiles, a list, and each place's own page.

use maud::{Markup, html};
use organizations::PlaceKind;
use organizations::places::{Hours, clock};
use web::Page;
use web::parts::{self, Choice, Column};

use super::{Asked, Listed, Region, Supporter};
use crate::WORDS;
use crate::catalogue::Shown;

// words: place-kind-* place-open-* supporter-kind-*

/// What the register shows.
pub(super) struct Register<'a> {
    pub places: &'a [Listed],
    pub everywhere: &'a [Listed],
    pub supporters: &'a [Supporter],
    pub regions: &'a [Region],
}

fn kind_name(p: &Page, kind: PlaceKind) -> String {
    p.t(&WORDS, &format!("place-kind-{kind}"))
}

fn region_name(p: &Page, regions: &[Region], number: i64) -> String {
    match regions.iter().find(|region| region.number == number) {
        Some(region) => region.name(p.lang).to_owned(),
        None => p.number(number),
    }
}

pub(super) fn register(p: &Page, o: &Register, asked: &Asked) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let title = t("places-title");
    let columns = [
        Column::text(t("place-name")),
        Column::text(t("place-kind")),
        Column::text(t("place-region")),
        Column::text(t("place-trade")),
        Column::text(t("place-address")),
    ];
    let rows: Vec<Vec<Markup>> = o
        .places
        .iter()
        .map(|place| {
            vec![
                html! { a href={ "/places/" (place.code) } { bdi { (place.name(p.lang)) } } },
                html! { (kind_name(p, place.kind)) },
                html! { (region_name(p, o.regions, place.region)) },
                html! { bdi { (place.trade) } },
                html! { bdi { (place.address) } },
            ]
        })
        .collect();
    let regions = o
        .regions
        .iter()
        .map(|region| (region.number.to_string(), region.name(p.lang).to_owned()));
    let kinds = PlaceKind::ALL.iter();
    html! {
        h1 { (title) }
        p { (t("places-lead")) }
        @if o.regions.iter().any(|region| region.tile_row.is_some()) { (map(p, o)) }
        form method="get" action="/places" {
            (parts::select(p, Choice {
                name: "region", label: t("place-region"), value: &asked.region, options: regions.collect(), ..Choice::default()
            }))
            (parts::select(p, Choice {
                name: "kind", label: t("place-kind"), value: &asked.kind,
                options: kinds.map(|kind| (kind.to_string(), kind_name(p, *kind))).collect(), ..Choice::default()
            }))
            (parts::buttons(parts::secondary_button(&t("place-filter"))))
        }
        @if asked.region().is_some() || asked.kind().is_some() { p { a href="/places" { (t("places-all")) } } }
        (parts::table(&title, &columns, &rows, &t("places-none")))
        h2 { (t("places-supporters")) }
        @if o.supporters.is_empty() { p.nothing { (t("places-supporters-none")) } }
        ul { @for one in o.supporters {
            li { a href={ "/supporters#" (one.code) } { bdi { (one.name(p.lang)) } } " · "
                (t(&format!("supporter-kind-{}", one.kind.as_str().replace('_', "-")))) }
        } }
        p {
            (parts::secondary_link("/places.csv", &t("places-csv"))) " "
            (parts::secondary_link("/api/v1/places", &t("places-json")))
        }
    }
}

/// Side of a tile and the gap after it.
const SIDE: i64 = 100;
const STEP: i64 = 106;

/// Every region a tile where it lies, with how many places it has; north is up in both languages.
fn map(p: &Page, o: &Register) -> Markup {
    let count = |region: &Region| {
        let own = o.everywhere.iter();
        own.filter(|place| place.region == region.number).count() as i64
    };
    let most = o.regions.iter().map(count).max().unwrap_or(0).max(1);
    let drawn: Vec<(&Region, i64, i64)> = o
        .regions
        .iter()
        .filter_map(|region| Some((region, region.tile_row?, region.tile_column?)))
        .collect();
    let rows = drawn.iter().map(|(_, row, _)| *row).max().unwrap_or(1);
    let columns = drawn
        .iter()
        .map(|(_, _, column)| *column)
        .max()
        .unwrap_or(1);
    html! {
        svg.tiles viewBox=(format!("0 0 {} {}", columns * STEP, rows * STEP)) role="group" aria-label=(p.t(&WORDS, "places-map")) {
            @for (region, row, column) in drawn {
                @let (x, y, places) = ((column - 1) * STEP, (row - 1) * STEP, count(region));
                @let label = p.tr(&WORDS, "places-map-region", &[("region", region.name(p.lang).into()), ("count", places.into())]);
                rect.ground x=(x) y=(y) width=(SIDE) height=(SIDE) rx="8" {}
                rect.fill.s1 x=(x) y=(y) width=(SIDE) height=(SIDE) rx="8"
                    fill-opacity=(format!("0.{:02}", places * 45 / most)) {}
                text.number x=(x + SIDE / 2) y=(y + 76) aria-hidden="true" { (p.number(places)) }
                // The link lies over the whole tile and shows only what its name says too.
                a href={ "/places?region=" (region.number) } aria-label=(label) {
                    rect.fill x=(x) y=(y) width=(SIDE) height=(SIDE) rx="8" fill-opacity="0" {}
                    text x=(x + SIDE / 2) y=(y + 38) { (p.number(region.number)) }
                }
            }
        }
    }
}

fn hours(p: &Page, hours: &[Hours]) -> Markup {
    html! {
        @if hours.is_empty() { (p.t(&WORDS, "place-hours-unknown")) }
        @for (at, one) in hours.iter().enumerate() {
            @if at > 0 { br; }
            (p.t(&WORDS, &format!("place-open-{}", one.days))) ": "
            bdi { (p.tr(&WORDS, "place-from-to", &[("opens", clock(one.opens, p.lang).into()), ("closes", clock(one.closes, p.lang).into())])) }
        }
    }
}

/// A place's own page.
pub(super) fn place(
    p: &Page,
    place: &Listed,
    region: &str,
    open: &[Hours],
    goods: &[Shown],
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut facts = vec![
        (t("place-kind"), html! { (kind_name(p, place.kind)) }),
        (t("place-region"), html! { (region) }),
        (t("place-body"), html! { bdi { (place.body(p.lang)) } }),
        (t("place-hours"), hours(p, open)),
    ];
    for (key, text) in [
        ("place-address", &place.address),
        ("place-trade", &place.trade),
    ] {
        if !text.is_empty() {
            facts.push((t(key), html! { bdi { (text) } }));
        }
    }
    html! {
        (parts::back_link(&format!("/places?region={}", place.region), &t("places-title")))
        h1 { bdi { (place.name(p.lang)) } }
        (parts::facts(&facts))
        @if place.kind == PlaceKind::Shop || !goods.is_empty() {
            h2 { (t("place-goods")) }
            @if goods.is_empty() { p.nothing { (t("place-goods-none")) } }
            ul { @for one in goods {
                li { a href={ "/products/" (one.code) } { bdi { (one.name(p.lang)) } }
                    @if let Some(price) = one.price { " · " (p.money(price)) } }
            } }
            p { a href={ "/shop?shop=" (place.id) } { (t("place-goods-all")) } }
        }
    }
}
