use casework::citations::{CiteArticle, Cites};

use super::*;

#[derive(Serialize)]
struct Budget {}

impl Write for Budget {
    const NAME: &'static str = "budget";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        casework::reference::load(tx).await
    }
}

both! {
    async fn instruments_of_several_kinds_stand_to_one_another(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        let secretary = Some(&table.secretary);
        let fields = [
            ("kind", "law"), ("code", "national"), ("title_fa", "قانون نمونهٔ مشاغل خانگی"), ("title_en", "National law"), ("passed_on", "1389/02/22"),
            ("notified_on", "1389/03/01"), ("compliance_over_on", "1389/03/01"), ("is_sample", "yes"),
        ];
        assert_eq!(stage.post(secretary, "/ordinances", &fields).await.status, 303);
        let all = articles::list_ordinances(&mut bench.db.read().await.unwrap()).await.unwrap();
        let (law, city) = (all.iter().find(|one| one.code == "national").unwrap(), all.iter().find(|one| one.code == "2620").unwrap());
        assert_eq!((law.kind, city.kind), (InstrumentKind::Law, InstrumentKind::Ordinance));
        let path = format!("/ordinances/{}/relations", city.id);
        let (above, own) = (law.id.to_string(), city.id.to_string());
        let under = |to| [("kind", "under"), ("to_id", to)];
        assert_eq!(stage.post(Some(&table.observer), &path, &under(&above)).await.status, 403);
        assert_eq!(stage.post(secretary, &path, &under(&own)).await.status, 422, "nothing is under itself");
        assert_eq!(stage.post(secretary, &path, &under(&above)).await.status, 303);
        assert_eq!(stage.post(secretary, &path, &under(&above)).await.status, 422, "once");
        for page in ["/ordinances".to_owned(), "/ordinances?lang=en".to_owned(), format!("{path}/new")] {
            let page = stage.get(secretary, &page).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
        }
        let page = web::words::plain(&stage.get(secretary, "/ordinances").await.body).into_owned();
        assert!(page.contains("ذیل «قانون نمونهٔ مشاغل خانگی»") && page.contains("بالادست «حمایت از مشاغل خانگی»") && page.contains("قانون کشور"));
        let list = stage.get(secretary, "/api/v1/ordinance-relations").await.json();
        assert_eq!(list["items"][0]["kind"], "under");
    }

    async fn an_article_tells_who_cites_it_and_a_citation_to_nowhere_is_told(bench: Bench) {
        let table = Table::open(&bench).await;
        let stage = &table.stage;
        stage.write(&table.secretary, Budget {}).await.unwrap();
        let cite = |code: &str, article_ref: &str| CiteArticle { kind: Cites::BudgetLine, code: code.into(), article_ref: article_ref.into() };
        stage.write(&table.secretary, cite("tools", "2620/art_3")).await.unwrap();
        stage.write(&table.secretary, cite("training", "2620/art_33")).await.unwrap();
        // Actions of cases are counted, and no case is named.
        send_leg(stage, table.body).await;
        let plan = stage.tamper("INSERT INTO plan (id, case_id, number, state, made_at) SELECT c.id, c.id, 1, 'draft', f.made_at
             FROM case_card c JOIN committee f ON f.code = 'coordination'").await;
        let step = stage.tamper("INSERT INTO plan_step (id, plan_id, case_id, kind, due_on, state, article_ref)
             SELECT c.id, c.id, c.id, 'other', c.opened_on, 'open', '2620/art_3' FROM case_card c").await;
        assert_eq!((plan.unwrap(), step.unwrap()), (1, 1));
        let path = format!("/articles/{}", table.article);
        for language in ["", "?lang=en"] {
            let page = stage.get(Some(&table.observer), &format!("{path}{language}")).await;
            assert_eq!((page.status.as_u16(), web::inspect::faults(&page.body)), (200, vec![]));
            assert!(page.body.contains("2620/art_3<"), "{}", page.body);
        }
        let page = stage.get(Some(&table.observer), &path).await;
        assert!(page.body.contains("ابزار و مواد اولیه") && !page.body.contains("آموزش و مشاوره"));
        let cited = async || {
            let item = stage.get(Some(&table.observer), &format!("/api/v1{path}")).await.json();
            let told = item["cited_by"].as_array().unwrap();
            let told: Vec<_> = told.iter().map(|one| (one["kind"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap())).collect();
            (item, told)
        };
        // One action is one person: it is not told of.
        assert_eq!(cited().await.1, [("budget_line".to_owned(), 1)]);
        let more = stage.tamper("INSERT INTO plan_step (id, plan_id, case_id, kind, due_on, state, article_ref)
             SELECT e.id, c.id, c.id, 'other', c.opened_on, 'open', '2620/art_3' FROM case_card c
             CROSS JOIN (SELECT id FROM audit_event ORDER BY id LIMIT 9) e").await;
        assert_eq!(more.unwrap(), 9);
        let (item, told) = cited().await;
        assert_eq!(told, [("case_action".to_owned(), 10), ("budget_line".to_owned(), 1)]);
        assert_eq!(item["article"]["reference"], "2620/art_3");
        let basis = stage.get(Some(&table.observer), "/ordinances").await;
        assert!(basis.body.contains("آموزش و مشاوره") && basis.body.contains("2620/art_33") && !basis.body.contains("ابزار و مواد"));
        let paper = stage.get(Some(&table.observer), &format!("{path}/dossier")).await;
        assert!(paper.body.contains("ابزار و مواد اولیه"), "{}", paper.body);
    }
}
