use std::time::Duration;

use db::Origin;
use testing::both;

use super::wire::{Outcome, post};
use super::writes::Claim;
use super::*;
use crate::deliveries::Fault;
use crate::simulator::Faults;
use crate::tests::{happen, newest, received, simulated, stage};

both! {
    async fn what_a_sender_took_and_never_ended_is_sent_again(bench: Bench) {
        let stage = stage(&bench).await;
        let (endpoint, address) = simulated(&stage, Faults::default()).await;
        happen(&stage).await;
        let claim = Claim { endpoint: endpoint.id };
        let taken = bench.db.write(&Origin::program("test"), claim).await.unwrap();
        assert_eq!(taken.map(|taken| taken.number), Some(1));
        stage.do_jobs().await;
        assert_eq!(received(&address).await.len(), 0, "it is in somebody's hands");
        bench.pass_seconds(60);
        stage.do_jobs().await;
        let delivery = newest(&stage, &endpoint).await;
        assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("delivered"), &json!(2)));
        assert_eq!(received(&address).await[0]["times"], 1);
    }

    async fn a_receiver_is_waited_for_so_long_and_no_longer(bench: Bench) {
        let stage = stage(&bench).await;
        let slow = Faults { slow: 1.0, slow_for: Duration::from_secs(60), ..Faults::default() };
        let (_, address) = simulated(&stage, slow).await;
        let letter = Letter {
            url: format!("{address}/hook"), id: "id".into(), timestamp: 1,
            signatures: String::new(), body: "{}".into(),
        };
        let patience = Duration::from_millis(300);
        let waited = move || post(Reach::WorldAndHere, &letter, patience);
        let outcome = tokio::task::spawn_blocking(waited).await.unwrap();
        assert_eq!(outcome, Outcome { status: None, fault: Some(Fault::Timeout) });
    }
}
