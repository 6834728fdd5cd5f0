use axum::body::Body;
use axum::http::Request;

use super::*;

impl Table {
    fn letter(&self, about: Option<About>) -> DraftLetter {
        DraftLetter {
            id: LetterId::new(self.stage.city.db.new_id()),
            committee_id: self.committee,
            organization_id: self.body,
            language: persian::Lang::Fa,
            subject: "پیگیری".into(),
            wording: "خواهشمند است پاسخ دهید.".into(),
            about,
        }
    }

    async fn drafted(&self) -> LetterId {
        let letter = self.letter(None);
        self.stage.write(&self.secretary, letter).await.unwrap()
    }

    async fn newest(&self) -> Letter {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let all = crate::letters::list(&mut conn, &[self.committee], None, None, 1).await;
        all.unwrap().remove(0)
    }

    /// Signs a letter as it stands now.
    async fn sign(&self, actor: &Actor, id: LetterId) -> db::Result<()> {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let digest = crate::letters::get(&mut conn, id).await.unwrap().digest();
        drop(conn);
        self.stage.write(actor, SignLetter { id, digest }).await
    }

    async fn sent(&self, about: Option<About>) -> LetterId {
        let id = self
            .stage
            .write(&self.secretary, self.letter(about))
            .await
            .unwrap();
        self.sign(&self.chair, id).await.unwrap();
        let sent_on = self.stage.city.db.clock().today();
        let way = LetterWay::Hand;
        let send = SendLetter { id, sent_on, way };
        self.stage.write(&self.secretary, send).await.unwrap();
        id
    }

    /// A committee of the same secretariat beside the first.
    async fn second_committee(&self) -> CommitteeId {
        let db = &self.stage.city.db;
        let mut conn = db.read().await.unwrap();
        let first = committees::get(&mut conn, self.committee).await.unwrap();
        let rules = committees::rules_on(&mut conn, self.committee, db.clock().today())
            .await
            .unwrap();
        drop(conn);
        let create = CreateCommittee {
            id: CommitteeId::new(db.new_id()),
            ordinance_id: first.ordinance_id,
            organization_id: first.organization_id,
            parent_id: None,
            code: "second".into(),
            name_fa: "کمیتهٔ دوم".into(),
            name_en: "Second committee".into(),
            rules,
        };
        self.stage.write(&self.secretary, create).await.unwrap()
    }
}

pub(super) fn code<T>(outcome: db::Result<T>) -> &'static str {
    match outcome {
        Err(db::Error::Refused(refusal)) => refusal.reason.code,
        _ => "",
    }
}

both! {
    async fn a_letter_is_drafted_signed_and_sent_on_screen(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let resolution = table.pass(meeting, day("2026-11-01")).await;
        // From a ready wording about a resolution: subject, text and receiver are filled in.
        let page = stage.get(secretary, &format!("/resolutions/{resolution}")).await;
        assert!(page.body.contains("/committee-letters/new?committee="));
        let begin = format!("/committee-letters/new?template=follow_up&of=resolution:{resolution}");
        for (path, told) in [
            (begin.clone(), ["پیگیری مصوبهٔ شمارهٔ ۱ سال ۱۴۰۵", "مادهٔ ۳", "«پنج فروشگاه گشوده شود»", "۱۰ آبان ۱۴۰۵", "تا امروز ۲۲ روز"]),
            (format!("{begin}&language=en"), ["Follow-up of resolution 1 of 1405", "Article 3", "“پنج فروشگاه گشوده شود”", "10 Aban 1405", "until today: 22"]),
        ] {
            let page = stage.get(secretary, &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            for part in told {
                assert!(page.body.contains(part), "{part}: {}", page.body);
            }
            assert!(page.body.contains(&format!("value=\"{}\" selected", table.body)), "{}", page.body);
        }
        let (committee, body, about) = (table.committee.to_string(), table.body.to_string(), format!("resolution:{resolution}"));
        let mut fields = vec![
            ("committee_id", committee.as_str()), ("organization_id", body.as_str()), ("language", "fa"),
            ("about", about.as_str()), ("subject", ""), ("wording", "متن نامه\nبند دوم"),
        ];
        let wrong = stage.post(secretary, "/committee-letters", &fields).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#subject\"") && wrong.body.contains("بند دوم"), "{}", wrong.body);
        assert_eq!(web::inspect::faults(&wrong.body), Vec::<String>::new());
        fields[4].1 = "پیگیری مصوبه";
        assert_eq!(stage.post(Some(&table.observer), "/committee-letters", &fields).await.status, 403);
        assert_eq!(stage.post(Some(&stage.charlie), "/committee-letters", &fields).await.status, 404);
        let made = stage.post(secretary, "/committee-letters", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let place = made.location.unwrap();
        let draft = stage.get(secretary, &place).await;
        assert_eq!(web::inspect::faults(&draft.body), Vec::<String>::new());
        let paper = stage.get(secretary, &format!("{place}/paper")).await;
        assert!(paper.status == 200 && paper.body.contains("پیش‌نویس"), "{}", paper.body);
        let revised = [("subject", "پیگیری دوم"), ("wording", "متن تازه")];
        assert_eq!(stage.post(secretary, &format!("{place}/wording"), &[("subject", "")]).await.status, 422);
        assert_eq!(stage.post(secretary, &format!("{place}/wording"), &revised).await.status, 303);
        let send = [("sent_on", "1405/09/02"), ("way", "post")];
        assert_eq!(stage.post(secretary, &format!("{place}/send"), &send).await.status, 422, "not signed");
        assert_eq!(stage.post(Some(&table.member), &format!("{place}/sign"), &[]).await.status, 403);
        let bob = stage.post(Some(&stage.bob), &format!("{place}/sign"), &[]).await;
        assert!(bob.status == 422 && bob.body.contains("صندلی رئیس یا دبیر"), "{}", bob.body);
        let shown = |page: &str| page.split("name=\"digest\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (early, now) = (shown(&draft.body), shown(&stage.get(Some(&table.chair), &place).await.body));
        let unread = stage.post(Some(&table.chair), &format!("{place}/sign"), &[("digest", early.as_str())]).await;
        assert!(unread.status == 422 && unread.body.contains("دوباره بخوانید") && shown(&unread.body) == now, "{}", unread.body);
        assert_eq!(stage.post(Some(&table.chair), &format!("{place}/sign"), &[]).await.status, 422, "nothing was shown");
        assert_eq!(stage.post(Some(&table.chair), &format!("{place}/sign"), &[("digest", now.as_str())]).await.status, 303);
        // Signed: numbered, dated, and never another text.
        assert_eq!(stage.post(secretary, &format!("{place}/wording"), &revised).await.status, 422);
        assert_eq!(stage.post(secretary, &format!("{place}/discard"), &[]).await.status, 422);
        assert_eq!(stage.post(secretary, &format!("{place}/sign"), &[("digest", now.as_str())]).await.status, 422);
        let early = stage.post(secretary, &format!("{place}/send"), &[("sent_on", "1405/09/01"), ("way", "post")]).await;
        assert!(early.status == 422 && early.body.contains("پیش از تاریخ خودش"), "{}", early.body);
        let ahead = stage.post(secretary, &format!("{place}/send"), &[("sent_on", "1405/09/03"), ("way", "post")]).await;
        assert!(ahead.status == 422 && ahead.body.contains("href=\"#sent_on\""));
        assert_eq!(stage.post(secretary, &format!("{place}/send"), &send).await.status, 303);
        let letter = stage.get(Some(&table.observer), &format!("/api/v1{place}")).await.json();
        let letter = &letter["letter"];
        let told = ["state", "year", "number", "dated_on", "subject", "wording", "sent_way", "signed_role"].map(|name| letter[name].clone());
        let known = [json!("sent"), json!(1405), json!(1), json!("2026-11-23"), json!("پیگیری دوم"), json!("متن تازه"), json!("post"), json!("chair")];
        assert_eq!(told, known);
        let paper = stage.get(Some(&table.member), &format!("{place}/paper")).await;
        for part in ["۱۴۰۵-۱", "۱۴۰۵/۰۹/۰۲", "متن تازه", "رئیس", "chair", &place] {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
        for path in [place.as_str(), "/committee-letters", "/committee-letters?direction=received", "/committee-letters?direction=sent&lang=en"] {
            let page = stage.get(Some(&table.observer), path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
        }
        let page = stage.get(Some(&table.observer), &format!("/resolutions/{resolution}")).await;
        assert!(page.body.contains("پیگیری دوم"));
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
    }

    async fn letters_are_numbered_when_they_are_signed(bench: Bench) {
        let table = Table::open(&bench).await;
        let (first, second, given_up) = (table.drafted().await, table.drafted().await, table.drafted().await);
        let stage = &table.stage;
        stage.write(&table.secretary, DiscardLetter { id: given_up }).await.unwrap();
        assert_eq!(code(table.sign(&table.chair, given_up).await), "letter_state");
        table.sign(&table.secretary, second).await.unwrap();
        bench.pass_days(120);
        table.sign(&table.chair, first).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let mut codes = Vec::new();
        for id in [first, second, given_up] {
            codes.push(crate::letters::get(&mut conn, id).await.unwrap().code());
        }
        assert_eq!(codes, ["1406-1", "1405-1", ""]);
        assert_eq!(broken(checks(&mut conn).await.unwrap()), Vec::<String>::new());
        drop(conn);
        stage.tamper("UPDATE letter SET signed_by = made_by WHERE year = 1406").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["letter_signature"]);
    }

    async fn a_letter_is_about_something_of_its_own_committee(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        let resolution = table.pass(meeting, today).await;
        let second = table.second_committee().await;
        for about in [About::Resolution(resolution), About::Meeting(meeting)] {
            let mut letter = table.letter(Some(about));
            letter.committee_id = second;
            assert_eq!(code(stage.write(&table.secretary, letter).await), "letter_subject");
        }
        for about in [About::Article(table.article), About::Meeting(meeting)] {
            let id = table.sent(Some(about)).await;
            let page = stage.get(Some(&table.observer), &format!("/committee-letters/{id}")).await;
            assert!(page.body.contains(&about.id().to_string()));
        }
        stage.tamper("UPDATE letter SET committee_id = (SELECT id FROM committee WHERE code = 'second') WHERE meeting_id IS NOT NULL").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert!(broken(found).contains(&"letter_reference".to_owned()));
    }

    async fn a_received_letter_may_be_the_answer_to_a_resolution(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let resolution = table.pass(meeting, day("2026-11-01")).await;
        let ours = table.sent(Some(About::Resolution(resolution))).await;
        let path = format!("/committee-letters/received/new?answers={ours}");
        let page = stage.get(secretary, &path).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{}", page.body);
        let (committee, body, id, answered) = (table.committee.to_string(), table.body.to_string(), resolution.to_string(), ours.to_string());
        let mut fields = vec![
            ("committee_id", committee.as_str()), ("organization_id", body.as_str()), ("their_number", "۱۲/۳۴"),
            ("dated_on", "1405/07/01"), ("subject", "پاسخ"), ("wording", "سه فروشگاه گشوده شد."),
            ("answers_id", answered.as_str()), ("resolution_id", id.as_str()), ("is_answer", "yes"),
        ];
        let early = stage.post(secretary, "/committee-letters/received", &fields).await;
        assert!(early.status == 422 && early.body.contains("href=\"#dated_on\""), "{}", early.body);
        fields[3].1 = "1405/08/20";
        fields[5].1 = "";
        let empty = stage.post(secretary, "/committee-letters/received", &fields).await;
        assert!(empty.status == 422 && empty.body.contains("href=\"#wording\""), "{}", empty.body);
        assert_eq!(web::inspect::faults(&empty.body), Vec::<String>::new());
        fields[5].1 = "سه فروشگاه گشوده شد.";
        assert_eq!(stage.post(Some(&stage.charlie), "/committee-letters/received", &fields).await.status, 404);
        assert_eq!(stage.post(Some(&table.chair), "/committee-letters/received", &fields).await.status, 403);
        let kept = stage.post(secretary, "/committee-letters/received", &fields).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let place = kept.location.unwrap();
        assert_eq!(stage.get(secretary, &format!("{place}/paper")).await.status, 404, "its paper is its sender's");
        let page = stage.get(Some(&table.observer), &place).await;
        for part in ["۱۲/۳۴", "سه فروشگاه گشوده شد.", &answered, &id] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        let file = stage.get(secretary, &format!("/api/v1/resolutions/{resolution}")).await.json();
        assert_eq!((&file["answers"][0]["reference"], &file["answers"][0]["answered_on"]), (&json!("۱۲/۳۴"), &json!("2026-11-11")));
        let file = stage.get(secretary, &format!("/api/v1/committee-letters/{ours}")).await.json();
        assert_eq!((&file["answers"][0]["number"], &file["answers"][0]["direction"]), (&json!(1), &json!("received")));
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
    }

    async fn nobody_answers_for_another_body(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let other = OrganizationId::new(stage.add_body("labour").await);
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        let resolution = table.pass(meeting, today).await;
        let ours = table.sent(Some(About::Article(table.article))).await;
        let letter = |organization_id, resolution_id: Option<ResolutionId>, answers_id| RegisterLetter {
            id: LetterId::new(bench.db.new_id()), committee_id: table.committee, organization_id, language: persian::Lang::Fa,
            their_number: "۱۲/۳۴".into(), dated_on: today, subject: "پاسخ".into(), wording: "گشوده شد.".into(),
            answers_id, resolution_id, is_answer: resolution_id.is_some(), answer_kind: AnswerKind::Progress,
        };
        for (about, answers) in [(Some(resolution), None), (None, Some(ours)), (Some(resolution), Some(ours))] {
            match stage.write(&table.secretary, letter(other, about, answers)).await {
                Err(db::Error::Refused(refusal)) => {
                    assert_eq!((refusal.reason.code, refusal.field.as_deref()), ("letter_subject", Some("organization_id")));
                }
                known => panic!("{known:?}"),
            }
        }
        let (committee, body, about) = (table.committee.to_string(), other.to_string(), resolution.to_string());
        let wrong = stage.post(Some(&table.secretary), "/committee-letters/received", &[
            ("committee_id", committee.as_str()), ("organization_id", body.as_str()), ("their_number", "۱۲/۳۴"), ("dated_on", "1405/09/02"),
            ("subject", "پاسخ"), ("wording", "گشوده شد."), ("answers_id", ""), ("resolution_id", about.as_str()), ("is_answer", "yes"),
        ]).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#organization_id\"") && wrong.body.contains("از این دستگاه نیست"), "{}", wrong.body);
        let file = stage.get(Some(&table.secretary), &format!("/api/v1/resolutions/{resolution}")).await.json();
        assert_eq!(file["answers"], json!([]));
        stage.write(&table.secretary, letter(other, None, None)).await.unwrap();
        stage.write(&table.secretary, letter(table.body, Some(resolution), None)).await.unwrap();
        stage.write(&table.secretary, letter(table.body, None, Some(ours))).await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        for kept in ["resolution_id", "answers_id"] {
            let (other, asked) = ("state = 'received' AND resolution_id IS NULL AND answers_id IS NULL", "state = 'sent'");
            for (of, known) in [(other, vec!["letter_reference".to_owned()]), (asked, vec![])] {
                stage.tamper(&format!("UPDATE letter SET organization_id = (SELECT organization_id FROM letter WHERE {of})
                    WHERE state = 'received' AND {kept} IS NOT NULL")).await.unwrap();
                let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
                assert_eq!(broken(found), known);
            }
        }
    }

    async fn a_letter_is_signed_as_it_was_read_by_machines_too(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let id = table.drafted().await;
        let place = format!("/api/v1/committee-letters/{id}");
        let read = stage.get(Some(&table.chair), &place).await.json()["digest"].clone();
        let revise = ReviseLetter { id, subject: "پیگیری".into(), wording: "متن دیگر".into() };
        stage.write(&table.secretary, revise).await.unwrap();
        let sign = async |digest: serde_json::Value| {
            let request = Request::post(format!("{place}/signature")).header("idempotency-key", Uuid::now_v7().to_string())
                .header("content-type", "application/json").body(Body::from(json!({ "digest": digest }).to_string())).unwrap();
            let reply = stage.send(Some(&table.chair), request).await;
            (reply.status.as_u16(), reply.body.contains("letter_state"))
        };
        assert_eq!(sign(read).await, (409, true));
        let read = stage.get(Some(&table.chair), &place).await.json()["digest"].clone();
        assert_eq!(sign(read).await, (201, false));
        // The demo and others who hold the draft itself know it, too.
        let mut draft = table.letter(None);
        draft.wording = "  يك خط  \r\n\r\n\r\nخط دیگر\n".into();
        let digest = draft.digest();
        let id = stage.write(&table.secretary, draft).await.unwrap();
        stage.write(&table.chair, SignLetter { id, digest }).await.unwrap();
    }

    async fn a_letter_before_the_deadline_calls_nobody_late(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let ahead = table.pass(meeting, day("2027-11-01")).await;
        let begin = format!("/committee-letters/new?template=follow_up&of=resolution:{ahead}");
        let told = [("", "است؛ هنوز مهلت دارد و پاسخی نرسیده است."), ("&language=en", "; its deadline has not come and no answer has arrived.")];
        for (language, part) in told {
            let page = stage.get(secretary, &format!("{begin}{language}")).await;
            assert!(page.body.contains(part) && !page.body.contains("روز از مهلت"), "{part}: {}", page.body);
        }
        table.pass(meeting, day("2026-11-01")).await;
        for (language, of_ahead, of_late) in [
            (persian::Lang::Fa, "؛ هنوز مهلت دارد و پاسخی نرسیده است\n", "، ۲۲ روز دیر"),
            (persian::Lang::En, "; its deadline has not come and no answer has arrived\n", ", days late: 23"),
        ] {
            stage.write(&table.secretary, DraftFollowUps { committee_id: table.committee, language }).await.unwrap();
            let wording = table.newest().await.wording;
            assert!(wording.contains(of_ahead) && wording.contains(of_late) && !wording.contains("۰ روز"), "{wording}");
            bench.pass_days(1);
        }
        let answer = AnswerResolution {
            id: bench.db.new_id(), resolution_id: ahead, kind: AnswerKind::Progress, wording: "در دست اجراست".into(), reference: String::new(), answered_on: day("2026-10-10"),
        };
        stage.write(&table.secretary, answer).await.unwrap();
        let page = stage.get(Some(&stage.again(&table.secretary).await), &begin).await;
        assert!(page.body.contains("است؛ هنوز مهلت دارد.") && !page.body.contains("پاسخی نرسیده"), "{}", page.body);
    }

    async fn a_draft_about_however_many_resolutions_fits(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let pass = async |wording: String| {
            let mut resolution = table.resolution(meeting, day("2026-11-01"));
            resolution.wording = wording;
            stage.write(&table.secretary, resolution).await.unwrap();
        };
        let long = "فروشگاه ".repeat(249);
        let mut count = 0;
        for (until, shown) in [(2, 2), (8, 8), (60, 40)] {
            while count < until {
                pass(long.clone()).await;
                count += 1;
            }
            let language = persian::Lang::Fa;
            stage.write(&table.secretary, DraftFollowUps { committee_id: table.committee, language }).await.unwrap();
            let Letter { id, subject, wording, .. } = table.newest().await;
            let lines = wording.matches("روز دیر").count();
            assert!((shown..=count).contains(&lines) && wording.chars().count() <= 6_000, "{lines}: {wording}");
            assert_eq!((wording.contains('…'), wording.contains("مصوبهٔ دیگر")), (count > 2, lines < count), "{wording}");
            let revise = ReviseLetter { id, subject, wording };
            stage.write(&table.secretary, revise).await.unwrap();
            bench.pass_days(1);
        }
    }

    async fn each_body_gets_one_follow_up_letter_a_day(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let other = OrganizationId::new(stage.add_body("labour").await);
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let (first, second) = (table.pass(meeting, day("2026-11-01")).await, table.pass(meeting, day("2027-11-01")).await);
        let mut third = table.resolution(meeting, day("2026-11-01"));
        third.organization_id = other;
        let third = stage.write(&table.secretary, third).await.unwrap();
        // Answered and not late: nobody waits for it.
        let mut fourth = table.resolution(meeting, day("2027-11-01"));
        fourth.organization_id = OrganizationId::new(stage.home);
        let fourth = stage.write(&table.secretary, fourth).await.unwrap();
        stage.write(&table.secretary, AnswerResolution {
            id: bench.db.new_id(), resolution_id: fourth, kind: AnswerKind::Progress, wording: "در دست اجراست".into(), reference: String::new(), answered_on: day("2026-10-10"),
        }).await.unwrap();
        let committee = table.committee.to_string();
        let fields = [("committee_id", committee.as_str())];
        assert_eq!(stage.post(Some(&stage.charlie), "/committee-letters/follow-ups", &fields).await.status, 404);
        assert_eq!(stage.post(Some(&table.chair), "/committee-letters/follow-ups", &fields).await.status, 403);
        assert_eq!(stage.post(Some(&table.secretary), "/committee-letters/follow-ups", &fields).await.status, 303);
        let follow_ups = || DraftFollowUps { committee_id: table.committee, language: persian::Lang::En };
        assert_eq!(stage.write(&table.secretary, follow_ups()).await.unwrap(), 0, "the same day");
        let list = stage.get(Some(&table.observer), "/api/v1/committee-letters?direction=sent").await.json();
        let letters = list["items"].as_array().unwrap();
        assert_eq!(letters.len(), 2);
        let to = |body: OrganizationId| letters.iter().find(|one| one["organization_id"] == json!(body)).unwrap();
        let (many, one) = (to(table.body), to(other));
        assert!(many["wording"].as_str().unwrap().contains("مصوبهٔ ۱ سال ۱۴۰۵: «پنج فروشگاه گشوده شود»، مهلت ۱۰ آبان ۱۴۰۵، ۲۲ روز دیر\nمصوبهٔ ۲ سال ۱۴۰۵"), "{}", many["wording"]);
        assert!(one["wording"].as_str().unwrap().contains("مصوبهٔ شمارهٔ ۳ سال ۱۴۰۵"), "{}", one["wording"]);
        assert_eq!(one["resolution_id"], json!(third));
        let place = format!("/committee-letters/{}", many["id"].as_str().unwrap());
        let file = stage.get(Some(&table.observer), &format!("/api/v1{place}")).await.json();
        assert_eq!(file["asked_about"], json!([first, second]));
        let page = stage.get(Some(&table.secretary), &place).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        let page = stage.get(Some(&table.observer), &format!("/resolutions/{second}")).await;
        assert!(page.body.contains(&place));
        bench.pass_days(1);
        assert_eq!(stage.write(&table.secretary, follow_ups()).await.unwrap(), 2, "the next day");
    }

    async fn the_register_is_read_page_by_page_and_by_machines(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        for _ in 0..52 {
            table.drafted().await;
        }
        let first = stage.get(Some(&table.observer), "/committee-letters?direction=sent").await;
        let next = first.body.split("href=\"").find(|part| part.contains("cursor=")).unwrap();
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        let rest = stage.get(Some(&table.observer), &next).await;
        let rows = |page: &str| page.matches("href=\"/committee-letters/0").count();
        assert_eq!((rows(&first.body), rows(&rest.body)), (50, 2));
        let empty = stage.get(Some(&stage.charlie), "/committee-letters").await;
        assert!(empty.body.contains("شما عضو کمیته‌ای نیستید"));
        assert_eq!(stage.get(Some(&stage.charlie), "/api/v1/committee-letters").await.json()["items"], json!([]));
        let page = stage.get(Some(&table.observer), "/api/v1/committee-letters?limit=50").await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 50);
        let templates = stage.get(Some(&table.secretary), "/api/v1/letter-templates").await.json();
        assert_eq!(templates["items"].as_array().unwrap().len(), 5);
        let id = LetterId::new(bench.db.new_id());
        let letter = json!({
            "id": id, "committee_id": table.committee, "organization_id": table.body, "language": "en",
            "subject": "Report", "wording": "Please report.", "about": { "article": table.article },
        });
        let secretary = Some(&table.secretary);
        let made = stage.send_json(secretary, "POST", "/api/v1/committee-letters", &letter).await;
        let again = stage.send_json(secretary, "POST", "/api/v1/committee-letters", &letter).await;
        assert_eq!((made.status.as_u16(), again.status.as_u16()), (201, 200), "{}", made.body);
        let paper = stage.get(secretary, &format!("/committee-letters/{id}/paper")).await;
        for part in ["Draft", "Please report.", "Coordination committee", "Secretary"] {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
    }

    async fn letters_of_another_body_are_not_found(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let id = table.drafted().await;
        let charlie = Some(&stage.charlie);
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        let paths = [format!("/committee-letters/{id}"), format!("/committee-letters/{id}/paper"), format!("/api/v1/committee-letters/{id}")];
        for path in &paths {
            assert_eq!(table.status(charlie, path).await, 404, "{path}");
            assert_eq!(table.status(Some(&clerk), path).await, 403, "{path}");
            assert_eq!(table.status(None, path).await, 401, "{path}");
            assert_eq!(table.status(Some(&stage.bob), path).await, 200, "{path}");
        }
        for act in ["wording", "discard", "sign", "send"] {
            let path = format!("/committee-letters/{id}/{act}");
            let fields = [("subject", "x"), ("wording", "x"), ("sent_on", "1405/09/02"), ("way", "post")];
            assert_eq!(stage.post(charlie, &path, &fields).await.status, 404, "{path}");
            assert_eq!(stage.post(Some(&clerk), &path, &fields).await.status, 403, "{path}");
        }
        for path in ["/committee-letters/new", "/committee-letters/received/new"] {
            let page = stage.get(charlie, path).await;
            assert!(page.status == 200 && page.body.contains("شما عضو کمیته‌ای نیستید"), "{path}");
            assert_eq!(table.status(Some(&clerk), path).await, 403, "{path}");
        }
        assert_eq!(table.status(Some(&table.secretary), &format!("/committee-letters/{}", Uuid::now_v7())).await, 404);
    }
}
