//! Agreements, receipts, stock and labels as rules.

use testing::both;

use super::*;

both! {
    async fn no_day_has_two_agreements(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = &scene.stage.alice;
        scene.stage.write(alice, scene.terms(0, 100)).await.unwrap();
        assert_eq!(code(scene.stage.write(alice, scene.terms(100, 200)).await), "agreement_overlaps");
        assert_eq!(code(scene.stage.write(alice, scene.terms(-50, -1)).await), "agreement_overlaps");
        scene.stage.write(alice, scene.terms(101, 200)).await.unwrap();
        scene.proven().await;
    }

    async fn twenty_agreements_at_once_leave_one(bench: Bench) {
        let scene = scene(&bench).await;
        let tasks: Vec<_> = (0..20).map(|_| {
            let (db, terms, user) = (bench.db.clone(), scene.terms(0, 100), scene.stage.alice.id);
            tokio::spawn(async move { db.write(&db::Origin::user(user, "test"), terms).await.is_ok() })
        }).collect();
        let mut good = 0;
        for task in tasks { good += i32::from(task.await.unwrap()); }
        assert_eq!(good, 1);
        scene.proven().await;
    }

    async fn an_agreement_is_superseded_and_never_edited(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = &scene.stage.alice;
        let first = scene.signed().await;
        let next = SignAgreement { commission_bp: 1_000, ..scene.terms(30, 300) };
        let second = scene.stage.write(alice, SupersedeAgreement { previous_id: first, next: next.clone() }).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let home = OrganizationId::new(scene.stage.home);
        for (day, id, commission) in [(29, first, 1_500), (30, second, 1_000)] {
            let found = agreements::in_force(&mut conn, scene.maker, home, scene.day(day)).await.unwrap().unwrap();
            assert_eq!((found.id, found.commission_bp), (id, commission), "day {day}");
        }
        drop(conn);
        let again = SignAgreement { id: AgreementId::new(Uuid::now_v7()), ..next };
        assert_eq!(code(scene.stage.write(alice, SupersedeAgreement { previous_id: first, next: again }).await), "agreement_not_in_force");
        let edited = scene.stage.tamper("UPDATE agreement SET commission_bp = 1").await;
        assert!(edited.unwrap_err().to_string().contains("append only"));
        scene.proven().await;
    }

    async fn an_ended_agreement_makes_room_for_another(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = &scene.stage.alice;
        let first = scene.signed().await;
        scene.stage.write(alice, EndAgreement { id: first, last_on: scene.day(5) }).await.unwrap();
        assert_eq!(code(scene.stage.write(alice, scene.terms(5, 50)).await), "agreement_overlaps");
        scene.stage.write(alice, scene.terms(6, 50)).await.unwrap();
        scene.proven().await;
    }

    async fn goods_are_received_only_approved_and_agreed(bench: Bench) {
        let scene = scene(&bench).await;
        assert_eq!(code(scene.receive(vec![scene.line(scene.rug, 1)]).await), "no_agreement");
        scene.signed().await;
        assert_eq!(code(scene.receive(vec![]).await), "no_lines");
        assert_eq!(code(scene.receive(vec![scene.line(scene.rug, 0)]).await), "line_out_of_range");
        let bare = NewLot { expires_on: None, ..scene.line(scene.pickle, 3) };
        assert_eq!(code(scene.receive(vec![bare]).await), "food_dates");
        let old = NewLot { expires_on: Some(scene.day(-1)), ..scene.line(scene.pickle, 3) };
        assert_eq!(code(scene.receive(vec![old]).await), "received_expired");
        let cracked = NewLot { condition: Condition::Defect, ..scene.line(scene.rug, 1) };
        assert_eq!(code(scene.receive(vec![cracked]).await), "defect_note");
        let back = ReturnProduct { id: scene.rug, reason: "عکس".into() };
        scene.stage.write(&scene.officer, back).await.unwrap();
        assert_eq!(code(scene.receive(vec![scene.line(scene.rug, 1)]).await), "product_not_for_sale");
        scene.receive(vec![scene.line(scene.pickle, 12)]).await.unwrap();
        bench.pass_days(201);
        let line = NewLot { produced_on: Some(scene.day(-1)), expires_on: Some(scene.day(20)), ..scene.line(scene.pickle, 1) };
        assert_eq!(code(scene.receive(vec![line]).await), "product_not_for_sale", "the licence ran out");
        scene.proven().await;
    }

    async fn receipts_are_numbered_per_shop_and_codes_are_never_alike(bench: Bench) {
        let scene = scene(&bench).await;
        scene.signed().await;
        let mut codes = std::collections::BTreeSet::new();
        for expected in 1..=4 {
            let lines = vec![scene.line(scene.rug, 2), scene.line(scene.pickle, 3), scene.line(scene.rug, 1)];
            let id = scene.receive(lines).await.unwrap();
            let mut conn = bench.db.read().await.unwrap();
            let receipt = receipts::get(&mut conn, id).await.unwrap();
            assert_eq!((receipt.jalali_year, receipt.number), (1405, expected));
            codes.extend(receipts::lots(&mut conn, id).await.unwrap().into_iter().map(|lot| lot.code));
        }
        assert_eq!(codes.len(), 12);
        let twice = scene.stage.tamper("UPDATE lot SET code = 'X'").await;
        assert!(twice.unwrap_err().to_string().contains("append only"));
    }

    async fn a_sale_takes_what_is_there_and_no_more(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        scene.sell(&[(lot, 2), (lot, 3)], false).await.unwrap();
        assert_eq!(scene.on_hand(lot).await, (7, 0));
        assert_eq!(code(scene.sell(&[(lot, 8)], false).await), "not_enough");
        assert_eq!(code(scene.sell(&[(lot, 0)], false).await), "count_positive");
        assert_eq!(code(scene.sell(&[(LotId::new(Uuid::now_v7()), 1)], false).await), "lot_unknown");
        assert_eq!(scene.on_hand(lot).await, (7, 0), "a refused sale leaves nothing behind");
        scene.proven().await;
    }

    async fn many_tills_at_once_never_sell_the_same_piece(bench: Bench) {
        let scene = scene(&bench).await;
        let (lot, other) = (scene.stocked().await, scene.line(scene.pickle, 12));
        let jar = other.id;
        scene.receive(vec![other]).await.unwrap();
        let tasks: Vec<_> = (0..24).map(|turn| {
            let db = bench.db.clone();
            let lines = if turn % 2 == 0 { [lot, jar] } else { [jar, lot] };
            let sale = Sell { sale: Uuid::now_v7(), place: scene.shop, day: scene.day(0), may_overdraw: false,
                lines: lines.map(|lot_id| TakeLine { lot_id, quantity: 1 }).to_vec() };
            let user = scene.stage.alice.id;
            tokio::spawn(async move { db.write(&db::Origin::user(user, "test"), sale).await })
        }).collect();
        let mut sold = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => sold += 1,
                refused => assert_eq!(code(refused), "not_enough"),
            }
        }
        assert_eq!(sold, 12);
        assert_eq!((scene.on_hand(lot).await, scene.on_hand(jar).await), ((0, 0), (0, 0)));
        scene.proven().await;
    }

    async fn a_paid_sale_may_overdraw_and_opens_a_discrepancy(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        assert_eq!(scene.sell(&[(lot, 10), (lot, 5)], true).await.unwrap(), [3, 0]);
        assert_eq!(scene.on_hand(lot).await, (-3, 3));
        assert_eq!(code(scene.sell(&[(lot, 1)], false).await), "not_enough", "an overdraw is no stock");
        assert_eq!(scene.sell(&[(lot, 2)], true).await.unwrap(), [2]);
        scene.proven().await;
        let page = scene.stage.get(Some(&scene.stage.alice), "/stock").await;
        assert!(plain(&page.body).contains("۳ عدد بیش از موجودی فروخته شد"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let open: Vec<Uuid> = {
            let mut conn = bench.db.read().await.unwrap();
            sql("SELECT id AS value FROM discrepancy WHERE state = 'open' ORDER BY id").scalars(&mut conn).await.unwrap()
        };
        let path = format!("/discrepancies/{}/resolution", open[0]);
        let field = format!("resolution_{}", open[0]);
        let answer = [(field.as_str(), "در قفسهٔ بالا بود")];
        assert_eq!(scene.stage.post(Some(&scene.stage.charlie), &path, &answer).await.status, 404);
        assert_eq!(scene.stage.post(Some(&scene.stage.alice), &path, &[]).await.status, 422);
        assert_eq!(scene.stage.post(Some(&scene.stage.alice), &path, &answer).await.status, 303);
        assert_eq!(scene.on_hand(lot).await, (-2, 2));
        scene.proven().await;
    }

    async fn an_offline_sale_of_a_lot_the_shop_never_saw_is_kept(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        let fair = super::place(&scene.stage, "fair", scene.stage.home).await;
        let sale = Sell { sale: Uuid::now_v7(), place: fair, day: scene.day(0), may_overdraw: true, lines: vec![TakeLine { lot_id: lot, quantity: 2 }] };
        assert_eq!(scene.stage.write(&scene.stage.alice, sale).await.unwrap(), [2]);
        scene.proven().await;
    }

    async fn the_database_refuses_a_balance_below_zero(bench: Bench) {
        let scene = scene(&bench).await;
        scene.stocked().await;
        let forced = scene.stage.tamper("UPDATE stock SET on_hand = -1").await;
        assert!(matches!(&forced, Err(Error::Check(name)) if name == "ck_stock_on_hand"));
        let edited = scene.stage.tamper("DELETE FROM stock_movement").await;
        assert!(edited.unwrap_err().to_string().contains("append only"));
    }

    async fn expired_goods_are_refused_everywhere(bench: Bench) {
        let scene = scene(&bench).await;
        scene.signed().await;
        let line = scene.line(scene.pickle, 5);
        let jar = line.id;
        scene.receive(vec![line]).await.unwrap();
        let found = scene.lot(jar).await.code;
        bench.pass_days(61);
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(code(find_by_code(&mut conn, scene.shop, &found, scene.day(0)).await), "lot_expired");
        drop(conn);
        assert_eq!(code(scene.sell(&[(jar, 1)], false).await), "lot_expired");
        scene.sell(&[(jar, 1)], true).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let told: i64 = sql("SELECT count(*) AS value FROM discrepancy WHERE kind = 'expired'").scalar(&mut conn).await.unwrap();
        assert_eq!(told, 1, "a paid sale is never refused, but told");
        drop(conn);
        scene.proven().await;
    }

    async fn returned_goods_go_back_on_the_shelf_or_are_booked_as_broken(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        scene.sell(&[(lot, 4)], false).await.unwrap();
        let lines = vec![
            ReturnLine { lot_id: lot, quantity: 2, damage_payer: None },
            ReturnLine { lot_id: lot, quantity: 1, damage_payer: Some(Payer::Shop) },
        ];
        scene.stage.write(&scene.stage.alice, Back { id: Uuid::now_v7(), place: scene.shop, lines }).await.unwrap();
        assert_eq!(scene.on_hand(lot).await, (10, 0));
        let pieces = pieces::pieces(&mut bench.db.read().await.unwrap()).await.unwrap();
        let expected = pieces::Pieces { received: 12, sold: 4, returned_by_customer: 3, returned_to_maker: 0, lost: 1, on_hand: 10 };
        assert_eq!(pieces, expected);
        scene.proven().await;
    }

    async fn goods_leave_only_as_many_as_are_there_and_losses_name_a_payer(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        let order = |quantity, kind, payer| MoveOut { id: Uuid::now_v7(), lot_id: lot, place_id: scene.shop, quantity, kind, payer, reason: String::new() };
        let alice = &scene.stage.alice;
        scene.stage.write(alice, order(5, MovementKind::ReturnToProducer, None)).await.unwrap();
        assert_eq!(code(scene.stage.write(alice, order(8, MovementKind::ReturnToProducer, None)).await), "not_enough");
        assert_eq!(code(scene.stage.write(alice, order(1, MovementKind::Breakage, None)).await), "payer_needed");
        assert_eq!(code(scene.stage.write(alice, order(1, MovementKind::Sale, Some(Payer::Shop))).await), "payer_needed");
        scene.stage.write(alice, order(1, MovementKind::Breakage, Some(Payer::Shop))).await.unwrap();
        assert_eq!(scene.on_hand(lot).await, (6, 0));
        scene.proven().await;
    }

    async fn any_run_of_movements_sums_to_the_balance(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        // A small generator of our own: the same run on both engines, another for each seed.
        for seed in 1_u64..=4 {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            for _ in 0..25 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let quantity = i64::try_from((state >> 33) % 4).unwrap() + 1;
                let alice = &scene.stage.alice;
                match (state >> 40) % 5 {
                    0 | 1 => drop(scene.sell(&[(lot, quantity)], false).await),
                    2 => drop(scene.sell(&[(lot, quantity)], true).await.unwrap()),
                    3 => {
                        let damage_payer = (quantity % 2 == 0).then_some(Payer::Shop);
                        let lines = vec![ReturnLine { lot_id: lot, quantity, damage_payer }];
                        scene.stage.write(alice, Back { id: Uuid::now_v7(), place: scene.shop, lines }).await.unwrap();
                    }
                    _ => {
                        let order = MoveOut { id: Uuid::now_v7(), lot_id: lot, place_id: scene.shop, quantity,
                            kind: MovementKind::Theft, payer: Some(Payer::Insurer), reason: String::new() };
                        drop(scene.stage.write(alice, order).await);
                    }
                }
            }
            scene.proven().await;
            let p = pieces::pieces(&mut bench.db.read().await.unwrap()).await.unwrap();
            assert_eq!(p.received + p.returned_by_customer - p.sold - p.returned_to_maker - p.lost, p.on_hand);
        }
    }

    async fn a_tampered_balance_is_found(bench: Bench) {
        let scene = scene(&bench).await;
        scene.stocked().await;
        scene.stage.tamper("UPDATE stock SET on_hand = 13").await.unwrap();
        let found = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["S1"]);
    }

    async fn a_price_change_leaves_lots_as_they_were(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        scene.stage.write(&scene.officer, SetPrice { id: scene.rug, price: Rial::new(2_000_000) }).await.unwrap();
        assert_eq!(scene.lot(lot).await.unit_price, Rial::new(1_120_000));
    }
}

both! {
    async fn whoever_bears_a_loss_gives_the_maker_her_share(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.stocked().await;
        let facts = scene.lot(lot).await;
        let order = |kind, payer| MoveOut { id: Uuid::now_v7(), lot_id: lot, place_id: scene.shop, quantity: 1, kind, payer, reason: String::new() };
        let alice = &scene.stage.alice;
        let owed = async || {
            let mut conn = bench.db.read().await.unwrap();
            ledger::totals(&mut conn).await.unwrap().payables
        };
        for (kind, payer) in [(MovementKind::Theft, Payer::Producer), (MovementKind::ReturnToProducer, Payer::Shop)] {
            scene.stage.write(alice, order(kind, Some(payer))).await.unwrap();
            assert_eq!(owed().await, Rial::ZERO);
        }
        let mut conn = bench.db.read().await.unwrap();
        let product = makers::get_product(&mut conn, facts.product_id).await.unwrap();
        let class = product.tax_class.unwrap_or_default();
        let tax = makers::reference::tax_rate(&mut conn, &class, bench.db.clock().today()).await.unwrap();
        let rate = makers::reference::basis_points(facts.commission_bp).unwrap();
        let share = makers::pricing::share(facts.unit_price, tax, rate).unwrap().producer;
        for (turn, payer) in (1..).zip([Payer::Shop, Payer::Insurer, Payer::CityFund]) {
            scene.stage.write(alice, order(MovementKind::Breakage, Some(payer))).await.unwrap();
            assert_eq!(owed().await, share.checked_mul(turn).unwrap(), "{payer}");
        }
        for check in ledger::checks(&mut conn).await.unwrap() {
            assert!(check.ok, "{check:?}");
        }
        scene.proven().await;
    }

    async fn what_a_program_sends_is_refused_at_its_field(bench: Bench) {
        let scene = scene(&bench).await;
        // There is an agreement, so that nothing but the field is wrong.
        scene.stocked().await;
        let good = serde_json::json!({ "id": Uuid::now_v7(), "place_id": scene.shop, "contact_id": scene.maker, "note": "",
            "lines": [{ "id": Uuid::now_v7(), "product_id": scene.rug, "quantity": 3, "condition": "good" }] });
        for (pointer, value) in [
            ("/note", serde_json::json!("ن".repeat(301))),
            ("/lines/0/batch", serde_json::json!("ب".repeat(41))),
            ("/lines/0/defect_note", serde_json::json!("ع".repeat(201))),
            ("/lines/0/unit_price", serde_json::json!(i64::MAX)),
            ("/lines/0/unit_price", serde_json::json!(-1)),
            ("/lines/0/quantity", serde_json::json!(100_001)),
        ] {
            let mut body = good.clone();
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(parent).unwrap()[field] = value;
            let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/receipts", &body).await;
            assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{}", reply.body);
        }
        // Signs that no keyboard types do not come in.
        let mut body = good.clone();
        body["lines"][0]["batch"] = serde_json::json!("\u{202e}الف\u{7}");
        let reply = scene.stage.send_json(Some(&scene.stage.alice), "POST", "/api/v1/receipts", &body).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        assert_eq!(reply.json()["lots"][0]["batch"], persian::clean("\u{202e}الف\u{7}"));
    }

    async fn machines_print_remove_explain_and_end(bench: Bench) {
        let scene = scene(&bench).await;
        let lot = scene.lot(scene.stocked().await).await;
        let (alice, charlie) = (Some(&scene.stage.alice), Some(&scene.stage.charlie));
        let labels = format!("/api/v1/receipts/{}/labels", lot.receipt_id);
        let print = |part: i64, reason: &str| serde_json::json!({ "id": Uuid::now_v7(), "part": part, "reason": reason });
        assert_eq!(scene.stage.send_json(charlie, "POST", &labels, &print(1, "")).await.status, 404);
        for (part, reason, status) in [(1, "", 200), (1, "", 422), (1, "گم شد", 200), (2, "x", 422), (0, "x", 422)] {
            let reply = scene.stage.send_json(alice, "POST", &labels, &print(part, reason)).await;
            assert_eq!(reply.status, status, "{part} {reason} {}", reply.body);
        }
        let removals = format!("/api/v1/lots/{}/removals", lot.code);
        let removal = |quantity: i64, kind: &str| serde_json::json!({ "id": Uuid::now_v7(), "place_id": scene.shop, "kind": kind, "quantity": quantity });
        assert_eq!(scene.stage.send_json(charlie, "POST", &removals, &removal(1, "return_to_producer")).await.status, 404);
        for (quantity, kind, status) in [(2, "return_to_producer", 201), (0, "return_to_producer", 422), (999, "return_to_producer", 409), (1, "theft", 422), (1, "sale", 422)] {
            let reply = scene.stage.send_json(alice, "POST", &removals, &removal(quantity, kind)).await;
            assert_eq!(reply.status, status, "{quantity} {kind} {}", reply.body);
        }
        scene.sell(&[(lot.id, 11)], true).await.unwrap();
        let open = scene.stage.get(alice, "/api/v1/discrepancies").await.json();
        let path = format!("/api/v1/discrepancies/{}/resolution", open["items"][0]["id"].as_str().unwrap());
        let keyed = |path: &str, body: serde_json::Value| {
            axum::http::Request::post(path).header("content-type", "application/json")
                .header("idempotency-key", Uuid::now_v7().to_string()).body(axum::body::Body::from(body.to_string())).unwrap()
        };
        let explain = |text: &str| keyed(&path, serde_json::json!({ "resolution": text }));
        assert_eq!(scene.stage.send(charlie, explain("x")).await.status, 404);
        for (text, status) in [("", 422), ("در قفسه بود", 201), ("دوباره", 409)] {
            assert_eq!(scene.stage.send(alice, explain(text)).await.status, status, "{text}");
        }
        let end = format!("/api/v1/agreements/{}/end", lot.agreement_id);
        let today = bench.db.clock().today();
        assert_eq!(scene.stage.send(charlie, keyed(&end, serde_json::json!({ "last_on": today }))).await.status, 404);
        for (day, status) in [(today.pred_opt().unwrap(), 422), (today, 201)] {
            let reply = scene.stage.send(alice, keyed(&end, serde_json::json!({ "last_on": day }))).await;
            assert_eq!(reply.status, status, "{}", reply.body);
        }
        scene.proven().await;
    }
}

#[test]
fn parts_hold_every_label_once_and_none_too_many() {
    use crate::labels::{MOST_LABELS, Part};
    let lots = [1_500, 5_000, 1, 700];
    let parts = Part::count(lots.iter().sum());
    assert_eq!(parts, 4);
    let mut held = [0; 4];
    for part in 1..=parts {
        let (mut before, mut sheet) = (0, 0);
        for (lot, pieces) in lots.iter().enumerate() {
            let copies = Part(part).of(before, *pieces);
            (before, sheet) = (before + pieces, sheet + copies);
            held[lot] += copies;
        }
        assert!((1..=MOST_LABELS).contains(&sheet));
    }
    assert_eq!(held, lots);
}
