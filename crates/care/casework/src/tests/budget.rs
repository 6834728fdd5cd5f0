use access::Role;
use access::cast::broken;
use money::Rial;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::budget::{self, BudgetLineId};

/// Promises an amount, as an approval does.
#[derive(serde::Serialize)]
struct Promise {
    line: BudgetLineId,
    amount: Rial,
}

impl db::Write for Promise {
    const NAME: &'static str = "promise";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        budget::commit(tx, self.line, self.amount, Uuid::now_v7()).await
    }
}

both! {
    async fn many_promises_at_once_never_pass_the_grant(bench: Bench) {
        let scene = Scene::registered(&bench).await;
        let grant = budget::GrantBudget { code: "tools".into(), amount: Rial::new(1_000) };
        scene.stage.write(&scene.stage.alice, grant).await.unwrap();
        let lines = budget::list(&mut scene.stage.city.db.read().await.unwrap()).await.unwrap();
        let line = lines.iter().find(|line| line.code == "tools").unwrap().id;
        let tasks: Vec<_> = (0..20).map(|_| {
            let db = scene.stage.city.db.clone();
            tokio::spawn(async move {
                let promise = Promise { line, amount: Rial::new(300) };
                db.write(&db::Origin::program("test"), promise).await.is_ok()
            })
        }).collect();
        let mut kept = 0;
        for task in tasks {
            kept += i32::from(task.await.unwrap());
        }
        assert_eq!(kept, 3);
        let lines = budget::list(&mut scene.stage.city.db.read().await.unwrap()).await.unwrap();
        let line = lines.iter().find(|line| line.code == "tools").unwrap();
        assert_eq!((line.committed, line.left()), (Rial::new(900), Rial::new(100)));
    }

    async fn money_that_no_package_or_movement_explains_is_found(bench: Bench) {
        let (scene, _) = Scene::planned(&bench).await;
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), Vec::<String>::new());
        drop(conn);
        scene.stage.tamper("UPDATE budget_line SET committed = 7 WHERE code = 'tools'").await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), ["H5"]);
    }

    async fn the_administrator_adds_money_and_others_only_look(bench: Bench) {
        let scene = Scene::registered(&bench).await;
        let stage = &scene.stage;
        let boss = stage.add("boss", stage.home, &[Role::Administrator]).await;
        let fields = [("budget_line", "tools"), ("budget_amount", "۵۰۰ میلیون تومان")];
        assert_eq!(scene.post(&stage.alice, "/budget", &fields).await.status, 403);
        assert_eq!(scene.post(&boss, "/budget", &fields).await.status, 303);
        for amount in ["", "-5", "0", "abc", "99999999999999999"] {
            let reply = scene.post(&boss, "/budget", &[("budget_line", "tools"), ("budget_amount", amount)]).await;
            assert_eq!(reply.status, 422, "{amount}");
        }
        let unknown = [("budget_line", "gold"), ("budget_amount", "5")];
        assert_eq!(scene.post(&boss, "/budget", &unknown).await.status, 404);
        assert!(scene.page(&stage.alice, "/budget").await.contains("۵۰۰٬۰۰۰٬۰۰۰"));
    }
}
