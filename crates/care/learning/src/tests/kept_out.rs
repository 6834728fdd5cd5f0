use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::{AddConsultant, Basis, BookConsultation, ConsultantId, ConsultationId};

both! {
    async fn another_centre_finds_nobody_of_ours(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (cohort, paper) = scene.certified(&mina).await;
        let charlie = &scene.stage.charlie;
        // Courses are open to whoever enrols; the people in them are not.
        let page = scene.page(charlie, &format!("/cohorts/{cohort}")).await;
        assert!(!page.contains("آزمونی"));
        assert_eq!(scene.json(charlie, &format!("/api/v1/cohorts/{cohort}")).await["people"], json!([]));
        let papers = scene.json(charlie, &format!("/api/v1/cohorts/{cohort}/certificates")).await;
        assert_eq!(papers["items"], json!([]));
        let (_, people) = scene.ids(cohort).await;
        for path in [
            format!("/cases/{}/learning", mina.case), format!("/cases/{}/enrolments/new", mina.case),
            format!("/cases/{}/consultations/new", mina.case), format!("/certificates/{paper}"),
            format!("/certificates/{paper}/paper"), format!("/api/v1/certificates/{paper}"),
            format!("/api/v1/enrolments/{}", people[0]), format!("/api/v1/cases/{}/learning", mina.case),
        ] {
            assert_eq!(scene.get(charlie, &path).await.status, 404, "{path}");
            assert_eq!(scene.stage.get(None, &path).await.status, 401, "{path}");
        }
        let open = scene.stage.write(&scene.trainer, scene.cohort_of(scene.course(Basis::Attendance, 80).await, 3, 4)).await.unwrap();
        let by_code = format!("/cohorts/{open}/enrolments");
        scene.refused(charlie, &by_code, &[("case_code", &mina.code)], "پرونده‌ای با این کد نیست").await;
        for path in [format!("/enrolments/{}/withdraw", people[0]), format!("/enrolments/{}/admit", people[0]), format!("/cases/{}/enrolments", mina.case)] {
            assert_eq!(scene.post(charlie, &path, &[("cohort", &open.to_string())]).await.status, 404, "{path}");
        }
        let body = json!({ "id": Uuid::now_v7(), "case_id": mina.case });
        let sent = scene.stage.send_json(Some(charlie), "POST", &format!("/api/v1/cohorts/{open}/enrolments"), &body).await;
        assert_eq!(sent.status, 404);
    }

    async fn a_trainer_of_another_body_finds_neither_course_nor_roll(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (cohort, paper) = scene.certified(&mina).await;
        let (sessions, people) = scene.ids(cohort).await;
        let course = scene.json(&scene.trainer, &format!("/api/v1/cohorts/{cohort}")).await["cohort"]["course_id"]
            .as_str().unwrap().to_owned();
        let stranger = &scene.stranger;
        for path in [
            format!("/courses/{course}"), format!("/cohorts/{cohort}"), format!("/cohorts/{cohort}/complete"),
            format!("/sessions/{}/roll", sessions[0]), format!("/courses/{course}/cohorts/new"),
            format!("/certificates/{paper}"), format!("/api/v1/courses/{course}"), format!("/api/v1/sessions/{}", sessions[0]),
        ] {
            assert_eq!(scene.get(stranger, &path).await.status, 404, "{path}");
        }
        for path in [
            format!("/sessions/{}/roll", sessions[0]), format!("/cohorts/{cohort}/complete"),
            format!("/cohorts/{cohort}/cancel"), format!("/cohorts/{cohort}/certificates"),
            format!("/certificates/{paper}/revoke"), format!("/courses/{course}/cohorts"),
            format!("/enrolments/{}/withdraw", people[0]),
        ] {
            assert_eq!(scene.post(stranger, &path, &[]).await.status, 404, "{path}");
        }
        let list = scene.page(stranger, "/courses").await;
        assert!(!list.contains("ایمنی غذا"));
        // A case worker enrols; she calls no roll.
        let roll = format!("/sessions/{}/roll", sessions[0]);
        assert_eq!(scene.get(&scene.stage.alice, &roll).await.status, 403);
        assert_eq!(scene.post(&scene.trainer, &format!("/cohorts/{cohort}/enrolments"), &[]).await.status, 403);
    }

    async fn a_consultation_is_seen_by_its_two_sides_alone(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let who = AddConsultant {
            id: ConsultantId::new(Uuid::now_v7()), organization_id: scene.school, user_id: Some(scene.trainer.id),
            name_fa: "استاد".into(), name_en: "Master".into(), field_fa: String::new(), field_en: String::new(),
        };
        let who = scene.stage.write(&scene.supervisor, who).await.unwrap();
        let booking = BookConsultation {
            id: ConsultationId::new(Uuid::now_v7()), consultant: who, case: mina.case, step: None,
            starts_at: bench.db.clock().now().plus_days(1), minutes: 30, agreed: None,
        };
        let id = scene.stage.write(&scene.stage.alice, booking).await.unwrap();
        let at = format!("/consultations/{id}");
        for one in [&scene.stage.alice, &scene.stage.bob, &scene.trainer] {
            scene.page(one, &at).await;
        }
        for one in [&scene.stage.charlie, &scene.stranger] {
            assert_eq!(scene.get(one, &at).await.status, 404);
            assert_eq!(scene.get(one, &format!("/api/v1{at}")).await.status, 404);
            assert_eq!(scene.post(one, &format!("{at}/hold"), &[("outcome", "ready")]).await.status, 404);
            assert_eq!(scene.post(one, &format!("{at}/end"), &[("how", "missed")]).await.status, 404);
            assert!(!scene.page(one, "/consultations").await.contains("آزمونی"));
        }
        let book = format!("/cases/{}/consultations", mina.case);
        assert_eq!(scene.post(&scene.stage.charlie, &book, &[]).await.status, 404);
        assert_eq!(scene.get(&scene.stage.alice, "/consultants").await.status, 403);
    }
}
