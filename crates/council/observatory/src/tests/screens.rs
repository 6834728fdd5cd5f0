use axum::body::Body;
use axum::http::{Request, header};
use testing::both;

use super::*;

async fn upload(stage: &Stage, actor: &Actor, path: &str, file: &[u8]) -> Reply {
    let mut body = format!(
        "--line\r\ncontent-disposition: form-data; name=\"form_key\"\r\n\r\n{}\r\n--line\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\ncontent-type: application/json\r\n\r\n",
        uuid::Uuid::now_v7()
    )
    .into_bytes();
    body.extend(file);
    body.extend(b"\r\n--line--\r\n");
    let request =
        Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=line");
    stage
        .send(Some(actor), request.body(Body::from(body)).unwrap())
        .await
}

both! {
    async fn every_page_is_sound_empty_and_full_in_both_languages(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let public = ["/observatory", "/observatory?figure=reached", "/observatory/table", "/observatory/cities/karaj", "/observatory/cities/karaj?figure=reached"];
        let closed = ["/observatory/registry", "/observatory/registry/new", "/observatory/registry/cities/karaj", "/observatory/take", "/observatory/own"];
        let sound = async |actor: Option<&Actor>, path: &str| {
            for lang in ["fa", "en"] {
                let path = format!("{path}{}lang={lang}", if path.contains('?') { "&" } else { "?" });
                let page = stage.get(actor, &path).await;
                assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            }
        };
        for path in public {
            sound(None, path).await;
        }
        for path in closed {
            sound(Some(&stage.alice), path).await;
            assert_ne!(stage.get(None, path).await.status, 200, "{path}");
        }
        assert_eq!(stage.get(Some(&country.secretary), "/observatory/registry").await.status, 403);
        assert_eq!(stage.get(Some(&country.secretary), "/observatory/own").await.status, 200);
        assert_eq!(stage.get(None, "/observatory/cities/nowhere").await.status, 404);

        // Three months of two cities: hidden, of another definition, by region, with a gap.
        let now = bench.db.clock().now();
        for (code, seed) in [("karaj", 1), ("qom", 2)] {
            let mut city = country.city(code, seed).await;
            for back in [80_i64, 45, 1] {
                let mut figures = vec![
                    country.figure("reached", 300 - back).await, country.figure("answer_days", 4).await,
                    country.figure("women_value_added", 90_000_000).await,
                ];
                figures[0].regions = vec![region("1", 120, 120), SignedRegion { region: "2".into(), amount: None, people: None, is_hidden: true }];
                if seed == 2 {
                    figures[2] = SignedFigure { amount: None, is_hidden: true, ..figures[2].clone() };
                    figures[1].version = 3;
                }
                for figure in &mut figures {
                    figure.as_of = country.today() - chrono::TimeDelta::days(back);
                }
                let signed = city.signed(figures, now.plus_days(-back));
                if (seed, back) != (2, 45) {
                    assert_eq!(country.post(&signed).await.status, 201);
                }
            }
        }
        for path in public.iter().chain(&["/observatory/cities/qom?figure=answer_days", "/observatory?figure=women_value_added"]) {
            sound(None, path).await;
        }
        for path in closed {
            sound(Some(&stage.alice), path).await;
        }
        let page = stage.get(None, "/observatory/cities/karaj?figure=reached&lang=en").await.body;
        let page = web::words::plain(&page);
        assert!(page.contains("Region 1") && page.contains("120 people") && page.contains("hidden"));
        let table = stage.get(None, "/observatory/table?lang=en").await.body;
        let table = web::words::plain(&table);
        assert!(table.contains("299 people") && table.contains("Tabriz"));
    }

    async fn the_list_is_edited_as_a_file_and_city_by_city(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let mut list = country.get("/api/v1/observatory/list").await;
        assert_eq!((list["cities"].as_array().unwrap().len(), &list["is_sample"]), (19, &json!(true)));
        list["cities"].as_array_mut().unwrap().retain(|city| city["code"] != "arak");
        list["is_sample"] = false.into();
        let kept = upload(stage, &stage.alice, "/observatory/registry/list", list.to_string().as_bytes()).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let bad = upload(stage, &stage.alice, "/observatory/registry/list", b"[]").await;
        assert_eq!((bad.status.as_u16(), web::inspect::faults(&bad.body)), (422, vec![]));
        let after = country.get("/api/v1/observatory/list").await;
        assert_eq!((after["cities"].as_array().unwrap().len(), &after["is_sample"]), (18, &json!(false)));

        let new = [("code", "newcity"), ("name_fa", "شهر نو"), ("name_en", "New City"), ("band", "under_1m"), ("address", "https://new.example"), ("is_listed", "yes")];
        let alice = Some(&stage.alice);
        assert_eq!(stage.post(alice, "/observatory/registry", &new).await.status, 303);
        let mut wrong = new;
        wrong[0].1 = "New City";
        wrong[4].1 = "javascript:alert(1)";
        let page = stage.post(alice, "/observatory/registry", &wrong).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (422, vec![]));
        assert_eq!(stage.post(Some(&country.secretary), "/observatory/registry", &new).await.status, 403);
        assert!(stage.get(None, "/observatory?lang=en").await.body.contains("New City"));
        let out = [("name_fa", "شهر نو"), ("name_en", "New City"), ("band", ""), ("address", "")];
        assert_eq!(stage.post(alice, "/observatory/registry/cities/newcity", &out).await.status, 303);
        assert!(!stage.get(None, "/observatory?lang=en").await.body.contains("New City"));
        assert_eq!(stage.post(alice, "/observatory/registry/cities/nowhere", &out).await.status, 404);
    }

    async fn a_document_is_taken_by_upload(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let mut karaj = country.city("karaj", 1).await;
        let signed = karaj.signed(vec![country.figure("shops_open", 5).await], bench.db.clock().now());
        let file = serde_json::to_vec_pretty(&signed).unwrap();
        assert_eq!(upload(stage, &country.secretary, "/observatory/take", &file).await.status, 403);
        for _ in 0..2 {
            let reply = upload(stage, &stage.alice, "/observatory/take", &file).await;
            assert_eq!((reply.status.as_u16(), reply.location.as_deref()), (303, Some("/observatory/cities/karaj")));
        }
        assert_eq!(country.count("observatory_document").await, 1);
        let torn = String::from_utf8(file).unwrap().replace("\"amount\": 5", "\"amount\": 6");
        for (bytes, words) in [(torn.as_bytes(), "امضا با متن نمی‌خواند"), (b"{}".as_slice(), "سند امضاشدهٔ آمار نیست"), (b"".as_slice(), "سندی انتخاب نشده")] {
            let reply = upload(stage, &stage.alice, "/observatory/take", bytes).await;
            assert_eq!((reply.status.as_u16(), web::inspect::faults(&reply.body)), (422, vec![]), "{words}");
            assert!(reply.body.contains(words), "{words}");
        }
    }
}
