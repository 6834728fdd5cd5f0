use testing::both;

use super::*;

both! {
    async fn the_way_from_a_payment_to_the_goods_is_open_page_by_page(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        let accrual = scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        let payout = scene.payouts(batch).await.remove(0);
        let mut conn = bench.db.read().await.unwrap();
        let statement = statements::of_contact(&mut conn, maker).await.unwrap().remove(0);
        let line = sales::accrual(&mut conn, accrual).await.unwrap();
        let account = Account::payable(maker).id();
        for (page, leads_to) in [
            ("/payouts".to_owned(), format!("/payouts/{batch}")),
            (format!("/payouts/{batch}"), format!("/payments/{}", payout.id)),
            (format!("/payments/{}", payout.id), format!("/statements/{}", statement.id)),
            ("/statements?unpaid=true".to_owned(), "/statements".to_owned()),
            (format!("/statements/{}", statement.id), format!("/accruals/{accrual}")),
            (format!("/accruals/{accrual}"), format!("/sales/{}", line.sale_id)),
            ("/accounts".to_owned(), "/accounts/kinds/maker_payable".to_owned()),
            ("/accounts/kinds/maker_payable".to_owned(), format!("/accounts/{account}")),
            (format!("/accounts/{account}"), format!("/entries/{}", line.entry_id)),
            (format!("/entries/{}", line.entry_id), format!("/accruals/{accrual}")),
        ] {
            for lang in ["fa", "en"] {
                let mark = if page.contains('?') { '&' } else { '?' };
                let reply = scene.stage.get(Some(&scene.stage.alice), &format!("{page}{mark}lang={lang}")).await;
                assert_eq!(reply.status, 200, "{page}: {}", reply.body);
                assert!(reply.body.contains(&leads_to), "{page} does not lead to {leads_to}");
                assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new(), "{page}");
            }
        }
        let paper = scene.stage.get(Some(&scene.stage.alice), &format!("/statements/{}/paper", statement.id)).await;
        assert_eq!(paper.status, 200);
        assert!(paper.body.contains("ترشی لیته"));
    }

    async fn money_is_closed_to_whoever_has_no_duty_there(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let mut conn = bench.db.read().await.unwrap();
        let statement = statements::of_contact(&mut conn, maker).await.unwrap().remove(0).id;
        let clerk = scene.stage.add("clerk", scene.stage.elsewhere, &[Role::ShopClerk]).await;
        for page in ["/statements", "/payouts", "/accounts", "/api/v1/payouts"] {
            assert_eq!(scene.stage.get(Some(&clerk), page).await.status, 403, "{page}");
            assert_eq!(scene.stage.get(None, page).await.status, 401, "{page}");
        }
        let other = scene.maker("سارا").await;
        let (own, stranger) = (scene.stage.person(maker.get()).await, scene.stage.person(other.get()).await);
        let path = format!("/me/statements/{statement}");
        for path in [path.clone(), format!("{path}/paper")] {
            assert_eq!(scene.stage.get(Some(&stranger), &path).await.status, 404, "{path}");
            assert_eq!(scene.stage.get(Some(&scene.stage.alice), &path).await.status, 403, "{path}");
            assert_eq!(scene.stage.get(Some(&own), &path).await.status, 200, "{path}");
        }
        for lang in ["fa", "en"] {
            let page = scene.stage.get(Some(&own), &format!("{path}?lang={lang}")).await.body;
            assert_eq!(web::inspect::faults(&page), Vec::<String>::new());
            assert!(page.contains(&format!("{path}/paper")));
        }
    }

    async fn bad_input_is_answered_at_its_field(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        for until in ["", "۱۴۰۵/۱۲/۳۱", "<b>", "۱۴۹۹/۰۱/۰۱", &"9".repeat(5_000)] {
            let reply = scene.stage.post(alice, "/statements", &[("until", until)]).await;
            assert_eq!(reply.status, 422, "{until}");
        }
        for (method, pay_on) in [("", "۱۴۰۵/۰۹/۰۲"), ("gold", "۱۴۰۵/۰۹/۰۲"), ("bank", "۱۴۰۴/۰۱/۰۱"), ("bank", "x")] {
            let fields = [("method", method), ("profile", "paya"), ("pay_on", pay_on)];
            assert_eq!(scene.stage.post(alice, "/payouts", &fields).await.status, 422, "{method} {pay_on}");
        }
        let fields = [("holder_name", "شهر"), ("sheba", "IR12")];
        assert_eq!(scene.stage.post(Some(&scene.approver), "/payouts/account", &fields).await.status, 422);
        let nowhere = Uuid::now_v7();
        for path in [format!("/statements/{nowhere}"), format!("/payouts/{nowhere}"), format!("/payments/{nowhere}"),
            format!("/accounts/{nowhere}"), format!("/entries/{nowhere}"), format!("/accruals/{nowhere}")] {
            assert_eq!(scene.stage.get(alice, &path).await.status, 404, "{path}");
        }
        assert_eq!(scene.stage.post(Some(&scene.approver), &format!("/payouts/{nowhere}/approval"), &[]).await.status, 404);
    }

    async fn her_own_page_tells_what_is_owed_and_what_is_on_its_way(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        let today = scene.today();
        let mut conn = bench.db.read().await.unwrap();
        let before = money_of(&mut conn, maker, today).await.unwrap();
        assert_eq!(before.to_be_paid, Rial::new(845_000));
        // The stage's day is a Monday; the week ends on Friday, four days later.
        assert_eq!(before.next_statement_on, today.iter_days().nth(4).unwrap());
        scene.seal().await;
        scene.at_the_bank().await;
        let after = money_of(&mut conn, maker, today).await.unwrap();
        assert_eq!((after.to_be_paid, after.on_its_way), (Rial::ZERO, vec![(Rial::new(845_000), today)]));
        assert_eq!(after.items.len(), 1);
    }

    async fn machines_do_the_same_as_hands(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        let alice = Some(&scene.stage.alice);
        let send = |path: String, key: Uuid, body: serde_json::Value| {
            let mut request = axum::http::Request::post(path).header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_string())).unwrap();
            request.headers_mut().insert("idempotency-key", key.to_string().parse().unwrap());
            request
        };
        let (run, until) = (Uuid::now_v7(), scene.today());
        let body = serde_json::json!({ "until": until });
        let first = scene.stage.send(alice, send("/api/v1/statements".into(), run, body.clone())).await;
        assert_eq!((first.status.as_u16(), first.json()["lines"].as_i64()), (201, Some(1)));
        let again = scene.stage.send(alice, send("/api/v1/statements".into(), run, body)).await;
        assert_eq!(again.status, 200);
        let listed = scene.stage.get(alice, "/api/v1/statements").await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let id = Uuid::now_v7();
        let body = serde_json::json!({ "id": id, "method": "bank", "profile": "csv", "pay_on": until });
        assert_eq!(scene.stage.send(alice, send("/api/v1/payouts".into(), id, body)).await.status, 201);
        let approval = send(format!("/api/v1/payouts/{id}/approval"), Uuid::now_v7(), serde_json::json!({}));
        assert_eq!(scene.stage.send(Some(&scene.approver), approval).await.status, 201);
        let file = scene.export(BatchId::new(id)).await;
        let order = bank::Profile::Csv.read_orders(&file).unwrap().remove(0);
        let result = format!("reference,amount_rial,status,reason,bank_reference,settled_on\r\n{},,paid,,77,\r\n", order.reference);
        let request = axum::http::Request::post(format!("/api/v1/payouts/{id}/results")).body(axum::body::Body::from(result)).unwrap();
        let reply = scene.stage.send(alice, request).await;
        assert_eq!(reply.json()["paid"], 1, "{}", reply.body);
        let batch = scene.stage.get(alice, &format!("/api/v1/payouts/{id}")).await.json();
        assert_eq!((batch["state"].as_str(), batch["items"][0]["state"].as_str()), (Some("reconciled"), Some("confirmed")));
    }

    async fn machines_are_told_what_is_wrong_with_a_payout(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("لاله").await;
        scene.payee(maker, PayeeKind::Counter, &scene.stage.bob, &scene.approver).await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let alice = Some(&scene.stage.alice);
        let send = |path: String, key: Option<Uuid>, body: serde_json::Value| {
            let mut request = axum::http::Request::post(path).header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_string())).unwrap();
            if let Some(key) = key {
                request.headers_mut().insert("idempotency-key", key.to_string().parse().unwrap());
            }
            request
        };
        let far = scene.today().iter_days().nth(400).unwrap();
        for (field, value, status) in [("pay_on", serde_json::json!("2020-01-01"), 422), ("pay_on", serde_json::json!(far), 422),
            ("pay_on", serde_json::json!("1405-12-30"), 422), ("pay_on", serde_json::json!("x"), 400), ("method", serde_json::json!("gold"), 400),
            ("id", serde_json::json!("x"), 400), ("profile", serde_json::json!(""), 400)] {
            let mut body = serde_json::json!({ "id": Uuid::now_v7(), "method": "counter", "profile": "csv", "pay_on": scene.today() });
            body[field] = value;
            let reply = scene.stage.send(alice, send("/api/v1/payouts".into(), None, body.clone())).await;
            assert_eq!(reply.status, status, "{body} {}", reply.body);
        }
        let batch = scene.prepare(Method::Counter).await;
        let approval = format!("/api/v1/payouts/{batch}/approval");
        assert_eq!(scene.stage.send(Some(&scene.approver), send(approval.clone(), None, serde_json::json!({}))).await.status, 400, "no key");
        assert_eq!(scene.stage.send(alice, send(approval.clone(), Some(Uuid::now_v7()), serde_json::json!({}))).await.status, 403);
        let key = Uuid::now_v7();
        for status in [201, 200] {
            assert_eq!(scene.stage.send(Some(&scene.approver), send(approval.clone(), Some(key), serde_json::json!({}))).await.status, status);
        }
        let payout = scene.payouts(batch).await.remove(0).id;
        let failure = format!("/api/v1/payments/{payout}/failure");
        for reason in ["", " ", "\u{202e}", &"د".repeat(201)] {
            let reply = scene.stage.send(alice, send(failure.clone(), Some(Uuid::now_v7()), serde_json::json!({ "reason": reason }))).await;
            assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/reason")), "{reason:?}");
        }
        let confirmation = format!("/api/v1/payments/{payout}/confirmation");
        for witness in [Uuid::now_v7(), scene.stage.alice.id] {
            let reply = scene.stage.send(alice, send(confirmation.clone(), Some(Uuid::now_v7()), serde_json::json!({ "witness_id": witness }))).await;
            assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/witness")), "{}", reply.body);
        }
        let key = Uuid::now_v7();
        for status in [201, 200] {
            let body = serde_json::json!({ "witness_id": scene.stage.bob.id });
            assert_eq!(scene.stage.send(alice, send(confirmation.clone(), Some(key), body)).await.status, status);
        }
        let nowhere = Uuid::now_v7();
        for path in [format!("/api/v1/payouts/{nowhere}/approval"), format!("/api/v1/payouts/{nowhere}/withdrawal"), format!("/api/v1/payouts/{nowhere}/file")] {
            let actor = if path.ends_with("approval") { &scene.approver } else { &scene.stage.alice };
            assert_eq!(scene.stage.send(Some(actor), send(path.clone(), Some(Uuid::now_v7()), serde_json::json!({}))).await.status, 404, "{path}");
        }
        // Where no bank answers by HTTP, none is spoken to.
        assert_eq!(scene.stage.post(alice, &format!("/payouts/{batch}/bank"), &[]).await.status, 404);
        scene.is_whole().await;
    }

    async fn a_result_that_is_no_result_is_refused_at_its_field(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        let path = format!("/api/v1/payouts/{batch}/results");
        for bytes in [&b""[..], b"x", b"<html>", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"] {
            let request = axum::http::Request::post(&path).body(axum::body::Body::from(bytes.to_vec())).unwrap();
            let reply = scene.stage.send(Some(&scene.stage.alice), request).await;
            assert_eq!(reply.status, 400, "{bytes:?} {}", reply.body);
        }
        let upload = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xml\"\r\n\r\nnonsense\r\n--b--\r\n";
        let request = axum::http::Request::post(format!("/payouts/{batch}/results")).header("content-type", "multipart/form-data; boundary=b")
            .body(axum::body::Body::from(upload)).unwrap();
        let reply = scene.stage.send(Some(&scene.stage.alice), request).await;
        assert!(reply.status == 422 && reply.body.contains("error-summary"), "{}", reply.body);
        assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        scene.is_whole().await;
    }
}
