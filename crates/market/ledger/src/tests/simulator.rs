//! The simulated bank, over HTTP as a process would meet it.

use std::net::SocketAddr;

use persian::Timestamp;
use testing::both;

use super::{SHEBA, scene_with_bank};
use crate::bank::{BankFile, Debtor, Order, Profile};
use crate::bank_simulator::{Faults, serve};
use crate::payouts::{Method, PayoutState, ResultStatus};
use money::Rial;

async fn start(faults: Faults) -> String {
    let (tell, told) = tokio::sync::oneshot::channel::<SocketAddr>();
    tokio::spawn(serve("127.0.0.1:0".parse().unwrap(), faults, |address| {
        tell.send(address).unwrap()
    }));
    format!("http://{}", told.await.unwrap())
}

fn file(sheba: &str) -> Vec<u8> {
    let orders = (0..20).map(|at| Order {
        reference: format!("P-1405-0001-{at:05}"),
        amount: Rial::new(5_000),
        name: "گیرنده".into(),
        sheba: sheba.into(),
    });
    let at = Timestamp::from_unix(1_795_420_800);
    let debtor = Debtor {
        name: "شهر".into(),
        sheba: SHEBA.into(),
    };
    let file = BankFile {
        number: "P-1405-0001".into(),
        made_at: at,
        pay_on: at.date(),
        debtor,
        orders: orders.collect(),
    };
    Profile::Paya.write(&file).unwrap()
}

async fn send(base: &str, path: &str, body: Option<Vec<u8>>) -> (u16, Vec<u8>) {
    let address = format!("{base}{path}");
    tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut reply = match body {
            Some(body) => agent.post(address).send(&body[..]).unwrap(),
            None => agent.get(address).call().unwrap(),
        };
        (
            reply.status().as_u16(),
            reply.body_mut().read_to_vec().unwrap(),
        )
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn the_same_file_is_answered_alike() {
    let bank = start(Faults {
        closed_account: 0.5,
        ..Faults::default()
    })
    .await;
    let (status, first) = send(&bank, "/files/paya", Some(file(SHEBA))).await;
    assert_eq!(status, 200);
    assert_eq!(first, send(&bank, "/files/paya", Some(file(SHEBA))).await.1);
    let lines = Profile::Paya.read_result(&first).unwrap();
    let failed = lines
        .iter()
        .filter(|line| line.status == ResultStatus::Failed)
        .count();
    assert!((1..20).contains(&failed), "{failed}");
    let (_, two) = send(&bank, "/files/paya?closed=2", Some(file(SHEBA))).await;
    let two = Profile::Paya.read_result(&two).unwrap();
    assert!(
        two[..2]
            .iter()
            .all(|line| line.status == ResultStatus::Failed)
    );
    assert_eq!(send(&bank, "/files/gold", Some(file(SHEBA))).await.0, 404);
    assert_eq!(send(&bank, "/files/paya", Some(b"x".to_vec())).await.0, 422);
}

#[tokio::test]
async fn late_returns_come_once_and_duplicates_stand_twice() {
    let bank = start(Faults {
        late_return: 1.0,
        duplicate: 1.0,
        ..Faults::default()
    })
    .await;
    let (_, answer) = send(&bank, "/files/paya", Some(file(SHEBA))).await;
    assert_eq!(Profile::Paya.read_result(&answer).unwrap().len(), 40);
    let (_, back) = send(&bank, "/returns/paya", None).await;
    let back = Profile::Paya.read_result(&back).unwrap();
    assert_eq!(back.len(), 20);
    assert!(
        back.iter()
            .all(|line| line.status == ResultStatus::Returned)
    );
    assert_eq!(send(&bank, "/returns/paya", None).await.0, 204);
}

#[tokio::test]
async fn an_account_with_wrong_check_digits_is_not_paid() {
    let bank = start(Faults::default()).await;
    let (_, answer) = send(
        &bank,
        "/files/paya",
        Some(file("IR000000000000000000000000")),
    )
    .await;
    let lines = Profile::Paya.read_result(&answer).unwrap();
    assert!(lines.iter().all(|line| line.status == ResultStatus::Failed));
}

both! {
    async fn a_batch_is_handed_to_the_bank_and_its_answer_read_in_once(bench: Bench) {
        let bank = start(Faults::default()).await.parse().ok();
        let scene = scene_with_bank(&bench, bank).await;
        for name in ["مینا", "نرگس"] {
            let maker = scene.paid_maker(name).await;
            scene.sell(maker, 1_100_000).await;
        }
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        let alice = Some(&scene.stage.alice);
        let bank = format!("/payouts/{batch}/bank");
        // Nothing leaves before the second hand, and never by a stranger's.
        assert_eq!(scene.stage.post(alice, &bank, &[]).await.status, 422);
        scene.approve(batch).await;
        assert_eq!(scene.stage.post(Some(&scene.approver), &bank, &[]).await.status, 403);
        assert!(scene.stage.get(alice, &format!("/payouts/{batch}")).await.body.contains(&bank));
        for _ in 0..2 {
            let reply = scene.stage.post(alice, &bank, &[]).await;
            assert_eq!(reply.status, 303, "{}", reply.body);
        }
        let payouts = scene.payouts(batch).await;
        assert_eq!(payouts.len(), 2);
        assert!(payouts.iter().all(|one| one.state == PayoutState::Confirmed), "{payouts:?}");
        scene.is_whole().await;
    }

    async fn a_bank_that_is_silent_is_asked_again_later(bench: Bench) {
        // A port that nobody listens on any more.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let scene = scene_with_bank(&bench, format!("http://{port}/").parse().ok()).await;
        let maker = scene.paid_maker("مینا").await;
        scene.sell(maker, 1_100_000).await;
        scene.seal().await;
        let batch = scene.prepare(Method::Bank).await;
        scene.approve(batch).await;
        let reply = scene.stage.post(Some(&scene.stage.alice), &format!("/payouts/{batch}/bank"), &[]).await;
        assert!(reply.status == 422 && reply.body.contains("error-summary"), "{}", reply.body);
        assert!(scene.payouts(batch).await.iter().all(|one| one.state == PayoutState::InTransit));
        scene.is_whole().await;
    }
}
