//! Dates in: day, named month and year; never a calendar grid.

use maud::{Markup, html};
use persian::{Jalali, Lang};

use super::fields::{Dir, Field, Frame, Kind, described_by, field, hint_and_error, optional};
use crate::WORDS;
use crate::page::Page;

/// A Jalali date in three controls named `name.day`, `name.month` and `name.year`.
#[derive(Debug, Clone, Default)]
pub struct DateField<'a> {
    /// Name before the dot; the day's id.
    pub name: &'a str,
    /// The question.
    pub label: String,
    /// Day as typed.
    pub day: &'a str,
    /// Month as chosen, `1` to `12`.
    pub month: &'a str,
    /// Year as typed.
    pub year: &'a str,
    /// What is wrong with the date.
    pub error: Option<&'a str>,
    /// Why it is asked, or an example.
    pub hint: Option<String>,
    /// Optional dates say so.
    pub required: bool,
}

/// A date that people know by heart.
pub fn date_field(p: &Page, d: DateField) -> Markup {
    let frame = Frame {
        name: d.name,
        label: &d.label,
        hint: d.hint.as_deref(),
        error: d.error,
        required: d.required,
    };
    let described = described_by(d.name, d.hint.is_some(), d.error.is_some(), None);
    let invalid = d.error.map(|_| "true");
    html! {
        fieldset.field.date.wrong[d.error.is_some()] aria-describedby=[described] {
            legend { (d.label) (optional(p, d.required)) }
            (hint_and_error(p, &frame))
            div.row {
                div {
                    label for=(d.name) { (p.t(&WORDS, "day")) }
                    input.two id=(d.name) name={ (d.name) ".day" } value=(d.day) type="text"
                        inputmode="numeric" maxlength="2" autocomplete="off" aria-invalid=[invalid];
                }
                div {
                    label for={ (d.name) "-month" } { (p.t(&WORDS, "month")) }
                    select id={ (d.name) "-month" } name={ (d.name) ".month" } aria-invalid=[invalid] {
                        option value="" { (p.t(&WORDS, "choose")) }
                        @for month in 1..=12u8 {
                            option value=(month) selected[d.month == month.to_string()] {
                                (Jalali::month_name(month, p.lang))
                            }
                        }
                    }
                }
                div {
                    label for={ (d.name) "-year" } { (p.t(&WORDS, "year")) }
                    input.four id={ (d.name) "-year" } name={ (d.name) ".year" } value=(d.year)
                        type="text" inputmode="numeric" maxlength="4" autocomplete="off"
                        aria-invalid=[invalid];
                }
            }
        }
    }
}

/// A date in one box that accepts every written form; for staff, who type many.
pub fn date_text_field(p: &Page, f: Field) -> Markup {
    let today = Jalali::from(p.now.date()).to_string();
    let example = match p.lang {
        Lang::Fa => persian::persian_digits(&today),
        Lang::En => today,
    };
    let hint = f
        .hint
        .clone()
        .or_else(|| Some(p.tr(&WORDS, "date-hint", &[("example", example.into())])));
    field(
        p,
        Field {
            // Text, because a month's name may be typed; digits alone keep their order either way.
            kind: Kind::Text,
            dir: Some(Dir::of(p.lang)),
            hint,
            max: Some(30),
            autocomplete: Some("off"),
            ..f
        },
    )
}
