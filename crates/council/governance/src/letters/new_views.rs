use maud::{Markup, html};
use web::Page;
use web::parts::{self, Choice, Kind};

use super::{About, Letter, LetterTemplate};
use crate::WORDS;
use crate::answers::{AnswerKind, kind_word};
use crate::committees::Committee;
use crate::forms::{Lists, Typed};
use crate::meetings::{Meeting, views as meeting_views};
use crate::reminders::Reminder;
use crate::resolutions::{Resolution, ResolutionId};
use crate::wording::{number_of_year, short};

/// What the forms of a letter offer.
pub(super) struct Offers {
    pub committee: Committee,
    pub committees: Vec<Committee>,
    pub lists: Lists,
    pub resolutions: Vec<Resolution>,
    pub reminders: Vec<Reminder>,
    pub meetings: Vec<Meeting>,
    pub templates: Vec<LetterTemplate>,
    pub letters: Vec<Letter>,
}

/// The most of a wording that a list to choose from shows.
const SHORT: usize = 60;

impl Offers {
    fn committees(&self, p: &Page) -> Vec<(String, String)> {
        self.committees
            .iter()
            .map(|one| (one.id.to_string(), one.name(p.lang).to_owned()))
            .collect()
    }

    fn resolutions(&self, p: &Page) -> Vec<(ResolutionId, String)> {
        let name = |one: &Resolution| {
            let number = number_of_year(one.year, one.number, p.lang);
            format!(
                "{} {number} · {}",
                p.t(&WORDS, "resolution"),
                short(&one.wording, SHORT)
            )
        };
        self.resolutions
            .iter()
            .map(|one| (one.id, name(one)))
            .collect()
    }

    /// Everything a letter can be about, of this committee and its ordinances.
    fn subjects(&self, p: &Page) -> Vec<(String, String)> {
        let resolutions = self
            .resolutions(p)
            .into_iter()
            .map(|(id, name)| (About::Resolution(id).to_string(), name));
        let reminders = self.reminders.iter().map(|one| {
            let number = number_of_year(one.year, one.number, p.lang);
            let word = p.t(&WORDS, "reminder");
            let name = format!("{word} {number} · {}", short(&one.wording, SHORT));
            (About::Reminder(one.id).to_string(), name)
        });
        let meetings = self.meetings.iter().map(|one| {
            let name = web::words::plain(&meeting_views::name(p, one)).into_owned();
            (About::Meeting(one.id).to_string(), name)
        });
        let articles = self
            .lists
            .articles(p)
            .into_iter()
            .map(|(id, name)| (format!("article:{id}"), name));
        let all = resolutions.chain(reminders).chain(meetings);
        all.chain(articles).collect()
    }

    fn letters(&self, p: &Page) -> Vec<(String, String)> {
        let name = |one: &Letter| {
            let (year, number) = (one.year.unwrap_or_default(), one.number.unwrap_or_default());
            let number = number_of_year(year, number, p.lang);
            format!(
                "{number} · {} · {}",
                one.body(p.lang),
                short(&one.subject, SHORT)
            )
        };
        self.letters
            .iter()
            .map(|one| (one.id.to_string(), name(one)))
            .collect()
    }
}

/// For whoever sits on no committee.
pub(super) fn none(p: &Page, title: &str) -> Markup {
    html! { h1 { (title) } p { (p.t(&WORDS, "committee-none")) } }
}

fn languages(p: &Page) -> Vec<(String, String)> {
    [("fa", "letter-language-fa"), ("en", "letter-language-en")]
        .map(|(code, key)| (code.to_owned(), p.t(&WORDS, key)))
        .to_vec()
}

pub(super) fn form(p: &Page, offers: &Offers, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/committee-letters", &t("letters-title")))
        h1 { (t("letter-new")) }
        p { (offers.committee.name(p.lang)) }
        (parts::error_summary(p, typed.errors))
        (beginning(p, offers, typed))
        h2 { (t("letter-draft")) }
        (parts::form(p, "/committee-letters", html! {
            (parts::hidden("committee_id", &offers.committee.id.to_string()))
            (parts::hidden("language", typed.form.raw("language")))
            (parts::hidden("about", typed.form.raw("about")))
            (typed.select(p, "organization_id", "letter-to", offers.lists.bodies(), true))
            (typed.field(p, "subject", "letter-subject", Kind::Text, true))
            (typed.field(p, "wording", "letter-wording", Kind::Area, true))
            (parts::primary_button(&t("letter-save")))
        }))
    }
}

/// From which wording, about what, in which language: chosen first, it fills in the letter below.
fn beginning(p: &Page, offers: &Offers, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let choice = |name: &'static str, id: &'static str, key: &str, options, required| {
        parts::select(
            p,
            Choice {
                name,
                label: t(key),
                value: typed.form.raw(id),
                options,
                required,
                ..Choice::default()
            },
        )
    };
    let templates = offers
        .templates
        .iter()
        .map(|one| (one.code.clone(), one.name(p.lang).to_owned()))
        .collect();
    html! {
        form.stack method="get" action="/committee-letters/new" {
            @if offers.committees.len() > 1 {
                (choice("committee", "committee_id", "committee-title", offers.committees(p), true))
            }
            (choice("template", "template", "letter-template", templates, false))
            (choice("of", "about", "letter-about", offers.subjects(p), false))
            (choice("language", "language", "letter-language", languages(p), true))
            (parts::secondary_button(&t("letter-fill")))
        }
    }
}

pub(super) fn received_form(p: &Page, offers: &Offers, typed: Typed<'_>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let resolutions = offers
        .resolutions(p)
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let is_answer = !typed.form.raw("is_answer").is_empty();
    html! {
        (parts::back_link("/committee-letters", &t("letters-title")))
        h1 { (t("letter-received-new")) }
        (parts::error_summary(p, typed.errors))
        (parts::form(p, "/committee-letters/received", html! {
            (typed.select(p, "committee_id", "committee-title", offers.committees(p), true))
            (typed.select(p, "organization_id", "letter-from", offers.lists.bodies(), true))
            (typed.field(p, "their_number", "letter-their-number", Kind::Text, true))
            (typed.day(p, "dated_on", "letter-date"))
            (typed.field(p, "subject", "letter-subject", Kind::Text, true))
            (typed.field(p, "wording", "letter-summary", Kind::Area, false))
            (typed.select(p, "answers_id", "letter-answers-ours", offers.letters(p), false))
            (typed.select(p, "resolution_id", "letter-about-resolution", resolutions, false))
            (parts::tick(p, "is_answer", &t("letter-is-answer"), is_answer, typed.errors.get("is_answer")))
            (typed.select(p, "answer_kind", "answer-kind", AnswerKind::ALL.iter().map(|kind| (kind.to_string(), kind_word(p, *kind))).collect(), false))
            (parts::primary_button(&t("letter-register")))
        }))
    }
}
