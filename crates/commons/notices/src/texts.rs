//! The texts of notices: rendered from the catalogue, counted in parts, kept out of the night.

use persian::{Lang, Timestamp};
use serde_json::Value as Json;
use web::words::{Arg, plain};

use crate::WORDS;

/// The text of a template in a language. Arguments are an object of texts.
// words: sms-*
pub fn render(lang: Lang, template: &str, args: &Json) -> String {
    let args: Vec<(&str, Arg)> = args
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, text)| (name.as_str(), Arg::from(text.as_str().unwrap_or_default())))
        .collect();
    plain(&WORDS.text(lang, &format!("sms-{template}"), &args)).into_owned()
}

/// True when there is such a text.
pub fn is_known(template: &str) -> bool {
    WORDS.has(&format!("sms-{template}"))
}

/// The same arguments with whatever opens a door blanked: codes and links.
pub fn blanked(args: &Json) -> Json {
    let mut args = args.clone();
    for name in ["code", "link"] {
        if let Some(secret) = args.get_mut(name) {
            *secret = Json::from("…");
        }
    }
    args
}

/// Parts an operator counts for a text: 70 letters in one, 67 in each of several; texts in
/// plain Latin letters 160 and 153.
pub fn parts(text: &str) -> i64 {
    let is_latin = text
        .chars()
        .all(|letter| letter.is_ascii() && letter != '`');
    let (count, one, each) = match is_latin {
        true => (text.len(), 160, 153),
        false => (text.encode_utf16().count(), 70, 67),
    };
    let parts = if count <= one {
        1
    } else {
        count.div_ceil(each)
    };
    i64::try_from(parts).unwrap_or(i64::MAX)
}

/// Texts that may come at night: whoever asked for a code waits for it, and whoever did not ask
/// for another payee must know at once.
fn is_urgent(template: &str) -> bool {
    matches!(template, "sign-in-code" | "payee-changed")
}

/// The first hour of the day and the first of the night, in Tehran.
const MORNING: u32 = 8;
const NIGHT: u32 = 21;

/// The earliest instant a template may be sent, from now on.
pub fn earliest(template: &str, now: Timestamp) -> Timestamp {
    let (day, hour, _) = now.local();
    match hour {
        _ if is_urgent(template) => now,
        ..MORNING => Timestamp::at(day, MORNING, 0),
        NIGHT.. => Timestamp::at(day, MORNING, 0).plus_days(1),
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_the_operator_counts_them() {
        assert_eq!(parts(&"س".repeat(70)), 1);
        assert_eq!(parts(&"س".repeat(71)), 2);
        assert_eq!(parts(&"س".repeat(134)), 2);
        assert_eq!(parts(&"س".repeat(135)), 3);
        assert_eq!(parts(&"a".repeat(160)), 1);
        assert_eq!(parts(&"a".repeat(161)), 2);
        assert_eq!(
            parts(&format!("{}😀", "a".repeat(69))),
            2,
            "a pair of code units"
        );
    }

    #[test]
    fn at_night_only_urgent_texts_go_out() {
        let day = testing::NOW.date();
        let at = |hour, minute| Timestamp::at(day, hour, minute);
        assert_eq!(earliest("sold", at(12, 0)), at(12, 0));
        assert_eq!(earliest("sold", at(7, 59)), at(8, 0));
        assert_eq!(earliest("sold", at(8, 0)), at(8, 0));
        assert_eq!(earliest("sold", at(21, 0)), at(8, 0).plus_days(1));
        assert_eq!(earliest("sign-in-code", at(2, 0)), at(2, 0));
    }

    #[test]
    fn codes_and_links_are_not_shown() {
        let args = serde_json::json!({ "code": "123456", "number": "12", "link": "https://x" });
        assert_eq!(
            blanked(&args),
            serde_json::json!({ "code": "…", "number": "12", "link": "…" })
        );
    }
}
