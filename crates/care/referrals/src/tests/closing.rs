//! A case that is closed asks nothing of other bodies; a letter that was called back says nothing.

use testing::both;

use super::scene::{Body, Scene};
use crate::legs::states::State;
use crate::{Answer, AnswerLeg, By};
use access::grants::Category;

both! {
    async fn closing_a_case_calls_its_legs_and_parcels_back(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let unanswered = scene.send(&scene.health).await;
        let accepted = scene.send(&scene.training).await;
        let answer = Answer::Accept { appointment_on: None };
        scene.as_program(AnswerLeg { leg: accepted, answer, by: By::LINK, note: scene.note() }).await.unwrap();
        let seen = async |body: &Body, leg| {
            let reply = scene.stage.get(Some(&body.officer), &format!("/desk/{leg}")).await;
            reply.body.contains("مینا")
        };
        assert!(seen(&scene.health, unanswered).await && seen(&scene.training, accepted).await);
        let close = format!("/cases/{}/close", scene.case);
        let charlie = Some(&scene.stage.charlie);
        assert_eq!(scene.stage.post(charlie, &close, &[("close_reason", "moved")]).await.status, 404);
        let empty = scene.stage.post(alice, &close, &[("close_reason", "")]).await;
        assert_eq!(empty.status, 422);
        let closed = scene.stage.post(alice, &close, &[("close_reason", "moved")]).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        for leg in [unanswered, accepted] {
            assert_eq!(scene.state(leg).await, State::Withdrawn);
        }
        assert!(!seen(&scene.health, unanswered).await && !seen(&scene.training, accepted).await);
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel WHERE ended_at IS NULL").await, 0);
        let open = "SELECT count(*) AS value FROM access_grant WHERE purpose LIKE 'referral:%' AND valid_until IS NULL";
        assert_eq!(scene.count(open).await, 0);
        // Nor does it ask anew, or go on with what it asked.
        let service = scene.labour.service.to_string();
        scene.agree(scene.labour.id, &[Category::Operational]).await;
        let sent = scene.stage.post(alice, &format!("/cases/{}/legs", scene.case), &[("service", &service)]).await;
        assert!(sent.status == 422 && sent.body.contains("این پرونده بسته است."), "{}", sent.body);
        for check in crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap() {
            assert!(check.ok, "{}", check.code);
        }
    }

    async fn machines_close_a_case_too(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let path = format!("/api/v1/cases/{}/closing", scene.case);
        let close = |actor| {
            let request = axum::http::Request::post(&path)
                .header("content-type", "application/json")
                .header("idempotency-key", uuid::Uuid::now_v7().to_string())
                .body(axum::body::Body::from(r#"{"reason":"moved"}"#))
                .unwrap();
            scene.stage.send(Some(actor), request)
        };
        assert_eq!(close(&scene.stage.charlie).await.status, 404);
        let closed = close(&scene.stage.alice).await;
        assert_eq!((closed.status.as_u16(), closed.json()["recalled"].as_u64()), (200, Some(1)));
        assert_eq!(scene.state(leg).await, State::Withdrawn);
        assert_eq!(close(&scene.stage.alice).await.status, 409);
    }

    async fn a_letter_is_printed_and_in_force_while_its_leg_lasts(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let both = [Category::Operational, Category::Personal];
        let consent = scene.agree(scene.health.id, &both).await;
        let leg = scene.send_only(&scene.health).await;
        let number = scene.leg(leg).await.number;
        let public = format!("/letters/{}", crate::letters::code(&scene.stage.city.keys, &number));
        let good = async || scene.stage.get(None, &public).await.body.contains("اعتبار دارد");
        let print = async |path: &str| scene.stage.get(alice, &format!("{path}/legs/{leg}/letter")).await;
        assert!(good().await);
        for path in ["", "/api/v1"] {
            let letter = print(path).await;
            assert!(letter.status == 200 && letter.body.contains("آزمونی"), "{}", letter.body);
        }
        // A body that works on the leg already loses the facts; so does the paper.
        let answer = Answer::Accept { appointment_on: None };
        scene.as_program(AnswerLeg { leg, answer, by: By::LINK, note: scene.note() }).await.unwrap();
        assert!(good().await);
        scene.withdraw(consent).await;
        assert_eq!(scene.state(leg).await, State::Accepted);
        assert!(!good().await);
        for path in ["", "/api/v1"] {
            let letter = print(path).await;
            assert!(letter.status == 409 && !letter.body.contains("آزمونی"), "{}", letter.body);
        }
        let done = scene.send(&scene.training).await;
        let number = scene.leg(done).await.number;
        let answer = Answer::Decline { code: "no_capacity".into() };
        scene.as_program(AnswerLeg { leg: done, answer, by: By::LINK, note: scene.note() }).await.unwrap();
        let public = format!("/letters/{}", crate::letters::code(&scene.stage.city.keys, &number));
        assert!(!scene.stage.get(None, &public).await.body.contains("اعتبار دارد"), "declined");
    }
}
