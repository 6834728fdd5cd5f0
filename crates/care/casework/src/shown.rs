//! Words and small parts that several pages of this room show.

use std::fmt::Display;

use maud::{Markup, html};
use persian::{Date, Jalali, Lang};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use crate::WORDS;
use crate::cases::{Case, NextAction, WaitsFor};

/// The word of a stored code: `stage-selling`.
pub(crate) fn word(p: &Page, prefix: &str, code: impl Display) -> String {
    p.t(
        &WORDS,
        &format!("{prefix}-{}", code.to_string().replace('_', "-")),
    )
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

/// For whom a case waits, by name in the page's language.
pub(crate) fn waits_for(
    p: &Page,
    kind: Option<WaitsFor>,
    (fa, en): (Option<&str>, Option<&str>),
    words: Option<&str>,
) -> Option<String> {
    match kind? {
        WaitsFor::Person => Some(p.t(&WORDS, "waits-for-person")),
        WaitsFor::Other => words.map(str::to_owned),
        WaitsFor::Body => match p.lang {
            Lang::Fa => fa.map(str::to_owned),
            Lang::En => en.map(str::to_owned),
        },
    }
}

/// [`waits_for`] of a case.
pub(crate) fn waits_for_case(p: &Page, case: &Case) -> Option<String> {
    let names = (case.waiting_fa.as_deref(), case.waiting_en.as_deref());
    waits_for(p, case.waits_for, names, case.waiting_on.as_deref())
}

/// A day as staff type it.
pub(crate) fn day_text(p: &Page, day: Date) -> String {
    let text = Jalali::from(day).to_string();
    match p.lang {
        Lang::Fa => persian::persian_digits(&text),
        Lang::En => text,
    }
}

/// Where the work of a next action is done, below the case's address, and the link's word.
pub(crate) fn place_of(action: NextAction) -> (&'static str, &'static str) {
    use NextAction as A;
    match action {
        A::Assess => ("/assessment/new", "go-assessment"),
        A::CompleteAnswers | A::Decide | A::ConfirmOverride => ("/assessment", "go-assessment"),
        A::Plan | A::ApprovePlan | A::MendPlan | A::DeliverPackage => ("/plan", "go-plan"),
        A::Refer
        | A::AwaitBody
        | A::AnswerBody
        | A::FindOtherBody
        | A::ReleaseLeg
        | A::CheckRefusal => ("/legs", "go-legs"),
        A::Enrol | A::FollowCourse | A::BookAdvice => ("/learning", "go-learning"),
        A::FollowUp => ("/follow-up", "go-follow-up"),
        _ => ("", "go-case"),
    }
}

/// One form as typed, with what is wrong: fields of this room's pages.
pub(crate) struct Fields<'a> {
    pub p: &'a Page,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

impl Fields<'_> {
    fn label(&self, name: &str) -> String {
        self.p
            .t(&WORDS, &format!("field-{}", name.replace('_', "-")))
    }

    pub fn text(&self, name: &str, kind: Kind, required: bool) -> Markup {
        parts::field(self.p, self.field(name, kind, required))
    }

    pub fn money(&self, name: &str, required: bool) -> Markup {
        parts::money_field(self.p, self.field(name, Kind::Numeric, required))
    }

    pub fn day(&self, name: &str) -> Markup {
        parts::date_text_field(self.p, self.field(name, Kind::Text, true))
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

    pub fn radios(&self, name: &str, options: Vec<(String, String)>) -> Markup {
        parts::radios(self.p, self.choice(name, options, true))
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

/// A button that posts at once, with a one-time key of its own page.
pub(crate) fn act(p: &Page, action: &str, label: &str) -> Markup {
    parts::inline_form(p, action, parts::secondary_button(label))
}

/// Something less often needed, folded until it is opened; open when its form came back.
pub(crate) fn folded(title: &str, is_open: bool, body: Markup) -> Markup {
    html! { details open[is_open] { summary { (title) } (body) } }
}
