use persian::words::word_value;

use super::AmountFault;
use super::number::{ONE, value};
use super::tokens::Token;
use crate::Unit;

/// The amount in rials that the tokens say.
pub(super) fn read(tokens: &[Token<'_>], default: Unit) -> Result<i128, AmountFault> {
    let (unit_in_front, tokens) = match tokens {
        [Token::Word("مبلغ"), rest @ ..] => (None, rest),
        [Token::Word(word), rest @ ..] => match Unit::named(word) {
            Some(unit) => (Some(unit), rest),
            None => (None, tokens),
        },
        _ => (None, tokens),
    };
    let mut amount = Amount::default();
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        rest = match *token {
            Token::Digits(digits) => {
                let is_before_scale =
                    matches!(after, [Token::Word(word), ..] if scale(word).is_some());
                amount.number(value(digits, is_before_scale)?)?;
                after
            }
            Token::Word("و") => {
                amount.join()?;
                after
            }
            Token::Word(word) => {
                if let Some(scale) = scale(word) {
                    amount.scale(scale)?;
                    after
                } else if let Some(unit) = Unit::named(word).filter(|_| unit_in_front.is_none()) {
                    amount.unit(unit)?;
                    after
                } else {
                    let (number, after) = small_number(rest)?;
                    amount.number(i128::from(number) * ONE)?;
                    after
                }
            }
        };
    }
    amount.finish(unit_in_front.unwrap_or(default))
}

/// A word that multiplies what stands before it.
fn scale(word: &str) -> Option<i128> {
    match word {
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        _ => word_value(word)
            .map(i128::from)
            .filter(|&value| value >= 1000),
    }
}

/// A number below a thousand in words, such as «دویست و پنجاه», and what follows it.
fn small_number<'a, 'b>(tokens: &'a [Token<'b>]) -> Result<(i64, &'a [Token<'b>]), AmountFault> {
    let is_small = |word: &str| word_value(word).is_some_and(|value| value < 1000);
    let mut phrase: Vec<&str> = Vec::new();
    let mut rest = tokens;
    loop {
        rest = match rest {
            [Token::Word(word), after @ ..] if is_small(word) => {
                phrase.push(word);
                after
            }
            [Token::Word("و"), Token::Word(word), after @ ..]
                if !phrase.is_empty() && is_small(word) =>
            {
                phrase.extend(["و", word]);
                after
            }
            _ => break,
        };
    }
    let number = persian::from_words(&phrase.join(" ")).ok_or(AmountFault::NotANumber)?;
    Ok((number, rest))
}

/// What has been read so far. All numbers are in millionths.
#[derive(Default)]
struct Amount {
    /// Parts whose unit has been read, in rials.
    rials: i128,
    has_unit: bool,
    /// Multiples of the scales read so far.
    scaled: i128,
    last_scale: Option<i128>,
    /// The number that waits for a scale or a unit.
    open: Option<i128>,
    is_joined: bool,
}

impl Amount {
    fn has_part(&self) -> bool {
        self.open.is_some() || self.last_scale.is_some()
    }

    fn number(&mut self, number: i128) -> Result<(), AmountFault> {
        self.is_joined = false;
        match self.open.replace(number) {
            None => Ok(()),
            Some(_) => Err(AmountFault::NotANumber),
        }
    }

    fn join(&mut self) -> Result<(), AmountFault> {
        let follows = (self.has_part() || self.has_unit) && !self.is_joined;
        self.is_joined = true;
        follows.then_some(()).ok_or(AmountFault::NotANumber)
    }

    fn scale(&mut self, scale: i128) -> Result<(), AmountFault> {
        let is_broken = self.is_joined && self.open.is_some();
        if is_broken || self.last_scale == Some(scale) {
            return Err(AmountFault::NotANumber);
        }
        self.is_joined = false;
        let open = self.open.take();
        let scaled = if self.last_scale.is_some_and(|last| scale > last) {
            // «دو هزار میلیارد»: the larger scale takes all before it.
            self.scaled
                .checked_add(open.unwrap_or(0))
                .and_then(|all| all.checked_mul(scale))
        } else {
            let part = open.unwrap_or(ONE).checked_mul(scale);
            part.and_then(|part| part.checked_add(self.scaled))
        };
        self.scaled = scaled.ok_or(AmountFault::TooLarge)?;
        self.last_scale = Some(scale);
        Ok(())
    }

    fn unit(&mut self, unit: Unit) -> Result<(), AmountFault> {
        if !self.has_part() || self.is_joined {
            return Err(AmountFault::NotANumber);
        }
        self.last_scale = None;
        let part = std::mem::take(&mut self.scaled).checked_add(self.open.take().unwrap_or(0));
        let rials = part.and_then(|part| part.checked_mul(unit.rials().into()));
        self.rials = rials
            .and_then(|rials| rials.checked_add(self.rials))
            .ok_or(AmountFault::TooLarge)?;
        self.has_unit = true;
        Ok(())
    }

    fn finish(mut self, default: Unit) -> Result<i128, AmountFault> {
        if self.has_unit == self.has_part() || self.is_joined {
            // Nothing at all, or a number without unit behind one that has it.
            return Err(AmountFault::NotANumber);
        }
        if self.has_part() {
            self.unit(default)?;
        }
        if self.rials % ONE == 0 {
            Ok(self.rials / ONE)
        } else {
            Err(AmountFault::NotANumber)
        }
    }
}
