use testing::both;

use super::*;

both! {
    async fn only_what_counts_the_same_is_added_up(bench: Bench) {
        let country = Country::open(&bench).await;
        let now = bench.db.clock().now();
        let (mut karaj, mut qom) = (country.city("karaj", 1).await, country.city("qom", 2).await);
        let told = async |figure: &str| {
            let told = country.get(&format!("/api/v1/observatory/figures/{figure}")).await;
            let values: Vec<Json> = told["cities"].as_array().unwrap().iter()
                .filter(|city| city["is_connected"] == true)
                .map(|city| json!([city["code"], city["value"]["amount"], city["value"]["meaning"]])).collect();
            (told["sum"].clone(), told["no_sum"].clone(), values)
        };
        assert_eq!(told("shops_open").await.1, "few");
        let of = async |shops: i64, reached: i64, days: i64| vec![
            country.figure("reached", reached).await, country.figure("shops_open", shops).await,
            country.figure("answer_days", days).await,
        ];
        country.post(&karaj.signed(of(5, 100, 3).await, now)).await;
        assert_eq!(told("shops_open").await.1, "few");
        country.post(&qom.signed(of(7, 40, 9).await, now)).await;
        let (sum, why, values) = told("shops_open").await;
        assert_eq!((sum, why), (json!({ "amount": 12, "cities": 2, "of": 19 }), Json::Null));
        assert_eq!(values, [json!(["karaj", 5, "same"]), json!(["qom", 7, "same"])]);
        assert_eq!(told("answer_days").await.1, "not_additive");

        // Newer, older, in other words, unknown, hidden, missing.
        let mut next = of(8, 41, 9).await;
        next[1].version = 2;
        next[1].wording = digest("other");
        next[0].amount = None;
        next[0].is_hidden = true;
        next[2].wording = digest("other");
        next.push(SignedFigure { code: "new_figure".into(), unit: "bicycles".into(), ..next[1].clone() });
        bench.pass_seconds(60);
        country.post(&qom.signed(next, now.plus_seconds(60))).await;
        let (sum, why, values) = told("shops_open").await;
        assert_eq!((sum, why), (Json::Null, json!("another_definition")));
        assert_eq!(values, [json!(["karaj", 5, "same"]), json!(["qom", 8, "newer"])]);
        assert_eq!(told("reached").await.1, "missing");
        assert_eq!(told("answer_days").await.2[1], json!(["qom", 9, "reworded"]));
        assert_eq!(told("new_figure").await.2, [json!(["karaj", null, null]), json!(["qom", 8, "unknown"])]);
        assert_eq!(told("new_figure").await.1, "another_definition");
        assert_eq!(country.stage.get(None, "/api/v1/observatory/figures/nothing").await.status, 404);

        // What is not compared has its mark and no bar; a city nothing came from says so.
        let page = country.stage.get(None, "/observatory?figure=shops_open&lang=en").await.body;
        assert_eq!(page.matches("class=\"strip\"").count(), 1, "one bar: Karaj's");
        assert!(page.contains("another definition: a newer version") && page.contains("No sum: a city counts"));
        assert_eq!(page.matches("not connected").count(), 17);
        let csv = country.stage.get(None, "/observatory.csv?lang=en").await.body;
        assert!(csv.contains("qom,Qom,reached,Reached,1,") && csv.contains(",hidden"), "{csv}");
        assert!(csv.lines().any(|line| line.starts_with("qom,") && line.contains("another_definition")), "{csv}");
        assert_eq!(csv.lines().filter(|line| line.contains("not_connected")).count(), 17);
    }

    async fn a_gap_in_the_chain_is_shown_and_heals(bench: Bench) {
        let country = Country::open(&bench).await;
        let now = bench.db.clock().now();
        let mut karaj = country.city("karaj", 1).await;
        let mut documents = Vec::new();
        for (place, amount) in (0_i64..).zip([1, 2, 3]) {
            let figure = country.figure("shops_open", amount).await;
            documents.push(karaj.signed(vec![figure], now.plus_seconds(place)));
        }
        let hangs = async || -> Vec<String> {
            let told = country.get("/api/v1/observatory/cities/karaj/documents").await;
            told["items"].as_array().unwrap().iter().map(|one| one["hang"].as_str().unwrap().to_owned()).collect()
        };
        for place in [0, 2] {
            assert_eq!(country.post(&documents[place]).await.status, 201);
        }
        assert_eq!(hangs().await, ["gap", "first"]);
        let page = country.stage.get(None, "/observatory/cities/karaj?lang=en").await;
        assert!(page.body.contains("the one before never came"));
        country.post(&documents[1]).await;
        assert_eq!(hangs().await, ["linked", "linked", "first"]);
        // A second document after the first: somebody restored an old copy, or signs twice.
        let mut other = City { number: 1, previous: documents[1].document.previous.clone(), ..karaj };
        let figure = country.figure("shops_open", 9).await;
        country.post(&other.signed(vec![figure], now.plus_seconds(9))).await;
        assert_eq!(hangs().await, ["branch", "linked", "branch", "first"]);
    }
}
