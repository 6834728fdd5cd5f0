//! A case of others, opened in an emergency.

use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::Scene;

const WHY: &str = "همسایه خبر داد که در خانه آسیب دیده است";

both! {
    async fn a_case_of_others_is_read_for_a_written_reason_and_its_owner_is_told(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let (stage, code) = (&scene.stage, scene.found().await.code);
        let charlie = &stage.charlie;
        let case = scene.at("");
        assert_eq!(stage.get(Some(charlie), &case).await.status, 404);
        let page = stage.get(Some(charlie), "/emergencies/new").await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        for (typed, why, field) in [("1405-99999", WHY, "emergency_case"), (code.as_str(), "کوتاه", "emergency_reason")] {
            let refused = stage.post(Some(charlie), "/emergencies", &[("emergency_case", typed), ("emergency_reason", why)]).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}");
        }
        let key = Uuid::now_v7().to_string();
        let fields = [("form_key", key.as_str()), ("emergency_case", &persian::persian_digits(&code)), ("emergency_reason", WHY)];
        for _ in 0..2 {
            let opened = stage.post(Some(charlie), "/emergencies", &fields).await;
            assert_eq!(opened.location.as_deref(), Some(case.as_str()), "{}", opened.body);
        }
        let read = stage.get(Some(charlie), &case).await;
        assert_eq!(read.status, 200);
        assert_eq!(web::inspect::faults(&read.body), Vec::<String>::new());
        assert!(read.body.contains("تنها برای خواندن") && !read.body.contains(&format!("action=\"{case}/pause\"")));
        assert!(!read.body.contains(WHY), "words about her stay with those who may know them");
        // A slip would sign in as her, for longer and to write.
        let mut conn = bench.db.read().await.unwrap();
        let contact = people::contact_of(&mut conn, scene.found().await.person_id).await.unwrap();
        drop(conn);
        let slip = format!("/contacts/{contact}/slip");
        assert_eq!(stage.get(Some(&stage.alice), &slip).await.status, 200);
        assert_eq!(stage.get(Some(charlie), &slip).await.status, 404);
        assert!(stage.get(Some(charlie), "/cases").await.body.contains(&code));
        let pause = [("pause_reason", "family"), ("look_again_on", "1406/01/15")];
        assert_eq!(stage.post(Some(charlie), &format!("{case}/pause"), &pause).await.status, 404, "one only reads");
        // Her owner is told at once, by a message to the body, on the first page and on the case's.
        let mut conn = bench.db.read().await.unwrap();
        let told: i64 = db::sql("SELECT count(*) AS value FROM notice WHERE template = 'emergency'").scalar(&mut conn).await.unwrap();
        drop(conn);
        assert_eq!(told, 1);
        let today = stage.get(Some(&stage.alice), "/today").await;
        assert!(today.body.contains("این پرونده‌های شما به ضرورت باز شد"));
        assert!(scene.page(&stage.alice, &case).await.contains(WHY));
        // It ends by itself.
        bench.pass_seconds(access::emergencies::LASTS);
        assert_eq!(stage.get(Some(charlie), &case).await.status, 404);
    }

    async fn a_program_opens_a_case_once(bench: Bench) {
        let scene = Scene::eligible(&bench).await;
        let (stage, code) = (&scene.stage, scene.found().await.code);
        let body = json!({ "id": Uuid::now_v7(), "case": code, "reason": WHY });
        let send = async || stage.send_json(Some(&stage.charlie), "POST", "/api/v1/emergencies", &body).await;
        let (first, second) = (send().await, send().await);
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 200), "{}", first.body);
        assert_eq!(first.json()["valid_until"], second.json()["valid_until"]);
        let shown = stage.get(Some(&stage.charlie), &format!("/api/v1/cases/{}", scene.case)).await;
        assert_eq!(shown.json()["code"], code.as_str());
        assert!(shown.json()["state_reason"].is_null());
        // Newest first by the time, whatever id the sender chose.
        bench.pass_seconds(60);
        let body = json!({ "id": Uuid::from_u128(1), "case": scene.found().await.code, "reason": WHY });
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", "/api/v1/emergencies", &body).await.status, 201);
        let person = scene.found().await.person_id.get();
        let list = access::emergencies::list_of(&mut bench.db.read().await.unwrap(), person).await.unwrap();
        assert_eq!((list.len(), list[0].id), (2, Uuid::from_u128(1)));
    }
}
