//! Bars on a shared baseline, each with its label and figure as text.

use maud::{Markup, html};
use persian::Lang;

use super::{Chart, figure};
use crate::page::Page;

/// Horizontal bars from the line's start: the best shape for long Persian labels.
///
/// Label and figure are ordinary text, so they stay readable at any width; only
/// the strip between them is stretched.
pub fn bars(p: &Page, chart: &Chart) -> Markup {
    let top = chart.top();
    figure(
        p,
        chart,
        html! {
            div.bars aria-hidden="true" {
                @for (place, label) in chart.labels.iter().enumerate() {
                    div.bar-row {
                        bdi.label { (label) }
                        div.strips {
                            @for (number, series) in chart.drawn().iter().enumerate() {
                                @let value = series.values.get(place).copied().unwrap_or(0);
                                div.strip-row {
                                    (strip(p.lang, number, value, top))
                                    bdi.amount { (p.number(value)) }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// One bar beside its figure in a table, on the scale of the whole table. The figure is the text.
pub fn bar(p: &Page, value: i64, top: i64) -> Markup {
    html! { div aria-hidden="true" { (strip(p.lang, 0, value, top.max(1))) } }
}

/// One bar in a strip of 1000 units. SVG does not mirror itself, so Persian bars start at its end.
fn strip(lang: Lang, number: usize, value: i64, top: i64) -> Markup {
    let width = per_mille(value, top);
    let x = match lang {
        Lang::Fa => 1000 - width,
        Lang::En => 0,
    };
    html! {
        svg.strip viewBox="0 0 1000 10" preserveAspectRatio="none" height="14" {
            rect class={ "fill s" (number + 1) } x=(x) y="0" width=(width) height="10" {}
        }
    }
}

/// `value` of `top` in thousandths, between 0 and 1000. `top` is at least one.
pub(super) fn per_mille(value: i64, top: i64) -> i64 {
    let scaled = i128::from(value.clamp(0, top)) * 1000 / i128::from(top);
    i64::try_from(scaled).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::per_mille;

    #[test]
    fn a_bar_never_leaves_its_strip() {
        assert_eq!(per_mille(-5, 10), 0);
        assert_eq!(per_mille(5, 10), 500);
        assert_eq!(per_mille(11, 10), 1000);
        assert_eq!(per_mille(i64::MAX, i64::MAX), 1000);
    }
}
