use access::Role;
use db::sql;
use testing::both;

use super::scene::Scene;
use crate::citations::{CiteArticle, Cites};

both! {
    async fn a_budget_line_and_a_template_cite_an_article_by_its_address(bench: Bench) {
        let scene = Scene::registered(&bench).await;
        let stage = &scene.stage;
        let boss = stage.add("boss", stage.home, &[Role::Administrator]).await;
        let fields = |what, address| [("cites", what), ("article_ref", address)];
        assert_eq!(scene.post(&stage.alice, "/citations", &fields("budget_line:tools", "a/art_1")).await.status, 403);
        let wrong = scene.post(&boss, "/citations", &fields("budget_line:tools", "ماده ۳")).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#article_ref\""), "{}", wrong.body);
        assert_eq!(scene.post(&boss, "/citations", &fields("budget_line:gold", "a/art_1")).await.status, 404);
        assert_eq!(scene.post(&boss, "/citations", &fields("budget_line:tools", "home/art_۳")).await.status, 303);
        for page in ["/citations", "/citations?lang=en"] {
            let page = scene.page(&boss, page).await;
            assert!(page.contains("home/art_3"));
            assert_eq!(web::inspect::faults(&page), Vec::<String>::new());
        }
        let mut conn = bench.db.read().await.unwrap();
        let template = crate::citations::list(&mut conn).await.unwrap().into_iter().find(|one| one.kind == Cites::PackageTemplate).unwrap();
        let cite = |article_ref: &str| CiteArticle { kind: Cites::PackageTemplate, code: template.code.clone(), article_ref: article_ref.into() };
        stage.write(&boss, cite("home/art_4")).await.unwrap();
        let cited: Vec<String> = sql("SELECT article_ref AS value FROM citation_card ORDER BY article_ref").scalars(&mut conn).await.unwrap();
        assert_eq!(cited, ["home/art_3", "home/art_4"]);
        stage.write(&boss, cite("")).await.unwrap();
        let cited: i64 = sql("SELECT count(*) AS value FROM citation_card").scalar(&mut conn).await.unwrap();
        assert_eq!(cited, 1);
    }
}
