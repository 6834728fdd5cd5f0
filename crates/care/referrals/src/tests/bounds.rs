//! What machines may send, and what they may read.

use axum::body::Body as Content;
use axum::http::Request;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::LegId;

async fn acted(scene: &Scene, leg: LegId, body: &Json) -> access::cast::Reply {
    let request = Request::post(format!("/api/v1/legs/{leg}/acts"))
        .header("content-type", "application/json")
        .header("idempotency-key", Uuid::now_v7().to_string())
        .body(Content::from(body.to_string()))
        .unwrap();
    scene.stage.send(Some(&scene.health.officer), request).await
}

#[derive(serde::Serialize)]
struct OtherStep {
    case: casework::CaseId,
    plan: Uuid,
    step: Uuid,
}

impl db::Write for OtherStep {
    const NAME: &'static str = "other_step";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        let now = tx.now();
        db::sql(
            "INSERT INTO plan (id, case_id, number, state, made_at) VALUES ($1, $2, 1, 'draft', $3)",
        )
        .bind(self.plan)
        .bind(self.case)
        .bind(now)
        .execute(tx)
        .await?;
        db::sql(
            "INSERT INTO plan_step (id, plan_id, case_id, kind, due_on, state)
             VALUES ($1, $2, $3, 'referral', $4, 'open')",
        )
        .bind(self.step)
        .bind(self.plan)
        .bind(self.case)
        .bind(tx.today())
        .execute(tx)
        .await
        .map(drop)
    }
}

both! {
    async fn a_leg_does_not_take_a_step_of_another_case(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let other = scene.other_case().await;
        let step = Uuid::now_v7();
        let insert = OtherStep { case: other, plan: Uuid::now_v7(), step };
        scene.stage.write(&scene.stage.alice, insert).await.unwrap();
        for body in [&scene.health, &scene.labour, &scene.training] {
            scene.agree(body.id, &[access::grants::Category::Operational]).await;
        }
        let alice = Some(&scene.stage.alice);
        let (service, typed) = (scene.health.service.to_string(), step.to_string());
        let words = "این گام از پروندهٔ دیگری است.";
        let fields = [("service", service.as_str()), ("step", typed.as_str())];
        let sent = scene.stage.post(alice, &format!("/cases/{}/legs", scene.case), &fields).await;
        assert!(sent.status == 422 && sent.body.contains(words), "{}", sent.body);
        let mut wanted = scene.wanted(Uuid::now_v7(), scene.health.service);
        wanted["step_id"] = json!(step);
        let made = scene.stage.send_json(alice, "POST", "/api/v1/legs", &wanted).await;
        assert!(made.status == 422 && made.body.contains("leg_step_elsewhere"), "{}", made.body);
        let unknown = json!({ "step_id": Uuid::now_v7() });
        wanted["step_id"] = unknown["step_id"].clone();
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/legs", &wanted).await.status, 422);
        let [a, l, t] = [&scene.health, &scene.labour, &scene.training].map(|body| body.service.to_string());
        let chain = [
            ("approval", a.as_str()), ("licence", l.as_str()), ("training", t.as_str()), ("step-licence", &typed),
        ];
        let started = scene.stage.post(alice, &format!("/cases/{}/chains/home_food", scene.case), &chain).await;
        assert!(started.status == 422 && started.body.contains(words));
        assert!(started.body.contains("href=\"#step-licence\""), "at its field");
        let legs = ["approval", "licence", "training"].into_iter().zip([a, l, t]);
        let legs: Vec<Json> = legs.map(|(code, service)| json!({ "code": code, "service_id": service })).collect();
        let body = json!({ "id": Uuid::now_v7(), "template": "home_food", "case_id": scene.case, "step_id": step, "legs": legs });
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/chains", &body).await.status, 422);
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg").await, 0);
    }

    async fn machines_send_within_bounds(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let good = json!({
            "id": Uuid::now_v7(), "case_id": scene.case, "organization_id": scene.health.id,
            "categories": ["operational"], "evidence": "witness", "valid_until": "2027-01-01",
        });
        for (place, value) in [
            ("/valid_until", json!("2099-01-01")), ("/valid_until", json!("2020-01-01")),
            ("/categories", json!([])), ("/organization_id", json!(Uuid::now_v7())),
        ] {
            let mut bad = good.clone();
            bad["id"] = json!(Uuid::now_v7());
            bad[place.trim_start_matches('/')] = value;
            let reply = scene.stage.send_json(alice, "POST", "/api/v1/referral-consents", &bad).await;
            assert!(reply.status == 400 && reply.body.contains(place), "{place}: {}", reply.body);
        }
        assert_eq!(scene.count("SELECT count(*) AS value FROM consent WHERE purpose = 'referral'").await, 0);
        let leg = scene.send(&scene.health).await;
        let long = "9".repeat(100);
        for (place, bad) in [
            ("/code", json!({ "act": "decline", "code": long })),
            ("/note", json!({ "act": "start", "note": "ب".repeat(2_000) })),
            ("/review_on", json!({ "act": "waitlist", "review_on": "2099-01-01" })),
            ("/appointment_on", json!({ "act": "accept", "appointment_on": "2099-01-01" })),
            ("/returned/licence_number", json!({ "act": "complete", "outcome": "delivered",
                "returned": { "licence_number": long, "valid_until": null } })),
        ] {
            let reply = acted(&scene, leg, &bad).await;
            assert!(reply.status == 400 && reply.body.contains(place), "{place}: {}", reply.body);
        }
        assert_eq!(scene.state(leg).await, crate::legs::states::State::Sent);
    }

    async fn machines_read_a_legs_parcel_and_history(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let (parcel, events) = (format!("/api/v1/legs/{leg}/parcel"), format!("/api/v1/legs/{leg}/events"));
        for one in [&scene.stage.alice, &scene.health.officer] {
            let held = scene.stage.get(Some(one), &parcel).await;
            assert_eq!(held.json()["fields"]["name"], "مینا آزمونی");
            let told = scene.stage.get(Some(one), &events).await.json();
            let told = told["items"].as_array().unwrap();
            assert!(told.iter().any(|event| event["note"] == "لطفاً بررسی کنید"));
        }
        for path in [&parcel, &events] {
            for one in [&scene.stage.charlie, &scene.training.officer] {
                assert_eq!(scene.stage.get(Some(one), path).await.status, 404, "{path}");
            }
        }
        assert_eq!(acted(&scene, leg, &json!({ "act": "decline", "code": "no_capacity" })).await.status, 200);
        let officer = Some(&scene.health.officer);
        assert_eq!(scene.stage.get(officer, &parcel).await.status, 404, "the parcel is closed");
        assert_eq!(scene.stage.get(officer, &events).await.json()["items"], json!([]));
        assert_eq!(scene.stage.get(Some(&scene.stage.alice), &parcel).await.status, 200);
    }

    async fn a_craft_begins_with_its_agency(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mut conn = bench.db.read().await.unwrap();
        let today = bench.db.clock().today();
        let template = crate::chains::current(&mut conn, "home_craft", today).await.unwrap().unwrap();
        let legs = crate::chains::legs_of(&mut conn, template.id).await.unwrap();
        let codes: Vec<(&str, &str)> = legs.iter().map(|leg| (leg.code.as_str(), leg.service.as_str())).collect();
        assert_eq!(codes, [("approval", "craft_approval"), ("licence", "home_licence"), ("training", "training")]);
        assert_eq!(legs[1].starts, crate::chains::Starts::AfterAll);
        drop(scene);
    }
}
