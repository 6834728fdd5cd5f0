use super::*;

both! {
    async fn an_actions_state_is_computed_from_its_evidence(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let today = bench.db.clock().today();
        let state = async || {
            let mut conn = bench.db.read().await.unwrap();
            plan::list_of_article(&mut conn, table.article, today).await.unwrap().remove(0).state
        };
        assert_eq!(state().await, ActionState::Overdue);
        let commitment = stage.write(&table.secretary, AddCommitment {
            id: CommitmentId::new(bench.db.new_id()), action_id: table.action, organization_id: table.body,
            name_fa: "فضای فروش".into(), name_en: "Space".into(), quantity: 5, unit_fa: "غرفه".into(), unit_en: "booths".into(), due_on: today,
        }).await.unwrap();
        let milestone = stage.write(&table.secretary, AddMilestone {
            id: MilestoneId::new(bench.db.new_id()), action_id: table.action,
            name_fa: "افراد ثبت‌شده".into(), name_en: "People".into(), due_on: today, figure: Some(("reached".into(), 0)),
        }).await.unwrap();
        let give = async |quantity| stage.write(&table.member, GiveEvidence {
            id: EvidenceId::new(bench.db.new_id()), proves: Proves::Commitment(commitment), quantity,
            note: "تحویل شد".into(), reference: String::new(), given_on: today,
        }).await.unwrap();
        let some = give(2).await;
        assert_eq!(state().await, ActionState::Overdue, "two of five");
        let rest = give(3).await;
        assert_eq!(state().await, ActionState::Delivered);
        for id in [some, rest] {
            stage.write(&table.chair, VerifyEvidence { id }).await.unwrap();
        }
        assert_eq!(state().await, ActionState::Proven);
        assert_ne!(milestone.get(), commitment.get());
        let unknown = stage.write(&table.secretary, AddMilestone {
            id: MilestoneId::new(bench.db.new_id()), action_id: table.action,
            name_fa: "x".into(), name_en: "x".into(), due_on: today, figure: Some(("nothing".into(), 1)),
        }).await;
        assert!(matches!(unknown, Err(db::Error::Refused(refusal)) if refusal.reason.code == "cited_figure_unknown"));
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.chair), &format!("/articles/{}{language}", table.article)).await;
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
        let page = stage.get(Some(&table.secretary), &format!("/evidence/new?kind=commitment&id={commitment}")).await;
        assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        let fields = [("kind", "commitment"), ("id", &commitment.to_string()), ("note", ""), ("quantity", "-1"), ("given_on", "دیروز")];
        let wrong = stage.post(Some(&table.secretary), "/evidence", &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#note\"") && wrong.body.contains("href=\"#quantity\"") && wrong.body.contains("href=\"#given_on\""));
    }
}
