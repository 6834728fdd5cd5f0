use maud::{Markup, html};
use web::Page;
use web::parts;

use super::{CityBoard, Figure, parts as own, views};
use crate::WORDS;

/// All figures of all connected cities. On a wide screen the head stays in sight; on a phone each
/// figure is a card.
pub(super) fn show(p: &Page, figures: &[Figure], board: &[CityBoard]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let connected: Vec<&CityBoard> = board.iter().filter(|city| city.day.is_some()).collect();
    let others: Vec<&CityBoard> = board.iter().filter(|city| city.day.is_none()).collect();
    let title = t("table-title");
    html! {
        (parts::back_link("/observatory", &t("observatory-title")))
        h1 { (title) }
        (own::tabs(p, "/observatory/table"))
        (own::invented(p, connected.iter().any(|city| city.is_invented)))
        @if !others.is_empty() {
            p {
                (t("not-connected-list")) " "
                @for (place, city) in others.iter().enumerate() {
                    @if place > 0 { (t("list-comma")) }
                    a href={ "/observatory/cities/" (city.code) } { bdi { (city.name(p.lang)) } }
                }
            }
        }
        @if connected.is_empty() {
            p.nothing { strong { (title) } " " span { (t("nothing-came")) } }
        } @else {
            div.table.tall tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (title) }
                    thead { tr {
                        th scope="col" { (t("column-figure")) }
                        @for city in &connected {
                            th.figures scope="col" {
                                a href={ "/observatory/cities/" (city.code) } { bdi { (city.name(p.lang)) } }
                                br;
                                @if let Some(day) = city.day { small { (p.date(day)) } }
                            }
                        }
                    } }
                    tbody {
                        @for figure in figures {
                            tr {
                                th scope="row" {
                                    a href={ "/observatory?figure=" (figure.code) } { (figure.name(p.lang)) }
                                }
                                @for city in &connected {
                                    td.figures data-label=(city.name(p.lang)) {
                                        @match city.of(&figure.code) {
                                            Some(cell) => (own::cell(p, cell)),
                                            None => (t("no-number")),
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        (views::open_data(p))
    }
}
