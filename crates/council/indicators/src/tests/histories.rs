//! G1 over histories that nobody thought out: number, list, cells, what is published and what is
//! exported say the same.

use access::Role;
use access::cast::Stage;
use casework::cases::MoveCase;
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use people::persons::{Gender, contact_id_of};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use testing::{Bench, both};

use super::{Load, SellAndPay, open_case, register};
use crate::figures::{self, CODES, Measure};
use crate::{TakeValues, chain, statistics};

/// Some months of a town in which things happen by chance.
async fn live(bench: &Bench, seed: u64) -> Stage {
    let mut chance = StdRng::seed_from_u64(seed);
    let rooms = vec![access::room(), crate::room()];
    let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
    stage.write(&stage.alice, Load {}).await.unwrap();
    let home = OrganizationId::new(stage.home);
    let shop = CreatePlace {
        id: PlaceId::new(bench.db.new_id()),
        organization_id: home,
        kind: *[PlaceKind::Shop, PlaceKind::Centre]
            .choose(&mut chance)
            .unwrap(),
        code: "place-1".into(),
        name_fa: "جا".into(),
        name_en: "Place".into(),
        region: chance.random_range(1..=22),
        address: String::new(),
        trade: String::new(),
        capacity: chance.random_range(0..40),
        valid_from: bench.db.clock().today(),
    };
    let place = stage.write(&stage.alice, shop).await.unwrap();
    let mut people = Vec::new();
    for _ in 0..30 {
        match chance.random_range(0..10) {
            0..4 => {
                let gender = *[Gender::Female, Gender::Male].choose(&mut chance).unwrap();
                let person = register(&stage, home, chance.random_range(1..=4), gender).await;
                let case = chance.random_bool(0.8);
                let case = match case {
                    true => Some(open_case(&stage, home, person).await),
                    false => None,
                };
                people.push((person, case));
            }
            4..7 => {
                let Some((_, Some(case))) = people.choose(&mut chance).copied() else {
                    continue;
                };
                let to = *casework::Stage::ALL.choose(&mut chance).unwrap();
                // A case that is there already is not moved: nothing happens.
                let _ = stage
                    .write(&stage.alice, MoveCase { case, stage: to })
                    .await;
            }
            7..9 => {
                let Some((person, _)) = people.choose(&mut chance).copied() else {
                    continue;
                };
                let contact = contact_id_of(&stage.city.keys, person);
                stage
                    .write(&stage.alice, SellAndPay { contact, place })
                    .await
                    .unwrap();
            }
            _ => bench.pass_days(chance.random_range(1..40)),
        }
    }
    stage
}

/// Compares every figure with everything that tells it.
async fn agree(bench: &Bench, stage: &Stage, seed: u64) {
    let today = bench.db.clock().today();
    stage.write(&stage.alice, TakeValues {}).await.unwrap();
    let mut conn = bench.db.read().await.unwrap();
    let published = statistics::published(&mut conn).await.unwrap();
    for code in CODES {
        let at = format!("{code}, seed {seed}");
        let number = figures::number(&mut conn, code, today).await.unwrap();
        let list = figures::list(&mut conn, code, today, None, 10_000)
            .await
            .unwrap();
        let sum: i64 = list.iter().map(|item| item.amount).sum();
        let listed = match figures::measure(code).unwrap() {
            Measure::Count => Some(list.len() as i64),
            Measure::Sum => Some(sum),
            Measure::Ratio(scale) => {
                let whole: i64 = list.iter().filter_map(|item| item.whole).sum();
                (sum * scale).checked_div(whole)
            }
            Measure::MedianDays | Measure::MedianOfInstants => {
                let mut days: Vec<i64> = list.iter().map(|item| item.amount).collect();
                days.sort_unstable();
                days.len().checked_sub(1).map(|last| days[last / 2])
            }
        };
        assert_eq!(number, listed, "{at}: the list");
        if matches!(
            figures::measure(code).unwrap(),
            Measure::Count | Measure::Sum
        ) {
            for by in figures::breakdowns(code).unwrap() {
                let cells = figures::cells(&mut conn, code, by, today).await.unwrap();
                let cells: i64 = cells.iter().filter_map(|cell| cell.amount).sum();
                assert_eq!(Some(cells), number, "{at}: by {}", by.as_str());
            }
        }
        let told = published
            .iter()
            .find(|one| one.definition.code == code)
            .unwrap();
        if !told.is_hidden {
            assert_eq!(told.amount, number, "{at}: what is published");
        }
        assert!(
            told.regions.iter().all(|cell| cell
                .subjects
                .is_none_or(|people| people == 0 || people >= told.definition.smallest_cell)),
            "{at}: a small cell"
        );
    }
    let months = chain::months(&mut conn, today).await.unwrap();
    for one in chain::stages(&mut conn, &months, today).await.unwrap() {
        for (only_stuck, number) in [(false, one.people.unwrap()), (true, one.stuck.unwrap())] {
            let cases = chain::cases_in(&mut conn, &one.stage, only_stuck, today, None, 1000);
            assert_eq!(
                cases.await.unwrap().len() as i64,
                number,
                "{} {only_stuck}",
                one.stage
            );
        }
    }
    let faults: Vec<_> = crate::checks(&mut conn, today).await.unwrap();
    assert!(
        faults.iter().all(|check| check.faults.is_empty()),
        "seed {seed}: {faults:?}"
    );
}

both! {
    async fn in_any_history_every_figure_says_one_thing(bench: Bench) {
        let seed = u64::from(std::process::id());
        let stage = live(&bench, seed).await;
        agree(&bench, &stage, seed).await;
    }

    async fn in_a_known_history_too(bench: Bench) {
        let stage = live(&bench, 7).await;
        agree(&bench, &stage, 7).await;
    }
}
