//! Tables: one header row, a caption, row headers; on a phone each row becomes a card.

use maud::{Markup, html};

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words, from the line's start.
    Start,
    /// Figures, aligned at their last digit.
    Figures,
}

/// One column: its header and how its cells stand.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    align: Align,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::Start,
        }
    }

    /// A column of figures.
    pub fn figures(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::Figures,
        }
    }
}

impl From<String> for Column {
    fn from(label: String) -> Self {
        Self::text(label)
    }
}

impl From<&str> for Column {
    fn from(label: &str) -> Self {
        Self::text(label)
    }
}

/// A table; the first cell of each row is its header. Headers are words or [`Column`]s.
///
/// With no rows, `empty` says why in their place.
pub fn table<C: Clone + Into<Column>>(
    caption: &str,
    headers: &[C],
    rows: &[Vec<Markup>],
    empty: &str,
) -> Markup {
    let columns: Vec<Column> = headers.iter().cloned().map(Into::into).collect();
    html! {
        @if rows.is_empty() {
            p.nothing { strong { (caption) } " " span { (empty) } }
        } @else {
            div.table {
                table {
                    caption { (caption) }
                    thead {
                        tr {
                            @for column in &columns {
                                th scope="col" class=[class(column)] { (column.label) }
                            }
                        }
                    }
                    tbody {
                        @for row in rows {
                            tr {
                                @for (place, (cell, column)) in row.iter().zip(&columns).enumerate() {
                                    @if place == 0 {
                                        th scope="row" class=[class(column)] { (cell) }
                                    } @else {
                                        td class=[class(column)] data-label=(column.label) { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn class(column: &Column) -> Option<&'static str> {
    (column.align == Align::Figures).then_some("figures")
}
