//! Names: tidied, and a full name cut in two.

use persian::{fold, fold_tokens};

use crate::import::numbers::is_nothing;

/// A name as stored: cleaned, without marks around it; `None` when the cell
/// holds no letters or a word for nothing.
pub(in crate::import) fn name(text: &str) -> Option<String> {
    let name = text.trim_matches(|c: char| !c.is_alphabetic() && c != ')' && c != '(');
    let has_letters = name.chars().any(char::is_alphabetic);
    (has_letters && !is_nothing(name)).then(|| name.to_owned())
}

/// Titles before a name.
const TITLES: &[&str] = &[
    "خانم",
    "اقای",
    "اقا",
    "سرکار",
    "جناب",
    "بانو",
    "mr",
    "mrs",
    "ms",
    "miss",
];
/// First parts that begin a given name of two words.
const STARTS: &[&str] = &["سید", "سیده", "حاج", "حاجیه", "ملا", "میر"];
/// Words that end a given name begun by another.
const ENDS: &[&str] = &[
    "سادات",
    "السادات",
    "بیگم",
    "خاتون",
    "بانو",
    "الملوک",
    "الدین",
];
/// Given names that often go in pairs: «محمد رضا», «فاطمه زهرا».
const PAIRED: &[&str] = &["محمد", "علی", "امیر", "غلام", "عبد", "فاطمه"];
const SECONDS: &[&str] = &[
    "رضا",
    "علی",
    "حسین",
    "حسن",
    "مهدی",
    "جواد",
    "تقی",
    "امین",
    "صادق",
    "کاظم",
    "باقر",
    "اکبر",
    "اصغر",
    "عباس",
    "ابراهیم",
    "اسماعیل",
    "یاسین",
    "طاها",
    "زهرا",
    "الله",
    "الرضا",
    "الحسین",
];

/// Ends of family names, never one alone: «علی زاده», «نیک پور».
const FAMILY_ENDS: &[&str] = &[
    "زاده", "پور", "نژاد", "نیا", "فر", "وند", "خواه", "دوست", "منش", "تبار", "یان",
];

/// Cuts a full name into given name and family name.
///
/// «سیده زهرا حسینی», «محمد رضا کریمی», «حسینی، زهرا» and names written with
/// the family name first (`is_last_first`) are understood. With one word there
/// is no family name.
pub(in crate::import) fn split(
    full: &str,
    is_last_first: bool,
) -> (Option<String>, Option<String>) {
    let (full, is_last_first) = match full.split_once(['،', ',']) {
        Some((last, first)) => (format!("{last} {first}"), true),
        None => (full.to_owned(), is_last_first),
    };
    let mut words: Vec<&str> = full.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 2 && is_one_of(words[0], TITLES) {
        words.remove(0);
    }
    let given = if is_last_first {
        given_at_end(&words)
    } else {
        given_at_start(&words)
    };
    let (first, last) = if is_last_first {
        let (last, first) = words.split_at(words.len() - given);
        (first, last)
    } else {
        words.split_at(given)
    };
    (name(&first.join(" ")), name(&last.join(" ")))
}

/// How many words from the start belong to the given name.
fn given_at_start(words: &[&str]) -> usize {
    let most = words
        .len()
        .saturating_sub(1)
        .max(usize::from(!words.is_empty()));
    let mut given = 1;
    if words.first().is_some_and(|word| is_one_of(word, STARTS)) {
        given += 1;
    }
    let pairs = words
        .get(given - 1)
        .is_some_and(|word| is_one_of(word, PAIRED))
        && words
            .get(given)
            .is_some_and(|word| is_one_of(word, SECONDS))
        && !words
            .get(given + 1)
            .is_some_and(|word| is_one_of(word, FAMILY_ENDS));
    if (pairs && words.len() > given + 1)
        || words.get(given).is_some_and(|word| is_one_of(word, ENDS))
    {
        given += 1;
    }
    given.min(most)
}

/// The same for names whose given name stands last.
fn given_at_end(words: &[&str]) -> usize {
    let most = words
        .len()
        .saturating_sub(1)
        .max(usize::from(!words.is_empty()));
    let at = |back: usize| {
        words
            .len()
            .checked_sub(back)
            .and_then(|index| words.get(index))
    };
    let mut given = 1;
    let ends = at(1).is_some_and(|word| is_one_of(word, ENDS));
    let pairs = at(2).is_some_and(|word| is_one_of(word, PAIRED))
        && at(1).is_some_and(|word| is_one_of(word, SECONDS));
    if ends || (pairs && words.len() > 2) {
        given += 1;
    }
    if at(given + 1).is_some_and(|word| is_one_of(word, STARTS)) {
        given += 1;
    }
    given.min(most)
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.contains(&fold(word).as_str())
}

/// The key under which spellings of one name are alike: letters alone.
pub(in crate::import) fn key(name: &str) -> String {
    fold_tokens(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(full: &str, is_last_first: bool) -> (String, String) {
        let (first, last) = split(full, is_last_first);
        (first.unwrap_or_default(), last.unwrap_or_default())
    }

    #[test]
    fn a_full_name_is_cut_where_people_cut_it() {
        for (full, first, last) in [
            ("زهرا حسینی", "زهرا", "حسینی"),
            ("سیده زهرا حسینی", "سیده زهرا", "حسینی"),
            ("محمد رضا کریمی", "محمد رضا", "کریمی"),
            ("محمد کریمی نژاد", "محمد", "کریمی نژاد"),
            ("زینب سادات موسوی", "زینب سادات", "موسوی"),
            ("خانم زهرا حسینی", "زهرا", "حسینی"),
            ("علی رضا", "علی", "رضا"),
            ("فاطمه علی زاده", "فاطمه", "علی زاده"),
            ("حسینی، زهرا", "زهرا", "حسینی"),
            ("زهرا", "زهرا", ""),
            ("", "", ""),
        ] {
            assert_eq!(
                cut(full, false),
                (first.to_owned(), last.to_owned()),
                "{full}"
            );
        }
        assert_eq!(
            cut("کریمی نژاد محمد رضا", true),
            ("محمد رضا".to_owned(), "کریمی نژاد".to_owned())
        );
        assert_eq!(
            cut("موسوی سیده زهرا", true),
            ("سیده زهرا".to_owned(), "موسوی".to_owned())
        );
    }

    #[test]
    fn a_cell_without_letters_is_no_name() {
        for text in ["", "-", "123", "...", "ندارد", "#"] {
            assert_eq!(name(text), None, "{text}");
        }
        assert_eq!(name("زهرا."), Some("زهرا".to_owned()));
    }
}
