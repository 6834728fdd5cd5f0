use icu_normalizer::ComposingNormalizerBorrowed;

use super::ZWNJ;

/// The storage form of one line of text.
///
/// NFC; Arabic ye and kaf written as the Persian letters; letters copied from
/// old PDF files (presentation forms) written as ordinary ones; tatweel,
/// harakat, control characters and everything that changes reading direction
/// removed; any run of white space made one space, none at the ends. The
/// half-space is kept where it stands between two letters. Digits are kept as
/// typed. Cleaning twice changes nothing.
pub fn clean(text: &str) -> String {
    tidy(&letters(text))
}

/// As [`clean`], but keeps line breaks: for notes and addresses.
///
/// Line endings become `\n`, at most one empty line stays between two
/// paragraphs.
pub fn clean_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(clean) {
        let is_second_gap = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !is_second_gap {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

fn letters(text: &str) -> String {
    let compatibility = ComposingNormalizerBorrowed::new_nfkc();
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if is_presentation_form(c) {
            let one = compatibility
                .normalize(c.encode_utf8(&mut [0; 4]))
                .into_owned();
            kept.extend(one.chars().filter(|&c| !is_dropped(c)));
        } else if !is_dropped(c) {
            kept.push(c);
        }
    }
    // Before the letters are unified: Arabic ye with hamza above composes to ئ,
    // Persian ye has no such composition.
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&kept)
        .chars()
        .map(|c| match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            c => c,
        })
        .collect()
}

/// Makes runs of space one and drops half-spaces that separate nothing.
fn tidy(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut waiting = None;
    for c in text.chars() {
        if c.is_whitespace() {
            waiting = Some(' ');
        } else if c == ZWNJ {
            waiting = waiting.or(Some(ZWNJ));
        } else {
            if let Some(gap) = waiting.take()
                && !kept.is_empty()
            {
                kept.push(gap);
            }
            kept.push(c);
        }
    }
    kept
}

/// Arabic letters in fixed shapes, as some PDF readers copy them.
fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_dropped(c: char) -> bool {
    match c {
        // Tatweel and harakat.
        '\u{0640}' | '\u{064B}'..='\u{0652}' => true,
        // Marks, embeddings, overrides and isolates that turn the direction.
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => true,
        '\u{2066}'..='\u{206F}' => true,
        // Invisible: soft hyphen, zero-width space, word joiner, byte order mark.
        '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => true,
        c => c.is_control() && !c.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arabic_ye_and_kaf_become_persian() {
        assert_eq!(clean("علي كريمى"), "علی کریمی");
    }

    #[test]
    fn marks_that_cannot_be_seen_are_removed() {
        assert_eq!(clean("\u{202E}سـَلامٌ\u{202C}\u{200F}\u{0}"), "سلام");
        assert_eq!(clean("\u{FEFF}\u{2067}09121234567\u{2069}"), "09121234567");
    }

    #[test]
    fn spaces_become_one_and_half_spaces_stay_between_letters() {
        assert_eq!(
            clean("  می\u{200C}\u{200C}رود \u{A0}\t به\n خانه \u{200C}"),
            "می\u{200C}رود به خانه"
        );
        assert_eq!(clean("الف \u{200C} ب"), "الف ب");
        assert_eq!(clean(" \u{200C}\u{200E} "), "");
    }

    #[test]
    fn parts_compose() {
        assert_eq!(clean("ا\u{0653}ب"), "آب");
        assert_eq!(clean("مسي\u{0654}ول"), "مسئول");
    }

    #[test]
    fn presentation_forms_become_letters() {
        assert_eq!(clean("ﺳﻼﻡ ﷼"), "سلام ریال");
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(clean_lines("\n يك \r\n\r\n\r\n دو\rسه\n\n"), "یک\n\nدو\nسه");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*|[اآأيىكک ٔٓ\u{200C}\u{200E}\u{64B}\u{654}\u{655}ﷺ \n]*") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
            let once = clean_lines(&text);
            prop_assert_eq!(clean_lines(&once), once);
        }
    }
}
