//! What the registration form accepts.

use contacts::ContactId;
use db::Conn;
use organizations::OrganizationId;
use persian::digits::local_digits;
use persian::{Date, Jalali, NationalCode, Phone, Timestamp};
use uuid::Uuid;
use web::{Form, FormErrors, Outcome, Page};

use super::{NationalCodeFact, NoCodeReason, Person, PersonFacts, PersonId, find_by_code};
use crate::duplicates::Typed;
use crate::search::public_code;
use crate::{WORDS, reference};

/// A form that could be read: facts, and target groups with why.
pub(crate) struct Filled {
    pub facts: PersonFacts,
    pub groups: Vec<String>,
    pub group_reason: String,
}

/// Reads a form; every fault stands at its field.
pub(crate) async fn read(
    conn: &mut Conn,
    p: &Page,
    form: &Form,
    bodies: &[Uuid],
) -> Outcome<Result<Filled, FormErrors>> {
    let mut read = form.read(p);
    let body = match bodies {
        [only] => Some(*only),
        _ => read.choice::<Uuid>("organization"),
    };
    if body.is_some_and(|body| !bodies.contains(&body)) {
        read.wrong::<()>("organization", p.t(&WORDS, "person-organization-not-yours"));
    }
    let first_name = read.text("first_name", 80);
    let last_name = read.text("last_name", 80);
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
    let neighbourhood = read.optional_text("neighbourhood", 60);
    let dependants = optional(&mut read, "dependants", |read| read.number("dependants", 0, 40));
    let education = read.optional_choice("education");
    let field_code = read.optional_text("field_code", 60);
    let field_words = read.optional_text("field_words", 120);
    let income = optional(&mut read, "income", |read| read.toman_or_zero("income"));
    let group_reason = read.note("group_reason", 2_000);
    let notes = read.note("notes", 20_000);
    let guardian = guardian(conn, &mut read, p, form).await?;
    let known_fields = reference::fields(conn, p.now.date()).await?;
    let is_known = |code: &String| code.is_empty() || known_fields.iter().any(|field| field.code == *code);
    if !field_code.as_ref().is_none_or(is_known) {
        read.wrong::<()>("field_code", p.t(&web::WORDS, "field-choose"));
    }
    let known_groups = reference::groups(conn, p.now.date()).await?;
    let groups = form.all("groups");
    if groups.iter().any(|code| !known_groups.iter().any(|group| group.code == *code)) {
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
        Some(Filled { facts, groups: groups.to_vec(), group_reason: group_reason? })
    };
    Ok(filled().ok_or(read.errors))
}

/// A value that may be left out.
fn optional<T>(
    read: &mut web::Read<'_>,
    name: &str,
    value: impl FnOnce(&mut web::Read<'_>) -> Option<T>,
) -> Option<Option<T>> {
    if read.is_empty(name) { Some(None) } else { value(read).map(Some) }
}

fn national_code(read: &mut web::Read<'_>) -> Option<NationalCodeFact> {
    if read.is_empty("national_code") {
        return read.choice::<NoCodeReason>("no_code_reason").map(NationalCodeFact::None);
    }
    let code = read.national_code("national_code")?;
    Some(match read.ticked("is_verified") {
        true => NationalCodeFact::Verified(code),
        false => NationalCodeFact::Unverified(code),
    })
}

/// A whole date, or the year alone.
fn birth(read: &mut web::Read<'_>, p: &Page, form: &Form) -> Option<(Option<Date>, bool)> {
    let part = |part: &str| form.raw(&format!("birth.{part}")).trim().to_owned();
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let wrong = |read: &mut web::Read<'_>, key: &str| read.wrong("birth", p.t(&WORDS, key));
    if !year.is_empty() && month.is_empty() && day.is_empty() {
        let this_year = Jalali::from(p.now.date()).year;
        return match persian::latin_digits(&year).parse::<i32>() {
            Ok(year) if (this_year - 130..=this_year).contains(&year) => {
                Some((Jalali::new(year, 1, 1).ok().map(Jalali::to_date), true))
            }
            _ => wrong(read, "person-birth-year-wrong"),
        };
    }
    let day = read.optional_date("birth")?;
    if day.is_some_and(|day| day > p.now.date()) {
        return wrong(read, "person-birth-to-come");
    }
    Some((day, false))
}

type Guardian = (Option<PersonId>, Option<ContactId>);

/// Guardian or companion by her public code, `P-…` or `M-…`.
async fn guardian(
    conn: &mut Conn,
    read: &mut web::Read<'_>,
    p: &Page,
    form: &Form,
) -> Outcome<Option<Guardian>> {
    let typed = form.raw("guardian").trim();
    if typed.is_empty() {
        return Ok(Some((None, None)));
    }
    if let Some(code) = public_code(typed)
        && let Some(person) = find_by_code(conn, &code).await?
    {
        return Ok(Some((Some(person.id), None)));
    }
    match contacts::by_handle(conn, typed).await? {
        Some(contact) => Ok(Some((None, Some(contact.id)))),
        None => Ok(read.wrong("guardian", p.t(&WORDS, "person-guardian-unknown"))),
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
    let is_word = |word: &&str| !persian::latin_digits(word).chars().any(|c| c.is_ascii_digit());
    let cleaned = persian::clean(q);
    let words: Vec<&str> = cleaned.split(' ').filter(is_word).collect();
    let (first, last) = match words.as_slice() {
        [] => (String::new(), String::new()),
        [only] => (String::new(), (*only).to_owned()),
        [first, rest @ ..] => ((*first).to_owned(), rest.join(" ")),
    };
    let phone = terms.phone.as_deref().and_then(|phone| Phone::parse(phone).ok());
    Form::prefilled([
        ("first_name", first),
        ("last_name", last),
        ("national_code", terms.national_code.clone().unwrap_or_default()),
        ("birth.year", terms.birth_year.map(|year| year.to_string()).unwrap_or_default()),
        ("phone", phone.as_ref().map(local).unwrap_or_default()),
    ])
}

/// A form filled in from a record, for its correction.
pub(crate) fn from_record(
    p: &Page,
    person: &Person,
    sealed: (Option<String>, Option<money::Rial>, Option<String>),
    phone: Option<String>,
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
        ("no_code_reason", word(person.no_code_reason.map(NoCodeReason::as_str))),
        ("birth.year", part(&|day| local_digits(&day.year.to_string(), p.lang), true)),
        ("birth.month", part(&|day| day.month.to_string(), is_whole)),
        ("birth.day", part(&|day| local_digits(&day.day.to_string(), p.lang), is_whole)),
        ("gender", word(person.gender.map(super::Gender::as_str))),
        ("phone", phone.and_then(|phone| Phone::parse(&phone).ok()).as_ref().map(local).unwrap_or_default()),
        ("region", number(person.region)),
        ("guardian", guardian),
        ("dependants", number(person.dependants)),
        ("education", word(person.education.map(super::Education::as_str))),
        ("field_code", word(person.field_code.as_deref())),
        ("field_words", person.field_words.clone()),
        ("income", income.map(|income| (income.get() / 10).to_string()).unwrap_or_default()),
        ("notes", notes.unwrap_or_default()),
        ("version", person.version.to_string()),
    ]);
    if person.identity == super::Identity::Verified {
        form.push("is_verified".to_owned(), "yes".to_owned());
    }
    form
}

fn local(phone: &Phone) -> String {
    match phone {
        Phone::Mobile(mobile) => mobile.local(),
        Phone::Landline(landline) => landline.local(),
    }
}

/// The age in whole years on a day.
pub(crate) fn age(birth: Date, now: Timestamp) -> i64 {
    let (birth, today) = (Jalali::from(birth), Jalali::from(now.date()));
    let had_birthday = (today.month, today.day) >= (birth.month, birth.day);
    i64::from(today.year - birth.year) - i64::from(!had_birthday)
}
