use access::Viewer;
use db::{Conn, Result, Tx, Value, sql};
use uuid::Uuid;

use super::{EndPilot, Pilot, PilotId, StartPilot};
use crate::needs::NeedId;
use crate::offers::Offer;

const COLUMNS: &str = "SELECT t.id, t.need_id, t.offer_id, t.organization_id, t.state, t.started_on, \
     t.ends_on, t.ended_on, t.measure, t.unit, t.baseline, t.goal, t.outcome, t.result, t.description FROM pilot t";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The pilot of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: PilotId) -> Result<Pilot> {
    sql(format!("{COLUMNS} WHERE t.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// What a viewer may see: staff every pilot, a company its own.
fn visible(viewer: &Viewer, first: usize) -> (String, Vec<Value>) {
    if !crate::is_company(viewer) {
        return ("TRUE".to_owned(), Vec::new());
    }
    let bodies = viewer.bodies_as(crate::OFFER_MAKE.roles);
    if bodies.is_empty() {
        return ("FALSE".to_owned(), Vec::new());
    }
    let marks: Vec<String> = (first..first + bodies.len())
        .map(|n| format!("${n}"))
        .collect();
    let own = format!("t.organization_id IN ({})", marks.join(", "));
    (own, bodies.into_iter().map(Value::from).collect())
}

/// The pilot, when this viewer may see it; [`db::Error::NotFound`] otherwise.
pub async fn get_for(conn: &mut Conn, viewer: &Viewer, id: PilotId) -> Result<Pilot> {
    let (seen, values) = visible(viewer, 2);
    sql(format!("{COLUMNS} WHERE t.id = $1 AND {seen}"))
        .bind(id)
        .bind_all(values)
        .one(conn)
        .await
}

/// A need's pilots that a viewer may see, oldest first.
pub async fn list_of(conn: &mut Conn, viewer: &Viewer, need: NeedId) -> Result<Vec<Pilot>> {
    let (seen, values) = visible(viewer, 2);
    sql(format!(
        "{COLUMNS} WHERE t.need_id = $1 AND {seen} ORDER BY t.id LIMIT 50"
    ))
    .bind(need)
    .bind_all(values)
    .all(conn)
    .await
}

/// The pilots a viewer may see, newest first; one more than [`PAGE`] when there are more.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    before: Option<PilotId>,
    most: i64,
) -> Result<Vec<Pilot>> {
    let (seen, values) = visible(viewer, 3);
    sql(format!(
        "{COLUMNS} WHERE t.id < $1 AND {seen} ORDER BY t.id DESC LIMIT $2"
    ))
    .bind(before.map_or(Uuid::max(), PilotId::get))
    .bind(most)
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &StartPilot, offer: &Offer) -> Result<()> {
    sql("INSERT INTO pilot (id, need_id, offer_id, organization_id, state, started_on, ends_on,
         measure, unit, baseline, goal, description) VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9, $10, '')")
    .bind(new.id)
    .bind(offer.need_id)
    .bind(offer.id)
    .bind(offer.organization_id)
    .bind(new.starts_on)
    .bind(new.ends_on)
    .bind(persian::clean(&new.measure))
    .bind(persian::clean(&new.unit))
    .bind(new.baseline)
    .bind(new.goal)
    .execute(tx)
    .await
    .map(drop)
}

/// Records the result; false when it was recorded before.
pub(super) async fn end(tx: &mut Tx, end: &EndPilot) -> Result<bool> {
    let changed = sql(
        "UPDATE pilot SET state = 'ended', ended_on = $2, result = $3, outcome = $4,
                       description = $5 WHERE id = $1 AND state = 'running'",
    )
    .bind(end.id)
    .bind(tx.today())
    .bind(end.result)
    .bind(end.outcome)
    .bind(persian::clean_lines(&end.description))
    .execute(tx)
    .await?;
    Ok(changed == 1)
}
