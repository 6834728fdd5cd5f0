use axum::body::Body;
use axum::http::Request;

use super::*;

/// The secretary sends the body a link; gives its path.
async fn link(table: &Table, id: ResolutionId) -> String {
    let link = LINKS.fresh(&table.stage.city);
    let path = link.address[link.address.find("/answers/").unwrap()..].to_owned();
    let send = SendResolutionLink {
        resolution_id: id,
        link,
    };
    let secretary = table.stage.again(&table.secretary).await;
    table.stage.write(&secretary, send).await.unwrap();
    path
}

async fn answers(table: &Table, id: ResolutionId) -> Vec<(String, String)> {
    let secretary = table.stage.again(&table.secretary).await;
    let path = format!("/api/v1/resolutions/{id}");
    let file = table.stage.get(Some(&secretary), &path).await.json();
    let text = |answer: &serde_json::Value, name: &str| answer[name].as_str().unwrap().to_owned();
    file["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| (text(answer, "kind"), text(answer, "way")))
        .collect()
}

fn said(kind: &str, way: &str) -> (String, String) {
    (kind.to_owned(), way.to_owned())
}

/// Brings a body's file back as a spreadsheet of text.
async fn bring(
    table: &Table,
    actor: &Actor,
    body: OrganizationId,
    file: &str,
) -> access::cast::Reply {
    let key = Uuid::now_v7();
    let text = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"answers.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--edge--\r\n"
    );
    let request = Request::post(format!("/asked/bodies/{body}/file"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(text))
        .unwrap();
    table.stage.send(Some(actor), request).await
}

both! {
    async fn a_body_answers_by_its_link_and_the_secretary_confirms_it(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2026-12-05")).await;
        assert_eq!(stage.post(Some(&table.observer), &format!("/resolutions/{id}/link"), &[]).await.status, 403);
        assert_eq!(stage.post(Some(&stage.charlie), &format!("/resolutions/{id}/link"), &[]).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{id}/link"), &[]).await.status, 303);
        let path = link(&table, id).await;
        for page in ["", "?lang=en", "?choose=done", "?choose=cannot"] {
            let page = stage.get(None, &format!("{path}{page}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
            assert!(page.body.contains("پنج فروشگاه گشوده شود"));
        }
        assert!(answers(&table, id).await.is_empty(), "opening says nothing");
        assert_eq!(table.status(None, "/answers/AAAAAAAAAAAAAAAAAAAAAA").await, 404);
        let empty = stage.post(None, &path, &[("kind", "done"), ("answer", "")]).await;
        assert!(empty.status == 422 && empty.body.contains("href=\"#answer\""), "{}", empty.body);
        assert_eq!(stage.post(None, &path, &[("kind", "perhaps"), ("answer", "شد")]).await.status, 422);
        let key = Uuid::now_v7().to_string();
        let done = [("kind", "done"), ("answer", "پنج فروشگاه باز شد"), ("answer_reference", "۴۵"), ("form_key", key.as_str())];
        for _ in 0..2 {
            assert_eq!(stage.post(None, &path, &done).await.status, 303);
        }
        // Opened again and said again the same day, it is one answer.
        assert_eq!(stage.post(None, &path, &done[..3]).await.status, 303);
        assert_eq!(answers(&table, id).await, [said("done", "link")]);
        assert_eq!(table.state(id).await, "claimed");
        let file = stage.get(Some(&table.secretary), &format!("/api/v1/resolutions/{id}")).await.json();
        assert_eq!(file["evidence"].as_array().unwrap().len(), 1);
        let proof = file["evidence"][0]["id"].as_str().unwrap();
        assert_eq!(stage.post(Some(&table.secretary), &format!("/evidence/{proof}/verify"), &[]).await.status, 303);
        assert_eq!(table.state(id).await, "verified");
        let late = [("kind", "progress"), ("answer", "هنوز در کار است")];
        let refused = stage.post(None, &path, &late).await;
        assert!(refused.status == 422 && refused.body.contains("تأیید شده است"), "{}", refused.body);
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        stage.tamper("DELETE FROM evidence").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["resolution_done"]);
        assert!(today > day("2026-10-01"));
    }

    async fn a_link_dies_is_renewed_and_is_not_sent_without_end(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2026-12-05")).await;
        let path = link(&table, id).await;
        bench.pass_days(15);
        let page = stage.get(None, &path).await;
        assert!(page.body.contains("زمان این پیوند گذشته"), "{}", page.body);
        let said = [("kind", "progress"), ("answer", "در کار است")];
        assert_eq!(stage.post(None, &path, &said).await.status, 404);
        for _ in 0..3 {
            assert_eq!(stage.post(None, &format!("{path}/renew"), &[]).await.status, 200);
        }
        let often = stage.post(None, &format!("{path}/renew"), &[]).await;
        assert_eq!(often.status, 422);
        assert!(often.body.contains("ساعتی دیگر"));
        let links: i64 = db::sql("SELECT count(*) AS value FROM resolution_link").scalar(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(links, 4);
        assert!(answers(&table, id).await.is_empty());
    }

    async fn a_body_answers_at_its_desk_and_what_cannot_be_comes_back(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2027-02-01")).await;
        let path = format!("/asked/resolutions/{id}");
        for (actor, status) in [(Some(&table.chair), 404), (Some(&stage.charlie), 404), (Some(&table.observer), 403), (None, 401)] {
            assert_eq!(table.status(actor, &path).await, status);
            assert_eq!(stage.post(actor, &path, &[("kind", "done"), ("answer", "شد")]).await.status.as_u16(), status);
        }
        for page in ["/asked".to_owned(), "/asked?lang=en".to_owned(), path.clone(), format!("{path}?choose=progress")] {
            let page = stage.get(Some(&table.member), &page).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
            assert!(page.body.contains("پنج فروشگاه گشوده شود"));
        }
        let next = table.planned(bench.db.clock().today()).await;
        let listed = || async {
            let body = stage.get(Some(&table.secretary), &format!("/api/v1/meetings/{next}")).await.json();
            body["agenda"].as_array().unwrap().iter().filter(|item| item["subject_id"] == json!(id)).count()
        };
        assert_eq!(listed().await, 1, "silence comes back by itself");
        assert_eq!(stage.post(Some(&table.member), &path, &[("kind", "cannot"), ("answer", "بودجه نیست")]).await.status, 303);
        assert_eq!(table.state(id).await, "cannot");
        assert_eq!(answers(&table, id).await, [said("cannot", "desk")]);
        let words = json!({ "id": bench.db.new_id(), "kind": "progress", "wording": "بودجه رسید", "reference": "" });
        let api = format!("/api/v1{path}/answers");
        assert_eq!(stage.send_json(Some(&table.chair), "POST", &api, &words).await.status, 404);
        assert_eq!(stage.send_json(Some(&table.member), "POST", &api, &words).await.status, 201);
        assert_eq!(stage.send_json(Some(&table.member), "POST", &api, &words).await.status, 200);
        assert_eq!(table.state(id).await, "on_track");
        assert_eq!(listed().await, 1);
    }

    async fn a_body_answers_in_its_file_and_each_wrong_row_is_told(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let (first, second, third) = (
            table.pass(meeting, day("2026-12-05")).await, table.pass(meeting, day("2026-12-05")).await,
            table.pass(meeting, day("2026-12-05")).await,
        );
        let (member, body) = (&table.member, table.body);
        let given = stage.get(Some(member), &format!("/asked/bodies/{body}/file")).await;
        assert_eq!(given.status, 200);
        for (actor, status) in [(&table.chair, 404), (&stage.charlie, 404), (&table.observer, 403), (&table.secretary, 200)] {
            assert_eq!(table.status(Some(actor), &format!("/asked/bodies/{body}/file")).await, status);
            assert_eq!(table.status(Some(actor), &format!("/api/v1/asked/bodies/{body}")).await, status);
        }
        let file = "شمارهٔ مصوبه,نوع پاسخ,متن پاسخ,شمارهٔ نامه یا سند\n\
            coordination 1405-1,انجام شد,باز شد,۱۲\n\
            coordination ۱۴۰۵-۲,شاید,نمی‌دانیم,\n\
            coordination 1405-9,انجام شد,باز شد,\n\
            coordination 1405-3,,,\n\
            coordination 1405-2,در دست انجام,,\n";
        let wrong = bring(&table, member, body, file).await;
        assert_eq!(wrong.status, 422);
        let told = web::words::plain(&wrong.body);
        for part in ["سطر ۳", "سطر ۴", "سطر ۶", "۱ پاسخ ثبت شد"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(!told.contains("سطر ۲") && !told.contains("سطر ۵"));
        assert_eq!(web::inspect::faults(&wrong.body), Vec::<String>::new());
        assert_eq!(answers(&table, first).await, [said("done", "file")]);
        assert!(answers(&table, second).await.is_empty() && answers(&table, third).await.is_empty());
        // Mended and sent again by the secretary a day later, what was kept stays one.
        bench.pass_days(1);
        let secretary = stage.again(&table.secretary).await;
        let good = "شمارهٔ مصوبه,نوع پاسخ,متن پاسخ,شمارهٔ نامه یا سند\n\
            coordination 1405-1,انجام شد,باز شد,۱۲\ncoordination 1405-2,در دست اقدام,نیمی باز شد,\n";
        for _ in 0..2 {
            assert_eq!(bring(&table, &secretary, body, good).await.status, 303);
        }
        assert_eq!(answers(&table, first).await, [said("done", "file")]);
        assert_eq!(answers(&table, second).await, [said("progress", "file")]);
        let other = bring(&table, &secretary, body, "نام,تلفن\nx,y\n").await;
        assert!(other.status == 422 && other.body.contains("این فایل پاسخ"), "{}", other.body);
        assert_eq!(bring(&table, &stage.again(&stage.charlie).await, body, good).await.status, 404);
    }

    async fn a_deadline_on_a_day_off_moves_to_a_working_day_and_says_so(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        // Nowruz of 1406 lasts four days, and the eleventh of Day 1405 is a Friday.
        let nowruz = table.pass(meeting, day("2027-03-21")).await;
        let friday = table.pass(meeting, day("2027-01-01")).await;
        let observer = &table.observer;
        let due = |id: ResolutionId| async move {
            let file = stage.get(Some(observer), &format!("/api/v1/resolutions/{id}")).await.json();
            (file["resolution"]["due_on"].clone(), file["resolution"]["moved_from"].clone())
        };
        assert_eq!(due(nowruz).await, (json!("2027-03-25"), json!("2027-03-21")));
        assert_eq!(due(friday).await, (json!("2027-01-02"), json!("2027-01-01")));
        let page = stage.get(Some(&table.observer), &format!("/resolutions/{nowruz}")).await;
        assert!(web::words::plain(&page.body).contains("۱ فروردین ۱۴۰۶ تعطیل است"), "{}", page.body);
        let second = table.meeting(today, VOTERS).await;
        let carry = CarryOver { id: bench.db.new_id(), resolution_id: nowruz, meeting_id: second, due_on: day("2027-04-04") };
        stage.write(&table.secretary, carry).await.unwrap();
        assert_eq!(due(nowruz).await, (json!("2027-04-04"), json!(null)));
        let moved = stage.tamper("UPDATE resolution SET moved_from = due_on").await;
        assert!(moved.is_err(), "a deadline never moves to where it was");
    }

    async fn an_answer_takes_the_signature_off_minutes_that_tell_of_it(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(first, day("2026-12-05")).await;
        let second = table.meeting(bench.db.clock().today(), VOTERS).await;
        for meeting_id in [first, second] {
            stage.write(&table.secretary, WriteMinutes { meeting_id, wording: "گفت‌وگو شد.".into() }).await.unwrap();
            stage.write(&table.secretary, OpenRemarks { meeting_id }).await.unwrap();
            stage.write(&table.secretary, SignMinutes { meeting_id }).await.unwrap();
        }
        let answer = [("answer", "در دست اجراست"), ("answered_on", "1405/09/02")];
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{id}/answers"), &answer).await.status, 303);
        for meeting_id in [first, second] {
            let unsigned = stage.write(&table.chair, FreezeMinutes { meeting_id }).await;
            assert!(matches!(unsigned, Err(db::Error::Refused(refusal)) if refusal.reason.code == "minutes_unsigned"));
            stage.write(&table.secretary, SignMinutes { meeting_id }).await.unwrap();
        }
        // Said again, it changes nothing, and the signature stays.
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{id}/answers"), &answer).await.status, 303);
        stage.write(&table.chair, FreezeMinutes { meeting_id: first }).await.unwrap();
        stage.write(&table.chair, FreezeMinutes { meeting_id: second }).await.unwrap();
    }
}
