//! Numbers in words, and back.

mod english;
mod reading;
mod writing;

pub use reading::{from_words, word_value};

use crate::Lang;

/// A number in words: «یک میلیون و دویست هزار», "one million two hundred thousand".
pub fn in_words(number: i64, lang: Lang) -> String {
    let (zero, minus) = match lang {
        Lang::Fa => ("صفر", "منفی "),
        Lang::En => ("zero", "minus "),
    };
    if number == 0 {
        return zero.to_owned();
    }
    let words = match lang {
        Lang::Fa => writing::persian(number.unsigned_abs()),
        Lang::En => english::english(number.unsigned_abs()),
    };
    if number < 0 {
        format!("{minus}{words}")
    } else {
        words
    }
}

/// Cuts a number into groups of three digits, largest first, each with the
/// power of a thousand it stands for (0 for units). Empty groups are left out.
fn groups(number: u64) -> Vec<(u64, usize)> {
    let mut rest = number;
    let mut groups = Vec::new();
    for power in 0.. {
        if rest == 0 {
            break;
        }
        let group = rest % 1000;
        if group > 0 {
            groups.push((group, power));
        }
        rest /= 1000;
    }
    groups.reverse();
    groups
}

#[cfg(test)]
mod tests;
