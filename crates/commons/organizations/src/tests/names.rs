//! A renamed or reorganised body is the same one.

use access::Role;
use persian::{Jalali, Lang};
use serde_json::json;
use testing::both;

use super::directory::{new_body, send, told, url_of};
use super::stage;
use crate::{OrganizationId, name_on};

both! {
    async fn a_renamed_body_keeps_its_id_and_every_day_its_name(bench: Bench) {
        let stage = stage(&bench).await;
        let id = new_body(&stage, "skills", "مرکز کهن").await;
        let service = told(&stage, id, "دورهٔ خیاطی").await;
        let before = bench.db.clock().today();
        bench.pass_days(10);
        let alice = stage.again(&stage.alice).await;
        let day = |date| Jalali::from(date).short(Lang::Fa);
        let today = bench.db.clock().today();
        let path = format!("/organizations/{id}/names");
        let later = today.succ_opt().unwrap();
        let fields = |from: &str| [("name_fa", "مركز نو".to_owned()), ("name_en", "New centre".to_owned()), ("from_on", from.to_owned())];
        let post = async |from: &str| {
            let fields = fields(from);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            stage.post(Some(&alice), &path, &fields).await
        };
        for wrong in ["", &day(before), &day(later)] {
            let reply = post(wrong).await;
            assert!(reply.status == 422 && reply.body.contains("#from_on"), "{wrong}");
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
        let clerk = stage.add("clerk", id, &[Role::PartnerOfficer]).await;
        assert_eq!(stage.post(Some(&clerk), &path, &[]).await.status, 403);
        assert_eq!(post(&day(today)).await.status, 303);
        assert_eq!(post(&day(today)).await.status, 422, "once a day");
        let shown = stage.get(Some(&alice), &format!("/organizations/{id}")).await;
        assert!(shown.body.contains("مرکز نو") && shown.body.contains("مرکز کهن"));
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        let mut conn = bench.db.read().await.unwrap();
        let own = OrganizationId::new(id);
        for (on, name) in [(before, "مرکز کهن"), (today.pred_opt().unwrap(), "مرکز کهن"), (today, "مرکز نو"), (later, "مرکز نو")] {
            assert_eq!(name_on(&mut conn, own, on).await.unwrap().name_fa, name, "{on}");
        }
        drop(conn);
        // Its service is found under both names.
        for words in ["کهن", "نو"] {
            let list = stage.get(None, &url_of("/api/v1/services", &[("q", words)])).await.json();
            assert_eq!(list["items"][0]["id"], json!(service), "{words}");
        }
        // A body made before names were written down begins with the one it has.
        let home = OrganizationId::new(stage.home);
        let named = json!({ "from_on": today, "name_fa": "خانه", "name_en": "Home" });
        let done = send(&stage, &alice, &format!("/api/v1/organizations/{home}/names"), &named).await;
        assert_eq!((done.status.as_u16(), done.json()["names"].as_array().unwrap().len()), (200, 2), "{}", done.body);
    }

    async fn a_body_moves_under_another_and_never_into_a_circle(bench: Bench) {
        let stage = stage(&bench).await;
        let (upper, lower) = (new_body(&stage, "upper", "بالا").await, new_body(&stage, "lower", "پایین").await);
        bench.pass_days(1);
        let alice = stage.again(&stage.alice).await;
        let today = bench.db.clock().today();
        let put = async |id: uuid::Uuid, parent: serde_json::Value| {
            let path = format!("/api/v1/organizations/{id}/parents");
            send(&stage, &alice, &path, &json!({ "from_on": today, "parent_id": parent })).await
        };
        assert_eq!(put(upper, json!(upper)).await.json()["code"], "parent_circle");
        assert_eq!(put(lower, json!(upper)).await.status, 200);
        assert_eq!(put(upper, json!(lower)).await.json()["code"], "parent_circle");
        assert_eq!(put(lower, json!(null)).await.json()["code"], "name_day");
        let kept = stage.get(Some(&alice), &format!("/api/v1/organizations/{lower}")).await.json();
        assert_eq!(kept["parent_id"], json!(upper));
        let shown = stage.get(Some(&alice), &format!("/organizations/{lower}")).await;
        assert!(shown.body.contains("زیر نظر") && web::inspect::faults(&shown.body).is_empty());
        let day = Jalali::from(today).short(Lang::Fa);
        let again = [("parent_id", ""), ("moved_on", day.as_str())];
        let reply = stage.post(Some(&alice), &format!("/organizations/{lower}/parents"), &again).await;
        assert!(reply.status == 422 && reply.body.contains("#moved_on"));
        bench.pass_days(1);
        let day = Jalali::from(bench.db.clock().today()).short(Lang::Fa);
        let alice = stage.again(&stage.alice).await;
        let again = [("parent_id", ""), ("moved_on", day.as_str())];
        let reply = stage.post(Some(&alice), &format!("/organizations/{lower}/parents"), &again).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    async fn a_body_that_goes_into_another_hands_its_described_services_over(bench: Bench) {
        let stage = stage(&bench).await;
        let (old, new) = (new_body(&stage, "old", "کهن").await, new_body(&stage, "new", "نو").await);
        told(&stage, old, "دورهٔ خیاطی").await;
        let merge = json!({ "into": new, "on": bench.db.clock().today() });
        let path = format!("/api/v1/organizations/{old}/merge");
        let done = stage.send_json(Some(&stage.alice), "POST", &path, &merge).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let list = stage.get(None, "/api/v1/services").await.json();
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "told once, by the body that stands");
        assert_eq!((&items[0]["organization_id"], &items[0]["capacity"]["state"]), (&json!(new), &json!("unknown")));
        assert_eq!(items[0]["description"]["documents"].as_array().unwrap().len(), 1);
    }
}
