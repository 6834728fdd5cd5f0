use super::*;

both! {
    async fn the_second_meeting_opens_with_the_first_ones_resolutions(bench: Bench) {
        let table = Table::open(&bench).await;
        let clock = bench.db.clock();
        // The first meeting was held when the ordinance was two weeks old.
        let first = table.meeting(day("2024-11-23"), VOTERS).await;
        let silent = table.pass(first, day("2025-01-01")).await;
        let answered = table.pass(first, day("2027-11-23")).await;
        table.stage.write(&table.secretary, AnswerResolution {
            id: bench.db.new_id(), resolution_id: answered, kind: AnswerKind::Progress, wording: "در دست اجراست".into(), reference: "12/3".into(), answered_on: day("2025-02-01"),
        }).await.unwrap();
        let number = send_leg(&table.stage, table.body).await;
        let filed = table.stage.write(&table.observer, FileReminder {
            id: ReminderId::new(bench.db.new_id()), committee_id: table.committee, article_id: Some(table.article), resolution_id: Some(silent), wording: "چرا پاسخی نیامده؟".into(),
        }).await.unwrap();
        bench.pass_days(41);
        let secretary = table.stage.add("secretary again", table.stage.home, &[Role::Secretary]).await;
        let second = table.planned(clock.today()).await;
        let path = format!("/meetings/{second}");
        assert_eq!(table.stage.post(Some(&secretary), &format!("{path}/agenda/draft"), &[]).await.status, 303);
        let page = table.stage.get(Some(&secretary), &path).await;
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let elapsed = (clock.today() - day("2024-11-23")).num_days();
        let told = [
            "پنج فروشگاه گشوده شود".to_owned(), "بی‌پاسخ".to_owned(), "پاسخ در".to_owned(),
            persian::persian_digits(&elapsed.to_string()),
            persian::persian_digits(&number),
        ];
        for part in &told {
            assert!(page.body.contains(part), "{part}");
        }
        assert!(!page.body.contains("نام‌پنهان") && !page.body.contains("آزمونی"));
        let body = table.stage.get(Some(&secretary), &format!("/api/v1/meetings/{second}")).await.json();
        let agenda: Vec<(String, Uuid)> = body["agenda"].as_array().unwrap().iter()
            .map(|item| (item["kind"].as_str().unwrap().to_owned(), item["subject_id"].as_str().unwrap().parse().unwrap()))
            .collect();
        let kinds: Vec<&str> = agenda.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["resolution", "reminder", "action", "leg"]);
        assert_eq!((agenda[0].1, agenda[1].1, agenda[2].1), (silent.get(), filed.get(), table.action.get()));
        assert_eq!(body["agenda"][3]["reference"], number);
        assert_eq!(body["earlier"].as_array().unwrap().len(), 2, "the answered one is shown, too");
        // Drafted again, nothing comes twice.
        assert_eq!(table.stage.write(&secretary, DraftAgenda { meeting_id: second }).await.unwrap(), 0);
        let committee = table.stage.get(Some(&secretary), "/committee").await;
        assert!(committee.body.contains("نشستی که باید برگزار می‌شد"));
        assert_eq!(web::inspect::faults(&committee.body), Vec::<String>::new());
    }

    async fn meetings_are_numbered_by_committee_and_jalali_year(bench: Bench) {
        let table = Table::open(&bench).await;
        let mut found = Vec::new();
        for held_on in ["2024-11-23", "2025-03-20", "2025-03-21", "2026-11-23"] {
            let id = table.planned(day(held_on)).await;
            let meeting = meetings::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
            found.push((meeting.year, meeting.number, meeting.ordinal));
        }
        assert_eq!(found, [(1403, 1, 1), (1403, 2, 2), (1404, 1, 3), (1405, 1, 4)]);
    }

    async fn nothing_is_decided_without_a_quorum(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let few = [CommitteeRole::Chair, CommitteeRole::Observer, CommitteeRole::Guest];
        let meeting = table.meeting(today, &few).await;
        let refused = table.stage.write(&table.secretary, table.resolution(meeting, today)).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "no_quorum"));
        let page = table.stage.get(Some(&table.observer), &format!("/meetings/{meeting}")).await;
        assert!(page.body.contains("حد نصاب نیست"));
        let many = table.meeting(today, VOTERS).await;
        let mut more_votes = table.resolution(many, today);
        more_votes.votes_for = 4;
        let refused = table.stage.write(&table.secretary, more_votes).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_votes"));
        let mut early = table.resolution(many, today);
        early.due_on = day("2026-01-01");
        let refused = table.stage.write(&table.secretary, early).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_due"));
        table.pass(many, today).await;
    }

    async fn a_roll_that_loses_its_quorum_afterwards_is_found(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        table.pass(meeting, today).await;
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        table.stage.tamper("UPDATE attendance_mark SET presence = 'absent'").await.unwrap();
        table.stage.tamper("UPDATE committee_series SET last = last + 1 WHERE series = 'resolution'").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["council_series", "quorum"]);
    }

    async fn minutes_go_from_draft_through_remarks_to_frozen(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let stage = &table.stage;
        let id = table.meeting(today, VOTERS).await;
        let path = |end: &str| format!("/meetings/{id}/{end}");
        table.pass(id, today).await;
        let early = stage.post(Some(&table.observer), &path("remarks"), &[("remark", "زود است")]).await;
        assert_eq!(early.status, 422, "the draft is not open yet");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &[("minutes", "گفت‌وگو شد.\nتصمیم گرفته شد.")]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/open"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.observer), &path("remarks"), &[("remark", "نام دستگاه افتاده است")]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/freeze"), &[]).await.status, 403, "the chair approves");
        let unsigned = stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await;
        assert!(unsigned.status == 422 && unsigned.body.contains("امضای دبیر"), "{}", unsigned.body);
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/sign"), &[]).await.status, 403, "the secretary signs");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 303);
        let changed = [("minutes", "گفت‌وگو شد.\nتصمیم گرفته شد.")];
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &changed).await.status, 303);
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await.status, 422, "a changed text is signed anew");
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes/sign"), &[]).await.status, 422, "once");
        assert_eq!(stage.post(Some(&table.chair), &path("minutes/freeze"), &[]).await.status, 303);
        assert_eq!(stage.post(Some(&table.secretary), &path("minutes"), &[("minutes", "دیگر")]).await.status, 422);
        let late = stage.write(&table.secretary, table.resolution(id, today)).await;
        assert!(matches!(late, Err(db::Error::Refused(refusal)) if refusal.reason.code == "meeting_state"));
        let paper = stage.get(Some(&table.member), &path("minutes.pdf")).await;
        assert_eq!(paper.status, 200);
        for part in ["پنج فروشگاه گشوده شود", "گفت‌وگو شد.", "صورت‌جلسهٔ تحویل", "حاضر", "کمیتهٔ هماهنگی", "رئیس · امضا در", "دبیر · امضا در"] {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.observer), &format!("/meetings/{id}{language}")).await;
            assert!(page.body.contains("نام دستگاه افتاده است"));
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
    }

    async fn frozen_minutes_print_the_same_whatever_comes_later(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let (silent, other) = (table.pass(first, day("2026-11-01")).await, table.pass(first, day("2026-11-01")).await);
        let second = table.meeting(today, VOTERS).await;
        let decided = table.pass(second, today).await;
        stage.write(&table.secretary, WriteMinutes { meeting_id: second, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        stage.write(&table.secretary, OpenRemarks { meeting_id: second }).await.unwrap();
        stage.write(&table.secretary, SignMinutes { meeting_id: second }).await.unwrap();
        stage.write(&table.chair, FreezeMinutes { meeting_id: second }).await.unwrap();
        let paper = format!("/meetings/{second}/minutes.pdf");
        let before = stage.get(Some(&table.member), &paper).await.body;
        assert!(before.contains("۵۳ روز") && before.contains("بی‌پاسخ"), "{before}");
        bench.pass_days(4);
        let secretary = stage.again(&table.secretary).await;
        let member = stage.again(&table.member).await;
        let later = table.meeting(bench.db.clock().today(), VOTERS).await;
        for id in [silent, decided] {
            stage.write(&secretary, AnswerResolution {
                id: bench.db.new_id(), resolution_id: id, kind: AnswerKind::Progress, wording: "پاسخ دیر".into(), reference: String::new(),
                answered_on: bench.db.clock().today(),
            }).await.unwrap();
            stage.write(&secretary, CarryOver {
                id: bench.db.new_id(), resolution_id: id, meeting_id: later, due_on: day("2027-05-01"),
            }).await.unwrap();
        }
        stage.write(&secretary, Repeal { resolution_id: other, meeting_id: later }).await.unwrap();
        assert_eq!(stage.get(Some(&member), &paper).await.body, before);
        let told = stage.get(Some(&member), &format!("/api/v1/meetings/{second}")).await.json();
        for one in told["earlier"].as_array().unwrap() {
            let seen = (&one["state"], &one["elapsed_days"], &one["resolution"]["answers"]);
            assert_eq!(seen, (&json!("overdue"), &json!(53), &json!(0)));
        }
        let page = stage.get(Some(&member), &format!("/meetings/{second}")).await.body;
        let page = web::words::plain(&page);
        assert!(!page.contains("پاسخ در") && page.contains("۵۳ روز"));
        let now = stage.get(Some(&member), &format!("/api/v1/resolutions/{other}")).await.json();
        assert_eq!(now["state"], "repealed");
    }

    async fn a_meeting_ahead_cannot_be_held(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let ahead = bench.db.clock().today().succ_opt().unwrap();
        let id = table.planned(ahead).await;
        stage.write(&table.chair, ApproveAgenda { meeting_id: id }).await.unwrap();
        let path = format!("/meetings/{id}");
        let seats: Vec<(String, &str)> = table.seats.iter().map(|(_, seat)| (format!("seat-{seat}"), "present")).collect();
        let fields: Vec<(&str, &str)> = seats.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let refused = stage.post(Some(&table.secretary), &format!("{path}/attendance"), &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("هنوز نرسیده"));
        let page = stage.get(Some(&table.secretary), &path).await;
        assert!(page.body.contains("از روز نشست می‌توانید") && !page.body.contains("name=\"seat-"));
        bench.pass_days(1);
        let secretary = stage.again(&table.secretary).await;
        assert_eq!(stage.post(Some(&secretary), &format!("{path}/attendance"), &fields).await.status, 303);
    }

    async fn days_that_cannot_be_are_told_at_their_field(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(first, day("2026-11-01")).await;
        let second = table.meeting(today, VOTERS).await.to_string();
        // Decided on 9 Mehr, today is 2 Azar 1405.
        for (on, says) in [("1405/09/03", "هنوز نرسیده"), ("1405/07/08", "پیش از تصمیم")] {
            let answer = [("answer", "پاسخ"), ("answered_on", on)];
            let wrong = stage.post(secretary, &format!("/resolutions/{id}/answers"), &answer).await;
            assert!(wrong.status == 422 && wrong.body.contains("href=\"#answered_on\"") && wrong.body.contains(says), "{on}");
            let text = id.to_string();
            let proof = [("kind", "resolution"), ("id", text.as_str()), ("note", "مدرک"), ("quantity", "1"), ("given_on", on)];
            let wrong = stage.post(secretary, "/evidence", &proof).await;
            assert!(wrong.status == 422 && wrong.body.contains("href=\"#given_on\"") && wrong.body.contains(says), "{on}");
        }
        let carry = [("meeting_id", second.as_str()), ("act", "carry"), ("carry_until", "1405/09/01")];
        let wrong = stage.post(secretary, &format!("/resolutions/{id}/carry"), &carry).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#carry_until\""), "{}", wrong.body);
        // Nor does the meeting that decided it decide again.
        let own = stage.write(&table.secretary, CarryOver {
            id: bench.db.new_id(), resolution_id: id, meeting_id: first, due_on: day("2027-01-01"),
        }).await;
        assert!(matches!(own, Err(db::Error::Refused(refusal)) if refusal.reason.code == "resolution_closed"));
        assert_eq!(table.state(id).await, "overdue");
    }

    async fn an_agenda_is_read_in_either_language(bench: Bench) {
        let table = Table::open(&bench).await;
        let id = table.planned(bench.db.clock().today()).await;
        table.stage.write(&table.secretary, DraftAgenda { meeting_id: id }).await.unwrap();
        for (language, has, has_not) in [("fa", "گشودن فروشگاه‌ها", "Open the shops"), ("en", "Open the shops", "گشودن فروشگاه‌ها")] {
            let page = table.stage.get(Some(&table.observer), &format!("/meetings/{id}?lang={language}")).await.body;
            assert!(page.contains(has) && !page.contains(has_not), "{language}");
        }
    }
}
