use testing::both;

use super::*;
use crate::SignStatistics;

both! {
    async fn a_new_key_is_believed_when_the_old_one_signed_it(bench: Bench) {
        let country = Country::open(&bench).await;
        let mut karaj = country.city("karaj", 1).await;
        let now = bench.db.clock().now();
        let shops = |amount| { let country = &country; async move { vec![country.figure("shops_open", amount).await] } };
        assert_eq!(country.post(&karaj.signed(shops(1).await, now)).await.status, 201);
        let keys = [1, 2, 3, 9].map(|seed| Signer::of_seed(seed, &[seed; 32]).unwrap());
        let [one, two, three, thief] = &keys;

        // Two changes at once; a statement by somebody else, or for another city, leads nowhere.
        let mut third = City { signer: Signer::of_seed(3, &[3; 32]).unwrap(), ..karaj };
        let mut signed = third.signed(shops(2).await, now);
        let steps = [succession("karaj", one, two, now), succession("karaj", two, three, now)];
        for wrong in [
            vec![],
            vec![steps[1].clone()],
            vec![succession("qom", one, two, now), steps[1].clone()],
            vec![Succession { signature: succession("karaj", thief, two, now).signature, ..steps[0].clone() }, steps[1].clone()],
        ] {
            signed.successions = wrong;
            let reply = country.post(&signed).await;
            assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (422, &json!("document_key_foreign")));
        }
        assert_eq!(country.count("metropolis_key").await, 1);
        signed.successions = steps.into();
        assert_eq!(country.post(&signed).await.status, 201);
        let told = country.get("/api/v1/observatory/cities/karaj/keys").await;
        let ways: Vec<_> = told["items"].as_array().unwrap().iter().map(|key| key["way"].as_str().unwrap()).collect();
        assert_eq!(ways, ["succession", "succession", "set"]);
        let audited: i64 = {
            let mut conn = bench.db.read().await.unwrap();
            let text = "SELECT count(*) AS value FROM audit_event WHERE action = 'metropolis_key_succeeded'";
            db::sql(text).scalar(&mut conn).await.unwrap()
        };
        assert_eq!(audited, 2);

        // The old key signs nothing any more.
        let mut before = City { signer: Signer::of_seed(1, &[1; 32]).unwrap(), ..third };
        let reply = country.post(&before.signed(shops(3).await, now)).await;
        assert_eq!(reply.json()["code"], "document_key_foreign");
        assert_eq!(access::cast::broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }

    async fn the_administrator_sets_a_key_with_its_reason_and_nobody_else(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let key = City::of_seed("karaj", 4).signer.public_key();
        let path = "/observatory/registry/cities/karaj/key";
        let set = async |who: Option<&Actor>, key: &str, reason: &str| {
            stage.post(who, path, &[("public_key", key), ("reason", reason)]).await.status.as_u16()
        };
        let alice = Some(&stage.alice);
        assert_eq!(set(alice, "xyz", "x").await, 422);
        assert_eq!(set(alice, &key, " ").await, 422);
        assert_eq!(set(Some(&country.secretary), &key, "x").await, 403);
        assert_eq!(set(alice, &key, "با نامهٔ شهر").await, 303);
        assert_eq!(set(alice, &key, "دوباره").await, 422, "a key comes once");
        let body = json!({ "code": "qom", "public_key": key, "reason": "x" });
        let mut request = axum::http::Request::post("/api/v1/observatory/keys")
            .header("content-type", "application/json")
            .header("idempotency-key", uuid::Uuid::now_v7().to_string())
            .body(axum::body::Body::from(body.to_string())).unwrap();
        request.headers_mut().insert("accept-language", "en".parse().unwrap());
        let other = stage.send(alice, request).await;
        assert_eq!((other.status.as_u16(), &other.json()["code"]), (409, &json!("city_key_used")), "nor for another city");
        let detail: Json = {
            let mut conn = bench.db.read().await.unwrap();
            let text = "SELECT detail AS value FROM audit_event WHERE action = 'metropolis_key_set'";
            db::sql(text).scalar(&mut conn).await.unwrap()
        };
        assert_eq!((&detail["key"], &detail["reason"]), (&json!(key), &json!("با نامهٔ شهر")));
        assert_eq!(stage.post(alice, "/observatory/registry/cities/nowhere/key", &[("public_key", &key), ("reason", "x")]).await.status, 404);
        // Setting a key anew asks who they are once more.
        bench.pass_seconds(20 * 60);
        assert_eq!(set(alice, &City::of_seed("x", 5).signer.public_key(), "x").await, 303);
        assert_eq!(country.count("metropolis_key").await, 1);
    }

    async fn a_city_that_changes_its_keys_carries_the_old_ones_word(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let link = crate::SetLink { code: "tehran".into(), address: String::new() };
        stage.write(&stage.alice, link).await.unwrap();
        let keys = &stage.city.keys;
        country.trust("tehran", &crate::signing::signer(keys).unwrap().public_key()).await;
        let next = async |shops: Option<i64>| -> Signed {
            bench.pass_days(1);
            if let Some(shops) = shops {
                country.publish(&[("shops_open", "", shops, 0)]).await;
            }
            stage.write(&country.secretary, SignStatistics::of(&stage.city)).await.unwrap();
            serde_json::from_value(country.get("/api/v1/statistics/signed").await).unwrap()
        };
        let first = next(Some(1)).await;
        let new = keys.make().unwrap();
        keys.take_into_use(new).unwrap();
        // Nothing new was published: the new key signs all the same, while the old one is there.
        let second = next(None).await;
        assert_eq!((second.document.number, next(None).await.document.number), (2, 2));
        assert_ne!(first.key, second.key);
        assert_eq!(second.successions.len(), 1);
        for signed in [&first, &second] {
            assert_eq!(country.post(signed).await.status, 201);
        }
        // The key before is given up before the newest signs: only the administrator can help.
        let newer = keys.make().unwrap();
        keys.take_into_use(newer).unwrap();
        keys.give_up(new).unwrap();
        let third = next(Some(3)).await;
        assert_eq!(country.post(&third).await.json()["code"], "document_key_foreign");
        country.trust("tehran", &third.key).await;
        assert_eq!(country.post(&third).await.status, 201);
        assert_eq!(access::cast::broken(crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap()), Vec::<String>::new());
    }
}
