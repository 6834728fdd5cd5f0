//! The drawings of statement and payout, and every act in every state of a batch.

use std::collections::BTreeSet;

use payouts::{BatchState, PayoutState};
use statements::Standing;
use testing::both;

use super::*;

type Arrows = BTreeSet<(String, String, String)>;

fn arrow(from: &str, to: &str, act: &str) -> (String, String, String) {
    (from.to_owned(), to.to_owned(), act.to_owned())
}

#[test]
fn the_drawing_of_a_payout_is_its_steps_and_those_of_its_batch() {
    let drawn = testing::drawing::arrows(include_str!("../../../../../docs/states/payout.md"));
    let mut made: Arrows = PayoutState::STEPS
        .iter()
        .map(|(from, to, act)| arrow(from.as_str(), to.as_str(), act))
        .collect();
    made.insert(arrow("[*]", PayoutState::Drafted.as_str(), "prepare"));
    let batch = |state: BatchState| format!("batch_{state}");
    made.extend(
        BatchState::STEPS
            .iter()
            .map(|(from, to, act)| arrow(&batch(*from), &batch(*to), act)),
    );
    made.insert(arrow("[*]", &batch(BatchState::Drafted), "prepare"));
    assert_eq!(drawn, made);
}

#[test]
fn the_drawing_of_a_statement_follows_from_the_steps_of_its_payout() {
    let drawn = testing::drawing::arrows(include_str!("../../../../../docs/states/statement.md"));
    let standing = |state: PayoutState| Standing::of(Some(state));
    let mut made: Arrows = PayoutState::STEPS
        .iter()
        .map(|(from, to, act)| arrow(standing(*from).as_str(), standing(*to).as_str(), act))
        .collect();
    let sealed = Standing::of(None);
    made.insert(arrow("[*]", sealed.as_str(), "seal"));
    made.insert(arrow(
        sealed.as_str(),
        standing(PayoutState::Drafted).as_str(),
        "prepare",
    ));
    assert_eq!(drawn, made);
}

both! {
    async fn a_batch_takes_the_steps_that_are_drawn_and_no_others(bench: Bench) {
        let scene = scene(&bench).await;
        let maker = scene.paid_maker("مینا").await;
        for state in BatchState::ALL {
            for act in ["approve", "withdraw", "export"] {
                scene.sell(maker, 1_100_000).await;
                scene.seal().await;
                let batch = scene.batch_in(*state).await;
                let done = match act {
                    "approve" => scene.stage.write(&scene.approver, ApprovePayouts { batch }).await,
                    "withdraw" => scene.stage.write(&scene.stage.alice, WithdrawPayouts { batch }).await,
                    _ => scene.stage.write(&scene.stage.alice, ExportPayouts { batch, digest: vec![7] }).await,
                };
                // The same file may be handed out again; that is no step.
                let is_again = act == "export" && matches!(state, BatchState::Exported | BatchState::Reconciled);
                let is_drawn = BatchState::STEPS.iter().any(|step| step.0 == *state && step.2 == act);
                assert_eq!(done.is_ok(), is_drawn || is_again, "{act} when {state}: {done:?}");
                scene.is_whole().await;
                scene.empty(batch).await;
            }
        }
    }
}

impl Scene {
    /// A batch of whatever waits, in a state.
    async fn batch_in(&self, state: BatchState) -> BatchId {
        let batch = self.prepare(Method::Bank).await;
        let (alice, exported) = (
            &self.stage.alice,
            ExportPayouts {
                batch,
                digest: vec![7],
            },
        );
        match state {
            BatchState::Drafted => {}
            BatchState::Withdrawn => {
                self.stage
                    .write(alice, WithdrawPayouts { batch })
                    .await
                    .unwrap();
            }
            BatchState::Approved => self.approve(batch).await,
            BatchState::Exported => {
                self.approve(batch).await;
                self.stage.write(alice, exported).await.unwrap();
            }
            BatchState::Reconciled => {
                self.approve(batch).await;
                self.stage.write(alice, exported).await.unwrap();
                self.all_paid(batch).await;
            }
        }
        batch
    }

    async fn all_paid(&self, batch: BatchId) {
        let lines = self
            .payouts(batch)
            .await
            .into_iter()
            .map(|payout| payouts::ResultLine {
                reference: payout.reference,
                amount: Some(payout.amount),
                status: payouts::ResultStatus::Paid,
                reason: String::new(),
                bank_reference: String::new(),
                day: None,
            });
        let lines = lines.collect();
        self.answer(batch, lines).await;
    }

    /// Brings a batch to its end, whatever state it is in, so that nothing waits.
    async fn empty(&self, batch: BatchId) {
        let alice = &self.stage.alice;
        let _ = self
            .stage
            .write(&self.approver, ApprovePayouts { batch })
            .await;
        let _ = self
            .stage
            .write(
                alice,
                ExportPayouts {
                    batch,
                    digest: vec![7],
                },
            )
            .await;
        let state = payouts::batch(&mut self.stage.city.db.read().await.unwrap(), batch)
            .await
            .unwrap()
            .state;
        if state == BatchState::Exported {
            self.all_paid(batch).await;
        }
    }
}
