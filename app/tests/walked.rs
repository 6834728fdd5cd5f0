//! The list of steps not yet walked may only shrink.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

/// What the list still holds, by the first words: a line that has left does not come back.
const KNOWN: &[&str] = &[
    "council-speed:",
    "chain-release:",
    "chain-clocks:",
    "chain-pauses:",
    "chain-templates:",
    "chain-capacity:",
    "chain-boards:",
    "chain-links:",
    "chain-files:",
    "chain-tokens:",
    "chain-directory:",
    "chain-hsds:",
    "chain-names:",
    "chain-year:",
    "chain-story:",
    "chain-speed:",
];

#[test]
fn the_list_of_steps_not_yet_walked_only_shrinks() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/not-yet-walked.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut left: Vec<&str> = KNOWN.to_vec();
    for line in text.lines().filter_map(|line| line.strip_prefix("- ")) {
        let line = line
            .strip_prefix("[ ] ")
            .expect("a walked step leaves the list, it is not ticked");
        let first = line.split(' ').next().unwrap();
        let place = left.iter().position(|known| *known == first);
        let place = place.unwrap_or_else(|| panic!("{first} is new or listed twice"));
        left.remove(place);
    }
}
