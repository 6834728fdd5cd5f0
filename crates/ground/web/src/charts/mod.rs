//! Charts: drawn on the server, each with a sentence above and its table below.
//!
//! Bars follow the direction of writing; time always runs from left to right, with
//! its ends named. At most four series: a fifth is not drawn, only listed in the table.

mod bars;
mod lines;

use maud::{Markup, html};

pub use bars::{bar, bars};
pub use lines::{lines, sparkline, sparkline_on};

use crate::WORDS;
use crate::page::Page;
use crate::parts::{Column, table};

/// Series drawn at most; further ones are in the table alone.
pub const MOST_SERIES: usize = 4;

/// What is charted.
#[derive(Debug, Clone)]
pub struct Chart {
    /// The chart's name, also its table's caption.
    pub title: String,
    /// What the chart shows, in one sentence.
    pub sentence: String,
    /// What stands along the axis: a month, a district. Names the table's first column.
    pub axis: String,
    /// One label per point.
    pub labels: Vec<String>,
    /// The figures.
    pub series: Vec<Series>,
}

/// One line or one colour of bars.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name, shown beside it.
    pub name: String,
    /// One figure per label; negative ones are drawn as zero.
    pub values: Vec<i64>,
}

impl Chart {
    fn drawn(&self) -> &[Series] {
        &self.series[..self.series.len().min(MOST_SERIES)]
    }

    /// The greatest figure drawn, at least one, so that nothing is divided by zero.
    fn top(&self) -> i64 {
        let values = self.drawn().iter().flat_map(|series| &series.values);
        values.copied().max().unwrap_or(1).max(1)
    }
}

/// The figure round a drawing: sentence, key, drawing, table.
fn figure(p: &Page, chart: &Chart, drawing: Markup) -> Markup {
    html! {
        figure.chart {
            figcaption { strong { (chart.title) } p { (chart.sentence) } }
            @if chart.drawn().len() > 1 {
                ul.key {
                    @for (place, series) in chart.drawn().iter().enumerate() {
                        li { (swatch(place)) (series.name) }
                    }
                }
            }
            (drawing)
            details {
                summary { (p.t(&WORDS, "chart-table")) }
                (twin(p, chart))
            }
        }
    }
}

/// A short piece of the line as it is drawn, so that the key works without colour.
fn swatch(place: usize) -> Markup {
    html! {
        svg.swatch viewBox="0 0 28 10" width="28" height="10" aria-hidden="true" {
            line class={ "line s" (place + 1) } x1="1" y1="5" x2="27" y2="5" {}
        }
    }
}

fn twin(p: &Page, chart: &Chart) -> Markup {
    let mut columns = vec![Column::text(&chart.axis)];
    columns.extend(
        chart
            .series
            .iter()
            .map(|series| Column::figures(&series.name)),
    );
    let rows: Vec<Vec<Markup>> = chart
        .labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let mut row = vec![html! { bdi { (label) } }];
            row.extend(chart.series.iter().map(|series| {
                let value = series.values.get(place).copied().unwrap_or(0);
                html! { bdi { (p.number(value)) } }
            }));
            row
        })
        .collect();
    table(&chart.title, &columns, &rows, &p.t(&WORDS, "chart-empty"))
}
