use testing::both;

use super::scene::Scene;
use crate::{assessment, plans};

#[derive(serde::Serialize)]
struct Again {}

impl db::Write for Again {
    const NAME: &'static str = "again";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        crate::reference::load(tx).await
    }
}

both! {
    async fn loading_twice_changes_nothing(bench: Bench) {
        let scene = Scene::registered(&bench).await;
        let db = &scene.stage.city.db;
        let form = assessment::published(&mut db.read().await.unwrap(), "first_assessment").await.unwrap();
        scene.stage.write(&scene.stage.alice, Again {}).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let after = assessment::published(&mut conn, "first_assessment").await.unwrap();
        assert_eq!((form.id, form.domains.len()), (after.id, 6));
        assert!(after.domains.iter().all(|domain| domain.meanings.len() == 5 && !domain.questions.is_empty()));
        let templates = plans::templates_for(&mut conn, &[]).await.unwrap();
        assert_eq!(templates.len(), 4, "one for each target group");
        assert!(templates.iter().all(|template| template.total.get() > 0));
    }
}
