//! A consent is taken back on one page, whatever it is for: by staff, by machine, by herself.

use access::consents;
use access::grants::Category;
use axum::body::Body;
use axum::http::Request;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::legs::states::State;

impl Scene {
    async fn consent_for(&self, purpose: &str) -> Uuid {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let all = consents::list(&mut conn, self.person.get()).await.unwrap();
        all.into_iter()
            .find(|consent| consent.purpose == purpose)
            .unwrap()
            .id
    }

    async fn her(&self) -> access::cast::Actor {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let contact = people::contact_of(&mut conn, self.person).await.unwrap();
        drop(conn);
        self.stage.person(contact.get()).await
    }
}

both! {
    async fn the_consent_a_case_rests_on_is_taken_back_by_its_body_alone(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let consent = scene.consent_for("casework").await;
        let page = format!("/consents/{consent}/withdrawal");
        let case = format!("/cases/{}/legs", scene.case);
        for outsider in [&scene.stage.charlie, &scene.health.officer] {
            assert!(matches!(scene.stage.get(Some(outsider), &page).await.status.as_u16(), 403 | 404));
            assert!(matches!(scene.stage.post(Some(outsider), &page, &[]).await.status.as_u16(), 403 | 404));
        }
        assert_eq!(scene.stage.get(Some(&scene.stage.alice), &case).await.status, 200);
        let asked = scene.stage.get(Some(&scene.stage.alice), &page).await;
        assert_eq!(web::inspect::faults(&asked.body), Vec::<String>::new());
        assert!(asked.body.contains("دیگر پرونده را نمی‌بینند"), "it says what ends: {}", asked.body);
        let done = scene.stage.post(Some(&scene.stage.alice), &page, &[]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let mut conn = bench.db.read().await.unwrap();
        assert!(consents::get(&mut conn, consent).await.unwrap().withdrawn_at.is_some());
        let viewer = access::Viewer {
            who: access::Who::User(scene.stage.alice.id),
            roles: vec![(access::Role::CaseWorker, scene.stage.home)],
            ..access::Viewer::nobody()
        };
        let now = bench.db.clock().now();
        let sees = access::grants::may_see(&mut conn, &viewer, scene.person.get(), Category::Personal, now);
        assert!(!sees.await.unwrap(), "what rested on it ended at once");
    }

    async fn what_is_unanswered_is_called_back_with_any_consent(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let consent = scene.consent_for("referral").await;
        let page = format!("/consents/{consent}/withdrawal");
        let list = scene.stage.get(Some(&scene.stage.alice), &format!("/cases/{}/legs", scene.case)).await;
        assert!(list.body.contains(&page), "the way there");
        let asked = scene.stage.get(Some(&scene.stage.alice), &page).await;
        assert!(asked.body.contains("فراخوانده می‌شود"), "{}", asked.body);
        let path = format!("/api/v1{page}");
        let send = async |who: &access::cast::Actor| {
            let request = Request::post(&path)
                .header("idempotency-key", Uuid::now_v7().to_string())
                .body(Body::empty())
                .unwrap();
            scene.stage.send(Some(who), request).await
        };
        assert_eq!(send(&scene.stage.charlie).await.status, 404);
        assert_eq!(scene.state(leg).await, State::Sent);
        let done = send(&scene.stage.alice).await;
        assert_eq!((done.status.as_u16(), &done.json()["recalled"]), (200, &1.into()));
        assert_eq!(scene.state(leg).await, State::Withdrawn);
        // Once more it has no second effect.
        assert_eq!(send(&scene.stage.alice).await.json()["recalled"], 0);
        let over = scene.stage.get(Some(&scene.stage.alice), &page).await;
        assert!(over.body.contains("دیگر برقرار نیست"), "{}", over.body);
    }

    async fn she_takes_her_own_consent_back_and_nobody_elses(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let consent = scene.consent_for("referral").await;
        let her = scene.her().await;
        let list = scene.stage.get(Some(&her), "/my/consents").await;
        assert_eq!(web::inspect::faults(&list.body), Vec::<String>::new());
        let page = format!("/my/consents/{consent}/withdrawal");
        assert!(list.body.contains(&page), "{}", list.body);
        let other = scene.stage.person(Uuid::now_v7()).await;
        assert_eq!(scene.stage.get(Some(&other), &page).await.status, 404);
        assert_eq!(scene.stage.post(Some(&other), &page, &[]).await.status, 404);
        assert_eq!(scene.stage.post(Some(&scene.stage.alice), &page, &[]).await.status, 403);
        let asked = scene.stage.get(Some(&her), &page).await;
        assert_eq!(web::inspect::faults(&asked.body), Vec::<String>::new());
        assert_eq!(scene.state(leg).await, State::Sent, "asking ends nothing");
        let done = scene.stage.post(Some(&her), &page, &[]).await;
        assert_eq!(done.location.as_deref(), Some("/my/consents"), "{}", done.body);
        assert_eq!(scene.state(leg).await, State::Withdrawn);
        let items = scene.stage.get(Some(&her), "/api/v1/my/consents").await.json()["items"].clone();
        let holds = |purpose: &str| {
            items.as_array().unwrap().iter().find(|item| item["purpose"] == purpose).unwrap()["holds"].clone()
        };
        assert_eq!((holds("referral"), holds("casework")), (false.into(), true.into()));
        let case = scene.consent_for("casework").await;
        let request = Request::post(format!("/api/v1/my/consents/{case}/withdrawal"))
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(Body::empty())
            .unwrap();
        assert_eq!(scene.stage.send(Some(&her), request).await.status, 200);
        let mut conn = bench.db.read().await.unwrap();
        assert!(consents::get(&mut conn, case).await.unwrap().withdrawn_at.is_some());
    }
}
