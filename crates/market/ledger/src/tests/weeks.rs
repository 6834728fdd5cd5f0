//! Statements for any period, and the week that seals itself.

use testing::both;

use super::*;

impl Scene {
    async fn statements_of(&self, maker: ContactId) -> Vec<Statement> {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let mut all = statements::of_contact(&mut conn, maker).await.unwrap();
        all.reverse();
        all
    }
}

both! {
    async fn a_week_seals_itself_on_saturday_and_plans_the_next(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.stage.write(&scene.stage.alice, Plan {}).await.unwrap();
        let friday = scene.today().iter_days().nth(4).unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let waiting = "SELECT payload FROM job WHERE kind = 'seal_week' AND state = 'waiting' ORDER BY id";
        let payload = |rows: Vec<db::Row>| rows.iter().map(|row| row.get::<serde_json::Value>("payload").unwrap()).collect::<Vec<_>>();
        let jobs = payload(db::sql(waiting).rows(&mut conn).await.unwrap());
        assert_eq!(jobs, [serde_json::json!({ "until": friday })]);
        // Saturday: what was sold until Friday is sealed, what is sold on Saturday waits.
        bench.pass_days(5);
        scene.sell(maker, 1_100_000).await;
        for _ in 0..2 {
            statements::week::seal_week(scene.stage.city.clone(), jobs[0].clone()).await.unwrap();
        }
        let sealed = scene.statements_of(maker).await;
        assert_eq!(sealed.iter().map(|one| (one.until_on, one.lines)).collect::<Vec<_>>(), [(friday, 1)]);
        let jobs = payload(db::sql(waiting).rows(&mut conn).await.unwrap());
        assert_eq!(jobs.last().unwrap()["until"], serde_json::json!(friday.iter_days().nth(7).unwrap()));
        scene.is_whole().await;
    }

    async fn a_statement_can_begin_on_a_day_and_be_for_one_maker(bench: Bench) {
        let scene = scene(&bench).await;
        let (maker, other) = (scene.paid_maker("مینا").await, scene.paid_maker("سارا").await);
        let first = scene.today().pred_opt().unwrap();
        for maker in [maker, other] {
            let earlier = Sell { day: first, ..scene.sale_of(maker, 1_100_000) };
            scene.stage.write(&scene.stage.alice, earlier).await.unwrap();
            scene.sell(maker, 2_200_000).await;
        }
        let mut conn = bench.db.read().await.unwrap();
        let code = contacts::get(&mut conn, maker).await.unwrap().handle;
        let day = |day: Date| persian::Jalali::from(day).to_string();
        let (from, until) = (day(scene.today()), day(scene.today()));
        let alice = Some(&scene.stage.alice);
        for (from, maker) in [(&*day(scene.today().succ_opt().unwrap()), &*code), (&*from, "M-00000"), ("x", "")] {
            let fields = [("from", from), ("until", &*until), ("maker", maker)];
            assert_eq!(scene.stage.post(alice, "/statements", &fields).await.status, 422, "{fields:?}");
        }
        let fields = [("from", &*from), ("until", &*until), ("maker", &*code)];
        let reply = scene.stage.post(alice, "/statements", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let sealed = scene.statements_of(maker).await;
        assert_eq!(sealed.iter().map(|one| (one.from_on, one.paid)).collect::<Vec<_>>(), [(scene.today(), Rial::new(2_200_000))]);
        assert_eq!(scene.statements_of(other).await, []);
        // What lies before the first day is not lost: the next run without one takes it.
        scene.seal().await;
        let sealed = scene.statements_of(maker).await;
        assert_eq!((sealed[1].from_on, sealed[1].paid), (first, Rial::new(1_100_000)));
        scene.is_whole().await;
    }
}

#[derive(Serialize)]
struct Plan {}

impl Write for Plan {
    const NAME: &'static str = "plan_for_test";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        plan_week(tx).await
    }
}
