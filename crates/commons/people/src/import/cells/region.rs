//! Regions: «۵», «منطقه 5», «م 5», «ناحیه پنج», «شهرداری منطقه پنجم تهران».

use crate::import::numbers::{Piece, is_nothing, pieces};
use crate::import::reference::Regions;

/// What a region cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Region {
    /// Nothing, or a word for nothing.
    None,
    /// A region of the city.
    Number(i64),
    /// No region of this city.
    Unknown,
}

/// Words right before the number of a region.
const NAMES: &[&str] = &["منطقه", "م", "region", "district", "r", "mantaghe"];
/// The same word for a part of a region, used where no region is named.
const PARTS: &[&str] = &["ناحیه"];
/// Words that change nothing.
const AROUND: &[&str] = &[
    "شهرداری",
    "شهر",
    "تهران",
    "شماره",
    "ی",
    "no",
    "number",
    "municipality",
    "tehran",
];

/// Reads a region.
pub(in crate::import) fn region(text: &str, regions: &Regions) -> Region {
    if is_nothing(text) {
        return Region::None;
    }
    if let Some(number) = regions.by_name(text) {
        return Region::Number(number);
    }
    match number_in(text) {
        Some(number) if regions.contains(number) => Region::Number(number),
        _ => Region::Unknown,
    }
}

/// The region a sheet's name or a section's heading speaks of, if just one.
pub(in crate::import) fn region_of_heading(text: &str, regions: &Regions) -> Option<i64> {
    let pieces = pieces(text);
    if pieces.contains(&Piece::Word("تا".to_owned())) {
        return None;
    }
    let numbers = numbers_after(&pieces, &["منطقه", "region", "district"]);
    match numbers.as_slice() {
        [number] if regions.contains(*number) => Some(*number),
        _ => None,
    }
}

fn number_in(text: &str) -> Option<i64> {
    let pieces = pieces(text);
    let numbers: Vec<i64> = pieces
        .iter()
        .filter_map(|piece| {
            if let Piece::Number(number) = piece {
                Some(*number)
            } else {
                None
            }
        })
        .collect();
    let is_plain = pieces.iter().all(|piece| match piece {
        Piece::Number(_) => true,
        Piece::Word(word) => [NAMES, PARTS, AROUND]
            .iter()
            .any(|words| words.contains(&word.as_str())),
    });
    // «منطقه ۱ تا ۵» is no region.
    if numbers.len() == 1 && is_plain {
        return numbers.first().copied();
    }
    if pieces.contains(&Piece::Word("تا".to_owned())) {
        return None;
    }
    [NAMES, PARTS]
        .iter()
        .find_map(|words| match numbers_after(&pieces, words).as_slice() {
            [number] => Some(*number),
            _ => None,
        })
}

/// The numbers that stand right after one of these words.
fn numbers_after(pieces: &[Piece], words: &[&str]) -> Vec<i64> {
    pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [Piece::Word(word), Piece::Number(number)] if words.contains(&word.as_str()) => {
                Some(*number)
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_read_in_words_and_digits() {
        let regions = Regions::numbered(22);
        for text in [
            "5",
            "۵",
            "منطقه 5",
            "منطقه ۵",
            "منطقه۵",
            "م 5",
            "م5",
            "ناحیه ۵",
            "منطقه پنج",
            "منطقه پنجم",
            "پنج",
            "شهرداری منطقه ۵ تهران",
            "تهران - منطقه 5",
            "منطقه ۵ ناحیه ۲",
            "Region 5",
            "District 5",
            "منطقه 05",
            "منطقه ۵ (پونک)",
        ] {
            assert_eq!(region(text, &regions), Region::Number(5), "{text}");
        }
        assert_eq!(region("منطقه بیست و دوم", &regions), Region::Number(22));
    }

    #[test]
    fn what_is_no_region_is_unknown() {
        let regions = Regions::numbered(22);
        for text in [
            "منطقه ۲۵",
            "0",
            "-5 و 6",
            "شهریار",
            "منطقه ۱ تا ۵",
            "99999999999",
            "#",
            "5.5",
        ] {
            assert_eq!(region(text, &regions), Region::Unknown, "{text}");
        }
        assert_eq!(region("", &regions), Region::None);
    }

    #[test]
    fn a_city_may_name_its_regions() {
        let regions = Regions::new([(1, vec!["شمال".to_owned()]), (2, vec![])]);
        assert_eq!(region("شمال", &regions), Region::Number(1));
        assert_eq!(region("3", &regions), Region::Unknown);
    }

    #[test]
    fn a_sheet_name_gives_its_region_when_it_names_one() {
        let regions = Regions::numbered(22);
        assert_eq!(region_of_heading("متقاضیان منطقه ۷", &regions), Some(7));
        assert_eq!(region_of_heading("منطقه ۱ تا ۱۱", &regions), None);
        assert_eq!(region_of_heading("Sheet1", &regions), None);
    }
}
