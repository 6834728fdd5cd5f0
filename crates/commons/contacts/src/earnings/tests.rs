use access::Role;
use access::cast::Stage;
use db::{Result, Tx, Write, sql};
use money::Rial;
use persian::Date;
use serde::Serialize;
use testing::both;
use uuid::Uuid;

use super::*;
use crate::ContactId;
use crate::tests::contact;

#[derive(Serialize)]
struct Record(ContactId, Uuid, i64, Date);

impl Write for Record {
    const NAME: &'static str = "record_earning";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        record(tx, self.0, self.1, Rial::new(self.2), self.3).await
    }
}

#[derive(Serialize)]
struct TakeBack(Uuid, Date);

impl Write for TakeBack {
    const NAME: &'static str = "take_back_earning";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        take_back(tx, self.0, self.1).await
    }
}

#[derive(Serialize)]
struct Rewrite;

impl Write for Rewrite {
    const NAME: &'static str = "rewrite_earning";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        sql("UPDATE earning SET amount = amount + 1")
            .execute(tx)
            .await
    }
}

both! {
    async fn a_paid_line_counts_once_and_is_never_changed(bench: Bench) {
        let stage =
            Stage::open(&bench, vec![access::room(), crate::room()], &[Role::CaseWorker]).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        let day = |text: &str| text.parse::<Date>().unwrap();
        let line = Uuid::now_v7();
        let alice = &stage.alice;
        stage.write(alice, Record(id, line, 700_000, day("2026-10-01"))).await.unwrap();
        stage.write(alice, Record(id, line, 700_000, day("2026-10-01"))).await.unwrap();
        stage.write(alice, Record(id, Uuid::now_v7(), 300_000, day("2026-11-01"))).await.unwrap();
        let none = stage.write(alice, Record(id, Uuid::now_v7(), 0, day("2026-11-01"))).await;
        assert!(matches!(none, Err(db::Error::Check(name)) if name == "ck_earning_amount"));
        assert!(stage.write(alice, Rewrite).await.is_err());
        let mut conn = bench.db.read().await.unwrap();
        let sum = between(&mut conn, id, day("2026-10-01"), day("2026-11-01")).await.unwrap();
        assert_eq!(sum, Rial::new(1_000_000));
        let october = between(&mut conn, id, day("2026-10-01"), day("2026-10-31")).await.unwrap();
        assert_eq!(october, Rial::new(700_000));
        assert_eq!(first_day(&mut conn, id).await.unwrap(), Some(day("2026-10-01")));
        // What the bank sent back was not earned, however often it says so.
        for gone in [line, line, Uuid::now_v7()] {
            stage.write(alice, TakeBack(gone, day("2026-10-05"))).await.unwrap();
        }
        let left = between(&mut conn, id, day("2026-10-01"), day("2026-11-01")).await.unwrap();
        assert_eq!(left, Rial::new(300_000));
        assert_eq!(first_day(&mut conn, id).await.unwrap(), Some(day("2026-11-01")));
    }
}
