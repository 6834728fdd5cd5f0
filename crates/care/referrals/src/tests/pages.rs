//! The pages of sender and desk, and the interface for machines.

use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::LegId;
use crate::legs::states::State;

both! {
    async fn a_worker_records_consent_sees_the_parcel_and_sends(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let (case, service) = (scene.case, scene.health.service);
        let new = format!("/cases/{case}/legs/new");
        let choose = scene.stage.get(alice, &new).await;
        assert!(choose.body.contains("دستگاه health"), "{}", choose.body);
        let without = scene.stage.get(alice, &format!("{new}?service={service}")).await;
        assert!(without.body.contains(&format!("/cases/{case}/agree/{service}")));
        let agree = format!("/cases/{case}/agree/{service}");
        let page = scene.stage.get(alice, &agree).await;
        let empty = scene.stage.post(alice, &agree, &[]).await;
        assert_eq!(empty.status, 422);
        let agreed = scene.stage.post(alice, &agree, &[
            ("categories", "operational"), ("evidence", "signature"),
        ]).await;
        assert_eq!(agreed.status, 303, "{}", agreed.body);
        let preview = scene.stage.get(alice, &agreed.location.unwrap()).await;
        assert!(preview.body.contains("مینا آزمونی") && preview.body.contains("کد ملی"));
        for reply in [&choose, &without, &page, &empty, &preview] {
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
        let key = Uuid::now_v7().to_string();
        let service = service.to_string();
        let fields = [("service", service.as_str()), ("note", "سلام"), ("form_key", key.as_str())];
        let sent = scene.stage.post(alice, &format!("/cases/{case}/legs"), &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let again = scene.stage.post(alice, &format!("/cases/{case}/legs"), &fields).await;
        assert_eq!(again.location, sent.location, "posting twice sends once");
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg").await, 1);
        let shown = scene.stage.get(alice, &sent.location.unwrap()).await;
        assert!(shown.body.contains("سلام") && shown.body.contains("۱۴۰۵-۰۰۰۰۱"));
        let list = scene.stage.get(alice, &format!("/cases/{case}/legs")).await;
        for reply in [&shown, &list] {
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
    }

    async fn an_officer_opens_asks_and_answers_on_the_desk(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let officer = Some(&scene.health.officer);
        let desk = scene.stage.get(officer, "/desk").await;
        assert!(desk.body.contains("مینا آزمونی"));
        assert_eq!(scene.state(leg).await, State::Sent, "a list is not yet a look");
        let base = format!("/desk/{leg}");
        let opened = scene.stage.get(officer, &base).await;
        assert_eq!(scene.state(leg).await, State::Seen);
        assert!(opened.body.contains("۰۴۹۹۳۷۰۸۹۹"), "identity was agreed to");
        for act in ["ask_info", "accept", "decline", "waitlist", "forward"] {
            let page = scene.stage.get(officer, &format!("{base}?act={act}")).await;
            assert_eq!(page.status, 200);
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{act}");
        }
        let path = format!("{base}/act");
        let wrong = scene.stage.post(officer, &path, &[("act", "ask_info"), ("of", "sender")]).await;
        assert_eq!(wrong.status, 422, "a question needs words");
        let past = [("act", "waitlist"), ("review_on", "1400/01/01")];
        assert_eq!(scene.stage.post(officer, &path, &past).await.status, 422);
        let odd = [("act", "waitlist"), ("review_on", "30/12/1404")];
        assert_eq!(scene.stage.post(officer, &path, &odd).await.status, 422);
        assert_eq!(scene.stage.post(officer, &path, &[("act", "withdraw")]).await.status, 422);
        let ask = [("act", "ask_info"), ("of", "sender"), ("note", "کارت سلامت؟")];
        assert_eq!(scene.stage.post(officer, &path, &ask).await.status, 303);
        let alice = Some(&scene.stage.alice);
        let sender = scene.stage.get(alice, &format!("/legs/{leg}?act=answer_info")).await;
        assert!(sender.body.contains("کارت سلامت؟"));
        let answer = [("act", "answer_info"), ("note", "دارد")];
        assert_eq!(scene.stage.post(alice, &format!("/legs/{leg}/act"), &answer).await.status, 303);
        let accept = [("act", "accept"), ("appointment_on", "۱۴۰۵/۰۹/۱۰")];
        assert_eq!(scene.stage.post(officer, &path, &accept).await.status, 303);
        let report = [("act", "complete"), ("outcome", "delivered")];
        assert_eq!(scene.stage.post(officer, &path, &report).await.status, 303);
        assert_eq!(scene.state(leg).await, State::Completed);
    }

    async fn a_chain_is_drafted_on_screen(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let path = format!("/cases/{}/chains/home_food", scene.case);
        let page = scene.stage.get(alice, &path).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert_eq!(scene.stage.post(alice, &path, &[]).await.status, 422);
        let [a, l, t] = [&scene.health, &scene.labour, &scene.training].map(|body| body.service.to_string());
        let fields = [("approval", a.as_str()), ("licence", l.as_str()), ("training", t.as_str())];
        let made = scene.stage.post(alice, &path, &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg WHERE state = 'draft'").await, 3);
        let unknown = format!("/cases/{}/chains/nothing", scene.case);
        assert_eq!(scene.stage.get(alice, &unknown).await.status, 404);
    }

    async fn machines_send_answer_and_repeat_alike(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let consent = json!({
            "id": Uuid::now_v7(), "case_id": scene.case, "organization_id": scene.training.id,
            "categories": ["operational"], "evidence": "witness", "valid_until": "2027-01-01",
        });
        let path = "/api/v1/referral-consents";
        assert_eq!(scene.stage.send_json(alice, "POST", path, &consent).await.status, 201);
        let id = Uuid::now_v7();
        let body = scene.wanted(id, scene.training.service);
        let made = scene.stage.send_json(alice, "POST", "/api/v1/legs", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let again = scene.stage.send_json(alice, "POST", "/api/v1/legs", &body).await;
        assert_eq!((again.status.as_u16(), again.json()["number"].clone()), (200, made.json()["number"].clone()));
        let officer = Some(&scene.training.officer);
        let shown = scene.stage.get(officer, &format!("/api/v1/legs/{id}")).await.json();
        assert_eq!((shown["state"].as_str(), shown["debtor"].as_str()), (Some("sent"), Some("receiver")));
        let acts = format!("/api/v1/legs/{id}/acts");
        let keyless = scene.stage.send_json(officer, "POST", &acts, &json!({ "act": "start" })).await;
        assert_eq!(keyless.status, 400);
        let request = axum::http::Request::post(&acts)
            .header("content-type", "application/json")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(axum::body::Body::from(json!({ "act": "accept", "appointment_on": null }).to_string()))
            .unwrap();
        let accepted = scene.stage.send(officer, request).await;
        assert_eq!(accepted.status, 200, "{}", accepted.body);
        assert_eq!(scene.state(LegId::new(id)).await, State::Accepted);
        let unknown = scene.stage.get(alice, &format!("/api/v1/legs/{}", Uuid::now_v7())).await;
        assert_eq!(unknown.status, 404);
    }
}
