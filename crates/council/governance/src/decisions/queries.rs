use db::{Conn, Result, sql};
use uuid::Uuid;

use super::{CaseDecisionId, Decision};
use crate::resolutions::ResolutionId;

const COLUMNS: &str = "SELECT d.id, d.resolution_id, d.case_code, d.opens, d.service_id, coalesce(b.name_fa, '') AS budget_fa,
     coalesce(b.name_en, '') AS budget_en, d.name, d.quantity, d.unit_cost, d.state, d.opened, d.refusal,
     d.carried_at, EXISTS (SELECT 1 FROM leg_card l WHERE l.id = d.id) AS is_sent
     FROM case_decision d LEFT JOIN budget_line_card b ON b.id = d.budget_line_id";

/// What a resolution decides about a case. Whoever may not open lists of cases is told neither its
/// code nor the number of what was opened.
pub(crate) async fn of_resolution(
    conn: &mut Conn,
    id: ResolutionId,
    may_list: bool,
) -> Result<Option<Decision>> {
    let found: Option<Decision> = sql(format!("{COLUMNS} WHERE d.resolution_id = $1"))
        .bind(id)
        .optional(conn)
        .await?;
    Ok(found.map(|one| match may_list {
        true => one,
        false => Decision {
            case_code: String::new(),
            opened: None,
            ..one
        },
    }))
}

/// One decision, whoever asks.
pub(super) async fn get(conn: &mut Conn, id: CaseDecisionId) -> Result<Decision> {
    sql(format!("{COLUMNS} WHERE d.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Lines of the budget a decision may draw on: id and names.
pub(super) async fn budget_lines(conn: &mut Conn) -> Result<Vec<(Uuid, String, String)>> {
    let rows = sql("SELECT id, name_fa, name_en FROM budget_line_card ORDER BY code")
        .rows(conn)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("name_fa")?, row.get("name_en")?)))
        .collect()
}
