//! The drawings of `docs/states`: a test reads their arrows and compares them with the code.

use std::collections::BTreeSet;

/// The arrows of a page's state drawing: from, to, and the act that leads there. An arrow that
/// names several acts counts once for each.
pub fn arrows(markdown: &str) -> BTreeSet<(String, String, String)> {
    let drawing = markdown.split("```mermaid").nth(1).unwrap();
    let drawing = drawing.split("```").next().unwrap();
    let mut arrows = BTreeSet::new();
    for line in drawing.lines() {
        let Some((from, rest)) = line.split_once("-->") else {
            continue;
        };
        let (to, acts) = rest.split_once(':').unwrap_or((rest, ""));
        for act in acts.split(',') {
            let word = |text: &str| text.trim().to_owned();
            arrows.insert((word(from), word(to), word(act)));
        }
    }
    arrows
}
