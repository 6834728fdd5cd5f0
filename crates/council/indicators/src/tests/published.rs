use access::Role;
use organizations::OrganizationId;
use people::persons::Gender;
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::{Town, register};
use crate::{CorrectValue, values};

both! {
    async fn a_published_figure_never_changes(bench: Bench) {
        let town = Town::open(&bench).await;
        let publish = async || town.stage.post(Some(&town.secretary), "/figures/publish", &[]).await.status.as_u16();
        let history = async || {
            values::history(&mut bench.db.read().await.unwrap(), "reached", true).await.unwrap()
        };
        assert_eq!(publish().await, 303);
        // Somebody new on the same day: what was published for the day stays.
        register(&town.stage, OrganizationId::new(town.stage.home), 5, Gender::Female).await;
        assert_eq!(publish().await, 303);
        let published = history().await;
        assert_eq!(published.iter().map(|value| value.amount).collect::<Vec<_>>(), [Some(35)]);
        bench.pass_days(1);
        let secretary = town.stage.add("secretary again", town.stage.home, &[Role::Secretary]).await;
        let status = town.stage.post(Some(&secretary), "/figures/publish", &[]).await.status;
        assert_eq!(status, 303);
        assert_eq!(history().await.iter().map(|value| value.amount).collect::<Vec<_>>(), [Some(36), Some(35)]);

        let path = format!("/figures/values/{}/correct", published[0].id);
        let empty = town.stage.post(Some(&secretary), &path, &[("amount", "x"), ("reason", "")]).await;
        assert_eq!(empty.status, 422);
        let fields = [("amount", "۳۴"), ("reason", "یک نفر دو بار ثبت شده بود")];
        assert_eq!(town.stage.post(Some(&secretary), &path, &fields).await.status, 303);
        let after = history().await;
        let kept: Vec<_> = after.iter().map(|value| (value.amount, value.is_corrected)).collect();
        assert!(kept.contains(&(Some(35), true)) && kept.contains(&(Some(34), false)) && kept.len() == 3, "{kept:?}");
        let again = town.stage.post(Some(&secretary), &path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("پیش‌تر اصلاح شده"));
        let page = town.stage.get(Some(&secretary), "/figures/reached").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        assert!(page.body.contains("یک نفر دو بار ثبت شده بود"));
    }

    async fn a_correction_of_another_figure_is_found(bench: Bench) {
        let town = Town::open(&bench).await;
        let published = town.stage.post(Some(&town.secretary), "/figures/publish", &[]).await.status;
        assert_eq!(published, 303);
        let broken = async || {
            let (mut conn, today) = (bench.db.read().await.unwrap(), bench.db.clock().today());
            access::cast::broken(crate::checks(&mut conn, today).await.unwrap())
        };
        assert_eq!(broken().await, Vec::<String>::new());
        let added = town.stage.tamper(
            "INSERT INTO indicator_value (id, code, version, as_of, region, amount, subjects, corrects_id, reason, taken_at)
             SELECT u.id, e.code, e.version, v.as_of, v.region, 1, 1, v.id, 'x', v.taken_at
             FROM indicator_value v JOIN indicator_value e ON e.code = 'eligible' AND e.region = ''
             CROSS JOIN user_account u WHERE v.code = 'reached' AND v.region = '' ORDER BY u.id LIMIT 1",
        ).await.unwrap();
        assert_eq!(added, 1);
        assert_eq!(broken().await, ["G2"]);
        // What was published cannot be changed at all.
        assert!(town.stage.tamper("UPDATE indicator_value SET amount = 1").await.is_err());
    }

    async fn a_correction_needs_its_reason_by_whatever_door(bench: Bench) {
        let town = Town::open(&bench).await;
        let command = CorrectValue { id: Uuid::now_v7(), corrects_id: Uuid::now_v7(), amount: 1, reason: " ".into() };
        let body = serde_json::to_value(&command).unwrap();
        let path = "/api/v1/figures/corrections";
        assert_eq!(town.stage.send_json(Some(&town.secretary), "POST", path, &body).await.status, 422);
        assert_eq!(town.stage.send_json(Some(&town.observer), "POST", path, &body).await.status, 403);
        let body = json!({ "id": Uuid::now_v7(), "corrects_id": Uuid::now_v7(), "amount": 1, "reason": "x" });
        assert_eq!(town.stage.send_json(Some(&town.secretary), "POST", path, &body).await.status, 404);
    }

    async fn a_month_publishes_itself_and_plans_the_next(bench: Bench) {
        let town = Town::open(&bench).await;
        town.stage.write(&town.secretary, crate::TakeValues {}).await.unwrap();
        let jobs = async || -> Vec<serde_json::Value> {
            let mut conn = bench.db.read().await.unwrap();
            let text = "SELECT payload AS value FROM job WHERE kind = 'publish_month' ORDER BY run_at";
            db::sql(text).scalars(&mut conn).await.unwrap()
        };
        let published = async || -> i64 {
            let mut conn = bench.db.read().await.unwrap();
            let text = "SELECT count(DISTINCT as_of) AS value FROM indicator_value";
            db::sql(text).scalar(&mut conn).await.unwrap()
        };
        let first = jobs().await;
        let today = bench.db.clock().today();
        let next = persian::Jalali::from(today).first_of_month().plus_months(1);
        assert_eq!(first, [json!({ "month": crate::figures::month_key(next.to_date()) })]);
        // A month too early, as a job of a month that has passed would be: nothing is published.
        values::month::publish_month(town.stage.city.clone(), first[0].clone()).await.unwrap();
        assert_eq!((published().await, jobs().await.len()), (1, 1));
        bench.pass_days((next.to_date() - today).num_days());
        for _ in 0..2 {
            values::month::publish_month(town.stage.city.clone(), first[0].clone()).await.unwrap();
        }
        assert_eq!((published().await, jobs().await.len()), (2, 2));
    }
}
