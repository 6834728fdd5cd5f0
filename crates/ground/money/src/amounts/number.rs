use super::AmountFault;

/// Numbers are held in millionths, so that «2.5 میلیون» stays exact.
pub(super) const ONE: i128 = 1_000_000;

/// More digits than any amount has; the sum below stays far inside `i128`.
const MOST_DIGITS: usize = 24;

/// The value of digits with separators, in millionths.
pub(super) fn value(digits: &str, is_before_scale: bool) -> Result<i128, AmountFault> {
    if let Some(whole) = in_thousands(digits, is_before_scale) {
        return scaled(&whole, "");
    }
    let is_mark = |c: char| match c {
        '.' | '٫' => true,
        // Elsewhere these group thousands, and then wrongly.
        '/' | ',' | '،' => is_before_scale,
        _ => false,
    };
    let (whole, fraction) = match digits.rfind(|c: char| !c.is_ascii_digit()) {
        None => (digits, ""),
        Some(at) => {
            let (whole, rest) = digits.split_at(at);
            (
                whole,
                rest.strip_prefix(is_mark).ok_or(AmountFault::NotANumber)?,
            )
        }
    };
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return scaled(whole, fraction);
    }
    scaled(
        &in_thousands(whole, true).ok_or(AmountFault::NotANumber)?,
        fraction,
    )
}

/// The digits alone when every group behind the first has three of them.
fn in_thousands(digits: &str, is_before_scale: bool) -> Option<String> {
    let signs: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_grouping = match signs.as_slice() {
        [] => return None,
        // One point is a decimal mark before a scale or behind a zero.
        ['.' | '/'] => !is_before_scale && !digits.starts_with('0'),
        [first @ ('.' | '/'), rest @ ..] => rest.iter().all(|sign| sign == first),
        signs => signs
            .iter()
            .all(|sign| matches!(sign, ',' | '٬' | '،' | '\'' | '’' | '_' | ' ')),
    };
    let mut groups = digits.split(|c: char| !c.is_ascii_digit());
    let is_whole = is_grouping
        && groups
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3);
    is_whole.then(|| digits.chars().filter(char::is_ascii_digit).collect())
}

fn scaled(whole: &str, fraction: &str) -> Result<i128, AmountFault> {
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if whole.len() > MOST_DIGITS {
        return Err(AmountFault::TooLarge);
    }
    if fraction.len() > 6 {
        return Err(AmountFault::NotANumber);
    }
    format!("0{whole}{fraction:0<6}")
        .parse()
        .map_err(|_| AmountFault::NotANumber)
}
