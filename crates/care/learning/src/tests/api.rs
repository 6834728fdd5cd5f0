use access::cast::{Actor, Reply};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::Basis;

/// Sends JSON under a fresh idempotency key.
pub async fn keyed(scene: &Scene, actor: &Actor, path: &str, body: &Json) -> Reply {
    under(scene, actor, path, body, Uuid::now_v7()).await
}

async fn under(scene: &Scene, actor: &Actor, path: &str, body: &Json, key: Uuid) -> Reply {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("idempotency-key", key.to_string())
        .body(Body::from(body.to_string()))
        .unwrap();
    scene.stage.send(Some(actor), request).await
}

both! {
    async fn machines_walk_the_same_way(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (trainer, alice) = (&scene.trainer, &scene.stage.alice);
        let course = Uuid::now_v7();
        let body = json!({
            "id": course, "organization_id": scene.school, "title_fa": "رنگرزی", "title_en": "Dyeing",
            "hours": 12, "basis": "attendance", "attendance_needed": 100,
        });
        let made = scene.stage.send_json(Some(trainer), "POST", "/api/v1/courses", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(scene.stage.send_json(Some(trainer), "POST", "/api/v1/courses", &body).await.status, 200);
        let cohort = json!(scene.cohort_of(crate::CourseId::new(course), 2, -10));
        let made = scene.stage.send_json(Some(trainer), "POST", "/api/v1/cohorts", &cohort).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let at = format!("/api/v1/cohorts/{}", cohort["id"].as_str().unwrap());
        let enrolment = json!({ "id": Uuid::now_v7(), "case_id": mina.case });
        let enrol = format!("{at}/enrolments");
        let made = scene.stage.send_json(Some(alice), "POST", &enrol, &enrolment).await;
        assert_eq!((made.status.as_u16(), &made.json()["state"]), (201, &json!("enrolled")));
        assert_eq!(scene.stage.send_json(Some(alice), "POST", &enrol, &enrolment).await.status, 200);
        let seen = scene.json(alice, &at).await;
        for session in seen["sessions"].as_array().unwrap() {
            let roll = format!("/api/v1/sessions/{}/roll", session["id"].as_str().unwrap());
            let key = Uuid::now_v7();
            for _ in 0..2 {
                let saved = under(&scene, trainer, &roll, &json!({}), key).await;
                assert_eq!((saved.status.as_u16(), &saved.json()["names"]), (200, &json!(1)));
            }
            assert_eq!(keyed(&scene, trainer, &roll, &json!({})).await.status, 409);
        }
        let done = keyed(&scene, trainer, &format!("{at}/completion"), &json!({})).await;
        assert_eq!(done.json(), json!({ "completed": 1, "not_reached": 0 }));
        let issued = keyed(&scene, trainer, &format!("{at}/certificates"), &json!({})).await;
        assert_eq!(issued.json()["issued"], 1, "{}", issued.body);
        let learned = scene.json(alice, &format!("/api/v1/cases/{}/learning", mina.case)).await;
        assert_eq!(learned["certificates"][0]["state"], "valid");
        let list = scene.json(alice, "/api/v1/cohorts?state=completed").await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!(list["next"], Json::Null);
        scene.is_sound().await;
    }

    async fn machines_are_refused_with_a_pointer_and_never_half_way(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let course = scene.course(Basis::Attendance, 80).await;
        let good = json!(scene.cohort_of(course, 5, 2));
        let change = |edit: &dyn Fn(&mut Json)| { let mut body = good.clone(); body["id"] = json!(Uuid::now_v7()); edit(&mut body); body };
        let cases: Vec<(Json, u16)> = vec![
            (change(&|b| b["sessions"].as_array_mut().unwrap().truncate(2)), 422),
            (change(&|b| b["sessions"][0]["ends_at"] = json!("9999-01-01T00:00:00Z")), 422),
            (change(&|b| b["sessions"][2]["ends_at"] = json!("9000-01-01T00:00:00Z")), 422),
            (change(&|b| b["sessions"].as_array_mut().unwrap().reverse()), 422),
            (change(&|b| b["capacity"] = json!(0)), 422),
            (change(&|b| b["capacity"] = json!(i64::MAX)), 422),
            (change(&|b| b["capacity"] = json!("ten")), 400),
            (change(&|b| b["trainer_id"] = json!(Uuid::now_v7())), 422),
            (change(&|b| b["place_id"] = json!(Uuid::now_v7())), 422),
            (change(&|b| b["course_id"] = json!(Uuid::now_v7())), 404),
            (json!({ "id": "no" }), 400),
        ];
        for (body, status) in cases {
            let reply = scene.stage.send_json(Some(&scene.trainer), "POST", "/api/v1/cohorts", &body).await;
            assert_eq!(reply.status.as_u16(), status, "{body}: {}", reply.body);
            assert_eq!(reply.json()["status"], status, "{}", reply.body);
        }
        let list = scene.json(&scene.trainer, "/api/v1/cohorts").await;
        assert_eq!(list["items"], json!([]), "nothing half-written is left");
        let made = scene.stage.send_json(Some(&scene.trainer), "POST", "/api/v1/cohorts", &good).await;
        assert_eq!(made.status, 201, "no hour of the trainer was kept by a refused one: {}", made.body);
        assert_eq!(scene.get(&scene.trainer, "/api/v1/cohorts?cursor=x").await.status, 400);
    }
}
