use testing::both;

use super::*;

both! {
    async fn a_row_that_says_something_else_than_was_signed_is_found(bench: Bench) {
        let country = Country::open(&bench).await;
        let mut karaj = country.city("karaj", 1).await;
        let figure = country.figure("shops_open", 5).await;
        assert_eq!(country.post(&karaj.signed(vec![figure], bench.db.clock().now())).await.status, 201);
        let broken = async || {
            let mut conn = bench.db.read().await.unwrap();
            access::cast::broken(crate::checks(&mut conn).await.unwrap())
        };
        assert_eq!(broken().await, Vec::<String>::new());
        let stage = &country.stage;
        let change = "UPDATE observatory_value SET amount = 50";
        assert!(stage.tamper(change).await.is_err(), "rows only grow");
        // As somebody would who owns the database.
        let open = match bench.engine {
            db::Engine::Sqlite => ["DROP TRIGGER observatory_value_no_update", "DROP TRIGGER observatory_document_no_update"],
            db::Engine::Postgres => ["DROP TRIGGER observatory_value_append_only ON observatory_value", "DROP TRIGGER observatory_document_append_only ON observatory_document"],
        };
        for text in open {
            stage.tamper(text).await.unwrap();
        }
        assert_eq!(stage.tamper(change).await.unwrap(), 1);
        assert_eq!(broken().await, ["N1"]);
        stage.tamper("UPDATE observatory_value SET amount = 5").await.unwrap();
        assert_eq!(broken().await, Vec::<String>::new());
        stage.tamper("UPDATE observatory_document SET number = 3").await.unwrap();
        assert_eq!(broken().await, ["N1"]);
        stage.tamper("UPDATE observatory_document SET number = 1, body = replace(body, '\"amount\":5', '\"amount\":6')").await.unwrap();
        assert_eq!(broken().await, ["N1"]);
    }

    async fn a_tampered_chain_of_our_own_is_found(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let link = crate::SetLink { code: "tehran".into(), address: String::new() };
        stage.write(&stage.alice, link).await.unwrap();
        for shops in [1, 2] {
            bench.pass_days(1);
            country.publish(&[("shops_open", "", shops, 0)]).await;
            stage.write(&country.secretary, crate::SignStatistics::of(&stage.city)).await.unwrap();
        }
        let broken = async || {
            let mut conn = bench.db.read().await.unwrap();
            access::cast::broken(crate::checks(&mut conn).await.unwrap())
        };
        assert_eq!(broken().await, Vec::<String>::new());
        let open = match bench.engine {
            db::Engine::Sqlite => "DROP TRIGGER signed_statistics_no_delete",
            db::Engine::Postgres => "DROP TRIGGER signed_statistics_append_only ON signed_statistics",
        };
        stage.tamper(open).await.unwrap();
        assert_eq!(stage.tamper("DELETE FROM signed_statistics WHERE number = 1").await.unwrap(), 1);
        assert_eq!(broken().await, ["N2"]);
    }
}
