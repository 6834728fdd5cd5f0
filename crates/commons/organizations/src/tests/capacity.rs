//! Room: told by the body itself, unknown when it is old, asked before anybody is named.

use access::Role;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::directory::{new_body, send, told};
use super::stage;
use crate::ServiceId;
use crate::services::{Capacity, capacity};

both! {
    async fn what_was_told_long_ago_is_unknown_and_never_free(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let officer = stage.add("officer", skills, &[Role::PartnerOfficer]).await;
        let now = async || {
            let mut conn = bench.db.read().await.unwrap();
            capacity(&mut conn, ServiceId::new(id), bench.db.clock().today()).await.unwrap()
        };
        assert_eq!(now().await, Capacity::Unknown);
        let told_on = bench.db.clock().today();
        let (places, waiting) = (format!("places_free-{id}"), format!("waiting_days-{id}"));
        let fields = [(places.as_str(), "۴"), (waiting.as_str(), "۱۰")];
        let path = format!("/capacity/{id}");
        assert_eq!(stage.post(Some(&officer), &path, &fields).await.status, 303);
        let free = Capacity::Free { places: 4, waiting_days: Some(10), told_on };
        assert_eq!(now().await, free);
        bench.pass_days(14);
        assert_eq!(now().await, free, "the last day on which it counts");
        bench.pass_days(1);
        assert_eq!(now().await, Capacity::Unknown);
        let shown = stage.get(None, &format!("/services/{id}")).await.body;
        assert!(shown.contains("نامعلوم") && !shown.contains("۴ جا"), "{shown}");
        // The city may let it count for longer.
        let alice = stage.again(&stage.alice).await;
        for (days, status) in [("0", 422), ("400", 422), ("۲۰", 303)] {
            assert_eq!(stage.post(Some(&alice), "/directory/rule", &[("capacity_days", days)]).await.status, status);
        }
        assert_eq!(now().await, free);
        // Closed for a while: nothing is free, whatever was said; afterwards it counts again.
        let last = bench.db.clock().today();
        let closed = json!({ "status": "temporarily_closed", "closed_until": last });
        assert_eq!(send(&stage, &alice, &format!("/api/v1/services/{id}/status"), &closed).await.status, 200);
        assert_eq!(now().await, Capacity::Unknown);
        bench.pass_days(1);
        assert_eq!(now().await, free);
        let officer = stage.again(&officer).await;
        assert_eq!(stage.post(Some(&officer), &path, &[(&places, "0"), (&waiting, "")]).await.status, 303);
        assert_eq!(now().await, Capacity::Full { waiting_days: None, told_on: bench.db.clock().today() });
    }

    async fn a_body_tells_its_own_places_and_nobody_elses(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let stranger = stage.add("stranger", stage.elsewhere, &[Role::PartnerOfficer]).await;
        let clerk = stage.add("clerk", skills, &[Role::ShopClerk]).await;
        let path = format!("/api/v1/services/{id}/capacity");
        let places = format!("places_free-{id}");
        let say = || json!({ "id": Uuid::now_v7(), "places_free": 3, "waiting_days": null });
        assert_eq!(stage.send_json(Some(&stranger), "POST", &path, &say()).await.status, 404);
        assert_eq!(stage.post(Some(&stranger), &format!("/capacity/{id}"), &[(&places, "3")]).await.status, 404);
        let on_page = format!("/organizations/{skills}/services/{id}/capacity");
        assert_eq!(stage.post(Some(&stranger), &on_page, &[("places_free", "3")]).await.status, 404);
        assert!(!stage.get(Some(&stranger), "/capacity").await.body.contains(&id.to_string()));
        assert_eq!(stage.send_json(Some(&clerk), "POST", &path, &say()).await.status, 403);
        assert_eq!(stage.send_json(None, "POST", &path, &say()).await.status, 401);
        // Who checks the directory writes down what a body said; the same twice has one effect.
        let said = say();
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", &path, &said).await.status, 201);
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", &path, &said).await.status, 200);
        for (field, value) in [("places_free", json!(-1)), ("waiting_days", json!(5000))] {
            let mut wrong = say();
            wrong[field] = value;
            let refused = stage.send_json(Some(&stage.alice), "POST", &path, &wrong).await;
            assert_eq!((refused.status.as_u16(), refused.json()["code"].clone()), (422, json!("service_capacity")));
        }
        assert_eq!(stage.post(Some(&stage.alice), &on_page, &[("places_free", "x")]).await.status, 422);
    }

    async fn room_is_asked_for_without_naming_anybody_and_answered_from_the_desk(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let worker = stage.add("worker", stage.home, &[Role::CaseWorker]).await;
        let officer = stage.add("officer", skills, &[Role::PartnerOfficer]).await;
        let page = format!("/organizations/{skills}/services/{id}");
        let ask = async || stage.post(Some(&worker), &format!("{page}/question"), &[]).await;
        assert_eq!(ask().await.status, 303);
        let again = ask().await;
        assert!(again.status == 422 && again.body.contains("پاسخ هنوز نیامده"), "{}", again.body);
        assert_eq!(stage.post(Some(&officer), &format!("{page}/question"), &[]).await.status, 403);
        let desk = stage.get(Some(&officer), "/capacity").await.body;
        assert!(desk.contains("home") && desk.contains("می‌پرسد"), "{desk}");
        let questions = format!("/api/v1/services/{id}/questions");
        let foreign = json!({ "id": Uuid::now_v7(), "asked_by_body": skills });
        assert_eq!(stage.send_json(Some(&worker), "POST", &questions, &foreign).await.status, 404);
        let personal = json!({ "id": Uuid::now_v7(), "asked_by_body": stage.home, "name": "کسی" });
        assert_eq!(stage.send_json(Some(&worker), "POST", &questions, &personal).await.status, 400);
        let (places, waiting) = (format!("places_free-{id}"), format!("waiting_days-{id}"));
        let answer = [(places.as_str(), "2"), (waiting.as_str(), "7")];
        assert_eq!(stage.post(Some(&officer), &format!("/capacity/{id}"), &answer).await.status, 303);
        let list = stage.get(Some(&worker), "/api/v1/capacity-questions").await.json();
        let one = &list["items"][0];
        assert_eq!((&one["places_free"], &one["waiting_days"]), (&json!(2), &json!(7)));
        assert!(one["answered_at"].is_string());
        let charlie = stage.get(Some(&stage.charlie), "/api/v1/capacity-questions").await.json();
        assert_eq!(charlie["items"], json!([]));
        let shown = stage.get(Some(&worker), &page).await;
        assert_eq!((shown.status.as_u16(), web::inspect::faults(&shown.body)), (200, vec![]));
        assert!(!stage.get(Some(&officer), "/capacity").await.body.contains("می‌پرسد"), "it is answered");
        assert_eq!(ask().await.status, 303, "and may be asked anew");
        let gone = json!({ "status": "defunct", "closed_until": null });
        assert_eq!(send(&stage, &stage.alice, &format!("/api/v1/services/{id}/status"), &gone).await.status, 200);
        let other = stage.add("other", stage.elsewhere, &[Role::CaseWorker]).await;
        assert_eq!(stage.post(Some(&other), &format!("{page}/question"), &[]).await.status, 422);
    }
}
