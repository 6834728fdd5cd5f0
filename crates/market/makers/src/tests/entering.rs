//! A maker who already has products enters directly; her file opens only to whom it concerns.

use serde_json::json;

use super::*;
use crate::licences::LicenceKind;

impl Scene {
    /// Somebody of the programme who makes nothing.
    async fn contact(&self, name: &str) -> (ContactId, String) {
        let id = ContactId::new(Uuid::now_v7());
        let new = NewContact {
            id,
            subject: None,
            first_name: name.into(),
            shown_name: format!("{name} نمونه"),
            language: Lang::Fa,
            phone: None,
            channel: Channel::None,
            companion: None,
            region: "3".into(),
            neighbourhood: String::new(),
        };
        let handle = self
            .stage
            .write(&self.officer, CreateContact(new))
            .await
            .unwrap();
        (id, handle)
    }

    async fn keyed(&self, actor: &Actor, path: &str, body: serde_json::Value) -> Reply {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .body(Body::from(body.to_string()))
            .unwrap();
        self.stage.send(Some(actor), request).await
    }
}

both! {
    async fn who_makes_nothing_has_no_file_for_shops(bench: Bench) {
        let scene = scene(&bench).await;
        let (id, handle) = scene.contact("نرگس").await;
        let file = format!("/makers/{handle}/file");
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        for actor in [&scene.stage.alice, &clerk] {
            for path in [file.clone(), format!("/api/v1/makers/{handle}")] {
                let reply = scene.stage.get(Some(actor), &path).await;
                assert_eq!(reply.status, 404, "{path}");
                assert!(!reply.body.contains("نرگس"));
            }
        }
        assert_eq!(scene.stage.get(Some(&scene.officer), &file).await.status, 200);
        // An agreement makes her known to its body, and to no other.
        scene.stage.write(&scene.stage.alice, Know(id, OrganizationId::new(scene.stage.home))).await.unwrap();
        assert_eq!(scene.stage.get(Some(&clerk), &file).await.status, 200);
        assert_eq!(scene.stage.get(Some(&scene.stage.charlie), &file).await.status, 404);
    }

    async fn a_maker_with_products_enters_on_screen(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        for lang in ["fa", "en"] {
            let page = scene.stage.get(alice, &format!("/makers/new?lang={lang}")).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
        let fields = |first: &'static str, phone: &'static str, region: &'static str, evidence: &'static str| {
            [("first_name", first), ("family_name", "نمونه"), ("phone", phone), ("region", region), ("neighbourhood", "سنگلج"), ("evidence", evidence)]
        };
        for bad in [fields("", "", "12", ""), fields("پری", "123", "12", ""), fields("پری", "", "0", ""), fields("پری", "", "12", "rumour")] {
            assert_eq!(scene.stage.post(alice, "/makers", &bad).await.status, 422, "{bad:?}");
        }
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.post(Some(&clerk), "/makers", &fields("پری", "", "12", "")).await.status, 403);
        for (evidence, act) in [("", "ثبت رضایت"), ("signature", "پس گرفتن رضایت")] {
            let made = scene.stage.post(alice, "/makers", &fields("پری", "", "12", evidence)).await;
            assert_eq!(made.status, 303, "{}", made.body);
            let file = made.location.unwrap();
            let page = scene.stage.get(alice, &file).await.body;
            assert!(page.contains("پری ن.") && page.contains(act), "{evidence}");
            assert!(!page.contains("پری نمونه"), "a shop knows no whole name");
        }
    }

    async fn machines_enter_a_maker_and_keep_her_file(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = &scene.stage.alice;
        let good = json!({ "id": Uuid::now_v7(), "first_name": "پری", "family_name": "نمونه", "phone": "09121234567", "region": 12, "consent": "witness" });
        for (field, value) in [("first_name", json!("")), ("family_name", json!("ن".repeat(81))), ("region", json!(0)),
            ("phone", json!("12")), ("consent", json!("rumour")), ("neighbourhood", json!("ن".repeat(81)))] {
            let mut body = good.clone();
            body[field] = value;
            let reply = scene.stage.send_json(Some(alice), "POST", "/api/v1/makers", &body).await;
            assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str().map(str::to_owned)), (422, Some(format!("/{field}"))), "{}", reply.body);
        }
        let mut handle = String::new();
        for status in [201, 200] {
            let reply = scene.stage.send_json(Some(alice), "POST", "/api/v1/makers", &good).await;
            assert_eq!(reply.status, status, "{}", reply.body);
            handle = reply.json()["handle"].as_str().unwrap().to_owned();
        }
        let base = format!("/api/v1/makers/{handle}");
        let today = bench.db.clock().today();
        let business = json!({ "id": Uuid::now_v7(), "craft_fa": "ترشی‌سازی", "field_code": "pickles", "work_mode": "independent", "started_on": today });
        let mut long = business.clone();
        long["craft_fa"] = json!("ت".repeat(81));
        let reply = scene.stage.send_json(Some(alice), "POST", &format!("{base}/business"), &long).await;
        assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/craft_fa")));
        assert_eq!(scene.stage.send_json(Some(alice), "POST", &format!("{base}/business"), &business).await.status, 201);
        let moved = scene.keyed(alice, &format!("{base}/business/state"), json!({ "state": "paused" })).await;
        assert_eq!(moved.json()["business"]["state"], "paused", "{}", moved.body);
        let licence = Uuid::now_v7();
        let body = json!({ "id": licence, "kind": "hygiene", "number": "۱۰۴۲", "issuer_id": scene.stage.home, "valid_from": today, "valid_until": today });
        assert_eq!(scene.stage.send_json(Some(alice), "POST", &format!("{base}/licences"), &body).await.status, 201);
        let revoke = format!("{base}/licences/{licence}/revocation");
        assert_eq!(scene.keyed(&scene.stage.charlie, &revoke, json!({})).await.status, 404);
        let revoked = scene.keyed(alice, &revoke, json!({})).await;
        assert_eq!(revoked.json()["licences"][0]["state"], "revoked", "{}", revoked.body);
        let ended = scene.keyed(alice, &format!("{base}/story/end"), json!({})).await;
        assert_eq!(ended.json()["is_shown"], false);
        let story = json!({ "id": Uuid::now_v7(), "evidence": "signature" });
        let shown = scene.stage.send_json(Some(alice), "POST", &format!("{base}/story"), &story).await;
        assert_eq!(shown.json()["is_shown"], true, "{}", shown.body);
    }

    async fn a_licence_is_revoked_and_a_business_moved_on_her_file(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let base = format!("/makers/{}", scene.handle);
        let business = [("craft_fa", "ترشی‌سازی"), ("field_code", "pickles"), ("work_mode", "independent"), ("started_on", "۱۴۰۵/۰۱/۱۵")];
        scene.stage.post(alice, &format!("{base}/business"), &business).await;
        assert_eq!(scene.stage.post(alice, &format!("{base}/business/state"), &[("state", "x")]).await.status, 422);
        assert_eq!(scene.stage.post(alice, &format!("{base}/business/state"), &[("state", "paused")]).await.status, 303);
        let today = bench.db.clock().today();
        let licence = RecordLicence {
            id: LicenceId::new(Uuid::now_v7()),
            contact_id: scene.maker,
            kind: LicenceKind::Hygiene,
            number: "1042".into(),
            issuer_id: OrganizationId::new(scene.stage.home),
            valid_from: today,
            valid_until: today,
            source: LicenceSource::Staff,
            source_id: None,
        };
        let path = format!("{base}/licences/{}/revocation", licence.id);
        scene.stage.write(&scene.stage.alice, licence).await.unwrap();
        let clerk = scene.stage.add("clerk", scene.stage.home, &[Role::ShopClerk]).await;
        assert_eq!(scene.stage.post(Some(&clerk), &path, &[]).await.status, 403);
        assert!(scene.stage.get(alice, &format!("{base}/file")).await.body.contains(&path));
        assert_eq!(scene.stage.post(alice, &path, &[]).await.status, 303);
        let page = scene.stage.get(alice, &format!("{base}/file")).await.body;
        assert!(!page.contains(&path));
        assert_eq!(web::inspect::faults(&page), Vec::<String>::new());
    }

    async fn nobody_who_ever_wrote_in_a_file_approves_it(bench: Bench) {
        let scene = scene(&bench).await;
        let other = scene.stage.add("other", scene.stage.home, &[Role::ProductOfficer]).await;
        let third = scene.stage.add("third", scene.stage.home, &[Role::ProductOfficer]).await;
        let product = scene.submitted(facts("wood")).await;
        // One officer writes, another writes after: the first is not forgotten.
        for officer in [&scene.officer, &other] {
            let change = ChangeProduct { id: product.id, facts: facts("wood"), version: None };
            scene.stage.write(officer, change).await.unwrap();
        }
        for officer in [&scene.officer, &other] {
            let refused = scene.stage.write(officer, ApproveProduct { id: product.id }).await.unwrap_err();
            assert!(refused.to_string().contains("same_hand"), "{refused}");
        }
        scene.stage.write(&third, ApproveProduct { id: product.id }).await.unwrap();
        let checks = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert!(checks.iter().all(|check| check.ok), "{checks:?}");
    }

    async fn what_a_program_writes_in_a_file_is_refused_at_its_field(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let good = json!({ "id": Uuid::now_v7(), "contact_id": scene.maker, "name_fa": "سبد", "sale_unit": "piece" });
        let made = scene.stage.send_json(alice, "POST", "/api/v1/products", &good).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let path = format!("/api/v1/products/{}", made.json()["id"].as_str().unwrap());
        let tag = scene.stage.get(alice, &path).await.tag.unwrap();
        for (field, value) in [("price", json!(-1)), ("price", json!(0)), ("price", json!(i64::MAX)), ("ready_count", json!(-1)),
            ("ready_count", json!(100_001)), ("name_fa", json!("ن".repeat(121))), ("description", json!("ن".repeat(1_001))),
            ("ingredients", json!("ن".repeat(501)))] {
            let mut body = good.clone();
            body[field] = value;
            for reply in [
                scene.stage.put(alice, &path, &tag, &body).await,
                { body["id"] = json!(Uuid::now_v7()); scene.stage.send_json(alice, "POST", "/api/v1/products", &body).await },
            ] {
                assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str().map(str::to_owned)), (422, Some(format!("/{field}"))), "{}", reply.body);
            }
        }
        let price = json!({ "id": Uuid::now_v7(), "price": -1 });
        let reply = scene.stage.send_json(alice, "POST", &format!("{path}/prices"), &price).await;
        assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/price")));
        let reason = json!({ "id": Uuid::now_v7(), "reason": "ن".repeat(501) });
        let reply = scene.stage.send_json(alice, "POST", &format!("{path}/retirement"), &reason).await;
        assert_eq!((reply.status.as_u16(), reply.json()["errors"][0]["pointer"].as_str()), (422, Some("/reason")));
    }

    async fn a_program_changes_the_file_it_read_and_no_other(bench: Bench) {
        let scene = scene(&bench).await;
        let alice = Some(&scene.stage.alice);
        let body = json!({ "id": Uuid::now_v7(), "contact_id": scene.maker, "name_fa": "سبد", "sale_unit": "piece" });
        let made = scene.stage.send_json(alice, "POST", "/api/v1/products", &body).await.json();
        let path = format!("/api/v1/products/{}", made["id"].as_str().unwrap());
        let read = scene.stage.get(alice, &path).await.tag.unwrap();
        let changed = scene.stage.put(alice, &path, &read, &json!({ "name_fa": "سبد نو", "sale_unit": "piece" })).await;
        assert_eq!((changed.status.as_u16(), &changed.json()["name_fa"]), (200, &json!("سبد نو")));
        let lost = scene.stage.put(alice, &path, &read, &json!({ "name_fa": "گم‌شده", "sale_unit": "piece" })).await;
        assert_eq!((lost.status.as_u16(), &lost.json()["code"]), (412, &json!("stale")));
        // Whatever else is written in the file counts too.
        let read = scene.stage.get(alice, &path).await.tag.unwrap();
        let price = json!({ "id": Uuid::now_v7(), "price": 900_000 });
        assert_eq!(scene.stage.send_json(alice, "POST", &format!("{path}/prices"), &price).await.status, 200);
        let late = scene.stage.put(alice, &path, &read, &body).await;
        assert_eq!(late.status, 412, "{}", late.body);
        let bare = scene.stage.send_json(alice, "PUT", &path, &body).await;
        assert_eq!(bare.status, 400, "a key first: {}", bare.body);
        assert_eq!(scene.stage.get(alice, &path).await.json()["name_fa"], "سبد نو");
    }
}

/// A body works with her, as an agreement notes it.
#[derive(serde::Serialize)]
struct Know(ContactId, OrganizationId);

impl db::Write for Know {
    const NAME: &'static str = "know_for_test";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        registration::know(tx, self.0, self.1).await
    }
}
