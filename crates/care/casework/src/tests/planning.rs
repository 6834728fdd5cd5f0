use money::Rial;
use testing::both;

use super::scene::Scene;
use crate::plans::{self, LineState, PlanState};
use crate::steps::{self, StepState};
use crate::{NextAction, Stage, budget};

/// An id as each engine writes it.
fn literal(bench: &testing::Bench, id: uuid::Uuid) -> String {
    match bench.engine {
        db::Engine::Sqlite => format!("x'{}'", id.simple()),
        db::Engine::Postgres => format!("'{id}'"),
    }
}

/// A room above says that a step was done.
#[derive(serde::Serialize)]
struct Finish {
    step: crate::StepId,
}

impl db::Write for Finish {
    const NAME: &'static str = "finish";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        steps::finish(tx, self.step, "leg:one").await
    }
}

async fn totals(scene: &Scene) -> (Rial, Rial) {
    let lines = budget::list(&mut scene.stage.city.db.read().await.unwrap())
        .await
        .unwrap();
    let sum =
        |of: fn(&budget::BudgetLine) -> Rial| Rial::new(lines.iter().map(|l| of(l).get()).sum());
    (sum(|line| line.committed), sum(|line| line.spent))
}

async fn state(scene: &Scene, plan: plans::PlanId) -> PlanState {
    plans::get(&mut scene.stage.city.db.read().await.unwrap(), plan)
        .await
        .unwrap()
        .state
}

/// What the package of the group's template costs.
const PACKAGE: i64 = 18_000_000 + 14_000_000 + 60_000_000 + 5_000_000 + 12_000_000 + 42_000_000;

both! {
    async fn a_plan_goes_from_draft_to_completed(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let (alice, supervisor) = (&scene.stage.alice, &scene.supervisor);
        let at = |path: &str| format!("/plans/{plan}/{path}");
        scene.page(alice, &scene.at("/plan")).await;
        assert_eq!(scene.post(alice, &at("propose"), &[]).await.status, 303);
        assert_eq!(scene.found().await.next_action, Some(NextAction::ApprovePlan));
        assert!(scene.page(supervisor, "/today").await.contains("منتظر تأیید شما"));
        assert_eq!(scene.post(alice, &at("approve"), &[]).await.status, 403);
        scene.page(supervisor, &scene.at("/plan")).await;
        assert_eq!(scene.post(supervisor, &at("approve"), &[]).await.status, 303);
        assert_eq!(totals(&scene).await, (Rial::new(PACKAGE), Rial::ZERO));
        assert_eq!(scene.post(alice, &at("agree"), &[]).await.status, 422, "her yes is needed");
        assert_eq!(scene.post(alice, &at("agree"), &[("plan_agreed", "yes")]).await.status, 303);
        let case = scene.found().await;
        assert_eq!((case.stage, case.next_action), (Stage::Referral, Some(NextAction::Refer)));
        let page = scene.page(alice, &scene.at("/plan")).await;
        assert!(page.contains("ماهی ده شیشه ترشی بفروشم"));
        assert_eq!(scene.post(alice, &at("complete"), &[]).await.status, 422, "something is open");
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let lines = plans::package(&mut conn, plan).await.unwrap();
        let open = steps::list(&mut conn, scene.case).await.unwrap();
        drop(conn);
        for line in &lines {
            let at = format!("/package-lines/{}/deliver", line.id);
            assert_eq!(scene.post(alice, &at, &[]).await.status, 303);
            assert_eq!(scene.post(alice, &at, &[]).await.status, 422, "once only");
        }
        assert_eq!(totals(&scene).await, (Rial::ZERO, Rial::new(PACKAGE)));
        let end = format!("/steps/{}/end", open[0].id);
        assert_eq!(scene.post(alice, &end, &[("end", "done")]).await.status, 303);
        assert_eq!(scene.post(alice, &at("complete"), &[]).await.status, 303);
        assert_eq!(state(&scene, plan).await, PlanState::Completed);
        let tasks = crate::tasks::list(&mut scene.stage.city.db.read().await.unwrap(), scene.case).await.unwrap();
        assert_eq!(tasks.iter().filter_map(|task| task.months).collect::<Vec<_>>(), [3, 6, 12, 24]);
        // The case may have a next plan now.
        assert_eq!(scene.post(alice, &scene.at("/plans"), &[("template", "")]).await.status, 303);
    }

    async fn nobody_approves_a_plan_of_their_own(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let supervisor = &scene.supervisor;
        assert_eq!(scene.post(supervisor, &format!("/plans/{plan}/propose"), &[]).await.status, 303);
        let approved = scene.post(supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        assert_eq!(approved.status, 422);
        assert!(approved.body.contains("کسی برنامهٔ خودش را تأیید نمی‌کند."));
        assert_eq!(state(&scene, plan).await, PlanState::Proposed);
        assert_eq!(totals(&scene).await, (Rial::ZERO, Rial::ZERO), "nothing was reserved");
    }

    async fn whoever_made_a_plan_does_not_approve_it_when_another_proposes_it(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let made = format!("UPDATE plan SET made_by = (SELECT id FROM user_account WHERE username = 'supervisor')
            WHERE id = {}", literal(&bench, plan.get()));
        assert_eq!(scene.stage.tamper(&made).await.unwrap(), 1);
        let alice = &scene.stage.alice;
        assert_eq!(scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await.status, 303);
        assert!(!scene.page(&scene.supervisor, "/today").await.contains("منتظر تأیید شما"));
        let approved = scene.post(&scene.supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        assert_eq!(approved.status, 422);
        assert!(approved.body.contains("کسی برنامهٔ خودش را تأیید نمی‌کند."));
    }

    async fn a_low_domain_needs_a_goal_and_a_plan_needs_a_step(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let alice = &scene.stage.alice;
        scene.post(alice, &scene.at("/plans"), &[("template", "")]).await;
        let plan = scene.plan().await;
        assert!(scene.page(alice, &scene.at("/plan")).await.contains("برای این موضوع‌ها هنوز هدفی ننوشته‌اید:"));
        let proposed = scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await;
        assert!(proposed.status == 422 && proposed.body.contains("هر موضوع ضعیف، هدفی می‌خواهد."));
        let second = scene.post(alice, &scene.at("/plans"), &[("template", "")]).await;
        assert_eq!(second.status, 422, "one current plan");
    }

    async fn a_package_beyond_the_budget_is_not_approved(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let alice = &scene.stage.alice;
        scene.post(alice, &scene.at("/plans"), &[("template", "")]).await;
        let plan = scene.plan().await;
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let line = budget::list(&mut conn).await.unwrap()[0].id.to_string();
        drop(conn);
        let fields = [
            ("line_kind", "tool"), ("line_name", "چرخ خیاطی"), ("line_unit", "piece"),
            ("line_quantity", "۲"), ("line_cost", "۱۰۰۰"), ("line_budget", line.as_str()),
        ];
        let added = scene.post(alice, &format!("/plans/{plan}/lines"), &fields).await;
        assert_eq!(added.status, 303, "{}", added.body);
        scene.post(alice, &format!("/plans/{plan}/goals"), &[
            ("goal_words", "فروش"), ("goal_domain", "market"), ("goal_measure", "products"),
            ("goal_baseline", "0"), ("goal_target", "3"), ("goal_on", "1406/01/10"),
        ]).await;
        scene.post(alice, &format!("/plans/{plan}/steps"), &[("step_kind", "product"), ("step_on", "1405/10/10")]).await;
        assert_eq!(scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await.status, 303);
        let approved = scene.post(&scene.supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        assert_eq!(approved.status, 422);
        assert!(approved.body.contains("در بودجه به این اندازه نمانده است."));
        assert_eq!(state(&scene, plan).await, PlanState::Proposed);
        let back = scene.post(&scene.supervisor, &format!("/plans/{plan}/return"), &[]).await;
        assert_eq!(back.status, 303);
        assert_eq!(scene.found().await.next_action, Some(NextAction::MendPlan));
    }

    async fn a_revised_plan_takes_over_what_is_not_done(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let alice = &scene.stage.alice;
        scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await;
        scene.post(&scene.supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        scene.post(alice, &format!("/plans/{plan}/agree"), &[("plan_agreed", "yes")]).await;
        assert_eq!(scene.post(alice, &format!("/plans/{plan}/revise"), &[]).await.status, 303);
        let new = scene.plan().await;
        assert_eq!(state(&scene, plan).await, PlanState::Revised);
        assert_eq!(totals(&scene).await, (Rial::ZERO, Rial::ZERO));
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let lines = plans::package(&mut conn, new).await.unwrap();
        assert!(lines.len() == 6 && lines.iter().all(|line| line.state == LineState::Wished));
        let open = steps::list_of(&mut conn, new).await.unwrap();
        assert!(open.len() == 1 && open[0].state == StepState::Open);
        let kept = steps::list_of(&mut conn, plan).await.unwrap();
        assert!(kept.len() == 1 && kept[0].id != open[0].id, "what was approved stays as it was");
        let goals = plans::goals::list(&mut conn, new).await.unwrap();
        let keys = &scene.stage.city.keys;
        assert_eq!(goals[0].words(keys).unwrap(), "ماهی ده شیشه ترشی بفروشم");
        assert_eq!(plans::goals::list(&mut conn, plan).await.unwrap().len(), 1);
        drop(conn);
        scene.page(alice, &scene.at("/plan")).await;
        // What was begun for the earlier plan ends the step that took its place.
        let finish = Finish { step: kept[0].id };
        scene.stage.write(alice, finish).await.unwrap();
        let mut conn = scene.stage.city.db.read().await.unwrap();
        assert_eq!(steps::get(&mut conn, open[0].id).await.unwrap().state, StepState::Done);
        assert_eq!(steps::get(&mut conn, kept[0].id).await.unwrap().state, StepState::Open);
    }

    async fn a_goal_reached_in_the_revised_plan_is_not_asked_for_again(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let alice = &scene.stage.alice;
        scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await;
        scene.post(&scene.supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        scene.post(alice, &format!("/plans/{plan}/agree"), &[("plan_agreed", "yes")]).await;
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let goal = plans::goals::list(&mut conn, plan).await.unwrap().remove(0).id;
        drop(conn);
        assert_eq!(scene.post(alice, &format!("/goals/{goal}/reached"), &[]).await.status, 303);
        assert_eq!(scene.post(alice, &format!("/plans/{plan}/revise"), &[]).await.status, 303);
        let new = scene.plan().await;
        assert!(!scene.page(alice, &scene.at("/plan")).await.contains("برای این موضوع‌ها هنوز هدفی ننوشته‌اید:"));
        assert_eq!(scene.post(alice, &format!("/plans/{new}/propose"), &[]).await.status, 303);
    }

    async fn closing_a_case_gives_back_what_was_reserved(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let alice = &scene.stage.alice;
        scene.post(alice, &format!("/plans/{plan}/propose"), &[]).await;
        scene.post(&scene.supervisor, &format!("/plans/{plan}/approve"), &[]).await;
        assert_eq!(totals(&scene).await.0, Rial::new(PACKAGE));
        scene.close().await;
        assert_eq!(totals(&scene).await.0, Rial::ZERO);
    }

    async fn bad_plan_input_comes_back(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let alice = &scene.stage.alice;
        for (path, fields) in [
            ("goals", vec![("goal_words", ""), ("goal_measure", "products")]),
            ("goals", vec![("goal_words", "x"), ("goal_measure", "products"), ("goal_baseline", "-1"),
                ("goal_target", "99999999999999999999"), ("goal_on", "1406/01/01")]),
            ("steps", vec![("step_kind", "dance"), ("step_on", "1406/01/01")]),
            ("steps", vec![("step_kind", "other"), ("step_on", "1402/01/01")]),
            ("lines", vec![("line_kind", "tool"), ("line_name", "x"), ("line_unit", "piece"),
                ("line_quantity", "0"), ("line_cost", "-5"), ("line_budget", "none")]),
            ("lines", vec![("line_kind", "tool"), ("line_name", "x"), ("line_unit", "piece"),
                ("line_quantity", "1"), ("line_cost", "۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹"), ("line_budget", "none")]),
        ] {
            let reply = scene.post(alice, &format!("/plans/{plan}/{path}"), &fields).await;
            assert_eq!(reply.status, 422, "{path} {fields:?}");
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
    }
}
