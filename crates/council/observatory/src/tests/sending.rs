//! Sending, against an observatory that answers by HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use testing::both;
use tokio::net::TcpListener;

use super::*;

/// Answers as it is told and counts what came.
struct Observatory {
    status: AtomicU16,
    came: AtomicUsize,
}

async fn serve(other: Arc<Observatory>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let answer = move |axum::Json(signed): axum::Json<Signed>| {
        let other = other.clone();
        async move {
            other.came.fetch_add(1, Ordering::SeqCst);
            assert!(signed.is_well_formed());
            let status = StatusCode::from_u16(other.status.load(Ordering::SeqCst)).unwrap();
            (
                status,
                axum::Json(json!({ "code": "document_key_foreign", "standing": "newest" })),
            )
        }
    };
    let router = Router::new().route("/api/v1/observatory/documents", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

both! {
    async fn a_document_is_sent_until_it_is_taken_and_then_no_more(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let other = Arc::new(Observatory { status: AtomicU16::new(503), came: AtomicUsize::new(0) });
        let address = serve(other.clone()).await;
        let link = crate::SetLink { code: "tehran".into(), address };
        stage.write(&stage.alice, link).await.unwrap();
        country.publish(&[("shops_open", "", 2, 0)]).await;
        stage.do_jobs().await;
        let state = async || -> Vec<Json> {
            let secretary = stage.again(&country.secretary).await;
            let told = stage.get(Some(&secretary), "/api/v1/statistics/documents").await.json();
            told["items"].as_array().unwrap().iter().map(|one| json!([one["number"], one["state"], one["answer"]])).collect()
        };
        assert_eq!((other.came.load(Ordering::SeqCst), state().await), (1, vec![json!([1, null, null])]));
        // Refused is told, and not tried again by itself.
        other.status.store(422, Ordering::SeqCst);
        bench.pass_seconds(60);
        stage.do_jobs().await;
        assert_eq!(state().await, [json!([1, "refused", "document_key_foreign"])]);
        let secretary = stage.again(&country.secretary).await;
        let page = stage.get(Some(&secretary), "/observatory/own").await;
        assert!(page.body.contains("با کلید این شهر امضا نشده"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        bench.pass_seconds(6_000);
        stage.do_jobs().await;
        assert_eq!(other.came.load(Ordering::SeqCst), 2);

        // The next publication sends both, in order.
        other.status.store(201, Ordering::SeqCst);
        bench.pass_days(1);
        country.publish(&[("shops_open", "", 3, 0)]).await;
        stage.do_jobs().await;
        assert_eq!(state().await, [json!([2, "sent", "newest"]), json!([1, "sent", "newest"])]);
        let secretary = stage.again(&country.secretary).await;
        for _ in 0..2 {
            assert_eq!(stage.post(Some(&secretary), "/observatory/own/send", &[]).await.status, 303);
        }
        assert_eq!(other.came.load(Ordering::SeqCst), 4, "what is there is sent no more");
    }

    async fn nobody_answering_is_told_and_the_button_may_be_pressed_again(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let link = crate::SetLink { code: "tehran".into(), address: format!("http://{closed}") };
        stage.write(&stage.alice, link).await.unwrap();
        country.publish(&[("shops_open", "", 2, 0)]).await;
        let secretary = Some(&country.secretary);
        assert_eq!(stage.post(secretary, "/observatory/own/sign", &[]).await.status, 303);
        let reply = stage.post(secretary, "/observatory/own/send", &[]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("نمای ملی پاسخ نداد"));
        let reply = stage.send_json(secretary, "POST", "/api/v1/statistics/sent", &json!({})).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (503, &json!("observatory_silent")));
    }
}
