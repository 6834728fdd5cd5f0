use access::{Role, Viewer};
use db::{Conn, FromRow, Keys, Result, Value, sql};
use organizations::OrganizationId;
use persian::Date;
use uuid::Uuid;

use super::help::Told;
use super::{Approach, ApproachId, State};
use crate::APPROACH_READ;
use crate::needs::NeedId;

const COLUMNS: &str = "SELECT a.id, a.kind, a.owner_id, a.supporter_id, a.need_id, n.title AS need_title, \
     a.offer_id, a.help, a.opened_on, a.due_on, a.state, a.ended_on, a.answer \
     FROM approach a LEFT JOIN need n ON n.id = a.need_id";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// What a viewer may see: both sides their own; the secretary all, to see what is late.
fn visible(viewer: &Viewer, first: usize) -> (String, Vec<Value>) {
    if viewer.has(Role::Secretary) {
        return ("TRUE".to_owned(), Vec::new());
    }
    let bodies = viewer.bodies_as(APPROACH_READ.roles);
    if bodies.is_empty() {
        return ("FALSE".to_owned(), Vec::new());
    }
    let marks: Vec<String> = (first..first + bodies.len())
        .map(|n| format!("${n}"))
        .collect();
    let marks = marks.join(", ");
    let own = format!(
        "(a.owner_id IN ({marks}) OR a.supporter_id IN ({marks}) OR n.organization_id IN ({marks}))"
    );
    (own, bodies.into_iter().map(Value::from).collect())
}

/// The approach, when this viewer may see it; [`db::Error::NotFound`] otherwise.
pub async fn get(conn: &mut Conn, viewer: &Viewer, id: ApproachId) -> Result<Approach> {
    let (seen, values) = visible(viewer, 2);
    sql(format!("{COLUMNS} WHERE a.id = $1 AND {seen}"))
        .bind(id)
        .bind_all(values)
        .one(conn)
        .await
}

/// Approaches a viewer may see, the last first: those that wait or those that ended.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    is_waiting: bool,
    before: Option<ApproachId>,
    most: i64,
) -> Result<Vec<Approach>> {
    let (seen, values) = visible(viewer, 3);
    let state = if is_waiting { "=" } else { "<>" };
    sql(format!(
        "{COLUMNS} WHERE a.state {state} 'waiting' AND a.id < $1 AND {seen} ORDER BY a.id DESC LIMIT $2"
    ))
    .bind(before.map_or(Uuid::max(), ApproachId::get))
    .bind(most)
    .bind_all(values)
    .all(conn)
    .await
}

/// All that waits and a viewer may see, the most overdue first.
pub(super) async fn waiting(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Approach>> {
    let (seen, values) = visible(viewer, 1);
    sql(format!(
        "{COLUMNS} WHERE a.state = 'waiting' AND {seen} ORDER BY a.due_on, a.id LIMIT 500"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

/// To whom a need was put, oldest first.
pub(crate) async fn list_of_need(conn: &mut Conn, need: NeedId) -> Result<Vec<Approach>> {
    sql(format!(
        "{COLUMNS} WHERE a.need_id = $1 AND a.kind = 'put' ORDER BY a.id LIMIT 100"
    ))
    .bind(need)
    .all(conn)
    .await
}

/// What a visitor wrote.
pub(super) async fn told(conn: &mut Conn, keys: &Keys, id: ApproachId) -> Result<Option<Told>> {
    let sealed: Option<Vec<u8>> = sql("SELECT told_sealed AS value FROM approach WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let plain = keys
        .open_sealed("approach", "told_sealed", id.get(), &sealed)
        .map_err(db::Error::other)?;
    Ok(Some(serde_json::from_str(&plain)?))
}

/// How much a supporter carries now.
#[derive(FromRow)]
pub(crate) struct Load {
    pub organization_id: OrganizationId,
    pub amount: i64,
}

/// What each supporter carries: needs that wait for its word, and offers that are tried.
pub(crate) async fn loads(conn: &mut Conn) -> Result<Vec<Load>> {
    sql(
        "SELECT x.organization_id, CAST(count(*) AS bigint) AS amount FROM (
           SELECT owner_id AS organization_id FROM approach WHERE kind = 'put' AND state = 'waiting'
           UNION ALL SELECT f.organization_id FROM offer f JOIN need n ON n.id = f.need_id
           WHERE f.state = 'accepted' AND n.state IN ('matched', 'piloting')) x GROUP BY x.organization_id",
    )
    .all(conn)
    .await
}

/// How a supporter answered the last need that was put to it.
#[derive(FromRow)]
pub(crate) struct Answered {
    pub owner_id: OrganizationId,
    pub opened_on: Date,
    pub due_on: Date,
    pub ended_on: Date,
}

/// The answered needs that were put to supporters, oldest first.
pub(crate) async fn answered_puts(conn: &mut Conn) -> Result<Vec<Answered>> {
    sql("SELECT owner_id, opened_on, due_on, ended_on FROM approach
         WHERE kind = 'put' AND state = $1 AND ended_on IS NOT NULL ORDER BY id")
    .bind(State::Answered)
    .all(conn)
    .await
}
