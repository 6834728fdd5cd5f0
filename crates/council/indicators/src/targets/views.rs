use maud::{Markup, html};
use persian::Jalali;
use web::parts::{self, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Progress, Target};
use crate::WORDS;
use crate::figures::{self, Definition, Unit, amount, percent};

// words: target-*
/// A target, what has been reached of it, and how much of the year has passed.
pub(crate) fn progress(p: &Page, unit: Unit, progress: &Progress) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let target = &progress.target;
    let year = [("year", year_text(p, target.year).into())];
    let mut facts = vec![
        (
            p.tr(&WORDS, "target-of-year", &year),
            html! { (amount(p, unit, Some(target.amount))) " — " bdi { (target.reason) } },
        ),
        (
            t("target-reached"),
            html! {
                (figures::shown(p, unit, progress.told()))
                @if let Some(share) = progress.share { " (" bdi { (percent(p.lang, share)) } ")" }
            },
        ),
        (
            t("target-year-passed"),
            html! { bdi { (percent(p.lang, progress.year_share)) } },
        ),
    ];
    if progress.is_behind() {
        facts.push((
            t("target-pace"),
            parts::badge(Tone::Warning, &t("target-behind")),
        ));
    }
    html! {
        h2 { (t("target-heading")) }
        (parts::facts(&facts))
    }
}

/// A year without grouping: «۱۴۰۵».
fn year_text(p: &Page, year: i64) -> String {
    persian::digits::local_digits(&year.to_string(), p.lang)
}

pub(super) fn form(
    p: &Page,
    definition: &Definition,
    target: Option<&Target>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let this = year_text(p, i64::from(Jalali::from(p.now.date()).year));
    let field = |name: &'static str, kind: Kind, hint: Option<String>| {
        let typed = form.raw(name);
        let value = if name == "year" && typed.is_empty() {
            this.as_str()
        } else {
            typed
        };
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("target-{name}")),
                value,
                error: errors.get(name),
                hint,
                kind,
                required: name != "amount",
                ..Field::default()
            },
        )
    };
    html! {
        (parts::back_link(&format!("/figures/{}", definition.code), definition.name(p.lang)))
        h1 { (t("target-title")) }
        p { (t("target-lead")) }
        @if let Some(target) = target {
            p {
                (p.tr(&WORDS, "target-of-year", &[("year", year_text(p, target.year).into())])) ": "
                (amount(p, definition.unit, Some(target.amount))) " — " bdi { (target.reason) }
            }
        }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/figures/{}/target", definition.code), html! {
            (field("year", Kind::Numeric, None))
            (field("amount", Kind::Numeric, Some(t("target-amount-hint"))))
            (field("reason", Kind::Text, Some(t("target-reason-hint"))))
            (parts::primary_button(&t("target-save")))
        }))
    }
}
