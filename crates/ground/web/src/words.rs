//! Words: one room's message catalogue in Persian and English.
//!
//! A room calls [`words!`](crate::words!) once and shows nothing that is not in
//! its `messages/fa.ftl` and `messages/en.ftl`. Inserted values are wrapped in
//! Unicode isolates, so a Latin code inside a Persian sentence cannot turn it round.

mod check;
mod scan;

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use persian::Lang;

pub use scan::{Scan, scan};

/// Both catalogues of one room. Made by [`words!`](crate::words!).
pub struct Words {
    room: &'static str,
    fa: Catalogue,
    en: Catalogue,
}

struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The same text once more, for the checks: a bundle does not show its entries.
    source: FluentResource,
    faults: Vec<String>,
}

/// A value inserted into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// Grouped, and in Persian digits in Persian; also chooses plural forms.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl Words {
    /// Reads both texts. Faults are kept for [`Words::check`]; reading never fails.
    pub fn new(room: &'static str, fa: &'static str, en: &'static str) -> Self {
        Self {
            room,
            fa: Catalogue::new(Lang::Fa, fa),
            en: Catalogue::new(Lang::En, en),
        }
    }

    /// All message keys of one language, in the file's order.
    pub fn keys(&self, lang: Lang) -> Vec<&str> {
        self.catalogue(lang).keys().collect()
    }

    /// Whether both languages know `key`.
    pub fn has(&self, key: &str) -> bool {
        self.fa.bundle.has_message(key) && self.en.bundle.has_message(key)
    }

    /// The message `key` with `args` filled in. A missing key is logged and shown as `«key»`.
    pub fn text(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = &self.catalogue(lang).bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(room = self.room, key, "message is missing");
            return format!("«{key}»");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, text.as_str()),
                Arg::Number(number) => values.set(*name, *number),
            }
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut faults);
        for fault in &faults {
            tracing::error!(room = self.room, key, %fault, "message is not filled in");
        }
        text.into_owned()
    }

    /// Everything wrong with the catalogues, one sentence each; empty when they are sound.
    ///
    /// Reports unreadable entries, keys and variables that only one language has,
    /// empty and untranslated texts, and in Persian: Arabic ye and kaf, tatweel,
    /// Latin digits and Latin commas or question marks.
    pub fn check(&self) -> Vec<String> {
        check::check(self)
    }

    fn catalogue(&self, lang: Lang) -> &Catalogue {
        match lang {
            Lang::Fa => &self.fa,
            Lang::En => &self.en,
        }
    }
}

impl Catalogue {
    fn new(lang: Lang, text: &'static str) -> Self {
        let (locale, formatter): (_, Formatter) = match lang {
            Lang::Fa => ("fa", |value, _| number_text(value, Lang::Fa)),
            Lang::En => ("en", |value, _| number_text(value, Lang::En)),
        };
        let mut faults = Vec::new();
        let mut read = || match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                faults = errors
                    .iter()
                    .map(|error| format!("{locale}: {error}"))
                    .collect();
                resource
            }
        };
        let source = read();
        let resource = read();
        let mut bundle = FluentBundle::new_concurrent(locale.parse().into_iter().collect());
        bundle.set_formatter(Some(formatter));
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|error| format!("{locale}: {error}")));
        }
        Self {
            bundle,
            source,
            faults,
        }
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.source.entries().filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name),
            _ => None,
        })
    }
}

type Formatter = fn(&FluentValue, &IntlLangMemoizer) -> Option<String>;

/// Whole numbers are grouped the way the language writes them; the rest is left to Fluent.
fn number_text(value: &FluentValue, lang: Lang) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    // A message argument is an i64 (see `Arg`), so nothing is cut off within 2^53.
    Some(persian::grouped(number.value as i64, lang))
}

/// Removes the Unicode isolates, for places where plain text is wanted (file names, SMS).
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(['\u{2068}', '\u{2069}']) {
        Cow::Owned(text.replace(['\u{2068}', '\u{2069}'], ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Makes `pub static WORDS` from `messages/fa.ftl` and `messages/en.ftl` of the calling crate.
#[macro_export]
macro_rules! words {
    () => {
        /// Every word this crate shows, from its `messages` folder.
        pub static WORDS: ::std::sync::LazyLock<$crate::words::Words> =
            ::std::sync::LazyLock::new(|| {
                $crate::words::Words::new(
                    env!("CARGO_PKG_NAME"),
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/fa.ftl")),
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/en.ftl")),
                )
            });
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn sample() -> Words {
        Words::new(
            "sample",
            "hello = سلام { $name }\ngoods = { $count ->\n    [0] هیچ کالایی نیست\n    [1] یک کالا\n   *[other] { $count } کالا\n}\n",
            "hello = Hello { $name }\ngoods = { $count ->\n    [0] No goods\n    [1] One item\n   *[other] { $count } items\n}\n",
        )
    }

    #[test]
    fn an_inserted_text_is_wrapped_in_isolates() {
        let text = sample().text(Lang::Fa, "hello", &[("name", "LG-204".into())]);
        assert_eq!(text, "سلام \u{2068}LG-204\u{2069}");
        assert_eq!(plain(&text), "سلام LG-204");
    }

    #[test]
    fn persian_tells_none_one_and_many_apart() {
        let words = sample();
        let goods = |lang, count: i64| {
            plain(&words.text(lang, "goods", &[("count", count.into())])).into_owned()
        };
        assert_eq!(goods(Lang::Fa, 0), "هیچ کالایی نیست");
        assert_eq!(goods(Lang::Fa, 1), "یک کالا");
        assert_eq!(goods(Lang::Fa, 1_250), "۱٬۲۵۰ کالا");
        assert_eq!(goods(Lang::En, 1), "One item");
        assert_eq!(goods(Lang::En, 1_250), "1,250 items");
    }

    #[test]
    fn a_missing_key_is_shown_not_hidden() {
        assert_eq!(sample().text(Lang::En, "goodbye", &[]), "«goodbye»");
    }

    #[test]
    fn a_sound_catalogue_has_no_faults() {
        assert_eq!(sample().check(), Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_fault_is_named() {
        let words = Words::new(
            "sample",
            "only-fa = تنها\nkaf = كتاب\ndigit = 3 روز\nsame = Label\nvars = { $a } روز\nmark = چرا?\n",
            "kaf = Book\ndigit = Three days\nsame = Label\nvars = { $b } days\nonly-en = Alone\nmark = Why?\n",
        );
        let faults = words.check().join("\n");
        for part in [
            "only-fa",
            "only-en",
            "Arabic",
            "Latin digit",
            "same",
            "vars",
            "mark",
        ] {
            assert!(faults.contains(part), "{part} is not in:\n{faults}");
        }
    }

    #[test]
    fn our_own_words_are_sound() {
        assert_eq!(crate::WORDS.check(), Vec::<String>::new());
        let found = scan(env!("CARGO_MANIFEST_DIR")).unwrap();
        assert_eq!(found, Scan::default());
    }
}
