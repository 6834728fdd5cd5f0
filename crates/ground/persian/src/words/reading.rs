use super::writing::{HUNDREDS, SCALES, TENS, UNITS};
use crate::fold;

/// The value of one Persian number word: «هفتاد» is 70, «میلیون» 1,000,000.
///
/// Spellings of daily use are known («شیش», «هیجده», «ملیون», «بیلیون»).
pub fn word_value(word: &str) -> Option<i64> {
    let word = fold(word);
    let word = match word.as_str() {
        "شیش" => "شش",
        "هیجده" | "هژده" => "هجده",
        "پونزده" => "پانزده",
        "شونزده" => "شانزده",
        "هیفده" => "هفده",
        "یکصد" => "صد",
        "پونصد" => "پانصد",
        "ملیون" => "میلیون",
        "ملیارد" | "بیلیون" => "میلیارد",
        word => word,
    };
    let find = |names: &[&str], step: i64| {
        let at = names
            .iter()
            .position(|&name| !name.is_empty() && name == word)?;
        i64::try_from(at).ok()?.checked_mul(step)
    };
    let scale = || {
        let power = SCALES
            .iter()
            .position(|&name| !name.is_empty() && name == word)?;
        1000_i64.checked_pow(u32::try_from(power).ok()?)
    };
    find(&UNITS, 1)
        .or_else(|| find(&TENS, 10))
        .or_else(|| find(&HUNDREDS, 100))
        .or_else(scale)
}

/// Reads a whole number written in Persian words, as [`super::in_words`] writes
/// it and as people do («یک هزار», «دو هزار میلیارد», without «و»). `None` when
/// it is something else or too large.
pub fn from_words(text: &str) -> Option<i64> {
    let text = fold(text);
    let (is_negative, text) = match text.strip_prefix("منفی ") {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let mut sum = WordSum::default();
    let mut is_joined = false;
    for word in text.split(' ') {
        if word == "و" {
            if is_joined || sum.is_empty() {
                return None;
            }
            is_joined = true;
        } else {
            sum.add(word_value(word)?)?;
            is_joined = false;
        }
    }
    if is_joined || sum.is_empty() {
        return None;
    }
    let total = sum.total()?;
    i64::try_from(if is_negative { -total } else { total }).ok()
}

/// Adds up number words from left to right: «صد» and smaller add, scales multiply.
#[derive(Default)]
struct WordSum {
    done: i128,
    open: Option<i128>,
    last_scale: Option<i128>,
}

impl WordSum {
    fn is_empty(&self) -> bool {
        self.open.is_none() && self.last_scale.is_none()
    }

    /// `None` when it does not go on so, as in «پنج بیست».
    fn add(&mut self, value: i64) -> Option<()> {
        let value = i128::from(value);
        if value < 1000 {
            let room = match self.open {
                None => 1000,
                Some(open) if open % 100 == 0 && open > 0 => 100,
                Some(open) if open % 10 == 0 && open % 100 >= 20 => 10,
                Some(_) => return None,
            };
            let fits = value < room && (value > 0 || self.is_empty());
            self.open = Some(self.open.unwrap_or(0) + fits.then_some(value)?);
            return Some(());
        }
        let open = self.open.take();
        match self.last_scale {
            // «دو هزار میلیارد»: the larger scale takes all before it.
            Some(last) if value > last => {
                self.done = self
                    .done
                    .checked_add(open.unwrap_or(0))?
                    .checked_mul(value)?;
            }
            Some(last) if value == last => return None,
            _ => {
                self.done = self
                    .done
                    .checked_add(open.unwrap_or(1).checked_mul(value)?)?
            }
        }
        self.last_scale = Some(value);
        (open != Some(0) && self.done < i128::from(u64::MAX)).then_some(())
    }

    fn total(&self) -> Option<i128> {
        self.done.checked_add(self.open.unwrap_or(0))
    }
}
