use access::grants::{Category, may_see};
use testing::both;

use super::scene::Scene;
use crate::cases::{EventKind, list_events};
use crate::{CaseState, NextAction, Stage};

both! {
    async fn a_case_opens_with_consent_and_an_owner_and_a_next_action(bench: Bench) {
        let scene = Scene::registered(&bench).await;
        let stage = &scene.stage;
        let new = format!("/cases/new?person={}", scene.person);
        let page = scene.page(&stage.alice, &new).await;
        assert!(page.contains("مینا آزمونی"));
        let owner = stage.alice.id.to_string();
        let person = scene.person.to_string();
        let fields = [
            ("person", person.as_str()), ("source", "visit"), ("agreed", "yes"),
            ("evidence", "signature"), ("consent_years", "2"), ("owner", &owner),
            ("assess_on", "1405/09/05"),
        ];
        let unsigned: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "agreed").collect();
        let refused = scene.post(&stage.alice, "/cases", &unsigned).await;
        assert_eq!(refused.status, 422);
        assert_eq!(web::inspect::faults(&refused.body), Vec::<String>::new());
        let opened = scene.post(&stage.alice, "/cases", &fields).await;
        assert_eq!(opened.status, 303);
        let mut conn = stage.city.db.read().await.unwrap();
        let case = crate::find_for_person(&mut conn, scene.person).await.unwrap().unwrap();
        assert_eq!(case.code, "1405-00001");
        assert_eq!((case.stage, case.next_action), (Stage::Intake, Some(NextAction::Assess)));
        assert_eq!(case.owner_id, Some(stage.alice.id));
        let events = list_events(&mut conn, case.id, None).await.unwrap();
        assert_eq!(events[0].kind, EventKind::Opened);
        drop(conn);
        assert_eq!(opened.location.unwrap(), format!("/cases/{}", case.id));
        let again = scene.post(&stage.alice, "/cases", &fields).await;
        assert_eq!(again.status, 422, "one person has one running case");
    }

    async fn codes_run_on_and_a_resent_form_opens_one_case(bench: Bench) {
        let mut scene = Scene::opened(&bench).await;
        let second = scene.register("سارا", "آزمونی", None).await;
        scene.case = scene.open(second).await.unwrap();
        assert_eq!(scene.found().await.code, "1405-00002");
        let third = scene.register("لیلا", "آزمونی", None).await;
        let (owner, person) = (scene.stage.alice.id.to_string(), third.to_string());
        let key = uuid::Uuid::now_v7().to_string();
        let fields = [
            ("person", person.as_str()), ("source", "phone"), ("agreed", "yes"), ("evidence", "witness"),
            ("consent_years", "1"), ("owner", &owner), ("assess_on", "1405/09/05"), ("form_key", &key),
        ];
        let first = scene.post(&scene.stage.alice, "/cases", &fields).await;
        let second = scene.post(&scene.stage.alice, "/cases", &fields).await;
        assert_eq!((first.status, second.status), (303.try_into().unwrap(), 303.try_into().unwrap()));
        assert_eq!(first.location, second.location);
    }

    async fn charlie_gets_not_found_everywhere(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let charlie = &scene.stage.charlie;
        let person = scene.person.to_string();
        let new = format!("/cases/new?person={person}");
        let api = format!("/api/v1/cases/{}", scene.case);
        for path in ["", "/assessment", "/assessment/new", "/plan", "/follow-up"] {
            assert_eq!(scene.get(charlie, &scene.at(path)).await.status, 404, "{path}");
        }
        for path in ["", "/events", "/tasks", "/assessments", "/decision", "/plans", "/follow-ups"] {
            assert_eq!(scene.get(charlie, &format!("{api}{path}")).await.status, 404, "{path}");
        }
        assert_eq!(scene.get(charlie, &new).await.status, 404);
        assert_eq!(scene.post(charlie, "/cases", &[("person", &person)]).await.status, 404);
        for path in ["/next-action", "/stage", "/hand-over", "/pause", "/resume", "/reopen",
            "/tasks", "/assessments", "/decisions", "/overrides", "/plans"] {
            assert_eq!(scene.post(charlie, &scene.at(path), &[]).await.status, 404, "{path}");
        }
        for path in ["goals", "steps", "lines", "propose", "agree", "complete", "revise"] {
            assert_eq!(scene.post(charlie, &format!("/plans/{plan}/{path}"), &[]).await.status, 404, "{path}");
        }
        let list = scene.page(charlie, "/cases").await;
        let today = scene.page(charlie, "/today").await;
        assert!(!list.contains("آزمونی") && !today.contains("آزمونی"));
    }

    async fn a_body_that_was_granted_a_parcel_does_not_get_the_case(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        let proposed = scene.post(&scene.stage.alice, &format!("/plans/{plan}/propose"), &[]).await;
        assert_eq!(proposed.status, 303);
        scene.grant(scene.stage.elsewhere, Category::Personal).await;
        let roles = [access::Role::Supervisor, access::Role::CaseWorker];
        let other = scene.stage.add("other", scene.stage.elsewhere, &roles).await;
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let step = crate::steps::list(&mut conn, scene.case).await.unwrap().remove(0).id;
        drop(conn);
        for path in ["", "/assessment", "/assessment/new", "/plan", "/follow-up"] {
            assert_eq!(scene.get(&other, &scene.at(path)).await.status, 404, "{path}");
        }
        let api = format!("/api/v1/cases/{}", scene.case);
        for path in ["", "/events", "/tasks", "/assessments", "/decision", "/plans", "/follow-ups"] {
            assert_eq!(scene.get(&other, &format!("{api}{path}")).await.status, 404, "{path}");
        }
        for path in ["next-action", "stage", "hand-over", "pause", "resume", "reopen", "tasks", "plans"] {
            assert_eq!(scene.post(&other, &scene.at(&format!("/{path}")), &[]).await.status, 404, "{path}");
        }
        for path in ["goals", "approve", "return", "agree", "complete", "revise"] {
            assert_eq!(scene.post(&other, &format!("/plans/{plan}/{path}"), &[]).await.status, 404, "{path}");
        }
        assert_eq!(scene.post(&other, &format!("/steps/{step}/end"), &[("end", "done")]).await.status, 404);
        let approval = axum::http::Request::post(format!("/api/v1/plans/{plan}/approval"))
            .header("content-type", "application/json")
            .header("idempotency-key", uuid::Uuid::now_v7().to_string())
            .body(axum::body::Body::from(r#"{"is_approved":true}"#))
            .unwrap();
        assert_eq!(scene.stage.send(Some(&other), approval).await.status, 404);
        for path in ["/cases", "/today", "/today/centre", "/api/v1/cases", "/api/v1/today", "/api/v1/today/centre"] {
            let reply = scene.get(&other, path).await;
            assert_eq!(reply.status, 200, "{path}");
            assert!(!reply.body.contains("آزمونی"), "{path}");
        }
        assert!(scene.page(&scene.supervisor, "/today").await.contains("آزمونی"), "its own supervisor");
    }

    async fn a_supervisor_elsewhere_does_not_approve_here(bench: Bench) {
        let (scene, plan) = Scene::planned(&bench).await;
        scene.post(&scene.stage.alice, &format!("/plans/{plan}/propose"), &[]).await;
        let both = scene.stage.add("both", scene.stage.elsewhere, &[access::Role::Supervisor]).await;
        let here = access::users::AddMembership {
            id: scene.stage.city.db.new_id(),
            user_id: both.id,
            organization_id: scene.stage.home,
            role: access::Role::CaseWorker,
            valid_from: scene.today(),
        };
        scene.stage.write(&scene.stage.alice, here).await.unwrap();
        let both = scene.stage.again(&both).await;
        scene.page(&both, &scene.at("/plan")).await;
        assert_eq!(scene.post(&both, &format!("/plans/{plan}/approve"), &[]).await.status, 403);
        assert!(!scene.page(&both, "/today").await.contains("منتظر تأیید شما"));
    }

    async fn words_and_scores_are_hidden_once_the_consent_is_gone(bench: Bench) {
        let (scene, _) = Scene::planned(&bench).await;
        let alice = &scene.stage.alice;
        let task = [("task_words", "با پزشکش حرف بزنید"), ("task_on", "1405/09/03")];
        assert_eq!(scene.post(alice, &scene.at("/tasks"), &task).await.status, 303);
        let api = format!("/api/v1/cases/{}", scene.case);
        let secret = ["با پزشکش حرف بزنید", "ماهی ده شیشه ترشی بفروشم"];
        let seen = async |path: &str| {
            let reply = scene.get(alice, path).await;
            assert_eq!(reply.status, 200, "{path}");
            secret.iter().any(|words| reply.body.contains(words))
        };
        let (case, plan) = (scene.at(""), scene.at("/plan"));
        let (tasks, plans) = (format!("{api}/tasks"), format!("{api}/plans"));
        let paths = [case.as_str(), &plan, "/today", &tasks, &plans, "/api/v1/today"];
        for path in paths {
            assert!(seen(path).await, "{path}");
        }
        assert!(scene.page(alice, &scene.at("/assessment")).await.contains("نیاز به هدف"));
        // What is left is a grant of the plainest class.
        scene.stage.tamper("UPDATE access_grant SET valid_until = valid_from WHERE purpose = 'intake'").await.unwrap();
        scene.grant(scene.stage.home, Category::Operational).await;
        scene.withdraw_consent().await;
        for path in paths {
            assert!(!seen(path).await, "{path}");
        }
        let made = scene.get(alice, &format!("{api}/assessments")).await.json();
        assert!(made["items"][0]["scores"].is_null());
        assert!(!scene.page(alice, &scene.at("/assessment")).await.contains("نیاز به هدف"));
    }

    async fn bob_sees_the_case_of_his_colleague(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let page = scene.page(&scene.stage.bob, &scene.at("")).await;
        assert!(page.contains("1405-00001") && page.contains("مینا آزمونی"));
        assert!(scene.page(&scene.stage.bob, "/cases?stage=intake&state=open").await.contains("مینا"));
        assert!(!scene.page(&scene.stage.bob, "/cases?mine=yes").await.contains("مینا"));
        assert!(!scene.page(&scene.stage.bob, "/cases?stage=earning").await.contains("مینا"));
    }

    async fn handing_over_needs_a_colleague_and_the_owner_as_seen(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let stage = &scene.stage;
        let (alice, bob, charlie) =
            (stage.alice.id.to_string(), stage.bob.id.to_string(), stage.charlie.id.to_string());
        let hand = async |from: &str, to: &str| {
            scene.post(&stage.alice, &scene.at("/hand-over"), &[("from", from), ("owner", to)]).await.status
        };
        assert_eq!(hand(&alice, &charlie).await, 422);
        assert_eq!(hand(&alice, &bob).await, 303);
        assert_eq!(scene.found().await.owner_id, Some(stage.bob.id));
        assert_eq!(hand(&alice, &bob).await, 422, "the owner is another by now");
    }

    async fn a_case_rests_goes_on_ends_and_opens_again(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = &scene.stage.alice;
        let post = async |path: &str, fields: &[(&str, &str)]| scene.post(alice, &scene.at(path), fields).await.status;
        assert_eq!(post("/pause", &[("pause_reason", "treatment"), ("look_again_on", "1404/01/01")]).await, 422);
        assert_eq!(post("/pause", &[("pause_reason", "treatment"), ("look_again_on", "1405/10/01")]).await, 303);
        assert_eq!(scene.found().await.next_action, Some(NextAction::LookAgain));
        assert!(scene.page(alice, &scene.at("")).await.contains("درمان"));
        assert_eq!(post("/pause", &[("pause_reason", "family"), ("look_again_on", "1405/10/01")]).await, 422);
        assert_eq!(post("/resume", &[("go_on_action", "contact"), ("go_on_on", "1405/10/02")]).await, 303);
        scene.close().await;
        let closed = scene.found().await;
        assert_eq!((closed.state, closed.next_action), (CaseState::Closed, None));
        assert_eq!(post("/next-action", &[("next_action", "contact"), ("next_on", "1405/10/02")]).await, 422);
        assert_eq!(post("/reopen", &[("go_on_action", "contact"), ("go_on_on", "1405/10/02")]).await, 303);
        assert_eq!(scene.found().await.state, CaseState::Open);
        scene.page(alice, &scene.at("")).await;
    }

    async fn bad_input_comes_back_with_a_sentence(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        let alice = &scene.stage.alice;
        let long = "ب".repeat(2_000);
        let markup = "<script>alert(1)</script>";
        for (path, fields) in [
            ("/next-action", vec![("next_action", "nothing"), ("next_on", "1405/10/02")]),
            ("/next-action", vec![("next_action", "contact"), ("next_on", "1405/12/30")]),
            ("/next-action", vec![("next_action", "contact"), ("next_on", "1499/01/01")]),
            ("/next-action", vec![("next_action", "contact"), ("next_on", ""), ("waiting_on", markup)]),
            ("/stage", vec![("stage", "")]),
            ("/hand-over", vec![("owner", "nobody")]),
            ("/tasks", vec![("task_words", ""), ("task_on", "1405/10/02")]),
            ("/tasks", vec![("task_words", &long), ("task_on", "1405/10/02")]),
            ("/pause", vec![("pause_reason", "boredom"), ("look_again_on", "1405/10/02")]),
        ] {
            let reply = scene.post(alice, &scene.at(path), &fields).await;
            assert_eq!(reply.status, 422, "{path} {fields:?}");
            assert!(!reply.body.contains(markup));
        }
        let nobody = uuid::Uuid::now_v7();
        assert_eq!(scene.get(alice, &format!("/cases/{nobody}")).await.status, 404);
        assert_eq!(scene.get(alice, &format!("/tasks/{nobody}")).await.status, 404);
        assert_eq!(scene.get(alice, "/cases/new?person=x").await.status, 400);
    }

    async fn a_withdrawn_consent_is_shown_and_its_grant_ends(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        scene.withdraw_consent().await;
        let page = scene.get(&scene.stage.alice, &scene.at("")).await;
        // The registering body keeps its own grant of the intake; the case's consent is gone.
        assert!(page.status == 404 || page.body.contains("رضایت پایان یافته است"));
        let mut conn = scene.stage.city.db.read().await.unwrap();
        let charlie = access::Viewer::nobody();
        let now = scene.stage.city.db.clock().now();
        let seen = may_see(&mut conn, &charlie, scene.person.get(), Category::Operational, now).await;
        assert!(!seen.unwrap());
    }

    async fn nobody_signed_in_is_sent_to_the_door(bench: Bench) {
        let scene = Scene::opened(&bench).await;
        assert_eq!(scene.stage.get(None, &scene.at("")).await.status, 401);
        assert_eq!(scene.stage.get(None, "/today").await.status, 401);
    }
}
