//! One maker taught or helped another.

use access::audit;
use contacts::ContactId;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Nobody helps herself, and both are makers.
pub const HELP_SELF: Reason = Reason::new("help_self", 422);
/// What she did is empty or too long, or lies ahead.
pub const HELP_TEXT: Reason = Reason::new("help_text", 422);

/// Letters that say what was done, at most.
pub const LONGEST: usize = 200;

/// One maker helped another, as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "MakerHelp")]
pub struct Help {
    /// What she did.
    pub what: String,
    /// When.
    pub helped_on: Date,
}

/// Records that one maker helped another.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecordHelp {
    /// Made by the sender.
    pub id: Uuid,
    /// Who helped.
    pub helper: ContactId,
    /// Whom.
    pub helped: ContactId,
    /// What she did.
    pub what: String,
    /// When.
    pub helped_on: Date,
}

impl Write for RecordHelp {
    const NAME: &'static str = "record_maker_help";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let what = persian::clean(&self.what);
        if what.is_empty() || what.chars().count() > LONGEST {
            return HELP_TEXT.at("what");
        }
        if self.helped_on > tx.today() {
            return HELP_TEXT.at("helped_on");
        }
        sql(
            "INSERT INTO maker_help (id, helper_id, helped_id, what, helped_on, recorded_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.helper)
        .bind(self.helped)
        .bind(what)
        .bind(self.helped_on)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_maker_help_other", &HELP_SELF))?;
        let detail = serde_json::json!({ "helper": self.helper, "helped": self.helped });
        let id = Some(self.helper.get());
        audit::record(tx, "maker_helped", "contact", id, detail).await?;
        Ok(self.id)
    }
}

/// How she helped others, newest first; whom is not told.
pub async fn list_of(conn: &mut Conn, helper: ContactId) -> Result<Vec<Help>> {
    sql("SELECT what, helped_on FROM maker_help WHERE helper_id = $1 ORDER BY helped_on DESC, id DESC LIMIT 50")
        .bind(helper)
        .all(conn)
        .await
}
