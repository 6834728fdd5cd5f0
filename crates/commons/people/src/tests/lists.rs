use documents::sheets::{Cell, Limits, Sheet, read};
use testing::both;
use uuid::Uuid;

use super::scene::{all_is_proven, count, register, search, stage, two_rows, upload, with};
use crate::import::store::tests::as_xlsx;

both! {
    async fn a_list_is_previewed_stored_repaired_and_changes_nothing_again(bench: Bench) {
        let stage = stage(&bench).await;
        let alice = Some(&stage.alice);
        let sent = upload(&stage, &stage.alice, &two_rows()).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = sent.location.unwrap();
        let preview = stage.get(alice, &page).await;
        assert_eq!(web::inspect::faults(&preview.body), Vec::<String>::new());
        assert!(preview.body.contains("کد ملی درست نیست") && !preview.body.contains("0012345670"));
        assert_eq!(count(&stage, "person").await, 0, "nothing is stored yet");
        let started = stage.post(alice, &format!("{page}/start"), &[]).await;
        assert_eq!(started.status, 303, "{}", started.body);
        let moving = stage.get(alice, &page).await;
        assert!(moving.body.contains("hx-get") && moving.body.contains("<progress"));
        assert_eq!(web::inspect::faults(&moving.body), Vec::<String>::new());
        assert_eq!(stage.post(alice, &format!("{page}/start"), &[]).await.status, 422);
        stage.do_jobs().await;
        let done = stage.get(alice, &page).await;
        assert!(done.body.contains(&format!("{page}/rows")), "{}", done.body);
        assert_eq!(web::inspect::faults(&done.body), Vec::<String>::new());
        assert_eq!(stage.get(alice, &format!("{page}/progress")).await.status, 200);
        assert_eq!(count(&stage, "person").await, 1);
        assert!(search(&stage, &stage.bob, "نیکپور").await.body.contains("زهرا"));

        let repair = stage.get(alice, &format!("{page}/rows")).await;
        assert_eq!(web::inspect::faults(&repair.body), Vec::<String>::new());
        for text in ["کد ملی درست نیست", "0012345670", "کرمی", "سطر \u{2068}۳"] {
            assert!(repair.body.contains(text), "{text} {}", repair.body);
        }
        let book = stage.get(alice, &format!("{page}/rejects.xlsx")).await;
        let book = read(&book.bytes, &Limits::default()).unwrap();
        let line: Vec<String> = book[0].rows[1].iter().map(Cell::text).collect();
        assert!(line[3].contains("کد ملی درست نیست") && line[4].contains("national code is not right"));

        let row = repair.body.split("href=\"/people/import/rows/").nth(1).unwrap();
        let row = format!("/people/import/rows/{}", row.split('"').next().unwrap());
        let form = stage.get(alice, &row).await;
        assert_eq!(web::inspect::faults(&form.body), Vec::<String>::new());
        let cells = |code: &'static str| {
            let texts = ["مریم", "کرمی", "علی", code, "1360/01/02", "09001234568", "6", ""];
            let names = ["cell-0", "cell-1", "cell-2", "cell-3", "cell-4", "cell-5", "cell-6", "cell-7"];
            names.into_iter().zip(texts).collect::<Vec<_>>()
        };
        let wrong = stage.post(alice, &row, &cells("۱۲۳۴")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#cell-3\"") && wrong.body.contains("value=\"۱۲۳۴\""));
        assert_eq!(web::inspect::faults(&wrong.body), Vec::<String>::new());
        assert_eq!(stage.post(alice, &row, &[]).await.status, 422);
        let mended = stage.post(alice, &row, &cells("0084575948")).await;
        assert_eq!(mended.location.as_deref(), Some(format!("{page}/rows").as_str()), "{}", mended.body);
        assert_eq!(count(&stage, "person").await, 2);
        // Sent once more it is settled already.
        assert_eq!(stage.post(alice, &row, &cells("0084575948")).await.status, 303);
        assert_eq!(count(&stage, "person").await, 2);
        assert!(stage.get(alice, &page).await.body.contains("هیچ سطری منتظر اصلاح نیست"));

        let again = upload(&stage, &stage.bob, &two_rows()).await;
        assert_eq!(again.location.as_deref(), Some(page.as_str()), "the same file is the same list");
        assert_eq!((count(&stage, "person").await, count(&stage, "import_batch").await), (2, 1));
        let list = stage.get(alice, "/people/import").await;
        assert!(list.body.contains("list.xlsx"));
        assert_eq!(web::inspect::faults(&list.body), Vec::<String>::new());
        all_is_proven(&stage).await;
    }

    async fn a_row_is_put_aside_with_a_reason(bench: Bench) {
        let stage = stage(&bench).await;
        let alice = Some(&stage.alice);
        let page = upload(&stage, &stage.alice, &two_rows()).await.location.unwrap();
        stage.post(alice, &format!("{page}/start"), &[]).await;
        stage.do_jobs().await;
        let repair = stage.get(alice, &format!("{page}/rows")).await;
        let row = repair.body.split("href=\"/people/import/rows/").nth(1).unwrap();
        let row = format!("/people/import/rows/{}", row.split('"').next().unwrap());
        let dismiss = format!("{row}/dismiss");
        let bare = stage.post(alice, &dismiss, &[("reason", " ")]).await;
        assert_eq!(bare.status, 422);
        assert!(bare.body.contains("href=\"#reason\"") && bare.body.contains("value=\"کرمی\""));
        assert_eq!(stage.post(Some(&stage.charlie), &dismiss, &[("reason", "x")]).await.status, 404);
        let done = stage.post(alice, &dismiss, &[("reason", "از شهر رفته است")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(stage.get(alice, &format!("{page}/rows")).await.body.contains("هیچ سطری منتظر اصلاح نیست"));
        all_is_proven(&stage).await;
    }

    async fn a_file_that_is_no_list_is_told_at_its_field(bench: Bench) {
        let stage = stage(&bench).await;
        for file in [&b"PK\x03\x04 broken"[..], b"one,two\n1,2\n", b"\xFF\xFE\x00", b"%PDF-1.7", b""] {
            let reply = upload(&stage, &stage.alice, file).await;
            assert_eq!(reply.status, 422, "{}", String::from_utf8_lossy(file));
            assert!(reply.body.contains("href=\"#file\""));
        }
        let huge = vec![b'x'; 13 * 1024 * 1024];
        assert_eq!(upload(&stage, &stage.alice, &huge).await.status, 413);
        assert_eq!(count(&stage, "import_batch").await, 0);
        let clerk = stage.add("clerk", stage.home, &[access::Role::ShopClerk]).await;
        assert_eq!(upload(&stage, &clerk, &two_rows()).await.status, 403);
    }

    async fn lists_of_another_body_are_not_found(bench: Bench) {
        let stage = stage(&bench).await;
        let page = upload(&stage, &stage.alice, &two_rows()).await.location.unwrap();
        let charlie = Some(&stage.charlie);
        for path in ["", "/progress", "/rows", "/outcome", "/rejects.xlsx"] {
            assert_eq!(stage.get(charlie, &format!("{page}{path}")).await.status, 404, "{path}");
        }
        assert_eq!(stage.post(charlie, &format!("{page}/start"), &[]).await.status, 404);
        assert!(!stage.get(charlie, "/people/import").await.body.contains("list.xlsx"));
        let id = page.rsplit('/').next().unwrap();
        for path in ["", "/rows", "/rejects.xlsx"] {
            let path = format!("/api/v1/imports/{id}{path}");
            assert_eq!(stage.get(charlie, &path).await.status, 404, "{path}");
        }
        // The same file is another list elsewhere.
        let other = upload(&stage, &stage.charlie, &two_rows()).await.location.unwrap();
        assert_ne!(other, page);
    }

    async fn machines_bring_lists_in_and_mend_rows(bench: Bench) {
        let stage = stage(&bench).await;
        let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n".to_vec();
        body.extend(two_rows());
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let send = async |path: String, kind: &str, body: Vec<u8>| {
            let request = axum::http::Request::post(path)
                .header("content-type", kind)
                .header("idempotency-key", Uuid::now_v7().to_string())
                .body(axum::body::Body::from(body))
                .unwrap();
            stage.send(Some(&stage.alice), request).await
        };
        let multipart = "multipart/form-data; boundary=edge";
        let made = send("/api/v1/imports".into(), multipart, body.clone()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let made = made.json();
        assert_eq!((&made["state"], &made["rejected"]), (&"preview".into(), &1.into()));
        assert_eq!(send("/api/v1/imports".into(), multipart, body).await.status, 200);
        let path = format!("/api/v1/imports/{}", made["id"].as_str().unwrap());
        assert_eq!(send(format!("{path}/start"), "application/json", vec![]).await.status, 202);
        stage.do_jobs().await;
        let done = stage.get(Some(&stage.alice), &path).await.json();
        assert_eq!((&done["state"], &done["statuses"]["accept"]), (&"done".into(), &1.into()));
        let rows = stage.get(Some(&stage.alice), &format!("{path}/rows")).await.json();
        let row = format!("/api/v1/import-rows/{}", rows["items"][0]["id"].as_str().unwrap());
        let shown = stage.get(Some(&stage.alice), &row).await.json();
        let mut cells: Vec<String> = shown["cells"].as_array().unwrap().iter()
            .map(|cell| cell["text"].as_str().unwrap().to_owned()).collect();
        let json = |cells: &[String]| serde_json::json!({ "cells": cells }).to_string().into_bytes();
        let wrong = send(format!("{row}/mend"), "application/json", json(&cells)).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("/cell-3"), "{}", wrong.body);
        assert_eq!(send(format!("{row}/mend"), "application/json", json(&[])).await.status, 400);
        cells[3] = "0084575948".into();
        let mended = send(format!("{row}/mend"), "application/json", json(&cells)).await;
        assert_eq!(mended.status, 200, "{}", mended.body);
        assert_eq!(count(&stage, "person").await, 2);
    }

    async fn of_people_of_another_centre_a_list_tells_only_that_the_code_is_taken(bench: Bench) {
        let stage = stage(&bench).await;
        // The same two people stand in Charlie's centre: one with her code, one alike without.
        let hers = register(&stage, &stage.charlie, &with(&[("father_name", "حسن")])).await;
        let alike = with(&[
            ("first_name", "سارا"), ("last_name", "کرمی"), ("father_name", "علی"), ("national_code", ""),
            ("no_code_reason", "lost"), ("birth.year", "1360"), ("birth.month", "1"), ("birth.day", "2"),
            ("phone", "09001234568"),
        ]);
        let alike = register(&stage, &stage.charlie, &alike).await;
        let row = |words: [&str; 6]| words.map(|word| Cell::Text(word.to_owned())).to_vec();
        let file = as_xlsx(&[Sheet {
            name: "متقاضیان".into(),
            first_row: 1,
            rows: vec![
                row(["نام", "نام خانوادگی", "نام پدر", "کد ملی", "تاریخ تولد", "موبایل"]),
                row(["زهرا", "نیک‌پور", "حسن", "0012345679", "1358/12/24", "09001234567"]),
                row(["سارا", "کرمی", "علی", "", "1360/01/02", "09001234568"]),
            ],
        }]);
        let page = upload(&stage, &stage.alice, &file).await.location.unwrap();
        stage.post(Some(&stage.alice), &format!("{page}/start"), &[]).await;
        stage.do_jobs().await;
        let told = stage.get(Some(&stage.alice), &format!("{page}/outcome?status=duplicate")).await;
        assert_eq!(web::inspect::faults(&told.body), Vec::<String>::new());
        assert!(told.body.contains("در مرکز دیگری ثبت شده است"), "{}", told.body);
        let api = format!("/api/v1/imports/{}/rows", page.rsplit('/').next().unwrap());
        let rows = stage.get(Some(&stage.alice), &format!("{api}?status=duplicate")).await;
        let (row, items) = (rows.json()["items"][0].clone(), rows.json()["items"].as_array().unwrap().len());
        assert_eq!((items, &row["person_id"], &row["is_elsewhere"]), (1, &serde_json::json!(null), &true.into()));
        for id in [&hers, &alike].map(|page| page.rsplit('/').next().unwrap()) {
            assert!(!rows.body.contains(id) && !told.body.contains(id));
        }
        // Whoever is only alike is another person, as far as this centre may know.
        let own = stage.get(Some(&stage.alice), &format!("{api}?status=accept")).await.json();
        assert!(own["items"][0]["person_id"].is_string());
        assert_ne!(own["items"][0]["person_id"], alike.rsplit('/').next().unwrap());
        assert_eq!(count(&stage, "person").await, 3);
        all_is_proven(&stage).await;
    }

    async fn what_became_of_each_row_is_told_in_words_with_the_way_to_her(bench: Bench) {
        let stage = stage(&bench).await;
        let row = |words: [&str; 6]| words.map(|word| Cell::Text(word.to_owned())).to_vec();
        let file = as_xlsx(&[Sheet {
            name: "متقاضیان".into(),
            first_row: 1,
            rows: vec![
                row(["نام", "نام خانوادگی", "نام پدر", "کد ملی", "تاریخ تولد", "موبایل"]),
                row(["زهرا", "نیک‌پور", "حسن", "0012345679", "1358/12/24", "09001234567"]),
                row(["زهرا", "نیک پور", "حسن", "0012345679", "1358/12/24", "09001234567"]),
                row(["سارا", "کرمی", "علی", "", "1360/01/02", "09001234568"]),
                row(["مریم", "کرمی", "علی", "0012345670", "1360/01/02", "09001234568"]),
            ],
        }]);
        let alice = Some(&stage.alice);
        let page = upload(&stage, &stage.alice, &file).await.location.unwrap();
        stage.post(alice, &format!("{page}/start"), &[]).await;
        stage.do_jobs().await;
        assert!(stage.get(alice, &page).await.body.contains(&format!("{page}/outcome?status=warned")));
        let told = async |status: &str| {
            let told = stage.get(alice, &format!("{page}/outcome?status={status}")).await;
            assert_eq!(told.status, 200, "{status}");
            assert_eq!(web::inspect::faults(&told.body), Vec::<String>::new(), "{status}");
            told.body
        };
        let accepted = told("accept").await;
        assert!(accepted.contains("زهرا نیک‌پور") && accepted.contains("سارا کرمی") && accepted.contains("href=\"/people/"));
        let warned = told("warned").await;
        assert!(warned.contains("بدون مدرک ثبت می‌شود") && warned.contains("سارا") && !warned.contains("زهرا"));
        let repeated = told("duplicate").await;
        assert!(repeated.contains("تکرار سطر") && repeated.contains("زهرا نیک‌پور"));
        let refused = told("reject").await;
        assert!(refused.contains("کد ملی درست نیست") && refused.contains("/people/import/rows/"));
        for empty in ["mended", "dismissed"] {
            assert!(told(empty).await.contains("سطری این‌گونه نیست"), "{empty}");
        }
        let path = format!("{page}/outcome");
        assert_eq!(stage.get(Some(&stage.charlie), &path).await.status, 404);
        // The same people in another list of the same body.
        let page = upload(&stage, &stage.bob, &two_rows()).await.location.unwrap();
        stage.post(alice, &format!("{page}/start"), &[]).await;
        stage.do_jobs().await;
        let known = stage.get(alice, &format!("{page}/outcome?status=duplicate")).await;
        assert!(known.body.contains("پیش‌تر ثبت شده") && known.body.contains("زهرا نیک‌پور"), "{}", known.body);
    }
}
