//! Another body knows a learner by name while she agrees to it, and no longer.

use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{Scene, persian_days, typed};
use crate::{AddConsultant, Basis, ConsultantId};

const REFUSED: &str = "رضایتی نیست که این نهاد نام او را بداند.";

both! {
    async fn nobody_is_enrolled_elsewhere_without_her_consent(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.newcomer("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        let alice = &scene.stage.alice;
        let (id, by_code) = (cohort.to_string(), format!("/cohorts/{cohort}/enrolments"));
        scene.refused(alice, &by_code, &[("case_code", &mina.code)], REFUSED).await;
        let on_case = format!("/cases/{}/enrolments", mina.case);
        scene.refused(alice, &on_case, &[("cohort", &id)], REFUSED).await;
        scene.refused(alice, &on_case, &[("cohort", &id), ("agreed", "yes")], "بگویید رضایت را چگونه داد.").await;
        let api = format!("/api/v1/cohorts/{cohort}/enrolments");
        let mut body = json!({ "id": Uuid::now_v7(), "case_id": mina.case });
        assert_eq!(scene.stage.send_json(Some(alice), "POST", &api, &body).await.status, 409);
        let her = scene.stage.person(mina.contact).await;
        scene.refused(&her, "/my/classes", &[("cohort", &id)], REFUSED).await;
        assert_eq!(scene.json(&scene.trainer, &format!("/api/v1/cohorts/{cohort}")).await["people"], json!([]));
        body["agreed"] = json!("witness");
        assert_eq!(scene.stage.send_json(Some(alice), "POST", &api, &body).await.status, 201);
        assert!(scene.page(&scene.trainer, &format!("/cohorts/{cohort}")).await.contains("مینا آزمونی"));
        // The consent holds for the next course there.
        let next = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 20)).await.unwrap();
        scene.done(alice, &on_case, &[("cohort", &next.to_string())]).await;
        scene.is_sound().await;
    }

    async fn names_are_hidden_once_the_consent_is_withdrawn(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.cohort(course, 3).await;
        scene.enrol(cohort, &mina).await;
        let (sessions, people) = scene.ids(cohort).await;
        let paths = [
            format!("/cohorts/{cohort}"), format!("/sessions/{}/roll", sessions[0]),
            format!("/api/v1/cohorts/{cohort}"),
            format!("/api/v1/enrolments/{}", people[0]),
        ];
        for path in &paths {
            assert!(scene.get(&scene.trainer, path).await.body.contains("آزمونی"), "{path}");
        }
        scene.withdraw(&mina).await;
        for path in &paths {
            let reply = scene.get(&scene.trainer, path).await;
            assert_eq!(reply.status, 200, "{path}");
            assert!(!reply.body.contains("آزمونی"), "{path}");
        }
        assert!(scene.page(&scene.trainer, &paths[1]).await.contains("نام پوشیده است"), "the roll goes on");
        assert!(scene.page(&scene.stage.alice, &paths[0]).await.contains("مینا آزمونی"), "her own centre knows her");
        scene.roll(&sessions[0], &people, &["present"]).await;
    }

    async fn whoever_withdrew_is_not_admitted_any_more(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        let her = scene.stage.person(mina.contact).await;
        let wanted = cohort.to_string();
        scene.done(&her, "/my/classes", &[("cohort", &wanted), ("agreed", "yes")]).await;
        let (_, people) = scene.ids(cohort).await;
        scene.withdraw(&mina).await;
        scene.refused(&scene.trainer, &format!("/enrolments/{}/admit", people[0]), &[], REFUSED).await;
    }

    async fn a_course_that_is_over_leaves_its_names_until_the_papers_are_out(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (cohort, paper) = scene.certified(&mina).await;
        let at = format!("/certificates/{paper}");
        assert!(scene.page(&scene.trainer, &at).await.contains("مینا آزمونی"));
        assert_eq!(scene.get(&scene.trainer, &format!("{at}/paper")).await.status, 200);
        bench.pass_days(31);
        let trainer = &scene.stage.again(&scene.trainer).await;
        for path in [at.clone(), format!("/cohorts/{cohort}"), format!("/api/v1{at}")] {
            assert!(!scene.get(trainer, &path).await.body.contains("آزمونی"), "{path}");
        }
        assert_eq!(scene.get(trainer, &format!("{at}/paper")).await.status, 409);
    }

    async fn a_consultants_body_knows_her_for_the_hour(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.newcomer("مینا", "آزمونی").await;
        let who = AddConsultant {
            id: ConsultantId::new(Uuid::now_v7()), organization_id: scene.school, user_id: Some(scene.trainer.id),
            name_fa: "استاد".into(), name_en: "Master".into(), field_fa: String::new(), field_en: String::new(),
        };
        let who = scene.stage.write(&scene.supervisor, who).await.unwrap().to_string();
        let day = typed(scene.today + persian_days(3));
        let mut fields = vec![
            ("consultant", who.as_str()), ("starts_on", &day), ("from_clock", "10"), ("minutes", "60"),
        ];
        let book = format!("/cases/{}/consultations", mina.case);
        scene.refused(&scene.stage.alice, &book, &fields, REFUSED).await;
        fields.extend([("agreed", "yes"), ("evidence", "signature")]);
        let at = scene.done(&scene.stage.alice, &book, &fields).await;
        for path in [at.as_str(), "/consultations"] {
            assert!(scene.page(&scene.trainer, path).await.contains("مینا آزمونی"), "{path}");
        }
        scene.done(&scene.trainer, &format!("{at}/hold"), &[("outcome", "ready")]).await;
        for path in [at.as_str(), "/consultations"] {
            let page = scene.page(&scene.trainer, path).await;
            assert!(!page.contains("آزمونی") && page.contains("نام پوشیده است"), "{path}");
        }
        assert!(scene.page(&scene.stage.alice, &at).await.contains("مینا آزمونی"));
    }
}
