use testing::both;

use super::*;

fn back(
    scene: &Scene,
    sale: SaleId,
    line: &Json,
    quantity: i64,
    refund: ledger::TenderKind,
) -> RecordReturn {
    let line = SaleLineId::new(line["id"].as_str().unwrap().parse().unwrap());
    let goods = GoodsState::Resellable;
    RecordReturn {
        id: ReturnId::new(Uuid::now_v7()),
        sale,
        register: scene.till,
        refund,
        reason: String::new(),
        lines: vec![BroughtBack {
            line,
            quantity,
            goods,
        }],
    }
}

both! {
    async fn a_return_takes_back_money_goods_and_share_and_no_more_than_was_sold(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let mut body = scene.body(Uuid::now_v7());
        body["lines"] = json!([{ "code": scene.codes[0], "quantity": 3, "unit_price": PRICE }]);
        let answer = scene.send(&scene.stage.alice, &body).await.json();
        let sale = SaleId::new(answer["id"].as_str().unwrap().parse().unwrap());
        let line = &answer["lines"][0];
        let cash = ledger::TenderKind::Cash;
        let before = scene.totals().await["payables"].as_i64().unwrap();
        for pieces in [1, 2] {
            let refund = scene.stage.write(&scene.stage.alice, back(&scene, sale, line, pieces, cash)).await.unwrap();
            assert_eq!(refund, Rial::new(pieces * PRICE));
            scene.is_whole().await;
        }
        let totals = scene.totals().await;
        assert!(before > 0);
        // Three partial shares sum to the share of the sale: nothing is left of it.
        assert_eq!(totals["payables"], 0);
        assert_eq!((totals["pieces"]["returned_by_customer"].as_i64(), totals["pieces"]["on_hand"].as_i64()), (Some(3), Some(36)));
        let refused = scene.stage.write(&scene.stage.alice, back(&scene, sale, line, 1, cash)).await.unwrap_err();
        assert!(refused.to_string().contains("return_too_much"), "{refused}");
        scene.is_whole().await;
    }

    async fn returns_at_once_never_exceed_the_sale(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let (sale, answer) = scene.sold().await;
        let line = &answer["lines"][0];
        let tasks: Vec<_> = (0..6).map(|_| {
            let (db, user) = (bench.db.clone(), scene.stage.alice.id);
            let command = back(&scene, sale, line, 1, ledger::TenderKind::Cash);
            tokio::spawn(async move { db.write(&db::Origin::user(user, "alice"), command).await.is_ok() })
        }).collect();
        let mut good = 0;
        for task in tasks {
            good += i32::from(task.await.unwrap());
        }
        assert_eq!(good, 1);
        scene.is_whole().await;
    }

    async fn money_goes_back_the_way_it_came(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let (sale, answer) = scene.sold().await;
        let by_card = back(&scene, sale, &answer["lines"][0], 1, ledger::TenderKind::Card);
        let refused = scene.stage.write(&scene.stage.alice, by_card).await.unwrap_err();
        assert!(refused.to_string().contains("return_other_means"), "{refused}");
        scene.is_whole().await;
    }

    async fn damaged_goods_come_back_and_leave_the_shelf_again(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let (sale, answer) = scene.sold().await;
        let path = format!("/sales/{sale}/returns");
        let (field, till) = (format!("back-{}", answer["lines"][0]["id"].as_str().unwrap()), scene.till.to_string());
        let alice = Some(&scene.stage.alice);
        for (pieces, goods) in [("", "damaged"), ("2", "damaged"), ("-1", "damaged"), ("1", "")] {
            let fields = [(field.as_str(), pieces), ("goods", goods), ("refund", "cash"), ("register", &till)];
            assert_eq!(scene.stage.post(alice, &path, &fields).await.status, 422, "{pieces} {goods}");
        }
        let fields = [(field.as_str(), "۱"), ("goods", "damaged"), ("refund", "cash"), ("register", &till)];
        let reply = scene.stage.post(alice, &path, &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let pieces = scene.totals().await["pieces"].clone();
        assert_eq!((pieces["lost"].as_i64(), pieces["on_hand"].as_i64()), (Some(1), Some(33)));
        scene.is_whole().await;
    }

    async fn machines_open_a_shift_take_back_and_close(bench: Bench) {
        let scene = scene(&bench).await;
        let (alice, charlie) = (Some(&scene.stage.alice), Some(&scene.stage.charlie));
        let base = format!("/api/v1/registers/{}", scene.till);
        let shift = json!({ "id": Uuid::now_v7(), "float": 0 });
        let open = format!("{base}/shifts");
        assert_eq!(scene.stage.send_json(charlie, "POST", &open, &shift).await.status, 404);
        let negative = json!({ "id": Uuid::now_v7(), "float": -1 });
        assert_eq!(scene.stage.send_json(alice, "POST", &open, &negative).await.status, 400);
        assert_eq!(scene.stage.send_json(alice, "POST", &open, &shift).await.status, 201);
        assert_eq!(scene.stage.send_json(alice, "POST", &open, &shift).await.status, 200);
        let (sale, answer) = scene.sold().await;
        let line = answer["lines"][0]["id"].clone();
        let back = json!({ "id": Uuid::now_v7(), "sale_id": sale, "register_id": scene.till, "refund": "cash",
            "lines": [{ "line": line, "quantity": 1, "goods": "resellable" }] });
        assert_eq!(scene.stage.send_json(charlie, "POST", "/api/v1/returns", &back).await.status, 404);
        let done = scene.stage.send_json(alice, "POST", "/api/v1/returns", &back).await;
        assert_eq!((done.status.as_u16(), done.json()), (201, json!(PRICE)));
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/returns", &back).await.status, 200);
        assert_eq!(scene.totals().await["pieces"]["returned_by_customer"], 1);
        assert_eq!(scene.stage.send_json(alice, "POST", &format!("{base}/closure"), &json!({ "counted": 0 })).await.status, 400);
        scene.is_whole().await;
    }
}
