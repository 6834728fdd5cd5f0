use super::*;

both! {
    async fn forms_take_what_people_type_and_tell_what_is_wrong(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let wrong = stage.post(secretary, "/ordinances", &[("code", ""), ("passed_on", "1403/12/31")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(web::inspect::faults(&wrong.body), Vec::<String>::new());
        let fields = [("code", "۳۱"), ("title_fa", "مصوبه"), ("title_en", "Ordinance"), ("passed_on", "1404/1/1"), ("notified_on", "1404/2/1"), ("compliance_over_on", "1404/1/20"), ("is_sample", "yes")];
        let dates = stage.post(secretary, "/ordinances", &fields).await;
        assert_eq!(dates.status, 422);
        assert!(dates.body.contains("پشت سر هم"));
        let mut good = fields;
        good[5].1 = "۱۵ اسفند ۱۴۰۴";
        assert_eq!(stage.post(secretary, "/ordinances", &good).await.status, 303);
        assert_eq!(stage.post(secretary, "/ordinances", &good).await.status, 422, "the number is taken");
        assert_eq!(stage.post(Some(&table.observer), "/ordinances", &good).await.status, 403);

        let plan = format!("/committees/{}/meetings", table.committee);
        let key = Uuid::now_v7().to_string();
        let fields = [("held_on", "1405/09/20"), ("hours", "۱۰"), ("place", "تالار"), ("form_key", key.as_str())];
        let first = stage.post(secretary, &plan, &fields).await;
        let second = stage.post(secretary, &plan, &fields).await;
        assert_eq!((first.status.as_u16(), &first.location), (303, &second.location));
        let meeting = first.location.unwrap();
        let long = "ب".repeat(501);
        for typed in ["", long.as_str()] {
            assert_eq!(stage.post(secretary, &format!("{meeting}/agenda"), &[("wording", typed)]).await.status, 422);
        }
        let ordinances = stage.get(secretary, "/ordinances").await;
        let pages = ["/ordinances".to_owned(), "/ordinances/new".to_owned(), "/ordinances?lang=en".to_owned(),
            format!("/articles/{}/actions/new", table.article), format!("/committees/{}/reminders/new", table.committee),
            format!("/committees/{}/meetings/new", table.committee), "/resolutions".to_owned()];
        assert!(ordinances.body.contains("art_3"));
        for path in &pages {
            let actor = if path.contains("reminders") { Some(&table.observer) } else { secretary };
            let page = stage.get(actor, path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
        }
        assert_eq!(table.status(secretary, &format!("/meetings/{}", Uuid::now_v7())).await, 404);
        assert_eq!(table.status(secretary, &format!("/articles/{}", Uuid::now_v7())).await, 404);
    }

    async fn a_committee_is_set_up_on_screen(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let ordinance = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap()[0].id.to_string();
        let home = stage.home.to_string();
        let page = stage.get(secretary, "/committees/new").await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        let rules = [
            ("voting_roles", "chair"), ("voting_roles", "member"), ("quorum_percent", "۵۰"), ("quorum_least", "۲"),
            ("is_chair_needed", "yes"), ("meets_every_days", "۶۰"), ("reminder_days", "۷"),
        ];
        let mut fields = vec![
            ("ordinance_id", ordinance.as_str()), ("organization_id", home.as_str()), ("code", "coordination"),
            ("name_fa", "کمیتهٔ دوم"), ("name_en", "Second committee"),
        ];
        fields.extend(rules);
        assert_eq!(stage.post(secretary, "/committees", &fields).await.status, 422, "the code is taken");
        fields[2].1 = "second";
        assert_eq!(stage.post(Some(&stage.charlie), "/committees", &fields).await.status, 404, "another body's");
        assert_eq!(stage.post(Some(&table.observer), "/committees", &fields).await.status, 403);
        let made = stage.post(secretary, "/committees", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let place = made.location.unwrap();
        for path in [place.clone(), format!("{place}?lang=en")] {
            let page = stage.get(secretary, &path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        assert_eq!(table.status(Some(&stage.charlie), &place).await, 404);
        let body = table.body.to_string();
        let seat = |username| [
            ("organization_id", body.as_str()), ("role", "member"), ("title_fa", "معاون"), ("title_en", "Deputy"),
            ("username", username), ("valid_from", "1405/09/01"),
        ];
        let wrong = stage.post(secretary, &format!("{place}/seats"), &seat("nobody")).await;
        assert!(wrong.status == 422 && wrong.body.contains("href=\"#username\""), "{}", wrong.body);
        assert_eq!(stage.post(secretary, &format!("{place}/seats"), &seat("member")).await.status, 303);
        let members = stage.get(secretary, &format!("/api/v1{place}/members")).await.json();
        assert_eq!(members["items"][0]["user_id"], json!(table.member.id));
        assert_eq!(table.status(Some(&table.member), &format!("/api/v1{place}/meetings")).await, 200);
        let id = members["items"][0]["id"].as_str().unwrap().to_owned();
        let end = [("seat_id", id.as_str()), ("valid_until", "1405/09/01")];
        assert_eq!(stage.post(Some(&stage.charlie), &format!("{place}/ended-terms"), &end).await.status, 404);
        assert_eq!(stage.post(secretary, &format!("{place}/ended-terms"), &end).await.status, 303);
        assert_eq!(table.status(Some(&table.member), &format!("/api/v1{place}/meetings")).await, 404);
        let mut later = vec![("rules_from", "1405/10/01")];
        later.extend(rules);
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 303);
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 422, "once a day");
        later[3].1 = "۲۰۰";
        assert_eq!(stage.post(secretary, &format!("{place}/rules"), &later).await.status, 422);
        let meetings = stage.get(secretary, &format!("/api/v1/committees/{}/meetings", table.committee)).await.json();
        assert_eq!(meetings["items"], json!([]));
        table.planned(bench.db.clock().today()).await;
        let meetings = stage.get(secretary, &format!("/api/v1/committees/{}/meetings", table.committee)).await.json();
        assert_eq!(meetings["items"].as_array().unwrap().len(), 1);
    }
}
