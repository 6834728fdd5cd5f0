use access::grants::{Category, visible};
use access::{Permission, Viewer};
use db::{Conn, FromRow, Result, Value, sql};
use people::PersonId;
use persian::{Date, Timestamp};
use uuid::Uuid;

use super::{Case, CaseId, CaseState, NextAction, Stage, WaitsFor};
use crate::{CASE_READ, PLAN_APPROVE};

const COLUMNS: &str = "SELECT c.id, c.code, c.person_id, c.organization_id, c.owner_id, c.consent_id, \
     c.source, c.state, c.reason_sealed, c.stage, c.stage_since, c.next_action, c.next_action_on, \
     c.waits_for, c.waiting_body, w.name_fa AS waiting_fa, w.name_en AS waiting_en, c.waiting_on, \
     c.opened_on, c.closed_on FROM case_file c LEFT JOIN organization_card w ON w.id = c.waiting_body";

/// The case of this id, whoever asks: for commands and jobs. Pages use [`super::get`].
pub async fn find(conn: &mut Conn, id: CaseId) -> Result<Option<Case>> {
    sql(format!("{COLUMNS} WHERE c.id = $1"))
        .bind(id)
        .optional(conn)
        .await
}

/// The case of a code, whoever asks.
pub async fn find_by_code(conn: &mut Conn, code: &str) -> Result<Option<Case>> {
    sql(format!("{COLUMNS} WHERE c.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// A person's case that is not closed, or else her last one.
pub async fn find_for_person(conn: &mut Conn, person: PersonId) -> Result<Option<Case>> {
    sql(format!(
        "{COLUMNS} WHERE c.person_id = $1
         ORDER BY CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END, c.id DESC LIMIT 1"
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
    /// For whom it waits.
    pub waits_for: Option<WaitsFor>,
    /// The body it waits for, in Persian.
    pub waiting_fa: Option<String>,
    /// In English.
    pub waiting_en: Option<String>,
    /// Whom someone named in words.
    pub waiting_on: Option<String>,
}

const ROW: &str = "SELECT c.id, c.code, c.person_id, p.first_name, p.last_name,
     u.shown_name AS owner_name, c.state, c.stage, c.stage_since, c.next_action, c.next_action_on,
     c.waits_for, w.name_fa AS waiting_fa, w.name_en AS waiting_en, c.waiting_on
     FROM case_file c JOIN person_card p ON p.id = c.person_id
     LEFT JOIN staff_card u ON u.id = c.owner_id
     LEFT JOIN organization_card w ON w.id = c.waiting_body";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The cases a viewer may see, newest first; one more than [`PAGE`] when there are more.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    filter: &Filter,
    most: i64,
) -> Result<Vec<Row>> {
    let mut values: Vec<Value> = vec![
        filter.before.map_or(Uuid::max(), CaseId::get).into(),
        most.into(),
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
    let (seen, grants) = carried(values.len() + 1, &CASE_READ, viewer, now);
    values.extend(grants);
    sql(format!(
        "{ROW} WHERE c.id < $1{conditions} AND {seen} ORDER BY c.id DESC LIMIT $2"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

/// The condition that `c` is a case of a body for which the viewer may do this, and whose person
/// that body may see; its parameters start at `first`.
pub(crate) fn carried(
    first: usize,
    permission: &Permission,
    viewer: &Viewer,
    now: Timestamp,
) -> (String, Vec<Value>) {
    let bodies = viewer.bodies_as(permission.roles);
    if bodies.is_empty() {
        return ("FALSE".to_owned(), Vec::new());
    }
    let marks = marks(first, bodies.len());
    let mut values: Vec<Value> = bodies.into_iter().map(Value::from).collect();
    let next = first + values.len();
    let (seen, grants) = visible("c.person_id", next, viewer, Category::Operational, now);
    values.extend(grants);
    let condition = format!("c.organization_id IN ({marks}) AND {seen}");
    if viewer.emergencies.is_empty() || permission != &CASE_READ {
        return (condition, values);
    }
    // A case of another body, as [`super::get`] opens it.
    let opened = self::marks(first + values.len(), viewer.emergencies.len());
    values.extend(viewer.emergencies.iter().copied().map(Value::from));
    (
        format!("(({condition}) OR c.person_id IN ({opened}))"),
        values,
    )
}

fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    marks.join(", ")
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
    let (seen, grants) = carried(3, &CASE_READ, viewer, now);
    sql(format!(
        "{ROW} WHERE c.owner_id = $1 AND c.state <> 'closed'
         AND (c.next_action_on <= $2 OR c.waits_for IS NOT NULL) AND {seen}
         ORDER BY c.next_action_on, c.id LIMIT 500"
    ))
    .bind(owner)
    .bind(until)
    .bind_all(grants)
    .all(conn)
    .await
}

/// The rest of an owner's cases: due after a day and waiting for nobody, the nearest first; one
/// more than [`PAGE`] when there are more.
pub async fn list_later(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    (owner, from): (Uuid, Date),
    after: Option<CaseId>,
) -> Result<Vec<Row>> {
    let (seen, grants) = carried(5, &CASE_READ, viewer, now);
    let rest = match after {
        Some(_) => {
            "AND (c.next_action_on, c.id) > (SELECT k.next_action_on, k.id FROM case_file k WHERE k.id = $4)"
        }
        None => "AND c.id <> $4",
    };
    sql(format!(
        "{ROW} WHERE c.owner_id = $1 AND c.state <> 'closed' AND c.next_action_on > $2
         AND c.waits_for IS NULL {rest} AND {seen} ORDER BY c.next_action_on, c.id LIMIT $3"
    ))
    .bind(owner)
    .bind(from)
    .bind(PAGE + 1)
    .bind(after.map_or(Uuid::nil(), CaseId::get))
    .bind_all(grants)
    .all(conn)
    .await
}

/// Every case that runs or rests in the bodies the viewer supervises, facilitator by facilitator;
/// one more than [`PAGE`] when there are more.
pub async fn list_centre(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    after: Option<CaseId>,
) -> Result<Vec<Row>> {
    let (seen, grants) = carried(3, &PLAN_APPROVE, viewer, now);
    let place = "coalesce(u.shown_name, ''), coalesce(c.next_action_on, c.opened_on), c.id";
    let rest = match after {
        Some(_) => format!(
            "AND ({place}) > (SELECT coalesce(v.shown_name, ''), coalesce(k.next_action_on, k.opened_on),
             k.id FROM case_file k LEFT JOIN staff_card v ON v.id = k.owner_id WHERE k.id = $2)"
        ),
        None => "AND c.id <> $2".to_owned(),
    };
    sql(format!(
        "{ROW} WHERE c.state <> 'closed' {rest} AND {seen} ORDER BY {place} LIMIT $1"
    ))
    .bind(PAGE + 1)
    .bind(after.map_or(Uuid::nil(), CaseId::get))
    .bind_all(grants)
    .all(conn)
    .await
}

/// Cases of a body whose owner is none of those who carry cases there now: somebody has to take
/// them over. At most 200.
pub async fn list_left(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    body: Uuid,
    members: &[Uuid],
) -> Result<Vec<Row>> {
    let (seen, grants) = carried(2 + members.len(), &PLAN_APPROVE, viewer, now);
    let left = match members.is_empty() {
        true => "TRUE".to_owned(),
        false => format!(
            "(c.owner_id IS NULL OR c.owner_id NOT IN ({}))",
            marks(2, members.len())
        ),
    };
    sql(format!(
        "{ROW} WHERE c.organization_id = $1 AND c.state <> 'closed' AND {left} AND {seen}
         ORDER BY c.next_action_on, c.id LIMIT 200"
    ))
    .bind(body)
    .bind_all(members.iter().map(|id| (*id).into()))
    .bind_all(grants)
    .all(conn)
    .await
}
