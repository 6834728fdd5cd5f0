//! Keeping the directory true: score, list, check, status and agreement.

use access::Role;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::directory::{description, new_body, send, service, told};
use super::stage;

both! {
    async fn an_entry_is_scored_by_what_it_has_and_the_worst_is_looked_at_first(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let (bare, whole) = (service(&stage, skills, "بی‌شرح").await, told(&stage, skills, "دورهٔ خیاطی").await);
        let alice = &stage.alice;
        let quality = async |id: Uuid| {
            let alice = stage.again(alice).await;
            stage.get(Some(&alice), &format!("/api/v1/directory/{id}")).await.json()["quality"].clone()
        };
        let first = quality(bare).await;
        assert_eq!((&first["score"], first["missing"].as_array().unwrap().len()), (&json!(0), 8));
        assert_eq!(quality(whole).await["missing"], json!(["checked", "capacity", "agreement"]));
        let at = format!("/organizations/{skills}/services/{whole}");
        assert_eq!(stage.post(Some(alice), &format!("{at}/check"), &[]).await.status, 303);
        let capacity = json!({ "id": Uuid::now_v7(), "places_free": 3, "waiting_days": null });
        let path = format!("/api/v1/services/{whole}/capacity");
        assert_eq!(stage.send_json(Some(alice), "POST", &path, &capacity).await.status, 201);
        let today = bench.db.clock().today();
        let agreements = format!("/api/v1/services/{whole}/agreements");
        let agreement = |number: &str, until: Json| json!({
            "id": Uuid::now_v7(), "number": number, "valid_from": today, "valid_until": until,
        });
        let wrong = stage.send_json(Some(alice), "POST", &agreements, &agreement("د-۱", json!("2020-01-01"))).await;
        assert_eq!(wrong.json()["code"], "service_agreement");
        let right = agreement("د-۱", json!(today));
        assert_eq!(stage.send_json(Some(alice), "POST", &agreements, &right).await.status, 201);
        assert_eq!(stage.send_json(Some(alice), "POST", &agreements, &right).await.status, 200);
        let twice = stage.send_json(Some(alice), "POST", &agreements, &agreement("د-1", json!(today))).await;
        assert_eq!((twice.status.as_u16(), twice.json()["code"].clone()), (409, json!("service_agreement_known")));
        assert_eq!((quality(whole).await["score"].clone(), quality(whole).await["missing"].clone()), (json!(100), json!([])));
        let list = stage.get(Some(alice), "/api/v1/directory").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "the whole one is not to be checked");
        bench.pass_days(31);
        let late = quality(whole).await;
        assert_eq!((&late["score"], &late["missing"]), (&json!(65), &json!(["checked", "capacity", "agreement"])));
        let alice = stage.again(alice).await;
        let list = stage.get(Some(&alice), "/directory").await.body;
        let place = |name: &str| list.find(name).unwrap();
        assert!(place("بی‌شرح") < place("دورهٔ خیاطی"), "what nobody has looked at comes first");
        let shown = stage.get(Some(&alice), &at).await.body;
        assert!(shown.contains("alice") && shown.contains("د-1"), "by whom it was checked: {shown}");
        let public = stage.get(None, &format!("/services/{whole}")).await.body;
        assert!(!public.contains("د-1") && !public.contains("alice"), "not for everybody");
    }

    async fn a_suspension_ends_by_itself_and_what_is_gone_stays_gone(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let path = format!("/organizations/{skills}/services/{id}/status");
        let today = persian::Jalali::from(bench.db.clock().today()).short(persian::Lang::Fa);
        for (status, day) in [("temporarily_closed", ""), ("temporarily_closed", "۱۴۰۰/۰۱/۰۱"), ("active", &today), ("x", "")] {
            let reply = stage.post(Some(&stage.alice), &path, &[("status", status), ("closed_until", day)]).await;
            assert_eq!(reply.status, 422, "{status} {day}");
        }
        let close = [("status", "temporarily_closed"), ("closed_until", today.as_str())];
        assert_eq!(stage.post(Some(&stage.alice), &path, &close).await.status, 303);
        let status = async || stage.get(None, &format!("/api/v1/services/{id}")).await.json()["status"].clone();
        assert_eq!(status().await, "temporarily_closed");
        assert!(stage.get(None, &format!("/services/{id}")).await.body.contains("موقتاً بسته"));
        bench.pass_days(1);
        assert_eq!(status().await, "active");
        let alice = stage.again(&stage.alice).await;
        assert_eq!(stage.post(Some(&alice), &path, &[("status", "defunct")]).await.status, 303);
        assert_eq!(stage.get(None, &format!("/services/{id}")).await.status, 404);
        let back = stage.post(Some(&alice), &path, &[("status", "active")]).await;
        assert!(back.status == 422 && back.body.contains("بازنمی‌گردد"), "{}", back.body);
    }

    async fn only_who_keeps_the_directory_writes_in_it(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let secretary = stage.add("secretary", stage.home, &[Role::Secretary]).await;
        let officer = stage.add("officer", skills, &[Role::PartnerOfficer]).await;
        let at = format!("/organizations/{skills}/services/{id}");
        for (who, check, change) in [(&secretary, 303, 403), (&officer, 403, 403)] {
            assert_eq!(stage.post(Some(who), &format!("{at}/check"), &[]).await.status, check);
            for path in ["edit", "status", "agreement"] {
                assert_eq!(stage.post(Some(who), &format!("{at}/{path}"), &[]).await.status, change, "{path}");
            }
        }
        let elsewhere = format!("/organizations/{}/services/{id}", stage.elsewhere);
        assert_eq!(stage.get(Some(&stage.alice), &elsewhere).await.status, 404, "another body's");
        let path = format!("/api/v1/services/{id}/description");
        for (field, value) in [("/eligibility/age_to", json!(3)), ("/regions", json!([0])), ("/schedule/rule", json!("x")),
            ("/fee/amount", json!(null)), ("/asks_no_documents", json!(true)), ("/eligibility/is_for_all", json!(true))] {
            let mut wrong = description();
            *wrong.pointer_mut(field).unwrap() = value;
            let refused = send(&stage, &stage.alice, &path, &wrong).await;
            assert_eq!((refused.status.as_u16(), refused.json()["code"].clone()), (422, json!("service_detail")), "{field}");
        }
    }
}
