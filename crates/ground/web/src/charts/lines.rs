//! Lines over time: left to right in every language, both ends named.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::bars::per_mille;
use super::{Chart, Series, figure};
use crate::WORDS;
use crate::page::Page;

/// A line chart; `labels` run from the oldest to the newest.
pub fn lines(p: &Page, chart: &Chart) -> Markup {
    let top = chart.top();
    figure(
        p,
        chart,
        html! {
            div.plot dir="ltr" aria-hidden="true" {
                bdi.most { (p.number(top)) }
                bdi.zero { (p.number(0)) }
                svg viewBox="-8 -16 1016 432" preserveAspectRatio="none" {
                    @for level in [0, 200, 400] {
                        line.grid x1="0" x2="1000" y1=(level) y2=(level) {}
                    }
                    @for (number, series) in chart.drawn().iter().enumerate() {
                        polyline class={ "line s" (number + 1) } points=(points(series, top, 1000, 400)) {}
                    }
                }
                div.ends {
                    bdi { (chart.labels.first().map_or("", String::as_str)) }
                    bdi { (chart.labels.last().map_or("", String::as_str)) " · " (p.t(&WORDS, "now")) }
                }
            }
        },
    )
}

/// A small line without axes, with its meaning as text for those who cannot see it.
pub fn sparkline(meaning: &str, values: &[i64]) -> Markup {
    sparkline_on(meaning, values, values.iter().copied().max().unwrap_or(1))
}

/// The same on a scale that ends at `top`, so that several can be compared.
pub fn sparkline_on(meaning: &str, values: &[i64], top: i64) -> Markup {
    let series = Series {
        name: String::new(),
        values: values.to_vec(),
    };
    let top = top.max(1);
    html! {
        svg.spark viewBox="-2 -2 104 28" width="104" height="28" role="img" aria-label=(meaning) {
            polyline.line.s1 points=(points(&series, top, 100, 24)) {}
        }
    }
}

/// The corners of a line inside `width` × `height`; the highest figure touches the top.
fn points(series: &Series, top: i64, width: i64, height: i64) -> String {
    let steps = i64::try_from(series.values.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let mut out = String::new();
    for (place, value) in (0i64..).zip(&series.values) {
        let x = place * width / steps;
        let y = height - per_mille(*value, top) * height / 1000;
        // Writing to a String cannot fail.
        let _ = write!(out, "{x},{y} ");
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spans_its_box_and_one_point_does_not_divide_by_zero() {
        let series = |values: &[i64]| Series {
            name: String::new(),
            values: values.to_vec(),
        };
        assert_eq!(
            points(&series(&[0, 5, 10]), 10, 100, 40),
            "0,40 50,20 100,0"
        );
        assert_eq!(points(&series(&[3]), 10, 100, 40), "0,28");
        assert_eq!(points(&series(&[]), 10, 100, 40), "");
    }
}
