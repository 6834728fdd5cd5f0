use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::scene::{Scene, typed};

/// The good fields with one replaced.
fn with<'a>(good: &[(&'a str, &'a str)], field: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let swap =
        |(name, given): &(&'a str, &'a str)| (*name, if *name == field { value } else { *given });
    good.iter().map(swap).collect()
}

both! {
    async fn a_wrong_need_is_told_at_its_field(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (long, very_long) = ("ا".repeat(121), "ا".repeat(2001));
        let good = [("title", "کوتاه"), ("description", "توضیح"), ("craft", "ترشی"), ("product_code", "")];
        for (field, value) in [
            ("title", ""), ("title", long.as_str()), ("title", "\u{202e}"), ("description", ""), ("description", &very_long),
            ("craft", ""), ("craft", &long), ("product_code", "NONE"),
        ] {
            let words = format!("href=\"#{field}\"");
            scene.refused(&scene.stage.alice, "/needs", &with(&good, field, value), &words).await;
        }
        let markup = with(&good, "title", "<script>x</script>");
        let at = scene.done(&scene.stage.alice, "/needs", &markup).await;
        assert!(scene.page(&scene.stage.alice, &at).await.contains("&lt;script&gt;"));
        assert_eq!(scene.status(&scene.stage.alice, &format!("/needs/{}", Uuid::now_v7())).await, 404);
        assert_eq!(scene.status(&scene.stage.alice, "/needs/x").await, 400);
    }

    async fn a_wrong_offer_or_pilot_is_told_at_its_field(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let need = scene.need().await;
        let good = [("what", "راه"), ("cost", "100"), ("reward", "0"), ("days", "10")];
        for (field, value) in [
            ("what", ""), ("cost", ""), ("cost", "-5"), ("cost", "99999999999999999999"), ("reward", "x"), ("days", "0"), ("days", "731"),
        ] {
            let words = format!("href=\"#{field}\"");
            scene.refused(&scene.company, &format!("{need}/offers"), &with(&good, field, value), &words).await;
        }
        let offer = scene.offer(&scene.company, &need).await;
        scene.refused(&scene.company, &format!("{need}/offers"), &good, "پیشنهاد داده است").await;
        let alice = &scene.stage.alice;
        let (from, until, before) = (
            typed(scene.today), typed(scene.today + chrono::TimeDelta::days(9)), typed(scene.today - chrono::TimeDelta::days(9)),
        );
        let good = [("starts_on", from.as_str()), ("ends_on", &until), ("measure", "ماندگاری"), ("unit", "روز"), ("baseline", "21")];
        let path = format!("/offers/{offer}/pilot");
        scene.refused(alice, &path, &good, "پیش‌تر پاسخ گرفته").await;
        scene.done(alice, &format!("/offers/{offer}/accept"), &[]).await;
        for (field, value) in [
            ("starts_on", ""), ("ends_on", "1405/12/31"), ("ends_on", &before), ("measure", ""), ("unit", ""), ("baseline", "-1"), ("baseline", "x"),
        ] {
            scene.refused(alice, &path, &with(&good, field, value), &format!("href=\"#{field}\"")).await;
        }
        let pilot = scene.done(alice, &path, &good).await;
        let good = [("outcome", "90"), ("result", "solved"), ("description", "")];
        for (field, value) in [("outcome", ""), ("outcome", "-2"), ("result", "perfect")] {
            scene.refused(alice, &format!("{pilot}/end"), &with(&good, field, value), &format!("href=\"#{field}\"")).await;
        }
        scene.done(alice, &format!("{pilot}/end"), &good).await;
        scene.is_sound().await;
    }

    async fn machines_are_refused_with_a_pointer_and_nothing_is_kept(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let good = json!({
            "id": Uuid::now_v7(), "organization_id": scene.stage.home, "title": "نیاز", "description": "توضیح",
            "product_id": null, "craft": "گلیم",
        });
        let change = |field: &str, value: Json| {
            let mut body = good.clone();
            body["id"] = json!(Uuid::now_v7());
            body[field] = value;
            body
        };
        let cases = [
            (change("title", json!("")), 422), (change("title", json!("ا".repeat(300))), 422), (change("craft", json!("")), 422),
            (change("craft", json!("ا".repeat(300))), 422), (change("product_id", json!(Uuid::now_v7())), 422),
            (change("title", json!(5)), 400), (change("organization_id", json!(Uuid::now_v7())), 404), (json!([]), 400),
        ];
        for (body, status) in cases {
            let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/needs", &body).await;
            assert_eq!(reply.status.as_u16(), status, "{body}: {}", reply.body);
            assert_eq!(reply.json()["status"], status);
        }
        let need = scene.need().await;
        for (field, value) in [("cost", json!(-1)), ("cost", json!(1.5)), ("days", json!(0)), ("description", json!(""))] {
            let mut body = json!({
                "id": Uuid::now_v7(), "need": need.trim_start_matches("/needs/"), "organization": scene.company_body,
                "description": "راه", "cost": 0, "reward": 0, "days": 1,
            });
            body[field] = value;
            let reply = scene.stage.send_json(Some(&scene.company), "POST", "/api/v1/offers", &body).await;
            assert!([400, 422].contains(&reply.status.as_u16()), "{body}: {}", reply.body);
        }
        let list = scene.json(&scene.stage.alice, "/api/v1/needs").await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!(scene.json(&scene.stage.alice, &format!("/api/v1{need}")).await["offers"], json!([]));
    }
}
