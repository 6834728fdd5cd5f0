use access::Role;
use access::cast::Stage;
use persian::{Lang, Mobile};
use serde_json::json;
use testing::{Bench, both};

use super::*;
use crate::tests::{contact, path};

async fn stage(bench: &Bench) -> Stage {
    Stage::open(
        bench,
        vec![access::room(), crate::room()],
        &[Role::CaseWorker],
    )
    .await
}

both! {
    async fn a_contact_is_found_by_handle_and_by_phone(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "مریم", Some("09120000001")).await;
        assert!(handle.starts_with("M-") && handle.len() == 7, "{handle}");
        let mut conn = bench.db.read().await.unwrap();
        let digits = persian::persian_digits(handle.trim_start_matches("M-"));
        let typed = by_handle(&mut conn, &format!("m {digits}")).await.unwrap();
        assert_eq!(typed.unwrap().id, id);
        let mobile = Mobile::parse("+98 912 000 0001").unwrap();
        let found = find_by_phone(&mut conn, &stage.city.keys, &mobile).await.unwrap();
        assert_eq!(found.iter().map(|contact| contact.id).collect::<Vec<_>>(), [id]);
        let number = phone(&mut conn, &stage.city.keys, id).await.unwrap();
        assert_eq!(number.as_deref(), Some("+989120000001"));
    }

    async fn several_people_may_share_a_phone_and_one_may_have_none(bench: Bench) {
        let stage = stage(&bench).await;
        let (one, _) = contact(&stage, "مریم", Some("09120000001")).await;
        let (two, _) = contact(&stage, "حسن", Some("09120000001")).await;
        let (none, _) = contact(&stage, "رضا", None).await;
        let mut conn = bench.db.read().await.unwrap();
        let mobile = Mobile::parse("09120000001").unwrap();
        let found = find_by_phone(&mut conn, &stage.city.keys, &mobile).await.unwrap();
        assert_eq!(found.iter().map(|contact| contact.id).collect::<Vec<_>>(), [one, two]);
        assert_eq!(phone(&mut conn, &stage.city.keys, none).await.unwrap(), None);
        assert_eq!(reach(&mut conn, &stage.city.keys, none).await.unwrap(), None);
    }

    async fn who_has_no_phone_is_reached_through_her_companion(bench: Bench) {
        let stage = stage(&bench).await;
        let (mother, _) = contact(&stage, "مریم", Some("02144000000")).await;
        let id = ContactId::new(bench.db.new_id());
        let weaver = NewContact {
            id,
            subject: None,
            first_name: "نرگس".into(),
            shown_name: "نرگس نمونه".into(),
            language: Lang::Fa,
            phone: None,
            channel: Channel::None,
            companion: Some(mother),
            region: String::new(),
            neighbourhood: String::new(),
        };
        stage.write(&stage.alice, CreateContact(weaver)).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let reached = reach(&mut conn, &stage.city.keys, id).await.unwrap();
        assert_eq!(reached, Some(("+982144000000".into(), Channel::Voice)));
    }

    async fn a_guardian_who_does_not_apply_is_registered_on_screen_and_by_machine(bench: Bench) {
        let stage = stage(&bench).await;
        let alice = Some(&stage.alice);
        let form = stage.get(alice, "/contacts/new").await;
        assert_eq!(web::inspect::faults(&form.body), Vec::<String>::new());
        let wrong = stage.post(alice, "/contacts", &[("first_name", "حسن"), ("phone", "")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#last_name\"") && wrong.body.contains("href=\"#phone\""));
        let fields = [("first_name", "حسن"), ("last_name", "نمونه"), ("phone", "02144000000")];
        let made = stage.post(alice, "/contacts", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = made.location.unwrap();
        let shown = stage.get(Some(&stage.bob), &page).await;
        assert!(shown.body.contains("حسن نمونه") && shown.body.contains("M-"), "{}", shown.body);
        assert_eq!(stage.get(Some(&stage.charlie), &page).await.status, 404);
        let mut body = json!({
            "id": uuid::Uuid::now_v7(), "first_name": "زهرا", "last_name": "نمونه", "phone": "09120000009",
        });
        let made = stage.send_json(alice, "POST", "/api/v1/contacts", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert!(made.json()["handle"].as_str().unwrap().starts_with("M-"));
        assert_eq!(stage.send_json(alice, "POST", "/api/v1/contacts", &body).await.status, 200);
        body["phone"] = "12".into();
        assert_eq!(stage.send_json(alice, "POST", "/api/v1/contacts", &body).await.status, 422);
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        assert_eq!(stage.post(Some(&clerk), "/contacts", &fields).await.status, 403);
    }

    async fn a_landline_cannot_take_messages(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        let sealed = SealedPhone::new(
            &stage.city.keys, id, &persian::Phone::parse("02144000000").unwrap());
        let change = ChangePhone { contact: id, phone: Some(sealed), channel: Channel::Sms };
        let refused = stage.write(&stage.alice, change).await.unwrap_err();
        assert!(matches!(&refused, db::Error::Refused(refusal) if refusal.reason == &CHANNEL_DOES_NOT_FIT));
    }

    async fn another_bodys_staff_cannot_read_her_phone(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", Some("09120000001")).await;
        let shown = [(path(id, ""), "۰۹۱۲۰۰۰۰۰۰۱"), (path(id, "/phone"), "989120000001"), (format!("/api/v1/contacts/{id}"), "989120000001")];
        for (address, phone) in shown {
            let seen = stage.get(Some(&stage.bob), &address).await;
            assert_eq!(seen.status, 200, "{address}");
            assert!(seen.body.contains(phone), "{address}");
            let hidden = stage.get(Some(&stage.charlie), &address).await;
            assert_eq!(hidden.status, 404, "{address}");
            assert!(!hidden.body.contains("9120000001") && !hidden.body.contains("۹۱۲۰۰۰۰۰۰۱"));
        }
        let fields = [("phone", "09120000002"), ("channel", "sms")];
        let refused = stage.post(Some(&stage.charlie), &path(id, "/phone"), &fields).await;
        assert_eq!(refused.status, 404);
        assert_eq!(stage.get(None, &path(id, "")).await.status, 401);
    }

    async fn a_phone_is_changed_on_screen_and_by_machine(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        let alice = Some(&stage.alice);
        let wrong = stage.post(alice, &path(id, "/phone"), &[("phone", "12"), ("channel", "sms")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"12\""), "what was typed stays");
        let odd = [("phone", "02144000000"), ("channel", "sms")];
        let odd = stage.post(alice, &path(id, "/phone"), &odd).await;
        assert_eq!(odd.status, 422);
        assert_eq!(web::inspect::faults(&odd.body), Vec::<String>::new());
        let key = uuid::Uuid::now_v7().to_string();
        let fields = [("phone", "۰۹۱۲۰۰۰۰۰۰۳"), ("channel", "sms"), ("form_key", key.as_str())];
        for _ in 0..2 {
            let done = stage.post(alice, &path(id, "/phone"), &fields).await;
            assert_eq!(done.status, 303, "sealed anew, the resend is still the same: {}", done.body);
        }
        let address = format!("/api/v1/contacts/{id}/phone");
        let body = json!({ "id": uuid::Uuid::now_v7(), "phone": "nonsense", "channel": "sms" });
        assert_eq!(stage.send_json(alice, "PUT", &address, &body).await.status, 422);
        let body = json!({ "id": uuid::Uuid::now_v7(), "phone": null, "channel": "none" });
        assert_eq!(stage.send_json(alice, "PUT", &address, &body).await.status, 200);
        let shown = stage.get(alice, &format!("/api/v1/contacts/{id}")).await.json();
        assert_eq!(shown["phone"], json!(null));
        let page = stage.get(alice, &path(id, "")).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
    }
}
