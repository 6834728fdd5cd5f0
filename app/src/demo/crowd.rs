//! Everyone else who comes: names, groups and trades by chance.

use db::Result;
use money::Rial;
use people::{Gender, NationalCodeFact, NoCodeReason, PersonFacts};
use persian::{Date, Jalali, NationalCode, Phone, Timestamp};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::goods::{Maker, Pay};
use super::lives::{self, Newcomer};
use super::names::{FAMILIES, MEN, WOMEN, mobile, national_code, pick};
use super::town::{Town, workday};
use super::trades::{TRADES, Trade};

/// Neighbourhoods of the invented city.
const NEIGHBOURHOODS: &[&str] = &[
    "باغ انار",
    "چهل‌چشمه",
    "کوی رود",
    "سبزه‌میدان",
    "تپهٔ کاج",
    "پل سنگی",
];

/// Target groups, with how many of a hundred belong to them.
const GROUPS: &[(&str, u32)] = &[
    ("woman_head_of_household", 46),
    ("low_income", 30),
    ("person_with_disability", 14),
    ("recovered_person", 10),
];

/// Plans so many lives; more come in later months. Gives those who will make things.
pub fn plan(town: &mut Town, count: u32) -> Result<Vec<Maker>> {
    let span = town.until.seconds_since(town.since.plus_days(4));
    let mut makers = Vec::new();
    for place in 0..count {
        // The word spreads: the second year brings twice as many as the first.
        let share = (f64::from(place) / f64::from(count.max(1))).powf(0.62);
        let at = town.since.plus_days(4);
        let at = at.plus_seconds((span as f64 * share) as i64);
        let day = workday(at.date());
        if Timestamp::at(day, 9, 0) >= town.until {
            break;
        }
        let new = newcomer(town, day)?;
        let (_, maker) = lives::plan(town, &new, Timestamp::at(day, 9, 0))?;
        makers.extend(maker);
    }
    Ok(makers)
}

fn newcomer(town: &mut Town, today: Date) -> Result<Newcomer> {
    let group = of_hundred(&mut town.rng, GROUPS.iter().map(|(_, share)| *share));
    let group = GROUPS[group].0;
    let trade: &'static Trade =
        &TRADES[of_hundred(&mut town.rng, TRADES.iter().map(|trade| trade.share))];
    let is_woman = group == "woman_head_of_household" || town.chance(64);
    let rng = &mut town.rng;
    let first = pick(rng, if is_woman { WOMEN } else { MEN });
    let last = pick(rng, FAMILIES);
    let has_papers = rng.random_range(0..100) < 94;
    let facts = PersonFacts {
        father_name: pick(rng, MEN).to_owned(),
        national_code: match NationalCode::parse(&national_code(rng)) {
            Ok(code) if has_papers => NationalCodeFact::Verified(code),
            _ => NationalCodeFact::None(NoCodeReason::Lost),
        },
        birth_on: birth(rng, today),
        gender: Some(if is_woman {
            Gender::Female
        } else {
            Gender::Male
        }),
        region: Some(rng.random_range(1..=22)),
        neighbourhood: pick(rng, NEIGHBOURHOODS).to_owned(),
        dependants: Some(rng.random_range(0..5)),
        field_code: Some(trade.field.to_owned()),
        field_words: trade.craft_fa.to_owned(),
        phone: has_papers
            .then(|| Phone::parse(&mobile(rng)).ok())
            .flatten(),
        income: Some(Rial::new(rng.random_range(60..220) * 1_000_000)),
        ..PersonFacts::new(town.bodies.body("welfare")?, first, last)
    };
    let name = format!("{first} {last}");
    let pay = match town.rng.random_range(0..100) {
        0..=3 => Pay::Counter(name),
        4..=7 => Pay::Proxy(
            format!("{} {last}", pick(&mut town.rng, MEN)),
            "حساب به نام خودش ندارد.".into(),
        ),
        _ if !has_papers => Pay::Counter(name),
        _ => Pay::Own(name),
    };
    let workers = ["worker", "worker2", "worker3"];
    let worker = workers[town.rng.random_range(0..workers.len())];
    let worker = town.user(worker);
    Ok(Newcomer {
        facts,
        group,
        trade,
        worker,
        pay,
        is_told: false,
    })
}

/// The place of one of several shares of a hundred.
fn of_hundred(rng: &mut StdRng, shares: impl Iterator<Item = u32>) -> usize {
    let mut left = rng.random_range(0..100);
    for (place, share) in shares.enumerate() {
        if left < share {
            return place;
        }
        left -= share;
    }
    0
}

/// Somebody between twenty and sixty.
fn birth(rng: &mut StdRng, today: Date) -> Option<Date> {
    let year = Jalali::from(today).year - rng.random_range(20..60);
    let day = Jalali::new(year, rng.random_range(1..=12), rng.random_range(1..=29)).ok()?;
    Some(day.to_date())
}
