//! Inspect: what a machine can see wrong in a finished page, without a browser.
//!
//! For tests: every room draws its pages with samples and expects no faults. It reads
//! the regular markup that maud writes, not any page of the web.

use std::collections::{BTreeMap, BTreeSet};

/// One element as written.
#[derive(Debug, Default)]
struct Element {
    tag: String,
    attributes: BTreeMap<String, String>,
    /// Places of the elements round it, outermost first.
    parents: Vec<usize>,
    text: String,
    /// What stands directly in it.
    own: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Everything found wrong, one sentence each. Empty for a sound page or fragment.
pub fn faults(html: &str) -> Vec<String> {
    let all = read(html);
    let mut faults = Vec::new();
    let ids = ids(&all, &mut faults);
    document(html, &all, &mut faults);
    headings(&all, &mut faults);
    for element in &all {
        references(element, &ids, &mut faults);
        forbidden(element, &mut faults);
        controls(element, &all, &mut faults);
        pictures_and_tables(element, &all, &mut faults);
    }
    digits(&all, &mut faults);
    faults
}

fn ids<'a>(all: &'a [Element], faults: &mut Vec<String>) -> BTreeSet<&'a str> {
    let mut ids = BTreeSet::new();
    for id in all.iter().filter_map(|element| element.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("id {id} is used twice"));
        }
    }
    ids
}

/// Whole documents only; a fragment has no frame.
fn document(html: &str, all: &[Element], faults: &mut Vec<String>) {
    let Some(root) = all.iter().find(|element| element.tag == "html") else {
        return;
    };
    if !html.starts_with("<!DOCTYPE html>") {
        faults.push("no doctype".into());
    }
    let wanted = match root.get("lang") {
        Some("fa") => Some("rtl"),
        Some("en") => Some("ltr"),
        _ => None,
    };
    if wanted.is_none() || root.get("dir") != wanted {
        faults.push("html has no lang with its dir".into());
    }
    let count = |tag: &str| all.iter().filter(|element| element.tag == tag).count();
    for tag in ["h1", "main", "title"] {
        if count(tag) != 1 {
            faults.push(format!("{} {tag} instead of one", count(tag)));
        }
    }
    let title = all
        .iter()
        .find(|element| element.tag == "title")
        .map_or("", |title| &title.text);
    let has_errors = all
        .iter()
        .any(|element| element.get("id") == Some("error-summary"));
    if has_errors && !title.starts_with("خطا:") && !title.starts_with("Error:") {
        faults.push("the title does not say that there is an error".into());
    }
}

fn headings(all: &[Element], faults: &mut Vec<String>) {
    let mut last = 0;
    for element in all {
        let level = match element.tag.as_str() {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            _ => continue,
        };
        if last > 0 && level > last + 1 {
            faults.push(format!("heading «{}» skips a level", element.text.trim()));
        }
        last = level;
    }
}

fn references(element: &Element, ids: &BTreeSet<&str>, faults: &mut Vec<String>) {
    for name in ["aria-describedby", "aria-labelledby", "for"] {
        for id in element
            .get(name)
            .into_iter()
            .flat_map(str::split_whitespace)
        {
            if !ids.contains(id) {
                faults.push(format!(
                    "{} of {} names {id}, which is not there",
                    name, element.tag
                ));
            }
        }
    }
    if let Some(id) = element.get("href").and_then(|href| href.strip_prefix('#'))
        && !ids.contains(id)
    {
        faults.push(format!("a link leads to #{id}, which is not there"));
    }
}

fn forbidden(element: &Element, faults: &mut Vec<String>) {
    let tag = &element.tag;
    if element.get("style").is_some() || tag == "style" {
        faults.push(format!("{tag} carries a style"));
    }
    if tag == "script" && (element.get("src").is_none() || !element.text.trim().is_empty()) {
        faults.push("script inside the page".into());
    }
    if let Some(name) = element
        .attributes
        .keys()
        .find(|name| name.starts_with("on"))
    {
        faults.push(format!("{tag} has {name}"));
    }
    if matches!(element.get("type"), Some("number" | "date")) {
        faults.push(format!(
            "{tag} has a type that refuses Persian digits or dates"
        ));
    }
    if element
        .get("tabindex")
        .is_some_and(|value| !matches!(value, "0" | "-1"))
    {
        faults.push(format!("{tag} has a positive tabindex"));
    }
    for name in ["src", "href", "action"] {
        let foreign = |value: &str| value.starts_with("http") || value.starts_with("//");
        if tag != "a" && element.get(name).is_some_and(foreign) {
            faults.push(format!("{tag} loads from another host"));
        }
    }
    if matches!(tag.as_str(), "a" | "button") && element.text.trim().is_empty() {
        faults.push(format!("{tag} without words"));
    }
}

fn controls(element: &Element, all: &[Element], faults: &mut Vec<String>) {
    let inside = |tag: &str| element.parents.iter().any(|place| all[*place].tag == tag);
    let is_control = matches!(element.tag.as_str(), "input" | "select" | "textarea");
    if is_control && !matches!(element.get("type"), Some("hidden" | "submit")) {
        let id = element.get("id");
        let labelled = all
            .iter()
            .any(|other| other.tag == "label" && other.get("for") == id && id.is_some());
        if !labelled && !inside("label") && element.get("aria-label").is_none() {
            faults.push(format!(
                "{} {:?} has no label",
                element.tag,
                element.get("name")
            ));
        }
        let described = element.get("aria-describedby").is_some() || inside("fieldset");
        if element.get("aria-invalid").is_some() && !described {
            faults.push(format!(
                "{:?} is wrong but does not say why",
                element.get("name")
            ));
        }
    }
    let place_is_inside = |other: &Element, tag: &str| {
        other.tag == tag
            && other
                .parents
                .last()
                .is_some_and(|place| std::ptr::eq(&all[*place], element))
    };
    if element.tag == "fieldset" && !all.iter().any(|other| place_is_inside(other, "legend")) {
        faults.push("fieldset without legend".into());
    }
    if element.tag == "form" && element.get("method") == Some("post") {
        let has_key = all.iter().any(|other| {
            other.get("name") == Some(crate::KEY_FIELD)
                && other
                    .parents
                    .iter()
                    .any(|place| std::ptr::eq(&all[*place], element))
        });
        if !has_key {
            faults.push(format!(
                "form to {:?} has no one-time key",
                element.get("action")
            ));
        }
    }
}

fn pictures_and_tables(element: &Element, all: &[Element], faults: &mut Vec<String>) {
    let holds = |tag: &str| {
        all.iter().any(|other| {
            other.tag == tag
                && other
                    .parents
                    .iter()
                    .any(|place| std::ptr::eq(&all[*place], element))
        })
    };
    match element.tag.as_str() {
        "img"
            if ["alt", "width", "height"]
                .iter()
                .any(|name| element.get(name).is_none()) =>
        {
            faults.push(format!(
                "img {:?} has no alt or no size",
                element.get("src")
            ));
        }
        "table" if !holds("caption") => faults.push("table without caption".into()),
        "th" if element.get("scope").is_none() => faults.push("th without scope".into()),
        "figure" if element.get("class") == Some("chart") && !holds("table") && !holds("p") => {
            faults.push("chart without its table".into());
        }
        _ => {}
    }
}

/// In a Persian page a Latin digit may stand only where the direction says so.
fn digits(all: &[Element], faults: &mut Vec<String>) {
    if !all
        .iter()
        .any(|element| element.tag == "html" && element.get("lang") == Some("fa"))
    {
        return;
    }
    for element in all {
        let has_digit = element.own.contains(|c: char| c.is_ascii_digit());
        let skipped = matches!(
            element.tag.as_str(),
            "textarea" | "script" | "svg" | "option"
        );
        let around = element.parents.iter().map(|place| &all[*place]);
        let ltr = around.chain([element]).any(|one| {
            one.tag != "html" && one.get("dir") == Some("ltr") || one.get("lang") == Some("en")
        });
        if has_digit && !skipped && !ltr {
            faults.push(format!("Latin digit in «{}»", element.text.trim()));
        }
    }
}

const VOID: [&str; 8] = ["meta", "link", "input", "br", "hr", "img", "col", "source"];

/// Elements in the order they open, each with the text that stands directly or deeper in it.
fn read(html: &str) -> Vec<Element> {
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        add_text(&mut all, &open, &rest[..start]);
        rest = &rest[start + 1..];
        let Some(end) = tag_end(rest) else { break };
        let inside = &rest[..end];
        rest = &rest[end + 1..];
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            if let Some(depth) = open
                .iter()
                .rposition(|place| all[*place].tag == name.trim())
            {
                open.truncate(depth);
            }
            continue;
        }
        let mut element = parse_tag(inside.trim_end_matches('/'));
        element.parents = open.clone();
        let closes = VOID.contains(&element.tag.as_str()) || inside.ends_with('/');
        all.push(element);
        if !closes {
            open.push(all.len() - 1);
        }
    }
    all
}

/// Where the tag ends: a `>` inside a quoted value does not count.
fn tag_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(place, c)| match c {
        '"' => {
            quoted = !quoted;
            None
        }
        '>' if !quoted => Some(place),
        _ => None,
    })
}

fn add_text(all: &mut [Element], open: &[usize], text: &str) {
    // Names and links need the text of what is inside them; the rest only their own.
    for (depth, place) in open.iter().rev().enumerate() {
        let element = &mut all[*place];
        if depth == 0 {
            element.own.push_str(text);
        }
        if depth == 0 || matches!(element.tag.as_str(), "a" | "button" | "h1" | "h2" | "h3") {
            element.text.push_str(text);
        }
    }
}

fn parse_tag(inside: &str) -> Element {
    let (tag, mut rest) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
    let mut element = Element {
        tag: tag.to_owned(),
        ..Element::default()
    };
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return element;
        }
        let name_end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let name = rest[..name_end].to_owned();
        rest = &rest[name_end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let end = after.find('"').unwrap_or(after.len());
                rest = after.get(end + 1..).unwrap_or("");
                after[..end].to_owned()
            }
            None => {
                rest = rest.strip_prefix('=').unwrap_or(rest);
                String::new()
            }
        };
        element.attributes.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn a_sound_fragment_has_no_faults() {
        let html = "<fieldset><legend>Sex</legend><label><input type=\"radio\" name=\"s\"> F</label></fieldset><label for=\"a\">A</label><input id=\"a\" aria-describedby=\"e\" aria-invalid=\"true\"><p id=\"e\">why</p>";
        assert_eq!(faults(html), Vec::<String>::new());
    }

    #[test]
    fn every_fault_is_seen() {
        for (html, part) in [
            ("<p id=\"a\"></p><p id=\"a\"></p>", "twice"),
            ("<input name=\"a\">", "no label"),
            ("<label for=\"a\">A</label>", "not there"),
            ("<a href=\"#x\">go</a>", "#x"),
            ("<p style=\"color:red\">a</p>", "style"),
            ("<script>go()</script>", "script inside"),
            ("<p onclick=\"go()\">a</p>", "onclick"),
            ("<label>A<input type=\"number\"></label>", "Persian digits"),
            (
                "<form method=\"post\" action=\"/x\"></form>",
                "one-time key",
            ),
            ("<fieldset></fieldset>", "legend"),
            ("<table></table>", "caption"),
            ("<th>A</th>", "scope"),
            ("<img src=\"a.png\">", "alt"),
            ("<h1>A</h1><h3>B</h3>", "skips"),
            ("<button></button>", "without words"),
            (
                "<script src=\"https://x.example/a.js\"></script>",
                "another host",
            ),
            ("<html lang=\"fa\" dir=\"ltr\"></html>", "dir"),
            (
                "<html lang=\"fa\" dir=\"rtl\"><p>3</p></html>",
                "Latin digit",
            ),
        ] {
            let found = faults(html).join("\n");
            assert!(
                found.contains(part),
                "{html} should be refused for «{part}», got:\n{found}"
            );
        }
    }
}
