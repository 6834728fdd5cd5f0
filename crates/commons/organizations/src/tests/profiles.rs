//! Profiles of companies and supporters, through the front door.

use access::Role;
use access::cast::Stage;
use serde_json::json;
use testing::{Bench, both};
use uuid::Uuid;

const ROOMS: fn() -> Vec<access::Room> = || vec![access::room(), crate::room()];

async fn stage(bench: &Bench) -> Stage {
    Stage::open(bench, ROOMS(), &[Role::CompanyOfficer]).await
}

const FIELDS: &[(&str, &str)] = &[
    ("kind", "private_supporter"),
    ("about_fa", "می‌خریم و می‌فروشیم."),
    ("about_en", "We buy and sell."),
    ("offers", "buying"),
    ("offers", "materials"),
    ("seeks", "packaging"),
    ("regions", "۵، ۱۲"),
    ("fields", "گلیم‌بافی، سفال"),
    ("capacity", "۳"),
    ("contact_name", "رابط نمونه"),
    ("contact_phone", "۰۲۱۰۰۰۰۰۰۰۰"),
    ("is_named", "yes"),
];

both! {
    async fn a_body_writes_its_own_profile_and_nobody_elses(bench: Bench) {
        let stage = stage(&bench).await;
        let (alice, own) = (Some(&stage.alice), format!("/profiles/{}", stage.home));
        let page = stage.get(alice, &format!("{own}/edit")).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, Vec::new()));
        assert!(stage.get(alice, "/profiles").await.body.contains(&format!("{own}/edit")), "the way to write it");
        for (field, value) in [("kind", "x"), ("capacity", "-1"), ("regions", "120"), ("capacity", "5000")] {
            let fields: Vec<_> = FIELDS.iter().map(|one| if one.0 == field { (field, value) } else { *one }).collect();
            let reply = stage.post(alice, &own, &fields).await;
            assert!(reply.status == 422 && reply.body.contains(&format!("#{field}")), "{field}: {}", reply.body);
        }
        let done = stage.post(alice, &own, FIELDS).await;
        assert_eq!(done.status, 303, "{}", done.body);
        for lang in ["en", "fa"] {
            let shown = stage.get(alice, &format!("{own}?lang={lang}")).await;
            assert_eq!((shown.status.as_u16(), web::inspect::faults(&shown.body)), (200, Vec::new()));
            assert!(shown.body.contains("رابط نمونه"), "its own contact person");
        }
        let edit = stage.get(alice, &format!("{own}/edit")).await.body;
        assert!(edit.contains("گلیم‌بافی") && edit.contains("5, 12"), "the form holds what is kept");
        assert_eq!(stage.get(Some(&stage.charlie), &own).await.status, 404);
        assert_eq!(stage.post(Some(&stage.charlie), &own, FIELDS).await.status, 404);
        assert_eq!(stage.get(Some(&stage.charlie), &format!("/api/v1{own}")).await.status, 404);
        assert!(!stage.get(Some(&stage.charlie), "/profiles").await.body.contains(&own));
        assert_eq!(stage.get(None, &own).await.status, 401);
    }

    async fn staff_read_all_and_the_contact_person_stays_with_those_who_keep_it(bench: Bench) {
        let stage = stage(&bench).await;
        let own = format!("/profiles/{}", stage.home);
        assert_eq!(stage.post(Some(&stage.alice), &own, FIELDS).await.status, 303);
        let observer = stage.add("observer", stage.elsewhere, &[Role::Observer]).await;
        let secretary = stage.add("secretary", stage.elsewhere, &[Role::Secretary]).await;
        for path in [own.clone(), format!("/api/v1{own}"), "/profiles".into(), "/api/v1/profiles".into()] {
            let seen = stage.get(Some(&observer), &path).await;
            assert!(seen.status == 200 && !seen.body.contains("رابط نمونه") && !seen.body.contains("0210"), "{path}: {}", seen.body);
        }
        assert!(stage.get(Some(&secretary), &own).await.body.contains("رابط نمونه"));
        assert!(stage.get(Some(&observer), "/profiles?offers=buying").await.body.contains(&own));
        assert!(!stage.get(Some(&observer), "/profiles?offers=space").await.body.contains(&own));
        let certificate = [("number", "KB-۷"), ("until", "۱۴۰۹/۰۱/۰۱")];
        let path = format!("{own}/certificate");
        assert_eq!(stage.post(Some(&stage.alice), &path, &certificate).await.status, 403, "no body certifies itself");
        assert_eq!(stage.post(Some(&secretary), &path, &[("number", ""), ("until", "x")]).await.status, 422);
        assert_eq!(stage.post(Some(&secretary), &path, &certificate).await.status, 303);
        let shown = stage.get(Some(&observer), &own).await.body;
        assert!(shown.contains("KB-7") && shown.contains("معتبر"), "{shown}");
    }

    async fn machines_write_the_same_profile_and_its_word_keeps_its_day(bench: Bench) {
        let stage = stage(&bench).await;
        let body = json!({
            "organization_id": stage.home, "kind": "donor", "about_fa": "", "about_en": "", "capacity": 2,
            "offers": ["funding", "funding"], "seeks": [], "regions": [5, 5], "fields": ["  ", "سفال"],
            "contact_name": "", "contact_phone": "", "is_named": true,
        });
        let send = async |body: &serde_json::Value| {
            let request = axum::http::Request::post("/api/v1/profiles")
                .header("content-type", "application/json")
                .header("idempotency-key", Uuid::now_v7().to_string())
                .body(axum::body::Body::from(body.to_string()))
                .unwrap();
            let alice = stage.again(&stage.alice).await;
            stage.send(Some(&alice), request).await
        };
        let first = send(&body).await;
        assert_eq!(first.status, 200, "{}", first.body);
        assert_eq!((&first.json()["offers"], &first.json()["regions"], &first.json()["fields"]), (&json!(["funding"]), &json!([5]), &json!(["سفال"])));
        let day = first.json()["named_on"].clone();
        bench.pass_days(3);
        assert_eq!(send(&body).await.json()["named_on"], day);
        let mut silent = body.clone();
        silent["is_named"] = json!(false);
        assert_eq!(send(&silent).await.json()["named_on"], json!(null));
        for (field, value) in [("capacity", json!(-1)), ("regions", json!([0])), ("about_fa", json!("ا".repeat(1001)))] {
            let mut wrong = body.clone();
            wrong[field] = value;
            assert_eq!(send(&wrong).await.status, 422, "{field}");
        }
        let mut foreign = body;
        foreign["organization_id"] = json!(stage.elsewhere);
        assert_eq!(send(&foreign).await.status, 404);
    }
}
