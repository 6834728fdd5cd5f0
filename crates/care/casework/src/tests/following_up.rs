use money::Rial;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::tasks::{self, Task};
use crate::{CaseId, NextAction, Stage, follow_up};

/// What the market does when a payout reaches her.
#[derive(serde::Serialize)]
struct Earn {
    case: CaseId,
    amounts: Vec<Rial>,
}

impl db::Write for Earn {
    const NAME: &'static str = "earn";
    type Out = bool;
    async fn run(&self, tx: &mut db::Tx) -> db::Result<bool> {
        let case = crate::find(tx, self.case)
            .await?
            .ok_or(db::Error::NotFound)?;
        let contact = people::contact_of(tx, case.person_id).await?;
        let today = tx.today();
        for amount in &self.amounts {
            contacts::earnings::record(tx, contact, Uuid::now_v7(), *amount, today).await?;
        }
        crate::move_stage(tx, self.case, Stage::Earning).await
    }
}

async fn follow_ups(scene: &Scene) -> Vec<Task> {
    let mut conn = scene.stage.city.db.read().await.unwrap();
    let tasks = tasks::list(&mut conn, scene.case).await.unwrap();
    tasks
        .into_iter()
        .filter(|task| task.months.is_some())
        .collect()
}

both! {
    async fn earning_lays_out_four_visits_once(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let earn = || Earn { case: scene.case, amounts: vec![] };
        assert!(scene.stage.write(&scene.stage.alice, earn()).await.unwrap());
        assert!(!scene.stage.write(&scene.stage.alice, earn()).await.unwrap(), "it is there already");
        let visits = follow_ups(&scene).await;
        assert_eq!(visits.iter().filter_map(|task| task.months).collect::<Vec<_>>(), [3, 6, 12, 24]);
        assert_eq!(visits[0].due_on, crate::months_after(scene.today(), 3));
    }

    async fn income_after_is_what_was_really_paid(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let alice = &scene.stage.alice;
        scene.stage.write(alice, Earn { case: scene.case, amounts: vec![] }).await.unwrap();
        bench.pass_days(60);
        let paid = vec![Rial::new(60_000_000), Rial::new(30_000_000)];
        scene.stage.write(alice, Earn { case: scene.case, amounts: paid }).await.unwrap();
        bench.pass_days(32);
        let alice = &scene.stage.again(alice).await;
        let visit = follow_ups(&scene).await.remove(0);
        let at = scene.at(&format!("/follow-up/{}", visit.id));
        let page = scene.page(alice, &at).await;
        assert!(page.contains("۳٬۰۰۰٬۰۰۰"), "a month's mean of three, in toman");
        assert!(!page.contains("name=\"income"), "it is shown, not typed");
        assert!(scene.page(alice, "/today").await.contains(&visit.id.to_string()));
        for fields in [
            vec![("household_members", "0"), ("is_working", "yes")],
            vec![("household_members", "4")],
            vec![("household_members", "4"), ("is_working", "no")],
            vec![("household_members", "4"), ("is_working", "yes"), ("stopped_reason", "health")],
        ] {
            assert_eq!(scene.post(alice, &at, &fields).await.status, 422, "{fields:?}");
        }
        let told = [("household_members", "۴"), ("is_working", "yes"), ("follow_up_note", "حالش خوب است")];
        let charlie = scene.stage.again(&scene.stage.charlie).await;
        assert_eq!(scene.post(&charlie, &at, &told).await.status, 404);
        assert_eq!(scene.post(alice, &at, &told).await.status, 303);
        assert_eq!(scene.post(alice, &at, &told).await.status, 422, "once");
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let made = follow_up::list(&mut conn, scene.case).await.unwrap();
        drop(conn);
        assert_eq!(made[0].income_before, Some(Rial::ZERO));
        assert_eq!(made[0].income_after, Rial::new(30_000_000));
        let case = scene.found().await;
        assert_eq!(case.next_action, Some(NextAction::FollowUp));
        assert_eq!(case.next_action_on, Some(follow_ups(&scene).await[0].due_on));
        assert!(scene.page(alice, &scene.at("/follow-up")).await.contains("حالش خوب است"));
    }

    async fn why_she_stopped_is_sealed_and_told_to_those_who_may_know(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let alice = &scene.stage.alice;
        scene.stage.write(alice, Earn { case: scene.case, amounts: vec![] }).await.unwrap();
        let visit = follow_ups(&scene).await.remove(0);
        let at = scene.at(&format!("/follow-up/{}", visit.id));
        let told = [("household_members", "4"), ("is_working", "no"), ("stopped_reason", "relapse")];
        assert_eq!(scene.post(alice, &at, &told).await.status, 303);
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let made = follow_up::list(&mut conn, scene.case).await.unwrap();
        let kept = made[0].stopped_sealed.clone().unwrap();
        assert!(!String::from_utf8_lossy(&kept).contains("relapse"));
        let reason = made[0].stopped_reason(&scene.stage.city.keys).unwrap();
        assert_eq!(reason, Some(follow_up::StoppedReason::Relapse));
        drop(conn);
        let api = format!("/api/v1/cases/{}/follow-ups", scene.case);
        assert_eq!(scene.stage.get(Some(alice), &api).await.json()["items"][0]["stopped_reason"], "relapse");
        assert_eq!(scene.stage.get(Some(&scene.stage.charlie), &api).await.status, 404);
    }

    async fn a_follow_up_of_another_case_is_not_taken(bench: Bench) {
        let mut scene = Scene::eligible(&bench).await;
        scene.stage.write(&scene.stage.alice, Earn { case: scene.case, amounts: vec![] }).await.unwrap();
        let visit = follow_ups(&scene).await.remove(0);
        let other = scene.register("سارا", "آزمونی", None).await;
        scene.case = scene.open(other).await.unwrap();
        let at = scene.at(&format!("/follow-up/{}", visit.id));
        let told = [("household_members", "4"), ("is_working", "yes")];
        assert_eq!(scene.post(&scene.stage.alice, &at, &told).await.status, 404);
    }
}
