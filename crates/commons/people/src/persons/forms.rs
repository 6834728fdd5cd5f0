//! What the registration form accepts.

use access::Ask;
use access::grants::{self, Category};
use contacts::ContactId;
use organizations::OrganizationId;
use persian::digits::local_digits;
use persian::{Date, Jalali, Phone};
use uuid::Uuid;
use web::{Form, FormErrors, Outcome, Page};

use super::consent::{YEARS, years_after};
use super::{
    Evidence, NationalCodeFact, NoCodeReason, Person, PersonFacts, PersonId, find_by_code,
};
use crate::duplicates::Typed;
use crate::search::public_code;
use crate::shown::dialled;
use crate::{WORDS, reference};

/// Longest free note, in letters.
const NOTE: usize = 20_000;

/// A form that could be read: facts, and target groups with why.
pub(crate) struct Filled {
    pub facts: PersonFacts,
    pub groups: Vec<String>,
    pub group_reason: String,
}

/// What she agreed to: how, and the last day it holds.
pub(crate) type Agreed = (Evidence, Date);

/// Reads the facts of a form; every fault stands at its field. `own` is the person corrected.
pub(crate) async fn read(
    ask: &Ask,
    form: &Form,
    bodies: &[Uuid],
    own: Option<PersonId>,
) -> Outcome<Result<Filled, FormErrors>> {
    let p = &ask.page;
    let conn = &mut ask.read().await?;
    let mut read = form.read(p);
    let body = match bodies {
        [only] => Some(*only),
        _ => read.choice::<Uuid>("organization"),
    };
    if body.is_some_and(|body| !bodies.contains(&body)) {
        read.wrong::<()>("organization", p.t(&WORDS, "person-organization-not-yours"));
    }
    let first_name = name(&mut read, p, "first_name");
    let last_name = name(&mut read, p, "last_name");
    let father_name = read.optional_text("father_name", 80);
    let national_code = national_code(&mut read);
    let birth = birth(&mut read, p, form);
    let gender = read.optional_choice("gender");
    let phone = match form.raw("phone").trim() {
        "" => Some(None),
        typed => match Phone::parse(typed) {
            Ok(phone) => Some(Some(phone)),
            Err(_) => read.wrong("phone", p.t(&WORDS, "person-phone-wrong")),
        },
    };
    let region = optional(&mut read, "region", |read| read.number("region", 1, 99));
    let regions = organizations::reference::regions(conn).await?;
    let is_region = |number: i64| regions.iter().any(|region| region.number == number);
    if !regions.is_empty() && region.flatten().is_some_and(|number| !is_region(number)) {
        read.wrong::<()>("region", p.t(&WORDS, "import-reason-region-unknown"));
    }
    let neighbourhood = read.optional_text("neighbourhood", 60);
    let dependants = optional(&mut read, "dependants", |read| {
        read.number("dependants", 0, 40)
    });
    let education = read.optional_choice("education");
    let field_code = read.optional_text("field_code", 60);
    let field_words = read.optional_text("field_words", 120);
    let income = optional(&mut read, "income", |read| read.toman_or_zero("income"));
    let group_reason = read.note("group_reason", 2_000);
    let notes = read.note("notes", NOTE);
    let guardian = guardian(ask, conn, &mut read, form, own).await?;
    let known_fields = reference::fields(conn, p.now.date()).await?;
    let is_known =
        |code: &String| code.is_empty() || known_fields.iter().any(|field| field.code == *code);
    if !field_code.as_ref().is_none_or(is_known) {
        read.wrong::<()>("field_code", p.t(&web::WORDS, "field-choose"));
    }
    let known_groups = reference::groups(conn, p.now.date()).await?;
    let groups = form.all("groups");
    if groups
        .iter()
        .any(|code| !known_groups.iter().any(|group| group.code == *code))
    {
        read.wrong::<()>("groups", p.t(&web::WORDS, "field-choose"));
    }
    if !read.is_good() {
        return Ok(Err(read.errors));
    }
    // Every value is there when nothing is wrong.
    let filled = || {
        let (birth_on, is_birth_approximate) = birth?;
        let (guardian_person, guardian_contact) = guardian?;
        let mut facts = PersonFacts::new(OrganizationId::new(body?), &first_name?, &last_name?);
        facts.father_name = father_name?;
        facts.national_code = national_code?;
        facts.birth_on = birth_on;
        facts.is_birth_approximate = is_birth_approximate;
        facts.gender = gender?;
        facts.phone = phone?;
        facts.region = region?;
        facts.neighbourhood = neighbourhood?;
        facts.dependants = dependants?;
        facts.education = education?;
        facts.field_code = field_code.filter(|code| !code.is_empty());
        facts.field_words = field_words?;
        facts.income = income?;
        facts.notes = notes?;
        facts.guardian_person = guardian_person;
        facts.guardian_contact = guardian_contact;
        Some(Filled {
            facts,
            groups: groups.to_vec(),
            group_reason: group_reason?,
        })
    };
    Ok(filled().ok_or(read.errors))
}

/// Reads the consent of a registration.
pub(crate) fn consent(p: &Page, form: &Form) -> Result<Agreed, FormErrors> {
    let mut read = form.read(p);
    if !read.ticked("agreed") {
        read.wrong::<()>("agreed", p.t(&WORDS, "person-consent-needed"));
    }
    let evidence: Option<Evidence> = read.choice("evidence");
    let years: Option<i64> = read.choice("consent_years");
    if years.is_some_and(|years| !YEARS.contains(&years)) {
        read.wrong::<()>("consent_years", p.t(&web::WORDS, "field-choose"));
    }
    match (evidence, years) {
        (Some(evidence), Some(years)) if read.is_good() => {
            Ok((evidence, years_after(p.now.date(), years)))
        }
        _ => Err(read.errors),
    }
}

/// A name has a letter in it.
fn name(read: &mut web::Read<'_>, p: &Page, field: &str) -> Option<String> {
    let name = read.text(field, 80)?;
    match name.chars().any(char::is_alphabetic) {
        true => Some(name),
        false => read.wrong(field, p.t(&WORDS, "person-name-wrong")),
    }
}

/// A value that may be left out.
fn optional<T>(
    read: &mut web::Read<'_>,
    name: &str,
    value: impl FnOnce(&mut web::Read<'_>) -> Option<T>,
) -> Option<Option<T>> {
    if read.is_empty(name) {
        Some(None)
    } else {
        value(read).map(Some)
    }
}

fn national_code(read: &mut web::Read<'_>) -> Option<NationalCodeFact> {
    if read.is_empty("national_code") {
        return read
            .choice::<NoCodeReason>("no_code_reason")
            .map(NationalCodeFact::None);
    }
    let code = read.national_code("national_code")?;
    Some(match read.ticked("is_verified") {
        true => NationalCodeFact::Verified(code),
        false => NationalCodeFact::Unverified(code),
    })
}

/// The longest life reckoned with, in years.
const LIFE: i32 = 130;

/// A whole date, or the year alone.
fn birth(read: &mut web::Read<'_>, p: &Page, form: &Form) -> Option<(Option<Date>, bool)> {
    let part = |part: &str| form.raw(&format!("birth.{part}")).trim().to_owned();
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let wrong = |read: &mut web::Read<'_>, key: &str| read.wrong("birth", p.t(&WORDS, key));
    let this_year = Jalali::from(p.now.date()).year;
    if !year.is_empty() && month.is_empty() && day.is_empty() {
        return match persian::latin_digits(&year).parse::<i32>() {
            Ok(year) if (this_year - LIFE..=this_year).contains(&year) => {
                Some((Jalali::new(year, 1, 1).ok().map(Jalali::to_date), true))
            }
            _ => wrong(read, "person-birth-year-wrong"),
        };
    }
    let day = read.optional_date("birth")?;
    if day.is_some_and(|day| day > p.now.date()) {
        return wrong(read, "person-birth-to-come");
    }
    if day.is_some_and(|day| Jalali::from(day).year < this_year - LIFE) {
        return wrong(read, "person-birth-year-wrong");
    }
    Some((day, false))
}

type Guardian = (Option<PersonId>, Option<ContactId>);

/// Guardian or companion by public code, `P-…` or `M-…`: somebody the asker may see.
async fn guardian(
    ask: &Ask,
    conn: &mut db::Conn,
    read: &mut web::Read<'_>,
    form: &Form,
    own: Option<PersonId>,
) -> Outcome<Option<Guardian>> {
    let typed = form.raw("guardian").trim();
    if typed.is_empty() {
        return Ok(Some((None, None)));
    }
    let (viewer, now) = (&ask.viewer, ask.now());
    // Who stands in the record already stays, also when the asker may not see him.
    let before: Guardian = match own {
        Some(own) => {
            let person = super::get(conn, own).await?;
            (person.guardian_person_id, person.guardian_contact_id)
        }
        None => (None, None),
    };
    if let Some(code) = public_code(typed)
        && let Some(person) = find_by_code(conn, &code).await?
        && Some(person.id) != own
        && (before.0 == Some(person.id)
            || grants::may_see(conn, viewer, person.id.get(), Category::Operational, now).await?)
    {
        return Ok(Some((Some(person.id), None)));
    }
    let contact = match persian::latin_digits(typed).starts_with(['M', 'm']) {
        true => contacts::by_handle(conn, typed).await?,
        false => None,
    };
    // Her messages will go there: nobody is named by guessing a handle.
    let contact = match contact {
        Some(contact) if before.1 == Some(contact.id) => Some(contact),
        Some(contact)
            if contacts::may_see(conn, viewer, &contact, Category::Operational, now).await? =>
        {
            Some(contact)
        }
        _ => None,
    };
    match contact {
        Some(contact) => Ok(Some((None, Some(contact.id)))),
        None => Ok(read.wrong("guardian", ask.page.t(&WORDS, "person-guardian-unknown"))),
    }
}

/// What the form says of whom, for the search of duplicates: as far as it can be read.
pub(crate) fn typed(p: &Page, form: &Form) -> Typed {
    let text = |name: &str| persian::clean(form.raw(name));
    let mut read = form.read(p);
    let birth = birth(&mut read, p, form).unwrap_or_default();
    let phone = match Phone::parse(form.raw("phone")) {
        Ok(Phone::Mobile(mobile)) => Some(mobile.as_str().to_owned()),
        Ok(Phone::Landline(landline)) => Some(landline.as_str().to_owned()),
        Err(_) => None,
    };
    Typed {
        first_name: text("first_name"),
        last_name: text("last_name"),
        father_name: text("father_name"),
        national_code: text("national_code"),
        birth_on: birth.0,
        is_birth_approximate: birth.1,
        gender: form.raw("gender").parse().ok(),
        phone,
    }
}

/// A form filled in from what a search asked for.
pub(crate) fn from_search(q: &str, year: &str) -> Form {
    let terms = crate::search::Terms::read(q, year, "");
    let is_word = |word: &&str| {
        !persian::latin_digits(word)
            .chars()
            .any(|c| c.is_ascii_digit())
    };
    let cleaned = persian::clean(q);
    let words: Vec<&str> = cleaned.split(' ').filter(is_word).collect();
    let (first, last) = match words.as_slice() {
        [] => (String::new(), String::new()),
        [only] => (String::new(), (*only).to_owned()),
        [first, rest @ ..] => ((*first).to_owned(), rest.join(" ")),
    };
    Form::prefilled([
        ("first_name", first),
        ("last_name", last),
        (
            "national_code",
            terms.national_code.clone().unwrap_or_default(),
        ),
        (
            "birth.year",
            terms
                .birth_year
                .map(|year| year.to_string())
                .unwrap_or_default(),
        ),
        (
            "phone",
            terms.phone.as_deref().map(dialled).unwrap_or_default(),
        ),
        ("consent_years", "2".to_owned()),
    ])
}

/// A form filled in from a record, for its correction.
pub(crate) fn from_record(
    p: &Page,
    person: &Person,
    sealed: (Option<String>, Option<money::Rial>, Option<String>),
    phone: Option<String>,
    neighbourhood: String,
    guardian: String,
) -> Form {
    let (national_code, income, notes) = sealed;
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let birth = person.birth_on.map(Jalali::from);
    let is_whole = !person.is_birth_approximate;
    let part = |of: &dyn Fn(Jalali) -> String, shown: bool| {
        birth.filter(|_| shown).map(of).unwrap_or_default()
    };
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let mut form = Form::prefilled([
        ("first_name", person.first_name.clone()),
        ("last_name", person.last_name.clone()),
        ("father_name", person.father_name.clone()),
        ("national_code", national_code.unwrap_or_default()),
        (
            "no_code_reason",
            word(person.no_code_reason.map(NoCodeReason::as_str)),
        ),
        (
            "birth.year",
            part(&|day| local_digits(&day.year.to_string(), p.lang), true),
        ),
        ("birth.month", part(&|day| day.month.to_string(), is_whole)),
        (
            "birth.day",
            part(&|day| local_digits(&day.day.to_string(), p.lang), is_whole),
        ),
        ("gender", word(person.gender.map(super::Gender::as_str))),
        ("phone", phone.as_deref().map(dialled).unwrap_or_default()),
        ("neighbourhood", neighbourhood),
        ("region", number(person.region)),
        ("guardian", guardian),
        ("dependants", number(person.dependants)),
        (
            "education",
            word(person.education.map(super::Education::as_str)),
        ),
        ("field_code", word(person.field_code.as_deref())),
        ("field_words", person.field_words.clone()),
        (
            "income",
            income
                .map(|income| (income.get() / 10).to_string())
                .unwrap_or_default(),
        ),
        ("notes", notes.unwrap_or_default()),
        ("version", person.version.to_string()),
    ]);
    if person.identity == super::Identity::Verified {
        form.push("is_verified".to_owned(), "yes".to_owned());
    }
    form
}
