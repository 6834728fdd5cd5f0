use persian::Jalali;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::orders::centre;
use super::scene::Scene;

both! {
    async fn a_centre_tells_its_month_and_a_later_word_holds(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = &scene.stage.alice;
        let place = centre(&scene).await.to_string();
        let month = Jalali::from(scene.today).first_of_month().to_date().to_string();
        let told = |employed: &'static str, insured: &'static str| {
            vec![
                ("place", place.clone()), ("month_on", month.clone()), ("capacity", "۲۴".into()),
                ("attended", "۲۰".into()), ("employed", employed.to_owned()), ("waged", employed.to_owned()),
                ("insured", insured.to_owned()), ("evidence", "فهرست مزد ۱۲".into()),
            ]
        };
        let fields = |list: &[(&'static str, String)]| -> Vec<(&'static str, String)> { list.to_vec() };
        scene.page(alice, "/centre-months/new").await;
        for (employed, insured) in [("۱۸", "۱۱"), ("۱۹", "۱۱")] {
            let list = fields(&told(employed, insured));
            let list: Vec<(&str, &str)> = list.iter().map(|(name, text)| (*name, text.as_str())).collect();
            scene.done(alice, "/centre-months", &list).await;
        }
        let list = fields(&told("۱۰", "۱۱"));
        let list: Vec<(&str, &str)> = list.iter().map(|(name, text)| (*name, text.as_str())).collect();
        scene.refused(alice, "/centre-months", &list, "از شمار کسانی که کار کردند بیشتر است").await;
        let items = scene.json(alice, "/api/v1/centre-months").await;
        let items = items["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]["employed"], &items[0]["insured"]), (1, &json!(19), &json!(11)));
        scene.page(alice, "/centre-months").await;
    }

    async fn a_month_to_come_or_another_bodys_centre_is_not_told(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let place = centre(&scene).await;
        let body = |days: i64, id: Uuid| json!({
            "id": id, "place": place, "month_on": scene.today + chrono::TimeDelta::days(days),
            "capacity": 5, "attended": 5, "employed": 5, "waged": 5, "insured": 5, "evidence": "x",
        });
        let path = "/api/v1/centre-months";
        let send = async |who: &access::cast::Actor, days: i64, id: Uuid| {
            scene.stage.send_json(Some(who), "POST", path, &body(days, id)).await.status.as_u16()
        };
        let (alice, charlie) = (&scene.stage.alice, &scene.stage.charlie);
        assert_eq!(send(alice, 40, Uuid::now_v7()).await, 422);
        assert_eq!(send(alice, -450, Uuid::now_v7()).await, 422);
        assert_eq!(send(charlie, 0, Uuid::now_v7()).await, 404);
        // A shop has no workshop's months.
        scene.stage.tamper("UPDATE place SET kind = 'shop'").await.unwrap();
        assert_eq!(send(alice, 0, Uuid::now_v7()).await, 422);
        scene.stage.tamper("UPDATE place SET kind = 'centre'").await.unwrap();
        let id = Uuid::now_v7();
        assert_eq!(send(alice, 0, id).await, 201);
        assert_eq!(send(alice, 0, id).await, 200);
    }
}
