use testing::both;

use super::scene::Scene;
use crate::Basis;

both! {
    async fn she_asks_for_a_place_and_finds_it_in_her_calendar(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        let her = scene.stage.person(mina.contact).await;
        scene.page(&her, "/my/classes").await;
        scene.refused(&her, "/my/classes", &[("cohort", "x")], "href=\"#cohort\"").await;
        let wanted = cohort.to_string();
        scene.done(&her, "/my/classes", &[("cohort", &wanted), ("agreed", "yes")]).await;
        scene.refused(&her, "/my/classes", &[("cohort", &wanted)], "ثبت‌نام شده است").await;
        let (_, people) = scene.ids(cohort).await;
        scene.done(&scene.trainer, &format!("/enrolments/{}/admit", people[0]), &[]).await;
        let page = scene.page(&her, "/my/classes").await;
        assert!(page.contains("ثبت‌نام‌شده"));

        scene.done(&her, "/my/calendar", &[]).await;
        scene.refused(&her, "/my/calendar", &[], "همان را به کار ببرید").await;
        let page = scene.page(&her, "/my/classes").await;
        let link = page.split("http://127.0.0.1:8404").nth(1).unwrap();
        let link = link.split(['"', '<']).next().unwrap();
        let file = scene.stage.get(None, link).await;
        assert_eq!(file.status, 200, "{link}");
        assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 3);
        assert!(file.body.starts_with("BEGIN:VCALENDAR\r\n"));
        assert!(!file.body.contains("آزمونی") && !file.body.contains(&mina.code));
        let mut wrong = link.trim_end_matches(".ics").to_owned();
        wrong.pop();
        assert_eq!(scene.stage.get(None, &wrong).await.status, 404);
        scene.done(&her, "/my/calendar/close", &[]).await;
        assert_eq!(scene.stage.get(None, link).await.status, 404);

        scene.done(&her, &format!("/my/classes/{}/withdraw", people[0]), &[]).await;
        let body = scene.json(&scene.trainer, &format!("/api/v1/cohorts/{cohort}")).await;
        assert_eq!(body["cohort"]["taken"], 0);
        scene.is_sound().await;
    }

    async fn her_papers_are_hers_alone(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (mina, sara) = (scene.learner("مینا", "آزمونی").await, scene.learner("سارا", "نمونه‌ای").await);
        let (cohort, paper) = scene.certified(&mina).await;
        let her = scene.stage.person(mina.contact).await;
        let other = scene.stage.person(sara.contact).await;
        let path = format!("/my/certificates/{paper}");
        assert!(scene.page(&her, "/my/classes").await.contains(&path));
        assert_eq!(scene.get(&her, &path).await.status, 200);
        assert_eq!(scene.get(&other, &path).await.status, 404);
        assert!(!scene.page(&other, "/my/classes").await.contains(&path));
        let (_, people) = scene.ids(cohort).await;
        let leave = format!("/my/classes/{}/withdraw", people[0]);
        assert_eq!(scene.post(&other, &leave, &[]).await.status, 404);
        scene.refused(&her, &leave, &[], "دیگر در این وضعیت نیست").await;
        assert_eq!(scene.get(&scene.stage.alice, "/my/classes").await.status, 403);
    }
}
