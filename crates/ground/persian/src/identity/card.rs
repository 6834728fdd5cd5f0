use super::{all_digits, compact, values};

/// Whether this is a bank card's number: sixteen digits that pass Luhn's check.
///
/// Card numbers are never stored; this serves to tell someone that a card's
/// number stands where a Sheba was asked for.
pub fn card_is_valid(text: &str) -> bool {
    let digits = compact(text);
    if digits.len() != 16 || !all_digits(&digits) || digits.starts_with('0') {
        return false;
    }
    let sum: u32 = values(&digits)
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit) {
            (0, 5..) => digit * 2 - 9,
            (0, _) => digit * 2,
            _ => digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        assert!(card_is_valid("4111 1111 1111 1111"));
        assert!(card_is_valid("۴۱۱۱-۱۱۱۱-۱۱۱۱-۱۱۱۱"));
        assert!(!card_is_valid("4111 1111 1111 1112"));
        assert!(!card_is_valid("411111111111111"));
        assert!(!card_is_valid("0000000000000000"));
        assert!(!card_is_valid(""));
    }
}
