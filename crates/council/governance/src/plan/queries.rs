use std::collections::BTreeMap;

use db::{Conn, FromRow, Query, Result, sql};
use persian::{Date, Lang};

use super::{
    Action, ActionId, ActionRecord, Budget, Commitment, Launch, Milestone, MilestoneId, Need,
    Programme, Space, Target, action_state, launches, spaces, waiting,
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
    whole(conn, "(r.id = $1 OR r.parent_id = $1)", id.into(), today).await
}

/// All actions of an ordinance's programmes, with their state on a day.
pub async fn list_of_ordinance(
    conn: &mut Conn,
    id: OrdinanceId,
    today: Date,
) -> Result<Vec<Action>> {
    whole(conn, "r.ordinance_id = $1", id.into(), today).await
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

/// Actions with all that belongs to them, and the state that follows from what they wait for.
async fn whole(
    conn: &mut Conn,
    condition: &str,
    value: db::Value,
    today: Date,
) -> Result<Vec<Action>> {
    let mut actions = load(conn, condition, value.clone(), today).await?;
    let among = "FROM action a JOIN article r ON r.id = a.article_id";
    let asked = |text: String| -> Query { sql(text).bind(value.clone()) };
    let targets: Vec<Target> = asked(format!(
        "SELECT t.action_id, t.year, t.quantity, t.unit_fa, t.unit_en, t.indicator_code {among}
         JOIN action_target t ON t.action_id = a.id WHERE {condition} ORDER BY t.year, t.unit_fa"
    ))
    .all(conn)
    .await?;
    let budgets: Vec<Budget> = asked(format!(
        "SELECT b.action_id, b.year, b.line, b.amount {among}
         JOIN action_budget b ON b.action_id = a.id WHERE {condition} ORDER BY b.year, b.line"
    ))
    .all(conn)
    .await?;
    let launches: Vec<Launch> = asked(format!(
        "SELECT {} {among} JOIN launch l ON l.action_id = a.id
         JOIN organization_card o ON o.id = l.organization_id WHERE {condition} ORDER BY l.planned_on, l.id",
        launches::COLUMNS
    ))
    .all(conn)
    .await?;
    let spaces: Vec<Space> = asked(format!(
        "SELECT {} {among} JOIN space_commitment s ON s.action_id = a.id
         JOIN organization_card o ON o.id = s.organization_id WHERE {condition} ORDER BY s.given_from, s.id",
        spaces::COLUMNS
    ))
    .all(conn)
    .await?;
    let pairs = asked(format!(
        "SELECT n.action_id, n.needs_id {among} JOIN action_need n ON n.action_id = a.id WHERE {condition}"
    ))
    .rows(conn)
    .await?;
    let mut pairs_of: Vec<(ActionId, ActionId)> = Vec::with_capacity(pairs.len());
    for row in &pairs {
        pairs_of.push((row.get("action_id")?, row.get("needs_id")?));
    }
    let mut needed: BTreeMap<ActionId, Need> = BTreeMap::new();
    for (_, id) in &pairs_of {
        if !needed.contains_key(id)
            && let Some(action) = load(conn, "a.id = $1", (*id).into(), today).await?.pop()
        {
            needed.insert(*id, need(action));
        }
    }
    let mut names: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for code in targets.iter().filter_map(|one| one.indicator_code.as_ref()) {
        if !names.contains_key(code) {
            let figure = indicators::definition(conn, code).await?;
            let both = [Lang::Fa, Lang::En].map(|lang| figure.name(lang).to_owned());
            names.insert(code.clone(), both);
        }
    }
    for action in &mut actions {
        let id = action.record.id;
        action.figure_names.clone_from(&names);
        action.targets = targets
            .iter()
            .filter(|one| one.action_id == id)
            .cloned()
            .collect();
        action.budgets = budgets
            .iter()
            .filter(|one| one.action_id == id)
            .cloned()
            .collect();
        action.launches = launches
            .iter()
            .filter(|one| one.action_id == id)
            .cloned()
            .collect();
        action.spaces = spaces
            .iter()
            .filter(|one| one.action_id == id)
            .cloned()
            .collect();
        action.needs = pairs_of
            .iter()
            .filter(|(waits, _)| *waits == id)
            .filter_map(|(_, needs)| needed.get(needs).cloned())
            .collect();
        action.needs.sort_by(|one, other| one.code.cmp(&other.code));
        let has_unfinished = action.needs.iter().any(|one| !one.is_finished());
        action.state = waiting(action.state, has_unfinished);
    }
    Ok(actions)
}

fn need(action: Action) -> Need {
    Need {
        id: action.record.id,
        code: action.record.code,
        name_fa: action.record.name_fa,
        name_en: action.record.name_en,
        body_fa: action.record.body_fa,
        body_en: action.record.body_en,
        state: action.state,
    }
}

/// Actions that another may wait for: all of its ordinance but itself.
pub(crate) async fn others(conn: &mut Conn, id: ActionId) -> Result<Vec<ActionRecord>> {
    sql(format!(
        "{RECORD} WHERE a.id <> $1 AND r.ordinance_id = (SELECT q.ordinance_id FROM article q
         JOIN action w ON w.article_id = q.id WHERE w.id = $1) ORDER BY a.code"
    ))
    .bind(id)
    .all(conn)
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
        targets: Vec::new(),
        budgets: Vec::new(),
        needs: Vec::new(),
        launches: Vec::new(),
        spaces: Vec::new(),
        figure_names: BTreeMap::new(),
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
