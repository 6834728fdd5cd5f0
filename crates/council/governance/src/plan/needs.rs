//! Which action waits for which: never round in a circle.

use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ActionId, ActionState};

/// The action would wait for itself.
pub const NEED_CIRCLE: Reason = Reason::new("action_need_circle", 409);

/// An action that another one waits for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ActionNeed")]
pub struct Need {
    /// It.
    pub id: ActionId,
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The body whose turn it is, in Persian.
    pub body_fa: String,
    /// The body in English.
    pub body_en: String,
    /// Where it stands.
    pub state: ActionState,
}

impl Need {
    /// True when nothing waits for it any more.
    pub fn is_finished(&self) -> bool {
        matches!(self.state, ActionState::Delivered | ActionState::Proven)
    }
}

/// Says that an action waits for another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddNeed {
    /// The one that waits.
    pub action_id: ActionId,
    /// The one it waits for.
    pub needs_id: ActionId,
}

impl Write for AddNeed {
    const NAME: &'static str = "add_action_need";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        // All programmes are held, so that two cannot close a circle between them.
        sql("UPDATE programme SET code = code").execute(tx).await?;
        let round: i64 = sql(
            "WITH RECURSIVE reach (id) AS (SELECT n.needs_id FROM action_need n WHERE n.action_id = $1
             UNION SELECT n.needs_id FROM action_need n JOIN reach u ON n.action_id = u.id)
             SELECT count(*) AS value FROM reach WHERE id = $2",
        )
        .bind(self.needs_id)
        .bind(self.action_id)
        .scalar(tx)
        .await?;
        if round > 0 {
            return NEED_CIRCLE.at("needs_id");
        }
        sql(
            "INSERT INTO action_need (action_id, needs_id, made_at) VALUES ($1, $2, $3)
             ON CONFLICT (action_id, needs_id) DO NOTHING",
        )
        .bind(self.action_id)
        .bind(self.needs_id)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_action_need_other", &NEED_CIRCLE))?;
        audit::record(
            tx,
            "action_need_added",
            "action",
            Some(self.action_id.get()),
            json!({ "needs": self.needs_id }),
        )
        .await
    }
}
