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

    async fn a_return_that_cannot_be_is_told_at_its_field_and_leaves_nothing(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let alice = Some(&scene.stage.alice);
        let (sale, answer) = scene.sold().await;
        let line = answer["lines"][0]["id"].as_str().unwrap().to_owned();
        let (path, back) = (format!("/sales/{sale}/returns"), format!("back-{line}"));
        let till = scene.till.to_string();
        let stranger = Uuid::now_v7().to_string();
        let long = "د".repeat(301);
        for (pieces, goods, refund, register, reason, status) in [
            ("", "resellable", "cash", till.as_str(), "", 422),
            ("0", "resellable", "cash", &till, "", 422),
            ("2", "resellable", "cash", &till, "", 422),
            ("-1", "resellable", "cash", &till, "", 422),
            ("x", "resellable", "cash", &till, "", 422),
            ("99999999999999999999", "resellable", "cash", &till, "", 422),
            ("1", "", "cash", &till, "", 422),
            ("1", "gold", "cash", &till, "", 422),
            ("1", "resellable", "card", &till, "", 422),
            ("1", "resellable", "", &till, "", 422),
            ("1", "resellable", "cash", "", "", 422),
            ("1", "resellable", "cash", "x", "", 422),
            ("1", "resellable", "cash", &stranger, "", 404),
            ("1", "resellable", "cash", &till, &long, 422),
        ] {
            let fields = [(back.as_str(), pieces), ("goods", goods), ("refund", refund), ("register", register), ("reason", reason)];
            let reply = scene.stage.post(alice, &path, &fields).await;
            assert_eq!(reply.status, status, "{fields:?} {}", reply.body);
            if status == 422 {
                assert!(reply.body.contains("error-summary"), "{fields:?}");
                assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new(), "{fields:?}");
            }
        }
        assert_eq!(scene.totals().await["pieces"]["returned_by_customer"], 0);
        // The form sent twice takes back once.
        let key = Uuid::now_v7().to_string();
        let fields = [(back.as_str(), "۱"), ("goods", "damaged"), ("refund", "cash"), ("register", &till), ("reason", ""), (web::KEY_FIELD, &key)];
        for _ in 0..2 {
            assert_eq!(scene.stage.post(alice, &path, &fields).await.status, 303);
        }
        assert_eq!(scene.totals().await["pieces"]["returned_by_customer"], 1);
        let page = scene.stage.get(alice, &format!("/sales/{sale}")).await.body;
        assert!(page.contains("بخشی برگشته"), "the sale says that some of it came back");
        let body = |reason: String, line: &str, quantity: i64| json!({ "id": Uuid::now_v7(), "sale_id": sale, "register_id": scene.till,
            "refund": "cash", "reason": reason, "lines": [{ "line": line, "quantity": quantity, "goods": "resellable" }] });
        let second = answer["lines"][1]["id"].as_str().unwrap();
        for (body, status, pointer) in [
            (body(long.clone(), second, 1), 422, "/reason"),
            (body(String::new(), second, 0), 422, "/lines"),
            (body(String::new(), second, i64::MAX), 409, ""),
            (body(String::new(), second, i64::MIN), 422, "/lines"),
            (body(String::new(), &stranger, 1), 422, "/lines"),
        ] {
            let reply = scene.stage.send_json(alice, "POST", "/api/v1/returns", &body).await;
            assert_eq!(reply.status, status, "{body} {}", reply.body);
            if !pointer.is_empty() {
                assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{}", reply.body);
            }
        }
        let mut unknown = body(String::new(), second, 1);
        unknown["sale_id"] = json!(Uuid::now_v7());
        assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/returns", &unknown).await.status, 404);
        scene.is_whole().await;
    }

    async fn registers_and_shifts_are_made_once_and_odd_ones_are_refused(bench: Bench) {
        let scene = scene(&bench).await;
        let (alice, charlie) = (Some(&scene.stage.alice), Some(&scene.stage.charlie));
        let shop = scene.shop.to_string();
        for (place, code, status) in [(shop.as_str(), "", 422), (&shop, "۱۲۳۴۵۶۷۸۹", 422), (&shop, "<b>", 422), (&shop, "\u{202e}1", 422),
            ("", "2", 422), ("x", "2", 422), (&shop, "1", 422), (&scene.other_shop.to_string(), "2", 404)] {
            let reply = scene.stage.post(alice, "/till", &[("place", place), ("register_code", code)]).await;
            assert_eq!(reply.status, status, "{place} {code} {}", reply.body);
        }
        let register = json!({ "id": Uuid::now_v7(), "place_id": scene.shop, "code": "۷" });
        assert_eq!(scene.stage.send_json(charlie, "POST", "/api/v1/registers", &register).await.status, 404);
        for status in [201, 200] {
            assert_eq!(scene.stage.send_json(alice, "POST", "/api/v1/registers", &register).await.status, status);
        }
        let path = format!("/till/{}/shift", scene.till);
        for float in ["", "-1", "x", "99999999999999999999", "<b>"] {
            let reply = scene.stage.post(alice, &path, &[("float", float)]).await;
            assert_eq!(reply.status, 422, "{float}");
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new(), "{float}");
        }
        let key = Uuid::now_v7().to_string();
        for _ in 0..2 {
            assert_eq!(scene.stage.post(alice, &path, &[("float", "۰"), (web::KEY_FIELD, &key)]).await.status, 303);
        }
        let page = scene.stage.get(alice, &format!("/till/{}/close", scene.till)).await.body;
        let shift = page.split("name=\"shift\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (close, long) = (format!("/till/{}/close", scene.till), "ک".repeat(301));
        for (counted, reason, of, status) in [("", "", shift.as_str(), 422), ("-1", "", &shift, 422), ("x", "", &shift, 422), ("5", "", &shift, 422),
            ("0", &long, &shift, 422), ("0", "", "x", 400), ("0", "", &Uuid::now_v7().to_string(), 404)] {
            let fields = [("counted", counted), ("reason", reason), ("shift", of)];
            assert_eq!(scene.stage.post(alice, &close, &fields).await.status, status, "{fields:?}");
        }
        let key = Uuid::now_v7().to_string();
        for _ in 0..2 {
            let fields = [("counted", "0"), ("reason", ""), ("shift", shift.as_str()), (web::KEY_FIELD, &key)];
            assert_eq!(scene.stage.post(alice, &close, &fields).await.status, 303);
        }
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

fn line_of(returned: i64) -> SaleLine {
    SaleLine {
        id: SaleLineId::new(Uuid::nil()),
        sale_id: SaleId::new(Uuid::nil()),
        lot_id: LotId::new(Uuid::nil()),
        code: String::new(),
        contact_id: ContactId::new(Uuid::nil()),
        maker: String::new(),
        item_fa: String::new(),
        item_en: String::new(),
        quantity: 2,
        unit_price: Rial::new(PRICE),
        amount: Rial::new(2 * PRICE),
        vat_bp: 0,
        vat: Rial::ZERO,
        returned,
    }
}

#[test]
fn the_drawing_of_a_sale_is_what_returns_can_make_of_it() {
    let state = |(a, b): (i64, i64)| SaleState::of(&[line_of(a), line_of(b)]).to_string();
    let counts = || (0..=2).flat_map(|a| (0..=2).map(move |b| (a, b)));
    let mut made = std::collections::BTreeSet::new();
    made.insert(("[*]".to_owned(), state((0, 0)), "record_sale".to_owned()));
    for before in counts() {
        for after in counts().filter(|after| after.0 >= before.0 && after.1 >= before.1) {
            if after != before {
                made.insert((state(before), state(after), "record_return".to_owned()));
            }
        }
    }
    let drawn = testing::drawing::arrows(include_str!("../../../../../docs/states/sale.md"));
    assert_eq!(drawn, made);
}

both! {
    async fn returns_at_once_never_give_back_more_cash_than_was_paid(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        for turn in 0..4 {
            // One piece's worth in cash, the rest by card: either line may come back in cash, not both.
            let mut body = scene.body(Uuid::now_v7());
            body["tenders"] = json!([{ "kind": "cash", "amount": PRICE }, { "kind": "card", "amount": 2 * PRICE, "reference": format!("{turn}") }]);
            let answer = scene.send(&scene.stage.alice, &body).await.json();
            let sale = SaleId::new(answer["id"].as_str().unwrap().parse().unwrap());
            let tasks: Vec<_> = answer["lines"].as_array().unwrap().iter().map(|line| {
                let (db, user) = (bench.db.clone(), scene.stage.alice.id);
                let command = back(&scene, sale, line, 1, ledger::TenderKind::Cash);
                tokio::spawn(async move { db.write(&db::Origin::user(user, "alice"), command).await.is_ok() })
            }).collect();
            let mut good = 0;
            for task in tasks {
                good += i32::from(task.await.unwrap());
            }
            assert_eq!(good, 1);
        }
        scene.is_whole().await;
    }

    async fn the_shop_bears_what_comes_back_broken_and_she_keeps_her_share(bench: Bench) {
        let scene = scene(&bench).await;
        scene.open_shift().await;
        let (sale, answer) = scene.sold().await;
        let owed = scene.totals().await["payables"].as_i64().unwrap();
        let mut command = back(&scene, sale, &answer["lines"][0], 1, ledger::TenderKind::Cash);
        command.lines[0].goods = GoodsState::Damaged;
        scene.stage.write(&scene.stage.alice, command).await.unwrap();
        assert_eq!(scene.totals().await["payables"].as_i64(), Some(owed));
        scene.is_whole().await;
        // Sound goods go back on the shelf and out of her share.
        let command = back(&scene, sale, &answer["lines"][1], 1, ledger::TenderKind::Cash);
        scene.stage.write(&scene.stage.alice, command).await.unwrap();
        assert_eq!(scene.totals().await["payables"].as_i64(), Some(owed / 3 * 2));
        scene.is_whole().await;
    }
}
