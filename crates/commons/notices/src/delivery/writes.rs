//! What becomes of a notice, as commands.

use db::{Result, Tx, Write, sql};
use persian::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::notices::{NoticeState, NoticeWay, queries};
use crate::texts;

/// How often the provider is asked what became of a message.
const ROUNDS: i64 = 5;

/// Leaves a notice for the morning.
#[derive(Serialize)]
pub(super) struct Postpone {
    pub id: Uuid,
    pub until: Timestamp,
}

impl Write for Postpone {
    const NAME: &'static str = "postpone_notice";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE notice SET send_at = $2 WHERE id = $1 AND state = 'waiting'")
            .bind(self.id)
            .bind(self.until)
            .execute(tx)
            .await?;
        queries::enqueue(
            tx,
            self.id,
            self.until,
            format!("notice:{}:{}", self.id, self.until),
        )
        .await
    }
}

/// Counts a try before it is made; gives its number.
#[derive(Serialize)]
pub(super) struct StartTry {
    pub id: Uuid,
}

impl Write for StartTry {
    const NAME: &'static str = "start_notice_try";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        sql("UPDATE notice SET tries = tries + 1 WHERE id = $1 RETURNING tries AS value")
            .bind(self.id)
            .scalar(tx)
            .await
    }
}

/// The provider has it. Codes and links leave the row; the provider is asked later.
#[derive(Serialize)]
pub(super) struct MarkSent {
    pub id: Uuid,
    pub way: NoticeWay,
    pub parts: i64,
    pub last4: String,
    pub provider_id: String,
    pub state: i64,
    pub cost: i64,
}

impl Write for MarkSent {
    const NAME: &'static str = "mark_notice_sent";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let Some(kept) = queries::find(tx, self.id).await? else {
            return Ok(());
        };
        let sent = sql(
            "UPDATE notice SET state = 'sent', channel = $2, parts = $3, phone_last4 = $4,
             provider_id = $5, provider_state = $6, cost = $7, sent_at = $8, fault = NULL, args = $9
             WHERE id = $1 AND state = 'waiting'",
        )
        .bind(self.id)
        .bind(self.way)
        .bind(self.parts)
        .bind(&self.last4)
        .bind(&self.provider_id)
        .bind(self.state)
        .bind(self.cost)
        .bind(tx.now())
        .bind(texts::blanked(&kept.args))
        .execute(tx)
        .await?;
        if sent == 1 {
            ask_later(tx, self.id, 0).await
        } else {
            Ok(())
        }
    }
}

/// It is not tried again.
#[derive(Serialize)]
pub(super) struct Fail {
    id: Uuid,
    state: NoticeState,
    fault: Option<String>,
}

impl Fail {
    /// There is nobody to send it to or by.
    pub(super) fn without_channel(id: Uuid) -> Self {
        Self {
            id,
            state: NoticeState::NoChannel,
            fault: None,
        }
    }

    /// It failed for this reason.
    pub(super) fn because(id: Uuid, fault: impl Into<String>) -> Self {
        Self {
            id,
            state: NoticeState::Failed,
            fault: Some(fault.into()),
        }
    }
}

impl Write for Fail {
    const NAME: &'static str = "fail_notice";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("UPDATE notice SET state = $2, fault = $3, ended_at = $4
             WHERE id = $1 AND state IN ('waiting', 'sent')")
        .bind(self.id)
        .bind(self.state)
        .bind(self.fault.clone())
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}

/// What the provider says became of a message it took.
#[derive(Serialize)]
pub(super) struct Mark {
    pub id: Uuid,
    pub state: i64,
    pub round: i64,
}

impl Write for Mark {
    const NAME: &'static str = "mark_notice_state";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        match self.state {
            10 => sql(
                "UPDATE notice SET state = 'delivered', provider_state = $2, ended_at = $3
                       WHERE id = $1 AND state = 'sent'",
            )
            .bind(self.id)
            .bind(self.state)
            .bind(tx.now())
            .execute(tx)
            .await
            .map(drop),
            // Failed, not delivered, cancelled, blocked by the receiver, unknown to them.
            6 | 11 | 13 | 14 | 100 => {
                Fail::because(self.id, format!("state_{}", self.state))
                    .run(tx)
                    .await
            }
            _ if self.round + 1 < ROUNDS => ask_later(tx, self.id, self.round + 1).await,
            _ => Ok(()),
        }
    }
}

/// Asks after a minute, then four, sixteen, …
async fn ask_later(tx: &mut Tx, id: Uuid, round: i64) -> Result<()> {
    let job = jobs::Job {
        kind: "ask_notice_state",
        payload: serde_json::json!({ "notice": id, "round": round }),
        run_at: tx.now().plus_seconds(60 << (2 * round.clamp(0, 8))),
        once_key: Some(format!("notice-state:{id}:{round}")),
    };
    jobs::enqueue(tx, job).await
}
