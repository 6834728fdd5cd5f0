//! Another body's leg is not found, whichever door is tried.

use access::Role;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::legs::states::State;

both! {
    async fn charlie_finds_nothing_of_alices_legs(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let charlie = Some(&scene.stage.charlie);
        for path in [
            format!("/cases/{}/legs", scene.case),
            format!("/cases/{}/legs/new", scene.case),
            format!("/cases/{}/chains/home_food", scene.case),
            format!("/cases/{}/agree/{}", scene.case, scene.health.service),
            format!("/legs/{leg}"),
            format!("/legs/{leg}/letter"),
            format!("/api/v1/legs/{leg}"),
        ] {
            assert_eq!(scene.stage.get(charlie, &path).await.status, 404, "{path}");
        }
        let service = scene.health.service.to_string();
        for (path, fields) in [
            (format!("/cases/{}/legs", scene.case), vec![("service", service.as_str())]),
            (format!("/cases/{}/chains/home_food", scene.case), vec![]),
            (format!("/legs/{leg}/send"), vec![]),
            (format!("/legs/{leg}/act"), vec![("act", "withdraw")]),
        ] {
            assert_eq!(scene.stage.post(charlie, &path, &fields).await.status, 404, "{path}");
        }
        let made = scene.stage.send_json(charlie, "POST", "/api/v1/legs",
            &scene.wanted(Uuid::now_v7(), scene.health.service)).await;
        assert_eq!(made.status, 404);
        let list = scene.stage.get(charlie, "/api/v1/legs").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 0);
        assert_eq!(scene.state(leg).await, State::Sent);
    }

    async fn an_officer_of_another_body_finds_nothing_on_the_desk(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let other = Some(&scene.training.officer);
        assert_eq!(scene.stage.get(other, &format!("/desk/{leg}")).await.status, 404);
        let act = scene.stage.post(other, &format!("/desk/{leg}/act"), &[("act", "accept")]).await;
        assert_eq!(act.status, 404);
        let desk = scene.stage.get(other, "/desk").await;
        assert!(!desk.body.contains(&leg.to_string()));
        assert_eq!(scene.state(leg).await, State::Sent);
        assert_eq!(scene.stage.get(None, "/desk").await.status, 401);
        let clerk = scene.stage.add("clerk", scene.health.id.get(), &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.get(Some(&clerk), &format!("/desk/{leg}")).await.status, 403);
    }

    async fn a_draft_is_nobodys_business_at_the_receiver(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = crate::LegId::new(bench.db.new_id());
        let new = crate::NewLeg {
            id: leg, case_id: scene.case, step_id: None,
            organization_id: scene.health.id, service_id: scene.health.service,
        };
        let by = crate::By::desk(crate::legs::states::Actor::SenderWorker);
        scene.stage.write(&scene.stage.alice, crate::DraftLeg { new, by }).await.unwrap();
        let officer = Some(&scene.health.officer);
        assert_eq!(scene.stage.get(officer, &format!("/desk/{leg}")).await.status, 404);
        assert_eq!(scene.stage.get(officer, &format!("/api/v1/legs/{leg}")).await.status, 404);
        let page = scene.stage.get(Some(&scene.stage.alice), &format!("/legs/{leg}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
    }
}
