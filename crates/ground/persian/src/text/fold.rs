use super::{ZWNJ, clean};
use crate::digits::digit_value;

/// The search key of a text, the same function for index and query.
///
/// On top of [`clean`]: ی ئ ى ي are one letter, so are ک ك, ه ة ۀ, ا آ أ إ ٱ
/// and و ؤ; a lone hamza, every mark and the half-space are gone, digits are
/// ASCII, Latin letters lower case. Spaces stay single. Folding twice changes
/// nothing.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in clean(text).chars().flat_map(char::to_lowercase) {
        if let Some(c) = fold_letter(c) {
            let is_second_space = c == ' ' && (key.is_empty() || key.ends_with(' '));
            if !is_second_space {
                key.push(c);
            }
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// [`fold`] with no space left: «می‌رود», «می رود» and «میرود» are one key.
///
/// Keep this beside [`fold`] where words written joined or apart must be found.
pub fn fold_spaceless(text: &str) -> String {
    fold(text).chars().filter(|&c| c != ' ').collect()
}

/// The folded words of a text, without punctuation, in their order.
pub fn fold_tokens(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A wider key for a lower rank: letters that sound alike in Persian are one.
///
/// On top of [`fold_spaceless`]: س ص ث, ز ذ ض ظ, ت ط, ق غ and ه ح.
pub fn sounds(text: &str) -> String {
    fold_spaceless(text)
        .chars()
        .map(|c| match c {
            'ص' | 'ث' => 'س',
            'ذ' | 'ض' | 'ظ' => 'ز',
            'ط' => 'ت',
            'غ' => 'ق',
            'ح' => 'ه',
            c => c,
        })
        .collect()
}

fn fold_letter(c: char) -> Option<char> {
    if let Some(digit) = digit_value(c) {
        return Some(char::from(b'0' + digit));
    }
    match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => Some('ا'),
        'ؤ' => Some('و'),
        // Also the Urdu, Kurdish and Uighur twins that some keyboards give.
        'ئ' | 'ى' | 'ي' | 'ې' | 'ے' | 'ۍ' | 'ێ' => Some('ی'),
        'ك' | 'ڪ' => Some('ک'),
        'ة' | 'ۀ' | 'ہ' | 'ۂ' | 'ۃ' | 'ھ' | 'ە' => Some('ه'),
        'ء' | ZWNJ | '\u{200D}' => None,
        // Hamza and madda above or below, superscript alef, Quranic marks,
        // and the accents of Latin letters typed apart.
        '\u{0610}'..='\u{061A}' | '\u{0653}'..='\u{065F}' | '\u{0670}' => None,
        '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' => None,
        '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_of_one_family_are_one() {
        assert_eq!(fold("آأإٱا"), "ااااا");
        assert_eq!(fold("يىئی كک ةۀه ؤو"), "یییی کک ههه وو");
        assert_eq!(fold("خانهٔ مسئول انشاء"), "خانه مسیول انشا");
        assert_eq!(fold("رحمٰن مُحَمَّـد"), "رحمن محمد");
    }

    #[test]
    fn digits_and_latin_letters_have_one_form() {
        assert_eq!(fold("کد ۱۲٣٤5 ABC"), "کد 12345 abc");
    }

    #[test]
    fn a_word_is_found_joined_half_joined_or_apart() {
        for text in ["می\u{200C}رود", "می رود", "میرود"] {
            assert_eq!(fold_spaceless(text), "میرود");
        }
        assert_eq!(fold("کتاب\u{200C}ها"), "کتابها");
    }

    #[test]
    fn words_come_without_punctuation() {
        assert_eq!(
            fold_tokens("«ترشی»، مربا (خانگی) ۱۲"),
            ["ترشی", "مربا", "خانگی", "12"]
        );
        assert!(fold_tokens(" -!").is_empty());
    }

    #[test]
    fn words_that_sound_alike_share_a_key() {
        assert_eq!(sounds("صغری"), sounds("سقری"));
        assert_eq!(sounds("طاهره"), sounds("تاحره"));
        assert_eq!(sounds("رضا ذاکر"), sounds("رظا زاکر"));
        assert_ne!(sounds("مریم"), sounds("مینا"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*|[اآأيىكکءئؤۀ ٔٓ\u{200C}\u{200D}\u{64B}\u{654}\u{655}ﷺİß \n]*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert_eq!(fold(&clean(&text)), once);
        }

        #[test]
        fn no_key_holds_a_space_or_half_space(text in any::<String>()) {
            prop_assert!(!fold_spaceless(&text).contains([' ', ZWNJ]));
        }
    }
}
