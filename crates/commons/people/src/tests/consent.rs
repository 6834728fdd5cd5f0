//! What a body sees follows from what she agreed to, and for how long.

use access::consents::{self, WithdrawConsent};
use access::{Role, cast};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{LEAST, all_is_proven, register, search, stage, two_rows, upload, with};

const AGREED: &[(&str, &str)] = &[
    ("agreed", "yes"),
    ("evidence", "signature"),
    ("consent_years", "1"),
];

/// The proofs of access hold.
async fn grants_are_proven(stage: &cast::Stage) {
    let heads = std::env::temp_dir().join(format!("zanjireh-heads-{}", Uuid::now_v7().simple()));
    let sealer = access::audit::Sealer::new(&stage.city.db, &stage.city.keys, &heads);
    sealer.close().await.unwrap();
    // Nothing was kept when there was nothing to seal.
    let _ = std::fs::remove_file(heads);
    let mut conn = stage.city.db.read().await.unwrap();
    let checks = access::checks(&mut conn, stage.city.db.clock().now()).await;
    assert_eq!(cast::broken(checks.unwrap()), Vec::<String>::new());
}

/// Brings the list of two in through the screen and gives the page of the one it makes.
async fn imported(stage: &cast::Stage) -> String {
    let page = upload(stage, &stage.alice, &two_rows())
        .await
        .location
        .unwrap();
    stage
        .post(Some(&stage.alice), &format!("{page}/start"), &[])
        .await;
    stage.do_jobs().await;
    let found = search(stage, &stage.alice, "نیک‌پور").await;
    let id = found
        .body
        .split("href=\"/people/")
        .find(|part| part.contains("زهرا"))
        .unwrap();
    format!("/people/{}", id.split('"').next().unwrap())
}

both! {
    async fn a_body_sees_her_while_her_consent_holds_and_asks_her_again(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, &with(&[("consent_years", "1")])).await;
        assert_eq!(stage.get(Some(&stage.bob), &page).await.status, 200);
        bench.pass_days(367);
        let (bob, charlie) = (stage.again(&stage.bob).await, stage.again(&stage.charlie).await);
        for path in [page.clone(), format!("/api/v1{page}")] {
            assert_eq!(stage.get(Some(&bob), &path).await.status, 404, "{path}");
        }
        assert!(search(&stage, &bob, "نیک‌پور").await.body.contains("کسی پیدا نشد"));
        // By her own code she is found to be asked again, by whoever registered her alone.
        let found = search(&stage, &bob, "0012345679").await;
        let form = format!("{page}/consent");
        assert!(found.body.contains(&form) && !found.body.contains("زهرا"), "{}", found.body);
        assert!(!search(&stage, &charlie, "0012345679").await.body.contains(&form));
        let shown = stage.get(Some(&bob), &form).await;
        assert!(shown.body.contains("P-") && !shown.body.contains("زهرا"));
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        assert_eq!(stage.get(Some(&charlie), &form).await.status, 404);
        assert_eq!(stage.post(Some(&charlie), &form, AGREED).await.status, 404);
        let bare = stage.post(Some(&bob), &form, &[("evidence", "x")]).await;
        assert_eq!(bare.status, 422);
        assert_eq!(stage.get(Some(&bob), &page).await.status, 404);
        let done = stage.post(Some(&bob), &form, AGREED).await;
        assert_eq!(done.location.as_deref(), Some(page.as_str()), "{}", done.body);
        assert_eq!(stage.get(Some(&bob), &page).await.status, 200);
        grants_are_proven(&stage).await;
    }

    async fn whoever_takes_her_consent_back_is_no_longer_seen(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, LEAST).await;
        let subject = page.rsplit('/').next().unwrap().parse().unwrap();
        let mut conn = stage.city.db.read().await.unwrap();
        let id = consents::list(&mut conn, subject).await.unwrap()[0].id;
        drop(conn);
        let shown = stage.get(Some(&stage.alice), &page).await;
        assert!(shown.body.contains(&format!("/consents/{id}/withdrawal")));
        stage.write(&stage.alice, WithdrawConsent { id }).await.unwrap();
        assert_eq!(stage.get(Some(&stage.alice), &page).await.status, 404);
        grants_are_proven(&stage).await;
    }

    async fn whoever_came_by_a_list_is_seen_only_to_be_called_until_she_agrees(bench: Bench) {
        let stage = stage(&bench).await;
        let page = imported(&stage).await;
        let (alice, api) = (Some(&stage.alice), format!("/api/v1{page}"));
        let shown = stage.get(alice, &page).await;
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        assert!(shown.body.contains("۰۹۰۰۱۲۳۴۵۶۷") && shown.body.contains("هنوز رضایت نداده است"));
        // Neither her code nor the group the list named.
        assert!(!shown.body.contains("۵۶۷۹") && !shown.body.contains("کم‌درآمد"));
        let read = stage.get(alice, &api).await.json();
        assert_eq!((&read["groups"], &read["national_code"]), (&json!(null), &json!(null)));
        assert_eq!(stage.get(alice, &format!("{page}/edit")).await.status, 404);
        grants_are_proven(&stage).await;

        let id = Uuid::now_v7();
        let body = json!({ "id": id, "agreed": true, "evidence": "witness", "consent_years": 2 });
        let path = format!("{api}/consents");
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", &path, &body).await.status, 404);
        let made = stage.send_json(alice, "POST", &path, &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(stage.send_json(alice, "POST", &path, &body).await.status, 200);
        let read = stage.get(alice, &api).await.json();
        assert_eq!(read["groups"], json!(["low_income"]));
        grants_are_proven(&stage).await;
        all_is_proven(&stage).await;
        // Taken back, nothing of before it opens her record again.
        stage.write(&stage.alice, WithdrawConsent { id }).await.unwrap();
        assert_eq!(stage.get(alice, &page).await.status, 404);
    }

    async fn whoever_came_by_a_list_and_was_never_asked_is_no_longer_seen_after_a_while(bench: Bench) {
        let stage = stage(&bench).await;
        let page = imported(&stage).await;
        bench.pass_days(91);
        let alice = stage.again(&stage.alice).await;
        assert_eq!(stage.get(Some(&alice), &page).await.status, 404);
        assert_eq!(stage.get(Some(&alice), &format!("{page}/consent")).await.status, 200);
    }

    async fn a_helper_at_the_kiosk_sees_neither_code_nor_groups_nor_notes(bench: Bench) {
        let stage = stage(&bench).await;
        let helper = stage.add("helper", stage.home, &[Role::Helper]).await;
        let fields = with(&[("groups", "low_income"), ("income", "2000000"), ("notes", "واژهٔ پنهان")]);
        let page = register(&stage, &stage.alice, &fields).await;
        let shown = stage.get(Some(&helper), &page).await;
        assert_eq!(shown.status, 200);
        assert!(shown.body.contains("زهرا نیک‌پور"));
        for hidden in ["کم‌درآمد", "۵۶۷۹", "واژهٔ پنهان"] {
            assert!(!shown.body.contains(hidden), "{hidden}");
        }
        let whole = stage.get(Some(&helper), &format!("{page}?show=national_code")).await;
        assert!(!whole.body.contains("۰۰۱۲۳۴۵۶۷۹"));
        let read = stage.get(Some(&helper), &format!("/api/v1{page}")).await.json();
        for field in ["groups", "income_rial", "notes", "national_code"] {
            assert_eq!(read[field], json!(null), "{field}");
        }
        assert_eq!(stage.get(Some(&stage.bob), &format!("/api/v1{page}")).await.json()["notes"], "واژهٔ پنهان");
    }
}
