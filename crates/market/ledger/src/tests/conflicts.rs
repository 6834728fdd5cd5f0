//! The bank contradicts itself: nobody is paid twice, and nothing is lost.

use payouts::{PayoutState, ResultLine, ResultStatus};
use testing::both;

use super::paying::line;
use super::*;

fn numbered(payout: &payouts::Payout, status: ResultStatus, number: &str) -> ResultLine {
    ResultLine {
        bank_reference: number.into(),
        ..line(payout, status)
    }
}

impl Scene {
    async fn earned(&self, maker: ContactId) -> Rial {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let day = self.today();
        contacts::earnings::between(&mut conn, maker, day, day)
            .await
            .unwrap()
    }

    async fn conflicts(&self, batch: BatchId) -> Vec<payouts::Conflict> {
        let mut conn = self.stage.city.db.read().await.unwrap();
        payouts::conflicts_of(&mut conn, batch).await.unwrap()
    }

    /// One maker, her payout at the bank.
    async fn one_at_the_bank(&self) -> (ContactId, BatchId, payouts::Payout) {
        let maker = self.paid_maker("مینا").await;
        self.sell(maker, 1_100_000).await;
        self.seal().await;
        let batch = self.at_the_bank().await;
        let payout = self.payouts(batch).await.remove(0);
        (maker, batch, payout)
    }

    async fn prepared(&self) -> Result<payouts::Prepared> {
        let prepare = PreparePayouts {
            id: BatchId::new(Uuid::now_v7()),
            method: Method::Bank,
            profile: bank::Profile::Csv,
            pay_on: self.today(),
        };
        self.stage.write(&self.stage.alice, prepare).await
    }
}

both! {
    async fn what_the_bank_paid_after_all_is_not_paid_again(bench: Bench) {
        let scene = scene(&bench).await;
        let (maker, batch, payout) = scene.one_at_the_bank().await;
        for (first, number) in [(ResultStatus::Failed, "1"), (ResultStatus::Paid, "2")] {
            scene.answer(batch, vec![numbered(&payout, first, number)]).await;
            scene.is_whole().await;
        }
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::Confirmed);
        assert_eq!(scene.earned(maker).await, Rial::new(845_000));
        let totals = scene.totals().await;
        assert_eq!((totals.payables, totals.payouts_confirmed), (Rial::ZERO, Rial::new(845_000)));
        assert!(scene.prepared().await.is_err(), "nothing is left to pay");
        // Old news under its old number changes nothing; a new return does, once.
        let old = scene.answer(batch, vec![numbered(&payout, ResultStatus::Failed, "1"), line(&payout, ResultStatus::Paid)]).await;
        assert_eq!((old.unchanged, old.conflicts), (2, 0));
        let back = scene.answer(batch, vec![numbered(&payout, ResultStatus::Returned, "3")]).await;
        assert_eq!(back.returned, 1);
        assert_eq!(scene.earned(maker).await, Rial::ZERO);
        scene.is_whole().await;
        // It was reopened once; the next contradiction waits for somebody.
        let again = scene.answer(batch, vec![numbered(&payout, ResultStatus::Paid, "4")]).await;
        assert_eq!((again.paid, again.conflicts), (0, 1));
        scene.is_whole().await;
    }

    async fn a_returned_payment_that_arrived_after_all_counts_once(bench: Bench) {
        let scene = scene(&bench).await;
        let (maker, batch, payout) = scene.one_at_the_bank().await;
        for (status, number) in [(ResultStatus::Paid, "1"), (ResultStatus::Returned, "2"), (ResultStatus::Paid, "3")] {
            scene.answer(batch, vec![numbered(&payout, status, number)]).await;
            scene.is_whole().await;
        }
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::Confirmed);
        assert_eq!(scene.earned(maker).await, Rial::new(845_000));
    }

    async fn a_contradiction_that_cannot_be_followed_stays_open_until_somebody_looked(bench: Bench) {
        let scene = scene(&bench).await;
        let (_, batch, payout) = scene.one_at_the_bank().await;
        scene.answer(batch, vec![line(&payout, ResultStatus::Failed)]).await;
        let next = scene.prepare(Method::Bank).await;
        // Her statement is in another batch: the money may be out twice.
        let late = scene.answer(batch, vec![numbered(&payout, ResultStatus::Paid, "9")]).await;
        assert_eq!((late.paid, late.unchanged, late.conflicts), (0, 0, 1));
        scene.is_whole().await;
        let refused = scene.stage.write(&scene.approver, ApprovePayouts { batch: next }).await.unwrap_err();
        assert!(refused.to_string().contains("payout_in_doubt"), "{refused}");
        for lang in ["fa", "en"] {
            let page = scene.stage.get(Some(&scene.stage.alice), &format!("/payouts/{batch}?lang={lang}")).await.body;
            assert!(page.contains("/payout-conflicts/"), "the conflict is shown on its batch");
            assert_eq!(web::inspect::faults(&page), Vec::<String>::new());
            let list = scene.stage.get(Some(&scene.stage.alice), &format!("/payouts?lang={lang}")).await.body;
            assert!(list.contains(&format!("/payouts/{batch}")));
        }
        let conflict = scene.conflicts(batch).await.remove(0).id;
        let resolve = |outcome: &str, note: &str| {
            (format!("outcome_{conflict}"), outcome.to_owned(), format!("note_{conflict}"), note.to_owned())
        };
        let path = format!("/payout-conflicts/{conflict}/resolution");
        let post = async |(a, b, c, d): (String, String, String, String), actor| {
            scene.stage.post(Some(actor), &path, &[(&a, &b), (&c, &d)]).await.status.as_u16()
        };
        assert_eq!(post(resolve("paid_after_all", "پرداخت شده"), &scene.approver).await, 403);
        assert_eq!(post(resolve("", ""), &scene.stage.alice).await, 422);
        // Not while another payout has her statement.
        assert_eq!(post(resolve("paid_after_all", "پرداخت شده"), &scene.stage.alice).await, 422);
        scene.stage.write(&scene.stage.alice, WithdrawPayouts { batch: next }).await.unwrap();
        assert!(scene.prepared().await.is_err(), "she is in doubt");
        assert_eq!(post(resolve("paid_after_all", "پرداخت شده"), &scene.stage.alice).await, 303);
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::Confirmed);
        assert_eq!(scene.totals().await.payables, Rial::ZERO);
        assert_eq!(post(resolve("explained", "دوباره"), &scene.stage.alice).await, 422);
        scene.is_whole().await;
    }

    async fn machines_see_and_settle_a_conflict(bench: Bench) {
        let scene = scene(&bench).await;
        let (_, batch, payout) = scene.one_at_the_bank().await;
        scene.answer(batch, vec![line(&payout, ResultStatus::Failed)]).await;
        scene.prepare(Method::Bank).await;
        scene.answer(batch, vec![numbered(&payout, ResultStatus::Paid, "9")]).await;
        let alice = Some(&scene.stage.alice);
        let seen = scene.stage.get(alice, &format!("/api/v1/payouts/{batch}")).await.json();
        let conflict = &seen["conflicts"][0];
        assert_eq!((conflict["status"].as_str(), conflict["state"].as_str()), (Some("paid"), Some("open")));
        let path = format!("/api/v1/payout-conflicts/{}/resolution", conflict["id"].as_str().unwrap());
        for (body, status, pointer) in [
            (serde_json::json!({ "outcome": "explained", "note": "" }), 422, "/note"),
            (serde_json::json!({ "outcome": "open", "note": "x" }), 409, "/outcome"),
            (serde_json::json!({ "outcome": "explained", "note": "بانک اشتباه کرد" }), 201, ""),
        ] {
            let request = axum::http::Request::post(&path).header("content-type", "application/json")
                .header("idempotency-key", Uuid::now_v7().to_string()).body(axum::body::Body::from(body.to_string())).unwrap();
            let reply = scene.stage.send(alice, request).await;
            assert_eq!(reply.status, status, "{}", reply.body);
            if !pointer.is_empty() {
                assert_eq!(reply.json()["errors"][0]["pointer"], pointer);
            }
        }
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::Failed);
        scene.is_whole().await;
    }
}
