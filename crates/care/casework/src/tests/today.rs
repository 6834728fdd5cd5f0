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

    async fn the_body_waited_for_is_named_in_the_pages_language(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = Some(&scene.stage.alice);
        scene.stage.tamper("UPDATE organization SET name_fa = 'مرکز نمونه', name_en = 'Sample centre'
            WHERE code = 'elsewhere'").await.unwrap();
        scene.stage.tamper("UPDATE case_file SET waits_for = 'body',
            waiting_body = (SELECT id FROM organization WHERE code = 'elsewhere')").await.unwrap();
        for path in ["/today".to_owned(), scene.at("")] {
            assert!(scene.get(&scene.stage.alice, &path).await.body.contains("مرکز نمونه"), "{path}");
            let english = axum::http::Request::get(&path).header("cookie", "lang=en");
            let english = english.body(axum::body::Body::empty()).unwrap();
            let english = scene.stage.send(alice, english).await.body;
            assert!(english.contains("Sample centre") && !english.contains("مرکز نمونه"), "{path}");
        }
    }

    async fn every_open_case_is_on_somebodys_day_with_its_facilitator(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = &scene.stage.alice;
        let far = [("next_action", "contact"), ("next_on", "1406/02/20"), ("waiting_on", "")];
        assert_eq!(scene.post(alice, &scene.at("/next-action"), &far).await.status, 303);
        let page = scene.page(alice, "/today").await;
        assert!(page.contains("پس از آن") && page.contains("مینا آزمونی") && page.contains("alice"));
        let centre = scene.page(&scene.supervisor, "/today/centre").await;
        assert!(centre.contains("مینا آزمونی") && centre.contains("alice"));
        assert!(!centre.contains("بی‌تسهیلگر"));
        assert_eq!(scene.get(alice, "/today/centre").await.status, 403);
        assert!(!scene.page(&scene.supervisor, "/today").await.contains("آزمونی"));
        // Alice leaves: her cases wait for somebody to take them over.
        assert!(scene.stage.tamper("UPDATE membership SET valid_until = valid_from
            WHERE user_id = (SELECT id FROM user_account WHERE username = 'alice')").await.unwrap() > 0);
        bench.pass_days(2);
        let supervisor = &scene.stage.again(&scene.supervisor).await;
        for path in ["/today", "/today/centre"] {
            let page = scene.page(supervisor, path).await;
            let hand_over = format!("{}?open=hand-over", scene.at(""));
            assert!(page.contains("بی‌تسهیلگر") && page.contains(&hand_over), "{path}");
        }
        let open = scene.page(supervisor, &format!("{}?open=hand-over", scene.at(""))).await;
        assert!(open.contains("<details open"));
        let api = scene.get(supervisor, "/api/v1/today").await.json();
        assert_eq!(api["left"][0]["owner"], "alice");
    }

    async fn later_cases_come_page_by_page(bench: Bench) {
        let mut scene = Scene::opened(&bench).await;
        for n in 0..51 {
            let person = scene.register(&format!("نام{n}"), "دیگری", None).await;
            scene.case = scene.open(person).await.unwrap();
        }
        let far = "UPDATE case_file SET next_action_on = '2027-05-05'";
        scene.stage.tamper(far).await.unwrap();
        let mut seen = Vec::new();
        let mut path = "/api/v1/today".to_owned();
        for _ in 0..3 {
            let day = scene.get(&scene.stage.alice, &path).await.json();
            seen.extend(day["later"].as_array().unwrap().iter().map(|row| row["case_id"].to_string()));
            match day["next"].as_str() {
                Some(next) => path = format!("/api/v1/today?cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 52);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 52, "each once");
        let centre = scene.get(&scene.supervisor, "/api/v1/today/centre").await.json();
        assert_eq!(centre["items"].as_array().unwrap().len(), 50);
        let rest = format!("/api/v1/today/centre?cursor={}", centre["next"].as_str().unwrap());
        assert_eq!(scene.get(&scene.supervisor, &rest).await.json()["items"].as_array().unwrap().len(), 2);
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
