use testing::both;

use super::scene::{register, search, stage, with};

both! {
    async fn a_name_is_found_in_whatever_letters_and_order_it_is_typed(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, &with(&[])).await;
        for typed in [
            "زهرا نیک‌پور", "نيك پور زهرا", "نیکپور", "نیک", "زهرا نیک", "كپور", "0012345679",
            "۰۰۱۲۳۴۵۶۷۹", "09001234567", "۰۹۰۰ ۱۲۳ ۴۵ ۶۷", "نیک پور ۱۳۵۸",
            // Two neighbours of the national code changed places.
            "0012354679",
        ] {
            let found = search(&stage, &stage.bob, typed).await;
            assert!(found.body.contains(&page), "{typed}");
            assert_eq!(web::inspect::faults(&found.body), Vec::<String>::new());
        }
        let id = page.rsplit('/').next().unwrap().parse().unwrap();
        let code = crate::persons::code_of(crate::PersonId::new(id));
        assert!(search(&stage, &stage.bob, &code.to_lowercase()).await.body.contains(&page));
        for other in ["احمد", "نیک‌پور 1360", "0084575948", "زهرا کریمی"] {
            let found = search(&stage, &stage.bob, other).await;
            assert!(!found.body.contains(&page), "{other}");
            assert!(found.body.contains("کسی پیدا نشد"), "{other}");
        }
        let by_year = stage.get(Some(&stage.bob), "/people?q=&year=1358&relative=").await;
        assert!(by_year.body.contains(&page));
    }

    async fn people_of_another_centre_are_not_found_but_their_code_is_told_to_be_taken(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, &with(&[])).await;
        for typed in ["زهرا نیک‌پور", "09001234567", "0012354679"] {
            let found = search(&stage, &stage.charlie, typed).await;
            assert!(!found.body.contains("نیک‌پور</bdi>"), "{typed}");
            assert!(!found.body.contains(&page));
            assert!(found.body.contains("کسی پیدا نشد"), "{typed}");
        }
        let found = search(&stage, &stage.charlie, "0012345679").await;
        assert!(found.body.contains("پیش‌تر در مرکز دیگری ثبت شده است"));
        assert!(!found.body.contains(&page) && !found.body.contains("زهرا"));
        let asked = stage.get(Some(&stage.charlie), "/api/v1/people?q=0012345679").await.json();
        assert_eq!((&asked["items"], &asked["is_elsewhere"]), (&serde_json::json!([]), &true.into()));
        let path = format!("/api/v1/people/{}", page.rsplit('/').next().unwrap());
        for path in [page.as_str(), &format!("{page}/edit"), &path] {
            assert_eq!(stage.get(Some(&stage.charlie), path).await.status, 404, "{path}");
        }
        assert_eq!(stage.get(None, "/people").await.status, 401);
    }

    async fn odd_searches_are_answered(bench: Bench) {
        let stage = stage(&bench).await;
        register(&stage, &stage.alice, &with(&[])).await;
        let long = "آ".repeat(5_000);
        for typed in ["%", "_", "'", "\"; DROP TABLE person", "<script>", "\u{202E}\u{0}", &long, "۱۲۳"] {
            search(&stage, &stage.alice, typed).await;
        }
        for path in [
            "/people?q=%D9%86%DB%8C%DA%A9&cursor=nonsense",
            "/people?q=%D9%86%DB%8C%DA%A9&cursor=9.0192f0c1-2d00-7000-8000-000000000001",
            "/people?year=99999999999999999999&relative=%25",
        ] {
            assert_eq!(stage.get(Some(&stage.alice), path).await.status, 200, "{path}");
        }
    }
}

#[test]
fn a_search_walks_no_table() {
    testing::run(db::Engine::Sqlite, |bench| async move {
        use access::{Role, Viewer, Who};
        let viewer = Viewer {
            who: Who::User(bench.db.new_id()),
            name: String::new(),
            roles: vec![(Role::CaseWorker, bench.db.new_id())],
            proved_at: None,
            emergencies: Vec::new(),
        };
        let keys = db::Keys::ephemeral();
        let mut texts = Vec::new();
        for typed in [
            "زهرا نیک‌پور",
            "0012345679",
            "09001234567 نیک",
            "P-0123456789",
        ] {
            let terms = crate::search::Terms::read(typed, "", "");
            texts.push(crate::search::indexed_text(
                &keys,
                &viewer,
                bench.db.clock().now(),
                &terms,
            ));
        }
        let walked = testing::plans::scans(&bench.db, &texts, &["p", "person", "g"]).await;
        assert_eq!(walked, Vec::new());
    });
}
