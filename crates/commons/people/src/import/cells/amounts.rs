//! Counts and money: dependants and monthly income.

use documents::sheets::Cell;
use money::{Unit, parse_amount};
use persian::fold_tokens;

use crate::import::columns::{HeadingUnit, unit_in};
use crate::import::numbers::{Piece, is_nothing, pieces, text_of};

/// What a cell of a number holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Amount {
    /// Nothing, or «-».
    None,
    /// A number within reason.
    Known(i64),
    /// Words, a range, a fraction, something below zero.
    Unreadable,
}

/// More would be a slip of the pen, not a household.
const MOST_DEPENDANTS: i64 = 40;

/// Reads a number of dependants: «۳», «سه نفر», «ندارد».
pub(in crate::import) fn dependants(cell: &Cell) -> Amount {
    if let Cell::Number(number) = cell
        && (number.fract() != 0.0 || *number < 0.0)
    {
        return Amount::Unreadable;
    }
    let text = text_of(cell);
    if is_nothing(&text) {
        return if is_a_word(&text) {
            Amount::Known(0)
        } else {
            Amount::None
        };
    }
    let is_below_zero = text.trim_start().starts_with(['-', '−']) || text.contains(['.', '٫']);
    let pieces = pieces(&text);
    let mut numbers = pieces.iter().filter_map(|piece| match piece {
        Piece::Number(number) => Some(*number),
        Piece::Word(_) => None,
    });
    match (numbers.next(), numbers.next()) {
        (Some(count), None) if !is_below_zero && count <= MOST_DEPENDANTS => Amount::Known(count),
        _ => Amount::Unreadable,
    }
}

/// Reads an income in rials; the cell's own unit wins over the heading's.
pub(in crate::import) fn income(cell: &Cell, heading: HeadingUnit) -> Amount {
    let text = text_of(cell);
    if is_nothing(&text) {
        return if is_a_word(&text) {
            Amount::Known(0)
        } else {
            Amount::None
        };
    }
    let says_scale = fold_tokens(&text)
        .iter()
        .any(|token| matches!(token.as_str(), "هزار" | "میلیون" | "میلیارد"));
    let parsed = if heading.scale.is_empty() || says_scale || unit_in(&text).is_some() {
        parse_amount(&text, heading.unit)
    } else {
        let unit = match heading.unit {
            Unit::Toman => "تومان",
            Unit::Rial => "ریال",
        };
        parse_amount(&format!("{text} {} {unit}", heading.scale), heading.unit)
    };
    parsed.map_or(Amount::Unreadable, |amount| Amount::Known(amount.get()))
}

fn is_a_word(text: &str) -> bool {
    matches!(
        fold_tokens(text).first().map(String::as_str),
        Some(
            "ندارد"
                | "ندارم"
                | "نداره"
                | "ندارند"
                | "بدون"
                | "فاقد"
                | "هیچ"
                | "none"
                | "nil"
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOMAN: HeadingUnit = HeadingUnit {
        unit: Unit::Toman,
        scale: "",
    };

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn dependants_are_counted_in_words_too() {
        for cell in [
            text("3"),
            text("۳"),
            text("٣ نفر"),
            text("سه"),
            Cell::Number(3.0),
        ] {
            assert_eq!(dependants(&cell), Amount::Known(3), "{cell:?}");
        }
        assert_eq!(dependants(&text("ندارد")), Amount::Known(0));
        assert_eq!(dependants(&text("-")), Amount::None);
        for cell in [
            text("-3"),
            text("2.5"),
            text("2 یا 3"),
            text("900"),
            Cell::Number(-1.0),
            Cell::Error("#REF!".into()),
        ] {
            assert_eq!(dependants(&cell), Amount::Unreadable, "{cell:?}");
        }
    }

    #[test]
    fn the_unit_of_the_cell_wins_over_the_heading() {
        assert_eq!(
            income(&text("24,400,000 تومان"), TOMAN),
            Amount::Known(244_000_000)
        );
        assert_eq!(income(&text("٢٧١٠٠٠٠٠"), TOMAN), Amount::Known(271_000_000));
        assert_eq!(
            income(&text("27,100,000 ریال"), TOMAN),
            Amount::Known(27_100_000)
        );
        assert_eq!(
            income(&Cell::Number(25_400_000.0), TOMAN),
            Amount::Known(254_000_000)
        );
        let rial = HeadingUnit {
            unit: Unit::Rial,
            scale: "",
        };
        assert_eq!(
            income(&Cell::Number(25_400_000.0), rial),
            Amount::Known(25_400_000)
        );
    }

    #[test]
    fn the_heading_may_scale() {
        let million = HeadingUnit {
            unit: Unit::Toman,
            scale: "میلیون",
        };
        assert_eq!(income(&text("2.5"), million), Amount::Known(25_000_000));
        assert_eq!(
            income(&Cell::Number(12.0), million),
            Amount::Known(120_000_000)
        );
        assert_eq!(
            income(&text("900 هزار تومان"), million),
            Amount::Known(9_000_000)
        );
    }

    #[test]
    fn amounts_that_are_none_are_not_guessed() {
        assert_eq!(income(&text("ندارد"), TOMAN), Amount::Known(0));
        assert_eq!(income(&text(""), TOMAN), Amount::None);
        for cell in [
            text("متغیر"),
            text("3 تا 5 میلیون"),
            text("-5000"),
            Cell::Number(-5.0),
            Cell::Error("#REF!".into()),
        ] {
            assert_eq!(income(&cell, TOMAN), Amount::Unreadable, "{cell:?}");
        }
    }
}
