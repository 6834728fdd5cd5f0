//! Three people whose whole way is told, by name.

use std::collections::BTreeMap;

use db::Result;
use people::{Gender, NationalCodeFact, NoCodeReason, PersonFacts};
use persian::{Jalali, Lang, NationalCode, Phone, Timestamp};

use super::Account;
use super::goods::{Maker, Pay};
use super::lives::{self, Newcomer};
use super::names::{mobile, national_code};
use super::town::{Town, workday};
use super::trades::{POTTERY, TRADES};

/// Plans the three; gives their accounts and what they make.
pub fn plan(town: &mut Town) -> Result<(BTreeMap<String, Account>, Vec<Maker>)> {
    let mut accounts = BTreeMap::new();
    let mut makers = Vec::new();
    let order = [
        ("pickles", pickle_maker(town)?, 520),
        ("weaver", weaver(town)?, 430),
        ("potter", potter(town)?, 360),
    ];
    for (name, new, ago) in order {
        let first = Timestamp::at(workday(town.until.plus_days(-ago).date()), 9, 0);
        let (known, maker) = lives::plan(town, &new, first)?;
        let shown_name = format!("{} {}", new.facts.first_name, new.facts.last_name);
        let account = Account {
            role: "person".to_owned(),
            organization: String::new(),
            username: name.to_owned(),
            password: String::new(),
            totp_secret: String::new(),
            token: String::new(),
            sign_in: format!("/demo/sign-in/{name}"),
            id: known.contact.get(),
            shown_name,
        };
        accounts.insert(name.to_owned(), account);
        makers.extend(maker);
    }
    Ok((accounts, makers))
}

fn facts(town: &mut Town, first: &str, last: &str, year: i32) -> Result<PersonFacts> {
    let birth = Jalali::new(year, 5, 12).map(Jalali::to_date).ok();
    Ok(PersonFacts {
        birth_on: birth,
        gender: Some(Gender::Female),
        language: Lang::Fa,
        ..PersonFacts::new(town.bodies.body("welfare")?, first, last)
    })
}

/// She heads a household of four and makes pickles at home.
fn pickle_maker(town: &mut Town) -> Result<Newcomer> {
    let facts = PersonFacts {
        father_name: "کریم".into(),
        national_code: match NationalCode::parse(&national_code(&mut town.rng)) {
            Ok(code) => NationalCodeFact::Verified(code),
            Err(_) => NationalCodeFact::None(NoCodeReason::Lost),
        },
        region: Some(15),
        neighbourhood: "باغ انار".into(),
        dependants: Some(3),
        field_code: Some("pickles_and_jam".into()),
        field_words: "ترشی و مربا".into(),
        phone: Phone::parse(&mobile(&mut town.rng)).ok(),
        ..facts(town, "گلناز", "پونه‌زار", 1_364)?
    };
    Ok(Newcomer {
        facts,
        group: "woman_head_of_household",
        trade: &TRADES[0],
        worker: town.user("worker"),
        pay: Pay::Own("گلناز پونه‌زار".into()),
        is_told: true,
    })
}

/// She weaves kilims from a wheelchair; her brother is her guardian and has the account.
fn weaver(town: &mut Town) -> Result<Newcomer> {
    let facts = PersonFacts {
        father_name: "یحیی".into(),
        national_code: match NationalCode::parse(&national_code(&mut town.rng)) {
            Ok(code) => NationalCodeFact::Verified(code),
            Err(_) => NationalCodeFact::None(NoCodeReason::Lost),
        },
        region: Some(12),
        neighbourhood: "سبزه‌میدان".into(),
        dependants: Some(0),
        field_code: Some("kilim_weaving".into()),
        field_words: "گلیم‌بافی".into(),
        phone: Phone::parse(&mobile(&mut town.rng)).ok(),
        ..facts(town, "پری", "رنگرز", 1_371)?
    };
    Ok(Newcomer {
        facts,
        group: "person_with_disability",
        trade: &TRADES[1],
        worker: town.user("worker2"),
        pay: Pay::Proxy(
            "بهرام رنگرز".into(),
            "قیم اوست و حساب به نام او باز است.".into(),
        ),
        is_told: true,
    })
}

/// In treatment at the recovery house, without papers, phone or bank account.
fn potter(town: &mut Town) -> Result<Newcomer> {
    let facts = PersonFacts {
        national_code: NationalCodeFact::None(NoCodeReason::Lost),
        gender: Some(Gender::Male),
        region: Some(18),
        neighbourhood: "پل سنگی".into(),
        dependants: Some(1),
        field_code: Some("pottery".into()),
        field_words: "سفالگری".into(),
        phone: None,
        ..facts(town, "داوود", "چشمه‌سار", 1_358)?
    };
    Ok(Newcomer {
        facts,
        group: "recovered_person",
        trade: &TRADES[POTTERY],
        worker: town.user("worker3"),
        pay: Pay::Counter("داوود چشمه‌سار".into()),
        is_told: true,
    })
}
