use db::{Conn, FromRow, Result, sql};
use persian::Date;
use uuid::Uuid;

use super::{Blockage, CaseInStage, Months, StageFigures, Turn};

#[derive(FromRow)]
struct Target {
    stage: String,
    target_days: i64,
}

/// People who came to a stage on a day and are there still.
#[derive(FromRow)]
struct Day {
    stage: String,
    day: Date,
    running: i64,
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

/// Every stage of the chain on a day, in order, from the totals that casework keeps by day of
/// arrival. Closed cases are in no stage.
pub async fn stages(conn: &mut Conn, months: &Months, today: Date) -> Result<Vec<StageFigures>> {
    let days: Vec<Day> = sql(
        "SELECT stage, day, running FROM stage_day_card WHERE running > 0 ORDER BY stage, day DESC",
    )
    .all(conn)
    .await?;
    let mut stages = Vec::new();
    for target in targets(conn).await? {
        let here: Vec<&Day> = days
            .iter()
            .filter(|day| day.stage == target.stage)
            .collect();
        let until = cut_off(today, target.target_days);
        let late = here.iter().filter(|day| day.day < until);
        stages.push(StageFigures {
            people: Some(here.iter().map(|day| day.running).sum()),
            entered: Some(months.this(&target.stage)),
            median_days: median(&here).map(|since| (today - since).num_days()),
            stuck: Some(late.map(|day| day.running).sum()),
            turn: turn(conn, &target.stage, until, today).await?,
            target_days: target.target_days,
            stage: target.stage,
        });
    }
    Ok(stages)
}

/// The day in the middle, the newest first: half of the people came later. None of nobody.
fn median(days: &[&Day]) -> Option<Date> {
    let total: i64 = days.iter().map(|day| day.running).sum();
    let mut before = 0;
    let middle = days.iter().find(|day| {
        before += day.running;
        before >= (total + 1) / 2
    });
    middle.map(|day| day.day)
}

/// The body most stuck cases of a stage wait for: in referral the receiver of most late legs,
/// elsewhere the body that carries the case.
async fn turn(conn: &mut Conn, stage: &str, until: Date, today: Date) -> Result<Option<Turn>> {
    if stage == "referral" {
        return receiver(conn, today).await;
    }
    sql(
        "SELECT o.name_fa AS body_fa, o.name_en AS body_en, w.waiting FROM
         (SELECT b.organization_id, CAST(sum(b.running) AS bigint) AS waiting FROM stage_body_card b
          WHERE b.stage = $1 AND b.day < $2 GROUP BY b.organization_id) w
         JOIN organization_card o ON o.id = w.organization_id
         ORDER BY w.waiting DESC, o.name_en, o.id LIMIT 1",
    )
    .bind(stage)
    .bind(until)
    .optional(conn)
    .await
}

/// The body that owes an answer or a review on most legs.
async fn receiver(conn: &mut Conn, today: Date) -> Result<Option<Turn>> {
    sql(format!(
        "SELECT o.name_fa AS body_fa, o.name_en AS body_en, w.waiting FROM
         (SELECT l.turn_id, count(*) AS waiting FROM ({LATE}) l GROUP BY l.turn_id) w
         JOIN organization_card o ON o.id = w.turn_id
         ORDER BY w.waiting DESC, o.name_en, o.id LIMIT 1"
    ))
    .bind(today)
    .optional(conn)
    .await
}

/// Late legs before a day ($1): two ways to be late, each found by its own index.
const LATE: &str = "SELECT turn_id FROM leg_card WHERE clock = 'running' AND due_on < $1
     UNION ALL SELECT turn_id FROM leg_card WHERE clock = 'paused' AND review_on < $1";

/// The worst blockages: late legs, the latest first.
pub async fn blockages(conn: &mut Conn, today: Date, most: i64) -> Result<Vec<Blockage>> {
    sql(
        "SELECT l.number, w.name_fa AS owner_fa, w.name_en AS owner_en,
         o.name_fa AS body_fa, o.name_en AS body_en, l.due_on
         FROM (SELECT * FROM (SELECT id, number, sender_id, turn_id, due_on FROM leg_card
                 WHERE clock = 'running' AND due_on < $1 ORDER BY due_on, id LIMIT $2) a
             UNION ALL SELECT * FROM (SELECT id, number, sender_id, turn_id, due_on FROM leg_card
                 WHERE clock = 'paused' AND review_on < $1 ORDER BY due_on, id LIMIT $2) b) l
         JOIN organization_card o ON o.id = l.turn_id
         JOIN organization_card w ON w.id = l.sender_id
         ORDER BY l.due_on, l.id LIMIT $2",
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
