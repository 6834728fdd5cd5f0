use testing::both;
use uuid::Uuid;

use super::scene::{Scene, persian_days, typed};
use crate::Basis;

both! {
    async fn a_wrong_course_is_told_at_its_field(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let long = "ا".repeat(121);
        let good = [
            ("title_fa", "دوره"), ("title_en", "Course"), ("hours", "10"), ("basis", "attendance"), ("attendance_needed", "80"),
        ];
        for (field, value) in [
            ("title_fa", ""), ("title_fa", long.as_str()), ("title_en", "\u{202e}"), ("hours", "0"), ("hours", "۲۰۰۱"),
            ("hours", "99999999999999999999"), ("hours", "ده"), ("basis", "luck"), ("attendance_needed", "101"), ("attendance_needed", "-1"),
        ] {
            let fields: Vec<(&str, &str)> = good.iter()
                .map(|(name, given)| (*name, if *name == field { value } else { given })).collect();
            scene.refused(&scene.trainer, "/courses", &fields, &format!("href=\"#{field}\"")).await;
        }
        let markup = [good.as_slice(), &[("title_fa", "<b>نان</b>")]].concat();
        let markup: Vec<_> = markup.into_iter().skip(1).collect();
        let at = scene.done(&scene.trainer, "/courses", &markup).await;
        assert!(scene.page(&scene.trainer, &at).await.contains("&lt;b&gt;"));
        let elsewhere = scene.stage.elsewhere.to_string();
        let foreign = [good.as_slice(), &[("body", elsewhere.as_str())]].concat();
        let at = scene.done(&scene.trainer, "/courses", &foreign).await;
        assert!(scene.page(&scene.trainer, &at).await.contains("school"), "it is the trainer's own body's");
        assert_eq!(scene.post(&scene.trainer, "/courses", &[("form_key", "x")]).await.status, 422);
    }

    async fn a_wrong_cohort_is_told_at_its_field(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let course = scene.course(Basis::Attendance, 80).await;
        let day = |n: i64| typed(scene.today + persian_days(n));
        let (who, place) = (scene.trainer.id.to_string(), scene.place.to_string());
        let days = format!("{}\n{}\n{}", day(1), day(2), day(3));
        let good = [
            ("trainer", who.as_str()), ("place", &place), ("capacity", "5"), ("days", &days), ("from_clock", "9"), ("until_clock", "11"),
        ];
        let (two, twice) = (format!("{}\n{}", day(1), day(2)), format!("{}\n{}\n{}", day(1), day(1), day(2)));
        let odd = format!("{}\n{}\n<b>", day(1), day(2));
        let impossible = "1405/12/30\n1405/13/1\n1405/1/1";
        let (unknown, other) = (Uuid::now_v7().to_string(), scene.stage.alice.id.to_string());
        let path = format!("/courses/{course}/cohorts");
        for (field, value) in [
            ("trainer", ""), ("trainer", "x"), ("trainer", &unknown), ("trainer", &other), ("place", ""), ("capacity", "501"),
            ("days", ""), ("days", &two), ("days", &twice), ("days", &odd), ("days", impossible),
            ("from_clock", "25"), ("from_clock", "9:99"), ("until_clock", "8"), ("until_clock", "23:59"),
        ] {
            let fields: Vec<(&str, &str)> = good.iter()
                .map(|(name, given)| (*name, if *name == field { value } else { given })).collect();
            scene.refused(&scene.trainer, &path, &fields, &format!("href=\"#{field}\"")).await;
        }
        let fields: Vec<(&str, &str)> = good.iter()
            .map(|(name, given)| (*name, if *name == "place" { unknown.as_str() } else { given })).collect();
        scene.refused(&scene.trainer, &path, &fields, "دیگر نیست").await;
        scene.done(&scene.trainer, &path, &good).await;
    }

    async fn a_wrong_enrolment_or_roll_is_told_and_nothing_is_kept(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let (mina, sara) = (scene.learner("مینا", "آزمونی").await, scene.learner("سارا", "نمونه‌ای").await);
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.cohort(course, 5).await;
        let ahead = scene.stage.write(&scene.trainer, scene.cohort_of(course, 5, 5)).await.unwrap();
        let alice = &scene.stage.alice;
        let path = format!("/cohorts/{cohort}/enrolments");
        let long = "ک".repeat(50);
        for code in ["", "NONE", "\u{202e}1", &long] {
            scene.refused(alice, &path, &[("case_code", code)], "href=\"#case_code\"").await;
        }
        scene.enrol(cohort, &mina).await;
        scene.refused(alice, &path, &[("case_code", &mina.code)], "ثبت‌نام شده است").await;
        let case = format!("/cases/{}/enrolments", sara.case);
        scene.refused(alice, &case, &[("cohort", "x")], "href=\"#cohort\"").await;
        let unknown = Uuid::now_v7().to_string();
        assert_eq!(scene.post(alice, &case, &[("cohort", &unknown)]).await.status, 404);
        assert_eq!(scene.post(alice, &format!("/enrolments/{unknown}/admit"), &[]).await.status, 404);
        assert_eq!(scene.get(alice, "/cohorts/x").await.status, 400);

        let (sessions, people) = scene.ids(cohort).await;
        let roll = format!("/sessions/{}/roll", sessions[0]);
        let field = format!("mark-{}", people[0]);
        let wrong = format!("href=\"#{field}\"");
        scene.refused(&scene.trainer, &roll, &[], &wrong).await;
        scene.refused(&scene.trainer, &roll, &[(&field, "maybe")], &wrong).await;
        let (later, _) = scene.ids(ahead).await;
        scene.page(&scene.trainer, &format!("/sessions/{}/roll", later[0])).await;
        scene.refused(&scene.trainer, &format!("/sessions/{}/roll", later[0]), &[], "هنوز آغاز نشده").await;
        let foreign = serde_json::json!({ "absent": [unknown] });
        let sent = crate::tests::api::keyed(&scene, &scene.trainer, &format!("/api/v1{roll}"), &foreign).await;
        assert_eq!((sent.status.as_u16(), &sent.json()["type"]), (422, &"/problems/not_on_roll".into()));
        let body = scene.json(&scene.trainer, &format!("/api/v1/sessions/{}", sessions[0])).await;
        assert_eq!(body["session"]["roll_saved_at"], serde_json::Value::Null);
        scene.is_sound().await;
    }

    async fn a_wrong_consultation_is_told_at_its_field(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let body = scene.school.to_string();
        let consultant = [("body", body.as_str()), ("name_fa", "استاد"), ("name_en", "Master"), ("field_fa", ""), ("field_en", ""), ("user", "")];
        for (field, value) in [("body", ""), ("body", "x"), ("name_fa", ""), ("name_en", "")] {
            let fields: Vec<(&str, &str)> = consultant.iter()
                .map(|(name, given)| (*name, if *name == field { value } else { given })).collect();
            scene.refused(&scene.supervisor, "/consultants", &fields, &format!("href=\"#{field}\"")).await;
        }
        scene.done(&scene.supervisor, "/consultants", &consultant).await;
        let known = scene.json(&scene.stage.alice, "/api/v1/consultants").await;
        let who = known["items"][0]["id"].as_str().unwrap().to_owned();
        let day = typed(scene.today + persian_days(2));
        let (past, far) = (typed(scene.today - persian_days(1)), "1499/1/1");
        let good = [("consultant", who.as_str()), ("starts_on", &day), ("from_clock", "9"), ("minutes", "30")];
        let path = format!("/cases/{}/consultations", mina.case);
        let unknown = Uuid::now_v7().to_string();
        for (field, value) in [
            ("consultant", ""), ("consultant", &unknown), ("starts_on", ""), ("starts_on", &past), ("starts_on", far),
            ("starts_on", "1405/12/31"), ("from_clock", "x"), ("minutes", "5"), ("minutes", "10000"),
        ] {
            let fields: Vec<(&str, &str)> = good.iter()
                .map(|(name, given)| (*name, if *name == field { value } else { given })).collect();
            scene.refused(&scene.stage.alice, &path, &fields, &format!("href=\"#{field}\"")).await;
        }
        let at = scene.done(&scene.stage.alice, &path, &good).await;
        let hold = format!("{at}/hold");
        let long = "ا".repeat(501);
        let all = [("outcome", "ready"), ("advice_2", "کاری"), ("due_2", day.as_str())];
        for (field, value) in [("outcome", "great"), ("advice_2", long.as_str()), ("due_2", ""), ("due_2", &past)] {
            let fields: Vec<(&str, &str)> = all.iter()
                .map(|(name, given)| (*name, if *name == field { value } else { given })).collect();
            scene.refused(&scene.stage.alice, &hold, &fields, &format!("href=\"#{field}\"")).await;
        }
        scene.done(&scene.stage.alice, &hold, &all).await;
        scene.is_sound().await;
    }
}
