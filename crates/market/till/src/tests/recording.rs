use testing::both;

use super::*;

both! {
    async fn a_sale_moves_goods_money_and_shares_at_once(bench: Bench) {
        let scene = scene(&bench).await;
        let (id, answer) = scene.sold().await;
        assert_eq!((answer["total"].as_i64(), answer["change"].as_i64()), (Some(3 * PRICE), Some(640_000)));
        assert_eq!(answer["number"], "S1-P-1405-000001");
        let totals = scene.totals().await;
        assert_eq!((totals["pieces"]["sold"].as_i64(), totals["pieces"]["on_hand"].as_i64()), (Some(3), Some(33)));
        assert_eq!(totals["debits"].as_i64(), Some(3 * PRICE));
        let mut conn = bench.db.read().await.unwrap();
        let accruals = ledger::sales::accruals_of_sale(&mut conn, id.get()).await.unwrap();
        assert_eq!(accruals.len(), 3);
        assert_eq!(totals["payables"].as_i64(), Some(accruals.iter().map(|one| one.net.get()).sum()));
        scene.is_whole().await;
    }

    async fn a_three_line_sale_is_few_statements(bench: Bench) {
        let scene = scene(&bench).await;
        // The shop's register for programs and its shift are made by the first sale.
        scene.sold().await;
        let sale = |id, lines: usize| RecordSale {
            id: SaleId::new(id),
            place: scene.shop,
            register: None,
            sold_at: bench.db.clock().now(),
            lines: scene.codes.iter().take(lines).map(|code| SoldLine { code: code.clone(), quantity: 1, unit_price: None }).collect(),
            tenders: vec![Tendered { kind: ledger::TenderKind::Cash, amount: Rial::new(4_000_000), reference: None }],
            is_synced: false,
        };
        let mut counts = Vec::new();
        for lines in [3, 1] {
            let id = Uuid::now_v7();
            bench.db.stats().record();
            bench.db.write_once(id, &db::Origin::user(scene.stage.alice.id, "alice"), sale(id, lines)).await.unwrap();
            // The frame is the engine's, not the sale's: SQLite puts commands that come together
            // into one transaction, each in a savepoint of its own.
            let frame = ["BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"];
            let mut texts = bench.db.stats().take_texts();
            texts.retain(|text| !frame.iter().any(|word| text.starts_with(word)));
            assert!(texts.len() <= 22, "{} statements: {texts:#?}", texts.len());
            counts.push(texts.len());
        }
        assert_eq!(counts[0], counts[1], "the number of lines does not matter");
    }

    async fn the_same_sale_again_is_answered_as_the_first_time(bench: Bench) {
        let scene = scene(&bench).await;
        let id = Uuid::now_v7();
        let body = scene.body(id);
        let first = scene.send(&scene.stage.alice, &body).await;
        let again = scene.send(&scene.stage.alice, &body).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
        assert_eq!(first.json(), again.json());
        let mut other = body.clone();
        other["tenders"][0]["amount"] = json!(5_000_000);
        assert_eq!(scene.send(&scene.stage.alice, &other).await.status, 422);
        let tasks: Vec<_> = (0..8).map(|_| scene.send(&scene.stage.alice, &body)).collect();
        for task in tasks {
            assert_eq!(task.await.status, 200);
        }
        assert_eq!(scene.totals().await["pieces"]["sold"], 3);
        scene.is_whole().await;
    }

    async fn the_key_of_the_request_is_the_id_of_the_sale(bench: Bench) {
        let scene = scene(&bench).await;
        let id = Uuid::now_v7();
        for (key, status) in [(Uuid::now_v7(), 422), (id, 201)] {
            let mut request = axum::http::Request::post("/api/v1/sales").header("content-type", "application/json")
                .body(axum::body::Body::from(scene.body(id).to_string())).unwrap();
            request.headers_mut().insert("idempotency-key", key.to_string().parse().unwrap());
            assert_eq!(scene.stage.send(Some(&scene.stage.alice), request).await.status, status);
        }
    }

    async fn tills_that_sell_at_once_never_sell_a_piece_twice(bench: Bench) {
        let scene = scene(&bench).await;
        let tasks: Vec<_> = (0..20).map(|at: usize| {
            let id = Uuid::now_v7();
            // Lots in turning order, so that locks are asked for in every order.
            let lines = (0..3).map(|line| SoldLine { code: scene.codes[(at + line) % 3].clone(), quantity: 1, unit_price: None }).collect();
            let sale = RecordSale { id: SaleId::new(id), place: scene.shop, register: None, sold_at: bench.db.clock().now(), lines,
                tenders: vec![Tendered { kind: ledger::TenderKind::Card, amount: Rial::new(3 * PRICE), reference: None }], is_synced: false };
            let (db, user) = (bench.db.clone(), scene.stage.alice.id);
            tokio::spawn(async move { db.write_once(id, &db::Origin::user(user, "alice"), sale).await })
        }).collect();
        let (mut sold, mut refused) = (0, 0);
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => sold += 1,
                Err(error) => { assert!(error.to_string().contains("not_enough"), "{error}"); refused += 1; }
            }
        }
        assert_eq!((sold, refused), (12, 8));
        let mut conn = bench.db.read().await.unwrap();
        let mut numbers: Vec<i64> = sales::list(&mut conn, None, None, None, 50).await.unwrap().iter().map(|sale| sale.counter).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
        scene.is_whole().await;
    }

    async fn what_cannot_be_a_sale_is_refused_and_leaves_nothing(bench: Bench) {
        let scene = scene(&bench).await;
        let mut good = scene.body(Uuid::now_v7());
        good["tenders"][0]["reference"] = Json::Null;
        let with = |pointer: &str, value: Json| {
            let mut body = good.clone();
            body["id"] = json!(Uuid::now_v7());
            *body.pointer_mut(pointer).unwrap() = value;
            body
        };
        for (body, status, pointer) in [
            (with("/lines", json!([])), 422, "/lines"),
            (with("/lines/0/quantity", json!(0)), 422, "/lines/0/quantity"),
            (with("/lines/0/quantity", json!(-1)), 422, "/lines/0/quantity"),
            (with("/lines/0/quantity", json!(i64::MAX)), 422, "/lines/0/quantity"),
            (with("/lines/0/unit_price", json!(-5)), 422, "/lines/0/unit_price"),
            (with("/lines/0/unit_price", json!(i64::MAX)), 422, "/lines/0/unit_price"),
            (with("/lines/0/unit_price", json!(PRICE - 1)), 409, ""),
            (with("/lines/0/code", json!("nonsense")), 422, "/lines/0/code"),
            (with("/lines/0/quantity", json!(13)), 409, ""),
            (with("/tenders/0/amount", json!(3 * PRICE - 1)), 422, "/tenders"),
            (with("/tenders/0/amount", json!(-1)), 422, "/tenders/0/amount"),
            (with("/tenders/0/amount", json!(i64::MAX)), 422, "/tenders/0/amount"),
            (with("/tenders", json!([])), 422, "/tenders"),
            (with("/tenders/0/kind", json!("gold")), 400, ""),
            (with("/tenders/0/reference", json!("7".repeat(41))), 422, "/tenders/0/reference"),
            (with("/tenders/0/reference", json!("x".repeat(1_000_000))), 422, "/tenders/0/reference"),
            (with("/shop_id", json!("\u{0}")), 400, ""),
            (with("/shop_id", json!("S2")), 404, ""),
            (with("/shop_id", json!("x".repeat(100_000))), 404, ""),
            (with("/lines/0/code", json!("\u{202e}")), 422, "/lines/0/code"),
            (with("/id", json!("1")), 400, ""),
            (with("/sold_at", json!("1404-12-30")), 400, ""),
            (with("/sold_at", json!("2099-01-01T00:00:00Z")), 422, "/sold_at"),
            (with("/shop_id", json!(Uuid::now_v7())), 404, ""),
            (with("/lines/0/quantity", json!(1e30)), 400, ""),
            (json!([]), 400, ""),
        ] {
            let reply = scene.send(&scene.stage.alice, &body).await;
            assert_eq!(reply.status, status, "{body} {}", reply.body);
            if !pointer.is_empty() {
                assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{}", reply.body);
            }
        }
        let mut card = with("/tenders", json!([{ "kind": "card", "amount": 3 * PRICE + 1 }]));
        assert_eq!(scene.send(&scene.stage.alice, &card).await.status, 422);
        card["tenders"][0] = json!({ "kind": "card", "amount": 3 * PRICE, "reference": "700" });
        assert_eq!(scene.send(&scene.stage.alice, &card).await.status, 201);
        // The same payment again, typed on another keyboard.
        for reference in ["700", "۷۰۰", " 700 "] {
            card["id"] = json!(Uuid::now_v7());
            card["tenders"][0]["reference"] = json!(reference);
            assert_eq!(scene.send(&scene.stage.alice, &card).await.status, 409, "{reference:?}");
        }
        assert_eq!(scene.totals().await["pieces"]["sold"], 3);
        scene.is_whole().await;
    }

    async fn charlie_neither_sells_nor_sees_in_the_shop_of_others(bench: Bench) {
        let scene = scene(&bench).await;
        let (id, _) = scene.sold().await;
        let charlie = Some(&scene.stage.charlie);
        assert_eq!(scene.send(&scene.stage.charlie, &scene.body(Uuid::now_v7())).await.status, 404);
        let till = scene.till;
        for path in [format!("/sales/{id}"), format!("/receipts/{id}.pdf"), format!("/receipts/{id}.png"), format!("/till/{till}"), format!("/till/{till}/close")] {
            assert_eq!(scene.stage.get(charlie, &path).await.status, 404, "{path}");
            assert_eq!(scene.stage.get(None, &path).await.status, 401, "{path}");
        }
        for path in [format!("/sales/{id}/returns"), format!("/till/{till}/lines"), format!("/till/{till}/quantities"), format!("/till/{till}/sales"), format!("/till/{till}/shift"), format!("/till/{till}/close")] {
            assert_eq!(scene.stage.post(charlie, &path, &[]).await.status, 404, "{path}");
        }
        assert_eq!(scene.stage.get(charlie, "/api/v1/sales").await.json()["items"], json!([]));
        assert_eq!(scene.stage.get(charlie, "/api/v1/totals").await.status, 403);
        let register = [("place", scene.shop.to_string()), ("register_code", "9".into())];
        let fields: Vec<(&str, &str)> = register.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(scene.stage.post(charlie, "/till", &fields).await.status, 404);
        assert!(!scene.stage.get(charlie, "/sales").await.body.contains("S1-P"));
        let _ = scene.other_shop;
    }

    async fn sales_are_listed_page_by_page(bench: Bench) {
        let scene = scene(&bench).await;
        let mut ids: Vec<String> = Vec::new();
        for _ in 0..3 {
            ids.push(scene.sold().await.0.to_string());
        }
        let list = scene.stage.get(Some(&scene.stage.bob), "/api/v1/sales").await.json();
        let items = list["items"].as_array().unwrap();
        assert_eq!((items.len(), &list["next"]), (3, &Json::Null));
        assert_eq!(items[0]["id"], ids[2].as_str());
        assert_eq!((items[0]["lines"].as_array().unwrap().len(), items[0]["shop_id"].clone()), (3, json!(scene.shop)));
        let rest = scene.stage.get(Some(&scene.stage.bob), &format!("/api/v1/sales?cursor={}", ids[1])).await.json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 1);
        let two = scene.stage.get(Some(&scene.stage.bob), "/api/v1/sales?limit=2&fields=id").await.json();
        assert_eq!(two, json!({ "items": [{ "id": ids[2] }, { "id": ids[1] }], "next": ids[1] }));
        let now = scene.stage.city.db.clock().now();
        let (before, after) = (now.plus_days(-1), now.plus_days(1));
        for (since, count) in [(before, 3), (after, 0)] {
            let path = format!("/api/v1/sales?updated_since={since}");
            let list = scene.stage.get(Some(&scene.stage.bob), &path).await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), count, "{since}");
        }
        let odd = scene.stage.get(Some(&scene.stage.bob), "/api/v1/sales?updated_since=yesterday").await;
        assert_eq!((odd.status.as_u16(), &odd.json()["errors"][0]["pointer"]), (400, &json!("/updated_since")));
    }

    async fn sales_made_while_cut_off_are_taken_once_and_never_refused_for_stock(bench: Bench) {
        let scene = scene(&bench).await;
        let mut over = scene.body(Uuid::now_v7());
        over["lines"] = json!([{ "code": scene.codes[0], "quantity": 14, "unit_price": PRICE - 20_000 }]);
        over["tenders"] = json!([{ "kind": "card", "amount": 14 * (PRICE - 20_000) }]);
        let mut wrong = scene.body(Uuid::now_v7());
        wrong["lines"][0]["code"] = json!("x");
        let batch = json!({ "items": [over, scene.body(Uuid::now_v7()), wrong] });
        let alice = Some(&scene.stage.alice);
        let first = scene.stage.send_json(alice, "POST", "/api/v1/till/batches", &batch).await.json();
        let states = |reply: &Json| -> Vec<String> {
            reply["results"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(states(&first), ["accepted", "accepted", "refused"]);
        assert_eq!(first["results"][2]["reason"], "sale_unknown_code");
        let again = scene.stage.send_json(alice, "POST", "/api/v1/till/batches", &batch).await.json();
        assert_eq!(states(&again), ["duplicate", "duplicate", "refused"]);
        assert_eq!(again["results"][0]["sequence"], first["results"][0]["sequence"]);
        let mut conn = bench.db.read().await.unwrap();
        let kinds: Vec<String> = db::sql("SELECT kind AS value FROM sale_discrepancy ORDER BY kind").scalars(&mut conn).await.unwrap();
        assert_eq!(kinds, ["price", "reference", "stock", "stock"]);
        scene.is_whole().await;
    }

    async fn a_sale_whose_answer_was_lost_may_come_again_in_a_batch(bench: Bench) {
        let scene = scene(&bench).await;
        let body = scene.body(Uuid::now_v7());
        assert_eq!(scene.send(&scene.stage.alice, &body).await.status, 201);
        let batch = json!({ "items": [body] });
        let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/till/batches", &batch).await.json();
        assert_eq!(reply["results"][0]["status"], "duplicate", "{reply}");
        let mut other = body.clone();
        other["lines"][0]["quantity"] = json!(2);
        let batch = json!({ "items": [other] });
        let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/till/batches", &batch).await.json();
        assert_eq!(reply["results"][0]["status"], "refused", "{reply}");
        scene.is_whole().await;
    }

    async fn each_maker_is_told_once(bench: Bench) {
        let scene = scene(&bench).await;
        scene.sold().await;
        scene.stage.do_jobs().await;
        scene.stage.do_jobs().await;
        let mut conn = bench.db.read().await.unwrap();
        let told: i64 = db::sql("SELECT count(*) AS value FROM notice WHERE template = 'sold'").scalar(&mut conn).await.unwrap();
        assert_eq!(told, 3);
    }
}

both! {
    async fn a_sale_is_of_the_servers_day_and_not_backdated(bench: Bench) {
        let scene = scene(&bench).await;
        let now = bench.db.clock().now();
        let today = bench.db.clock().today();
        let at = |back: i64| {
            let mut body = scene.body(Uuid::now_v7());
            body["sold_at"] = json!(now.plus_seconds(-back));
            body
        };
        let reply = scene.send(&scene.stage.alice, &at(86_401)).await;
        assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/sold_at")));
        // A clock that is hours behind sells on, but today.
        let late = scene.send(&scene.stage.alice, &at(20 * 3_600)).await.json();
        let sale: Uuid = late["id"].as_str().unwrap().parse().unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let accruals = ledger::sales::accruals_of_sale(&mut conn, sale).await.unwrap();
        assert!(accruals.iter().all(|one| one.sold_on == today));
        // A shop may have been cut off for ninety days, not longer.
        let day = 86_400;
        let batch = json!({ "items": [at(90 * day), at(90 * day + 1)] });
        let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/till/batches", &batch).await.json();
        assert_eq!((reply["results"][0]["status"].as_str(), reply["results"][1]["reason"].as_str()), (Some("accepted"), Some("sale_sold_long_ago")));
        scene.is_whole().await;
    }

    async fn differences_of_synced_sales_are_shown_until_the_shop_explains_them(bench: Bench) {
        let scene = scene(&bench).await;
        let mut body = scene.body(Uuid::now_v7());
        body["lines"] = json!([{ "code": scene.codes[0], "quantity": 14, "unit_price": PRICE - 20_000 }]);
        body["tenders"] = json!([{ "kind": "card", "amount": 14 * (PRICE - 20_000) }]);
        let alice = Some(&scene.stage.alice);
        scene.stage.send_json(alice, "POST", "/api/v1/till/batches", &json!({ "items": [body] })).await;
        let sale = body["id"].as_str().unwrap();
        let open = scene.stage.get(alice, "/api/v1/sales/discrepancies").await.json();
        let items = open["items"].as_array().unwrap().clone();
        let mut kinds: Vec<_> = items.iter().map(|one| one["kind"].as_str().unwrap()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["price", "reference", "stock"]);
        for path in ["/sales/discrepancies".to_owned(), format!("/sales/{sale}")] {
            for lang in ["fa", "en"] {
                let reply = scene.stage.get(alice, &format!("{path}?lang={lang}")).await;
                assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new(), "{path}");
                assert!(reply.body.contains(sale), "{path}");
            }
        }
        let (first, second) = (items[0]["id"].as_str().unwrap(), items[1]["id"].as_str().unwrap());
        let (path, field) = (format!("/sale-discrepancies/{first}/explanation"), format!("note_{first}"));
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.post(Some(&scene.stage.charlie), &path, &[(&field, "x")]).await.status, 404);
        assert_eq!(scene.stage.post(Some(&clerk), &path, &[(&field, "x")]).await.status, 403);
        for (note, status) in [("", 422), ("برچسب اشتباه بود", 303), ("دوباره", 422)] {
            assert_eq!(scene.stage.post(alice, &path, &[(&field, note)]).await.status, status, "{note}");
        }
        let path = format!("/api/v1/sale-discrepancies/{second}/explanation");
        for (note, status) in [("", 422), ("شمرده شد", 201)] {
            let request = axum::http::Request::post(&path).header("content-type", "application/json")
                .header("idempotency-key", Uuid::now_v7().to_string())
                .body(axum::body::Body::from(json!({ "note": note }).to_string())).unwrap();
            let reply = scene.stage.send(alice, request).await;
            assert_eq!(reply.status, status, "{}", reply.body);
        }
        let open = scene.stage.get(alice, "/api/v1/sales/discrepancies").await.json();
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        assert!(scene.stage.get(alice, &format!("/sales/{sale}")).await.body.contains("برچسب اشتباه بود"));
        assert_eq!(scene.stage.get(Some(&scene.stage.charlie), "/api/v1/sales/discrepancies").await.json()["items"], json!([]));
        scene.is_whole().await;
    }
}
