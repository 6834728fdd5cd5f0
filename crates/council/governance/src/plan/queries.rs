use std::collections::BTreeMap;

use db::{Conn, FromRow, Query, Result, sql};
use persian::Date;

use super::{
    Action, ActionId, ActionRecord, Commitment, Milestone, MilestoneId, Programme, action_state,
};
use crate::articles::{ArticleId, OrdinanceId};

/// All programmes.
pub async fn list_programmes(conn: &mut Conn) -> Result<Vec<Programme>> {
    sql("SELECT id, ordinance_id, code, name_fa, name_en FROM programme ORDER BY starts_on, code")
        .all(conn)
        .await
}

/// The actions of an article and of the nodes below it, with their state on a day.
pub async fn list_of_article(conn: &mut Conn, id: ArticleId, today: Date) -> Result<Vec<Action>> {
    load(conn, "(r.id = $1 OR r.parent_id = $1)", id.into(), today).await
}

/// All actions of an ordinance's programmes, with their state on a day.
pub async fn list_of_ordinance(
    conn: &mut Conn,
    id: OrdinanceId,
    today: Date,
) -> Result<Vec<Action>> {
    load(conn, "r.ordinance_id = $1", id.into(), today).await
}

const RECORD: &str =
    "SELECT a.id, a.article_id, r.eid, a.code, a.name_fa, a.name_en, a.organization_id,
     o.name_fa AS body_fa, o.name_en AS body_en, a.starts_on, a.due_on
     FROM action a JOIN article r ON r.id = a.article_id
     JOIN organization_card o ON o.id = a.organization_id";

/// What is stored of one action.
pub async fn record(conn: &mut Conn, id: ActionId) -> Result<ActionRecord> {
    sql(format!("{RECORD} WHERE a.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

async fn load(
    conn: &mut Conn,
    condition: &str,
    value: db::Value,
    today: Date,
) -> Result<Vec<Action>> {
    let among = "FROM action a JOIN article r ON r.id = a.article_id";
    let asked = |text: String| -> Query { sql(text).bind(value.clone()) };
    let records: Vec<ActionRecord> = asked(format!("{RECORD} WHERE {condition} ORDER BY a.code"))
        .all(conn)
        .await?;
    let milestones: Vec<MilestoneRow> = asked(format!(
        "SELECT m.id, m.action_id, m.name_fa, m.name_en, m.due_on, m.indicator_code, m.target,
         (SELECT count(*) FROM evidence e WHERE e.milestone_id = m.id) AS given,
         (SELECT count(*) FROM evidence e WHERE e.milestone_id = m.id AND e.verified_at IS NOT NULL) AS verified
         {among} JOIN milestone m ON m.action_id = a.id WHERE {condition} ORDER BY m.position"
    ))
    .all(conn)
    .await?;
    let commitments: Vec<Commitment> = asked(format!(
        "SELECT c.id, c.action_id, o.name_fa AS body_fa, o.name_en AS body_en, c.name_fa, c.name_en,
         c.quantity, c.unit_fa, c.unit_en, c.due_on,
         CAST(coalesce((SELECT sum(e.quantity) FROM evidence e WHERE e.commitment_id = c.id), 0) AS bigint) AS delivered,
         CAST(coalesce((SELECT sum(e.quantity) FROM evidence e WHERE e.commitment_id = c.id
             AND e.verified_at IS NOT NULL), 0) AS bigint) AS verified
         {among} JOIN commitment c ON c.action_id = a.id
         JOIN organization_card o ON o.id = c.organization_id WHERE {condition} ORDER BY c.due_on, c.id"
    ))
    .all(conn)
    .await?;
    let figures = figures(conn, &milestones, today).await?;
    let milestones: Vec<Milestone> = milestones
        .into_iter()
        .map(|row| row.with(&figures))
        .collect();
    Ok(records
        .into_iter()
        .map(|record| assemble(record, &milestones, &commitments, today))
        .collect())
}

fn assemble(
    record: ActionRecord,
    milestones: &[Milestone],
    commitments: &[Commitment],
    today: Date,
) -> Action {
    let id = record.id;
    let milestones: Vec<Milestone> = milestones
        .iter()
        .filter(|m| m.action_id == id)
        .cloned()
        .collect();
    let commitments: Vec<Commitment> = commitments
        .iter()
        .filter(|c| c.action_id == id)
        .cloned()
        .collect();
    let parts: Vec<_> = milestones
        .iter()
        .map(Milestone::part)
        .chain(commitments.iter().map(Commitment::part))
        .collect();
    let state = action_state(record.due_on, &parts, today);
    Action {
        record,
        milestones,
        commitments,
        state,
    }
}

/// Each figure a milestone leans on, counted once.
async fn figures(
    conn: &mut Conn,
    rows: &[MilestoneRow],
    today: Date,
) -> Result<BTreeMap<String, Figure>> {
    let mut figures = BTreeMap::new();
    for code in rows.iter().filter_map(|row| row.indicator_code.as_ref()) {
        if !figures.contains_key(code) {
            let definition = indicators::definition(conn, code).await?;
            let figure = Figure {
                now: indicators::number(conn, code, today)
                    .await?
                    .unwrap_or_default(),
                told: indicators::told(conn, &definition, today, false)
                    .await?
                    .amount,
            };
            figures.insert(code.clone(), figure);
        }
    }
    Ok(figures)
}

/// A figure as it is, and as the plan's readers are told.
#[derive(Clone, Copy)]
struct Figure {
    now: i64,
    told: Option<i64>,
}

#[derive(FromRow)]
struct MilestoneRow {
    id: MilestoneId,
    action_id: ActionId,
    name_fa: String,
    name_en: String,
    due_on: Date,
    indicator_code: Option<String>,
    target: Option<i64>,
    given: i64,
    verified: i64,
}

impl MilestoneRow {
    fn with(self, figures: &BTreeMap<String, Figure>) -> Milestone {
        let figure = self
            .indicator_code
            .as_ref()
            .and_then(|code| figures.get(code).copied());
        Milestone {
            id: self.id,
            action_id: self.action_id,
            name_fa: self.name_fa,
            name_en: self.name_en,
            due_on: self.due_on,
            indicator_code: self.indicator_code,
            target: self.target,
            figure: figure.map(|figure| figure.now),
            told: figure.and_then(|figure| figure.told),
            given: self.given,
            verified: self.verified,
        }
    }
}
