use serde::Serialize;

use crate::{Conn, Result, sql};

/// One proof that the operator's `doctor` runs: a rule, how many records it looked at, and
/// those that break it.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The rule's name: `K1`, `S1`, `H1`, `audit_chain`.
    pub code: String,
    /// True when nothing is at fault.
    pub ok: bool,
    /// Records looked at.
    pub checked: i64,
    /// The records at fault, at most a hundred.
    pub faults: Vec<Fault>,
}

/// A record that breaks a rule.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// Kind and id: `lot:…`.
    pub record: String,
    /// What is wrong with it; never personal facts.
    pub detail: String,
}

/// A rule that SQL can prove: its code, the kind of record it speaks of, how many records are
/// looked at (`SELECT count(*) AS value …`), and which break it (`record`, a uuid, and `detail`).
pub type Rule = (&'static str, &'static str, &'static str, &'static str);

/// Proves rules one after the other.
pub async fn prove(conn: &mut Conn, rules: &[Rule]) -> Result<Vec<Check>> {
    let mut checks = Vec::with_capacity(rules.len());
    for (code, kind, count, faulty) in rules {
        checks.push(Check::by_sql(conn, code, kind, count, faulty).await?);
    }
    Ok(checks)
}

impl Check {
    /// A check with its result.
    pub fn new(code: &str, checked: i64, faults: Vec<Fault>) -> Self {
        Self {
            code: code.to_owned(),
            ok: faults.is_empty(),
            checked,
            faults,
        }
    }

    /// A check in SQL: `count` gives the records looked at as `value`; `faulty` gives rows with
    /// `record` (its id; a text where a total has none) and `detail` (text) of those that break
    /// the rule.
    async fn by_sql(
        conn: &mut Conn,
        code: &str,
        kind: &str,
        count: &'static str,
        faulty: &'static str,
    ) -> Result<Self> {
        let checked: i64 = sql(count).scalar(conn).await?;
        let rows = sql(format!("{faulty} LIMIT 100")).rows(conn).await?;
        let mut faults = Vec::with_capacity(rows.len());
        for row in rows {
            let record = match row.get::<uuid::Uuid>("record") {
                Ok(id) => id.to_string(),
                Err(_) => row.get("record")?,
            };
            faults.push(Fault {
                record: format!("{kind}:{record}"),
                detail: row.get("detail")?,
            });
        }
        Ok(Self::new(code, checked, faults))
    }
}
