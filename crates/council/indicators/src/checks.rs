//! Proofs over a whole city: a figure is the list it opens, and what was published stays.

use db::{Check, Conn, Fault, Result, Rule, prove};
use persian::Date;

use crate::figures::{Breakdown, CODES, Measure, breakdowns, cells, list, measure, number};

/// G1 and G2.
pub async fn checks(conn: &mut Conn, today: Date) -> Result<Vec<Check>> {
    let mut checks = vec![lists(conn, today).await?];
    checks.extend(prove(conn, RULES).await?);
    Ok(checks)
}

const RULES: &[Rule] = &[(
    "G2",
    "indicator_value",
    "SELECT count(*) AS value FROM indicator_value",
    "SELECT v.id AS record, 'it corrects another figure, or nothing says why' AS detail FROM indicator_value v
     JOIN indicator_value o ON o.id = v.corrects_id
     WHERE o.code <> v.code OR o.region <> v.region OR o.as_of <> v.as_of OR v.reason = '' OR o.taken_at > v.taken_at",
)];

/// Rows of a list read at once.
const CHUNK: i64 = 1_000;

/// G1: each figure equals what the rows of its list and the cells of each breakdown add up to. A
/// median is that of its rows, a ratio that of its sums.
async fn lists(conn: &mut Conn, today: Date) -> Result<Check> {
    let mut faults = Vec::new();
    for code in CODES {
        let shown = number(conn, code, today).await?;
        let (mut amounts, mut wholes, mut rows, mut last) = (Vec::new(), 0_i64, 0_i64, None);
        loop {
            let some = list(conn, code, today, last.as_ref(), CHUNK).await?;
            let Some(end) = some.last() else { break };
            last = Some(end.place());
            rows += i64::try_from(some.len()).unwrap_or_default();
            amounts.extend(some.iter().map(|item| item.amount));
            wholes += some.iter().filter_map(|item| item.whole).sum::<i64>();
        }
        let measure = measure(code)?;
        let counted = match measure {
            Measure::Count => Some(rows),
            Measure::Sum => Some(amounts.iter().sum()),
            Measure::Ratio(scale) => {
                let sum: i64 = amounts.iter().sum();
                sum.checked_mul(scale)
                    .and_then(|sum| sum.checked_div(wholes))
            }
            Measure::MedianDays | Measure::MedianOfInstants => {
                amounts.sort_unstable();
                let middle = amounts.len().saturating_sub(1) / 2;
                amounts.get(middle).copied()
            }
        };
        if counted != shown {
            faults.push(fault(code, "it is not what its list adds up to"));
        }
        let is_median = matches!(measure, Measure::MedianDays | Measure::MedianOfInstants);
        let sum = if is_median { 0 } else { amounts.iter().sum() };
        for breakdown in breakdowns(code)? {
            // Months before the first are in no cell.
            if breakdown == Breakdown::Month {
                continue;
            }
            let mut parts = [0_i64; 3];
            for cell in cells(conn, code, breakdown, today).await? {
                for (part, of_cell) in parts.iter_mut().zip(cell.parts) {
                    *part += of_cell;
                }
            }
            if parts != [rows, sum, wholes] {
                faults.push(fault(
                    code,
                    &format!("its cells by {} do not hold its list", breakdown.as_str()),
                ));
            }
        }
    }
    let checked = i64::try_from(CODES.len()).unwrap_or_default();
    Ok(Check::new("G1", checked, faults))
}

fn fault(code: &str, detail: &str) -> Fault {
    Fault {
        record: format!("figure:{code}"),
        detail: detail.into(),
    }
}
