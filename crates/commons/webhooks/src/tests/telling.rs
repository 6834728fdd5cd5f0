//! What happens is told, once and signed.

use db::Origin;
use testing::both;

use super::*;
use crate::signing;

both! {
    async fn an_act_is_told_with_it_and_arrives_signed(bench: Bench) {
        let stage = stage(&bench).await;
        let (endpoint, address) = simulated(&stage, Faults::default()).await;
        let (key, origin) = (Uuid::now_v7(), Origin::user(stage.alice.id, "test"));
        let record = Uuid::now_v7();
        for _ in 0..2 {
            let act = Accept { record, ..Accept::of(&stage) };
            bench.db.write_once(key, &origin, act).await.unwrap();
        }
        let refused = Accept { is_refused: true, ..Accept::of(&stage) };
        assert!(stage.write(&stage.alice, refused).await.is_err());
        let foreign = Accept { bodies: vec![OrganizationId::new(stage.elsewhere)], ..Accept::of(&stage) };
        stage.write(&stage.alice, foreign).await.unwrap();
        let unwanted = Accept { event: EventType::ReferralExpired, ..Accept::of(&stage) };
        stage.write(&stage.alice, unwanted).await.unwrap();
        assert_eq!(count(&bench, "webhook_message").await, 1, "once, and for whoever wants it");
        stage.do_jobs().await;
        let came = received(&address).await;
        assert_eq!((came.len(), &came[0]["is_signed"], &came[0]["times"]), (1, &json!(true), &json!(1)));
        let body: Json = serde_json::from_str(came[0]["body"].as_str().unwrap()).unwrap();
        assert_eq!(body, json!({
            "type": "referral.accepted", "timestamp": "2026-11-23T08:00:00Z",
            "data": { "id": record, "number": "1405-00042", "state": "accepted", "was": "sent",
                "receiver_id": stage.home, "due_on": "2026-11-23" },
        }));
        let delivery = newest(&stage, &endpoint).await;
        assert_eq!((&delivery["state"], &delivery["last_status"]), (&json!("delivered"), &json!(204)));
        assert_eq!(delivery["message_id"], came[0]["id"]);
        let file = get(&stage, &format!("{}/deliveries/{}", endpoint.path, delivery["id"].as_str().unwrap())).await;
        assert_eq!((&file["body"], &file["history"][0]["status"]), (&came[0]["body"], &json!(204)));
        assert_eq!(access::cast::broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }

    async fn a_new_secret_signs_at_once_and_the_old_one_along_for_a_day(bench: Bench) {
        let stage = stage(&bench).await;
        let (endpoint, address) = simulated(&stage, Faults::default()).await;
        let (key, path) = (Uuid::now_v7(), format!("{}/secret", endpoint.path));
        let first = post(&stage, &stage.alice, &path, key, &json!({})).await.json();
        let again = post(&stage, &stage.alice, &path, key, &json!({})).await.json();
        assert_eq!(first, again, "a lost answer is given again");
        assert_ne!(first["secret"], json!(endpoint.secret));
        happen(&stage).await;
        stage.do_jobs().await;
        let came = received(&address).await;
        assert_eq!((&came[0]["is_signed"], &came[0]["signatures"]), (&json!(true), &json!(2)), "the receiver knows the old one");
        bench.pass_days(1);
        happen(&stage).await;
        stage.do_jobs().await;
        let delivery = newest(&stage, &endpoint).await;
        assert_eq!((&delivery["state"], &delivery["last_status"]), (&json!("failed"), &json!(401)), "it was given a day");
        let late = post(&stage, &stage.alice, &path, key, &json!({})).await;
        assert_eq!((late.status.as_u16(), &late.json()["secret"]), (200, &json!(null)), "shown once");
        let body = "{}";
        let signature = signing::sign(first["secret"].as_str().unwrap(), "id", 1, body).unwrap();
        assert!(!signing::is_signed(&endpoint.secret, "id", 1, body, &signature));
    }

    async fn a_test_says_that_it_is_one_and_a_pause_keeps_what_happens(bench: Bench) {
        let stage = stage(&bench).await;
        let (endpoint, address) = simulated(&stage, Faults::default()).await;
        let act = async |name: &str| post(&stage, &stage.alice, &format!("{}/{name}", endpoint.path), Uuid::now_v7(), &json!({})).await;
        let test = act("test").await;
        assert_eq!(test.status, 202, "{}", test.body);
        stage.do_jobs().await;
        let came = received(&address).await;
        assert_eq!(came[0]["id"], test.json()["message_id"]);
        assert!(came[0]["body"].as_str().unwrap().contains("\"type\":\"webhook.test\""));
        assert_eq!(act("resume").await.json()["code"], "webhook_is_active");
        assert_eq!(act("pause").await.json()["state"], "paused");
        assert_eq!(act("test").await.json()["code"], "webhook_not_active");
        happen(&stage).await;
        stage.do_jobs().await;
        assert_eq!((received(&address).await.len(), &newest(&stage, &endpoint).await["state"]), (1, &json!("waiting")));
        assert_eq!(act("resume").await.json()["state"], "active");
        stage.do_jobs().await;
        assert_eq!(received(&address).await.len(), 2);
    }

    async fn what_a_body_went_into_is_told_for_it_and_only_once(bench: Bench) {
        let stage = stage(&bench).await;
        let (_, address) = simulated(&stage, Faults::default()).await;
        let [home, gone] = [stage.home, stage.elsewhere].map(OrganizationId::new);
        let merge = organizations::MergeBody { id: gone, into: home, on: bench.db.clock().today() };
        stage.write(&stage.alice, merge).await.unwrap();
        for bodies in [vec![gone], vec![home, gone]] {
            let act = Accept { bodies, ..Accept::of(&stage) };
            stage.write(&stage.alice, act).await.unwrap();
        }
        stage.do_jobs().await;
        assert_eq!((received(&address).await.len(), count(&bench, "webhook_delivery").await), (2, 2));
    }
}
