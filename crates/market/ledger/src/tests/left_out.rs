//! Who is in a batch, who is not, and why.

use payouts::Why;
use testing::both;

use super::*;

/// Sets a limit from today on.
#[derive(Serialize)]
struct Limit(&'static str, i64);

impl Write for Limit {
    const NAME: &'static str = "limit_for_test";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        db::sql("INSERT INTO money_rule (code, valid_from, figure) VALUES ($1, $2, $3)")
            .bind(self.0)
            .bind(tx.today())
            .bind(self.1)
            .execute(tx)
            .await
            .map(drop)
    }
}

both! {
    async fn who_waits_and_is_not_in_the_batch_is_shown_with_why(bench: Bench) {
        let scene = scene(&bench).await;
        let paid = scene.paid_maker("مینا").await;
        let (none, poor, changed) = (scene.maker("سارا").await, scene.paid_maker("لاله").await, scene.paid_maker("نرگس").await);
        scene.payee(changed, PayeeKind::Proxy, &scene.stage.bob, &scene.approver).await;
        for maker in [paid, none, changed] {
            scene.sell(maker, 1_100_000).await;
        }
        scene.sell(poor, 11_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        assert_eq!(scene.payouts(batch).await.len(), 1);
        let mut conn = bench.db.read().await.unwrap();
        let mut left: Vec<_> = payouts::left_out(&mut conn, batch).await.unwrap().into_iter().map(|one| (one.contact_id, one.why)).collect();
        left.sort_unstable();
        let mut wanted = [(none, Why::NoPayee), (poor, Why::BelowLeast), (changed, Why::Cooling)];
        wanted.sort_unstable();
        assert_eq!(left, wanted);
        for page in [format!("/payouts/{batch}"), "/payouts/left-out".to_owned()] {
            let reply = scene.stage.get(Some(&scene.stage.alice), &page).await;
            assert!(["سارا نمونه", "لاله نمونه", "نرگس نمونه"].iter().all(|name| reply.body.contains(name)), "{page}");
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
        let clerk = scene.stage.add("clerk", scene.stage.elsewhere, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.get(Some(&clerk), "/payouts/left-out").await.status, 403);
        let seen = scene.stage.get(Some(&scene.stage.alice), "/api/v1/payouts/left-out").await.json();
        assert_eq!(seen["items"].as_array().unwrap().len(), 3);
    }

    async fn more_than_the_bank_takes_is_cut_by_statements(bench: Bench) {
        let scene = scene(&bench).await;
        scene.stage.write(&scene.stage.alice, Limit("largest_bank_payout", 1_700_000)).await.unwrap();
        let maker = scene.paid_maker("مینا").await;
        for price in [1_100_000, 1_100_000, 1_100_000, 3_300_000] {
            scene.sell(maker, price).await;
            scene.seal().await;
        }
        let batch = scene.at_the_bank().await;
        let amounts: Vec<i64> = scene.payouts(batch).await.iter().map(|one| one.amount.get()).collect();
        assert_eq!(amounts, [1_690_000, 845_000]);
        let mut conn = bench.db.read().await.unwrap();
        let left = payouts::left_out(&mut conn, batch).await.unwrap();
        assert_eq!((left[0].why, left[0].amount), (Why::AboveLargest, Rial::new(2_535_000)));
        scene.is_whole().await;
    }

    async fn a_payee_that_ended_since_stops_the_approval_and_is_named(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        scene.payee(maker, PayeeKind::Proxy, &scene.stage.bob, &scene.approver).await;
        let path = format!("/payouts/{batch}/approval");
        let reply = scene.stage.post(Some(&scene.approver), &path, &[]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("مینا نمونه"), "{}", reply.body);
        // The new payee rests, and then gets a batch of its own.
        scene.stage.write(&scene.stage.alice, WithdrawPayouts { batch }).await.unwrap();
        bench.pass_days(3);
        let next = scene.prepare(Method::Bank).await;
        scene.approve(next).await;
        scene.is_whole().await;
    }

    async fn machines_set_the_paying_account_or_are_told_what_is_wrong(bench: Bench) {
        let scene = scene(&bench).await;
        let put = |body: serde_json::Value| {
            axum::http::Request::put("/api/v1/paying-account").header("content-type", "application/json")
                .header("idempotency-key", Uuid::now_v7().to_string()).body(axum::body::Body::from(body.to_string())).unwrap()
        };
        let good = serde_json::json!({ "holder_name": "صندوق شهر", "sheba": SHEBA });
        assert_eq!(scene.stage.send(Some(&scene.stage.alice), put(good.clone())).await.status, 403);
        for (body, pointer) in [
            (serde_json::json!({ "holder_name": "", "sheba": SHEBA }), "/holder_name"),
            (serde_json::json!({ "holder_name": "صندوق", "sheba": "IR12" }), "/sheba"),
        ] {
            let reply = scene.stage.send(Some(&scene.approver), put(body)).await;
            assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some(pointer)));
        }
        assert_eq!(scene.stage.send(Some(&scene.approver), put(good)).await.status, 201);
        let seen = scene.stage.get(Some(&scene.stage.alice), "/api/v1/paying-account").await.json();
        assert_eq!((seen["holder_name"].as_str(), seen["sheba"].as_str()), (Some("صندوق شهر"), Some(SHEBA)));
    }
}
