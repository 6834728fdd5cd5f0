use axum::body::Body;
use axum::http::Request;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::Stage;

/// Sends JSON with an idempotency key.
async fn keyed(scene: &Scene, path: &str, key: Uuid, body: &Json) -> access::cast::Reply {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("idempotency-key", key.to_string())
        .body(Body::from(body.to_string()))
        .unwrap();
    scene.stage.send(Some(&scene.stage.alice), request).await
}

async fn send(scene: &Scene, path: &str, body: Json) -> access::cast::Reply {
    scene
        .stage
        .send_json(Some(&scene.stage.alice), "POST", path, &body)
        .await
}

both! {
    async fn a_machine_walks_from_case_to_plan(bench: Bench) {
        let mut scene = Scene::registered(&bench).await;
        let id = Uuid::now_v7();
        let open = json!({
            "id": id, "person": scene.person, "organization": scene.stage.home,
            "owner": scene.stage.alice.id, "source": "web",
            "consent": { "id": Uuid::now_v7(), "evidence": "sms_code", "valid_until": "2027-11-01" },
            "next_action_on": "2026-11-25",
        });
        assert_eq!(send(&scene, "/api/v1/cases", open.clone()).await.status, 201);
        assert_eq!(send(&scene, "/api/v1/cases", open).await.status, 200);
        scene.case = crate::CaseId::new(id);
        let api = format!("/api/v1/cases/{id}");
        let list = scene.get(&scene.stage.alice, "/api/v1/cases").await.json();
        assert_eq!(list["items"][0]["code"], "1405-00001");
        let form = scene.get(&scene.stage.alice, "/api/v1/assessment-form").await.json();
        let mut scores = serde_json::Map::new();
        for domain in form["domains"].as_array().unwrap() {
            scores.insert(domain["code"].as_str().unwrap().to_owned(), json!(3));
        }
        let answers = json!({ "household_income": "100000000", "insured": "no" });
        let body = json!({ "id": Uuid::now_v7(), "scores": scores, "answers": answers });
        assert_eq!(send(&scene, &format!("{api}/assessments"), body.clone()).await.status, 201);
        assert_eq!(send(&scene, &format!("{api}/assessments"), body).await.status, 200, "a resend");
        let wrong = json!({ "id": Uuid::now_v7(), "scores": { "luck": 3 } });
        assert_eq!(send(&scene, &format!("{api}/assessments"), wrong).await.status, 400);
        let few = json!({ "id": Uuid::now_v7(), "scores": { "income": 3 } });
        assert_eq!(send(&scene, &format!("{api}/assessments"), few).await.status, 422);
        let decided = send(&scene, &format!("{api}/decisions"), json!({ "id": Uuid::now_v7() })).await;
        assert_eq!(decided.status, 201);
        let decision = scene.get(&scene.stage.alice, &format!("{api}/decision")).await.json();
        assert_eq!(decision["result"], "yes");
        assert!(!decision["trace"].as_array().unwrap().is_empty());
        let plan = Uuid::now_v7();
        let started = send(&scene, &format!("{api}/plans"), json!({ "id": plan, "template": null })).await;
        assert_eq!(started.status, 201);
        let step = json!({ "id": Uuid::now_v7(), "kind": "training", "due_on": "2026-12-20" });
        assert_eq!(send(&scene, &format!("/api/v1/plans/{plan}/steps"), step).await.status, 201);
        let propose = json!({ "change": "propose" });
        let (path, key) = (format!("/api/v1/plans/{plan}/changes"), Uuid::now_v7());
        assert_eq!(send(&scene, &path, propose.clone()).await.status, 400, "a key is needed");
        assert_eq!(keyed(&scene, &path, key, &propose).await.status, 200);
        assert_eq!(keyed(&scene, &path, key, &propose).await.status, 200);
        let plans = scene.get(&scene.stage.alice, &format!("{api}/plans")).await.json();
        assert_eq!(plans["items"][0]["state"], "proposed");
        assert_eq!(scene.found().await.stage, Stage::Planning);
    }

    async fn a_machine_gets_no_half_written_record_for_bad_input(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let api = format!("/api/v1/cases/{}", scene.case);
        for body in [
            json!({ "change": "next_action", "action": "contact", "on": "2020-01-01" }),
            json!({ "change": "next_action", "action": "fly", "on": "2026-12-01" }),
            json!({ "change": "pause", "reason": "illness" }),
            json!([]),
        ] {
            let reply = keyed(&scene, &format!("{api}/changes"), Uuid::now_v7(), &body).await;
            assert_eq!(reply.status, 400, "{body}");
        }
        let reply = send(&scene, &format!("{api}/tasks"),
            json!({ "id": Uuid::now_v7(), "words": "", "due_on": "2026-12-01" })).await;
        assert_eq!(reply.status, 400);
        let events = scene.get(&scene.stage.alice, &format!("{api}/events")).await.json();
        assert_eq!(events["items"].as_array().unwrap().len(), 1);
        let foreign = json!({ "change": "stage", "stage": "making" });
        let request = Request::post(format!("{api}/changes"))
            .header("content-type", "application/json")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(Body::from(foreign.to_string()))
            .unwrap();
        assert_eq!(scene.stage.send(Some(&scene.stage.charlie), request).await.status, 404);
    }
}
