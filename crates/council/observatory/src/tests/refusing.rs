use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use testing::both;

use super::*;

both! {
    async fn a_document_is_taken_once_and_an_older_one_is_history(bench: Bench) {
        let country = Country::open(&bench).await;
        let mut karaj = country.city("karaj", 7).await;
        let now = bench.db.clock().now();
        let mut old = country.figure("shops_open", 3).await;
        old.as_of = country.today() - chrono::TimeDelta::days(40);
        let first = karaj.signed(vec![old], now.plus_days(-39));
        let second = karaj.signed(vec![country.figure("shops_open", 5).await], now);
        let told = async |signed: &Signed| {
            let reply = country.post(signed).await;
            (reply.status.as_u16(), reply.json()["standing"].as_str().unwrap().to_owned())
        };
        assert_eq!(told(&second).await, (201, "newest".into()));
        assert_eq!(told(&second).await, (200, "known".into()));
        assert_eq!(told(&first).await, (201, "history".into()));
        assert_eq!(told(&first).await, (200, "known".into()));
        assert_eq!((country.count("observatory_document").await, country.count("observatory_value").await), (2, 2));
        let board = country.get("/api/v1/observatory/figures/shops_open").await;
        let karaj = board["cities"].as_array().unwrap().iter().find(|one| one["code"] == "karaj").unwrap();
        assert_eq!(karaj["value"]["amount"], 5);
        let story = country.get("/api/v1/observatory/cities/karaj").await;
        let months = story["figures"][0]["months"].as_array().unwrap();
        assert_eq!(months.iter().map(|one| one["amount"].as_i64()).collect::<Vec<_>>(), [Some(3), Some(5)]);
        // Whoever checks gets back what was signed.
        let digest = digest(&canonical(&second.document).unwrap());
        let kept = country.get(&format!("/api/v1/observatory/documents/{digest}")).await;
        assert_eq!(kept, serde_json::to_value(&second).unwrap());
    }

    async fn what_is_wrong_is_refused_whole_and_in_words(bench: Bench) {
        let country = Country::open(&bench).await;
        let mut karaj = country.city("karaj", 7).await;
        country.city("qom", 8).await;
        let now = bench.db.clock().now();
        let shops = country.figure("shops_open", 5).await;
        let good = karaj.signed(vec![shops.clone()], now);
        let reached = |amount: i64, regions: Vec<SignedRegion>| {
            let country = &country;
            async move { SignedFigure { regions, ..country.figure("reached", amount).await } }
        };
        let refused = async |signed: &Signed, code: &str| {
            let reply = country.post(signed).await;
            let told = reply.json();
            assert_eq!((reply.status.as_u16(), &told["code"]), (422, &json!(code)), "{told}");
            assert!(told["type"].as_str().unwrap().ends_with(code));
            let figure = signed.document.figures.first().map_or("", |one| one.code.as_str());
            let words = crate::WORDS.text(persian::Lang::En, &format!("reason-{}", code.replace('_', "-")), &[("figure", figure.into())]);
            assert_eq!(told["detail"], words);
        };

        let mut torn = good.clone();
        torn.document.figures[0].amount = Some(6);
        refused(&torn, "document_signature_broken").await;
        let mut stranger = City::of_seed("karaj", 9);
        refused(&stranger.signed(vec![shops.clone()], now), "document_key_foreign").await;
        let mut neighbour = City::of_seed("qom", 7);
        refused(&neighbour.signed(vec![shops.clone()], now), "document_key_foreign").await;
        let mut nowhere = City::of_seed("nowhere", 7);
        refused(&nowhere.signed(vec![shops.clone()], now), "document_city_unknown").await;
        let mut keyless = City::of_seed("arak", 7);
        refused(&keyless.signed(vec![shops.clone()], now), "document_key_foreign").await;

        let ahead = SignedFigure { as_of: country.today() + chrono::TimeDelta::days(2), ..shops.clone() };
        refused(&karaj.signed(vec![ahead], now), "document_ahead").await;
        refused(&karaj.signed(vec![shops.clone()], now.plus_seconds(3600)), "document_ahead").await;
        let mut invented = karaj.document(vec![shops.clone()], now);
        invented.is_invented = true;
        refused(&karaj.sign(invented), "document_invented").await;

        let few = reached(9, vec![]).await;
        refused(&karaj.signed(vec![few.clone()], now), "cell_too_small").await;
        // The city's own threshold is laxer than ours: ours holds.
        refused(&karaj.signed(vec![SignedFigure { smallest_cell: 0, ..few }], now), "cell_too_small").await;
        let cell = reached(50, vec![region("1", 46, 46), region("2", 4, 4)]).await;
        refused(&karaj.signed(vec![cell], now), "cell_too_small").await;
        // A figure nobody here knows has a threshold too.
        let unknown = SignedFigure { code: "new_figure".into(), smallest_cell: 0, ..reached(4, vec![]).await };
        refused(&karaj.signed(vec![unknown], now), "cell_too_small").await;

        let hidden_and_told = SignedFigure { is_hidden: true, ..shops.clone() };
        refused(&karaj.signed(vec![hidden_and_told], now), "document_malformed").await;
        refused(&karaj.signed(vec![shops.clone(), shops.clone()], now), "document_malformed").await;
        refused(&karaj.signed(vec![], now), "document_malformed").await;
        let turned = SignedFigure { name_fa: "\u{202e}x".into(), ..shops.clone() };
        refused(&karaj.signed(vec![turned], now), "document_malformed").await;
        let mut more = serde_json::to_value(&good).unwrap();
        more["document"]["note"] = "تلفن".into();
        let path = "/api/v1/observatory/documents";
        assert_eq!(country.stage.send_json(None, "POST", path, &more).await.status, 400, "a field too many");

        for table in ["observatory_document", "observatory_value"] {
            assert_eq!(country.count(table).await, 0, "{table}");
        }
        assert_eq!(country.post(&good).await.status, 201);
        let out = crate::KeepCity { code: "karaj".into(), name_fa: "کرج".into(), name_en: "Karaj".into(), band: None, address: String::new(), is_listed: false };
        country.stage.write(&country.stage.alice, out).await.unwrap();
        refused(&karaj.signed(vec![SignedFigure { amount: Some(8), ..shops }], now), "document_city_unknown").await;
    }

    async fn one_network_cannot_post_without_end(bench: Bench) {
        let country = Country::open(&bench).await;
        let body = serde_json::to_vec(&City::of_seed("karaj", 1).signed(vec![], bench.db.clock().now())).unwrap();
        let send = async || {
            let mut request = Request::post("/api/v1/observatory/documents").body(Body::from(body.clone())).unwrap();
            let peer: std::net::SocketAddr = "192.0.2.7:9".parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            country.stage.send(None, request).await.status.as_u16()
        };
        for _ in 0..crate::taken::POSTS.most {
            assert_eq!(send().await, 422);
        }
        assert_eq!(send().await, 429);
        let long = json!({ "document": "x".repeat(3_000_000) });
        let reply = country.stage.send_json(None, "POST", "/api/v1/observatory/documents", &long).await;
        assert_eq!(reply.status, 413);
    }
}
