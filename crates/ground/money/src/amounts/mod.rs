//! Amounts as people type them.

mod number;
mod phrase;
mod tokens;

use crate::{Rial, Unit};

/// Why a text gives no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// Nothing was written, or only a dash.
    #[error("no amount")]
    Empty,
    /// Not an amount in any form known here, or not a whole number of rials.
    #[error("the amount was not understood")]
    NotANumber,
    /// An amount below zero.
    #[error("the amount is negative")]
    Negative,
    /// More than fits in 64 bits of rials.
    #[error("the amount is too large")]
    TooLarge,
}

/// Longer texts are no amounts; this also bounds the work.
const LONGEST: usize = 400;

/// Reads an amount; `default` is the unit when the text names none.
///
/// Understood are digits of any script in groups («24,400,000 تومان»,
/// «۲۴٬۴۰۰٬۰۰۰», «24 400 000», «24.400.000»), decimals before a scale («2.5
/// میلیون تومان», «۲/۵ میلیون»), words («دو میلیون و پانصد هزار تومان»), both
/// mixed («2 میلیون و 500 هزار»), tomans followed by rials, and the unit in
/// front («IRR 500,000»). One point or slash with exactly three digits behind
/// it groups thousands, unless a scale follows; groups of another size are an
/// error, because a lost or doubled digit looks so.
pub fn parse_amount(text: &str, default: Unit) -> Result<Rial, AmountFault> {
    if text.len() > LONGEST {
        return Err(AmountFault::NotANumber);
    }
    let text = persian::fold(text);
    let (is_negative, amount) = without_sign(&text);
    if amount.is_empty() {
        return Err(AmountFault::Empty);
    }
    let rials = phrase::read(&tokens::tokens(amount)?, default)?;
    if is_negative && rials != 0 {
        return Err(AmountFault::Negative);
    }
    i64::try_from(rials)
        .map(Rial::new)
        .map_err(|_| AmountFault::TooLarge)
}

/// Takes off a minus before or behind, «منفی», or the brackets of bookkeepers.
fn without_sign(text: &str) -> (bool, &str) {
    let minus = ['-', '\u{2212}', '\u{2012}', '\u{2013}', '\u{2014}'];
    let bare = text.trim_matches(minus).trim();
    let bare = bare.strip_prefix("منفی ").unwrap_or(bare);
    let inner = bare
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(bare);
    (inner.len() < text.len(), inner.trim())
}

#[cfg(test)]
mod tests;
