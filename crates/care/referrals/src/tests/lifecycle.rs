//! A leg from draft to outcome, and a chain of them.

use casework::NextAction;
use db::Error;
use organizations::calendar;
use testing::both;

use super::scene::Scene;
use crate::legs::states::{Actor, Clock, Debtor, Delivery, State};
use crate::{
    Act, Answer, AnswerLeg, By, Chosen, LegId, MoveLeg, ReportLeg, Returned, SendLeg, StartChain,
};

fn refusal(error: Error) -> &'static str {
    match error {
        Error::Refused(refusal) => refusal.reason.code,
        other => panic!("{other}"),
    }
}

async fn act(scene: &Scene, leg: LegId, act: Act, actor: Actor) -> db::Result<crate::Moved> {
    let by = By::desk(actor);
    scene
        .stage
        .write(
            &scene.health.officer,
            MoveLeg {
                leg,
                act,
                by,
                note: scene.note(),
            },
        )
        .await
}

both! {
    async fn a_leg_lives_from_sent_to_completed_with_one_debtor_at_every_step(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let sent = scene.leg(leg).await;
        assert_eq!((sent.state, sent.debtor, sent.clock), (State::Sent, Debtor::Receiver, Clock::Running));
        assert_eq!(sent.number, "1405-00001");
        let mut conn = bench.db.read().await.unwrap();
        let today = bench.db.clock().today();
        let due = calendar::working_day_after(&mut conn, today, 5).await.unwrap();
        drop(conn);
        assert_eq!(sent.due_on, Some(due), "five working days, without Friday");
        assert_eq!(scene.next_action().await, NextAction::AwaitBody);

        act(&scene, leg, Act::Open, Actor::FrontDesk).await.unwrap();
        act(&scene, leg, Act::AskInfo { of: Debtor::Sender }, Actor::ReceiverWorker).await.unwrap();
        let asked = scene.leg(leg).await;
        assert_eq!((asked.debtor, asked.clock), (Debtor::Sender, Clock::Paused));
        assert_eq!(scene.next_action().await, NextAction::AnswerBody);
        bench.pass_days(10);
        act(&scene, leg, Act::AnswerInfo, Actor::SenderWorker).await.unwrap();
        let running = scene.leg(leg).await;
        assert_eq!((running.state, running.clock), (State::Seen, Clock::Running));
        assert!(running.due_on > sent.due_on, "the pause gave its days back");

        act(&scene, leg, Act::Accept { appointment_on: None }, Actor::ReceiverWorker).await.unwrap();
        act(&scene, leg, Act::Start, Actor::ReceiverWorker).await.unwrap();
        let review_on = casework::months_after(bench.db.clock().today(), 1);
        act(&scene, leg, Act::Hold { review_on }, Actor::ReceiverWorker).await.unwrap();
        act(&scene, leg, Act::Resume, Actor::ReceiverWorker).await.unwrap();
        let report = ReportLeg {
            leg, outcome: Delivery::Delivered,
            returned: Some(Returned { licence_number: Some("77".into()), valid_until: None }),
            by: By::desk(Actor::ReceiverWorker), note: scene.note(),
        };
        scene.stage.write(&scene.health.officer, report).await.unwrap();
        let done = scene.leg(leg).await;
        assert_eq!((done.state, done.debtor, done.clock), (State::Completed, Debtor::Nobody, Clock::Stopped));
        assert_eq!(done.result.unwrap()["licence_number"], "77");
        act(&scene, leg, Act::Confirm { agrees: true }, Actor::Person).await.unwrap();
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg_event").await, 11);
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel WHERE ended_at IS NULL").await, 0);
        assert_eq!(scene.count(
            "SELECT count(*) AS value FROM access_grant WHERE purpose LIKE 'referral:%' AND valid_until IS NULL",
        ).await, 0, "the grant ended with the leg");
    }

    async fn the_database_refuses_a_waiting_leg_without_a_debtor(bench: Bench) {
        #[derive(serde::Serialize)]
        struct Spoil { text: &'static str }
        impl db::Write for Spoil {
            const NAME: &'static str = "spoil";
            type Out = ();
            async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
                db::sql(self.text).execute(tx).await.map(drop)
            }
        }
        let scene = Scene::open(&bench).await;
        scene.send(&scene.health).await;
        for text in [
            "UPDATE leg SET debtor = 'nobody'",
            "UPDATE leg SET clock = 'stopped'",
            "UPDATE leg SET due_on = NULL",
            "UPDATE leg SET state = 'completed'",
        ] {
            let spoiled = scene.as_program(Spoil { text }).await;
            assert!(matches!(spoiled, Err(Error::Check(_))), "{text}");
        }
    }

    async fn an_answer_given_twice_has_one_effect_and_another_answer_is_refused(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let accept = || AnswerLeg {
            leg, answer: Answer::Accept { appointment_on: None }, by: By::LINK, note: scene.note(),
        };
        assert!(scene.as_program(accept()).await.unwrap().is_new);
        let answered_at = scene.leg(leg).await.answered_at;
        bench.pass_days(1);
        assert!(!scene.as_program(accept()).await.unwrap().is_new);
        assert_eq!(scene.leg(leg).await.answered_at, answered_at);
        let decline = AnswerLeg {
            leg, answer: Answer::Decline { code: "no_capacity".into() }, by: By::LINK, note: scene.note(),
        };
        assert_eq!(refusal(scene.as_program(decline).await.unwrap_err()), "leg_answered");
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg_event WHERE act = 'accept'").await, 1);
    }

    async fn ten_answers_at_once_have_one_effect(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.training).await;
        let tasks: Vec<_> = (0..10).map(|_| {
            let db = bench.db.clone();
            let note = scene.note();
            tokio::spawn(async move {
                let answer = Answer::Accept { appointment_on: None };
                let command = AnswerLeg { leg, answer, by: By::LINK, note };
                db.write(&db::Origin::program("test"), command).await.unwrap().is_new
            })
        }).collect();
        let mut news = 0;
        for task in tasks {
            news += i32::from(task.await.unwrap());
        }
        assert_eq!(news, 1);
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg_event WHERE act = 'accept'").await, 1);
    }

    async fn a_declined_leg_says_what_the_case_does_next_and_may_be_reopened(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let wrong = act(&scene, leg, Act::Decline { code: "because".into() }, Actor::ReceiverWorker).await;
        assert_eq!(refusal(wrong.unwrap_err()), "leg_unknown_code");
        act(&scene, leg, Act::Decline { code: "no_capacity".into() }, Actor::ReceiverWorker).await.unwrap();
        assert_eq!(scene.next_action().await, NextAction::FindOtherBody);
        assert_eq!(refusal(act(&scene, leg, Act::Reopen, Actor::SenderWorker).await.unwrap_err()), "leg_not_now");
        act(&scene, leg, Act::Reopen, Actor::SenderSupervisor).await.unwrap();
        let again = scene.leg(leg).await;
        assert_eq!((again.state, again.round, again.decline_code), (State::Sent, 2, None));
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel WHERE ended_at IS NULL").await, 1);
    }

    async fn a_leg_is_voided_by_two_people_only(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let void = || MoveLeg { leg, act: Act::Void, by: By::desk(Actor::SenderSupervisor), note: scene.note() };
        scene.stage.write(&scene.supervisor, void()).await.unwrap();
        assert_eq!(scene.state(leg).await, State::Sent);
        let alone = scene.stage.write(&scene.supervisor, void()).await;
        assert_eq!(refusal(alone.unwrap_err()), "leg_second_person");
        scene.stage.write(&scene.stage.bob, void()).await.unwrap();
        assert_eq!(scene.state(leg).await, State::Voided);
    }

    async fn a_leg_handed_on_ends_with_the_leg_it_became(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let child = LegId::new(bench.db.new_id());
        let forward = Act::Forward {
            child, organization_id: scene.training.id, service_id: scene.training.service,
        };
        act(&scene, leg, forward, Actor::ReceiverWorker).await.unwrap();
        assert_eq!(scene.state(leg).await, State::Forwarded);
        let draft = scene.leg(child).await;
        assert_eq!((draft.state, draft.parent_id), (State::Draft, Some(leg.get())));
        let by = By::desk(Actor::SenderWorker);
        let without = SendLeg::of_draft(&scene.stage.city, &draft, by, "").await;
        assert_eq!(refusal(without.err().unwrap()), "leg_no_consent", "the new body needs its own consent");
        scene.agree(scene.training.id, &[access::grants::Category::Operational]).await;
        let send = SendLeg::of_draft(&scene.stage.city, &draft, by, "").await.unwrap();
        scene.stage.write(&scene.stage.alice, send).await.unwrap();
        act(&scene, child, Act::Accept { appointment_on: None }, Actor::ReceiverWorker).await.unwrap();
        let done = Act::Complete { outcome: Delivery::Delivered, returned: None };
        act(&scene, child, done, Actor::ReceiverWorker).await.unwrap();
        assert_eq!(scene.state(leg).await, State::Completed);
    }

    async fn a_chain_sends_each_leg_only_after_those_before_it(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let bodies = [("approval", &scene.health), ("licence", &scene.labour), ("training", &scene.training)];
        let chosen = bodies.map(|(code, body)| Chosen {
            code: code.into(), leg: LegId::new(bench.db.new_id()),
            organization_id: body.id, service_id: body.service, step_id: None,
        });
        let start = StartChain {
            id: bench.db.new_id(), template: "home_food".into(), case_id: scene.case, step_id: None,
            chosen: chosen.to_vec(), by: By::desk(Actor::SenderWorker),
        };
        let made = scene.stage.write(&scene.stage.alice, start).await.unwrap();
        assert_eq!(made.len(), 3);
        assert_eq!(scene.next_action().await, NextAction::Refer);
        for (_, body) in bodies {
            use access::grants::Category;
            scene.agree(body.id, &[Category::Operational, Category::Personal]).await;
        }
        let send = async |leg: LegId| {
            let leg = scene.leg(leg).await;
            let by = By::desk(Actor::SenderWorker);
            let command = SendLeg::of_draft(&scene.stage.city, &leg, by, "").await?;
            scene.stage.write(&scene.stage.alice, command).await
        };
        assert_eq!(refusal(send(made[1]).await.unwrap_err()), "leg_too_early");
        send(made[0]).await.unwrap();
        send(made[2]).await.unwrap();
        act(&scene, made[0], Act::Accept { appointment_on: None }, Actor::ReceiverWorker).await.unwrap();
        let done = Act::Complete { outcome: Delivery::Delivered, returned: None };
        act(&scene, made[0], done, Actor::ReceiverWorker).await.unwrap();
        assert_eq!(scene.next_action().await, NextAction::Refer, "the licence may be asked for now");
        send(made[1]).await.unwrap();
        assert_eq!(scene.next_action().await, NextAction::AwaitBody);
    }
}
