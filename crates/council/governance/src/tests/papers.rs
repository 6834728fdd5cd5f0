use axum::body::Body;
use axum::http::Request;

use super::*;

both! {
    async fn an_article_has_a_dossier_of_one_page(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        table.pass(meeting, day("2026-11-01")).await;
        stage.write(&table.secretary, AddMilestone {
            id: MilestoneId::new(bench.db.new_id()), action_id: table.action, name_fa: "قرارداد".into(), name_en: "Contract".into(),
            due_on: day("2026-10-01"), figure: None,
        }).await.unwrap();
        stage.write(&table.secretary, AddCommitment {
            id: CommitmentId::new(bench.db.new_id()), action_id: table.action, organization_id: table.body, name_fa: "غرفه".into(),
            name_en: "Booths".into(), quantity: 8, unit_fa: "غرفه".into(), unit_en: "booths".into(), due_on: day("2026-10-01"),
        }).await.unwrap();
        stage.write(&table.observer, FileReminder {
            id: ReminderId::new(bench.db.new_id()), committee_id: table.committee, article_id: Some(table.article), resolution_id: None, wording: "چرا سه فروشگاه؟".into(),
        }).await.unwrap();
        let path = format!("/articles/{}", table.article);
        let page = stage.get(Some(&table.observer), &path).await;
        assert!(page.body.contains(&format!("{path}/dossier")));
        let paper = stage.get(Some(&table.observer), &format!("{path}/dossier")).await;
        assert_eq!(paper.status, 200);
        let told = [
            "مادهٔ ۳ · وظیفه‌ها", "متن نمونهٔ ماده", "۱ از ۱", "گشودن فروشگاه‌ها", "دیرشده", "welfare", "۰ از ۱", "۰ از ۸ غرفه",
            "۱۴۰۵-۱", "پنج فروشگاه گشوده شود", "به‌آن‌ها رسیده‌ایم", "(۲ آذر ۱۴۰۵)", "چرا سه فروشگاه؟", "بی‌پاسخ", "نسخهٔ ۱، از ۲۵ آبان ۱۴۰۳", &path,
        ];
        for part in told {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
        assert!(!paper.body.contains("<bdi>"));
        let paper = stage.get(Some(&table.observer), &format!("{path}/dossier?lang=en")).await;
        for part in ["Article 3 · Duties", "Sample wording", "Open the shops", "Overdue", "0 of 8 booths", "No answer", "(2 Azar 1405)", "Version 1, from 25 Aban 1403"] {
            assert!(paper.body.contains(part), "{part}: {}", paper.body);
        }
        // The committee's papers are not told to somebody who may only read the ordinance.
        let auditor = stage.add("auditor", stage.elsewhere, &[Role::Auditor]).await;
        let paper = stage.get(Some(&auditor), &format!("{path}/dossier")).await;
        assert!(paper.status == 200 && !paper.body.contains("پنج فروشگاه گشوده شود") && !paper.body.contains("چرا سه فروشگاه؟"));
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        assert_eq!(table.status(Some(&clerk), &format!("{path}/dossier")).await, 403);
    }

    async fn a_meeting_goes_into_a_calendar(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let id = table.planned(day("2026-12-01")).await;
        let add = AddAgendaItem { id: bench.db.new_id(), meeting_id: id, wording: "گزارش، پنج فروشگاه".into() };
        stage.write(&table.secretary, add).await.unwrap();
        let path = format!("/meetings/{id}/calendar.ics");
        let file = stage.get(Some(&table.member), &path).await;
        assert_eq!(file.status, 200);
        let text = file.body.replace("\r\n ", "");
        // Ten to twelve in Tehran is half past six to half past eight in universal time.
        for line in [
            "BEGIN:VCALENDAR\r\n", &format!("UID:{id}@zanjireh\r\n"), "DTSTART:20261201T063000Z\r\n", "DTEND:20261201T083000Z\r\n",
            "LOCATION:تالار شورا\r\n", "SUMMARY:نشست ۱ (شمارهٔ ۱ سال ۱۴۰۵) · کمیتهٔ هماهنگی\r\n", "STATUS:TENTATIVE\r\n",
            "DESCRIPTION:۱. گزارش، پنج فروشگاه\r\n", &format!("URL:http://127.0.0.1:8404/meetings/{id}\r\n"), "END:VCALENDAR\r\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        stage.write(&table.chair, ApproveAgenda { meeting_id: id }).await.unwrap();
        assert!(stage.get(Some(&table.member), &path).await.body.contains("STATUS:CONFIRMED"));
        let page = stage.get(Some(&table.member), &format!("/meetings/{id}")).await;
        assert!(page.body.contains(&path));
        assert_eq!(table.status(Some(&stage.charlie), &path).await, 404);
    }

    async fn bodies_with_a_seat_are_called_once(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let id = table.planned(day("2026-12-01")).await;
        stage.write(&table.chair, ApproveAgenda { meeting_id: id }).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let told = "SELECT count(*) AS value FROM notice WHERE template = 'meeting-called'";
        let (all, bodies): (i64, i64) = (
            db::sql(told).scalar(&mut conn).await.unwrap(),
            db::sql(told.replace("count(*)", "count(DISTINCT organization_id)")).scalar(&mut conn).await.unwrap(),
        );
        assert_eq!((all, bodies), (3, 3), "secretariat, council and welfare");
        let args: serde_json::Value = db::sql("SELECT args AS value FROM notice LIMIT 1").scalar(&mut conn).await.unwrap();
        assert_eq!(args, json!({ "committee": "کمیتهٔ هماهنگی", "day": "سه‌شنبه ۱۰ آذر ۱۴۰۵", "hours": "۱۰ تا ۱۲", "place": "تالار شورا" }));
        drop(conn);
        // One that is written down afterwards calls nobody.
        table.meeting(day("2026-10-01"), VOTERS).await;
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(db::sql(told).scalar::<i64>(&mut conn).await.unwrap(), 3);
    }

    async fn frozen_minutes_without_two_signatures_are_found(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let id = table.meeting(bench.db.clock().today(), VOTERS).await;
        stage.write(&table.secretary, WriteMinutes { meeting_id: id, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        let early = stage.write(&table.secretary, SignMinutes { meeting_id: id }).await;
        assert!(matches!(early, Err(db::Error::Refused(refusal)) if refusal.reason.code == "meeting_state"));
        stage.write(&table.secretary, OpenRemarks { meeting_id: id }).await.unwrap();
        let waits = stage.get(Some(&table.observer), &format!("/meetings/{id}")).await;
        assert!(waits.body.contains("هنوز امضا نشده است"));
        // A role is not a seat: only whoever holds the secretary's signs, and the chair's approves.
        let deputy = stage.add("deputy", stage.home, &[Role::Secretary, Role::Chair]).await;
        for actor in [&stage.bob, &deputy, &table.chair] {
            assert_eq!(letters::code(stage.write(actor, SignMinutes { meeting_id: id }).await), "minutes_seat");
        }
        stage.write(&table.secretary, SignMinutes { meeting_id: id }).await.unwrap();
        for actor in [&deputy, &table.secretary] {
            assert_eq!(letters::code(stage.write(actor, FreezeMinutes { meeting_id: id }).await), "minutes_seat");
        }
        let told = stage.post(Some(&deputy), &format!("/meetings/{id}/minutes/freeze"), &[]).await;
        assert!(told.status == 422 && told.body.contains("صندلی رئیس"), "{}", told.body);
        stage.write(&table.secretary, WriteMinutes { meeting_id: id, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        // Somebody who holds both seats signs once.
        stage.write(&table.secretary, AddMember {
            id: MembershipId::new(bench.db.new_id()), committee_id: table.committee, organization_id: OrganizationId::new(stage.home),
            user_id: Some(table.chair.id), role: CommitteeRole::Secretary, title_fa: "دبیر دوم".into(), title_en: "Second".into(),
            valid_from: bench.db.clock().today(),
        }).await.unwrap();
        let paper = format!("/meetings/{id}/minutes.pdf");
        let signers = |body: &str| body.matches("دبیر ·").count();
        stage.write(&table.chair, SignMinutes { meeting_id: id }).await.unwrap();
        let page = stage.get(Some(&table.observer), &format!("/meetings/{id}")).await;
        assert!(signers(&page.body) == 1 && page.body.contains("دبیر · دبیر دوم"), "{}", page.body);
        let own = stage.write(&table.chair, FreezeMinutes { meeting_id: id }).await;
        assert!(matches!(own, Err(db::Error::Refused(refusal)) if refusal.reason.code == "minutes_own"));
        stage.write(&table.secretary, WriteMinutes { meeting_id: id, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        let sign = || {
            let path = format!("/api/v1/meetings/{id}/minutes/signature");
            Request::post(path).header("idempotency-key", Uuid::now_v7().to_string()).body(Body::empty()).unwrap()
        };
        assert_eq!(stage.send(Some(&table.member), sign()).await.status, 403);
        assert_eq!(stage.send(Some(&table.secretary), sign()).await.status, 201);
        stage.write(&table.chair, FreezeMinutes { meeting_id: id }).await.unwrap();
        let file = stage.get(Some(&table.observer), &format!("/api/v1/meetings/{id}")).await.json();
        assert_eq!((&file["meeting"]["minutes_signed_by"], &file["meeting"]["minutes_approved_by"]), (&json!(table.secretary.id), &json!(table.chair.id)));
        let seat = |role| table.seats.iter().find(|(known, _)| *known == role).unwrap().1;
        let (secretary, chair) = (seat(CommitteeRole::Secretary), seat(CommitteeRole::Chair));
        assert_eq!((&file["meeting"]["minutes_signed_seat_id"], &file["meeting"]["minutes_approved_seat_id"]), (&json!(secretary), &json!(chair)));
        // The seat that signed, not the other one of its role, and whoever holds it later.
        let printed = stage.get(Some(&table.observer), &paper).await;
        assert!(signers(&printed.body) == 1 && printed.body.contains("دبیر · امضا در"), "{}", printed.body);
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        let seat = |column: &str, of: &str| format!("UPDATE meeting SET {column} = (SELECT id FROM committee_membership WHERE {of})");
        let (by, from) = ("minutes_signed_seat_id", "minutes_approved_seat_id");
        for (wrong, right) in [
            (seat(by, "title_en = 'Second'"), seat(by, "role = 'secretary' AND title_en = 'Office'")),
            (seat(from, "title_en = 'Second'"), seat(from, "role = 'chair'")),
            (seat(from, "role = 'nobody'"), seat(from, "role = 'chair'")),
            ("UPDATE meeting SET minutes_signed_at = NULL".into(), seat(from, "role = 'chair'")),
        ] {
            stage.tamper(&wrong).await.unwrap();
            let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
            assert_eq!(broken(found), ["minutes_signatures"], "{wrong}");
            stage.tamper(&right).await.unwrap();
        }
    }

    async fn minutes_whose_contents_change_are_signed_anew(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let second = table.meeting(today, VOTERS).await;
        let (carried, repealed) = (table.pass(first, day("2026-12-01")).await, table.pass(first, day("2026-12-01")).await);
        let sign = async |id: MeetingId| stage.write(&table.secretary, SignMinutes { meeting_id: id }).await.unwrap();
        let is_signed = async |id: MeetingId| {
            let meeting = crate::meetings::get(&mut bench.db.read().await.unwrap(), id).await.unwrap();
            let told = (meeting.minutes_signed_by.is_some(), meeting.minutes_signed_seat_id.is_some(), meeting.minutes_signed_at.is_some());
            assert!(told == (true, true, true) || told == (false, false, false));
            told.0
        };
        for id in [first, second] {
            stage.write(&table.secretary, WriteMinutes { meeting_id: id, wording: "گفت‌وگو شد.".into() }).await.unwrap();
            stage.write(&table.secretary, OpenRemarks { meeting_id: id }).await.unwrap();
            sign(id).await;
        }
        let named = NameSubstitute {
            id: SubstituteId::new(bench.db.new_id()), membership_id: table.seats[2].1, name: "جانشین".into(), user_id: None, valid_from: day("2026-09-01"),
        };
        stage.write(&table.secretary, named).await.unwrap();
        let marks = vec![Mark { membership_id: table.seats[2].1, presence: Presence::Deputy }];
        stage.write(&table.secretary, RecordAttendance { meeting_id: second, marks }).await.unwrap();
        assert_eq!((is_signed(first).await, is_signed(second).await), (true, false));
        let unsigned = stage.write(&table.chair, FreezeMinutes { meeting_id: second }).await;
        assert_eq!(letters::code(unsigned), "minutes_unsigned");
        sign(second).await;
        table.pass(second, today).await;
        assert_eq!((is_signed(first).await, is_signed(second).await), (true, false));
        sign(second).await;
        // The minutes of the meeting that decided it first tell of it, too.
        let carry = CarryOver { id: bench.db.new_id(), resolution_id: carried, meeting_id: second, due_on: day("2027-01-01") };
        stage.write(&table.secretary, carry).await.unwrap();
        assert_eq!((is_signed(first).await, is_signed(second).await), (false, false));
        sign(first).await;
        stage.write(&table.chair, FreezeMinutes { meeting_id: first }).await.unwrap();
        sign(second).await;
        stage.write(&table.secretary, Repeal { resolution_id: repealed, meeting_id: second }).await.unwrap();
        assert_eq!((is_signed(first).await, is_signed(second).await), (true, false), "frozen minutes stay");
        sign(second).await;
        stage.write(&table.chair, FreezeMinutes { meeting_id: second }).await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
    }
}
