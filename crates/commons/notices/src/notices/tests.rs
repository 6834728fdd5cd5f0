use persian::Lang;
use serde_json::json;
use testing::both;

use super::*;
use crate::tests::{contact, sold, stage};

both! {
    async fn staff_see_first_what_did_not_arrive(bench: Bench) {
        let stage = stage(&bench).await;
        let maryam = contact(&stage, None, Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        stage.do_jobs().await;
        let page = stage.get(Some(&stage.bob), "/notices").await;
        assert!(page.body.contains("مریم نمونه") && page.body.contains("ترشی"));
        assert!(page.body.contains(&format!("/notices/{id}/retry")));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let english = stage.get(Some(&stage.bob), "/notices?lang=en").await;
        assert_eq!(web::inspect::faults(&english.body), Vec::<String>::new());
        let own = list_for(&mut bench.db.read().await.unwrap(), maryam, 10).await.unwrap();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].text(), "۳ «ترشی» شما فروش رفت. سهم شما: ۲۵٬۴۰۰ تومان.");
    }

    async fn another_bodys_staff_see_nothing_of_it(bench: Bench) {
        let stage = stage(&bench).await;
        let maryam = contact(&stage, None, Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        stage.do_jobs().await;
        let charlie = Some(&stage.charlie);
        let page = stage.get(charlie, "/notices").await;
        assert!(page.status == 200 && !page.body.contains("مریم"));
        assert_eq!(stage.get(charlie, "/api/v1/notices").await.json()["items"], json!([]));
        assert_eq!(stage.post(charlie, &format!("/notices/{id}/retry"), &[]).await.status, 404);
        let again = json!({ "id": Uuid::now_v7() });
        let address = format!("/api/v1/notices/{id}/retry");
        assert_eq!(stage.send_json(charlie, "POST", &address, &again).await.status, 404);
        assert_eq!(stage.get(None, "/notices").await.status, 401);
    }

    async fn a_failed_notice_is_sent_again_and_only_a_failed_one(bench: Bench) {
        let stage = stage(&bench).await;
        let maryam = contact(&stage, None, Lang::Fa).await;
        let id = stage.write(&stage.alice, sold(maryam)).await.unwrap();
        stage.do_jobs().await;
        let alice = Some(&stage.alice);
        let path = format!("/notices/{id}/retry");
        assert_eq!(stage.post(alice, &path, &[]).await.status, 303);
        let early = stage.post(alice, &path, &[]).await;
        assert_eq!(early.status, 422, "it waits already");
        assert_eq!(web::inspect::faults(&early.body), Vec::<String>::new());
        stage.do_jobs().await;
        let listed = stage.get(alice, "/api/v1/notices?failed=true").await.json();
        assert_eq!(listed["items"][0]["state"], "no_channel");
        let again = json!({ "id": Uuid::now_v7() });
        let address = format!("/api/v1/notices/{id}/retry");
        assert_eq!(stage.send_json(alice, "POST", &address, &again).await.status, 202);
        let unknown = format!("/notices/{}/retry", Uuid::now_v7());
        assert_eq!(stage.post(alice, &unknown, &[]).await.status, 404);
    }
}
