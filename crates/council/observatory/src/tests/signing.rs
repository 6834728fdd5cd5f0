use indicators::CorrectValue;
use testing::both;
use uuid::Uuid;

use super::*;
use crate::signing::is_signed;

const LINK: &str = "/observatory/own/link";

both! {
    async fn what_is_signed_is_what_everybody_is_shown(bench: Bench) {
        let country = Country::open(&bench).await;
        let (stage, alice) = (&country.stage, Some(&country.stage.alice));
        let sign = async || stage.post(Some(&country.secretary), "/observatory/own/sign", &[]).await.status.as_u16();
        assert_eq!(sign().await, 422, "the city does not know its code yet");
        assert_eq!(stage.get(None, "/api/v1/statistics/signed").await.status, 404);
        assert_eq!(stage.post(alice, LINK, &[("code", "Tehran!"), ("address", "")]).await.status, 422);
        assert_eq!(stage.post(alice, LINK, &[("code", "tehran"), ("address", "http://far.example")]).await.status, 422);
        assert_eq!(stage.post(Some(&country.secretary), LINK, &[("code", "tehran"), ("address", "")]).await.status, 403);
        assert_eq!(stage.post(alice, LINK, &[("code", "tehran"), ("address", "")]).await.status, 303);
        assert_eq!(sign().await, 422, "nothing is published yet");
        country.publish(&[
            ("reached", "", 55, 55), ("reached", "1", 30, 30), ("reached", "2", 20, 20), ("reached", "3", 5, 5),
            ("licensed", "", 3, 3), ("shops_open", "", 2, 0),
        ]).await;
        assert_eq!((sign().await, sign().await), (303, 303));
        assert_eq!(country.count("signed_statistics").await, 1, "nothing new is signed twice");

        let signed: Signed = serde_json::from_value(country.get("/api/v1/statistics/signed").await).unwrap();
        assert!(is_signed(&signed.key, &canonical(&signed.document).unwrap(), &signed.signature));
        let shown = country.get("/api/v1/statistics").await;
        let shown = shown["items"].as_array().unwrap();
        assert_eq!(shown.len(), signed.document.figures.len());
        for (figure, shown) in signed.document.figures.iter().zip(shown) {
            assert_eq!(shown["definition"]["code"], figure.code);
            assert_eq!((&shown["amount"], &shown["is_hidden"]), (&json!(figure.amount), &json!(figure.is_hidden)));
            let cells: Vec<Json> = shown["regions"].as_array().unwrap().iter()
                .map(|cell| json!([cell["key"], cell["amount"], cell["subjects"], cell["is_hidden"]])).collect();
            let own: Vec<Json> = figure.regions.iter()
                .map(|cell| json!([cell.region, cell.amount, cell.people, cell.is_hidden])).collect();
            assert_eq!(own, cells, "{}", figure.code);
        }
        let licensed = signed.document.figures.iter().find(|one| one.code == "licensed").unwrap();
        assert_eq!((licensed.amount, licensed.is_hidden), (None, true));

        // A correction is a new document that names the one before; its reason stays at home.
        let wrong: Uuid = {
            let mut conn = bench.db.read().await.unwrap();
            let text = "SELECT id AS value FROM indicator_value WHERE code = 'shops_open'";
            db::sql(text).scalar(&mut conn).await.unwrap()
        };
        let correct = CorrectValue { id: Uuid::now_v7(), corrects_id: wrong, amount: 4, reason: "خانم نام‌پنهان گفت".into() };
        stage.write(&country.secretary, correct).await.unwrap();
        assert_eq!(sign().await, 303);
        let second = stage.get(None, "/api/v1/statistics/signed/2").await;
        assert!(!second.body.contains("نام‌پنهان"));
        let second: Signed = serde_json::from_str(&second.body).unwrap();
        assert_eq!(second.document.previous, Some(digest(&canonical(&signed.document).unwrap())));
        let shops = second.document.figures.iter().find(|one| one.code == "shops_open").unwrap();
        assert_eq!((shops.amount, shops.is_corrected), (Some(4), true));
        assert_eq!(access::cast::broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }

    async fn a_publication_is_signed_by_itself_once_the_city_has_a_code(bench: Bench) {
        let country = Country::open(&bench).await;
        country.publish(&[("shops_open", "", 2, 0)]).await;
        country.stage.do_jobs().await;
        assert_eq!(country.count("signed_statistics").await, 0);
        assert_eq!(jobs::count_stuck(&mut bench.db.read().await.unwrap(), bench.db.clock().now()).await.unwrap(), (0, 0));
        let link = crate::SetLink { code: "tehran".into(), address: String::new() };
        country.stage.write(&country.stage.alice, link).await.unwrap();
        bench.pass_days(1);
        country.publish(&[("shops_open", "", 3, 0)]).await;
        country.stage.do_jobs().await;
        country.stage.do_jobs().await;
        assert_eq!(country.count("signed_statistics").await, 1);
    }

    async fn a_city_does_not_sign_a_number_few_people_stand_behind(bench: Bench) {
        let country = Country::open(&bench).await;
        let link = crate::SetLink { code: "tehran".into(), address: String::new() };
        country.stage.write(&country.stage.alice, link).await.unwrap();
        country.publish(&[("reached", "", 55, 55)]).await;
        let wrong: Uuid = {
            let mut conn = bench.db.read().await.unwrap();
            db::sql("SELECT id AS value FROM indicator_value").scalar(&mut conn).await.unwrap()
        };
        // Corrected to a few people, though many stood behind the old number.
        let correct = CorrectValue { id: Uuid::now_v7(), corrects_id: wrong, amount: 2, reason: "x".into() };
        country.stage.write(&country.secretary, correct).await.unwrap();
        let secretary = Some(&country.secretary);
        let refused = country.stage.send_json(secretary, "POST", "/api/v1/statistics/signed", &json!({})).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (422, &json!("cell_too_small")));
        assert_eq!(country.count("signed_statistics").await, 0);
    }
}
