//! As much XML as bank files need: elements with text, no attributes that matter, no entities
//! beyond the five. Nothing is fetched or expanded, so a hostile file can do no harm.

/// The text between the first `<name …>` and its `</name>` inside `within`.
pub(crate) fn element<'a>(within: &'a str, name: &str) -> Option<&'a str> {
    elements(within, name).next()
}

/// Every such text, in order. An element does not hold another of its own name.
pub(crate) fn elements<'a>(within: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = within;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&open)? + open.len();
            rest = rest.get(start..)?;
            // `<Amt` must not find `<AmtType`.
            if !rest.starts_with(['>', ' ', '\n', '\t', '\r']) {
                continue;
            }
            let body = rest.find('>')? + 1;
            let end = rest.find(&close)?;
            let found = rest.get(body..end)?;
            rest = rest.get(end..)?;
            return Some(found);
        }
    })
}

/// Text as it stands in a file.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

/// Text as it is meant.
pub(crate) fn plain(text: &str) -> String {
    text.trim()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
