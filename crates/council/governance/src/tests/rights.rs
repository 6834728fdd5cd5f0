use super::*;

both! {
    async fn a_secretary_of_another_body_finds_nothing(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let meeting = table.meeting(today, VOTERS).await;
        let resolution = table.pass(meeting, today).await;
        let charlie = Some(&stage.charlie);
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        let paths = [
            format!("/meetings/{meeting}"), format!("/meetings/{meeting}/minutes.pdf"), format!("/meetings/{meeting}/resolutions/new"),
            format!("/resolutions/{resolution}"), format!("/committees/{}/meetings/new", table.committee),
            format!("/api/v1/meetings/{meeting}"), format!("/api/v1/resolutions/{resolution}"), format!("/api/v1/committees/{}/members", table.committee),
        ];
        for path in &paths {
            assert_eq!(table.status(charlie, path).await, 404, "{path}");
            assert_eq!(table.status(Some(&clerk), path).await, 403, "{path}");
            assert_eq!(table.status(None, path).await, 401, "{path}");
            assert_eq!(table.status(Some(&stage.bob), path).await, 200, "{path}");
        }
        let acts: [(String, Vec<(&str, &str)>); 6] = [
            (format!("/meetings/{meeting}/agenda/draft"), vec![]),
            (format!("/meetings/{meeting}/agenda"), vec![("wording", "x")]),
            (format!("/meetings/{meeting}/attendance"), vec![]),
            (format!("/meetings/{meeting}/minutes"), vec![("minutes", "x")]),
            (format!("/resolutions/{resolution}/answers"), vec![("answer", "x"), ("answered_on", "1405/09/01")]),
            (format!("/committees/{}/meetings", table.committee), vec![("held_on", "1405/09/01"), ("hours", "10"), ("place", "x")]),
        ];
        for (path, fields) in &acts {
            assert_eq!(stage.post(charlie, path, fields).await.status, 404, "{path}");
            assert_eq!(stage.post(Some(&clerk), path, fields).await.status, 403, "{path}");
        }
        let list = stage.get(charlie, "/api/v1/resolutions").await.json();
        assert_eq!(list["items"], json!([]));
        let page = stage.get(charlie, "/committee").await;
        assert!(page.body.contains("شما عضو کمیته‌ای نیستید"));
        let roll = RecordAttendance { meeting_id: meeting, marks: vec![Mark { membership_id: MembershipId::new(bench.db.new_id()), presence: Presence::Present }] };
        let wrong = stage.write(&table.secretary, roll).await;
        assert!(matches!(wrong, Err(db::Error::Refused(refusal)) if refusal.reason.code == "seat_unknown"));
    }

    async fn who_leaves_the_committee_no_longer_sees_its_papers(bench: Bench) {
        let table = Table::open(&bench).await;
        let meeting = table.planned(bench.db.clock().today()).await;
        let path = format!("/meetings/{meeting}");
        assert_eq!(table.status(Some(&table.observer), &path).await, 200);
        let (_, seat) = table.seats.iter().find(|(role, _)| *role == CommitteeRole::Observer).unwrap();
        table.stage.write(&table.secretary, EndTerm { id: *seat, valid_until: day("2026-11-01") }).await.unwrap();
        assert_eq!(table.status(Some(&table.observer), &path).await, 404);
        let again = table.stage.write(&table.secretary, EndTerm { id: *seat, valid_until: day("2026-11-01") }).await;
        assert!(matches!(again, Err(db::Error::Refused(refusal)) if refusal.reason.code == "term"));
    }
}
