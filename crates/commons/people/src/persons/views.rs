//! How registration, correction and a person's page look.

use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, DateField, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::consent::YEARS;
use super::pages::Alike;
use super::{Education, Evidence, Gender, NoCodeReason, Person, drafts};
use crate::WORDS;
use crate::reference::Term;
use crate::shown::{Fields, folded, options, word};

// words: field-* gender-* no-code-* education-* evidence-* sign-* years-*

/// The form of a registration, or with a person that of a correction.
pub(super) struct FormView<'a> {
    pub form: &'a Form,
    pub errors: &'a FormErrors,
    pub alike: &'a [Alike],
    /// The bodies to choose from.
    pub bodies: &'a [(Uuid, String)],
    pub groups: &'a [Term],
    pub fields: &'a [Term],
    /// The draft and its signed keeper.
    pub kept: Option<(Uuid, String)>,
    pub person: Option<&'a Person>,
}

/// Fields that are folded away until they are needed.
const MORE: [&str; 11] = [
    "father_name",
    "neighbourhood",
    "guardian",
    "dependants",
    "education",
    "field_code",
    "field_words",
    "income",
    "groups",
    "group_reason",
    "notes",
];

impl FormView<'_> {
    pub fn draw(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let (back, title, action) = match self.person {
            Some(person) => (
                format!("/people/{}", person.id),
                "person-edit-title",
                format!("/people/{}/edit", person.id),
            ),
            None => (
                "/people".to_owned(),
                "person-new-title",
                "/people".to_owned(),
            ),
        };
        let back_label = self.person.map_or_else(|| t("people-title"), Person::name);
        html! {
            (parts::back_link(&back, &back_label))
            h1 { (t(title)) }
            (parts::error_summary(p, self.errors))
            (parts::form(p, &action, html! {
                @if let Some((draft, keeper)) = &self.kept {
                    (parts::hidden(drafts::DRAFT, &draft.to_string()))
                    (parts::hidden(drafts::KEEPER, keeper))
                }
                @if self.person.is_some() { (parts::hidden("version", self.form.raw("version"))) }
                (parts::fieldset(&t("person-who"), self.who(p)))
                @if !self.alike.is_empty() { (self.alike_panel(p)) }
                (parts::fieldset(&t("person-reach"), self.reach(p)))
                (folded(&t("person-more"), self.is_more_open(), self.more(p)))
                @if self.person.is_none() { (parts::fieldset(&t("person-consent"), consent(p, &self.inputs(p)))) }
                (parts::save_bar(self.buttons(p)))
            }))
        }
    }

    fn inputs<'b>(&'b self, p: &'b Page) -> Fields<'b> {
        Fields {
            p,
            form: self.form,
            errors: self.errors,
        }
    }

    fn is_more_open(&self) -> bool {
        let is_filled = |name: &&str| !self.form.raw(name).is_empty();
        let is_wrong = |name: &&str| self.errors.get(name).is_some();
        self.person.is_some() || MORE.iter().any(|name| is_filled(name) || is_wrong(name))
    }

    fn who(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let f = self.inputs(p);
        let bodies = self.bodies.iter();
        let bodies: Vec<_> = bodies
            .map(|(id, name)| (id.to_string(), name.clone()))
            .collect();
        html! {
            @if bodies.len() > 1 { (f.select("organization", bodies, true)) }
            (f.text("first_name", Kind::Text, true, None))
            (f.text("last_name", Kind::Text, true, None))
            (f.text("national_code", Kind::Numeric, false, None))
            (parts::tick(p, "is_verified", &t("field-is-verified"), !self.form.raw("is_verified").is_empty(), None))
            (f.select("no_code_reason", options(p, "no-code", NoCodeReason::ALL), false))
            (parts::date_field(p, DateField {
                name: "birth", label: t("field-birth"), day: self.form.raw("birth.day"),
                month: self.form.raw("birth.month"), year: self.form.raw("birth.year"),
                error: self.errors.get("birth"), hint: Some(t("person-birth-hint")), required: false,
            }))
            (f.radios("gender", options(p, "gender", Gender::ALL), false))
        }
    }

    fn reach(&self, p: &Page) -> Markup {
        let f = self.inputs(p);
        html! {
            (f.text("phone", Kind::Tel, false, Some("person-phone-hint")))
            (f.text("region", Kind::Numeric, false, None))
        }
    }

    fn more(&self, p: &Page) -> Markup {
        let f = self.inputs(p);
        let terms = |terms: &[Term]| -> Vec<(String, String)> {
            let pair = |term: &Term| (term.code.clone(), term.name(p.lang).to_owned());
            terms.iter().map(pair).collect()
        };
        html! {
            (f.text("father_name", Kind::Text, false, None))
            (f.text("neighbourhood", Kind::Text, false, Some("person-neighbourhood-hint")))
            (f.text("guardian", Kind::Code, false, Some("person-guardian-hint")))
            p.hint { a href="/contacts/new" { (p.t(&WORDS, "person-guardian-new")) } }
            (f.text("dependants", Kind::Numeric, false, None))
            (f.select("education", options(p, "education", Education::ALL), false))
            (f.select("field_code", terms(self.fields), false))
            (f.text("field_words", Kind::Text, false, None))
            (f.money("income"))
            @if self.person.is_none() {
                (f.checkboxes("groups", terms(self.groups)))
                (f.text("group_reason", Kind::Area, false, Some("person-group-hint")))
            }
            (f.text("notes", Kind::Area, false, Some("person-notes-hint")))
        }
    }

    /// Everybody who may be the one typed, with what agrees; each is to be decided on.
    fn alike_panel(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let ticked = self.form.all("others");
        let error = self.errors.get("alike");
        html! {
            div.card id="alike" {
                h2 { (t("person-alike-title")) }
                @if let Some(error) = error { p.error { (error) } }
                div {
                    @for (place, alike) in self.alike.iter().enumerate() {
                        div {
                            (self.one_alike(p, alike))
                            @let box_id = format!("others-{place}");
                            label.answer {
                                input id=(box_id) type="checkbox" name="others" value=(alike.mark)
                                    checked[ticked.contains(&alike.mark)];
                                span { (t("person-alike-other")) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn one_alike(&self, p: &Page, alike: &Alike) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let person = &alike.found.person;
        html! {
            p {
                @if alike.is_visible {
                    a href={ "/people/" (person.id) } { bdi { (person.name()) } }
                    " " code dir="ltr" { (person.code) }
                } @else {
                    (t("person-alike-elsewhere"))
                }
            }
            // What agrees would tell facts of somebody the viewer may not see.
            @if alike.is_visible {
                p {
                    @for sign in &alike.found.signs {
                        @let tone = if sign.points() > 0 { Tone::Warning } else { Tone::Plain };
                        (parts::badge(tone, &word(p, "sign", sign.as_str()))) " "
                    }
                }
            }
        }
    }

    fn buttons(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        match self.person {
            Some(_) => parts::primary_button(&t("person-save")),
            None => html! {
                (parts::choice_button("act", "save", &t("person-register"), true))
                (parts::choice_button("act", "check", &t("person-check"), false))
                (parts::choice_button("act", "draft", &t("person-keep-draft"), false))
            },
        }
    }
}

/// What she agrees to, how it was given and for how long.
pub(super) fn consent(p: &Page, f: &Fields<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let years = YEARS.iter().map(|years| {
        let words = p.tr(&WORDS, "years-count", &[("count", (*years).into())]);
        (years.to_string(), words)
    });
    let is_ticked = !f.form.raw("agreed").is_empty();
    html! {
        p { (t("person-consent-what")) }
        (parts::tick(p, "agreed", &t("person-consent-sentence"), is_ticked, f.errors.get("agreed")))
        (f.radios("evidence", options(p, "evidence", Evidence::ALL), true))
        (f.radios("consent_years", years.collect(), true))
        p.hint { (t("person-consent-back")) }
    }
}
