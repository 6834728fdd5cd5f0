use payouts::{Imported, PayoutState, ResultLine, ResultStatus};
use testing::both;

use super::*;

pub(super) fn line(payout: &payouts::Payout, status: ResultStatus) -> ResultLine {
    ResultLine {
        reference: payout.reference.clone(),
        amount: Some(payout.amount),
        status,
        reason: if status == ResultStatus::Paid {
            String::new()
        } else {
            "حساب بسته است".into()
        },
        bank_reference: "1".into(),
        day: None,
    }
}

both! {
    async fn a_failed_payment_is_payable_again_exactly_once_and_paid_next_time(bench: Bench) {
        let scene = scene(&bench).await;
        let makers = [scene.paid_maker("مینا").await, scene.paid_maker("سارا").await];
        for maker in makers {
            scene.sell(maker, 1_100_000).await;
        }
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        assert_eq!(scene.totals().await.payouts_pending, Rial::new(1_690_000));
        let payouts = scene.payouts(batch).await;
        let lines = vec![line(&payouts[0], ResultStatus::Paid), line(&payouts[1], ResultStatus::Failed)];
        let imported = scene.answer(batch, lines.clone()).await;
        assert_eq!((imported.paid, imported.failed), (1, 1));
        // The same file, and the same failure in another file, change nothing.
        assert!(scene.answer(batch, lines).await.is_repeat);
        let again = scene.answer(batch, vec![line(&payouts[1], ResultStatus::Failed)]).await;
        assert_eq!(again, Imported { unchanged: 1, ..Imported::default() });
        let totals = scene.totals().await;
        assert_eq!((totals.payables, totals.payouts_confirmed), (Rial::new(845_000), Rial::new(845_000)));
        scene.is_whole().await;
        let next = scene.at_the_bank().await;
        let retried = scene.payouts(next).await;
        assert_eq!(retried.len(), 1);
        assert_eq!(retried[0].contact_id, payouts[1].contact_id);
        assert_ne!(retried[0].reference, payouts[1].reference);
        scene.answer(next, vec![line(&retried[0], ResultStatus::Paid)]).await;
        let totals = scene.totals().await;
        assert_eq!((totals.payables, totals.payouts_pending), (Rial::ZERO, Rial::ZERO));
        assert_eq!(totals.payouts_confirmed, Rial::new(1_690_000));
        let mut conn = bench.db.read().await.unwrap();
        for maker in makers {
            let day = scene.today();
            assert_eq!(contacts::earnings::between(&mut conn, maker, day, day).await.unwrap(), Rial::new(845_000));
        }
        scene.is_whole().await;
    }

    async fn a_late_return_reopens_a_confirmed_payment(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        let payout = scene.payouts(batch).await.remove(0);
        scene.answer(batch, vec![line(&payout, ResultStatus::Paid)]).await;
        let late = scene.answer(batch, vec![line(&payout, ResultStatus::Returned)]).await;
        assert_eq!(late.returned, 1);
        let totals = scene.totals().await;
        assert_eq!((totals.payables, totals.payouts_confirmed), (Rial::new(845_000), Rial::ZERO));
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::Returned);
        // What came back was not earned, and she is told.
        let mut conn = bench.db.read().await.unwrap();
        let day = scene.today();
        assert_eq!(contacts::earnings::between(&mut conn, maker, day, day).await.unwrap(), Rial::ZERO);
        let told: Vec<String> = db::sql("SELECT template AS value FROM notice ORDER BY id").scalars(&mut conn).await.unwrap();
        assert_eq!(told, ["paid", "returned"]);
        scene.is_whole().await;
        assert_eq!(scene.payouts(scene.prepare(Method::Bank).await).await.len(), 1);
    }

    async fn whoever_prepares_cannot_approve(bench: Bench) {
        let scene = scene(&bench).await;
        let both_hands = scene.stage.add("both", scene.stage.home, &[Role::FinanceOfficer, Role::FinanceApprover]).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let id = BatchId::new(Uuid::now_v7());
        let prepare = PreparePayouts { id, method: Method::Bank, profile: bank::Profile::Csv, pay_on: scene.today() };
        scene.stage.write(&both_hands, prepare).await.unwrap();
        let refused = scene.stage.write(&both_hands, ApprovePayouts { batch: id }).await.unwrap_err();
        assert!(refused.to_string().contains("payout_same_hand"), "{refused}");
        let path = format!("/payouts/{id}/approval");
        let reply = scene.stage.post(Some(&both_hands), &path, &[]).await;
        assert_eq!(reply.status, 422);
        scene.approve(id).await;
        let twice = scene.stage.write(&scene.approver, ApprovePayouts { batch: id }).await.unwrap_err();
        assert!(twice.to_string().contains("payout_wrong_state"), "{twice}");
        scene.is_whole().await;
    }

    async fn whoever_changed_a_payee_cannot_approve_a_payment_to_it(bench: Bench) {
        let scene = scene(&bench).await;
        let other = scene.stage.add("other", scene.stage.home, &[Role::FinanceApprover]).await;
        let maker = scene.maker("مینا").await;
        scene.payee(maker, PayeeKind::Proxy, &scene.approver, &other).await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        let refused = scene.stage.write(&scene.approver, ApprovePayouts { batch }).await.unwrap_err();
        assert!(refused.to_string().contains("payout_changed_payee"), "{refused}");
        scene.stage.write(&other, ApprovePayouts { batch }).await.unwrap();
    }

    async fn two_batches_at_once_never_pay_a_statement_twice(bench: Bench) {
        let scene = scene(&bench).await;
        for name in ["مینا", "سارا", "لاله"] {
            let maker = scene.paid_maker(name).await;
            scene.sell(maker, 1_100_000).await;
        }
        scene.seal().await;
        let tasks: Vec<_> = (0..4).map(|_| {
            let (db, user, day) = (bench.db.clone(), scene.stage.alice.id, scene.today());
            tokio::spawn(async move {
                let id = BatchId::new(Uuid::now_v7());
                let prepare = PreparePayouts { id, method: Method::Bank, profile: bank::Profile::Csv, pay_on: day };
                db.write(&db::Origin::user(user, "alice"), prepare).await.is_ok()
            })
        }).collect();
        let mut good = 0;
        for task in tasks {
            good += i32::from(task.await.unwrap());
        }
        assert_eq!(good, 1);
        scene.is_whole().await;
    }

    async fn a_withdrawn_batch_frees_its_statements(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        scene.stage.write(&scene.stage.alice, WithdrawPayouts { batch }).await.unwrap();
        let refused = scene.stage.write(&scene.approver, ApprovePayouts { batch }).await.unwrap_err();
        assert!(refused.to_string().contains("payout_wrong_state"), "{refused}");
        let next = scene.prepare(Method::Bank).await;
        assert_eq!(scene.payouts(next).await.len(), 1);
        scene.is_whole().await;
    }

    async fn the_bank_file_has_the_same_bytes_each_time(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        let first = scene.export(batch).await;
        bench.pass_days(3);
        let mut conn = bench.db.read().await.unwrap();
        let second = payouts::write_file(&mut conn, &scene.stage.city.keys, batch).await.unwrap().bytes;
        assert_eq!(first, second);
        let orders = bank::Profile::Paya.read_orders(&first).unwrap();
        assert_eq!(orders[0].sheba, SHEBA);
        assert!(orders[0].reference.len() <= 35);
    }

    async fn a_counter_payment_needs_a_witness_who_is_another(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("لاله").await;
        scene.payee(maker, PayeeKind::Counter, &scene.stage.bob, &scene.approver).await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Counter).await;
        scene.approve(batch).await;
        let payout = scene.payouts(batch).await.remove(0);
        let path = format!("/payments/{}/confirmation", payout.id);
        let alice = Some(&scene.stage.alice);
        for wrong in ["", "alice", "nobody-here"] {
            let reply = scene.stage.post(alice, &path, &[("witness", wrong)]).await;
            assert_eq!(reply.status, 422, "{wrong}");
        }
        assert_eq!(scene.stage.get(alice, &format!("/payouts/{batch}/sheet")).await.status, 200);
        let reply = scene.stage.post(alice, &path, &[("witness", "bob")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let totals = scene.totals().await;
        assert_eq!((totals.payables, totals.payouts_confirmed), (Rial::ZERO, Rial::new(845_000)));
        scene.is_whole().await;
    }

    async fn who_does_not_come_to_the_counter_is_owed_it_again(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("لاله").await;
        scene.payee(maker, PayeeKind::Counter, &scene.stage.bob, &scene.approver).await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Counter).await;
        scene.approve(batch).await;
        let payout = scene.payouts(batch).await.remove(0);
        let fail = || FailCounterPayout { payout: payout.id, reason: "نیامد".into() };
        scene.stage.write(&scene.stage.alice, fail()).await.unwrap();
        assert!(scene.stage.write(&scene.stage.alice, fail()).await.is_err());
        assert_eq!(scene.totals().await.payables, Rial::new(845_000));
        scene.is_whole().await;
    }

    async fn a_result_with_another_amount_or_reference_is_refused_whole(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.at_the_bank().await;
        let payout = scene.payouts(batch).await.remove(0);
        let good = line(&payout, ResultStatus::Paid);
        let other_amount = ResultLine { amount: Some(Rial::new(1)), ..good.clone() };
        let other_reference = ResultLine { reference: "X".into(), ..good.clone() };
        for bad in [other_amount, other_reference] {
            let import = ImportResult { id: Uuid::now_v7(), batch, digest: vec![1], lines: vec![good.clone(), bad] };
            assert!(scene.stage.write(&scene.stage.alice, import).await.is_err());
        }
        assert_eq!(scene.payouts(batch).await[0].state, PayoutState::InTransit);
        scene.is_whole().await;
    }
}
