//! Targets, kept views and reports on a schedule.

use access::Role;
use casework::cases::MoveCase;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::Town;
use crate::reports::{Period, job};

async fn jobs_of(bench: &testing::Bench) -> i64 {
    let mut conn = bench.db.read().await.unwrap();
    db::sql("SELECT count(*) AS value FROM job WHERE kind = 'make_report'")
        .scalar(&mut conn)
        .await
        .unwrap()
}

both! {
    async fn a_target_is_set_by_the_secretary_and_measured_for_everybody(bench: Bench) {
        let town = Town::open(&bench).await;
        let year = i64::from(persian::Jalali::from(bench.db.clock().today()).year);
        let set = async |actor, code: &str, year: i64, amount: Json| {
            let body = json!({ "id": Uuid::now_v7(), "code": code, "year": year, "amount": amount, "reason": "برنامهٔ سال" });
            town.stage.send_json(Some(actor), "POST", "/api/v1/figures/targets", &body).await.status.as_u16()
        };
        assert_eq!(set(&town.observer, "reached", year, json!(70)).await, 403);
        assert_eq!(set(&town.secretary, "nothing", year, json!(70)).await, 404);
        assert_eq!(set(&town.secretary, "reached", 1200, json!(70)).await, 422);
        assert_eq!(set(&town.secretary, "reached", year, json!(0)).await, 422);
        assert_eq!(set(&town.secretary, "reached", year, json!(70)).await, 201);
        // That of another year changes nothing today.
        assert_eq!(set(&town.secretary, "reached", year + 1, json!(90)).await, 201);
        let shown = town.stage.get(Some(&town.member), "/api/v1/figures/reached").await.json();
        let target = &shown["target"];
        assert_eq!((&target["target"]["amount"], &target["reached"], &target["share"]), (&json!(70), &json!(35), &json!(5_000)));
        let page = town.stage.get(Some(&town.member), "/figures/reached").await;
        // The sixtieth day of tests lies in Bahman: half of the target is slower than the year.
        assert!(page.body.contains("برنامهٔ سال") && page.body.contains("کندتر از سال"));
        // Two women were paid: so few are no progress that a member is told of.
        assert_eq!(set(&town.secretary, "paid_to_makers", year, json!(1_000_000)).await, 201);
        let few = town.stage.get(Some(&town.member), "/api/v1/figures/paid_to_makers").await.json();
        assert_eq!((&few["target"]["is_hidden"], &few["target"]["share"]), (&json!(true), &json!(null)));
        for lang in ["fa", "en"] {
            for path in ["/figures", "/figures/reached", "/figures/reached/target"] {
                let page = town.stage.get(Some(&town.secretary), &format!("{path}?lang={lang}")).await;
                assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            }
        }
        let wrong = [("year", "۱۴۰۵"), ("amount", "-3"), ("reason", "")];
        assert_eq!(town.stage.post(Some(&town.secretary), "/figures/reached/target", &wrong).await.status, 422);
        assert_eq!(set(&town.secretary, "reached", year, json!(null)).await, 201);
        let gone = town.stage.get(Some(&town.member), "/api/v1/figures/reached").await.json();
        assert_eq!(gone["target"], json!(null));
    }

    async fn a_view_is_kept_for_oneself_or_for_a_role(bench: Bench) {
        let town = Town::open(&bench).await;
        let names = async |actor| -> Vec<String> {
            let list = town.stage.get(Some(actor), "/api/v1/figures/views").await.json();
            list["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
        };
        let own = [("name", "زن و مرد"), ("breakdown", "gender"), ("role", "")];
        assert_eq!(town.stage.post(Some(&town.observer), "/figures/reached/keep", &own).await.status, 303);
        let again = town.stage.post(Some(&town.observer), "/figures/reached/keep", &own).await;
        assert!(again.status == 422 && again.body.contains("نمایی با این نام دارید"), "{}", again.body);
        let not_of_it = [("name", "x"), ("breakdown", "funder"), ("role", "")];
        assert_eq!(town.stage.post(Some(&town.observer), "/figures/reached/keep", &not_of_it).await.status, 422);
        // Only the secretary gives a view to others.
        let shared = [("name", "برای اعضا"), ("breakdown", "region"), ("role", "committee_member")];
        assert_eq!(town.stage.post(Some(&town.observer), "/figures/reached/keep", &shared).await.status, 404);
        assert_eq!(town.stage.post(Some(&town.secretary), "/figures/reached/keep", &shared).await.status, 303);
        assert_eq!(names(&town.observer).await, ["زن و مرد"]);
        assert_eq!(names(&town.member).await, ["برای اعضا"]);
        let page = town.stage.get(Some(&town.member), "/figures").await;
        assert!(page.body.contains("برای اعضا") && !page.body.contains("let-go"));
        for lang in ["fa", "en"] {
            let path = format!("/figures/reached/keep?by=gender&lang={lang}");
            let page = town.stage.get(Some(&town.secretary), &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        // Another's view does not go.
        let id = town.stage.get(Some(&town.secretary), "/api/v1/figures/views").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        town.stage.post(Some(&town.member), &format!("/figures/views/{id}/let-go"), &[]).await;
        assert_eq!(names(&town.member).await, ["برای اعضا"]);
        town.stage.post(Some(&town.secretary), &format!("/figures/views/{id}/let-go"), &[]).await;
        assert_eq!(names(&town.member).await, Vec::<String>::new());
        for number in 1..30 {
            let body = json!({ "id": Uuid::now_v7(), "name": format!("نما {number}"), "code": "reached", "breakdown": "region", "role": null });
            assert_eq!(town.stage.send_json(Some(&town.observer), "POST", "/api/v1/figures/views", &body).await.status, 201);
        }
        let body = json!({ "id": Uuid::now_v7(), "name": "یکی بیشتر", "code": "reached", "breakdown": "region", "role": null });
        assert_eq!(town.stage.send_json(Some(&town.observer), "POST", "/api/v1/figures/views", &body).await.status, 409);
    }

    async fn a_report_makes_itself_and_tells_a_role_what_it_may_know(bench: Bench) {
        let town = Town::open(&bench).await;
        let fields = [
            ("name", "گزارش هفتگی"), ("period", "week"), ("role", "committee_member"),
            ("codes", "reached"), ("codes", "paid_to_makers"),
        ];
        assert_eq!(town.stage.post(Some(&town.observer), "/reports", &fields).await.status, 403);
        let mut wrong = fields;
        wrong[2].1 = "shop_clerk";
        let refused = town.stage.post(Some(&town.secretary), "/reports", &wrong).await;
        assert!(refused.status == 422 && refused.body.contains("این نقش شاخص‌ها را نمی‌خواند"), "{}", refused.body);
        wrong = fields;
        wrong[3].1 = "nothing";
        assert_eq!(town.stage.post(Some(&town.secretary), "/reports", &wrong).await.status, 404);
        assert_eq!(town.stage.post(Some(&town.secretary), "/reports", &fields).await.status, 303);
        let list = async |actor| town.stage.get(Some(actor), "/api/v1/reports").await.json()["items"].clone();
        let schedule = list(&town.secretary).await[0]["schedule"]["id"].as_str().unwrap().to_owned();
        assert_eq!(jobs_of(&bench).await, 1);
        let run = async || {
            let today = bench.db.clock().today();
            let payload = json!({ "schedule": schedule, "planned_on": today });
            job::make_report(town.stage.city.clone(), payload).await.unwrap();
        };
        run().await;
        // The same day again: one report, one message, one job for the next.
        run().await;
        assert_eq!(jobs_of(&bench).await, 2);
        let mut conn = bench.db.read().await.unwrap();
        let told: i64 = db::sql("SELECT count(*) AS value FROM notice WHERE template = 'report-ready'").scalar(&mut conn).await.unwrap();
        assert_eq!(told, 1);
        drop(conn);
        let reports = list(&town.member).await[0]["reports"].clone();
        assert_eq!(reports.as_array().unwrap().len(), 1);
        let path = format!("/reports/{}", reports[0]["id"].as_str().unwrap());
        let first = town.stage.get(Some(&town.member), &format!("/api/v1{path}")).await.json()["content"].clone();
        // Two were paid: a member is not told, and is told nothing of a stage of few either.
        let line = |place: usize| (first["figures"][place]["code"].clone(), first["figures"][place]["amount"].clone(), first["figures"][place]["is_hidden"].clone());
        assert_eq!(line(0), (json!("reached"), json!(35), json!(false)));
        assert_eq!(line(1), (json!("paid_to_makers"), json!(null), json!(true)));
        assert_eq!((&first["stages"][0]["people"], &first["figures"][0]["before"]), (&json!(10), &json!(null)));
        // Whoever holds another role finds neither the schedule nor the report.
        assert_eq!(list(&town.observer).await, json!([]));
        assert_eq!(town.stage.get(Some(&town.observer), &path).await.status, 404);
        bench.pass_days(7);
        let next = Period::Week.next(bench.db.clock().today());
        assert!(next > bench.db.clock().today());
        let [member, secretary] = [
            town.stage.add("member again", town.stage.home, &[Role::CommitteeMember]).await,
            town.stage.add("secretary again", town.stage.home, &[Role::Secretary]).await,
        ];
        run().await;
        let newest = list(&member).await[0]["reports"][0]["id"].as_str().unwrap().to_owned();
        let second = town.stage.get(Some(&member), &format!("/api/v1/reports/{newest}")).await.json();
        assert_eq!(second["content"]["figures"][0]["before"], json!(35));
        for lang in ["fa", "en"] {
            for path in ["/reports".to_owned(), format!("/reports/{newest}"), "/reports/new".to_owned()] {
                let page = town.stage.get(Some(&secretary), &format!("{path}?lang={lang}")).await;
                assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            }
        }
        let end = format!("/reports/schedules/{schedule}/end");
        assert_eq!(town.stage.post(Some(&secretary), &end, &[]).await.status, 303);
        let jobs = jobs_of(&bench).await;
        bench.pass_days(7);
        run().await;
        assert_eq!(jobs_of(&bench).await, jobs);
        assert!(town.stage.tamper("UPDATE report SET as_of = as_of").await.is_err());
    }

    async fn few_are_not_found_by_subtracting_a_figure_from_a_larger_one(bench: Bench) {
        let town = Town::open(&bench).await;
        // Fifteen wait in referral: all of them eligible, all with a plan. Then one plans anew.
        let back = MoveCase { case: town.cases[20], stage: casework::Stage::Planning };
        town.stage.write(&town.stage.alice, back).await.unwrap();
        let told = async |actor, code: &str| {
            let figure = town.stage.get(Some(actor), &format!("/api/v1/figures/{code}")).await.json();
            (figure["amount"].clone(), figure["is_hidden"].clone())
        };
        assert_eq!(told(&town.member, "eligible").await, (json!(15), json!(false)));
        assert_eq!(told(&town.member, "with_plan").await, (json!(null), json!(true)));
        assert_eq!(told(&town.observer, "with_plan").await, (json!(14), json!(false)));
        let list = town.stage.get(Some(&town.member), "/api/v1/figures").await.json();
        let item = list["items"].as_array().unwrap().iter().find(|one| one["definition"]["code"] == "with_plan").unwrap().clone();
        assert_eq!(item["amount"], json!(null));
        // Nor by what is published, to anybody.
        assert_eq!(town.stage.post(Some(&town.secretary), "/figures/publish", &[]).await.status, 303);
        let values = town.stage.get(Some(&town.member), "/api/v1/figures/with_plan/values").await.json();
        assert_eq!((&values["items"][0]["amount"], &values["items"][0]["is_hidden"]), (&json!(null), &json!(true)));
        let published = town.stage.get(None, "/api/v1/statistics").await.json();
        let of = |code: &str| published["items"].as_array().unwrap().iter().find(|one| one["definition"]["code"] == code).unwrap().clone();
        assert_eq!((&of("eligible")["amount"], &of("with_plan")["amount"]), (&json!(15), &json!(null)));
    }
}
