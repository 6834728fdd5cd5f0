use access::Role;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{Scene, company_of};

both! {
    async fn a_company_sees_its_own_offers_and_no_others(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let need = scene.need().await;
        let offer = scene.offer(&scene.company, &need).await;
        let rival = &scene.rival;
        assert!(!scene.page(rival, &need).await.contains("پاستوریزه"));
        assert_eq!(scene.json(rival, &format!("/api/v1{need}")).await["offers"], json!([]));
        assert_eq!(scene.status(rival, &format!("/api/v1/offers/{offer}")).await, 404);
        assert_eq!(scene.post(rival, &format!("/offers/{offer}/withdraw"), &[]).await.status, 404);
        assert_eq!(scene.post(rival, &format!("/offers/{offer}/accept"), &[]).await.status, 403);
        scene.done(&scene.stage.alice, &format!("/offers/{offer}/accept"), &[]).await;
        let pilot = scene.pilot(&offer).await;
        for path in [need.clone(), pilot.clone(), format!("/api/v1{need}"), format!("/api/v1{pilot}"), format!("{need}/offers/new")] {
            assert_eq!(scene.status(rival, &path).await, 404, "{path}");
        }
        assert!(!scene.page(rival, "/needs").await.contains(&need));
        assert!(!scene.page(rival, "/pilots").await.contains(&pilot));
        let foreign = json!({
            "id": Uuid::now_v7(), "need": need.trim_start_matches("/needs/"), "organization": scene.company_body,
            "description": "x", "cost": 0, "reward": 0, "days": 1,
        });
        assert_eq!(scene.stage.send_json(Some(rival), "POST", "/api/v1/offers", &foreign).await.status, 404);
    }

    async fn another_centre_decides_nothing_about_our_need(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let need = scene.need().await;
        let offer = scene.offer(&scene.company, &need).await;
        let charlie = &scene.stage.charlie;
        scene.page(charlie, &need).await;
        for path in [format!("{need}/withdraw"), format!("/offers/{offer}/accept"), format!("/offers/{offer}/decline"), format!("/offers/{offer}/pilot")] {
            assert_eq!(scene.post(charlie, &path, &[]).await.status, 404, "{path}");
        }
        for path in ["acceptance", "refusal"] {
            let path = format!("/api/v1/offers/{offer}/{path}");
            assert_eq!(scene.keyed(charlie, &path, &json!({})).await.status, 404, "{path}");
        }
        assert_eq!(scene.keyed(charlie, &format!("/api/v1{need}/withdrawal"), &json!({})).await.status, 404);
        scene.done(&scene.stage.alice, &format!("/offers/{offer}/accept"), &[]).await;
        let pilot = scene.pilot(&offer).await;
        assert_eq!(scene.post(charlie, &format!("{pilot}/end"), &[]).await.status, 404);
        let foreign = json!({
            "id": Uuid::now_v7(), "organization_id": scene.stage.home, "title": "x", "description": "x",
            "product_id": null, "craft": "x",
        });
        assert_eq!(scene.stage.send_json(Some(charlie), "POST", "/api/v1/needs", &foreign).await.status, 404);
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.status(&clerk, "/needs").await, 403);
        assert_eq!(scene.stage.get(None, &need).await.status, 401);
    }

    async fn a_certificate_that_ran_out_gives_new_offers_no_name(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let need = scene.need().await;
        let past = company_of(&scene.stage, "dirooz", Some(scene.today - chrono::TimeDelta::days(1))).await;
        let officer = scene.stage.add("late", past, &[Role::CompanyOfficer]).await;
        scene.offer(&officer, &need).await;
        scene.offer(&scene.company, &need).await;
        let offers = scene.json(&scene.stage.alice, &format!("/api/v1{need}")).await["offers"].clone();
        let named: Vec<_> = offers.as_array().unwrap().iter().map(|one| one["as_knowledge_based"].clone()).collect();
        assert_eq!(named, [json!(false), json!(true)]);
        // A body that is over offers nothing.
        let text = "UPDATE organization SET valid_from = '2001-01-01', valid_until = '2001-01-02' WHERE code = 'parsa'";
        scene.stage.tamper(text).await.unwrap();
        let fields = [("what", "راه"), ("cost", "0"), ("reward", "0"), ("days", "1")];
        scene.refused(&scene.rival, &format!("{need}/offers"), &fields, "بسته شده است").await;
    }
}
