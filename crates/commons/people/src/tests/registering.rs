use axum::body::Body;
use axum::http::Request;
use testing::both;
use uuid::Uuid;

use super::scene::{LEAST, all_is_proven, count, register, stage, with};

both! {
    async fn somebody_is_registered_with_consent_and_her_page_shows_her(bench: Bench) {
        let stage = stage(&bench).await;
        let new = stage.get(Some(&stage.alice), "/people/new?q=%D8%B2%D9%87%D8%B1%D8%A7+0012345679").await;
        assert_eq!(new.status, 200, "{}", new.body);
        assert!(new.body.contains("value=\"0012345679\""));
        assert_eq!(web::inspect::faults(&new.body), Vec::<String>::new());
        let fields = with(&[("groups", "low_income"), ("group_reason", "واژهٔ پنهان"), ("income", "2000000")]);
        let page = register(&stage, &stage.alice, &fields).await;
        let shown = stage.get(Some(&stage.bob), &page).await;
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        for text in ["زهرا نیک‌پور", "۰۹۰۰۱۲۳۴۵۶۷", "••• ••• ۵۶۷۹", "/cases/new?person=", "برقرار"] {
            assert!(shown.body.contains(text), "{text}");
        }
        assert!(!shown.body.contains("0012345679") && !shown.body.contains("۰۰۱۲۳۴۵۶۷۹"));
        assert!(!shown.body.contains("واژهٔ پنهان"));
        let whole = stage.get(Some(&stage.bob), &format!("{page}?show=national_code")).await;
        assert!(whole.body.contains("۰۰۱۲۳۴۵۶۷۹"));
        assert_eq!(count(&stage, "consent").await, 1);
        assert_eq!(stage.get(Some(&stage.alice), "/people/new").await.location.unwrap(), "/people");
        all_is_proven(&stage).await;
    }

    async fn the_same_form_twice_registers_one(bench: Bench) {
        let stage = stage(&bench).await;
        let key = Uuid::now_v7().to_string();
        let fields = with(&[("form_key", &key), ("groups", "low_income")]);
        let first = stage.post(Some(&stage.alice), "/people", &fields).await;
        let second = stage.post(Some(&stage.alice), "/people", &fields).await;
        assert_eq!((first.status.as_u16(), &first.location), (303, &second.location), "{}", second.body);
        assert_eq!((count(&stage, "person").await, count(&stage, "contact").await), (1, 1));
    }

    async fn a_taken_code_is_told_at_its_field(bench: Bench) {
        let stage = stage(&bench).await;
        register(&stage, &stage.alice, LEAST).await;
        let again = stage.post(Some(&stage.alice), "/people", LEAST).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("href=\"#national_code\"") && again.body.contains("پیش‌تر ثبت شده است"));
        let other = stage.post(Some(&stage.charlie), "/people", LEAST).await;
        assert_eq!(other.status, 422);
        assert!(other.body.contains("در مرکز دیگری ثبت شده است"));
        assert_eq!(count(&stage, "person").await, 1);
    }

    async fn somebody_alike_must_be_decided_on(bench: Bench) {
        let stage = stage(&bench).await;
        register(&stage, &stage.alice, LEAST).await;
        let fields = with(&[("national_code", ""), ("no_code_reason", "lost")]);
        let asked = stage.post(Some(&stage.alice), "/people", &fields).await;
        assert_eq!(asked.status, 422);
        assert!(asked.body.contains("href=\"#alike\"") && asked.body.contains("روز تولد یکی است"));
        assert_eq!(web::inspect::faults(&asked.body), Vec::<String>::new());
        // Another centre learns only that somebody is alike.
        let elsewhere = stage.post(Some(&stage.charlie), "/people", &fields).await;
        assert!(elsewhere.body.contains("فردی مانند او در مرکز دیگری") && !elsewhere.body.contains("P-"));
        let id = asked.body.split("name=\"others\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let fields = with(&[("national_code", ""), ("no_code_reason", "lost"), ("others", id)]);
        assert!(!elsewhere.body.contains(id) && !elsewhere.body.contains("روز تولد یکی است"));
        let mark_of = |page: &str| page.split("name=\"others\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mark = mark_of(&elsewhere.body);
        register(&stage, &stage.alice, &fields).await;
        assert_eq!((count(&stage, "person").await, count(&stage, "person_difference").await), (2, 1));
        // Her id, got elsewhere, does not serve; the mark of this form does.
        let by_id = with(&[("national_code", ""), ("no_code_reason", "lost"), ("others", id)]);
        let refused = stage.post(Some(&stage.charlie), "/people", &by_id).await;
        assert_eq!(refused.status, 422);
        // Meanwhile a second one is alike: each has a mark of her own.
        let marks: Vec<String> = refused.body.split("name=\"others\" value=\"").skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        assert!(marks.len() == 2 && marks.contains(&mark), "{marks:?}");
        let mut fields = with(&[("national_code", ""), ("no_code_reason", "lost")]);
        fields.extend(marks.iter().map(|mark| ("others", mark.as_str())));
        register(&stage, &stage.charlie, &fields).await;
        assert_eq!((count(&stage, "person").await, count(&stage, "person_difference").await), (3, 3));
    }

    async fn a_form_sent_after_the_session_ended_is_kept_for_its_owner(bench: Bench) {
        let stage = stage(&bench).await;
        let new = stage.get(Some(&stage.alice), "/people/new?q=%D8%B2%D9%87%D8%B1%D8%A7").await;
        let hidden = |name: &str| {
            let start = format!("name=\"{name}\" value=\"");
            new.body.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let (draft, keeper) = (hidden("draft"), hidden("keeper"));
        let fields = with(&[("draft", &draft), ("keeper", &keeper), ("notes", "۱۲ سطر\nیادداشت")]);
        let sent = stage.post(None, "/people", &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(sent.location.unwrap(), format!("/sign-in?next=%2Fpeople%2Fnew%3Fdraft%3D{draft}"));
        let path = format!("/people/new?draft={draft}");
        let back = stage.get(Some(&stage.alice), &path).await;
        assert!(back.body.contains("value=\"۰۰۱۲۳۴۵۶۷۹\"") && back.body.contains("۱۲ سطر\nیادداشت"));
        assert_eq!(stage.get(Some(&stage.bob), &path).await.status, 404, "a draft is its owner's");
        // Nothing of it lies in the open.
        let mut conn = stage.city.db.read().await.unwrap();
        let kept: serde_json::Value = db::sql("SELECT content AS value FROM draft").scalar(&mut conn).await.unwrap();
        drop(conn);
        assert!(!kept.to_string().contains("یادداشت") && !kept.to_string().contains("نیک"));
        let forged = with(&[("draft", &draft), ("keeper", "nobody.x")]);
        assert_eq!(stage.post(None, "/people", &forged).await.status, 401);
        // Accepted, it is gone.
        register(&stage, &stage.alice, &fields).await;
        assert_eq!(count(&stage, "draft").await, 0);
    }

    async fn a_draft_is_kept_by_hand_and_listed(bench: Bench) {
        let stage = stage(&bench).await;
        let draft = Uuid::now_v7().to_string();
        let fields = with(&[("draft", &draft), ("act", "draft"), ("national_code", "12")]);
        let kept = stage.post(Some(&stage.alice), "/people", &fields).await;
        assert_eq!(kept.location.as_deref(), Some(format!("/people/new?draft={draft}").as_str()));
        let list = stage.get(Some(&stage.alice), "/people").await;
        assert!(list.body.contains(&draft));
        assert!(!stage.get(Some(&stage.bob), "/people").await.body.contains(&draft));
        assert!(stage.get(Some(&stage.alice), &kept.location.unwrap()).await.body.contains("value=\"12\""));
    }

    async fn every_bad_input_is_a_sentence_at_its_field(bench: Bench) {
        let stage = stage(&bench).await;
        let long = "ن".repeat(20_001);
        for (field, value) in [
            ("first_name", ""), ("first_name", "   "), ("first_name", "۱۲۳"), ("last_name", long.as_str()),
            ("last_name", "\u{202E}\u{200F}"), ("father_name", &long), ("national_code", "0012345670"),
            ("national_code", "123"), ("national_code", "abcdefghij"), ("gender", "other"),
            ("phone", "123"), ("phone", "تلفن"), ("region", "0"), ("region", "99"), ("region", "-1"),
            ("region", "99999999999999999999"), ("neighbourhood", &long), ("dependants", "-3"),
            ("dependants", "1e9"), ("education", "phd"), ("field_code", "nothing"), ("field_words", &long),
            ("income", "-5"), ("income", "99999999999999999999999"), ("income", "زیاد"),
            ("group_reason", &long), ("notes", &long), ("guardian", "P-0000000000"), ("guardian", "M-1"),
            ("guardian", "'"), ("groups", "nonsense"), ("agreed", ""), ("evidence", ""), ("evidence", "x"),
            ("consent_years", ""), ("consent_years", "99"), ("consent_years", "-1"),
        ] {
            let reply = stage.post(Some(&stage.alice), "/people", &with(&[(field, value)])).await;
            assert_eq!(reply.status, 422, "{field} {value:.40}");
            assert!(reply.body.contains(&format!("href=\"#{field}\"")), "{field} {value:.40}");
        }
        for (year, month, day) in [("1404", "12", "30"), ("1358", "13", "1"), ("1420", "1", "1"),
            ("1100", "1", "1"), ("1358", "", "3"), ("x", "", ""), ("1979", "3", "15"), ("-1", "", "")] {
            let fields = with(&[("birth.year", year), ("birth.month", month), ("birth.day", day)]);
            let reply = stage.post(Some(&stage.alice), "/people", &fields).await;
            assert_eq!(reply.status, 422, "{year} {month} {day}");
            assert!(reply.body.contains("href=\"#birth\""), "{year} {month} {day}");
        }
        let nothing = stage.post(Some(&stage.alice), "/people", &[]).await;
        assert_eq!(nothing.status, 422);
        assert_eq!(web::inspect::faults(&nothing.body), Vec::<String>::new());
        let keyless = stage.post(Some(&stage.alice), "/people", &with(&[("form_key", "x")])).await;
        assert_eq!(keyless.status, 400);
        assert_eq!(count(&stage, "person").await, 0);
        // Markup is text.
        let page = register(&stage, &stage.alice, &with(&[("first_name", "<b>زهرا"), ("notes", "<script>")])).await;
        assert!(stage.get(Some(&stage.alice), &page).await.body.contains("&lt;b&gt;زهرا"));
    }

    async fn a_record_is_corrected_once_and_only_on_its_newest_version(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, &with(&[("national_code", ""), ("no_code_reason", "no_document")])).await;
        let edit = format!("{page}/edit");
        let form = stage.get(Some(&stage.bob), &edit).await;
        assert!(form.body.contains("value=\"نیک‌پور\"") && form.body.contains("name=\"version\" value=\"1\""));
        assert_eq!(web::inspect::faults(&form.body), Vec::<String>::new());
        let fields = with(&[("version", "1"), ("last_name", "نیک‌نام"), ("is_verified", "yes")]);
        let done = stage.post(Some(&stage.bob), &edit, &fields).await;
        assert_eq!(done.location.as_deref(), Some(page.as_str()), "{}", done.body);
        let shown = stage.get(Some(&stage.alice), &page).await;
        assert!(shown.body.contains("زهرا نیک‌نام") && shown.body.contains("کد ملی مقابله شده"));
        let late = stage.post(Some(&stage.alice), &edit, &fields).await;
        assert_eq!(late.status, 422);
        assert!(late.body.contains("هم‌زمان این پرونده را تغییر داد"));
        assert_eq!(stage.post(Some(&stage.charlie), &edit, &fields).await.status, 404);
        let id = page.rsplit('/').next().unwrap();
        let own = crate::persons::code_of(crate::PersonId::new(id.parse().unwrap()));
        let own = with(&[("version", "2"), ("guardian", &own)]);
        let own = stage.post(Some(&stage.bob), &edit, &own).await;
        assert!(own.body.contains("href=\"#guardian\""), "nobody is her own guardian");
    }

    async fn groups_household_and_papers_are_kept_on_her_page(bench: Bench) {
        let stage = stage(&bench).await;
        let page = register(&stage, &stage.alice, LEAST).await;
        let post = async |path: &str, fields: &[(&str, &str)]| {
            stage.post(Some(&stage.alice), &format!("{page}/{path}"), fields).await
        };
        let group = [("group", "low_income"), ("basis", "document"), ("group_reason", "واژهٔ پنهان")];
        assert_eq!(post("groups", &group).await.status, 303);
        let member = [("member_name", "کودک آزمونی"), ("relation", "child"), ("own_relation", "head"), ("member_year", "۱۳۹۵")];
        let added = post("household", &member).await;
        assert_eq!(added.status, 303, "{}", added.body);
        let second_head = [("member_name", "کس دیگر"), ("relation", "head")];
        assert_eq!(post("household", &second_head).await.status, 422);
        let paper = [("paper_kind", "national_card"), ("paper_state", "seen"), ("paper_number", "۱۲۳۴۵۶۷۸۹"), ("paper_expires", "1410/01/01")];
        assert_eq!(post("papers", &paper).await.status, 303);
        assert_eq!(post("papers", &paper).await.status, 303);
        let shown = stage.get(Some(&stage.bob), &page).await;
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
        for text in ["مدرک دیده شد", "کودک آزمونی", "••• ۶۷۸۹", "سرپرست خانوار"] {
            assert!(shown.body.contains(text), "{text}");
        }
        assert!(!shown.body.contains("واژهٔ پنهان") && !shown.body.contains("۱۲۳۴۵۶۷۸۹"));
        for (path, fields) in [
            ("groups", &[("group", "x"), ("basis", "")][..]), ("household", &[("member_year", "9")]),
            ("papers", &[("paper_kind", "x"), ("paper_expires", "1404/12/30")]),
            ("household", &[("member_name", "P-0000000000"), ("relation", "child")]),
        ] {
            let reply = post(path, fields).await;
            assert_eq!(reply.status, 422, "{path}");
            assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
        }
        assert_eq!(post("groups/end", &[("group", "low_income")]).await.status, 303);
        assert_eq!(post("groups/end", &[("group", "low_income")]).await.status, 404);
        for path in ["groups", "household", "papers", "household/end", "consent"] {
            let reply = stage.post(Some(&stage.charlie), &format!("{page}/{path}"), &group).await;
            assert_eq!(reply.status, 404, "{path}");
        }
        assert_eq!(count(&stage, "identity_document").await, 1);
        all_is_proven(&stage).await;
    }

    async fn machines_register_read_and_correct(bench: Bench) {
        let stage = stage(&bench).await;
        let id = Uuid::now_v7();
        let mut body = serde_json::json!({
            "id": id, "first_name": "زهرا", "last_name": "نیک‌پور", "national_code": "0012345679",
            "birth": { "year": 1358, "month": 12, "day": 24 }, "region": 5, "phone": "09001234567",
            "agreed": true, "evidence": "witness", "consent_years": 1, "groups": ["low_income"],
        });
        let send = async |method: &str, path: &str, body: &serde_json::Value| {
            stage.send_json(Some(&stage.alice), method, path, body).await
        };
        let made = send("POST", "/api/v1/people", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(send("POST", "/api/v1/people", &body).await.status, 200);
        let path = format!("/api/v1/people/{id}");
        let read = stage.get(Some(&stage.bob), &path).await.json();
        assert_eq!((&read["national_code"], &read["groups"][0]), (&"0012345679".into(), &"low_income".into()));
        body["id"] = Uuid::now_v7().to_string().into();
        body["region"] = "fifty".into();
        let wrong = send("POST", "/api/v1/people", &body).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("\"pointer\":\"/region\""), "{}", wrong.body);
        for bad in [serde_json::json!([]), serde_json::json!({}), serde_json::json!({ "id": id, "phone": { "a": {} } })] {
            assert_eq!(send("POST", "/api/v1/people", &bad).await.status, 400);
        }
        let read = stage.get(Some(&stage.bob), &path).await;
        let tag = read.tag.unwrap();
        body["region"] = 6.into();
        let put = async |headers: &[(&str, &str)]| {
            let mut request = Request::put(&path).header("content-type", "application/json");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(Body::from(body.to_string())).unwrap();
            stage.send(Some(&stage.alice), request).await
        };
        let (one, other) = (Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
        assert_eq!(put(&[("if-match", &tag)]).await.status, 400, "no key");
        assert_eq!(put(&[("idempotency-key", &one)]).await.status, 428, "no version");
        for _ in 0..2 {
            let done = put(&[("idempotency-key", &one), ("if-match", &tag)]).await;
            assert_eq!(done.status, 200, "sent again it gets the first answer: {}", done.body);
        }
        let late = put(&[("idempotency-key", &other), ("if-match", &tag)]).await;
        assert_eq!((late.status.as_u16(), &late.json()["code"]), (412, &"person_changed_meanwhile".into()));
        assert_eq!(stage.get(Some(&stage.bob), &path).await.json()["region"], 6);
        // Somebody alike: the refusal names a mark, and with it she is registered.
        let mut like = body.clone();
        like["id"] = Uuid::now_v7().to_string().into();
        like["national_code"] = serde_json::Value::Null;
        like["no_code_reason"] = "no_document".into();
        let refused = send("POST", "/api/v1/people", &like).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let errors = refused.json()["errors"].clone();
        let named = errors.as_array().unwrap().iter().find(|one| one["pointer"] == "/others").unwrap();
        let mark = named["detail"].as_str().unwrap().split_whitespace().last().unwrap();
        let mark: String = mark.chars().filter(|c| c.is_ascii_hexdigit() || *c == '-').collect();
        like["others"] = serde_json::json!([mark]);
        let made = send("POST", "/api/v1/people", &like).await;
        assert_eq!(made.status, 201, "{}", made.body);
        // The tag of one person is none for another.
        let other = format!("/api/v1/people/{}", like["id"].as_str().unwrap());
        let foreign = stage.get(Some(&stage.alice), &other).await.tag.unwrap();
        let key = Uuid::now_v7().to_string();
        let wrong = put(&[("idempotency-key", &key), ("if-match", &foreign)]).await;
        assert_eq!(wrong.status, 412, "{}", wrong.body);
    }
}
