use testing::both;

use super::scene::{Scene, persian_days, typed};
use crate::{Basis, CohortId};

both! {
    async fn a_course_is_walked_from_its_first_form_to_the_end(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let sara = scene.learner("سارا", "نمونه‌ای").await;
        let trainer = &scene.trainer;
        scene.page(trainer, "/courses/new").await;
        let course = scene.done(trainer, "/courses", &[
            ("title_fa", "ترشی خانگی"), ("title_en", "Home pickles"), ("hours", "۲۴"),
            ("basis", "attendance"), ("attendance_needed", "۶۰"),
        ]).await;
        scene.page(trainer, &course).await;
        scene.page(trainer, &format!("{course}/cohorts/new")).await;
        let day = |n: i64| typed(scene.today + persian_days(n));
        let days = format!("{}\n\n{}\r\n{}", day(-3), day(-5), day(-4));
        let (place, who) = (scene.place.to_string(), trainer.id.to_string());
        let at = scene.done(trainer, &format!("{course}/cohorts"), &[
            ("trainer", &who), ("place", &place), ("capacity", "12"), ("days", &days),
            ("from_clock", "۹"), ("until_clock", "11:30"),
        ]).await;
        let cohort: CohortId = at.rsplit('/').next().unwrap().parse().unwrap();

        // Two ways in: by code on the cohort's page, by choice on the case's page.
        scene.page(&scene.stage.alice, &at).await;
        scene.enrol(cohort, &mina).await;
        let case = format!("/cases/{}", sara.case);
        scene.page(&scene.stage.alice, &format!("{case}/enrolments/new")).await;
        scene.done(&scene.stage.alice, &format!("{case}/enrolments"), &[("cohort", &cohort.to_string())]).await;
        let learning = scene.page(&scene.stage.alice, &format!("{case}/learning")).await;
        assert!(learning.contains("ترشی خانگی") && learning.contains("ثبت‌نام‌شده"));

        let list = scene.page(trainer, "/courses").await;
        let (sessions, people) = scene.ids(cohort).await;
        assert_eq!((sessions.len(), people.len()), (3, 2));
        assert!(list.contains(&format!("/sessions/{}/roll", sessions[0])), "the roll is one tap away");
        let sheet = scene.page(trainer, &format!("/sessions/{}/roll", sessions[0])).await;
        assert!(sheet.contains("مینا آزمونی") && sheet.contains("غایب"));
        scene.roll(&sessions[0], &people, &["present", "present"]).await;
        scene.roll(&sessions[1], &people, &["late", "absent"]).await;
        scene.roll(&sessions[2], &people, &["absent", "absent"]).await;
        // Sara was there once, Mina twice of three: sixty percent is enough for her alone.
        scene.page(trainer, &format!("/sessions/{}/roll", sessions[2])).await;
        let ending = scene.page(trainer, &format!("{at}/complete")).await;
        assert!(ending.contains("حضور کم"));
        scene.done(trainer, &format!("{at}/complete"), &[]).await;
        scene.done(trainer, &format!("{at}/certificates"), &[]).await;
        let shown = scene.page(trainer, &at).await;
        assert!(shown.contains("پایان‌یافته") && shown.contains("حضور کم بود") && shown.contains("معتبر"));
        scene.is_sound().await;
    }

    async fn saving_the_same_roll_again_changes_nothing(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.cohort(course, 5).await;
        scene.enrol(cohort, &mina).await;
        let (sessions, people) = scene.ids(cohort).await;
        let path = format!("/sessions/{}/roll", sessions[0]);
        let key = uuid::Uuid::now_v7().to_string();
        let field = format!("mark-{}", people[0]);
        let fields = [(field.as_str(), "late"), ("form_key", key.as_str())];
        let first = scene.done(&scene.trainer, &path, &fields).await;
        assert_eq!(scene.done(&scene.trainer, &path, &fields).await, first);
        scene.refused(&scene.trainer, &path, &[(field.as_str(), "absent")], "پیش‌تر ثبت شده است").await;
        let marks = scene.json(&scene.trainer, &format!("/api/v1/sessions/{}", sessions[0])).await;
        assert_eq!(marks["marks"].as_array().unwrap().len(), 1);
        assert_eq!(marks["marks"][0]["mark"], "late");
    }

    async fn a_wrong_mark_is_corrected_beside_the_old_one(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 100).await;
        let cohort = scene.cohort(course, 5).await;
        scene.enrol(cohort, &mina).await;
        let (sessions, people) = scene.ids(cohort).await;
        scene.roll(&sessions[0], &people, &["absent"]).await;
        let at = format!("/api/v1/sessions/{}", sessions[0]);
        let wrong = scene.json(&scene.trainer, &at).await["marks"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/attendance/{wrong}/correct");
        scene.done(&scene.trainer, &path, &[("mark", "present")]).await;
        let right = scene.json(&scene.trainer, &at).await;
        assert_eq!((&right["marks"][0]["mark"], &right["marks"][0]["is_corrected"]), (&"present".into(), &true.into()));
        scene.refused(&scene.trainer, &path, &[("mark", "late")], "در این میان اصلاح شده").await;
        scene.page(&scene.trainer, &format!("/sessions/{}/roll", sessions[0])).await;
    }

    async fn skill_is_the_trainers_judgement(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (mina, sara) = (scene.learner("مینا", "آزمونی").await, scene.learner("سارا", "نمونه‌ای").await);
        let course = scene.course(Basis::Competence, 50).await;
        let cohort = scene.cohort(course, 5).await;
        scene.enrol(cohort, &mina).await;
        scene.enrol(cohort, &sara).await;
        let (sessions, people) = scene.ids(cohort).await;
        let path = format!("/cohorts/{cohort}/complete");
        scene.refused(&scene.trainer, &path, &[], "هنوز ثبت نشده است").await;
        for session in &sessions {
            scene.roll(session, &people, &["present", "present"]).await;
        }
        scene.page(&scene.trainer, &path).await;
        scene.done(&scene.trainer, &path, &[("competent", &people[0])]).await;
        let body = scene.json(&scene.trainer, &format!("/api/v1/cohorts/{cohort}")).await;
        assert_eq!(body["people"][0]["state"], "completed");
        assert_eq!(body["people"][1]["ended_reason"], "assessment");
        scene.refused(&scene.trainer, &path, &[], "پایان یافته است").await;
    }
}
