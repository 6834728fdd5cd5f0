//! Who keeps endpoints, and how.

use testing::both;

use super::*;

/// Fields of the form for a new endpoint, with one changed.
fn fields<'a>(body: &'a str, url: &'a str, kind: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("organization_id", body),
        ("url", url),
        ("event_types", kind),
    ]
}

const URL: &str = "https://partner.example/hooks";

both! {
    async fn an_endpoint_is_added_on_screen_and_its_secret_shown_once(bench: Bench) {
        let stage = stage(&bench).await;
        let (alice, home) = (Some(&stage.alice), stage.home.to_string());
        let key = Uuid::now_v7().to_string();
        let mut form = fields(&home, URL, "referral.sent");
        form.push(("form_key", key.as_str()));
        let made = stage.post(alice, "/webhooks", &form).await;
        assert_eq!((made.status.as_u16(), web::inspect::faults(&made.body)), (200, Vec::new()));
        let secret = made.body.split("data-copy=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
        let again = stage.post(alice, "/webhooks", &form).await;
        assert!(again.status == 200 && again.body.contains(secret), "a lost page comes again");
        assert_eq!(count(&bench, "webhook_endpoint").await, 1);
        bench.pass_seconds(601);
        let late = stage.post(alice, "/webhooks", &form).await;
        assert!(late.status == 200 && !late.body.contains(secret) && late.body.contains("گم"), "{}", late.body);
        let taken = stage.post(alice, "/webhooks", &fields(&home, URL, "referral.sent")).await;
        assert!(taken.status == 422 && taken.body.contains("href=\"#url\""), "{}", taken.body);
        for path in ["/webhooks", &format!("/webhooks/{key}"), &format!("/api/v1/webhooks/{key}")] {
            let seen = stage.get(alice, path).await;
            assert!(seen.status == 200 && !seen.body.contains(secret) && seen.body.contains(URL), "{path}");
        }
    }

    async fn what_is_wrong_is_told_at_its_field(bench: Bench) {
        let stage = stage(&bench).await;
        let home = stage.home.to_string();
        for (url, kind, field) in [
            ("", "referral.sent", "url"),
            ("http://partner.example/", "referral.sent", "url"),
            ("https://192.168.1.1/", "referral.sent", "url"),
            ("https://[fe80::1]/", "referral.sent", "url"),
            ("https://user:word@partner.example/", "referral.sent", "url"),
            (URL, "", "event_types"),
            (URL, "webhook.test", "event_types"),
        ] {
            let reply = stage.post(Some(&stage.alice), "/webhooks", &fields(&home, url, kind)).await;
            assert!(reply.status == 422 && reply.body.contains(&format!("href=\"#{field}\"")), "{url} {kind}: {}", reply.body);
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new(), "{url} {kind}");
        }
        let new = json!({ "id": Uuid::now_v7(), "organization_id": home, "url": "https://10.0.0.1/", "event_types": ["referral.sent"] });
        let refused = stage.send_json(Some(&stage.alice), "POST", "/api/v1/webhooks", &new).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"], &refused.json()["errors"][0]["pointer"]), (422, &json!("webhook_url_closed"), &json!("/url")));
        assert_eq!(count(&bench, "webhook_endpoint").await, 0);
    }

    async fn what_is_another_bodys_is_not_there(bench: Bench) {
        let stage = stage(&bench).await;
        let (_, endpoint) = Moody::open(&stage, 200).await;
        happen(&stage).await;
        let delivery = newest(&stage, &endpoint).await["id"].as_str().unwrap().to_owned();
        let (page, api, since) = (format!("/webhooks/{}", endpoint.id), endpoint.path.clone(), json!({ "since": "2026-11-01" }));
        let one = format!("/deliveries/{delivery}");
        for path in [page.clone(), api.clone(), format!("{page}{one}"), format!("{api}{one}"), format!("{api}/deliveries")] {
            assert_eq!(stage.get(Some(&stage.charlie), &path).await.status, 404, "{path}");
            assert_eq!(stage.get(Some(&stage.bob), &path).await.status, 200, "{path}");
            assert_eq!(stage.get(None, &path).await.status, 401, "{path}");
        }
        for act in ["secret", "pause", "resume", "test", "replay", &format!("{}/replay", &one[1..])] {
            let posted = stage.post(Some(&stage.charlie), &format!("{page}/{act}"), &[("since", "۱۴۰۵/۰۸/۱۰")]).await;
            assert_eq!(posted.status, 404, "{act}");
            let sent = post(&stage, &stage.charlie, &format!("{api}/{act}"), Uuid::now_v7(), &since).await;
            assert_eq!(sent.status, 404, "{act}");
        }
        let (home, own) = (stage.home.to_string(), stage.elsewhere.to_string());
        assert_eq!(stage.post(Some(&stage.charlie), "/webhooks", &fields(&home, URL, "referral.sent")).await.status, 404);
        assert_eq!(stage.post(Some(&stage.charlie), "/webhooks", &fields(&own, URL, "referral.sent")).await.status, 200);
        assert!(!stage.get(Some(&stage.charlie), "/webhooks").await.body.contains(&page));
        // Their own endpoint opens no delivery of somebody else's.
        let list = stage.get(Some(&stage.charlie), "/api/v1/webhooks").await.json();
        let theirs = list["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(stage.get(Some(&stage.charlie), &format!("/webhooks/{theirs}{one}")).await.status, 404);
        let clerk = stage.add("clerk", stage.home, &[Role::CaseWorker]).await;
        assert_eq!(stage.get(Some(&clerk), "/webhooks").await.status, 403);
        let officer = stage.add("officer", stage.home, &[Role::PartnerOfficer]).await;
        assert_eq!(stage.get(Some(&officer), &page).await.status, 200);
        let administrator = stage.add("administrator", stage.elsewhere, &[Role::Administrator]).await;
        assert!(stage.get(Some(&administrator), "/webhooks").await.body.contains(&page));
        assert_eq!(stage.get(Some(&administrator), &page).await.status, 200);
    }

    async fn pages_are_whole_in_both_languages(bench: Bench) {
        let stage = stage(&bench).await;
        let (moody, endpoint) = Moody::open(&stage, 500).await;
        happen(&stage).await;
        stage.do_jobs().await;
        moody.answer(410);
        happen(&stage).await;
        stage.do_jobs().await;
        let page = format!("/webhooks/{}", endpoint.id);
        let list = get(&stage, &format!("{}/deliveries?state=dead&limit=1", endpoint.path)).await;
        let one = format!("{page}/deliveries/{}", list["items"][0]["id"].as_str().unwrap());
        assert_ne!(list["next"], json!(null));
        for path in ["/webhooks", "/webhooks/new", &page, &format!("{page}?state=failed"), &one] {
            for lang in ["fa", "en"] {
                let asked = format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' });
                let shown = stage.get(Some(&stage.alice), &asked).await;
                assert_eq!((shown.status.as_u16(), web::inspect::faults(&shown.body)), (200, Vec::new()), "{asked}");
            }
        }
        let act = async |path: &str, fields: &[(&str, &str)]| stage.post(Some(&stage.alice), path, fields).await;
        let paused = act(&format!("{page}/pause"), &[]).await;
        assert!(paused.status == 422 && paused.body.contains("تنها نشانی فعال"), "{}", paused.body);
        assert_eq!(act(&format!("{page}/replay"), &[("since", "x")]).await.status, 422);
        for path in ["resume", "replay", "test", "pause"] {
            let done = act(&format!("{page}/{path}"), &[("since", "۱۴۰۵/۰۸/۱۰")]).await;
            assert_eq!((done.status.as_u16(), done.location.as_deref()), (303, Some(page.as_str())), "{path}: {}", done.body);
        }
        assert_eq!(act(&format!("{one}/replay"), &[]).await.status, 422, "it waits again already");
        let fresh = act(&format!("{page}/secret"), &[]).await;
        assert_eq!((fresh.status.as_u16(), web::inspect::faults(&fresh.body)), (200, Vec::new()));
        assert!(fresh.body.contains("whsec_") && fresh.body.contains("رمز پیشین"));
    }
}
