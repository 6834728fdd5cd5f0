//! Words and small parts that several pages of this room show.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Display;

use casework::cases::Evidence;
use db::Conn;
use maud::{Markup, html};
use organizations::PlaceId;
use persian::{Date, Lang, Timestamp};
use uuid::Uuid;
use web::parts::{self, Choice, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use crate::cohorts::Cohort;
use crate::{Agreed, WORDS};

// words: field-* evidence-*

/// The word of a stored code: `enrolment-waitlisted`.
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

/// The hour in Tehran: «۹:۳۰».
pub(crate) fn clock(p: &Page, at: Timestamp) -> String {
    let (_, hour, minute) = at.local();
    let text = format!("{hour}:{minute:02}");
    match p.lang {
        Lang::Fa => persian::persian_digits(&text),
        Lang::En => text,
    }
}

/// Day and hours of a meeting: «۲ آذر ۱۴۰۵، ۹:۰۰ تا ۱۱:۳۰».
pub(crate) fn stretch(p: &Page, from: Timestamp, until: Timestamp) -> Markup {
    let text = p.tr(
        &WORDS,
        "stretch",
        &[
            ("day", p.date_text(from.date()).into()),
            ("from", clock(p, from).into()),
            ("until", clock(p, until).into()),
        ],
    );
    html! { time datetime=(from) { bdi { (text) } } }
}

/// First and last day in one piece: «۲۶ آبان ۱۴۰۵ تا ۲ آذر ۱۴۰۵».
pub(crate) fn days(p: &Page, from: Date, until: Date) -> Markup {
    let args = [
        ("from", p.date_text(from).into()),
        ("until", p.date_text(until).into()),
    ];
    html! { bdi { (p.tr(&WORDS, "days-between", &args)) } }
}

/// Names of all bodies by id; there are dozens.
pub(crate) async fn bodies(conn: &mut Conn, lang: Lang) -> db::Result<HashMap<Uuid, String>> {
    let bodies = organizations::list(conn, None).await?;
    let name = |body: organizations::Organization| (body.id.get(), body.name(lang).to_owned());
    Ok(bodies.into_iter().map(name).collect())
}

/// The names of some places.
pub(crate) async fn places(
    conn: &mut Conn,
    lang: Lang,
    ids: Vec<PlaceId>,
) -> db::Result<HashMap<PlaceId, String>> {
    let mut names = HashMap::new();
    for id in ids {
        if let Entry::Vacant(entry) = names.entry(id) {
            let place = organizations::places::get(conn, id).await?;
            entry.insert(place.name(lang).to_owned());
        }
    }
    Ok(names)
}

/// A person's name as it was typed, or that it is hidden: her consent ended.
pub(crate) fn name(p: &Page, first: &str, last: &str) -> Markup {
    html! { bdi { (full_name(p, first, last)) } }
}

/// [`name`] as text.
pub(crate) fn full_name(p: &Page, first: &str, last: &str) -> String {
    match first.is_empty() && last.is_empty() {
        true => p.t(&WORDS, "name-hidden"),
        false => format!("{first} {last}"),
    }
}

/// Her yes to being known to the body, with what shows it; needed where no consent says so yet.
pub(crate) fn agreement(fields: &Fields, p: &Page, sentence: &str) -> Markup {
    let (form, errors) = (fields.form, fields.errors);
    html! {
        (parts::tick(p, "agreed", sentence, form.has("agreed"), errors.get("agreed")))
        (fields.select("evidence", options(p, "evidence", Evidence::ALL), false))
    }
}

/// What the form says of her consent; a tick needs what shows it.
pub(crate) fn agreed(read: &mut web::Read<'_>, p: &Page, id: Uuid) -> Option<Agreed> {
    if !read.ticked("agreed") {
        return None;
    }
    match read.optional_choice::<Evidence>("evidence") {
        Some(Some(evidence)) => Some(Agreed { id, evidence }),
        Some(None) => read.wrong("evidence", p.t(&WORDS, "evidence-needed")),
        None => None,
    }
}

/// A name by id; empty when it is unknown.
pub(crate) fn named<'a, K: std::hash::Hash + Eq>(names: &'a HashMap<K, String>, id: &K) -> &'a str {
    names.get(id).map_or("", String::as_str)
}

/// «۳ از ۱۲»
pub(crate) fn taken(p: &Page, cohort: &Cohort) -> String {
    p.tr(
        &WORDS,
        "taken-of",
        &[
            ("taken", cohort.taken.into()),
            ("capacity", cohort.capacity.into()),
        ],
    )
}

/// «۸۰ درصد نشست‌ها»
pub(crate) fn percent(p: &Page, share: i64) -> String {
    p.tr(&WORDS, "percent-of-sessions", &[("share", share.into())])
}

/// The tone of a state's tag.
pub(crate) fn tone(state: &str) -> Tone {
    match state {
        "open" | "enrolled" | "booked" => Tone::Active,
        "completed" | "valid" | "held" | "present" => Tone::Good,
        "applied" | "waitlisted" | "late" => Tone::Warning,
        "revoked" | "absent" => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// A state as a tag.
pub(crate) fn badge(p: &Page, prefix: &str, state: impl Display) -> Markup {
    let state = state.to_string();
    parts::badge(tone(&state), &word(p, prefix, &state))
}

/// Further rows of a list: the page's address with the cursor.
pub(crate) fn further(p: &Page, path: &str, cursor: Option<Uuid>, next: Option<Uuid>) -> Markup {
    let first = cursor.map(|_| path.to_owned());
    let next = next.map(|id| format!("{path}?cursor={id}"));
    parts::pagination(p, first.as_deref(), next.as_deref())
}

/// Cuts a list that holds one more than a page, and tells where it goes on.
pub(crate) fn cut<T>(items: &mut Vec<T>, most: i64, id: impl Fn(&T) -> Uuid) -> Option<Uuid> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = items.len() > most;
    items.truncate(most);
    items.last().filter(|_| has_more).map(id)
}

/// A button that posts at once.
pub(crate) fn act(p: &Page, action: &str, label: &str) -> Markup {
    parts::inline_form(p, action, parts::secondary_button(label))
}

/// One form as typed, with what is wrong.
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

    pub fn text(&self, name: &str, kind: Kind, required: bool) -> Markup {
        parts::field(self.p, self.field(name, kind, required))
    }

    pub fn hinted(&self, name: &str, kind: Kind, hint: &str) -> Markup {
        let field = Field {
            hint: Some(self.p.t(&WORDS, hint)),
            ..self.field(name, kind, true)
        };
        parts::field(self.p, field)
    }

    pub fn day(&self, name: &str, required: bool) -> Markup {
        parts::date_text_field(self.p, self.field(name, Kind::Text, required))
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
