//! How a person's page looks.

use access::consents::Consent;
use maud::{Markup, html};
use organizations::Organization;
use persian::digits::local_digits;
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::consent::PURPOSE;
use super::{Identity, Person, consent_pages};
use crate::WORDS;
use crate::groups::{Basis, PersonGroup};
use crate::households::{Member, Relation};
use crate::papers::{Paper, PaperKind, PaperState};
use crate::reference::Term;
use crate::shown::{Fields, age, dialled, folded, options, word, year};

// words: identity-* no-code-* gender-* education-* basis-* relation-* paper-* purpose-*

/// How she is reached.
pub(super) struct Contact {
    pub phone: Option<String>,
    pub handle: String,
    pub neighbourhood: String,
}

/// Everything the page shows; what the viewer may not see is left out before.
pub(super) struct Record<'a> {
    pub person: Person,
    pub contact: Contact,
    pub body: Organization,
    pub guardian: Option<String>,
    /// In full, when it was asked for.
    pub national_code: Option<String>,
    pub members: Vec<Member>,
    pub papers: Vec<Paper>,
    pub groups: Vec<PersonGroup>,
    pub all_groups: Vec<Term>,
    pub fields: Vec<Term>,
    pub consents: Vec<Consent>,
    pub is_personal: bool,
    pub is_sensitive: bool,
    pub may_correct: bool,
    /// The viewer's body registered her, and so records what she agrees to.
    pub may_agree: bool,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

impl Record<'_> {
    pub fn draw(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let id = self.person.id;
        html! {
            (parts::back_link("/people", &t("people-title")))
            h1 { bdi { (self.person.name()) } }
            p { (parts::copyable(p, &self.person.code)) " " (self.identity(p)) }
            (parts::error_summary(p, self.errors))
            @if self.may_correct {
                p {
                    (parts::button_link(&format!("/cases/new?person={id}"), &t("person-case"))) " "
                    @if self.is_sensitive {
                        (parts::secondary_link(&format!("/people/{id}/edit"), &t("person-edit-title")))
                    }
                }
            }
            (parts::card(Some(&t("person-who")), self.who(p)))
            (parts::card(Some(&t("person-reach")), self.reach(p)))
            // The caption of each table is its heading.
            @if self.is_sensitive { (parts::card(None, self.groups(p))) }
            @if self.is_personal {
                (parts::card(None, self.household(p)))
                (parts::card(None, self.papers(p)))
            }
            (parts::card(None, self.consents(p)))
        }
    }

    fn identity(&self, p: &Page) -> Markup {
        let tone = match self.person.identity {
            Identity::Verified => Tone::Good,
            Identity::Unverified => Tone::Plain,
            Identity::None => Tone::Warning,
        };
        parts::badge(tone, &word(p, "identity", self.person.identity))
    }

    fn who(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let person = &self.person;
        let mut pairs = Vec::new();
        if !person.father_name.is_empty() {
            pairs.push((
                t("field-father-name"),
                html! { bdi { (person.father_name) } },
            ));
        }
        if self.is_personal {
            pairs.push((t("field-national-code"), self.code(p)));
        }
        if let Some(birth) = person.birth_on {
            let age = age(p, birth);
            let day = match person.is_birth_approximate {
                true => html! { (t("person-about")) " " bdi { (year(p, birth)) } },
                false => p.date(birth),
            };
            let aged = p.tr(&WORDS, "person-age", &[("years", age.into())]);
            pairs.push((t("field-birth"), html! { (day) " · " (aged) }));
        }
        if let Some(gender) = person.gender {
            pairs.push((t("field-gender"), html! { (word(p, "gender", gender)) }));
        }
        if let Some(education) = person.education {
            pairs.push((
                t("field-education"),
                html! { (word(p, "education", education)) },
            ));
        }
        if let Some(dependants) = person.dependants.filter(|_| self.is_personal) {
            pairs.push((t("field-dependants"), html! { (p.number(dependants)) }));
        }
        if let Some(field) = self.field_of_work(p) {
            pairs.push((t("field-field-code"), html! { bdi { (field) } }));
        }
        let body = self.body.name(p.lang);
        pairs.push((
            t("person-registered-by"),
            html! { bdi { (body) } " · " (p.date(person.made_at.date())) },
        ));
        parts::facts(&pairs)
    }

    /// The last digits, or all ten when they were asked for.
    fn code(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let person = &self.person;
        if let Some(code) = &self.national_code {
            return html! { bdi dir="ltr" { (local_digits(code, p.lang)) } };
        }
        if let Some(reason) = person.no_code_reason {
            return html! { (word(p, "no-code", reason)) };
        }
        html! {
            bdi dir="ltr" { "••• ••• " (local_digits(&person.national_code_last4, p.lang)) } " "
            a href={ "/people/" (person.id) "?show=national_code" } { (t("person-show-code")) }
        }
    }

    fn field_of_work(&self, p: &Page) -> Option<String> {
        let code = self.person.field_code.as_deref();
        let known = self
            .fields
            .iter()
            .find(|field| Some(field.code.as_str()) == code);
        let words = Some(self.person.field_words.clone()).filter(|words| !words.is_empty());
        known.map(|field| field.name(p.lang).to_owned()).or(words)
    }

    fn reach(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let phone = self.contact.phone.as_deref().map(dialled);
        let mut pairs = vec![(
            t("field-phone"),
            match phone {
                Some(phone) => html! { bdi dir="ltr" { (local_digits(&phone, p.lang)) } },
                None => html! { (t("person-no-phone")) },
            },
        )];
        if let Some(region) = self.person.region {
            pairs.push((t("field-region"), html! { (p.number(region)) }));
        }
        if !self.contact.neighbourhood.is_empty() {
            pairs.push((
                t("field-neighbourhood"),
                html! { bdi { (self.contact.neighbourhood) } },
            ));
        }
        if let Some(guardian) = &self.guardian {
            pairs.push((t("field-guardian"), html! { bdi { (guardian) } }));
        }
        pairs.push((
            t("person-handle"),
            html! {
                a href={ "/contacts/" (self.person.contact_id) } {
                    code dir="ltr" { (self.contact.handle) }
                }
            },
        ));
        parts::facts(&pairs)
    }

    fn inputs<'b>(&'b self, p: &'b Page) -> Fields<'b> {
        Fields {
            p,
            form: self.form,
            errors: self.errors,
        }
    }

    fn is_wrong(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.errors.get(name).is_some())
    }

    fn action(&self, path: &str) -> String {
        format!("/people/{}/{path}", self.person.id)
    }

    fn groups(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let name = |code: &str| {
            let known = self.all_groups.iter().find(|group| group.code == code);
            known.map_or_else(|| code.to_owned(), |group| group.name(p.lang).to_owned())
        };
        let keys = ["col-group", "col-basis", "col-since", "col-until"];
        let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
        let rows: Vec<Vec<Markup>> = self
            .groups
            .iter()
            .map(|group| {
                let until = match group.valid_until {
                    Some(day) => p.date(day),
                    None if self.may_correct => parts::inline_form(
                        p,
                        &self.action("groups/end"),
                        html! {
                            (parts::hidden("group", &group.group_code))
                            (parts::secondary_button(&t("group-end")))
                        },
                    ),
                    None => html! {},
                };
                vec![
                    html! { (name(&group.group_code)) },
                    html! { (word(p, "basis", group.basis)) },
                    p.date(group.valid_from),
                    until,
                ]
            })
            .collect();
        let f = self.inputs(p);
        let all = self
            .all_groups
            .iter()
            .map(|group| (group.code.clone(), group.name(p.lang).to_owned()));
        html! {
            (parts::table(&t("person-groups"), &columns, &rows, &t("groups-empty")))
            @if self.may_correct {
                (folded(&t("group-add"), self.is_wrong(&["group", "basis", "group_reason"]),
                    parts::form(p, &self.action("groups"), html! {
                        (f.select("group", all.collect(), true))
                        (f.select("basis", options(p, "basis", Basis::ALL), true))
                        (f.text("group_reason", Kind::Area, false, Some("person-group-hint")))
                        (parts::buttons(parts::secondary_button(&t("group-add"))))
                    })))
            }
        }
    }

    fn household(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let keys = ["col-name", "col-relation", "col-born", "col-until"];
        let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
        let rows: Vec<Vec<Markup>> = self
            .members
            .iter()
            .map(|member| {
                let is_own = member.person_id == Some(self.person.id.get());
                vec![
                    html! {
                        @match member.person_id {
                            Some(id) if !is_own => a href={ "/people/" (id) } { bdi { (member.name) } },
                            _ if member.name.is_empty() => (t("member-hidden")),
                            _ => bdi { (member.name) },
                        }
                    },
                    html! { (word(p, "relation", member.relation)) },
                    html! {
                        @if let Some(year) = member.birth_year { bdi { (local_digits(&year.to_string(), p.lang)) } }
                    },
                    html! {
                        @if self.may_correct && !is_own {
                            (parts::inline_form(p, &self.action("household/end"), html! {
                                (parts::hidden("member", &member.id.to_string()))
                                (parts::secondary_button(&t("member-end")))
                            }))
                        }
                    },
                ]
            })
            .collect();
        let f = self.inputs(p);
        let names = ["member_name", "relation", "own_relation", "member_year"];
        html! {
            (parts::table(&t("person-household"), &columns, &rows, &t("household-empty")))
            @if self.may_correct {
                (folded(&t("member-add"), self.is_wrong(&names), parts::form(p, &self.action("household"), html! {
                    (f.text("member_name", Kind::Text, true, Some("member-name-hint")))
                    (f.select("relation", options(p, "relation", Relation::ALL), true))
                    (f.text("member_year", Kind::Numeric, false, None))
                    @if self.members.is_empty() {
                        (f.select("own_relation", options(p, "relation", Relation::ALL), true))
                    }
                    (parts::buttons(parts::secondary_button(&t("member-add"))))
                })))
            }
        }
    }

    fn papers(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let keys = ["col-paper", "col-state", "col-number", "col-expires"];
        let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
        let rows: Vec<Vec<Markup>> = self
            .papers
            .iter()
            .map(|paper| {
                vec![
                    html! { (word(p, "paper-kind", paper.kind)) },
                    html! { (word(p, "paper-state", paper.state)) },
                    html! {
                        @if !paper.number_last4.is_empty() {
                            bdi dir="ltr" { "••• " (local_digits(&paper.number_last4, p.lang)) }
                        }
                    },
                    html! { @if let Some(day) = paper.expires_on { (p.date(day)) } },
                ]
            })
            .collect();
        let f = self.inputs(p);
        let names = ["paper_kind", "paper_state", "paper_number", "paper_expires"];
        html! {
            (parts::table(&t("person-papers"), &columns, &rows, &t("papers-empty")))
            @if self.may_correct {
                (folded(&t("paper-record"), self.is_wrong(&names), parts::form(p, &self.action("papers"), html! {
                    (f.select("paper_kind", options(p, "paper-kind", PaperKind::ALL), true))
                    (f.select("paper_state", options(p, "paper-state", PaperState::ALL), true))
                    (f.text("paper_number", Kind::Code, false, None))
                    (f.day("paper_expires", false))
                    (parts::buttons(parts::secondary_button(&t("paper-record"))))
                })))
            }
        }
    }

    fn consents(&self, p: &Page) -> Markup {
        let t = |key: &str| p.t(&WORDS, key);
        let today = p.now.date();
        let keys = ["col-purpose", "col-given", "col-until", "col-state"];
        let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
        let rows: Vec<Vec<Markup>> = self
            .consents
            .iter()
            .map(|given| {
                let holds = given.holds_on(today);
                let state = if holds { "consent-holds" } else { "consent-over" };
                vec![
                    html! { (t(purpose(&given.purpose))) },
                    html! {
                        (p.date(given.given_on))
                        @if given.given_by.is_some() { " · " (t("consent-by-guardian")) }
                    },
                    p.date(given.valid_until),
                    html! {
                        (parts::badge(if holds { Tone::Good } else { Tone::Plain }, &t(state)))
                        // Another room ends it: with the consent also what rests on it is called back.
                        @if holds && self.may_correct {
                            " " a href={ "/consents/" (given.id) "/withdrawal" } { (t("consent-end")) }
                        }
                    },
                ]
            })
            .collect();
        let has_agreed = consent_pages::holds(&self.consents, today);
        html! {
            (parts::table(&t("person-consents"), &columns, &rows, &t("consents-empty")))
            @if self.may_agree {
                @let address = format!("/people/{}/consent", self.person.id);
                @if has_agreed {
                    (parts::buttons(html! {
                        (parts::secondary_link(&format!("{address}/paper"), &t("consent-sheet-print")))
                        (parts::secondary_link(&address, &t("consent-renew")))
                    }))
                }
                @else {
                    (parts::notice(p, Tone::Warning, html! { p { (t("consent-missing")) } }))
                    p { (parts::button_link(&address, &t("consent-record-title"))) }
                }
            }
        }
    }
}

/// The words of what a consent is for; purposes of other rooms have one word in common.
pub(super) fn purpose(code: &str) -> &'static str {
    match code {
        PURPOSE => "purpose-intake",
        "casework" => "purpose-casework",
        code if code.starts_with("referral") => "purpose-referral",
        _ => "purpose-other",
    }
}
