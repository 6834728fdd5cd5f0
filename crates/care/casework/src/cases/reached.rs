//! What rooms that a case's room does not know tell of it: it is written down once and moves the
//! case forward.

use db::{Result, Tx, sql};
use persian::Date;
use serde_json::json;

use super::{CaseId, EventKind, NextAction, Stage, move_stage, record_event, set_next_action};

/// Something happened to her for the first time since her case was opened: the history gets its
/// line, and the case goes on to `stage` unless it is there or further; only then does the next
/// action change. True when it was news. A closed case is left alone.
pub async fn reached(
    tx: &mut Tx,
    case: CaseId,
    what: EventKind,
    stage: Stage,
    next: Option<(NextAction, Date)>,
) -> Result<bool> {
    // The case's row is held, so nobody else takes the same for news meanwhile.
    let running: Option<String> = sql(
        "UPDATE case_file SET code = code WHERE id = $1 AND state <> 'closed' RETURNING state AS value",
    )
    .bind(case)
    .optional_scalar(tx)
    .await?;
    let Some(state) = running else {
        return Ok(false);
    };
    let known: i64 =
        sql("SELECT count(*) AS value FROM case_event WHERE case_id = $1 AND kind = $2")
            .bind(case)
            .bind(what)
            .scalar(tx)
            .await?;
    if known > 0 {
        return Ok(false);
    }
    record_event(tx, case, what, json!({})).await?;
    let is_moved = move_stage(tx, case, stage).await?;
    // A resting case keeps the day on which it is looked at again.
    if let (true, "open", Some((action, on))) = (is_moved, state.as_str(), next) {
        set_next_action(tx, case, action, on, None).await?;
    }
    Ok(true)
}
