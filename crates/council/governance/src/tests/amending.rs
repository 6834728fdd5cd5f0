use super::*;

both! {
    async fn an_article_keeps_its_address_and_its_earlier_wordings(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let mut conn = bench.db.read().await.unwrap();
        let today = bench.db.clock().today();
        let ordinance = articles::get(&mut conn, table.article, today).await.unwrap().ordinance_id;
        let note = add_article(stage, ordinance, Some(table.article), ArticleKind::Note, 1).await.unwrap();
        assert_eq!(articles::get(&mut conn, note, today).await.unwrap().eid, "art_3__note_1");
        let twice = add_article(stage, ordinance, Some(table.article), ArticleKind::Note, 1).await;
        assert!(matches!(twice, Err(db::Error::Refused(refusal)) if refusal.reason.code == "eid_taken"));
        let version = stage.write(&stage.alice, AmendArticle {
            id: bench.db.new_id(), article_id: note,
            heading_fa: "تازه".into(), heading_en: "New".into(), wording_fa: "متن تازه".into(), wording_en: "New wording".into(),
            valid_from: day("2027-01-01"), is_sample: true,
        }).await.unwrap();
        assert_eq!(version, 2);
        assert_eq!(articles::get(&mut conn, note, today).await.unwrap().version, 1, "not in force yet");
        assert_eq!(articles::get(&mut conn, note, day("2027-01-01")).await.unwrap().wording_en, "New wording");
        let page = stage.get(Some(&table.observer), &format!("/articles/{}", table.article)).await;
        for part in ["متن این ماده نمونه است", "وظیفه‌ها", "به‌آن‌ها رسیده‌ایم", "گشودن فروشگاه‌ها", "دیرشده"] {
            assert!(page.body.contains(part), "{part}");
        }
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
    }

    async fn the_plan_and_a_new_wording_are_written_on_screen(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let ordinance = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap()[0].id;
        let (article, action) = (format!("/articles/{}", table.article), format!("/actions/{}", table.action));
        let pages = [
            format!("/ordinances/{ordinance}/programmes/new"), format!("{action}/milestones/new"),
            format!("{action}/commitments/new"), format!("{article}/amend"),
        ];
        for path in &pages {
            let page = stage.get(secretary, path).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]), "{path}");
            assert_eq!(table.status(Some(&table.observer), path).await, 403, "{path}");
        }
        let programme = [("code", "p2"), ("name_fa", "برنامه"), ("name_en", "Programme"), ("starts_on", "1405/01/01"), ("ends_on", "1406/01/01")];
        let to = format!("/ordinances/{ordinance}/programmes");
        assert_eq!(stage.post(secretary, &to, &programme).await.status, 303);
        assert_eq!(stage.post(secretary, &to, &programme).await.status, 422, "the code is taken");
        let mut milestone = vec![("name_fa", "گام"), ("name_en", "Step"), ("due_on", "1405/12/01"), ("figure", "reached"), ("target", "")];
        let to = format!("{action}/milestones");
        let half = stage.post(secretary, &to, &milestone).await;
        assert!(half.status == 422 && half.body.contains("href=\"#target\""));
        milestone[4].1 = "۵۰۰";
        assert_eq!(stage.post(secretary, &to, &milestone).await.location.as_deref(), Some(article.as_str()));
        let body = table.body.to_string();
        let commitment = [
            ("name_fa", "غرفه"), ("name_en", "Booths"), ("organization_id", body.as_str()), ("quantity", "۵"),
            ("unit_fa", "غرفه"), ("unit_en", "booths"), ("due_on", "1405/12/01"),
        ];
        assert_eq!(stage.post(secretary, &format!("{action}/commitments"), &commitment).await.status, 303);
        let mut today = bench.db.clock().today();
        let mut conn = bench.db.read().await.unwrap();
        let kept = plan::list_of_article(&mut conn, table.article, today).await.unwrap().remove(0);
        assert_eq!((kept.milestones.len(), kept.commitments.len()), (1, 1));
        let wording = [
            ("heading_fa", "سرعنوان تازه"), ("heading_en", "New heading"), ("wording_fa", "متن تازه"),
            ("wording_en", "New wording"), ("valid_from", "1405/10/01"),
        ];
        assert_eq!(stage.post(secretary, &format!("{article}/amend"), &wording[1..]).await.status, 422);
        assert_eq!(stage.post(secretary, &format!("{article}/amend"), &wording).await.status, 303);
        assert_eq!(articles::get(&mut conn, table.article, today).await.unwrap().version, 1);
        today = day("2027-01-01");
        assert_eq!(articles::get(&mut conn, table.article, today).await.unwrap().wording_fa, "متن تازه");
    }
}
