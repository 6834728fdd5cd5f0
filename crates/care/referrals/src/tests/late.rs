//! The clock: reminders, a late leg, and the end of patience.

use casework::NextAction;
use testing::{Bench, both};

use super::scene::Scene;
use crate::legs::states::State;
use crate::{Answer, AnswerLeg, By, overdue, whose_turn};

/// Moves the clock by hours.
fn pass_hours(bench: &Bench, hours: i64) {
    let clock = bench.db.clock();
    clock.hold(clock.now().plus_seconds(hours * 3_600));
}

both! {
    async fn a_silent_body_is_reminded_then_the_leg_returns_and_at_last_expires(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let reminders = "SELECT count(*) AS value FROM notice WHERE template = 'referral-reminder'";
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(reminders).await, 0);
        pass_hours(&bench, 49);
        scene.stage.do_jobs().await;
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(reminders).await, 1);
        pass_hours(&bench, 48);
        scene.stage.do_jobs().await;
        assert_eq!((scene.count(reminders).await, scene.leg(leg).await.reminders), (2, 2));
        pass_hours(&bench, 24);
        scene.stage.do_jobs().await;
        assert!(scene.leg(leg).await.is_returned);
        assert_eq!(scene.next_action().await, NextAction::FindOtherBody);
        bench.pass_days(30);
        scene.stage.do_jobs().await;
        assert_eq!(scene.state(leg).await, State::Expired);
        assert_eq!(scene.count("SELECT count(*) AS value FROM escalation").await, 4);
    }

    async fn an_answered_leg_is_not_reminded(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let answer = Answer::Accept { appointment_on: None };
        let command = AnswerLeg { leg, answer, by: By::LINK, note: scene.note() };
        scene.as_program(command).await.unwrap();
        bench.pass_days(40);
        scene.stage.do_jobs().await;
        assert_eq!(scene.count("SELECT count(*) AS value FROM escalation").await, 0);
        assert_eq!(scene.state(leg).await, State::Accepted);
    }

    async fn the_lists_people_wait_for_walk_no_whole_table(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.send(&scene.health).await;
        if bench.engine != db::Engine::Sqlite {
            return;
        }
        let texts = [
            "SELECT id FROM leg WHERE clock = 'running' AND due_on < '2026-11-23' ORDER BY due_on, id",
            "SELECT id FROM leg WHERE case_id = x'00' AND clock <> 'stopped' ORDER BY id",
            "SELECT id FROM leg_event WHERE leg_id = x'00' ORDER BY happened_at DESC, id DESC",
            "SELECT id FROM leg_link WHERE token_hash = x'00'",
            "SELECT id FROM parcel WHERE leg_id = x'00'",
        ].map(str::to_owned);
        let tables = ["leg", "leg_event", "leg_link", "parcel"];
        assert_eq!(testing::plans::scans(&bench.db, &texts, &tables).await, Vec::new());
    }

    async fn a_late_leg_shows_as_late_with_whose_turn_it_is(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.labour).await;
        let mut conn = bench.db.read().await.unwrap();
        assert!(overdue(&mut conn, bench.db.clock().today()).await.unwrap().is_empty());
        drop(conn);
        bench.pass_days(20);
        let today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let late = overdue(&mut conn, today).await.unwrap();
        assert_eq!(late.iter().map(|turn| turn.id).collect::<Vec<_>>(), [leg]);
        assert!(late[0].days_late(today) >= 10);
        let turns = whose_turn(&mut conn, scene.case).await.unwrap();
        assert_eq!(turns.len(), 1);
        drop(conn);
        // Sessions do not last twenty days.
        let worker = scene.stage.add("worker", scene.stage.home, &[access::Role::CaseWorker]).await;
        let page = scene.stage.get(Some(&worker), "/legs/overdue").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("روز دیر شده") && page.body.contains("دستگاه labour"));
        assert!(!page.body.contains("مینا"), "no person is named");
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let list = scene.stage.get(Some(&worker), &format!("/cases/{}/legs", scene.case)).await;
        assert!(list.body.contains("روز دیر شده"));
    }
}
