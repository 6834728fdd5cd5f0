use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::Town;
use crate::figures::CODES;
use crate::{CorrectValue, TakeValues};

both! {
    async fn the_public_sees_what_was_published_and_no_small_cell(bench: Bench) {
        let town = Town::open(&bench).await;
        let before = town.stage.get(None, "/api/v1/statistics").await;
        assert_eq!((before.status.as_u16(), before.json()["items"].as_array().unwrap().len()), (200, 0));
        town.stage.write(&town.secretary, TakeValues {}).await.unwrap();
        let items = town.stage.get(None, "/api/v1/statistics").await.json();
        let items = items["items"].as_array().unwrap();
        assert_eq!(items.len(), CODES.len());
        let of = |code: &str| items.iter().find(|item| item["definition"]["code"] == code).unwrap();
        assert_eq!(of("reached")["amount"], 35);
        let cells: Vec<_> = of("reached")["regions"].as_array().unwrap().iter()
            .map(|cell| (cell["key"].as_str().unwrap(), cell["amount"].as_i64(), cell["subjects"].as_i64())).collect();
        assert_eq!(cells, [("2", Some(20), Some(20)), ("5", None, None), ("7", None, None)]);
        // One has a licence and two were paid: the town would know who.
        for code in ["licensed", "paid_to_makers", "women_value_added"] {
            assert_eq!((&of(code)["amount"], &of(code)["is_hidden"]), (&json!(null), &json!(true)), "{code}");
        }
        for path in ["/statistics", "/statistics?lang=en", "/statistics?figure=reached", "/statistics?figure=licensed&lang=en"] {
            let page = town.stage.get(None, path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
            assert!(!page.body.contains("نام‌پنهان") && !page.body.contains("1405-00"), "{path}");
        }
    }

    async fn a_correction_takes_the_place_of_what_it_corrects(bench: Bench) {
        let town = Town::open(&bench).await;
        town.stage.write(&town.secretary, TakeValues {}).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let wrong: Uuid = db::sql("SELECT id AS value FROM indicator_value WHERE code = 'reached' AND region = ''")
            .scalar(&mut conn).await.unwrap();
        drop(conn);
        let correction = CorrectValue { id: Uuid::now_v7(), corrects_id: wrong, amount: 34, reason: "یک نفر دو بار".into() };
        town.stage.write(&town.secretary, correction).await.unwrap();
        let items = town.stage.get(None, "/api/v1/statistics").await.json();
        assert_eq!(items["items"][0]["amount"], 34);
    }

    async fn the_table_opens_as_open_data_and_as_a_workbook(bench: Bench) {
        let town = Town::open(&bench).await;
        town.stage.write(&town.secretary, TakeValues {}).await.unwrap();
        let csv = town.stage.get(None, "/statistics.csv?lang=en").await;
        assert_eq!(csv.status, 200);
        let lines: Vec<&str> = csv.body.lines().collect();
        let reached = lines.iter().filter(|line| line.starts_with("reached,")).count();
        assert_eq!(reached, 4, "the city and three regions: {}", csv.body);
        assert!(lines.iter().any(|line| line.starts_with("licensed,") && line.contains(",hidden,")), "{}", csv.body);
        for (actor, path, status) in [
            (None, "/statistics.xlsx", 200), (None, "/figures/press.pdf", 401),
            (Some(&town.observer), "/statistics.xlsx", 200),
        ] {
            assert_eq!(town.stage.get(actor, path).await.status.as_u16(), status, "{path}");
        }
    }
}
