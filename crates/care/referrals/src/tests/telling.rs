//! What other systems are told of a leg.

use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::scene::{NATIONAL_CODE, PHONE, Scene};
use crate::{Answer, AnswerLeg, By};

both! {
    async fn the_systems_of_both_bodies_are_told_of_a_move_and_of_nobody(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let stage = &scene.stage;
        let ends = [(&scene.supervisor, stage.home), (&scene.training.officer, scene.training.id.get())];
        for (number, (who, body)) in ends.into_iter().enumerate() {
            let new = json!({
                "id": Uuid::now_v7(), "organization_id": body, "url": format!("http://127.0.0.1:1/{number}"),
                "event_types": ["referral.sent", "referral.accepted", "referral.changed", "referral.withdrawn"],
            });
            let made = stage.send_json(Some(who), "POST", "/api/v1/webhooks", &new).await;
            assert_eq!(made.status, 201, "{}", made.body);
        }
        let leg = scene.send(&scene.training).await;
        let accept = || AnswerLeg {
            leg, answer: Answer::Accept { appointment_on: None }, by: By::LINK, note: scene.note(),
        };
        scene.as_program(accept()).await.unwrap();
        scene.as_program(accept()).await.unwrap();
        // Nobody of these bodies has a part in this one, but its sender.
        scene.send(&scene.health).await;
        let mut conn = bench.db.read().await.unwrap();
        let told: Vec<String> = db::sql("SELECT body_json AS value FROM webhook_message ORDER BY id").scalars(&mut conn).await.unwrap();
        let heard: i64 = db::sql("SELECT count(*) AS value FROM webhook_delivery").scalar(&mut conn).await.unwrap();
        assert_eq!((told.len(), heard), (3, 5), "one message a move, however often it was said: {told:?}");
        let of = |place: usize| serde_json::from_str::<Json>(&told[place]).unwrap();
        assert_eq!((&of(0)["type"], &of(1)["type"]), (&json!("referral.sent"), &json!("referral.accepted")));
        assert_eq!((&of(1)["data"]["was"], &of(1)["data"]["state"]), (&json!("sent"), &json!("accepted")));
        assert_eq!(of(0)["data"]["id"], json!(leg));
        assert_eq!(of(0)["data"]["number"], "1405-00001");
        let all = told.concat();
        for secret in ["مینا", "آزمونی", NATIONAL_CODE, PHONE, &scene.person.to_string()] {
            assert!(!all.contains(secret), "{secret}");
        }
    }
}
