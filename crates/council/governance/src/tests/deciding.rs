use super::*;

/// A running case; gives its code.
async fn case(table: &Table) -> String {
    send_leg(&table.stage, table.body).await;
    let mut conn = table.stage.city.db.read().await.unwrap();
    db::sql("SELECT code AS value FROM case_card")
        .scalar(&mut conn)
        .await
        .unwrap()
}

async fn service(table: &Table) -> ServiceId {
    let mut conn = table.stage.city.db.read().await.unwrap();
    let services = organizations::services::list_of(&mut conn, table.body).await;
    services.unwrap()[0].id
}

async fn waiting(table: &Table) -> i64 {
    let mut conn = table.stage.city.db.read().await.unwrap();
    db::sql("SELECT count(*) AS value FROM case_decision_card WHERE state = 'waiting'")
        .scalar(&mut conn)
        .await
        .unwrap()
}

both! {
    async fn a_resolution_decides_once_on_one_case_which_is_known_by_its_code(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let code = case(&table).await;
        let service_id = service(&table).await;
        let meeting = table.meeting(bench.db.clock().today(), VOTERS).await;
        let id = table.pass(meeting, day("2027-02-01")).await;
        let path = format!("/resolutions/{id}/case");
        let text = service_id.to_string();
        let fields = [("opens", "leg"), ("case_code", code.as_str()), ("service_id", text.as_str())];
        for (actor, status) in [(Some(&stage.charlie), 404), (Some(&table.member), 403), (None, 401)] {
            assert_eq!(stage.post(actor, &path, &fields).await.status.as_u16(), status);
        }
        for page in ["", "?opens=leg", "?opens=package_line", "?opens=package_line&lang=en"] {
            let page = stage.get(Some(&table.secretary), &format!("{path}{page}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let mut wrong = fields;
        wrong[1].1 = "1405-99999";
        let unknown = stage.post(Some(&table.secretary), &path, &wrong).await;
        assert!(unknown.status == 422 && unknown.body.contains("href=\"#case_code\""), "{}", unknown.body);
        assert_eq!(stage.post(Some(&table.secretary), &path, &fields).await.status, 303);
        let again = stage.post(Some(&table.secretary), &path, &fields).await;
        assert_eq!(again.status, 422, "one resolution opens one thing");
        let page = stage.get(Some(&table.observer), &format!("/resolutions/{id}")).await;
        assert!(page.body.contains(&persian::persian_digits(&code)) && page.body.contains("پس از بسته‌شدن صورت‌جلسه"));
        assert!(!page.body.contains("نام‌پنهان"));
        assert_eq!(waiting(&table).await, 0, "it waits for the minutes");
        stage.write(&table.secretary, WriteMinutes { meeting_id: meeting, wording: "گفت‌وگو شد.".into() }).await.unwrap();
        stage.write(&table.secretary, OpenRemarks { meeting_id: meeting }).await.unwrap();
        stage.write(&table.secretary, SignMinutes { meeting_id: meeting }).await.unwrap();
        stage.write(&table.chair, FreezeMinutes { meeting_id: meeting }).await.unwrap();
        assert_eq!(waiting(&table).await, 1);
        let file = stage.get(Some(&table.observer), &format!("/api/v1/resolutions/{id}")).await.json();
        assert_eq!(file["decision"]["case_code"], json!(code));
        // A member of the committee hears what was decided, not on whose case.
        let told = stage.get(Some(&table.member), &format!("/api/v1/resolutions/{id}")).await.json();
        assert_eq!((&told["decision"]["case_code"], &told["decision"]["opens"]), (&json!(""), &json!("leg")));
        let page = stage.get(Some(&table.member), &format!("/resolutions/{id}")).await;
        assert!(page.status == 200 && page.body.contains("گفته نمی‌شود"), "{}", page.status);
        let late = DecideCase { id: CaseDecisionId::new(bench.db.new_id()), resolution_id: id, case_code: code, opens: Opens::Leg { service_id } };
        let late = stage.write(&table.secretary, late).await;
        assert!(matches!(late, Err(db::Error::Refused(refusal)) if refusal.reason.code == "meeting_state"));
        let decision = file["decision"]["id"].as_str().unwrap();
        let retry = format!("/case-decisions/{decision}/retry");
        assert_eq!(stage.post(Some(&stage.charlie), &retry, &[]).await.status, 404);
        assert_eq!(stage.post(Some(&table.secretary), &retry, &[]).await.status, 409, "it was not refused");
    }

    async fn a_decision_carried_before_its_minutes_is_found(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let code = case(&table).await;
        let meeting = table.meeting(bench.db.clock().today(), VOTERS).await;
        let id = table.pass(meeting, day("2027-02-01")).await;
        let service_id = service(&table).await;
        let decide = DecideCase { id: CaseDecisionId::new(bench.db.new_id()), resolution_id: id, case_code: code, opens: Opens::Leg { service_id } };
        stage.write(&table.secretary, decide).await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
        stage.tamper("UPDATE case_decision SET state = 'opened', opened = '1', carried_at = made_at").await.unwrap();
        let found = checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(broken(found), ["case_decision"]);
        let both = stage.tamper("UPDATE case_decision SET budget_line_id = id").await;
        assert!(both.is_err(), "never a leg and a line");
    }
}
