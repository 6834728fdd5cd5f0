//! The style sheet read as text: contrast of its tokens, no sides, no foreign host.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

const CSS: &str = include_str!("../static/site.css");

type Tokens = BTreeMap<String, [u8; 3]>;

/// The colours declared in the block that follows `start`.
fn tokens(start: &str) -> Tokens {
    let block = CSS.split_once(start).unwrap().1.split('}').next().unwrap();
    let pairs = block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    pairs
        .map(|(name, hex)| {
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            (name.to_owned(), [byte(0), byte(2), byte(4)])
        })
        .collect()
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

const SURFACES: [&str; 3] = ["cotton", "paper", "felt"];
const TEXT: [(&str, &[&str]); 14] = [
    ("ink", &SURFACES),
    ("ink-2", &SURFACES),
    ("nil", &["cotton", "paper", "felt", "nil-soft"]),
    ("firuze", &["cotton", "paper", "firuze-soft"]),
    ("anar", &["cotton", "paper", "anar-soft"]),
    ("barg", &["paper", "barg-soft"]),
    ("zafaran-ink", &["zafaran-soft"]),
    ("on-firuze", &["firuze", "firuze-deep"]),
    ("on-anar", &["anar", "anar-deep"]),
    (
        "ink",
        &[
            "nil-soft",
            "barg-soft",
            "zafaran-soft",
            "anar-soft",
            "firuze-soft",
        ],
    ),
    ("ink-2", &["zafaran-soft"]),
    ("nil", &["barg-soft", "zafaran-soft"]),
    ("ronas", &["cotton", "paper"]),
    ("anar", &["felt"]),
];
const CONTROLS: [(&str, &[&str]); 7] = [
    ("edge", &SURFACES),
    ("firuze", &SURFACES),
    ("chart-1", &["paper", "felt"]),
    ("chart-2", &["paper", "felt"]),
    ("chart-3", &["paper", "felt"]),
    ("chart-4", &["paper", "felt"]),
    ("ink", &["zafaran-soft"]),
];

#[test]
fn text_and_controls_can_be_read_in_both_themes() {
    let mut faults = Vec::new();
    for (theme, start) in [("light", ":root {"), ("dark", ":root.dark {")] {
        let colors = tokens(start);
        for (least, pairs) in [(4.5, &TEXT[..]), (3.0, &CONTROLS[..])] {
            for (front, backs) in pairs {
                for back in *backs {
                    let found = contrast(colors[*front], colors[*back]);
                    if found < least {
                        faults.push(format!(
                            "{theme}: {front} on {back} is {found:.2}, not {least}"
                        ));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_device_and_the_cookie_give_the_same_dark() {
    assert_eq!(tokens(":root:not(.light) {"), tokens(":root.dark {"));
}

#[test]
fn dark_redefines_every_color_of_light() {
    let keys = |tokens: Tokens| tokens.into_keys().collect::<Vec<_>>();
    assert_eq!(keys(tokens(":root {")), keys(tokens(":root.dark {")));
}

#[test]
fn no_rule_names_a_side_of_the_screen() {
    for (number, line) in CSS.lines().enumerate() {
        let sided = [
            "left",
            "right",
            "margin-top",
            "margin-bottom",
            "padding-top",
            "padding-bottom",
        ];
        let found = sided.iter().find(|word| line.contains(*word));
        assert!(found.is_none(), "line {}: {line}", number + 1);
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    assert!(!CSS.contains("http") && !CSS.contains("//") && !CSS.contains("@import"));
}
