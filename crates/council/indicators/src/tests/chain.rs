use casework::cases::MoveCase;
use serde_json::json;
use testing::both;

use super::Town;
use crate::chain;

both! {
    async fn the_chain_tells_where_people_are_how_long_and_whose_turn(bench: Bench) {
        let town = Town::open(&bench).await;
        let today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let months = chain::months(&mut conn, today).await.unwrap();
        let stages = chain::stages(&mut conn, &months, today).await.unwrap();
        let told: Vec<_> = stages.iter().map(|one| (one.stage.as_str(), one.people.unwrap(), one.stuck.unwrap())).collect();
        assert_eq!(told, [
            ("intake", 10, 10), ("assessment", 10, 10), ("planning", 0, 0), ("referral", 15, 15),
            ("training", 0, 0), ("making", 0, 0), ("selling", 0, 0), ("earning", 0, 0),
        ]);
        assert_eq!((stages[0].median_days, stages[0].entered, stages[2].median_days), (Some(60), Some(0), None));
        let turn = stages[3].turn.as_ref().unwrap();
        assert_eq!((turn.body_en.as_str(), turn.waiting), ("Health network", 3));
        assert_eq!(stages[0].turn.as_ref().unwrap().waiting, 10);
        for stage in &stages {
            for (only_stuck, number) in [(false, stage.people.unwrap()), (true, stage.stuck.unwrap())] {
                let list = chain::cases_in(&mut conn, &stage.stage, only_stuck, today, None, 100).await.unwrap();
                assert_eq!(list.len() as i64, number, "{} {only_stuck}", stage.stage);
            }
        }
        // All came sixty days ago: 35 to intake, 25 went on that day.
        let sum = |stage: &str| months.of(stage).iter().sum::<i64>();
        assert_eq!((months.months.len(), sum("intake"), sum("assessment"), sum("referral")), (12, 35, 10, 15));
        assert_eq!((months.this("intake"), sum("earning")), (0, 0));
        let names: Vec<&str> = stages.iter().map(|one| one.stage.as_str()).collect();
        let regions = chain::regions(&mut conn, &names).await.unwrap();
        let keys: Vec<&str> = regions.iter().map(|one| one.region.as_str()).collect();
        assert_eq!(keys, ["2", "5", "7"]);
        // Ten people of region 5 are in intake and nobody else: that may be told.
        assert_eq!(regions[1].people[0], Some(10));
        // Two of region 5 and eight of region 2 are assessed: neither may.
        assert_eq!((regions[0].people[1], regions[1].people[1]), (None, None));
        let worst = chain::blockages(&mut conn, today, 10).await.unwrap();
        assert_eq!(worst.len(), 3);
        assert!(worst.iter().all(|leg| leg.days_late(today) > 45 && leg.owner_en != leg.body_en));
        drop(conn);
        for path in ["/chain", "/chain?lang=en", "/chain/referral", "/chain/referral?stuck=true", "/figures", "/figures?lang=en"] {
            let page = town.stage.get(Some(&town.observer), path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
        }
        assert_eq!(town.cases.len(), 35);
    }

    async fn the_built_in_stages_are_those_of_casework(bench: Bench) {
        let town = Town::open(&bench).await;
        let reply = town.stage.get(Some(&town.observer), "/api/v1/chain").await.json();
        let ours: Vec<&str> = reply["stages"].as_array().unwrap().iter().map(|one| one["stage"].as_str().unwrap()).collect();
        let theirs: Vec<&str> = casework::Stage::ALL.iter().map(|stage| stage.as_str()).collect();
        assert_eq!(ours, theirs);
    }

    async fn a_stage_of_few_says_nothing_to_who_may_not_open_its_list(bench: Bench) {
        let town = Town::open(&bench).await;
        let alone = MoveCase { case: town.cases[0], stage: casework::Stage::Making };
        town.stage.write(&town.stage.alice, alone).await.unwrap();
        let whole = town.stage.get(Some(&town.observer), "/api/v1/chain").await.json();
        let told = town.stage.get(Some(&town.member), "/api/v1/chain").await.json();
        let of = |chain: &serde_json::Value, stage: &str| {
            let stages = chain["stages"].as_array().unwrap().clone();
            stages.into_iter().find(|one| one["stage"] == stage).unwrap()
        };
        assert_eq!((&of(&whole, "making")["people"], &of(&whole, "making")["median_days"]), (&json!(1), &json!(0)));
        for name in ["people", "median_days", "stuck", "entered"] {
            assert_eq!(of(&told, "making")[name], json!(null), "{name}");
        }
        // Fifteen wait in referral; three of them for one body, and the numbers of their legs are of lists.
        assert_eq!((&of(&told, "referral")["people"], &of(&told, "referral")["turn"]), (&json!(15), &json!(null)));
        assert_eq!(told["months"]["arrivals"]["making"], json!(null));
        assert_eq!((&told["blockages"][0]["number"], whole["blockages"][0]["number"] != ""), (&json!(""), true));
        // One person in making: no region says zero either, or the one that does not would be hers.
        let regions = whole["regions"].as_array().unwrap();
        assert!(regions.iter().all(|region| region["people"][5].is_null()), "{regions:?}");
        for lang in ["fa", "en"] {
            let page = town.stage.get(Some(&town.member), &format!("/chain?lang={lang}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
    }
}
