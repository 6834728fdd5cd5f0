use super::{DateFault, months};
use crate::words::{from_words, word_value};

/// A number and with how many digits it was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub value: u32,
    pub digits: usize,
}

impl Number {
    /// Its value when it has one or two digits.
    pub fn short(self) -> Option<u8> {
        u8::try_from(self.value).ok().filter(|_| self.digits <= 2)
    }
}

/// The parts of a date in the order written, before anyone says which is which.
pub(super) enum Written {
    /// Three numbers.
    Numbers([Number; 3]),
    /// A named Jalali month among two numbers.
    Jalali {
        month: u8,
        first: Number,
        second: Number,
    },
    /// A named Gregorian month among two numbers.
    Gregorian {
        month: u8,
        first: Number,
        second: Number,
    },
}

/// Longer texts are no dates; this also bounds the work.
const LONGEST: usize = 200;

pub(super) fn read(text: &str) -> Result<Written, DateFault> {
    if text.len() > LONGEST {
        return Err(DateFault::NotUnderstood);
    }
    let text = crate::fold(text);
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let tokens = tokens(without_time(&text)).ok_or(DateFault::NotUnderstood)?;
    parts(&tokens).ok_or(DateFault::NotUnderstood)
}

/// Cuts off a time of day: `1358-12-24 00:00:00`, `1979-03-15T00:00:00Z`.
fn without_time(text: &str) -> &str {
    let Some(before) = text.find(':').and_then(|colon| text.get(..colon)) else {
        return text;
    };
    before
        .rfind([' ', 't'])
        .and_then(|end| text.get(..end))
        .unwrap_or(text)
}

/// Runs of digits and of letters; `None` when other signs stand between them.
fn tokens(text: &str) -> Option<Vec<&str>> {
    let kind = |c: char| match c {
        '0'..='9' => Some(1),
        ' ' | '/' | '\\' | '-' | '.' | ',' | '،' | '_' | '(' | ')' | '\'' => Some(0),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '’' | '٫' => Some(0),
        c if c.is_alphabetic() => Some(2),
        _ => None,
    };
    let mut found = Vec::new();
    let mut open: Option<(usize, i32)> = None;
    for (at, c) in text.char_indices() {
        let kind = kind(c)?;
        if let Some((start, _)) = open.filter(|&(_, of)| of != kind) {
            found.push(text.get(start..at)?);
            open = None;
        }
        if kind != 0 && open.is_none() {
            open = Some((at, kind));
        }
    }
    if let Some((start, _)) = open {
        found.push(text.get(start..)?);
    }
    Some(found)
}

fn parts(tokens: &[&str]) -> Option<Written> {
    let mut numbers: Vec<Number> = Vec::new();
    let (mut jalali, mut gregorian) = (None, None);
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        rest = after;
        if after.first() == Some(&"شنبه") && is_weekday_number(token) {
            // «پنج شنبه» in two words is a weekday, not a five.
            continue;
        }
        if let Some(number) = digits(token) {
            numbers.push(number?);
        } else if let Some(month) = months::jalali(token) {
            set_once(&mut jalali, month)?;
        } else if let Some(month) = months::gregorian(token) {
            set_once(&mut gregorian, month)?;
        } else if months::is_weekday(token) || months::is_filler(token) {
        } else {
            let (number, after) = spelled(token, after)?;
            numbers.push(number);
            rest = after;
        }
    }
    match (numbers.as_slice(), jalali, gregorian) {
        (&[a, b, c], None, None) => Some(Written::Numbers([a, b, c])),
        (&[one], None, None) => unseparated(one),
        (&[first, second], Some(month), None) => Some(Written::Jalali {
            month,
            first,
            second,
        }),
        (&[first, second], None, Some(month)) => Some(Written::Gregorian {
            month,
            first,
            second,
        }),
        _ => None,
    }
}

fn set_once(month: &mut Option<u8>, value: u8) -> Option<()> {
    month.replace(value).is_none().then_some(())
}

fn is_weekday_number(token: &str) -> bool {
    matches!(
        token,
        "1" | "2" | "3" | "4" | "5" | "یک" | "دو" | "سه" | "چهار" | "پنج"
    )
}

/// `None` for a word, `Some(None)` for more digits than any part of a date has.
fn digits(token: &str) -> Option<Option<Number>> {
    token.starts_with(|c: char| c.is_ascii_digit()).then(|| {
        let value = token.parse().ok().filter(|_| token.len() <= 8)?;
        Some(Number {
            value,
            digits: token.len(),
        })
    })
}

/// `13581224` or `24121358`.
fn unseparated(number: Number) -> Option<Written> {
    if number.digits != 8 {
        return None;
    }
    let part = |value: u32, digits| Number { value, digits };
    let is_year = |value| (1000..=2100).contains(&value);
    let (head, tail) = (number.value / 10_000, number.value % 10_000);
    if is_year(head) {
        return Some(Written::Numbers([
            part(head, 4),
            part(tail / 100, 2),
            part(tail % 100, 2),
        ]));
    }
    is_year(tail).then_some(Written::Numbers([
        part(head / 100, 2),
        part(head % 100, 2),
        part(tail, 4),
    ]))
}

/// A number in words, plain or ordinal: «بیست و چهارم», «هزار و سیصد و پنجاه و هشت».
fn spelled<'a, 'b>(first: &str, after: &'a [&'b str]) -> Option<(Number, &'a [&'b str])> {
    let (word, mut is_last) = cardinal(first)?;
    let mut phrase = word.to_owned();
    let mut rest = after;
    while !is_last {
        let (joined, following) = match rest {
            ["و", next, following @ ..] => (cardinal(next), following),
            // «هزار سیصد»; two words without «و» else are two numbers.
            [next, following @ ..] if phrase.ends_with("هزار") || *next == "هزار" => {
                (cardinal(next), following)
            }
            _ => break,
        };
        let (word, ends) = joined?;
        phrase.push_str(" و ");
        if word == "هزار" {
            phrase.truncate(phrase.len() - " و ".len() + 1);
        }
        phrase.push_str(word);
        (rest, is_last) = (following, ends);
    }
    let value = u32::try_from(from_words(&phrase)?)
        .ok()
        .filter(|&value| value < 10_000)?;
    let digits = if value < 100 {
        2
    } else {
        value.to_string().len()
    };
    Some((Number { value, digits }, rest))
}

/// The plain word of a number word, and whether it was ordinal and so ends the number.
fn cardinal(word: &str) -> Option<(&str, bool)> {
    match word {
        "اول" | "نخست" => return Some(("یک", true)),
        "سوم" => return Some(("سه", true)),
        _ => {}
    }
    if word_value(word).is_some() {
        return Some((word, false));
    }
    ["ام", "م"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|plain| word_value(plain).is_some())
        .map(|plain| (plain, true))
}
