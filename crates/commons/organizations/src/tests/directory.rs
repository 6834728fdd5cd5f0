//! The directory that everybody reads, and how a service gets into it.

use access::Role;
use access::cast::{Actor, Stage};
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::stage;

/// A description that lacks nothing.
pub(super) fn description() -> Json {
    json!({
        "check_days": 30, "kind": "training", "is_listed": true,
        "about_fa": "دورهٔ مهارت‌آموزی خیاطی برای کار در خانه", "about_en": "A sewing course",
        "eligibility": {
            "is_for_all": false, "age_from": 18, "age_to": 60, "gender": "female",
            "groups": ["low_income"], "note_fa": "ساکن شهر", "note_en": "Lives in the city",
        },
        "asks_no_documents": false,
        "documents": [{ "name_fa": "کارت ملی", "name_en": "National card" }],
        "fee": { "kind": "amount", "amount": 500_000, "text_fa": "", "text_en": "" },
        "schedule": {
            "text_fa": "شنبه تا چهارشنبه", "text_en": "Saturday to Wednesday",
            "rule": "FREQ=WEEKLY;BYDAY=SA,SU,MO,TU,WE", "opens": 510, "closes": 750,
        },
        "regions": [5, 12],
    })
}

/// Sends JSON under a key of its own.
pub(super) async fn send(
    stage: &Stage,
    who: &Actor,
    path: &str,
    body: &Json,
) -> access::cast::Reply {
    let request = axum::http::Request::post(path)
        .header("content-type", "application/json")
        .header("idempotency-key", Uuid::now_v7().to_string())
        .body(axum::body::Body::from(body.to_string()))
        .unwrap();
    stage.send(Some(who), request).await
}

/// A body of the test.
pub(super) async fn new_body(stage: &Stage, code: &str, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    let new = json!({
        "id": id, "code": code, "kind": "training", "name_fa": name, "name_en": code, "phone": "09001234567",
        "valid_from": stage.city.db.clock().today(), "knowledge_based_until": null,
    });
    let made = stage
        .send_json(Some(&stage.alice), "POST", "/api/v1/organizations", &new)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    id
}

/// A service of a body, without a word about it.
pub(super) async fn service(stage: &Stage, body: Uuid, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    let new = json!({
        "id": id, "organization_id": body, "code": id.simple().to_string(), "name_fa": name, "name_en": "Course",
        "days_to_answer": 5, "days_to_complete": 20,
    });
    let made = stage
        .send_json(Some(&stage.alice), "POST", "/api/v1/services", &new)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    id
}

/// A described service.
pub(super) async fn told(stage: &Stage, body: Uuid, name: &str) -> Uuid {
    let id = service(stage, body, name).await;
    let path = format!("/api/v1/services/{id}/description");
    let done = send(stage, &stage.alice, &path, &description()).await;
    assert_eq!(done.status, 200, "{}", done.body);
    id
}

both! {
    async fn a_service_is_told_to_everybody_only_when_somebody_said_so(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت نمونه").await;
        let id = service(&stage, skills, "دورهٔ خیاطی").await;
        let page = format!("/services/{id}");
        assert_eq!(stage.get(None, &page).await.status, 404, "nobody has described it");
        let edit = format!("/organizations/{skills}/services/{id}/edit");
        let fields = [
            ("kind", "training"), ("about_fa", "دورهٔ خیاطی\nبرای آغاز کار"), ("about_en", ""), ("gender", "female"),
            ("age_from", "۱۸"), ("age_to", ""), ("eligibility_fa", ""), ("eligibility_en", ""),
            ("documents_fa", "کارت ملی\nشناسنامه"), ("documents_en", "National card\nBirth certificate"),
            ("fee", "amount"), ("fee_amount", "۵۰۰۰۰"), ("fee_fa", ""), ("fee_en", ""),
            ("schedule_fa", "شنبه‌ها"), ("schedule_en", ""), ("schedule_rule", "FREQ=WEEKLY;BYDAY=SA"),
            ("opens", "۸:۳۰"), ("closes", "۱۲"), ("regions", "۵، ۱۲"), ("check_days", "۳۰"), ("is_listed", "yes"),
        ];
        let with = |name: &str, value: &'static str| -> Vec<(&str, &str)> {
            fields.iter().map(|one| if one.0 == name { (one.0, value) } else { *one }).collect()
        };
        for (field, value) in [("kind", "x"), ("age_from", "۲۰۰"), ("schedule_rule", "SOMETIMES"), ("opens", "صبح"),
            ("fee_amount", ""), ("regions", "۱۲۰"), ("check_days", "0")] {
            let reply = stage.post(Some(&stage.alice), &edit, &with(field, value)).await;
            assert!(reply.status == 422 && reply.body.contains(&format!("#{field}")), "{field}: {}", reply.body);
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
        let done = stage.post(Some(&stage.alice), &edit, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let kept = stage.get(Some(&stage.alice), &edit).await;
        assert!(kept.body.contains("شناسنامه") && kept.body.contains("FREQ=WEEKLY;BYDAY=SA"), "{}", kept.body);
        let shown = stage.get(None, &page).await;
        assert_eq!(shown.status, 200);
        for word in ["برای زنان", "از ۱۸ سال به بالا", "شناسنامه", "۵۰٬۰۰۰ تومان", "۸:۳۰", "نامعلوم"] {
            assert!(shown.body.contains(word) || shown.body.replace(['\u{2068}', '\u{2069}'], "").contains(word), "{word}: {}", shown.body);
        }
        stage.post(Some(&stage.alice), &edit, &fields[..fields.len() - 1]).await;
        assert_eq!(stage.get(None, &page).await.status, 404, "it was taken out again");
    }

    async fn words_are_found_however_they_are_typed_and_all_that_is_asked_must_fit(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "كانون ياس").await;
        let id = told(&stage, skills, "دورهٔ مهارت‌آموزی").await;
        let found = async |query: &[(&str, &str)]| {
            let mut path = url_of("/api/v1/services", query);
            let list = stage.get(None, &path).await.json();
            path.clear();
            list["items"].as_array().unwrap().iter().any(|one| one["id"] == json!(id))
        };
        for words in ["", "مهارت آموزی", "مهارتآموزي", "کانون یاس", "دوره خياطى", "sewing COURSE"] {
            assert!(found(&[("q", words)]).await, "{words}");
        }
        assert!(!found(&[("q", "نانوایی")]).await);
        assert!(found(&[("region", "۵"), ("kind", "training")]).await);
        assert!(!found(&[("region", "5"), ("kind", "licence")]).await);
        assert!(!found(&[("region", "7"), ("q", "یاس")]).await);
    }

    async fn pages_are_whole_in_both_languages(bench: Bench) {
        let stage = stage(&bench).await;
        let skills = new_body(&stage, "skills", "مرکز مهارت").await;
        let id = told(&stage, skills, "دورهٔ خیاطی").await;
        let officer = stage.add("officer", skills, &[Role::PartnerOfficer]).await;
        let alice = Some(&stage.alice);
        for lang in ["fa", "en"] {
            for (who, path) in [
                (None, "/services".to_owned()), (None, format!("/services/{id}")), (None, "/services?q=xyz".into()),
                (alice, format!("/organizations/{skills}")), (alice, format!("/organizations/{skills}/names")),
                (alice, format!("/organizations/{skills}/services/{id}")),
                (alice, format!("/organizations/{skills}/services/{id}/edit")),
                (alice, "/directory".into()), (Some(&officer), "/capacity".into()),
            ] {
                let mark = if path.contains('?') { '&' } else { '?' };
                let page = stage.get(who, &format!("{path}{mark}lang={lang}")).await;
                assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path} {lang}");
            }
        }
    }
}

/// An address with its query in percent signs.
pub(super) fn url_of(path: &str, query: &[(&str, &str)]) -> String {
    let part = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let query: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={}", part(value)))
        .collect();
    format!("{path}?{}", query.join("&"))
}
