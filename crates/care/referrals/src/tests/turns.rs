//! Whose turn it is, and that no pause outlasts its day unseen.

use casework::NextAction;
use casework::cases::WaitsFor;
use testing::both;

use super::scene::Scene;
use crate::legs::states::{Actor, Debtor};
use crate::{Act, By, LegId, MoveLeg, overdue, whose_turn};

async fn act(scene: &Scene, leg: LegId, act: Act, actor: Actor) {
    let command = MoveLeg {
        leg,
        act,
        by: By::desk(actor),
        note: scene.note(),
    };
    scene
        .stage
        .write(&scene.health.officer, command)
        .await
        .unwrap();
}

async fn case(scene: &Scene) -> casework::Case {
    let mut conn = scene.stage.city.db.read().await.unwrap();
    casework::find(&mut conn, scene.case)
        .await
        .unwrap()
        .unwrap()
}

/// The overdue board, as somebody sees it who signs in now.
async fn board(scene: &Scene, name: &str) -> String {
    let home = scene.stage.home;
    let worker = scene
        .stage
        .add(name, home, &[access::Role::CaseWorker])
        .await;
    let reply = scene.stage.get(Some(&worker), "/legs/overdue").await;
    assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
    reply.body
}

both! {
    async fn whoever_owes_the_answer_is_named(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let home = organizations::OrganizationId::new(scene.stage.home);
        let waiting = case(&scene).await;
        assert_eq!((waiting.waits_for, waiting.waiting_body), (Some(WaitsFor::Body), Some(scene.health.id)));
        assert_eq!(waiting.waiting_fa.as_deref(), Some("دستگاه health"));
        assert_eq!(waiting.waiting_en.as_deref(), Some("Body health"));

        act(&scene, leg, Act::AskInfo { of: Debtor::Person }, Actor::ReceiverWorker).await;
        let asked = case(&scene).await;
        assert_eq!((asked.waits_for, asked.waiting_body), (Some(WaitsFor::Person), None), "not the body");
        assert_eq!(asked.next_action, Some(NextAction::Contact));
        let mut conn = bench.db.read().await.unwrap();
        let turn = whose_turn(&mut conn, scene.case).await.unwrap().remove(0);
        drop(conn);
        assert_eq!(turn.debtor, Debtor::Person);
        assert_eq!(asked.next_action_on, turn.owed_on());

        act(&scene, leg, Act::AnswerInfo, Actor::SenderWorker).await;
        act(&scene, leg, Act::AskInfo { of: Debtor::Sender }, Actor::ReceiverWorker).await;
        let mut conn = bench.db.read().await.unwrap();
        let turn = whose_turn(&mut conn, scene.case).await.unwrap().remove(0);
        drop(conn);
        assert_eq!((turn.debtor, turn.body()), (Debtor::Sender, home), "her own centre's turn");
        assert_eq!(case(&scene).await.waits_for, None);
        act(&scene, leg, Act::AnswerInfo, Actor::SenderWorker).await;
        let mut conn = bench.db.read().await.unwrap();
        let turn = whose_turn(&mut conn, scene.case).await.unwrap().remove(0);
        assert_eq!(turn.body(), scene.health.id);
    }

    async fn a_question_nobody_answers_is_late(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        act(&scene, leg, Act::AskInfo { of: Debtor::Person }, Actor::ReceiverWorker).await;
        assert!(!board(&scene, "early").await.contains(&scene.leg(leg).await.number));
        bench.pass_days(20);
        let today = bench.db.clock().today();
        assert!(scene.leg(leg).await.is_late(today));
        let late = overdue(&mut bench.db.read().await.unwrap(), today).await.unwrap();
        assert_eq!(late.iter().map(|turn| turn.id).collect::<Vec<_>>(), [leg]);
        assert!(board(&scene, "late").await.contains("خود شخص"), "the person owes it, not a body");
        let told = "SELECT count(*) AS value FROM leg_event WHERE act = 'late'";
        scene.stage.do_jobs().await;
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(told).await, 1, "told once");
        let case = case(&scene).await;
        assert_eq!(case.next_action, Some(NextAction::Contact));
        assert!(case.next_action_on > Some(today), "a day ahead again");
    }

    async fn work_that_rests_past_its_day_is_late_and_its_body_reminded(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        act(&scene, leg, Act::Accept { appointment_on: None }, Actor::ReceiverWorker).await;
        let review_on = (bench.db.clock().now().plus_days(4)).date();
        act(&scene, leg, Act::Hold { review_on }, Actor::ReceiverWorker).await;
        assert_eq!(case(&scene).await.next_action_on, Some(review_on));
        let reminders = "SELECT count(*) AS value FROM notice WHERE template = 'referral-reminder'";
        bench.pass_days(3);
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(reminders).await, 0);
        assert!(!scene.leg(leg).await.is_late(bench.db.clock().today()));
        bench.pass_days(3);
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(reminders).await, 1);
        assert_eq!(scene.leg(leg).await.days_late(bench.db.clock().today()), 2);
        assert!(board(&scene, "rests").await.contains("دستگاه health"));
        act(&scene, leg, Act::Resume, Actor::ReceiverWorker).await;
        assert!(!scene.leg(leg).await.is_late(bench.db.clock().today()));
        scene.stage.do_jobs().await;
        assert_eq!(scene.count(reminders).await, 1);
    }
}
