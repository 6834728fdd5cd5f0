//! Sorting by the Persian alphabet.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

/// Built once: it only points into data that the program carries.
static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::from(locale!("fa"));
    // «منطقه ۲» comes before «منطقه ۱۰».
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
});

/// Bytes whose order is the Persian order of the texts they come from.
///
/// Store them beside the text and let the database sort by them: both engines
/// then sort alike. Arabic and Persian ye and kaf sort together, numbers sort
/// by their value. The bytes depend on the version of the collation data, so
/// they are rebuilt after an upgrade of it, never sent to others.
pub fn sort_key(text: &str) -> Vec<u8> {
    let text = crate::clean(text);
    let mut key = Vec::with_capacity(text.len() * 2);
    match COLLATOR.as_ref() {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(&text, &mut key);
        }
        // The data is compiled in, so this is not met; plain order is still an order.
        None => key.extend_from_slice(text.as_bytes()),
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_persian() {
        let alphabet: Vec<char> = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی".chars().collect();
        let mut shuffled = alphabet.clone();
        shuffled.sort();
        shuffled.sort_by_key(|c| sort_key(&c.to_string()));
        assert_eq!(shuffled, alphabet);
    }

    #[test]
    fn alef_with_madda_comes_first() {
        assert!(sort_key("آذر") < sort_key("ابراهیم"));
    }

    #[test]
    fn arabic_letters_sort_as_their_persian_twins() {
        assert_eq!(sort_key("علي كريمي"), sort_key("علی کریمی"));
    }

    #[test]
    fn numbers_sort_by_value_in_any_digits() {
        assert!(sort_key("منطقه ۲") < sort_key("منطقه 10"));
        assert!(sort_key("منطقه 10") < sort_key("منطقه ۲۱"));
    }

    #[test]
    fn the_empty_text_comes_first() {
        assert!(sort_key("") < sort_key("ا"));
    }
}
