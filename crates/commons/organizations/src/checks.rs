//! Proofs over a whole city.

use db::{Check, Conn, Result, Rule, prove};

/// Whoever answers for a body that went into another one is found in one step.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[(
    "merger",
    "organization",
    "SELECT count(*) AS value FROM organization WHERE merged_into_id IS NOT NULL",
    "SELECT o.id AS record, 'it went into a body that went into another one' AS detail FROM organization o
     JOIN organization n ON n.id = o.merged_into_id WHERE n.merged_into_id IS NOT NULL ORDER BY o.id",
)];
