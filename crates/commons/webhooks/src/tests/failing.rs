//! Receivers that do not take what is sent.

use testing::both;
use web::City;

use super::*;

/// The seconds between ten tries.
const SCHEDULE: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Lets a message that fails be tried until it is given up.
async fn give_up(bench: &Bench, stage: &Stage) {
    stage.do_jobs().await;
    for seconds in SCHEDULE {
        bench.pass_seconds(seconds);
        stage.do_jobs().await;
    }
}

both! {
    async fn a_message_is_tried_ten_times_given_up_and_sent_anew(bench: Bench) {
        let stage = stage(&bench).await;
        let (moody, endpoint) = Moody::open(&stage, 500).await;
        happen(&stage).await;
        stage.do_jobs().await;
        for (place, seconds) in SCHEDULE.into_iter().enumerate() {
            let tried = u32::try_from(place + 1).unwrap();
            assert_eq!(moody.count(), tried);
            let failed = newest(&stage, &endpoint).await;
            assert_eq!((&failed["state"], &failed["last_fault"]), (&json!("failed"), &json!("status")));
            bench.pass_seconds(seconds - 1);
            stage.do_jobs().await;
            assert_eq!(moody.count(), tried, "not before its time");
            bench.pass_seconds(1);
            stage.do_jobs().await;
        }
        let dead = newest(&stage, &endpoint).await;
        assert_eq!((&dead["state"], &dead["attempts"], &dead["next_try_at"]), (&json!("dead"), &json!(10), &json!(null)));
        bench.pass_days(2);
        stage.do_jobs().await;
        assert_eq!(moody.count(), 10);
        moody.answer(200);
        let path = format!("{}/deliveries/{}", endpoint.path, dead["id"].as_str().unwrap());
        let key = Uuid::now_v7();
        for _ in 0..2 {
            let again = post(&stage, &stage.alice, &format!("{path}/replay"), key, &json!({})).await;
            assert_eq!(again.status, 202, "{}", again.body);
        }
        let waits = post(&stage, &stage.alice, &format!("{path}/replay"), Uuid::now_v7(), &json!({})).await;
        assert_eq!(waits.json()["code"], "webhook_still_waiting");
        stage.do_jobs().await;
        let file = get(&stage, &path).await;
        assert_eq!((&file["state"], moody.count(), &file["attempts"]), (&json!("delivered"), 11, &json!(11)));
        assert_eq!((&file["history"][0]["status"], &file["history"][10]["status"]), (&json!(500), &json!(200)));
        assert_eq!(get(&stage, &endpoint.path).await["dead_since"], json!(null));
    }

    async fn five_days_of_nothing_disable_an_endpoint_and_its_body_is_told(bench: Bench) {
        let stage = stage(&bench).await;
        let (moody, endpoint) = Moody::open(&stage, 503).await;
        let began = bench.db.clock().today();
        happen(&stage).await;
        give_up(&bench, &stage).await;
        assert_eq!(get(&stage, &endpoint.path).await["state"], "active", "one message is not enough");
        bench.pass_days(2);
        happen(&stage).await;
        give_up(&bench, &stage).await;
        assert_eq!(get(&stage, &endpoint.path).await["state"], "disabled");
        assert_eq!(count(&bench, "notice WHERE template = 'webhook-disabled'").await, 1);
        happen(&stage).await;
        stage.do_jobs().await;
        assert_eq!((moody.count(), &newest(&stage, &endpoint).await["last_fault"]), (20, &json!("disabled")));
        moody.answer(202);
        let resumed = post(&stage, &stage.alice, &format!("{}/resume", endpoint.path), Uuid::now_v7(), &json!({})).await;
        assert_eq!(resumed.json()["state"], "active", "{}", resumed.body);
        let since = json!({ "since": began });
        let replayed = post(&stage, &stage.alice, &format!("{}/replay", endpoint.path), Uuid::now_v7(), &since).await;
        assert_eq!(replayed.json()["count"], 3, "{}", replayed.body);
        stage.do_jobs().await;
        assert_eq!(count(&bench, "webhook_delivery WHERE state = 'delivered'").await, 3);
    }

    async fn who_is_gone_is_not_asked_again_and_a_redirect_is_not_followed(bench: Bench) {
        let stage = stage(&bench).await;
        let (gone, _) = simulated(&stage, Faults { gone: 1.0, ..Faults::default() }).await;
        let (turning, elsewhere) = simulated(&stage, Faults { redirect: 1.0, ..Faults::default() }).await;
        happen(&stage).await;
        happen(&stage).await;
        stage.do_jobs().await;
        assert_eq!(get(&stage, &gone.path).await["state"], "disabled");
        let list = get(&stage, &format!("{}/deliveries", gone.path)).await;
        let faults: Vec<&Json> = list["items"].as_array().unwrap().iter().map(|one| &one["last_fault"]).collect();
        assert_eq!(faults, ["disabled", "gone"], "the second was not sent");
        let turned = newest(&stage, &turning).await;
        assert_eq!((&turned["state"], &turned["last_fault"], &turned["last_status"]), (&json!("failed"), &json!("redirect"), &json!(302)));
        assert_eq!(received(&elsewhere).await, Vec::<Json>::new());
    }

    async fn a_city_connects_to_no_closed_address_whatever_is_written_down(bench: Bench) {
        let stage = stage(&bench).await;
        let (endpoint, address) = simulated(&stage, Faults::default()).await;
        happen(&stage).await;
        let here = &stage.city;
        let strict = Arc::new(City {
            db: here.db.clone(), keys: here.keys.clone(), name: here.name.clone(),
            public_url: here.public_url.clone(), is_demo: false, sms: None, bank: None,
            webhooks_loopback: false, print: here.print, wake: tokio::sync::Notify::new(),
        });
        let runner = jobs::Runner::new(crate::room().jobs);
        while runner.run_due(&strict).await.unwrap() > 0 {}
        let refused = newest(&stage, &endpoint).await;
        assert_eq!((&refused["state"], &refused["last_fault"]), (&json!("failed"), &json!("closed")));
        assert_eq!(received(&address).await, Vec::<Json>::new());
    }
}
