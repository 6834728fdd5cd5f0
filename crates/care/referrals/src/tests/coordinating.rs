//! What waits for the sender's own side: the supervisor's word before a leg is sent, and a look at a
//! refusal before it stands.

use access::Role;
use access::cast::{Actor, broken};
use casework::NextAction;
use testing::both;

use super::scene::Scene;
use crate::legs::states::{Clock, Debtor, State};
use crate::{LegId, legs};

/// A scene with a member of the secretariat, in which the health body's service waits for release.
async fn open(bench: &testing::Bench) -> (Scene, Actor) {
    let scene = Scene::open(bench).await;
    let stage = &scene.stage;
    // She works in a body that has no part in these legs.
    let elsewhere = scene.labour.id.get();
    let secretary = stage.add("secretary", elsewhere, &[Role::Secretary]).await;
    let held = "UPDATE service_term SET needs_release = TRUE WHERE service = 'food_approval'";
    assert_eq!(stage.tamper(held).await.unwrap(), 1);
    (scene, secretary)
}

async fn act(scene: &Scene, by: &Actor, path: &str, act: &str) -> u16 {
    let fields = [("act", act), ("note", "لطفاً دوباره ببینید")];
    let path = format!("{path}/act");
    let sent = scene.stage.post(Some(by), &path, &fields).await;
    sent.status.as_u16()
}

both! {
    async fn a_leg_that_needs_a_word_waits_for_the_supervisor(bench: Bench) {
        let (scene, secretary) = open(&bench).await;
        let stage = &scene.stage;
        let leg = scene.send(&scene.health).await;
        let held = scene.leg(leg).await;
        assert_eq!((held.state, held.debtor, held.clock), (State::AwaitingRelease, Debtor::Sender, Clock::Running));
        assert!(held.due_on.is_some() && held.sent_at.is_none() && held.consent_id.is_none());
        assert_eq!(scene.next_action().await, NextAction::ReleaseLeg);
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel").await, 0, "nothing was given yet");
        assert_eq!(scene.count("SELECT count(*) AS value FROM notice WHERE template = 'referral'").await, 0);
        // The receiver knows nothing of it; whoever asked does not release it.
        assert_eq!(stage.get(Some(&scene.health.officer), &format!("/desk/{leg}")).await.status, 404);
        let path = format!("/legs/{leg}");
        stage.post(Some(&stage.alice), &format!("{path}/send"), &[]).await;
        assert_eq!(scene.state(leg).await, State::AwaitingRelease);
        for lang in ["fa", "en"] {
            for (by, path) in [(&stage.alice, path.clone()), (&secretary, format!("/board/{leg}")), (&secretary, "/board".to_owned())] {
                let page = stage.get(Some(by), &format!("{path}?lang={lang}")).await;
                assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            }
        }
        // Taken back it is a draft again, and may be sent anew.
        assert_eq!(act(&scene, &stage.alice, &path, "take_back").await, 303);
        assert_eq!(scene.state(leg).await, State::Draft);
        assert_eq!(stage.get(Some(&secretary), &format!("/board/{leg}")).await.status, 404);
        stage.post(Some(&stage.alice), &format!("{path}/send"), &[]).await;
        let sent = stage.post(Some(&scene.supervisor), &format!("{path}/send"), &[]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let sent = scene.leg(leg).await;
        assert_eq!((sent.state, sent.debtor), (State::Sent, Debtor::Receiver));
        assert!(sent.consent_id.is_some());
        assert_eq!(scene.next_action().await, NextAction::AwaitBody);
        assert_eq!(broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }

    async fn a_refusal_that_is_looked_at_stands_or_goes_back(bench: Bench) {
        let (scene, secretary) = open(&bench).await;
        let stage = &scene.stage;
        let leg = scene.send(&scene.training).await;
        let desk = format!("/desk/{leg}");
        let refuse = async || {
            let fields = [("act", "decline"), ("code", "not_eligible"), ("note", "")];
            stage.post(Some(&scene.training.officer), &format!("{desk}/act"), &fields).await.status.as_u16()
        };
        assert_eq!(refuse().await, 303);
        let open = scene.leg(leg).await;
        assert!(open.is_refusal_open() && open.done_at.is_none() && open.due_on.is_some());
        assert_eq!(scene.next_action().await, NextAction::CheckRefusal);
        let turn = &legs::whose_turn(&mut bench.db.read().await.unwrap(), scene.case).await.unwrap()[0];
        assert_eq!(turn.body().get(), stage.home, "it is our turn, not the body's");
        // Neither the body nor the worker decides on it.
        for (by, path) in [(&scene.training.officer, &desk), (&stage.alice, &format!("/legs/{leg}"))] {
            assert_eq!(act(&scene, by, path, "uphold").await, 422, "{path}");
        }
        let board = format!("/board/{leg}");
        assert_eq!(stage.get(Some(&stage.alice), &board).await.status, 403);
        assert_eq!(stage.get(Some(&scene.supervisor), "/board").await.status, 403);
        let page = stage.get(Some(&secretary), &board).await;
        assert!(page.status == 200 && !page.body.contains("مینا") && !page.body.contains("لطفاً بررسی"), "{}", page.body);
        assert!(stage.get(Some(&secretary), "/board").await.body.contains(&board));
        let silent = stage.post(Some(&secretary), &format!("{board}/act"), &[("act", "send_back"), ("note", "")]).await;
        assert_eq!(silent.status, 422, "it says why");
        assert_eq!(act(&scene, &secretary, &board, "send_back").await, 303);
        let back = scene.leg(leg).await;
        assert_eq!((back.state, back.debtor, back.answered_at, back.decline_code), (State::Seen, Debtor::Receiver, None, None));
        assert_eq!(scene.next_action().await, NextAction::AwaitBody);
        // It refuses again; the supervisor lets it stand, once.
        assert_eq!(refuse().await, 303);
        let path = format!("/legs/{leg}");
        assert_eq!(act(&scene, &scene.supervisor, &path, "uphold").await, 303);
        let ended = scene.leg(leg).await;
        assert_eq!((ended.state, ended.debtor, ended.clock), (State::Declined, Debtor::Nobody, Clock::Stopped));
        assert!(ended.done_at.is_some());
        assert_eq!(scene.next_action().await, NextAction::MendPlan);
        assert_eq!(act(&scene, &secretary, &board, "uphold").await, 422);
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel WHERE ended_at IS NULL").await, 0);
        assert_eq!(broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }

    async fn a_case_that_closes_leaves_nothing_waiting_for_its_own_side(bench: Bench) {
        let (scene, _) = open(&bench).await;
        let held = scene.send(&scene.health).await;
        let refused = scene.send(&scene.training).await;
        let fields = [("act", "decline"), ("code", "duplicate"), ("note", "")];
        let said = scene.stage.post(Some(&scene.training.officer), &format!("/desk/{refused}/act"), &fields).await;
        assert_eq!(said.status, 303);
        let close = format!("/cases/{}/close", scene.case);
        let closed = scene.stage.post(Some(&scene.stage.alice), &close, &[("close_reason", "moved")]).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        let states = |ids: [LegId; 2]| {
            let scene = &scene;
            async move { [scene.state(ids[0]).await, scene.state(ids[1]).await] }
        };
        assert_eq!(states([held, refused]).await, [State::Draft, State::Declined]);
        let waiting = "SELECT count(*) AS value FROM leg WHERE clock <> 'stopped'";
        assert_eq!(scene.count(waiting).await, 0);
    }
}
