use access::Role;
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{Scene, typed};

/// A centre of Alice's body.
pub(super) async fn centre(scene: &Scene) -> PlaceId {
    let create = CreatePlace {
        id: PlaceId::new(scene.stage.city.db.new_id()),
        organization_id: OrganizationId::new(scene.stage.home),
        kind: PlaceKind::Centre,
        code: "K1".into(),
        name_fa: "کوثر نرگس".into(),
        name_en: "Kowsar Narges".into(),
        region: 5,
        address: String::new(),
        trade: "خیاطی".into(),
        capacity: 24,
        valid_from: scene.today,
    };
    scene.stage.write(&scene.stage.alice, create).await.unwrap()
}

/// An order of 100 pieces due in ten days, taken by Alice on screen; its address.
async fn order(scene: &Scene, place: PlaceId) -> String {
    let due = typed(scene.today + chrono::TimeDelta::days(10));
    let place = place.to_string();
    let fields = [
        ("place", place.as_str()),
        ("customer", "بیمارستان شهر"),
        ("item", "روپوش"),
        ("quantity", "۱۰۰"),
        ("due_on", &due),
    ];
    scene.done(&scene.stage.alice, "/orders", &fields).await
}

both! {
    async fn an_order_is_walked_to_its_last_piece(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = &scene.stage.alice;
        scene.page(alice, "/orders/new").await;
        let place = centre(&scene).await;
        let path = order(&scene, place).await;
        let api = format!("/api/v1{path}");
        assert_eq!(scene.json(alice, &api).await["state"], "waiting");
        let today = typed(scene.today);
        scene.done(alice, &format!("{path}/deliveries"), &[("delivered", "۴۰"), ("delivered_on", &today)]).await;
        assert_eq!(scene.json(alice, &api).await["state"], "partly");
        let more = [("delivered", "۶۱"), ("delivered_on", today.as_str())];
        scene.refused(alice, &format!("{path}/deliveries"), &more, "از سفارش بیشتر است").await;
        let ahead = typed(scene.today.succ_opt().unwrap());
        let wrong = [("delivered", "۱"), ("delivered_on", ahead.as_str())];
        scene.refused(alice, &format!("{path}/deliveries"), &wrong, "این روز پذیرفته نیست").await;
        bench.pass_days(11);
        let bob = scene.stage.again(&scene.stage.bob).await;
        assert_eq!(scene.json(&bob, &api).await["state"], "late");
        assert!(scene.page(&bob, "/orders").await.contains("دیرشده"));
        assert!(scene.page(&bob, &format!("/orders?place={place}")).await.contains("روپوش"));
        scene.page(&bob, &format!("{path}?lang=en")).await;
        let id = Uuid::now_v7();
        let rest = json!({ "id": id, "quantity": 60, "delivered_on": scene.today });
        for status in [201, 200] {
            assert_eq!(scene.stage.send_json(Some(&bob), "POST", &format!("{api}/deliveries"), &rest).await.status, status);
        }
        let told = scene.json(&bob, &api).await;
        assert_eq!((&told["state"], &told["order"]["delivered"]), (&json!("delivered"), &json!(100)));
        assert_eq!(told["deliveries"].as_array().unwrap().len(), 2);
        scene.refused(&bob, &format!("{path}/cancel"), &[], "بسته است").await;
        scene.is_sound().await;
        scene.stage.tamper("UPDATE work_order SET delivered = 99").await.unwrap();
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let broken = access::cast::broken(crate::checks(&mut conn).await.unwrap());
        assert_eq!(broken, ["order_delivered"]);
    }

    async fn an_order_taken_back_takes_no_more_pieces(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = &scene.stage.alice;
        let path = order(&scene, centre(&scene).await).await;
        let gone = scene.keyed(alice, &format!("/api/v1{path}/cancellation"), &json!({})).await;
        assert_eq!(gone.json()["state"], "cancelled");
        let today = typed(scene.today);
        let fields = [("delivered", "۱"), ("delivered_on", today.as_str())];
        scene.refused(alice, &format!("{path}/deliveries"), &fields, "بسته است").await;
    }

    async fn only_the_centres_body_keeps_its_orders(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let place = centre(&scene).await;
        let path = order(&scene, place).await;
        let charlie = &scene.stage.charlie;
        scene.page(charlie, &path).await;
        for end in ["deliveries", "cancel"] {
            let fields = [("delivered", "1"), ("delivered_on", "1405/09/02")];
            assert_eq!(scene.post(charlie, &format!("{path}/{end}"), &fields).await.status, 404, "{end}");
        }
        let foreign = json!({
            "id": Uuid::now_v7(), "place": place, "customer": "x", "item": "x", "quantity": 1, "due_on": scene.today,
        });
        assert_eq!(scene.stage.send_json(Some(charlie), "POST", "/api/v1/orders", &foreign).await.status, 404);
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.status(&clerk, "/orders").await, 403);
        assert_eq!(scene.status(&scene.company, &path).await, 403, "companies see no orders");
    }
}

#[test]
fn the_drawing_of_an_order_follows_from_its_deliveries_and_days() {
    use crate::{Order, OrderId, OrderState};

    let drawn = testing::drawing::arrows(include_str!("../../../../../docs/states/order.md"));
    let today: persian::Date = "2026-11-23".parse().unwrap();
    let (ahead, past) = (today.succ_opt().unwrap(), today.pred_opt().unwrap());
    let order = |delivered, due_on| Order {
        id: OrderId::new(Uuid::nil()),
        place_id: PlaceId::new(Uuid::nil()),
        place_fa: String::new(),
        place_en: String::new(),
        organization_id: OrganizationId::new(Uuid::nil()),
        customer: String::new(),
        item: String::new(),
        quantity: 4,
        delivered,
        ordered_on: past,
        due_on,
        cancelled_on: None,
    };
    let mut made = std::collections::BTreeSet::new();
    let mut arrow = |from: OrderState, to: OrderState, act: &str| {
        if from != to {
            made.insert((from.to_string(), to.to_string(), act.to_owned()));
        }
    };
    for delivered in 0..4 {
        for due_on in [ahead, past] {
            let now = order(delivered, due_on);
            let from = now.state(today);
            assert!(now.is_open());
            arrow(from, order(delivered, past).state(today), "its day passes");
            for more in delivered + 1..=4 {
                let act = match (more, delivered, due_on == past) {
                    (4, 0, false) => "deliver all",
                    (4, ..) => "deliver the rest",
                    _ => "deliver some",
                };
                arrow(from, order(more, due_on).state(today), act);
            }
            let mut gone = now;
            gone.cancelled_on = Some(today);
            arrow(from, gone.state(today), "cancel");
        }
    }
    made.insert((
        "[*]".into(),
        order(0, ahead).state(today).to_string(),
        "take".into(),
    ));
    assert_eq!(drawn, made);
}
