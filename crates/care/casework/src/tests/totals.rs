//! The totals of the chain are what its cases say, whatever happened to them.

use access::cast::broken;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use testing::both;

use super::scene::Scene;
use crate::cases::{MoveCase, ReopenCase};
use crate::{NextAction, Stage};

both! {
    async fn totals_follow_cases_through_any_history(bench: Bench) {
        let mut scene = Scene::registered(&bench).await;
        let mut cases = Vec::new();
        for number in 0..6 {
            let person = scene.register("مینا", &format!("آزمونی{number}"), None).await;
            cases.push((scene.open(person).await.unwrap(), true));
        }
        let mut chance = StdRng::seed_from_u64(4);
        let mut moves = 0;
        for _ in 0..60 {
            let place = chance.random_range(0..cases.len());
            let (case, is_running) = cases[place];
            match (chance.random_range(0..4), is_running) {
                (0, true) => {
                    scene.case = case;
                    scene.close().await;
                    cases[place].1 = false;
                }
                (_, false) => {
                    let reopen = ReopenCase { case, owner: scene.stage.alice.id, action: NextAction::Assess, on: scene.today() };
                    scene.stage.write(&scene.stage.alice, reopen).await.unwrap();
                    cases[place].1 = true;
                }
                (1, true) => bench.pass_days(1),
                _ => {
                    let to = *Stage::ALL.choose(&mut chance).unwrap();
                    let moved = scene.stage.write(&scene.stage.alice, MoveCase { case, stage: to }).await;
                    moves += i64::from(moved.is_ok());
                }
            }
        }
        assert!(moves > 10, "{moves}");
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), Vec::<String>::new());
        let arrivals: i64 = db::sql("SELECT CAST(sum(entered) AS bigint) AS value FROM stage_day").scalar(&mut conn).await.unwrap();
        assert_eq!(arrivals, 6 + moves);
        let running: i64 = db::sql("SELECT CAST(sum(running) AS bigint) AS value FROM stage_region").scalar(&mut conn).await.unwrap();
        assert_eq!(running, cases.iter().filter(|(_, is_running)| *is_running).count() as i64);
    }

    async fn a_total_that_no_case_explains_is_found(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        for wrong in [
            "UPDATE stage_day SET entered = entered + 1",
            "UPDATE stage_body SET running = running + 1",
            "UPDATE stage_region SET region = region + 1",
        ] {
            scene.stage.tamper(wrong).await.unwrap();
            let mut conn = bench.db.read().await.unwrap();
            assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), ["stage_totals"], "{wrong}");
            drop(conn);
            scene.stage.tamper(&wrong.replace(" + 1", " - 1")).await.unwrap();
        }
    }
}
