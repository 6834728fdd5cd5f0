use money::Rial;

use super::*;
use crate::plan::{launches, spaces};

fn code<T>(refused: db::Result<T>) -> String {
    match refused {
        Err(db::Error::Refused(refusal)) => refusal.reason.code.to_owned(),
        Err(error) => error.to_string(),
        Ok(_) => "done".to_owned(),
    }
}

impl Table {
    /// Another action of the same programme.
    async fn action(&self, name: &str, due_on: &str) -> ActionId {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let programme_id = plan::list_programmes(&mut conn).await.unwrap()[0].id;
        let add = AddAction {
            id: ActionId::new(self.stage.city.db.new_id()),
            programme_id,
            article_id: self.article,
            organization_id: self.body,
            code: name.into(),
            name_fa: format!("اقدام {name}"),
            name_en: format!("Action {name}"),
            starts_on: day("2026-01-01"),
            due_on: day(due_on),
        };
        self.stage.write(&self.secretary, add).await.unwrap()
    }

    async fn plan_of(&self, id: ActionId) -> plan::Action {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let today = self.stage.city.db.clock().today();
        let all = plan::list_of_article(&mut conn, self.article, today)
            .await
            .unwrap();
        all.into_iter().find(|one| one.record.id == id).unwrap()
    }
}

both! {
    async fn an_action_has_targets_and_budgets_by_year(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let path = format!("/actions/{}/details", table.action);
        for add in ["", "?add=target", "?add=budget", "?add=need", "?add=launch", "?add=space&lang=en"] {
            let page = stage.get(Some(&table.secretary), &format!("{path}{add}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{add}");
        }
        assert_eq!(table.status(Some(&table.observer), &path).await, 403);
        let target = |year, quantity| [
            ("add", "target"), ("year", year), ("quantity", quantity), ("unit_fa", "نفر"), ("unit_en", "people"), ("figure", "reached"),
        ];
        for (year, quantity) in [("1200", "5"), ("1405", "0"), ("", "5")] {
            assert_eq!(stage.post(Some(&table.secretary), &path, &target(year, quantity)).await.status, 422, "{year} {quantity}");
        }
        assert_eq!(stage.post(Some(&table.observer), &path, &target("1405", "5")).await.status, 403);
        assert_eq!(stage.post(Some(&table.secretary), &path, &target("۱۴۰۵", "۱۰۰")).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path, &target("1405", "120")).await.status, 303);
        let unknown = SetTarget {
            id: bench.db.new_id(), action_id: table.action, year: 1405, quantity: 1, unit_fa: "نفر".into(), unit_en: "people".into(),
            indicator_code: Some("luck".into()),
        };
        assert_eq!(code(stage.write(&table.secretary, unknown).await), "cited_figure_unknown");
        let budget = [("add", "budget"), ("year", "1405"), ("line", "اعتبار بازارچه‌ها"), ("amount", "۲۵ میلیون تومان")];
        assert_eq!(stage.post(Some(&table.secretary), &path, &budget).await.status, 303);
        let nothing = SetBudget { id: bench.db.new_id(), action_id: table.action, year: 1405, line: "x".into(), amount: Rial::ZERO };
        assert_eq!(code(stage.write(&table.secretary, nothing).await), "plan_yearly");
        let action = table.plan_of(table.action).await;
        let targets: Vec<_> = action.targets.iter().map(|one| (one.year, one.quantity, one.indicator_code.as_deref())).collect();
        assert_eq!(targets, [(1405, 120, Some("reached"))], "the last word holds");
        assert_eq!(action.budgets[0].amount, Rial::new(250_000_000));
        let page = format!("/articles/{}", table.article);
        for language in ["", "?lang=en"] {
            let shown = stage.get(Some(&table.observer), &format!("{page}{language}")).await;
            assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
            assert!(shown.body.contains("اعتبار بازارچه‌ها"));
        }
        let paper = stage.get(Some(&table.observer), &format!("{page}/dossier")).await.body;
        assert!(paper.contains("اعتبار بازارچه‌ها") && paper.contains("۱۲۰ نفر"), "{paper}");
    }

    async fn an_action_waits_for_another_and_never_for_itself(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let (second, third) = (table.action("a2", "2027-06-01").await, table.action("a3", "2027-06-01").await);
        let need = |action_id, needs_id| AddNeed { action_id, needs_id };
        let text = second.to_string();
        let path = format!("/actions/{third}/details");
        assert_eq!(stage.post(Some(&table.secretary), &path, &[("add", "need"), ("needs_id", text.as_str())]).await.status, 303);
        stage.write(&table.secretary, need(second, table.action)).await.unwrap();
        for (action, needs) in [(table.action, third), (second, third), (second, second)] {
            assert_eq!(code(stage.write(&table.secretary, need(action, needs)).await), "action_need_circle");
        }
        let action = table.plan_of(second).await;
        assert_eq!((action.state, action.needs[0].code.as_str()), (ActionState::Waiting, "a1"));
        let page = web::words::plain(&stage.get(Some(&table.observer), &format!("/articles/{}", table.article)).await.body).into_owned();
        assert!(page.contains("منتظر «گشودن فروشگاه‌ها» است؛ نوبت welfare است") || page.contains("منتظر «گشودن فروشگاه‌ها» است"), "{page}");
        // A milestone of the first, proven, sets the second free.
        let milestone = MilestoneId::new(bench.db.new_id());
        let add = AddMilestone { id: milestone, action_id: table.action, name_fa: "گام".into(), name_en: "Step".into(), due_on: day("2026-12-01"), figure: None };
        stage.write(&table.secretary, add).await.unwrap();
        assert_eq!(table.plan_of(second).await.state, ActionState::Waiting);
        let give = GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Milestone(milestone), quantity: 1, note: "رسید".into(), reference: String::new(),
            given_on: bench.db.clock().today(),
        };
        stage.write(&table.secretary, give).await.unwrap();
        assert_eq!(table.plan_of(second).await.state, ActionState::NotStarted);
        assert_eq!(table.plan_of(third).await.state, ActionState::Waiting, "it waits for the second still");
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        stage.tamper("INSERT INTO action_need (action_id, needs_id, made_at) SELECT a.id, b.id, a.made_at FROM action a JOIN action b ON b.code = 'a3' WHERE a.code = 'a1'").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["action_need"]);
    }

    async fn a_launch_comes_from_its_idea_to_its_opening_step_by_step(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let body = table.body.to_string();
        let path = format!("/actions/{}/details", table.action);
        let fields = [
            ("add", "launch"), ("kind", "shop"), ("name_fa", "فروشگاه ششم"), ("name_en", "Sixth shop"), ("organization_id", body.as_str()),
            ("planned_on", "1405/09/01"),
        ];
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 303);
        let id = table.plan_of(table.action).await.launches[0].id;
        let place = format!("/launches/{id}");
        assert_eq!(table.status(Some(&table.observer), &format!("/launches/{}", Uuid::now_v7())).await, 404);
        let step = |step, on| [("step", step), ("reached_on", on), ("note", "نامهٔ ۱۲")];
        assert_eq!(stage.post(Some(&table.observer), &format!("{place}/steps"), &step("agreed", "1405/09/02")).await.status, 403);
        for (name, on) in [("open", "1405/09/02"), ("agreed", "1405/09/03"), ("agreed", "1405/08/01")] {
            assert_eq!(stage.post(Some(&table.secretary), &format!("{place}/steps"), &step(name, on)).await.status, 422, "{name} {on}");
        }
        assert_eq!(stage.post(Some(&table.secretary), &format!("{place}/steps"), &step("agreed", "1405/09/02")).await.status, 303);
        let one = launches::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((one.step, one.next(), one.is_late(bench.db.clock().today())), (Some(LaunchStep::Agreed), Some(LaunchStep::Space), true));
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.secretary), &format!("{place}{language}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let today = bench.db.clock().today();
        for step in [LaunchStep::Space, LaunchStep::Equipped, LaunchStep::Open] {
            stage.write(&table.secretary, ReachStep { launch_id: id, step, reached_on: today, note: String::new() }).await.unwrap();
        }
        let one = launches::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((one.step, one.next(), one.is_late(today)), (Some(LaunchStep::Open), None, false));
        let paper = stage.get(Some(&table.observer), &format!("/articles/{}/dossier", table.article)).await.body;
        assert!(paper.contains("فروشگاه ششم") && paper.contains("باز شد"), "{paper}");
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        // Another idea is equipped before anybody gave it space: somebody wrote around the program.
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 303);
        let leapt = "INSERT INTO launch_step (launch_id, step, place, reached_on, note, made_at)
            SELECT l.id, 'equipped', 4, l.planned_on, '', l.made_at FROM launch l WHERE NOT EXISTS
                (SELECT 1 FROM launch_step s WHERE s.launch_id = l.id AND s.place = 2)";
        assert_eq!(stage.tamper(leapt).await.unwrap(), 1);
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["launch_step"]);
    }

    async fn space_is_never_used_beyond_what_was_given_without_a_warning(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let give = GiveSpace {
            id: SpaceId::new(bench.db.new_id()), action_id: table.action, organization_id: table.body, kind: SpaceKind::Bazaar,
            name_fa: "بازارچهٔ نمونه".into(), name_en: "Sample bazaar".into(), quantity: 10, unit_fa: "غرفه".into(), unit_en: "booths".into(),
            given_from: day("2026-09-23"), given_until: day("2027-03-20"),
        };
        let id = give.id;
        let backward = GiveSpace { given_until: day("2026-01-01"), id: SpaceId::new(bench.db.new_id()), ..give.clone() };
        assert_eq!(code(stage.write(&table.secretary, backward).await), "period");
        stage.write(&table.secretary, give).await.unwrap();
        let path = format!("/spaces/{id}/uses");
        let fields = |quantity, from, until| [("quantity", quantity), ("used_from", from), ("used_until", until), ("note", "هفتهٔ یلدا")];
        assert_eq!(stage.post(Some(&table.observer), &path, &fields("4", "1405/09/01", "1405/09/10")).await.status, 403);
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields("4", "1404/09/01", "1404/09/10")).await.status, 422, "outside its days");
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields("7", "1405/09/01", "1405/09/10")).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields("7", "1405/09/11", "1405/09/20")).await.status, 303, "one after the other");
        let over = fields("4", "1405/09/10", "1405/09/10");
        let warned = stage.post(Some(&table.secretary), &path, &over).await;
        assert!(warned.status == 422 && warned.body.contains("name=\"is_over_known\""), "{}", warned.body);
        assert_eq!(web::inspect::faults(&warned.body), Vec::<String>::new());
        let mut known = over.to_vec();
        known.push(("is_over_known", "yes"));
        assert_eq!(stage.post(Some(&table.secretary), &path, &known).await.status, 303);
        let space = spaces::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((space.uses, space.overs), (3, 1));
        for page in [format!("/spaces/{id}"), format!("/spaces/{id}?lang=en"), format!("/articles/{}", table.article)] {
            let page = stage.get(Some(&table.observer), &page).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let paper = stage.get(Some(&table.observer), &format!("/articles/{}/dossier", table.article)).await.body;
        assert!(paper.contains("بازارچهٔ نمونه"), "{paper}");
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        stage.tamper("UPDATE space_commitment SET quantity = 6").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["space_use"]);
    }
}
