use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::Town;
use crate::ranges;

both! {
    async fn a_figure_outside_its_range_is_told_and_one_of_few_is_not(bench: Bench) {
        let town = Town::open(&bench).await;
        let today = bench.db.clock().today();
        let set = async |actor, code: &str, least: Option<i64>, most: Option<i64>| {
            let body = json!({ "id": Uuid::now_v7(), "code": code, "least": least, "most": most, "reason": "قرار" });
            town.stage.send_json(Some(actor), "POST", "/api/v1/figures/ranges", &body).await.status.as_u16()
        };
        let outside = async || -> Vec<String> {
            let mut conn = bench.db.read().await.unwrap();
            let found = ranges::out_of_range(&mut conn, today).await.unwrap();
            found.into_iter().map(|one| one.definition.code).collect()
        };
        assert_eq!(set(&town.observer, "reached", Some(1), None).await, 403);
        assert_eq!(set(&town.secretary, "nothing", Some(1), None).await, 404);
        assert_eq!(set(&town.secretary, "reached", Some(9), Some(3)).await, 422);
        assert_eq!(set(&town.secretary, "reached", Some(30), Some(40)).await, 201);
        // Two of 100,000 rials each would be outside; but two people stand behind it.
        assert_eq!(set(&town.secretary, "paid_to_makers", Some(1_000_000), None).await, 201);
        assert_eq!(outside().await, Vec::<String>::new());
        assert_eq!(set(&town.secretary, "reached", Some(36), None).await, 201);
        assert_eq!(outside().await, ["reached"]);
        let page = town.stage.get(Some(&town.observer), "/figures/reached").await;
        assert!(page.body.contains("بیرون از محدوده"), "{}", page.body);
        // Without bounds it may be anything again.
        assert_eq!(set(&town.secretary, "reached", None, None).await, 201);
        assert_eq!(outside().await, Vec::<String>::new());
        for lang in ["fa", "en"] {
            let path = format!("/figures/reached/range?lang={lang}");
            let page = town.stage.get(Some(&town.secretary), &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let wrong = [("least", "۹"), ("most", "۳"), ("reason", "x")];
        let reply = town.stage.post(Some(&town.secretary), "/figures/reached/range", &wrong).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("کمترین از بیشترین بزرگ‌تر است"), "{}", reply.body);
        let right = [("least", ""), ("most", "۳۰"), ("reason", "قرار کمیته")];
        assert_eq!(town.stage.post(Some(&town.secretary), "/figures/reached/range", &right).await.status, 303);
        assert_eq!(outside().await, ["reached"]);
    }
}
