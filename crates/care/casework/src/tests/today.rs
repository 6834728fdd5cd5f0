use testing::both;

use super::scene::Scene;
use crate::NextAction;

both! {
    async fn the_day_shows_what_is_due_late_and_waiting(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = &scene.stage.alice;
        let page = scene.page(alice, "/today").await;
        assert!(page.contains("برای امروز") && page.contains("ارزیابی را با او پر کنید"));
        assert!(page.contains(&scene.at("/assessment/new")), "the one act in place");
        bench.pass_days(2);
        let alice = &scene.stage.again(alice).await;
        let page = scene.page(alice, "/today").await;
        assert!(page.contains("دیر شده"));
        let fields = [("next_action", "await_body"), ("next_on", "1405/09/20"), ("waiting_on", "ادارهٔ نمونه")];
        assert_eq!(scene.post(alice, &scene.at("/next-action"), &fields).await.status, 303);
        let page = scene.page(alice, "/today").await;
        assert!(page.contains("منتظر دیگران") && page.contains("ادارهٔ نمونه"));
        assert_eq!(scene.found().await.next_action, Some(NextAction::AwaitBody));
        let bob = scene.page(&scene.stage.again(&scene.stage.bob).await, "/today").await;
        assert!(!bob.contains("مینا"), "the day is the owner's");
    }

    async fn a_task_is_added_done_and_told(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = &scene.stage.alice;
        let fields = [("task_words", "درجهٔ اسیدی ترشی را بپرسید"), ("task_on", "1405/09/03")];
        assert_eq!(scene.post(alice, &scene.at("/tasks"), &fields).await.status, 303);
        assert!(scene.page(alice, "/today").await.contains("درجهٔ اسیدی"));
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let task = crate::tasks::list(&mut conn, scene.case).await.unwrap().remove(0);
        drop(conn);
        assert!(!String::from_utf8_lossy(task.sealed.as_deref().unwrap()).contains("ترشی"));
        let at = format!("/tasks/{}", task.id);
        scene.page(alice, &at).await;
        assert_eq!(scene.get(&scene.stage.charlie, &at).await.status, 404);
        let done = [("outcome", "چهار و نیم بود")];
        assert_eq!(scene.post(&scene.stage.charlie, &format!("{at}/done"), &done).await.status, 404);
        assert_eq!(scene.post(alice, &format!("{at}/done"), &done).await.status, 303);
        assert_eq!(scene.post(alice, &format!("{at}/done"), &done).await.status, 422);
        assert!(scene.page(alice, &scene.at("")).await.contains("چهار و نیم بود"));
        assert!(!scene.page(alice, "/today").await.contains("درجهٔ اسیدی"));
    }
}
