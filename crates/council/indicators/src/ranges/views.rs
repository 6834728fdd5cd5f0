use maud::{Markup, html};
use web::parts::{self, Field, Kind};
use web::{Form, FormErrors, Page};

use super::Range;
use crate::WORDS;
use crate::figures::{Definition, Unit, amount};

// words: range-*
/// The range as a sentence: «از ۵ نفر تا ۱۰ نفر».
pub(crate) fn sentence(p: &Page, unit: Unit, range: &Range) -> Markup {
    html! {
        @if range.least.is_some() { (p.t(&WORDS, "range-from")) " " (amount(p, unit, range.least)) " " }
        @if range.most.is_some() { (p.t(&WORDS, "range-to")) " " (amount(p, unit, range.most)) }
    }
}

pub(super) fn form(
    p: &Page,
    definition: &Definition,
    range: Option<&Range>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, kind: Kind, required: bool, hint: Option<String>| {
        let value = form.raw(name);
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("range-{name}")),
                value,
                error: errors.get(name),
                hint,
                kind,
                required,
                ..Field::default()
            },
        )
    };
    html! {
        (parts::back_link(&format!("/figures/{}", definition.code), definition.name(p.lang)))
        h1 { (t("range-title")) }
        p { (t("range-lead")) }
        @if let Some(range) = range { p { (t("range-now")) ": " (sentence(p, definition.unit, range)) " — " bdi { (range.reason) } } }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/figures/{}/range", definition.code), html! {
            (field("least", Kind::Numeric, false, Some(t("range-bound-hint"))))
            (field("most", Kind::Numeric, false, Some(t("range-bound-hint"))))
            (field("reason", Kind::Text, true, None))
            (parts::primary_button(&t("range-save")))
        }))
    }
}
