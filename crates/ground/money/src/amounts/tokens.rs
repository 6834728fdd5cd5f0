use super::AmountFault;

/// A piece of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits with the separators between them.
    Digits(&'a str),
    /// Letters.
    Word(&'a str),
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, AmountFault> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length): (fn(_) -> _, _) = if first.is_ascii_digit() {
            (Token::Digits, digits_length(rest))
        } else if first.is_alphabetic() {
            (
                Token::Word,
                rest.find(|c: char| !c.is_alphabetic())
                    .unwrap_or(rest.len()),
            )
        } else {
            return Err(AmountFault::NotANumber);
        };
        let (text, after) = rest.split_at(length);
        found.push(token(text));
        rest = after.trim_start();
    }
    Ok(found)
}

/// How far digits and single separators between them go.
fn digits_length(text: &str) -> usize {
    let mut length = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let goes_on = c.is_ascii_digit()
            || (is_separator(c) && signs.peek().is_some_and(|(_, next)| next.is_ascii_digit()));
        if !goes_on {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | '٬' | '،' | '\'' | '’' | '_' | ' ' | '.' | '٫' | '/'
    )
}
