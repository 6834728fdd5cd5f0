//! Words and fields that several pages of this room show.

use std::fmt::Display;

use maud::{Markup, html};
use persian::digits::local_digits;
use persian::{Jalali, Phone};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use crate::WORDS;

/// The word of a stored code: `gender-female`.
pub(crate) fn word(p: &Page, prefix: &str, code: impl Display) -> String {
    let code = code.to_string().replace('_', "-");
    p.t(&WORDS, &format!("{prefix}-{code}"))
}

/// Codes with their words, for a list of choices.
pub(crate) fn options<T: Copy + Display>(
    p: &Page,
    prefix: &str,
    all: &[T],
) -> Vec<(String, String)> {
    all.iter()
        .map(|code| (code.to_string(), word(p, prefix, *code)))
        .collect()
}

/// A Jalali year in the page's digits, without grouping.
pub(crate) fn year(p: &Page, day: persian::Date) -> String {
    local_digits(&Jalali::from(day).year.to_string(), p.lang)
}

/// The age in whole years today.
pub(crate) fn age(p: &Page, birth: persian::Date) -> i64 {
    let (birth, today) = (Jalali::from(birth), Jalali::from(p.now.date()));
    let had_birthday = (today.month, today.day) >= (birth.month, birth.day);
    i64::from(today.year - birth.year) - i64::from(!had_birthday)
}

/// A stored number as people here dial it.
pub(crate) fn dialled(stored: &str) -> String {
    match Phone::parse(stored) {
        Ok(Phone::Mobile(mobile)) => mobile.local(),
        Ok(Phone::Landline(landline)) => landline.local(),
        Err(_) => String::new(),
    }
}

/// One form as typed, with what is wrong.
pub(crate) struct Fields<'a> {
    pub p: &'a Page,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

impl Fields<'_> {
    fn label(&self, name: &str) -> String {
        let name = name.replace('_', "-");
        self.p.t(&WORDS, &format!("field-{name}"))
    }

    /// A field whose label is `field-NAME`; `hint` is a whole key.
    pub fn text(&self, name: &str, kind: Kind, required: bool, hint: Option<&str>) -> Markup {
        let field = Field {
            hint: hint.map(|key| self.p.t(&WORDS, key)),
            ..self.field(name, kind, required)
        };
        parts::field(self.p, field)
    }

    pub fn day(&self, name: &str, required: bool) -> Markup {
        parts::date_text_field(self.p, self.field(name, Kind::Text, required))
    }

    pub fn money(&self, name: &str) -> Markup {
        parts::money_field(self.p, self.field(name, Kind::Numeric, false))
    }

    fn field<'b>(&'b self, name: &'b str, kind: Kind, required: bool) -> Field<'b> {
        Field {
            name,
            label: self.label(name),
            value: self.form.raw(name),
            error: self.errors.get(name),
            kind,
            required,
            ..Field::default()
        }
    }

    pub fn select(&self, name: &str, options: Vec<(String, String)>, required: bool) -> Markup {
        parts::select(self.p, self.choice(name, options, required))
    }

    pub fn radios(&self, name: &str, options: Vec<(String, String)>, required: bool) -> Markup {
        parts::radios(self.p, self.choice(name, options, required))
    }

    pub fn checkboxes(&self, name: &str, options: Vec<(String, String)>) -> Markup {
        let chosen: Vec<&str> = self.form.all(name).iter().map(String::as_str).collect();
        parts::checkboxes(self.p, self.choice(name, options, false), &chosen)
    }

    fn choice<'b>(
        &'b self,
        name: &'b str,
        options: Vec<(String, String)>,
        required: bool,
    ) -> Choice<'b> {
        Choice {
            name,
            label: self.label(name),
            value: self.form.raw(name),
            error: self.errors.get(name),
            options,
            required,
            ..Choice::default()
        }
    }
}

/// Something less often needed, folded until it is opened; open when something in it is wrong.
pub(crate) fn folded(title: &str, is_open: bool, body: Markup) -> Markup {
    html! { details.more open[is_open] { summary { (title) } (body) } }
}
