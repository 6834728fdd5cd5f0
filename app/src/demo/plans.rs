//! The rest of the plan: numbers and money by year, who waits for whom, launches, space.

use db::Result;
use governance::{
    ActionId, AddNeed, BeginLaunch, GiveSpace, LaunchId, LaunchKind, LaunchStep, ReachStep,
    SetBudget, SetTarget, SpaceId, SpaceKind, UseSpace,
};
use money::Rial;
use persian::{Jalali, Timestamp};

use super::town::{Town, workday};

/// What else the plan holds: numbers and money by year, who waits for whom, what opens, and the space
/// that municipal bodies give.
pub(super) fn details(
    town: &mut Town,
    actions: &[ActionId],
    targets: &[(&str, i64)],
    at: Timestamp,
) -> Result<()> {
    let secretary = town.user("secretary");
    let year = i64::from(Jalali::from(town.until.date()).year);
    for (place, ((figure, most), action_id)) in targets.iter().zip(actions).enumerate() {
        let (unit_fa, unit_en) = match *figure {
            "shops_open" => ("فروشگاه", "shops"),
            "pilots" => ("آزمایش", "pilots"),
            _ => ("نفر", "people"),
        };
        for back in 0..2 {
            let target = SetTarget {
                id: town.id(at),
                action_id: *action_id,
                year: year - back,
                quantity: (most / (back + 1)).max(1),
                unit_fa: unit_fa.into(),
                unit_en: unit_en.into(),
                indicator_code: Some((*figure).into()),
            };
            town.agenda.add(at, secretary, target);
        }
        let budget = SetBudget {
            id: town.id(at),
            action_id: *action_id,
            year,
            line: "اعتبار برنامهٔ مشاغل خانگی".into(),
            amount: Rial::new(400_000_000 * (place as i64 + 1)),
        };
        town.agenda.add(at, secretary, budget);
    }
    // Selling waits for the shops, and the packages for the development centre.
    for (waits, needs) in [(4, 1), (5, 0)] {
        let need = AddNeed {
            action_id: actions[waits],
            needs_id: actions[needs],
        };
        town.agenda.add(at, secretary, need);
    }
    launches(town, actions)?;
    spaces(town, actions, at)
}

/// Kind, names, action, days until its opening from the demo's first day, steps reached after the idea.
const LAUNCHES: &[(LaunchKind, &str, &str, usize, i64, usize)] = &[
    (
        LaunchKind::Shop,
        "ششم، میدان بهار",
        "Sixth, Spring Square",
        1,
        60,
        2,
    ),
    (LaunchKind::Fair, "یلدا", "Yalda", 4, 25, 3),
    (
        LaunchKind::Centre,
        "توسعهٔ غرب",
        "Development, west",
        0,
        -30,
        1,
    ),
    (
        LaunchKind::Shop,
        "پنجم، برج",
        "Fifth, the tower",
        1,
        -200,
        4,
    ),
];

fn launches(town: &mut Town, actions: &[ActionId]) -> Result<()> {
    let secretary = town.user("secretary");
    for (kind, name_fa, name_en, action, days, steps) in LAUNCHES {
        let begun = Timestamp::at(
            workday(town.until.plus_days((*days).min(0) - 150).date()),
            9,
            50,
        );
        let id = LaunchId::new(town.id(begun));
        let begin = BeginLaunch {
            id,
            action_id: actions[*action],
            organization_id: town.bodies.body("dastafarin")?,
            kind: *kind,
            name_fa: (*name_fa).into(),
            name_en: (*name_en).into(),
            planned_on: town.until.plus_days(*days).date(),
        };
        town.agenda.add(begun, secretary, begin);
        for (place, step) in (1..).zip(LaunchStep::ALL.iter().skip(1).take(*steps)) {
            let on = Timestamp::at(workday(begun.plus_days(30 * place).date()), 9, 50);
            let reach = ReachStep {
                launch_id: id,
                step: *step,
                reached_on: on.date(),
                note: "نامه در پرونده است.".into(),
            };
            town.agenda.add(on, secretary, reach);
        }
    }
    Ok(())
}

/// Kind, names, body, how many, unit in Persian and English, how many were used in one week.
type Given = (
    SpaceKind,
    &'static str,
    &'static str,
    &'static str,
    i64,
    &'static str,
    &'static str,
    i64,
);

const SPACES: &[Given] = &[
    (
        SpaceKind::Bazaar,
        "محلهٔ بهار",
        "Spring neighbourhood",
        "women",
        20,
        "غرفه",
        "booths",
        18,
    ),
    (
        SpaceKind::Metro,
        "تابلوی خط یک",
        "Boards of line one",
        "media",
        12,
        "تابلو",
        "boards",
        14,
    ),
    (
        SpaceKind::Park,
        "میز فروش لاله",
        "Tables among the tulips",
        "women",
        8,
        "میز",
        "tables",
        5,
    ),
];

fn spaces(town: &mut Town, actions: &[ActionId], at: Timestamp) -> Result<()> {
    let secretary = town.user("secretary");
    for (kind, name_fa, name_en, body, quantity, unit_fa, unit_en, used) in SPACES {
        let id = SpaceId::new(town.id(at));
        let give = GiveSpace {
            id,
            action_id: actions[4],
            organization_id: town.bodies.body(body)?,
            kind: *kind,
            name_fa: (*name_fa).into(),
            name_en: (*name_en).into(),
            quantity: *quantity,
            unit_fa: (*unit_fa).into(),
            unit_en: (*unit_en).into(),
            given_from: at.date(),
            given_until: at.plus_days(1_095).date(),
        };
        town.agenda.add(at, secretary, give);
        let week = Timestamp::at(workday(town.until.plus_days(-45).date()), 11, 0);
        let use_it = UseSpace {
            id: town.id(week),
            space_id: id,
            quantity: *used,
            used_from: week.date(),
            used_until: week.plus_days(6).date(),
            note: "هفتهٔ فروش پاییزه".into(),
            is_over_known: used > quantity,
        };
        town.agenda.add(week, secretary, use_it);
    }
    Ok(())
}
