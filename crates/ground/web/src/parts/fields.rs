//! Fields: a label, a hint, an error and one control, tied together.

use maud::{Markup, html};
use money::{Unit, parse_amount};
use persian::Lang;

use crate::WORDS;
use crate::page::Page;

/// What is typed, which decides keyboard and direction. Never `type=number`: it
/// refuses Persian digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Words in any script.
    #[default]
    Text,
    /// Digits in any script, number keyboard, left to right.
    Numeric,
    /// A phone number, left to right.
    Tel,
    /// A code or an address on the net, left to right.
    Code,
    /// Several lines.
    Area,
    /// Hidden while typed; paste allowed.
    Password,
}

/// The direction of a control's own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dir {
    /// Decided by the first strong letter.
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Dir {
    /// The direction a language is written in.
    pub fn of(lang: Lang) -> Self {
        match lang {
            Lang::Fa => Self::Rtl,
            Lang::En => Self::Ltr,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One field. Fill what differs: `Field { name: "phone", label, value, ..Field::default() }`.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// Name in the form, and id of the control.
    pub name: &'a str,
    /// The visible label.
    pub label: String,
    /// Exactly what was typed or stored.
    pub value: &'a str,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// Why it is asked, or an example.
    pub hint: Option<String>,
    /// What is typed.
    pub kind: Kind,
    /// Optional fields say so in their label.
    pub required: bool,
    /// Direction, when the kind's own does not fit.
    pub dir: Option<Dir>,
    /// The browser's autofill token, such as `tel` or `one-time-code`.
    pub autocomplete: Option<&'a str>,
    /// Most characters accepted.
    pub max: Option<u32>,
}

/// A labelled control with its hint and error.
pub fn field(p: &Page, f: Field) -> Markup {
    let described = described_by(f.name, f.hint.is_some(), f.error.is_some(), None);
    let invalid = f.error.map(|_| "true");
    let dir = f.dir.unwrap_or(match f.kind {
        Kind::Tel | Kind::Numeric | Kind::Code | Kind::Password => Dir::Ltr,
        Kind::Text | Kind::Area => Dir::Auto,
    });
    let (input_type, mode) = match f.kind {
        Kind::Tel => ("tel", Some("tel")),
        Kind::Numeric => ("text", Some("numeric")),
        Kind::Password => ("password", None),
        Kind::Text | Kind::Code | Kind::Area => ("text", None),
    };
    let class = match f.kind {
        Kind::Tel | Kind::Numeric | Kind::Code => "short",
        Kind::Text | Kind::Password | Kind::Area => "",
    };
    let plain_code = matches!(f.kind, Kind::Code).then_some("off");
    wrap(
        p,
        &Frame::of(&f),
        html! {
            @if f.kind == Kind::Area {
                textarea id=(f.name) name=(f.name) rows="4" dir=(dir.as_str()) maxlength=[f.max]
                    required[f.required] aria-invalid=[invalid] aria-describedby=[described] {
                    // A newline right after the tag is dropped by the parser; keep a typed one.
                    "\n" (f.value)
                }
            } @else {
                input id=(f.name) name=(f.name) class=(class) type=(input_type) value=(f.value)
                    inputmode=[mode] dir=(dir.as_str()) maxlength=[f.max] required[f.required]
                    autocomplete=[f.autocomplete] autocapitalize=[plain_code] spellcheck=[plain_code.map(|_| "false")]
                    aria-invalid=[invalid] aria-describedby=[described];
            }
        },
    )
}

/// An amount in toman: the unit stands beside the box, the amount in words below it.
pub fn money_field(p: &Page, f: Field) -> Markup {
    let unit = format!("{}-unit", f.name);
    let described = described_by(f.name, f.hint.is_some(), f.error.is_some(), Some(&unit));
    let in_words = parse_amount(f.value, Unit::Toman)
        .ok()
        .map(|amount| amount.in_words(p.lang));
    wrap(
        p,
        &Frame::of(&f),
        html! {
            div.row {
                input.short.figures id=(f.name) name=(f.name) type="text" inputmode="numeric" dir="ltr"
                    value=(f.value) maxlength="24" required[f.required] autocomplete="off"
                    aria-invalid=[f.error.map(|_| "true")] aria-describedby=[described];
                span.unit id=(unit) { (p.t(&WORDS, "toman")) }
            }
            @if let Some(text) = in_words { p.hint { bdi { (text) } } }
        },
    )
}

/// A file. `accept` lists media types; the hint should tell the size allowed.
pub fn file_field(p: &Page, f: Field, accept: &str) -> Markup {
    let described = described_by(f.name, f.hint.is_some(), f.error.is_some(), None);
    wrap(
        p,
        &Frame::of(&f),
        html! {
            input id=(f.name) name=(f.name) type="file" accept=(accept) required[f.required]
                aria-invalid=[f.error.map(|_| "true")] aria-describedby=[described];
        },
    )
}

/// A value the person does not see.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Everything round a control except the control.
pub(super) struct Frame<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
    pub required: bool,
}

impl<'a> Frame<'a> {
    fn of(f: &'a Field) -> Self {
        Self {
            name: f.name,
            label: &f.label,
            hint: f.hint.as_deref(),
            error: f.error,
            required: f.required,
        }
    }
}

pub(super) fn wrap(p: &Page, f: &Frame, control: Markup) -> Markup {
    html! {
        div.field.wrong[f.error.is_some()] {
            label for=(f.name) { (f.label) (optional(p, f.required)) }
            (hint_and_error(p, f))
            (control)
        }
    }
}

pub(super) fn optional(p: &Page, required: bool) -> Markup {
    html! { @if !required { span.optional { " " (p.t(&WORDS, "optional")) } } }
}

pub(super) fn hint_and_error(p: &Page, f: &Frame) -> Markup {
    html! {
        @if let Some(hint) = f.hint { p.hint id={ (f.name) "-hint" } { (hint) } }
        @if let Some(error) = f.error {
            p.error id={ (f.name) "-error" } {
                span.said { (p.t(&WORDS, "error-prefix")) } " " (error)
            }
        }
    }
}

/// The ids a control is described by, or none.
pub(super) fn described_by(
    name: &str,
    hint: bool,
    error: bool,
    more: Option<&str>,
) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{name}-hint"));
    }
    if error {
        ids.push(format!("{name}-error"));
    }
    ids.extend(more.map(str::to_owned));
    (!ids.is_empty()).then(|| ids.join(" "))
}
