mod capacity;
mod directory;
mod hsds;
mod keeping;
mod merging;
mod names;
mod profiles;

use access::Role;
use access::cast::Stage;
use persian::Jalali;
use testing::{Bench, both};

use crate::{CreateOrganization, OrganizationId, OrganizationKind, calendar, reference};

async fn stage(bench: &Bench) -> Stage {
    Stage::open(
        bench,
        vec![access::room(), crate::room()],
        &[Role::Administrator],
    )
    .await
}

const BODY: &[(&str, &str)] = &[
    ("name_fa", "ادارهٔ كار"),
    ("name_en", "Labour office"),
    ("code", "LABOUR-۱"),
    ("kind", "ministry"),
    ("phone", ""),
];

/// Loads the calendar the way `migrate` does.
#[derive(serde::Serialize, serde::Deserialize)]
struct Load {}

impl db::Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        reference::load(tx).await?;
        reference::load(tx).await
    }
}

both! {
    async fn an_administrator_adds_a_body_and_finds_it_in_the_list(bench: Bench) {
        let stage = stage(&bench).await;
        let made = stage.post(Some(&stage.alice), "/organizations", BODY).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let shown = stage.get(Some(&stage.alice), &made.location.unwrap()).await;
        assert!(shown.body.contains("ادارهٔ کار"), "Arabic kaf is unified");
        assert!(shown.body.contains("labour-1"));
        let list = stage.get(Some(&stage.alice), "/organizations").await;
        assert!(list.body.contains("ادارهٔ کار"));
        assert_eq!(web::inspect::faults(&list.body), Vec::<String>::new());
        assert_eq!(web::inspect::faults(&shown.body), Vec::<String>::new());
    }

    async fn posting_the_same_form_twice_adds_one_body(bench: Bench) {
        let stage = stage(&bench).await;
        let key = uuid::Uuid::now_v7().to_string();
        let fields = [BODY, &[("form_key", key.as_str())]].concat();
        let first = stage.post(Some(&stage.alice), "/organizations", &fields).await;
        let second = stage.post(Some(&stage.alice), "/organizations", &fields).await;
        assert_eq!((first.status.as_u16(), first.location), (303, second.location));
    }

    async fn a_taken_code_is_told_in_words_and_nothing_typed_is_lost(bench: Bench) {
        let stage = stage(&bench).await;
        stage.post(Some(&stage.alice), "/organizations", BODY).await;
        let again = stage.post(Some(&stage.alice), "/organizations", BODY).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("این کد را دستگاه دیگری دارد"));
        assert!(again.body.contains("LABOUR-۱"), "typed values stay as typed");
    }

    async fn empty_and_wrong_fields_are_told_at_their_place(bench: Bench) {
        let stage = stage(&bench).await;
        let reply = stage.post(Some(&stage.alice), "/organizations", &[("kind", "nonsense")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("خطا:") && reply.body.contains("href=\"#name_fa\""));
        assert_eq!(web::inspect::faults(&reply.body), Vec::<String>::new());
    }

    async fn who_has_no_role_is_kept_out(bench: Bench) {
        let stage = stage(&bench).await;
        let clerk = stage.add("clerk", stage.home, &[Role::ShopClerk]).await;
        assert_eq!(stage.get(Some(&clerk), "/organizations").await.status, 403);
        assert_eq!(stage.get(None, "/organizations").await.status, 401);
        assert_eq!(stage.post(Some(&clerk), "/organizations", BODY).await.status, 403);
    }

    async fn the_api_answers_problems_as_json_and_repeats_alike(bench: Bench) {
        let stage = stage(&bench).await;
        let id = OrganizationId::new(uuid::Uuid::now_v7());
        let body = serde_json::json!(CreateOrganization {
            id, code: "u1".into(), kind: OrganizationKind::University, name_fa: "دانشگاه".into(),
            name_en: "University".into(), phone: String::new(),
            valid_from: bench.db.clock().today(), knowledge_based_until: None,
        });
        let path = "/api/v1/organizations";
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", path, &body).await.status, 201);
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", path, &body).await.status, 200);
        let mut other = body.clone();
        other["code"] = "u2".into();
        let reused = stage.send_json(Some(&stage.alice), "POST", path, &other).await;
        assert_eq!(reused.status, 422);
        assert_eq!(reused.json()["type"], "/problems/key_reused");
        let list = stage.get(Some(&stage.alice), path).await.json();
        assert!(list["items"].as_array().unwrap().iter().any(|item| item["code"] == "u1"));
    }

    async fn working_days_skip_fridays_and_holidays(bench: Bench) {
        bench.db.write(&db::Origin::program("test"), Load {}).await.unwrap();
        let mut conn = bench.db.read().await.unwrap();
        let day = |year, month, day| Jalali::new(year, month, day).unwrap().to_date();
        // 28 Esfand 1404 is a Thursday; then Friday and oil day, Nowruz to the 4th, and the 5th.
        let after = calendar::working_day_after(&mut conn, day(1404, 12, 28), 1).await.unwrap();
        assert_eq!(after, day(1405, 1, 5));
        assert!(!calendar::is_working_day(&mut conn, day(1405, 1, 13)).await.unwrap());
        let between = calendar::working_days_between(&mut conn, day(1404, 12, 28), day(1405, 1, 5)).await;
        assert_eq!(between.unwrap(), 1);
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
