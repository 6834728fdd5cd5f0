use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;

both! {
    async fn a_need_is_walked_to_a_recorded_result_on_screen(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (alice, company) = (&scene.stage.alice, &scene.company);
        scene.page(alice, "/needs/new").await;
        let need = scene.need().await;
        assert!(scene.page(company, "/needs").await.contains("ترشی تنها سه هفته"));
        scene.page(company, &need).await;
        scene.page(company, &format!("{need}/offers/new")).await;
        let offer = scene.offer(company, &need).await;
        let other = scene.offer(&scene.rival, &need).await;
        let page = scene.page(alice, &need).await;
        assert!(page.contains("ماندگارسازان") && page.contains("نمی‌خواهد"));
        scene.done(alice, &format!("/offers/{offer}/accept"), &[]).await;
        scene.refused(alice, &format!("/offers/{other}/accept"), &[], "دیگر در این وضعیت نیست").await;
        scene.page(alice, &format!("/offers/{offer}/pilot")).await;
        scene.is_sound().await;
        let pilot = scene.pilot(&offer).await;
        scene.is_sound().await;
        scene.page(company, &pilot).await;
        let key = Uuid::now_v7().to_string();
        let result = [("outcome", "۹۰"), ("result", "solved"), ("description", "سه ماه ماند."), ("form_key", key.as_str())];
        for _ in 0..2 {
            scene.done(alice, &format!("{pilot}/end"), &result).await;
        }
        scene.refused(alice, &format!("{pilot}/end"), &result[..3], "پیش‌تر ثبت شده است").await;
        let shown = scene.page(alice, &need).await;
        assert!(shown.contains("پاسخ گرفت") && shown.contains("ردشده"), "the other offer is declined");
        assert!(scene.page(alice, "/pilots").await.contains("حل شد"));
        scene.page(alice, "/needs?state=answered").await;
        scene.is_sound().await;
    }

    async fn a_pilot_that_solved_nothing_opens_the_need_again(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = &scene.stage.alice;
        let need = scene.need().await;
        let offer = scene.offer(&scene.company, &need).await;
        scene.done(alice, &format!("/offers/{offer}/accept"), &[]).await;
        let pilot = scene.pilot(&offer).await;
        scene.done(alice, &format!("{pilot}/end"), &[("outcome", "20"), ("result", "not_solved")]).await;
        let seen = scene.json(alice, &format!("/api/v1{need}")).await;
        assert_eq!((&seen["need"]["state"], &seen["offers"][0]["state"]), (&json!("open"), &json!("declined")));
        scene.offer(&scene.company, &need).await;
        scene.is_sound().await;
    }

    async fn machines_walk_the_same_way(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (alice, company) = (Some(&scene.stage.alice), Some(&scene.company));
        let (need, offer, pilot) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let body = json!({
            "id": need, "organization_id": scene.stage.home, "title": "رنگ می‌رود", "description": "پس از شستن",
            "product_id": null, "craft": "گلیم",
        });
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/needs", &body).await.status, 201);
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/needs", &body).await.status, 200);
        let body = json!({
            "id": offer, "need": need, "organization": scene.company_body, "description": "تثبیت رنگ",
            "cost": 0, "reward": 50_000_000, "days": 40,
        });
        let made = scene.stage.send_json(company, "POST", "/api/v1/offers", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let taken = scene.keyed(&scene.stage.alice, &format!("/api/v1/offers/{offer}/acceptance"), &json!({})).await;
        assert_eq!(taken.json()["state"], "accepted");
        let body = json!({
            "id": pilot, "offer": offer, "starts_on": scene.today, "ends_on": scene.today, "measure": "ماندن رنگ",
            "unit": "بار شستن", "baseline": 3,
        });
        let made = scene.stage.send_json(alice, "POST", "/api/v1/pilots", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let body = json!({ "result": "partly", "outcome": 12 });
        let done = scene.keyed(&scene.stage.alice, &format!("/api/v1/pilots/{pilot}/result"), &body).await;
        assert_eq!((&done.json()["state"], &done.json()["outcome"]), (&json!("ended"), &json!(12)));
        let list = scene.json(&scene.stage.alice, "/api/v1/needs?state=answered").await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        scene.is_sound().await;
    }

    async fn a_need_that_is_taken_back_ends_its_offers(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let need = scene.need().await;
        let offer = scene.offer(&scene.company, &need).await;
        scene.done(&scene.company, &format!("/offers/{offer}/withdraw"), &[]).await;
        scene.refused(&scene.company, &format!("/offers/{offer}/withdraw"), &[], "پیش‌تر پاسخ گرفته").await;
        let second = scene.offer(&scene.company, &need).await;
        scene.done(&scene.stage.bob, &format!("{need}/withdraw"), &[]).await;
        scene.refused(&scene.stage.bob, &format!("{need}/withdraw"), &[], "دیگر در این وضعیت نیست").await;
        let seen = scene.json(&scene.company, &format!("/api/v1/offers/{second}")).await;
        assert_eq!(seen["state"], "declined");
        scene.is_sound().await;
    }
}
