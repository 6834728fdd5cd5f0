use access::Viewer;
use access::grants::{Category, visible};
use db::{Conn, FromRow, Result, Value, sql};
use people::PersonId;
use persian::{Date, Timestamp};
use uuid::Uuid;

use super::{Case, CaseId, CaseState, NextAction, Stage};

const COLUMNS: &str = "SELECT id, code, person_id, organization_id, owner_id, consent_id, source, \
     state, state_reason, stage, stage_since, next_action, next_action_on, waiting_on, opened_on, \
     closed_on FROM case_file";

/// The case of this id, whoever asks: for commands and jobs. Pages use [`super::get`].
pub async fn find(conn: &mut Conn, id: CaseId) -> Result<Option<Case>> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .optional(conn)
        .await
}

/// A person's case that is not closed, or else her last one.
pub async fn find_for_person(conn: &mut Conn, person: PersonId) -> Result<Option<Case>> {
    sql(format!(
        "{COLUMNS} WHERE person_id = $1
         ORDER BY CASE WHEN state = 'closed' THEN 1 ELSE 0 END, id DESC LIMIT 1"
    ))
    .bind(person)
    .optional(conn)
    .await
}

/// What a list of cases asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only this state.
    pub state: Option<CaseState>,
    /// Only this owner's.
    pub owner: Option<Uuid>,
    /// Cases older than this one.
    pub before: Option<CaseId>,
}

/// A line of a list of cases.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    /// The case.
    pub id: CaseId,
    /// Its code.
    pub code: String,
    /// Whose.
    pub person_id: PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// Who carries it, by name.
    pub owner_name: Option<String>,
    /// Whether it runs.
    pub state: CaseState,
    /// How far.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Date,
    /// What comes next.
    pub next_action: Option<NextAction>,
    /// By when.
    pub next_action_on: Option<Date>,
    /// For whom we wait.
    pub waiting_on: Option<String>,
}

const ROW: &str = "SELECT c.id, c.code, c.person_id, p.first_name, p.last_name,
     u.shown_name AS owner_name, c.state, c.stage, c.stage_since, c.next_action, c.next_action_on,
     c.waiting_on FROM case_file c JOIN person_card p ON p.id = c.person_id
     LEFT JOIN staff_card u ON u.id = c.owner_id";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The cases a viewer may see, newest first; one more than [`PAGE`] when there are more.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    filter: &Filter,
) -> Result<Vec<Row>> {
    let mut values: Vec<Value> = vec![
        filter.before.map_or(Uuid::max(), CaseId::get).into(),
        (PAGE + 1).into(),
    ];
    let mut conditions = String::new();
    let mut add = |column: &str, value: Value, values: &mut Vec<Value>| {
        values.push(value);
        conditions.push_str(&format!(" AND {column} = ${}", values.len()));
    };
    if let Some(stage) = filter.stage {
        add("c.stage", stage.into(), &mut values);
    }
    if let Some(state) = filter.state {
        add("c.state", state.into(), &mut values);
    }
    if let Some(owner) = filter.owner {
        add("c.owner_id", owner.into(), &mut values);
    }
    let (seen, grants) = visible(
        "c.person_id",
        values.len() + 1,
        viewer,
        Category::Operational,
        now,
    );
    values.extend(grants);
    sql(format!(
        "{ROW} WHERE c.id < $1{conditions} AND {seen} ORDER BY c.id DESC LIMIT $2"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

/// An owner's open and resting cases whose next action is due by a day, or that wait on others;
/// the most overdue first.
pub async fn list_due(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    owner: Uuid,
    until: Date,
) -> Result<Vec<Row>> {
    let (seen, grants) = visible("c.person_id", 3, viewer, Category::Operational, now);
    sql(format!(
        "{ROW} WHERE c.owner_id = $1 AND c.state <> 'closed'
         AND (c.next_action_on <= $2 OR c.waiting_on IS NOT NULL) AND {seen}
         ORDER BY c.next_action_on, c.id LIMIT 200"
    ))
    .bind(owner)
    .bind(until)
    .bind_all(grants)
    .all(conn)
    .await
}
