//! Reading typed fields: each fault becomes a sentence at its field, and reading goes on.

use money::{Rial, Unit};
use persian::{Date, DateFault, Lang, Mobile, NationalCode, Phone, Sheba};

use crate::words::Arg;
use crate::{Form, FormErrors, Page, WORDS};

/// Reads the fields of one form. Every method gives `None` when the value is missing or wrong
/// and notes why; ask [`Read::is_good`] at the end.
pub struct Read<'a> {
    form: &'a Form,
    page: &'a Page,
    /// What is wrong so far.
    pub errors: FormErrors,
}

impl Form {
    /// Starts reading.
    pub fn read<'a>(&'a self, page: &'a Page) -> Read<'a> {
        Read {
            form: self,
            page,
            errors: FormErrors::default(),
        }
    }
}

impl Read<'_> {
    /// True when nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }

    /// Notes a fault at a field with a message of this crate.
    fn fault<T>(&mut self, name: &str, key: &str, args: &[(&str, Arg)]) -> Option<T> {
        self.errors.push(name, self.page.tr(&WORDS, key, args));
        None
    }

    /// Notes a fault in the room's own words.
    pub fn wrong<T>(&mut self, name: &str, sentence: String) -> Option<T> {
        self.errors.push(name, sentence);
        None
    }

    /// Cleaned text of 1 to `most` letters.
    pub fn text(&mut self, name: &str, most: usize) -> Option<String> {
        match self.optional_text(name, most)? {
            text if text.is_empty() => self.fault(name, "field-required", &[]),
            text => Some(text),
        }
    }

    /// Cleaned text of at most `most` letters; may be empty.
    pub fn optional_text(&mut self, name: &str, most: usize) -> Option<String> {
        let text = persian::clean(self.form.raw(name));
        let count = text.chars().count();
        if count > most {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            return self.fault(name, "field-too-long", &[("most", most.into())]);
        }
        Some(text)
    }

    /// Cleaned text with its line breaks, for longer notes.
    pub fn note(&mut self, name: &str, most: usize) -> Option<String> {
        let lines = self
            .form
            .raw(name)
            .lines()
            .map(persian::clean)
            .collect::<Vec<_>>();
        let text = lines.join("\n").trim().to_owned();
        if text.chars().count() > most {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            return self.fault(name, "field-too-long", &[("most", most.into())]);
        }
        Some(text)
    }

    /// A whole number between two bounds, in any digits.
    pub fn number(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let typed = persian::latin_digits(self.form.raw(name));
        let typed: String = typed
            .chars()
            .filter(|c| !matches!(c, ',' | '٬' | ' ' | '_'))
            .collect();
        if typed.is_empty() {
            return self.fault(name, "field-required", &[]);
        }
        match typed.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            Ok(_) => {
                let args = [("least", least.into()), ("most", most.into())];
                self.fault(name, "field-out-of-range", &args)
            }
            Err(_) => self.fault(name, "field-not-a-number", &[]),
        }
    }

    /// An amount typed in toman (or with its unit named), more than nothing.
    pub fn toman(&mut self, name: &str) -> Option<Rial> {
        match money::parse_amount(self.form.raw(name), Unit::Toman) {
            Ok(amount) if amount > Rial::ZERO => Some(amount),
            Ok(_) => self.fault(name, "field-amount-positive", &[]),
            Err(money::AmountFault::Empty) => self.fault(name, "field-required", &[]),
            Err(money::AmountFault::Negative) => self.fault(name, "field-amount-positive", &[]),
            Err(money::AmountFault::TooLarge) => self.fault(name, "field-amount-too-large", &[]),
            Err(money::AmountFault::NotANumber) => self.fault(name, "field-not-a-number", &[]),
        }
    }

    /// An amount that may be zero.
    pub fn toman_or_zero(&mut self, name: &str) -> Option<Rial> {
        match money::parse_amount(self.form.raw(name), Unit::Toman) {
            Ok(Rial::ZERO) => Some(Rial::ZERO),
            _ => self.toman(name),
        }
    }

    /// A day in any of the forms people write, as three fields `name.day|month|year` or one.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        match self.optional_date(name)? {
            Some(date) => Some(date),
            None => self.fault(name, "field-required", &[]),
        }
    }

    /// Like [`Read::date`]; may be empty.
    pub fn optional_date(&mut self, name: &str) -> Option<Option<Date>> {
        let part = |part: &str| self.form.raw(&format!("{name}.{part}")).trim();
        let typed = match (part("year"), part("month"), part("day")) {
            ("", "", "") => self.form.raw(name).to_owned(),
            (year, month, day) => format!("{year}/{month}/{day}"),
        };
        match persian::parse_date(&typed, self.page.now.date()) {
            Ok(day) => Some(Some(day.to_date())),
            Err(DateFault::Empty) => Some(None),
            Err(DateFault::NotInCalendar { .. }) => {
                self.fault(name, "field-date-not-in-calendar", &[])
            }
            Err(DateFault::LooksGregorian(_)) => self.fault(name, "field-date-gregorian", &[]),
            Err(_) => self.fault(
                name,
                "field-date-not-understood",
                &[("example", example_date(self.page.lang).into())],
            ),
        }
    }

    /// A national code with a right check digit.
    pub fn national_code(&mut self, name: &str) -> Option<NationalCode> {
        match NationalCode::parse(self.form.raw(name)) {
            Ok(code) => Some(code),
            Err(persian::NationalCodeFault::Empty) => self.fault(name, "field-required", &[]),
            Err(persian::NationalCodeFault::Length) => {
                self.fault(name, "field-national-code-length", &[])
            }
            Err(_) => self.fault(name, "field-national-code-wrong", &[]),
        }
    }

    /// A mobile number.
    pub fn mobile(&mut self, name: &str) -> Option<Mobile> {
        match Phone::parse(self.form.raw(name)) {
            Ok(Phone::Mobile(mobile)) => Some(mobile),
            Ok(Phone::Landline(_)) => self.fault(name, "field-mobile-needed", &[]),
            Err(_) if self.form.raw(name).trim().is_empty() => {
                self.fault(name, "field-required", &[])
            }
            Err(_) => self.fault(
                name,
                "field-phone-wrong",
                &[("example", example_phone(self.page.lang).into())],
            ),
        }
    }

    /// A Sheba with right check digits.
    pub fn sheba(&mut self, name: &str) -> Option<Sheba> {
        match Sheba::parse(self.form.raw(name)) {
            Ok(sheba) => Some(sheba),
            Err(persian::ShebaFault::Empty) => self.fault(name, "field-required", &[]),
            Err(persian::ShebaFault::Length) => self.fault(name, "field-sheba-length", &[]),
            Err(persian::ShebaFault::Checksum) => self.fault(name, "field-sheba-wrong", &[]),
        }
    }

    /// One of the words offered (an enum, an id).
    pub fn choice<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        match self.form.raw(name) {
            "" => self.fault(name, "field-choose", &[]),
            typed => match typed.parse() {
                Ok(value) => Some(value),
                Err(_) => self.fault(name, "field-choose", &[]),
            },
        }
    }

    /// Like [`Read::choice`]; nothing chosen is an answer.
    pub fn optional_choice<T: std::str::FromStr>(&mut self, name: &str) -> Option<Option<T>> {
        if self.form.raw(name).is_empty() {
            return Some(None);
        }
        self.choice(name).map(Some)
    }

    /// True when a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.form.raw(name).is_empty()
    }

    /// Is `field` empty as typed? For fields that may be left out as a whole.
    pub fn is_empty(&self, name: &str) -> bool {
        self.form.raw(name).trim().is_empty()
    }

    /// The language of the asker.
    pub fn lang(&self) -> Lang {
        self.page.lang
    }
}

fn example_date(lang: Lang) -> &'static str {
    match lang {
        Lang::Fa => "۱۳۵۸/۱۲/۲۴",
        Lang::En => "1358/12/24",
    }
}

fn example_phone(lang: Lang) -> &'static str {
    match lang {
        Lang::Fa => "۰۹۰۰۱۲۳۴۵۶۷",
        Lang::En => "09001234567",
    }
}
