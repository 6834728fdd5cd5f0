use std::collections::BTreeMap;

use db::{Conn, FromRow, Result, Value, sql};
use persian::Date;
use uuid::Uuid;

use super::{Blockage, CaseInStage, Months, StageFigures, Turn};

#[derive(FromRow)]
struct Target {
    stage: String,
    target_days: i64,
}

#[derive(FromRow)]
struct Count {
    stage: String,
    people: i64,
    stuck: i64,
}

async fn targets(conn: &mut Conn) -> Result<Vec<Target>> {
    sql("SELECT stage, target_days FROM chain_stage ORDER BY position")
        .all(conn)
        .await
}

/// The last day on which somebody may have entered and be longer here than the target.
fn cut_off(today: Date, target_days: i64) -> Date {
    today
        .checked_sub_signed(chrono::TimeDelta::days(target_days))
        .unwrap_or(today)
}

/// «Longer in its stage than the target» as a condition on `case_card c`, from parameter `first`.
fn stuck(targets: &[Target], first: usize, today: Date) -> (String, Vec<Value>) {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        let number = first + 2 * place;
        parts.push(format!(
            "(c.stage = ${number} AND c.stage_since < ${})",
            number + 1
        ));
        values.push(Value::from(&target.stage));
        values.push(cut_off(today, target.target_days).into());
    }
    if parts.is_empty() {
        ("FALSE".to_owned(), values)
    } else {
        (format!("({})", parts.join(" OR ")), values)
    }
}

/// Every stage of the chain on a day, in order. Closed cases are in no stage.
pub async fn stages(conn: &mut Conn, months: &Months, today: Date) -> Result<Vec<StageFigures>> {
    let targets = targets(conn).await?;
    let (is_stuck, values) = stuck(&targets, 1, today);
    let counts: Vec<Count> = sql(format!(
        "SELECT c.stage, count(*) AS people,
         CAST(sum(CASE WHEN {is_stuck} THEN 1 ELSE 0 END) AS bigint) AS stuck
         FROM case_card c WHERE c.state <> 'closed' GROUP BY c.stage"
    ))
    .bind_all(values)
    .all(conn)
    .await?;
    let medians = medians(conn).await?;
    let mut turns = turns(conn, &targets, today).await?;
    let find = |stage: &str| counts.iter().find(|count| count.stage == stage);
    Ok(targets
        .into_iter()
        .map(|target| {
            let count = find(&target.stage);
            StageFigures {
                people: Some(count.map_or(0, |count| count.people)),
                entered: Some(months.this(&target.stage)),
                stuck: Some(count.map_or(0, |count| count.stuck)),
                median_days: medians
                    .get(&target.stage)
                    .map(|since| (today - *since).num_days()),
                turn: turns.remove(&target.stage),
                target_days: target.target_days,
                stage: target.stage,
            }
        })
        .collect())
}

/// Per stage the day in the middle: half of its people came later.
async fn medians(conn: &mut Conn) -> Result<BTreeMap<String, Date>> {
    let rows = sql(
        "SELECT x.stage, x.stage_since FROM (SELECT c.stage, c.stage_since,
         row_number() OVER (PARTITION BY c.stage ORDER BY c.stage_since DESC, c.id) AS place,
         count(*) OVER (PARTITION BY c.stage) AS total FROM case_card c WHERE c.state <> 'closed') x
         WHERE x.place = (x.total + 1) / 2",
    )
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("stage")?, row.get("stage_since")?)))
        .collect()
}

/// Per stage the body most stuck cases wait for: in referral the receiver of late legs, elsewhere
/// the body that carries the case.
async fn turns(conn: &mut Conn, targets: &[Target], today: Date) -> Result<BTreeMap<String, Turn>> {
    let (is_stuck, values) = stuck(targets, 1, today);
    let rows = sql(format!(
        "SELECT c.stage, o.name_fa AS body_fa, o.name_en AS body_en, count(*) AS waiting
         FROM case_card c JOIN organization_card o ON o.id = c.organization_id
         WHERE c.state <> 'closed' AND c.stage <> 'referral' AND {is_stuck}
         GROUP BY c.stage, o.id, o.name_fa, o.name_en ORDER BY waiting DESC, o.name_en"
    ))
    .bind_all(values)
    .rows(conn)
    .await?;
    let mut turns = BTreeMap::new();
    for row in &rows {
        turns
            .entry(row.get("stage")?)
            .or_insert(Turn::from_row(row)?);
    }
    let receiver: Option<Turn> = sql(
        "SELECT o.name_fa AS body_fa, o.name_en AS body_en, count(*) AS waiting
         FROM leg_card l JOIN case_card c ON c.id = l.case_id
         JOIN organization_card o ON o.id = l.organization_id
         WHERE l.owed_on < $1 AND c.stage = 'referral' AND c.state <> 'closed'
         GROUP BY o.id, o.name_fa, o.name_en ORDER BY waiting DESC, o.name_en LIMIT 1",
    )
    .bind(today)
    .optional(conn)
    .await?;
    turns.extend(receiver.map(|turn| ("referral".to_owned(), turn)));
    Ok(turns)
}

/// The worst blockages: late legs, the latest first.
pub async fn blockages(conn: &mut Conn, today: Date, most: i64) -> Result<Vec<Blockage>> {
    sql(
        "SELECT l.number, w.name_fa AS owner_fa, w.name_en AS owner_en,
         o.name_fa AS body_fa, o.name_en AS body_en, l.due_on
         FROM leg_card l JOIN organization_card o ON o.id = l.organization_id
         JOIN organization_card w ON w.id = l.sender_id
         WHERE l.owed_on < $1 ORDER BY l.due_on, l.id LIMIT $2",
    )
    .bind(today)
    .bind(most)
    .all(conn)
    .await
}

/// The cases of a stage by id, after one of them; only those longer there than the target when
/// asked. Not found for an unknown stage.
pub async fn cases_in(
    conn: &mut Conn,
    stage: &str,
    only_stuck: bool,
    today: Date,
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<CaseInStage>> {
    let target: Target = sql("SELECT stage, target_days FROM chain_stage WHERE stage = $1")
        .bind(stage)
        .one(conn)
        .await?;
    // Nobody has entered after today, so the first day after it leaves nobody out.
    let until = cut_off(today, if only_stuck { target.target_days } else { -1 });
    sql("SELECT c.id, c.code, c.stage_since FROM case_card c
         WHERE c.stage = $1 AND c.state <> 'closed' AND c.id > $2 AND c.stage_since < $4
         ORDER BY c.id LIMIT $3")
    .bind(stage)
    .bind(after.unwrap_or(Uuid::nil()))
    .bind(most)
    .bind(until)
    .all(conn)
    .await
}
