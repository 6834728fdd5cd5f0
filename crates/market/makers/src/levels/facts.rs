//! What makers did, counted from what the rooms keep.

use std::collections::BTreeMap;

use contacts::ContactId;
use db::{Conn, FromRow, Result, Value, sql};
use persian::{Date, Jalali};

use super::Measure;

/// What one maker did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Measure, i64>);

impl Facts {
    /// How much of a measure.
    pub fn of(&self, measure: Measure) -> i64 {
        self.0.get(&measure).copied().unwrap_or_default()
    }
}

/// Months a steady sale is looked for in.
const MONTHS: i32 = 12;

/// What each counts, as contact and amount; `{only}` narrows it to some makers.
const COUNTED: [(Measure, &str); 3] = [
    (
        Measure::Started,
        "SELECT s.contact_id, CAST(count(*) AS bigint) AS amount FROM (SELECT contact_id FROM home_business
         UNION ALL SELECT contact_id FROM product) s WHERE TRUE {only} GROUP BY s.contact_id",
    ),
    (
        Measure::Approved,
        "SELECT s.contact_id, CAST(count(DISTINCT s.id) AS bigint) AS amount FROM product s
         JOIN product_event e ON e.product_id = s.id AND e.state = 'approved' WHERE TRUE {only}
         GROUP BY s.contact_id",
    ),
    (
        Measure::Helped,
        "SELECT s.helper_id AS contact_id, CAST(count(DISTINCT s.helped_id) AS bigint) AS amount
         FROM maker_help s WHERE TRUE {only} GROUP BY s.helper_id",
    ),
];

#[derive(FromRow)]
struct Count {
    contact_id: ContactId,
    amount: i64,
}

/// `AND column IN ($first, …)` for some makers; nothing for everybody.
fn narrow(only: Option<&[ContactId]>, column: &str, first: usize) -> String {
    let Some(only) = only else {
        return String::new();
    };
    let marks: Vec<String> = (0..only.len())
        .map(|at| format!("${}", at + first))
        .collect();
    format!("AND {column} IN ({})", marks.join(", "))
}

fn values(only: Option<&[ContactId]>) -> impl Iterator<Item = Value> {
    only.unwrap_or_default().iter().copied().map(Value::from)
}

/// The facts of some makers, or of everybody who did anything.
pub(super) async fn all(
    conn: &mut Conn,
    only: Option<&[ContactId]>,
    day: Date,
) -> Result<BTreeMap<ContactId, Facts>> {
    let mut facts: BTreeMap<ContactId, Facts> = BTreeMap::new();
    if only.is_some_and(<[ContactId]>::is_empty) {
        return Ok(facts);
    }
    for (measure, text) in COUNTED {
        let column = match measure {
            Measure::Helped => "s.helper_id",
            _ => "s.contact_id",
        };
        let counts: Vec<Count> = sql(text.replace("{only}", &narrow(only, column, 1)))
            .bind_all(values(only))
            .all(conn)
            .await?;
        for count in counts {
            let own = facts.entry(count.contact_id).or_default();
            own.0.insert(measure, count.amount);
        }
    }
    let this = Jalali::from(day).first_of_month();
    for back in 0..MONTHS {
        let (from, until) = (this.plus_months(-back), this.plus_months(1 - back));
        for contact in sellers(conn, only, from.to_date(), until.to_date()).await? {
            let own = facts.entry(contact).or_default();
            *own.0.entry(Measure::SaleMonths).or_default() += 1;
        }
    }
    Ok(facts)
}

/// Who sold anything from a day up to another, without it.
pub(crate) async fn sellers(
    conn: &mut Conn,
    only: Option<&[ContactId]>,
    from: Date,
    until: Date,
) -> Result<Vec<ContactId>> {
    sql(format!(
        "SELECT DISTINCT contact_id AS value FROM accrual_card
         WHERE kind = 'sale' AND sold_on >= $1 AND sold_on < $2 {}",
        narrow(only, "contact_id", 3)
    ))
    .bind(from)
    .bind(until)
    .bind_all(values(only))
    .scalars(conn)
    .await
}
