//! What a receiver may know, and how that ends.

use access::grants::{Category, may_see};
use db::Error;
use testing::both;

use super::scene::{NATIONAL_CODE, PHONE, Scene};
use crate::legs::states::State;
use crate::{Answer, AnswerLeg, By, LegId};

both! {
    async fn nothing_is_sent_to_a_body_the_person_did_not_agree_to(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let refused = scene.compose(&scene.health, LegId::new(bench.db.new_id())).await;
        let Err(Error::Refused(refusal)) = refused else { panic!("sent without consent") };
        assert_eq!(refusal.reason.code, "leg_no_consent");
    }

    async fn a_parcel_holds_only_fields_the_consent_covers(bench: Bench) {
        let scene = Scene::open(&bench).await;
        scene.agree(scene.health.id, &[Category::Operational]).await;
        let leg = scene.send_only(&scene.health).await;
        let mut conn = bench.db.read().await.unwrap();
        let parcel = crate::parcels::find(&mut conn, leg).await.unwrap().unwrap();
        assert_eq!(parcel.category, Category::Operational);
        let keys = &scene.stage.city.keys;
        let text = keys.open_sealed("parcel", "content", parcel.id, &parcel.content).unwrap();
        assert!(text.contains("مینا آزمونی") && text.contains(PHONE));
        assert!(!text.contains(NATIONAL_CODE), "the identity was not agreed to");
        let held: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut fields: Vec<&str> = held.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["name", "phone", "region"]);
        assert_eq!(parcel.fields.as_array().unwrap().len(), 3);
        assert!(!String::from_utf8_lossy(&parcel.content).contains("مینا"), "sealed");
        let reply = scene.stage.get(Some(&scene.health.officer), &format!("/desk/{leg}")).await;
        assert!(reply.body.contains("مینا آزمونی"), "{}", reply.body);
        assert!(!reply.body.contains("0499370899") && !reply.body.contains("۰۴۹۹۳۷۰۸۹۹"));
    }

    async fn the_proofs_hold_and_find_a_parcel_beyond_its_consent(bench: Bench) {
        #[derive(serde::Serialize)]
        struct Widen {}
        impl db::Write for Widen {
            const NAME: &'static str = "widen";
            type Out = ();
            async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
                db::sql("UPDATE parcel SET fields = $1")
                    .bind(serde_json::json!(["name", "target_groups"]))
                    .execute(tx)
                    .await
                    .map(drop)
            }
        }
        let scene = Scene::open(&bench).await;
        scene.send(&scene.health).await;
        let checks = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        let codes: Vec<_> = checks.iter().map(|check| (check.code.as_str(), check.ok, check.checked)).collect();
        assert_eq!(codes, [("H2", true, 1), ("H4", true, 0), ("leg_case", true, 1), ("H3", true, 1)]);
        scene.as_program(Widen {}).await.unwrap();
        let checks = crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap();
        assert!(!checks[3].ok && checks[3].faults.len() == 1);
    }

    async fn the_receiver_sees_the_person_while_the_leg_lasts_and_no_longer(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let viewer = access::Viewer {
            who: access::Who::User(scene.health.officer.id),
            roles: vec![(access::Role::PartnerOfficer, scene.health.id.get())],
            ..access::Viewer::nobody()
        };
        let sees = async |category| {
            let mut conn = bench.db.read().await.unwrap();
            let now = bench.db.clock().now();
            may_see(&mut conn, &viewer, scene.person.get(), category, now).await.unwrap()
        };
        assert!(sees(Category::Personal).await && !sees(Category::Sensitive).await);
        let answer = Answer::Decline { code: "outside_area".into() };
        let command = AnswerLeg { leg, answer, by: By::LINK, note: scene.note() };
        scene.as_program(command).await.unwrap();
        assert!(!sees(Category::Operational).await);
        let reply = scene.stage.get(Some(&scene.health.officer), &format!("/desk/{leg}")).await;
        assert_eq!(reply.status, 200);
        assert!(!reply.body.contains("مینا"), "the parcel is closed");
    }

    async fn a_withdrawn_consent_recalls_unanswered_legs_and_closes_parcels(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let both = [Category::Operational, Category::Personal];
        let consent = scene.agree(scene.health.id, &both).await;
        let unanswered = scene.send_only(&scene.health).await;
        let answered = scene.send_only(&scene.health).await;
        let other = scene.send(&scene.training).await;
        let answer = Answer::Accept { appointment_on: None };
        let accept = AnswerLeg { leg: answered, answer, by: By::LINK, note: scene.note() };
        scene.as_program(accept).await.unwrap();
        let recalled = scene.withdraw(consent).await;
        assert_eq!(recalled, 1);
        assert_eq!(scene.state(unanswered).await, State::Withdrawn);
        assert_eq!(scene.state(answered).await, State::Accepted, "its body is told to stop using the facts");
        assert_eq!(scene.state(other).await, State::Sent, "another consent");
        assert_eq!(scene.count("SELECT count(*) AS value FROM parcel WHERE end_reason = 'recalled'").await, 2);
        let reply = scene.stage.get(Some(&scene.health.officer), &format!("/desk/{answered}")).await;
        assert!(!reply.body.contains("مینا"));
    }

    async fn a_consent_withdrawn_between_composing_and_sending_stops_the_leg(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let consent = scene.agree(scene.health.id, &[Category::Operational]).await;
        let leg = LegId::new(bench.db.new_id());
        let command = scene.compose(&scene.health, leg).await.unwrap();
        scene.withdraw(consent).await;
        let sent = scene.stage.write(&scene.stage.alice, command).await;
        assert!(matches!(sent, Err(Error::Refused(refusal)) if refusal.reason.code == "leg_no_consent"));
        assert_eq!(scene.count("SELECT count(*) AS value FROM leg").await, 0, "nothing half written");
    }

    async fn a_case_ends_with_the_last_consent_that_carries_it(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let leg = scene.send(&scene.health).await;
        let mut conn = bench.db.read().await.unwrap();
        let all = access::consents::list(&mut conn, scene.person.get()).await.unwrap();
        drop(conn);
        let consent = all.iter().find(|one| one.purpose == "casework").unwrap().id;
        let path = format!("/consents/{consent}/withdrawal");
        let alice = Some(&scene.stage.alice);
        let asked = scene.stage.get(alice, &path).await;
        assert!(asked.body.contains("پروندهٔ او هم بسته می‌شود"), "{}", asked.body);
        assert_eq!(scene.stage.post(alice, &path, &[]).await.status, 303);
        let case = casework::find(&mut bench.db.read().await.unwrap(), scene.case).await.unwrap().unwrap();
        assert_eq!(case.state, casework::cases::CaseState::Closed);
        assert_eq!(scene.state(leg).await, State::Withdrawn);
        // Again nothing more happens.
        assert_eq!(scene.withdraw(consent).await, 0);
        for check in crate::checks(&mut bench.db.read().await.unwrap()).await.unwrap() {
            assert!(check.ok, "{}", check.code);
        }
    }

    async fn another_consent_to_the_same_carries_the_case_on(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mut conn = bench.db.read().await.unwrap();
        let all = access::consents::list(&mut conn, scene.person.get()).await.unwrap();
        drop(conn);
        let first = all.iter().find(|one| one.purpose == "casework").unwrap();
        let again = access::consents::NewConsent {
            id: bench.db.new_id(),
            subject_id: first.subject_id,
            purpose: "casework".into(),
            categories: vec![Category::Operational, Category::Personal, Category::Sensitive],
            bodies: vec![scene.stage.home],
            valid_until: first.valid_until,
            evidence: "signature".into(),
            given_by: None,
        };
        scene.stage.write(&scene.stage.alice, Agreed(again)).await.unwrap();
        scene.withdraw(first.id).await;
        let case = casework::find(&mut bench.db.read().await.unwrap(), scene.case).await.unwrap().unwrap();
        assert_eq!(case.state, casework::cases::CaseState::Open);
    }
}

/// A consent that is recorded again, as when it is renewed.
#[derive(serde::Serialize)]
struct Agreed(access::consents::NewConsent);

impl db::Write for Agreed {
    const NAME: &'static str = "agree_again";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        access::consents::record(tx, &self.0).await
    }
}
