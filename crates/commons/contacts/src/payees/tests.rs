use access::Role;
use access::cast::Stage;
use db::{Error, sql};
use serde_json::json;
use testing::{Bench, both};

use super::*;
use crate::tests::{GiveGrant, contact, path};

const SHEBA: &str = "IR82 0540 1026 8002 0817 9090 02";
const OTHER: &str = "IR062960000000100324200001";

async fn stage(bench: &Bench) -> Stage {
    let roles = [Role::CaseWorker, Role::Supervisor];
    Stage::open(bench, vec![access::room(), crate::room()], &roles).await
}

async fn propose(stage: &Stage, id: ContactId, sheba: &str) -> PayeeId {
    let fields = [("kind", "own_account"), ("sheba", sheba)];
    let done = stage
        .post(Some(&stage.alice), &path(id, "/payee"), &fields)
        .await;
    assert_eq!(done.status, 303, "{}", done.body);
    let mut conn = stage.city.db.read().await.unwrap();
    history(&mut conn, id).await.unwrap()[0].id
}

/// Approves behind the program's back: what the database itself says.
#[derive(Serialize)]
struct ApproveBySql(PayeeId);

impl Write for ApproveBySql {
    const NAME: &'static str = "approve_by_sql";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        sql("UPDATE payee SET state = 'approved', decided_by = changed_by, decided_at = $2 WHERE id = $1")
            .bind(self.0)
            .bind(tx.now())
            .execute(tx)
            .await
    }
}

both! {
    async fn whoever_approves_sees_whether_the_account_is_her_guardians(bench: Bench) {
        let stage = stage(&bench).await;
        let (brother, _) = contact(&stage, "بهرام", Some("09001112233")).await;
        let id = ContactId::new(Uuid::now_v7());
        let weaver = crate::NewContact {
            id,
            subject: None,
            first_name: "پری".into(),
            shown_name: "پری نمونه".into(),
            language: persian::Lang::Fa,
            phone: None,
            channel: crate::Channel::None,
            companion: Some(brother),
            region: String::new(),
            neighbourhood: String::new(),
        };
        stage.write(&stage.alice, crate::CreateContact(weaver)).await.unwrap();
        stage.write(&stage.alice, GiveGrant(id.get(), stage.home)).await.unwrap();
        let (alice, bob) = (Some(&stage.alice), Some(&stage.bob));
        let form = stage.get(alice, &path(id, "/payee")).await.body;
        assert!(form.contains("value=\"بهرام نمونه\""), "{form}");
        for (holder, is_guardian) in [("بهرام نمونه", true), ("حسن نمونه", false)] {
            let proxy = [("kind", "proxy"), ("sheba", SHEBA), ("holder_name", holder), ("reason", "قیم اوست")];
            assert_eq!(stage.post(alice, &path(id, "/payee"), &proxy).await.status, 303);
            let payee = history(&mut bench.db.read().await.unwrap(), id).await.unwrap().remove(0);
            let shown = stage.get(bob, &format!("/payees/{}", payee.id)).await.body;
            assert_eq!(shown.contains("نام همراه یا سرپرست او"), is_guardian, "{shown}");
        }
    }

    async fn a_proxy_is_approved_by_someone_else_only(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "رضا", None).await;
        let proxy = [("kind", "proxy"), ("sheba", SHEBA), ("holder_name", "حسن نمونه"), ("reason", "")];
        let alice = Some(&stage.alice);
        let refused = stage.post(alice, &path(id, "/payee"), &proxy).await;
        assert_eq!(refused.status, 422);
        assert_eq!(web::inspect::faults(&refused.body), Vec::<String>::new());
        let proxy = [&proxy[..3], &[("reason", "حساب بانکی ندارد")]].concat();
        let done = stage.post(alice, &path(id, "/payee"), &proxy).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let mut conn = bench.db.read().await.unwrap();
        let payee = history(&mut conn, id).await.unwrap().remove(0);
        assert_eq!((payee.kind, payee.state), (PayeeKind::Proxy, PayeeState::Proposed));
        assert_eq!(current(&mut conn, id).await.unwrap(), None);
        drop(conn);

        let approval = format!("/payees/{}/approval", payee.id);
        let fields = [("name_check", "matches")];
        let own = stage.post(alice, &approval, &fields).await;
        assert_eq!(own.status, 422, "the proposer may not approve");
        assert!(own.body.contains("نمی‌تواند"));
        let by_sql = stage.write(&stage.alice, ApproveBySql(payee.id)).await;
        assert!(matches!(by_sql, Err(Error::Check(name)) if name == "ck_payee_two_people"));
        assert_eq!(stage.post(Some(&stage.charlie), &approval, &fields).await.status, 404);

        let page = stage.get(Some(&stage.bob), &format!("/payees/{}", payee.id)).await;
        assert!(page.body.contains("حساب بانکی ندارد"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let bob = stage.post(Some(&stage.bob), &approval, &fields).await;
        assert_eq!(bob.status, 303, "{}", bob.body);
        let again = stage.post(Some(&stage.bob), &approval, &fields).await;
        assert_eq!(again.status, 422, "it is decided already");
        let mut conn = bench.db.read().await.unwrap();
        let now = current(&mut conn, id).await.unwrap().unwrap();
        assert_eq!(now.decided_by, Some(stage.bob.id));
        assert_eq!(now.changed_by, Some(stage.alice.id));
        assert!(now.is_payable_at(testing::NOW));
        let number = sheba(&mut conn, &stage.city.keys, now.id).await.unwrap();
        assert_eq!(number.as_deref(), Some("IR820540102680020817909002"));
        assert_eq!((now.sheba_last4.as_str(), now.bank_code.as_str()), ("9002", "054"));
    }

    async fn an_own_account_in_another_name_is_approved_only_for_a_written_reason(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        let payee = propose(&stage, id, SHEBA).await;
        let (bob, approval) = (Some(&stage.bob), format!("/payees/{payee}/approval"));
        let bare = stage.post(bob, &approval, &[("name_check", "differs"), ("check_reason", " ")]).await;
        assert_eq!(bare.status, 422);
        assert!(bare.body.contains("href=\"#check_reason\""), "{}", bare.body);
        assert_eq!(web::inspect::faults(&bare.body), Vec::<String>::new());
        let body = json!({ "id": uuid::Uuid::now_v7(), "name_check": "differs" });
        let bare = stage.send_json(bob, "POST", &format!("/api/v1{approval}"), &body).await;
        assert_eq!(bare.status, 422);
        let mut conn = bench.db.read().await.unwrap();
        assert_eq!(current(&mut conn, id).await.unwrap(), None);
        drop(conn);
        let reason = "نام پدر در بانک کامل‌تر است";
        let done = stage.post(bob, &approval, &[("name_check", "differs"), ("check_reason", reason)]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        for page in [format!("/payees/{payee}"), path(id, "/payee")] {
            let page = stage.get(bob, &page).await;
            assert!(page.body.contains(reason) && page.body.contains("نام دیگری است"));
            assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        }
        let checks = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert_eq!(access::cast::broken(checks), Vec::<String>::new());
    }

    async fn rows_changed_behind_the_rules_are_found(bench: Bench) {
        #[derive(Serialize)]
        struct Earn(ContactId);
        impl Write for Earn {
            const NAME: &'static str = "earn";
            type Out = ();
            async fn run(&self, tx: &mut Tx) -> Result<()> {
                let (line, day) = (tx.new_id(), tx.today());
                crate::earnings::record(tx, self.0, line, money::Rial::new(1000), day).await
            }
        }
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        for sheba in [SHEBA, OTHER] {
            let payee = propose(&stage, id, sheba).await;
            let approval = format!("/payees/{payee}/approval");
            let done = stage.post(Some(&stage.bob), &approval, &[("name_check", "matches")]).await;
            assert_eq!(done.status, 303, "{}", done.body);
        }
        stage.write(&stage.alice, Earn(id)).await.unwrap();
        let broken = async || {
            let mut conn = bench.db.read().await.unwrap();
            access::cast::broken(crate::checks(&mut conn).await.unwrap())
        };
        assert_eq!(broken().await, Vec::<String>::new());
        stage.tamper("INSERT INTO earning_return (earning_id, returned_on, made_at)
                      SELECT id, '2020-01-01', made_at FROM earning").await.unwrap();
        assert_eq!(broken().await, ["earning_return"]);
        stage.without_check("payee", "ck_payee_two_people").await;
        stage.tamper("UPDATE payee SET decided_by = changed_by WHERE state = 'approved'").await.unwrap();
        assert_eq!(broken().await, ["payee_two_hands", "earning_return"]);
        stage.without_check("payee", "ck_payee_check_reason").await;
        stage.tamper("UPDATE payee SET name_check = 'differs' WHERE state = 'approved'").await.unwrap();
        assert_eq!(broken().await, ["payee_two_hands", "earning_return", "payee_name"]);
        stage.tamper("DROP INDEX ux_payee_current").await.unwrap();
        stage.tamper("UPDATE payee SET state = 'approved', ended_at = NULL WHERE state = 'ended'").await.unwrap();
        assert_eq!(broken().await, ["payee_two_hands", "payee_current", "earning_return", "payee_name"]);
    }

    async fn another_account_replaces_the_first_and_rests_two_days(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        for account in [SHEBA, OTHER] {
            let payee = propose(&stage, id, account).await;
            let approve = ApprovePayee { id: payee, name_check: NameCheck::Matches, reason: None };
            stage.write(&stage.bob, approve).await.unwrap();
        }
        let mut conn = bench.db.read().await.unwrap();
        let kept = history(&mut conn, id).await.unwrap();
        let states: Vec<PayeeState> = kept.iter().map(|payee| payee.state).collect();
        assert_eq!(states, [PayeeState::Approved, PayeeState::Ended]);
        let now = current(&mut conn, id).await.unwrap().unwrap();
        assert!(!now.is_payable_at(testing::NOW));
        assert!(now.is_payable_at(testing::NOW.plus_days(2)));
    }

    async fn a_counter_needs_no_account_and_an_account_needs_a_right_sheba(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "رضا", None).await;
        let alice = Some(&stage.alice);
        for wrong in ["", "IR82", "IR820540102680020817909003", "<b>"] {
            let fields = [("kind", "own_account"), ("sheba", wrong)];
            let refused = stage.post(alice, &path(id, "/payee"), &fields).await;
            assert_eq!(refused.status, 422, "{wrong}");
        }
        let done = stage.post(alice, &path(id, "/payee"), &[("kind", "counter")]).await;
        assert_eq!(done.status, 303);
        let page = stage.get(alice, &path(id, "/payee")).await;
        assert!(page.body.contains("نقد در باجه"));
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let charlie = Some(&stage.charlie);
        assert_eq!(stage.get(charlie, &path(id, "/payee")).await.status, 404);
        assert_eq!(stage.post(charlie, &path(id, "/payee"), &[("kind", "counter")]).await.status, 404);
    }

    async fn the_list_shows_what_ones_own_body_proposed(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, handle) = contact(&stage, "مریم", None).await;
        propose(&stage, id, SHEBA).await;
        let bobs = stage.get(Some(&stage.bob), "/payees").await;
        assert!(bobs.body.contains("مریم نمونه") && bobs.body.contains("9002"));
        assert!(!bobs.body.contains("820540102680020817909002"), "{handle}");
        assert_eq!(web::inspect::faults(&bobs.body), Vec::<String>::new());
        let charlies = stage.get(Some(&stage.charlie), "/payees").await;
        assert!(charlies.status == 200 && !charlies.body.contains("مریم"));
        let list = stage.get(Some(&stage.bob), "/api/v1/payees").await.json();
        assert_eq!(list["items"][0]["sheba_last4"], "9002");
    }

    async fn machines_propose_and_decide_alike(bench: Bench) {
        let stage = stage(&bench).await;
        let (id, _) = contact(&stage, "مریم", None).await;
        let address = format!("/api/v1/contacts/{id}/payees");
        let payee = uuid::Uuid::now_v7();
        let body = json!({ "id": payee, "kind": "own_account", "sheba": SHEBA });
        let first = stage.send_json(Some(&stage.alice), "POST", &address, &body).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let again = stage.send_json(Some(&stage.alice), "POST", &address, &body).await;
        assert_eq!(again.status, 200, "{}", again.body);
        let other = json!({ "id": payee, "kind": "own_account", "sheba": OTHER });
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", &address, &other).await.status, 422);
        let bare = json!({ "id": uuid::Uuid::now_v7(), "kind": "own_account" });
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", &address, &bare).await.status, 422);
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", &address, &body).await.status, 404);
        let approval = format!("/api/v1/payees/{payee}/approval");
        let body = json!({ "id": uuid::Uuid::now_v7(), "name_check": "matches" });
        assert_eq!(stage.send_json(Some(&stage.alice), "POST", &approval, &body).await.status, 403);
        let body = json!({ "id": uuid::Uuid::now_v7(), "name_check": "matches" });
        assert_eq!(stage.send_json(Some(&stage.charlie), "POST", &approval, &body).await.status, 404);
        let body = json!({ "id": uuid::Uuid::now_v7(), "name_check": "matches" });
        assert_eq!(stage.send_json(Some(&stage.bob), "POST", &approval, &body).await.status, 200);
        let refusal = format!("/api/v1/payees/{payee}/refusal");
        let late = json!({ "id": uuid::Uuid::now_v7() });
        assert_eq!(stage.send_json(Some(&stage.bob), "POST", &refusal, &late).await.status, 409);
    }
}
