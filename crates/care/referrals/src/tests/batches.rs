//! The week's files: out as a workbook, back with a broken row, applied once.

use axum::body::Body;
use axum::http::Request;
use documents::sheets::{self, Limits};
use testing::both;
use uuid::Uuid;

use super::scene::Scene;
use crate::legs::states::State;

/// A results file posted as a browser would.
async fn upload(scene: &Scene, batch: Uuid, file: &str) -> access::cast::Reply {
    let key = Uuid::now_v7();
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"results.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--edge--\r\n"
    );
    let request = Request::post(format!("/batches/{batch}/results"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    scene.stage.send(Some(&scene.stage.alice), request).await
}

async fn make(scene: &Scene) -> Uuid {
    let id = Uuid::now_v7();
    let [sender, body, key] = [
        scene.stage.home.to_string(),
        scene.labour.id.to_string(),
        id.to_string(),
    ];
    let fields = [
        ("sender", sender.as_str()),
        ("organization", body.as_str()),
        ("service", "home_licence"),
        ("form_key", key.as_str()),
    ];
    let made = scene
        .stage
        .post(Some(&scene.stage.alice), "/batches", &fields)
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    id
}

both! {
    async fn a_batch_goes_out_and_its_results_come_back_with_a_broken_row(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let alice = Some(&scene.stage.alice);
        let mut legs = vec![scene.send(&scene.labour).await];
        for _ in 0..3 {
            legs.push(scene.send_only(&scene.labour).await);
        }
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg_link").await, 0, "this body answers by file");
        let batch = make(&scene).await;
        let page = scene.stage.get(alice, &format!("/batches/{batch}")).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let file = scene.stage.get(alice, &format!("/batches/{batch}/file")).await;
        assert_eq!(file.status, 200);
        let sheets = sheets::read(&file.bytes, &Limits::default()).unwrap();
        let rows = &sheets[0].rows;
        assert_eq!(rows.len(), 5);
        assert!(rows[1].iter().any(|cell| cell.text() == "0499370899"), "codes stay text: {:?}", rows[1]);

        let numbers = [
            scene.leg(legs[0]).await.number, scene.leg(legs[1]).await.number,
            scene.leg(legs[2]).await.number, scene.leg(legs[3]).await.number,
        ];
        let csv = format!(
            "شمارهٔ ارجاع,نتیجه,شمارهٔ مجوز,اعتبار تا,دلیل,توضیح\n\
             {},صادر شد,۱۲۳-الف,۱۴۰۷/۰۹/۰۱,,\n{},رد شد,,,مدرک کم است,کپی شناسنامه\n\
             {},صادر شد,,,,\n1405-99999,رد شد,,,,\n{},,,,,\n",
            persian::persian_digits(&numbers[0]), numbers[1], numbers[2], numbers[3],
        );
        let uploaded = upload(&scene, batch, &csv).await;
        assert_eq!(uploaded.status, 303, "{}", uploaded.body);
        let place = uploaded.location.unwrap();
        let preview = scene.stage.get(alice, &place).await;
        assert_eq!(web::inspect::faults(&preview.body), Vec::<String>::new());
        assert!(preview.body.contains("شمارهٔ مجوز نیست.") && preview.body.contains("این شماره در این فایل نیست."));
        assert_eq!(scene.state(legs[0]).await, State::Sent, "a preview changes nothing");

        let applied = scene.stage.post(alice, &format!("{place}/apply"), &[]).await;
        assert_eq!(applied.status, 303, "{}", applied.body);
        let first = scene.leg(legs[0]).await;
        assert_eq!(first.state, State::Completed);
        let result = first.result.unwrap();
        assert_eq!((result["licence_number"].as_str(), result["valid_until"].as_str()), (Some("123-الف"), Some("2028-11-21")));
        assert_eq!(scene.leg(legs[1]).await.decline_code.as_deref(), Some("missing_document"));
        assert_eq!(scene.state(legs[2]).await, State::Sent, "a broken row waits to be mended");
        assert_eq!(scene.state(legs[3]).await, State::Sent, "an empty row says nothing");
        let twice = scene.stage.post(alice, &format!("{place}/apply"), &[]).await;
        assert_eq!(twice.status, 409);

        let mended = csv.replace(&format!("{},صادر شد,,", numbers[2]), &format!("{},صادر شد,99,", numbers[2]));
        let place = upload(&scene, batch, &mended).await.location.unwrap();
        scene.stage.post(alice, &format!("{place}/apply"), &[]).await;
        assert_eq!(scene.state(legs[2]).await, State::Completed);
        assert_eq!(scene.count("SELECT count(*) AS value FROM batch_row WHERE state = 'same'").await, 2,
            "rows that were applied before have no second effect");
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg_event WHERE act = 'complete'").await, 2);
        let list = scene.stage.get(alice, "/batches").await;
        assert_eq!(web::inspect::faults(&list.body), Vec::<String>::new());
    }

    async fn a_file_asked_anew_goes_out_anew(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.labour).await;
        let first = make(&scene).await;
        let by = |actor| crate::By::desk(actor);
        use crate::legs::states::{Actor, Debtor};
        let ask = crate::Act::AskInfo { of: Debtor::Sender };
        let moved = |act, by| crate::MoveLeg { leg, act, by, note: scene.note() };
        scene.as_program(moved(ask, crate::By::FILE)).await.unwrap();
        scene.as_program(moved(crate::Act::AnswerInfo, by(Actor::SenderWorker))).await.unwrap();
        let second = make(&scene).await;
        assert_ne!(first, second);
        let decline = crate::Act::Decline { code: "missing_document".into() };
        scene.as_program(moved(decline, crate::By::FILE)).await.unwrap();
        scene.as_program(moved(crate::Act::Reopen, by(Actor::SenderSupervisor))).await.unwrap();
        let third = make(&scene).await;
        let letter = scene.stage.get(Some(&scene.stage.alice), &format!("/api/v1/batches/{third}/letter")).await;
        assert_eq!(letter.status, 200);
        let waiting = scene.stage.get(Some(&scene.stage.alice), &format!("/api/v1/batches/{first}")).await.json();
        assert_eq!((waiting["legs"].as_i64(), waiting["waiting"].as_i64()), (Some(1), Some(0)));
        let charlie = Some(&scene.stage.charlie);
        assert_eq!(scene.stage.get(charlie, &format!("/api/v1/batches/{third}/letter")).await.status, 404);
    }

    async fn a_file_without_our_columns_is_refused_in_words(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.send(&scene.labour).await;
        let batch = make(&scene).await;
        let reply = upload(&scene, batch, "a,b\n1,2\n").await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("این فایل ستون‌های ما را ندارد."));
        assert_eq!(scene.count("SELECT count(*) AS value FROM batch_upload").await, 0);
    }

    async fn nothing_waiting_makes_no_batch_and_anothers_batch_is_not_found(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.send(&scene.labour).await;
        let batch = make(&scene).await;
        let charlie = Some(&scene.stage.charlie);
        for path in ["", "/file", "/letter"] {
            let path = format!("/batches/{batch}{path}");
            assert_eq!(scene.stage.get(charlie, &path).await.status, 404, "{path}");
        }
        assert_eq!(scene.stage.get(charlie, &format!("/api/v1/batches/{batch}")).await.status, 404);
        let [sender, body] = [scene.stage.home.to_string(), scene.labour.id.to_string()];
        let fields = [("sender", sender.as_str()), ("organization", body.as_str()), ("service", "home_licence")];
        assert_eq!(scene.stage.post(charlie, "/batches", &fields).await.status, 404);
        let empty = scene.stage.post(Some(&scene.stage.alice), "/batches", &fields).await;
        assert_eq!(empty.status, 422, "all files are in a batch already");
    }
}
