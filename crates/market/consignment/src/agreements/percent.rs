//! A share as people type it, in percent, and as it is kept, in basis points.

/// Basis points of a typed percentage: up to two digits behind the mark, in any digits, with or
/// without its sign. None when it is not between 0 and 100.
pub(super) fn read(typed: &str) -> Option<i64> {
    let text = persian::latin_digits(typed);
    let text = text.trim().trim_end_matches(['%', '٪']).trim_end();
    let (whole, part) = text.split_once(['.', '٫', ',', '/']).unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| {
        let is_number =
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten()
    };
    let scale = if part.len() == 1 { 10 } else { 1 };
    let points = digits(whole, 3)? * 100 + digits(part, 2)? * scale;
    (points <= 10_000).then_some(points)
}

/// The percentage of basis points, as a field shows it: `15` or `15.5`.
pub(super) fn typed(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_in_any_digits_to_two_places() {
        for (typed, points) in [
            ("15", Some(1_500)),
            ("۱۵٫۵", Some(1_550)),
            ("15.05", Some(1_505)),
            (" 0 ", Some(0)),
            ("۱۰۰٪", Some(10_000)),
            ("12/25", Some(1_225)),
            ("100.01", None),
            ("101", None),
            ("-1", None),
            ("", None),
            (".", None),
            ("15.", None),
            ("15.555", None),
            ("9999999999", None),
            ("x", None),
            ("۱۵\u{202e}", None),
        ] {
            assert_eq!(read(typed), points, "{typed}");
        }
    }

    #[test]
    fn what_a_field_shows_is_read_as_it_was() {
        for points in 0..=10_000 {
            assert_eq!(read(&typed(points)), Some(points));
        }
    }
}
