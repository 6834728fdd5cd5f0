//! A body goes into another one.

use access::Role;
use access::cast::{Stage, broken};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::stage;

async fn make(stage: &Stage, code: &str) -> String {
    let body = json!({
        "id": Uuid::now_v7(), "code": code, "kind": "ministry", "name_fa": format!("ادارهٔ {code}"),
        "name_en": code, "phone": "", "valid_from": stage.city.db.clock().today(), "knowledge_based_until": null,
    });
    let made = stage
        .send_json(Some(&stage.alice), "POST", "/api/v1/organizations", &body)
        .await;
    assert_eq!(made.status, 201);
    body["id"].as_str().unwrap().to_owned()
}

both! {
    async fn who_works_in_the_new_body_answers_for_the_old_one(bench: Bench) {
        let stage = stage(&bench).await;
        let (old, new) = (make(&stage, "old").await, make(&stage, "new").await);
        let new_id: Uuid = new.parse().unwrap();
        let officer = stage.add("officer", new_id, &[Role::PartnerOfficer]).await;
        let roles = async || {
            let mut conn = bench.db.read().await.unwrap();
            access::users::roles_on(&mut conn, officer.id, bench.db.clock().today()).await.unwrap()
        };
        assert_eq!(roles().await, [(Role::PartnerOfficer, new_id)]);
        let today = persian::Jalali::from(bench.db.clock().today()).short(persian::Lang::Fa);
        let path = format!("/organizations/{old}/merge");
        let post = async |into: &str, on: &str| stage.post(Some(&stage.alice), &path, &[("into", into), ("on", on)]).await;
        for (into, on) in [(old.as_str(), today.as_str()), (&new, "1400/01/01"), (&new, "1499/01/01"), (&new, ""), ("", &today)] {
            assert_eq!(post(into, on).await.status, 422, "{into} {on}");
        }
        assert_eq!(stage.post(Some(&officer), &path, &[("into", &new), ("on", &today)]).await.status, 403);
        assert_eq!(post(&Uuid::now_v7().to_string(), &today).await.status, 404);
        assert_eq!(post(&new, &today).await.status, 303);
        let mut both = roles().await;
        both.sort_by_key(|(_, body)| *body != new_id);
        assert_eq!(both, [(Role::PartnerOfficer, new_id), (Role::PartnerOfficer, old.parse().unwrap())]);
        // Once only, and not into what has ended itself.
        let again = post(&new, &today).await;
        assert!(again.status == 422 && again.body.contains("دستگاه دیگری ادغام شده"));
        let back = stage.post(Some(&stage.alice), &format!("/organizations/{new}/merge"), &[("into", &old), ("on", &today)]).await;
        assert_eq!(back.status, 422);
        let shown = stage.get(Some(&stage.alice), &format!("/organizations/{old}")).await;
        assert!(shown.body.contains("ادغام شده است") && web::inspect::faults(&shown.body).is_empty());
        // A third body: whatever went into the second goes on with it.
        let third = make(&stage, "third").await;
        let moved = stage.send_json(
            Some(&stage.alice), "POST", &format!("/api/v1/organizations/{new}/merge"),
            &json!({ "into": third, "on": bench.db.clock().today() }),
        ).await;
        assert_eq!(moved.status, 200);
        let kept = stage.get(Some(&stage.alice), &format!("/api/v1/organizations/{old}")).await.json();
        assert_eq!(kept["merged_into_id"], json!(third));
        let mut conn = bench.db.read().await.unwrap();
        let name: String = db::sql("SELECT name_en AS value FROM organization_card WHERE code = 'old'").scalar(&mut conn).await.unwrap();
        assert_eq!(name, "old, now third");
        let id = crate::OrganizationId::new(old.parse().unwrap());
        assert!(crate::must_stand(&mut conn, id, "service").await.is_err());
        assert_eq!(crate::answering(&mut conn, id).await.unwrap().id.to_string(), third);
        assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), Vec::<String>::new());
        drop(conn);
        // Two steps away from whoever answers: somebody wrote around the program.
        let chained = "UPDATE organization SET merged_into_id = (SELECT o.id FROM organization o WHERE o.code = 'new')
            WHERE code = 'old'";
        assert_eq!(stage.tamper(chained).await.unwrap(), 1);
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(broken(crate::checks(&mut conn).await.unwrap()), ["merger"]);
    }

    async fn the_page_is_whole_in_both_languages(bench: Bench) {
        let stage = stage(&bench).await;
        let old = make(&stage, "old").await;
        for lang in ["fa", "en"] {
            let page = stage.get(Some(&stage.alice), &format!("/organizations/{old}/merge?lang={lang}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
    }
}
