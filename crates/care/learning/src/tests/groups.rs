use testing::both;

use super::scene::Scene;
use crate::{Basis, EnrolmentState};

both! {
    async fn a_place_that_comes_free_goes_to_whoever_waits_longest(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.cohort_of(course, 1, 5);
        let cohort = scene.stage.write(&scene.trainer, cohort).await.unwrap();
        let (one, two, three) = (
            scene.learner("یک", "نمونه").await, scene.learner("دو", "نمونه").await, scene.learner("سه", "نمونه").await,
        );
        scene.enrol(cohort, &one).await;
        let path = format!("/cohorts/{cohort}/enrolments");
        let alice = &scene.stage.alice;
        scene.refused(alice, &path, &[("case_code", &two.code)], "همهٔ جاها پر است").await;
        scene.done(alice, &path, &[("case_code", &two.code), ("may_wait", "yes")]).await;
        scene.done(alice, &path, &[("case_code", &three.code), ("may_wait", "yes")]).await;
        let (_, people) = scene.ids(cohort).await;
        scene.refused(alice, &format!("/enrolments/{}/admit", people[1]), &[], "همهٔ جاها پر است").await;
        scene.done(alice, &format!("/enrolments/{}/withdraw", people[0]), &[]).await;
        let body = scene.json(alice, &format!("/api/v1/cohorts/{cohort}")).await;
        let state = |n: usize| body["people"][n]["state"].as_str().unwrap().to_owned();
        assert_eq!([state(0), state(1), state(2)], ["withdrawn", "enrolled", "waitlisted"]);
        assert_eq!(body["cohort"]["taken"], 1);
        scene.refused(alice, &format!("/enrolments/{}/withdraw", people[0]), &[], "دیگر در این وضعیت نیست").await;
        scene.is_sound().await;
    }

    async fn nobody_is_in_two_classes_at_once(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let first = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        // The same hours with another trainer.
        let other = scene.stage.add("second", scene.school.get(), &[access::Role::Trainer]).await;
        let mut second = scene.cohort_of(course, 3, 5);
        assert!(scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.is_err(), "the trainer is busy");
        second.trainer_id = other.id;
        let second = scene.stage.write(&scene.trainer, second).await.unwrap();
        scene.enrol(first, &mina).await;
        let path = format!("/cohorts/{second}/enrolments");
        scene.refused(&scene.stage.alice, &path, &[("case_code", &mina.code)], "در همین زمان").await;
        let body = scene.json(&scene.stage.alice, &format!("/api/v1/cohorts/{second}")).await;
        assert_eq!(body["cohort"]["taken"], 0, "a refusal leaves no place taken");
        scene.is_sound().await;
    }

    async fn a_cohort_that_is_called_off_frees_everybody(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let course = scene.course(Basis::Attendance, 80).await;
        let cohort = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        scene.enrol(cohort, &mina).await;
        scene.done(&scene.trainer, &format!("/cohorts/{cohort}/cancel"), &[]).await;
        let again = scene.stage.write(&scene.trainer, scene.cohort_of(course, 3, 5)).await.unwrap();
        let enrol = crate::Enrol {
            id: crate::EnrolmentId::new(scene.stage.city.db.new_id()),
            cohort: again, case: mina.case, step: None, may_wait: false, agreed: None,
        };
        let state = scene.stage.write(&scene.stage.alice, enrol).await.unwrap();
        assert_eq!(state, EnrolmentState::Enrolled);
        scene.is_sound().await;
    }
}
