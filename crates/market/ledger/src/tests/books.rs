use proptest::prelude::*;
use testing::both;

use super::*;
use crate::books::pair;

proptest! {
    #[test]
    fn the_shares_of_any_price_sum_to_it(paid in 0_i64..i64::MAX / 2, vat in 0_u32..=10_000, commission in 0_u32..=10_000) {
        let shares = Shares::of(Rial::new(paid), points(vat), points(commission)).unwrap();
        let parts = [shares.net, shares.commission, shares.vat];
        prop_assert!(parts.iter().all(|part| !part.is_negative()));
        prop_assert_eq!(parts.iter().map(|part| part.get()).sum::<i64>(), paid);
    }

    #[test]
    fn transfers_carry_every_rial_of_both_sides(parts in prop::collection::vec(0_i64..1_000_000, 1..12), cut in 0_usize..100) {
        let total: i64 = parts.iter().sum();
        let account = |name: &str| Account::of_city(AccountKind::Suspense, None, name);
        let first = total * i64::try_from(cut).unwrap() / 100;
        let debits = [(account("cash"), Rial::new(first)), (account("card"), Rial::new(total - first))];
        let credits: Vec<_> = parts.iter().enumerate().map(|(at, part)| (account(&at.to_string()), Rial::new(*part))).collect();
        let transfers = pair(&debits, &credits);
        prop_assert!(transfers.iter().all(|transfer| transfer.amount > Rial::ZERO));
        for (account, amount) in debits.iter().chain(&credits) {
            let moved: i64 = transfers.iter()
                .filter(|transfer| transfer.debit == *account || transfer.credit == *account)
                .map(|transfer| transfer.amount.get()).sum();
            prop_assert_eq!(moved, amount.get());
        }
    }
}

both! {
    async fn a_sale_is_owed_to_its_maker_and_the_books_balance(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("گلنار").await;
        scene.sell(maker, 1_100_000).await;
        let totals = scene.totals().await;
        // 100,000 is tax; 15.5% of the rest is the shop's.
        assert_eq!(totals.payables, Rial::new(845_000));
        assert_eq!((totals.debits, totals.credits), (Rial::new(1_100_000), Rial::new(1_100_000)));
        scene.is_whole().await;
    }

    async fn the_books_hold_at_every_moment_of_a_long_story(bench: Bench) {
        let scene = scene(&bench).await;
        let makers = [scene.paid_maker("مینا").await, scene.paid_maker("سارا").await, scene.maker("لاله").await];
        let mut sold = Vec::new();
        let mut chance = 7_u64;
        let mut next = |below: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % below
        };
        for _ in 0..25 {
            match next(6) {
                0..=2 => {
                    let maker = makers[next(3) as usize];
                    let sale = scene.sale_of(maker, 50_000 + next(1_000_000) as i64);
                    let accrual = scene.stage.write(&scene.stage.alice, sale.clone()).await.unwrap();
                    sold.push((sale, accrual));
                }
                3 if !sold.is_empty() => {
                    let (sale, accrual) = sold.swap_remove(next(sold.len() as u64) as usize);
                    let back = Sell { quantity: -1, corrects: Some(accrual), ..sale };
                    scene.stage.write(&scene.stage.alice, back).await.unwrap();
                }
                4 => {
                    let seal = SealStatements { run: Uuid::now_v7(), from: None, until: scene.today(), contact: None };
                    let _ = scene.stage.write(&scene.stage.alice, seal).await;
                }
                _ => {
                    let id = BatchId::new(Uuid::now_v7());
                    let prepare = PreparePayouts { id, method: Method::Bank, profile: bank::Profile::Csv, pay_on: scene.today() };
                    if scene.stage.write(&scene.stage.alice, prepare).await.is_ok() {
                        scene.approve(id).await;
                    }
                }
            }
            scene.is_whole().await;
        }
    }

    async fn many_sales_at_once_lose_no_rial(bench: Bench) {
        let scene = scene(&bench).await;
        let makers = [scene.maker("مینا").await, scene.maker("سارا").await];
        let tasks: Vec<_> = (0..20).map(|at| {
            let (db, sale) = (bench.db.clone(), scene.sale_of(makers[at % 2], 100_000));
            tokio::spawn(async move { db.write(&db::Origin::program("test"), sale).await })
        }).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(scene.totals().await.debits, Rial::new(2_000_000));
        scene.is_whole().await;
    }

    async fn sealing_while_selling_puts_each_line_in_one_statement(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("گلنار").await;
        scene.sell(maker, 100_000).await;
        let tasks: Vec<_> = (0..12).map(|_| {
            let (db, sale) = (bench.db.clone(), scene.sale_of(maker, 100_000));
            tokio::spawn(async move { db.write(&db::Origin::program("test"), sale).await })
        }).collect();
        for _ in 0..3 {
            let seal = SealStatements { run: Uuid::now_v7(), from: None, until: scene.today(), contact: None };
            let _ = scene.stage.write(&scene.stage.alice, seal).await;
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let last = SealStatements { run: Uuid::now_v7(), from: None, until: scene.today(), contact: None };
        let _ = scene.stage.write(&scene.stage.alice, last).await;
        let mut conn = bench.db.read().await.unwrap();
        let statements = statements::of_contact(&mut conn, maker).await.unwrap();
        assert_eq!(statements.iter().map(|one| one.lines).sum::<i64>(), 13);
        assert_eq!(statements[0].closing, scene.totals().await.payables);
        for pair in statements.windows(2) {
            assert_eq!(pair[0].opening, pair[1].closing);
        }
        scene.is_whole().await;
    }

    async fn a_statement_cannot_end_in_the_future_or_be_empty(bench: Bench) {
        let scene = scene(&bench).await;
        let until = scene.today().succ_opt().unwrap();
        let ahead = SealStatements { run: Uuid::now_v7(), from: None, until, contact: None };
        let refused = scene.stage.write(&scene.stage.alice, ahead).await.unwrap_err();
        assert!(refused.to_string().contains("statement_period_ahead"));
        let empty = SealStatements { run: Uuid::now_v7(), from: None, until: scene.today(), contact: None };
        let refused = scene.stage.write(&scene.stage.alice, empty).await.unwrap_err();
        assert!(refused.to_string().contains("statement_nothing_to_seal"));
    }

    async fn parts_that_do_not_sum_never_reach_the_table(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.maker("گلنار").await;
        #[derive(Serialize)]
        struct Spoil { maker: ContactId, place: PlaceId }
        impl Write for Spoil {
            const NAME: &'static str = "spoil";
            type Out = ();
            async fn run(&self, tx: &mut Tx) -> Result<()> {
                let id = tx.new_id();
                let shares = Shares { paid: Rial::new(100), vat: Rial::new(10), commission: Rial::new(10), net: Rial::new(79) };
                let line = Accrual { id, line: id, corrects: None, contact: self.maker, lot: id, lot_code: "x".into(),
                    agreement: id, item_fa: "x".into(), item_en: "x".into(), quantity: 1, unit_price: Rial::new(100),
                    vat: points(0), commission: points(0), shares };
                accrue(tx, Accrue { kind: AccrualKind::Sale, sale: id, source: id, place: self.place.get(), device: "1".into(),
                    day: tx.today(), lines: vec![line], tenders: vec![(TenderKind::Cash, Rial::new(99))] }).await
            }
        }
        let spoiled = scene.stage.write(&scene.stage.alice, Spoil { maker, place: scene.shop }).await.unwrap_err();
        assert!(matches!(&spoiled, db::Error::Check(name) if name == "ck_accrual_parts"), "{spoiled}");
        assert_eq!(scene.totals().await.debits, Rial::ZERO);
    }
}
