//! The people of the invented city, each with a case somewhere along the chain.

use casework::cases::{ConsentGiven, Evidence, Source};
use casework::{CaseId, NextAction, OpenCase, Stage};
use db::{Origin, Result, Tx, Write};
use money::Rial;
use organizations::OrganizationId;
use people::{Gender, NationalCodeFact, NewPerson, NoCodeReason, PersonFacts, PersonId};
use persian::{Date, Jalali, NationalCode, Phone, Timestamp};
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde::Serialize;
use uuid::Uuid;
use web::City;

use super::names::{FAMILIES, MEN, WOMEN, mobile, national_code, pick};

/// Who registers and carries the cases.
pub struct Team {
    /// The body.
    pub organization: OrganizationId,
    /// Its facilitators.
    pub workers: Vec<Uuid>,
}

/// Fields of work people bring.
const FIELDS: &[&str] = &[
    "ترشی و مربا",
    "نان محلی",
    "بسته‌بندی خشکبار",
    "گلیم‌بافی",
    "سفالگری",
    "خیاطی",
];
/// Neighbourhoods of the invented city.
const NEIGHBOURHOODS: &[&str] = &[
    "باغ انار",
    "چهل‌چشمه",
    "کوی رود",
    "سبزه‌میدان",
    "تپهٔ کاج",
    "پل سنگی",
];

/// People written in one transaction.
const TOGETHER: u32 = 20;

/// Registers `count` people between two instants and opens a case for each.
pub async fn make(
    city: &City,
    rng: &mut StdRng,
    team: &Team,
    count: u32,
    since: Timestamp,
    until: Timestamp,
) -> Result<()> {
    let span = until.seconds_since(since);
    let mut done = 0;
    while done < count {
        let now = since.plus_seconds(span * i64::from(done) / i64::from(count.max(1)));
        city.db.clock().hold(now);
        let size = TOGETHER.min(count - done);
        let people = (0..size)
            .map(|_| entry(city, rng, team, now, until))
            .collect();
        city.db
            .write(&Origin::program("demo"), RegisterPeople { people })
            .await?;
        done += size;
    }
    Ok(())
}

fn entry(city: &City, rng: &mut StdRng, team: &Team, now: Timestamp, until: Timestamp) -> Entry {
    let is_woman = rng.random_range(0..100) < 78;
    let first = pick(rng, if is_woman { WOMEN } else { MEN });
    let last = pick(rng, FAMILIES);
    let id = PersonId::new(city.db.new_id());
    let has_papers = rng.random_range(0..100) < 94;
    let facts = PersonFacts {
        father_name: pick(rng, MEN).to_owned(),
        national_code: match NationalCode::parse(&national_code(rng)) {
            Ok(code) if has_papers => NationalCodeFact::Verified(code),
            _ => NationalCodeFact::None(NoCodeReason::Lost),
        },
        birth_on: birth(rng, now.date()),
        gender: Some(if is_woman {
            Gender::Female
        } else {
            Gender::Male
        }),
        region: Some(rng.random_range(1..=22)),
        neighbourhood: pick(rng, NEIGHBOURHOODS).to_owned(),
        dependants: Some(rng.random_range(0..5)),
        field_words: pick(rng, FIELDS).to_owned(),
        phone: has_papers
            .then(|| Phone::parse(&mobile(rng)).ok())
            .flatten(),
        income: Some(Rial::new(rng.random_range(20..90) * 1_000_000)),
        ..PersonFacts::new(team.organization, first, last)
    };
    let days = until.seconds_since(now) / 86_400;
    Entry {
        person: facts.seal(&city.keys, id),
        case: OpenCase {
            id: CaseId::new(city.db.new_id()),
            person: id,
            organization: team.organization,
            owner: team.workers[rng.random_range(0..team.workers.len())],
            source: Source::Visit,
            consent: ConsentGiven {
                id: city.db.new_id(),
                evidence: Evidence::Signature,
                valid_until: until.plus_days(365).date(),
            },
            next_action_on: now.plus_days(3).date(),
        },
        stage: stage(rng, days),
        next_on: until.plus_days(rng.random_range(-12..20)).date(),
    }
}

/// Somebody between twenty and sixty.
fn birth(rng: &mut StdRng, today: Date) -> Option<Date> {
    let year = Jalali::from(today).year - rng.random_range(20..60);
    let day = Jalali::new(year, rng.random_range(1..=12), rng.random_range(1..=29)).ok()?;
    Some(day.to_date())
}

/// How far someone who came so many days ago has come; some are stuck.
fn stage(rng: &mut StdRng, days: i64) -> Stage {
    let reached = (days / 60 + rng.random_range(-1..=2)).clamp(0, 7);
    let stuck = rng.random_range(0..100) < 22;
    let index = if stuck { reached / 2 } else { reached };
    usize::try_from(index)
        .ok()
        .and_then(|index| Stage::ALL.get(index).copied())
        .unwrap_or(Stage::Intake)
}

/// What comes next at a stage.
fn next(stage: Stage) -> NextAction {
    match stage {
        Stage::Intake => NextAction::Assess,
        Stage::Assessment => NextAction::Decide,
        Stage::Planning => NextAction::Plan,
        Stage::Referral => NextAction::Refer,
        Stage::Training => NextAction::FollowCourse,
        Stage::Making => NextAction::PrepareProduct,
        Stage::Selling => NextAction::WatchSales,
        Stage::Earning => NextAction::FollowUp,
    }
}

/// One person and her case.
#[derive(Serialize)]
struct Entry {
    person: NewPerson,
    case: OpenCase,
    stage: Stage,
    next_on: Date,
}

/// Registers people and opens their cases in one transaction.
#[derive(Serialize)]
struct RegisterPeople {
    people: Vec<Entry>,
}

impl Write for RegisterPeople {
    const NAME: &'static str = "register_demo_people";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for entry in &self.people {
            people::create(tx, &entry.person).await?;
            let case = entry.case.run(tx).await?;
            casework::move_stage(tx, case, entry.stage).await?;
            casework::set_next_action(tx, case, next(entry.stage), entry.next_on, None).await?;
        }
        Ok(())
    }
}
