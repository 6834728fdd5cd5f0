use super::*;

both! {
    async fn a_body_that_went_into_another_is_asked_nothing_new_and_its_answer_is_the_others_turn(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let before = table.pass(meeting, day("2026-11-01")).await;
        let home = OrganizationId::new(table.stage.home);
        let merge = organizations::MergeBody { id: table.body, into: home, on: today };
        table.stage.write(&table.stage.alice, merge).await.unwrap();
        let refused = table.stage.write(&table.secretary, table.resolution(meeting, day("2026-11-01"))).await;
        assert!(matches!(refused, Err(db::Error::Refused(refusal)) if refusal.reason.code == "body_merged"));
        let shown = table.stage.get(Some(&table.secretary), &format!("/resolutions/{before}")).await;
        assert!(shown.status == 200 && shown.body.contains("، اکنون "), "whose turn it is now");
    }

    async fn a_resolution_is_proven_by_two_hands(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let meeting = table.meeting(day("2026-10-01"), VOTERS).await;
        let id = table.pass(meeting, day("2026-11-01")).await;
        assert_eq!(table.state(id).await, "overdue");
        let give = GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Resolution(id), quantity: 1,
            note: "صورت‌جلسهٔ تحویل".into(), reference: "45".into(), given_on: today,
        };
        let body = serde_json::to_value(&give).unwrap();
        let stage = &table.stage;
        assert_eq!(stage.send_json(Some(&table.observer), "POST", "/api/v1/evidence", &body).await.status, 403);
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", "/api/v1/evidence", &body).await.status, 404);
        assert_eq!(stage.send_json(Some(&table.secretary), "POST", "/api/v1/evidence", &body).await.status, 201);
        assert_eq!(stage.send_json(Some(&table.secretary), "POST", "/api/v1/evidence", &body).await.status, 200);
        assert_eq!(table.state(id).await, "claimed");
        let path = format!("/evidence/{}/verify", give.id);
        assert_eq!(stage.post(Some(&table.secretary), &path, &[]).await.status, 409, "not one's own");
        assert_eq!(stage.post(Some(&stage.charlie), &path, &[]).await.status, 404);
        assert_eq!(stage.post(Some(&table.chair), &path, &[]).await.status, 303);
        assert_eq!(table.state(id).await, "verified");
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.secretary), &format!("/resolutions/{id}{language}")).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
    }

    async fn a_resolution_is_carried_over_or_repealed_by_a_later_meeting(bench: Bench) {
        let table = Table::open(&bench).await;
        let today = bench.db.clock().today();
        let first = table.meeting(day("2026-10-01"), VOTERS).await;
        let (kept, dropped) = (table.pass(first, day("2026-11-01")).await, table.pass(first, day("2026-11-01")).await);
        let second = table.meeting(today, VOTERS).await;
        let stage = &table.stage;
        let meeting_id = second.to_string();
        let carry = |id: ResolutionId| format!("/resolutions/{id}/carry");
        let fields = [("meeting_id", meeting_id.as_str()), ("act", "carry"), ("carry_until", "1406/02/01")];
        assert_eq!(stage.post(Some(&table.secretary), &carry(kept), &fields).await.status, 303);
        assert_eq!(table.state(kept).await, "carried_over");
        assert_eq!(stage.post(Some(&table.secretary), &carry(kept), &fields).await.status, 422, "once per meeting");
        let fields = [("meeting_id", meeting_id.as_str()), ("act", "repeal")];
        assert_eq!(stage.post(Some(&table.secretary), &carry(dropped), &fields).await.status, 303);
        assert_eq!(table.state(dropped).await, "repealed");
        let answer = [("answer", "دیر رسید"), ("answered_on", "1405/09/02")];
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{dropped}/answers"), &answer).await.status, 422);
        assert_eq!(stage.post(Some(&table.secretary), &format!("/resolutions/{kept}/answers"), &answer).await.status, 303);
    }
}
