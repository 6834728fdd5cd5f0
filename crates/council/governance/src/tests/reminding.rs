use super::*;

both! {
    async fn the_secretary_must_answer_the_observers_reminder(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let path = format!("/committees/{}/reminders", table.committee);
        let article = table.article.to_string();
        let fields = [("wording", "فروشگاه‌ها کجا هستند؟"), ("article_id", article.as_str()), ("resolution_id", "")];
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 403);
        let empty = stage.post(Some(&table.observer), &path, &[("wording", "")]).await;
        assert_eq!(empty.status, 422);
        let filed = stage.post(Some(&table.observer), &path, &fields).await;
        assert_eq!(filed.status, 303, "{}", filed.body);
        let place = filed.location.unwrap();
        let reminder = stage.get(Some(&table.expert), &format!("/api/v1{place}")).await.json();
        // Ten working days after Monday 2 Azar 1405, Fridays off: Saturday 14 Azar.
        assert_eq!((reminder["due_on"].as_str().unwrap(), reminder["year"].as_i64(), reminder["number"].as_i64()), ("2026-12-05", Some(1405), Some(1)));
        let answer = [("answer", "سه فروشگاه باز است.")];
        let to = format!("{place}/answer");
        assert_eq!(stage.post(Some(&table.observer), &to, &answer).await.status, 403);
        assert_eq!(stage.post(Some(&stage.charlie), &to, &answer).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &to, &[("answer", "")]).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &to, &answer).await.status, 303);
        let again = stage.post(Some(&table.secretary), &to, &answer).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("پیش‌تر پاسخ گرفته"));
        for path in [place.as_str(), "/reminders", "/reminders?lang=en", "/committee?lang=en"] {
            let page = stage.get(Some(&table.observer), path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
        }
    }
}
