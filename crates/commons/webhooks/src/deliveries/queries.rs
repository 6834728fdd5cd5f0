//! SQL of the delivery that pages and commands need; that of sending stands with it.

use db::{Conn, Result, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{Attempt, Delivery, DeliveryState, Fault};
use crate::endpoints::EndpointState;
use crate::sending;

const COLUMNS: &str = "SELECT d.id, d.message_id, m.event_type, d.state, d.attempts, d.next_try_at, \
     d.last_status, d.last_fault, d.made_at, d.ended_at \
     FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id";

/// Writes a delivery and its job. For a disabled endpoint it is given up at once, and can be sent
/// anew when the endpoint is back.
pub(crate) async fn create(
    tx: &mut Tx,
    message: Uuid,
    endpoint: Uuid,
    state: EndpointState,
) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    let is_dead = state == EndpointState::Disabled;
    let stands = if is_dead {
        DeliveryState::Dead
    } else {
        DeliveryState::Waiting
    };
    sql(
        "INSERT INTO webhook_delivery (id, message_id, endpoint_id, state, attempts, tries,
         next_try_at, last_fault, made_at, ended_at) VALUES ($1, $2, $3, $4, 0, 0, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(message)
    .bind(endpoint)
    .bind(stands)
    .bind((!is_dead).then_some(now))
    .bind(is_dead.then_some(Fault::Disabled))
    .bind(now)
    .bind(is_dead.then_some(now))
    .execute(tx)
    .await?;
    if state == EndpointState::Active {
        sending::serve_now(tx, endpoint).await?;
    }
    Ok(())
}

/// Deliveries of an endpoint, newest first, before `before`; of one state or of all.
pub(super) async fn list(
    conn: &mut Conn,
    endpoint: Uuid,
    state: Option<DeliveryState>,
    before: Option<Uuid>,
    most: i64,
) -> Result<Vec<Delivery>> {
    sql(format!(
        "{COLUMNS} WHERE d.endpoint_id = $1 AND d.id < $2 AND ($3 IS NULL OR d.state = $3)
         ORDER BY d.id DESC LIMIT $4"
    ))
    .bind(endpoint)
    .bind(before.unwrap_or(Uuid::max()))
    .bind(state)
    .bind(most)
    .all(conn)
    .await
}

/// One delivery of an endpoint.
pub(super) async fn get(conn: &mut Conn, endpoint: Uuid, id: Uuid) -> Result<Delivery> {
    sql(format!("{COLUMNS} WHERE d.endpoint_id = $1 AND d.id = $2"))
        .bind(endpoint)
        .bind(id)
        .one(conn)
        .await
}

/// The bytes of a message.
pub(super) async fn body(conn: &mut Conn, message: Uuid) -> Result<String> {
    sql("SELECT body_json AS value FROM webhook_message WHERE id = $1")
        .bind(message)
        .scalar(conn)
        .await
}

/// What came of each attempt, first to last.
pub(super) async fn attempts(conn: &mut Conn, delivery: Uuid) -> Result<Vec<Attempt>> {
    sql("SELECT number, status, fault, made_at FROM webhook_attempt
         WHERE delivery_id = $1 ORDER BY number")
    .bind(delivery)
    .all(conn)
    .await
}

const ANEW: &str = "UPDATE webhook_delivery SET state = 'waiting', tries = 0, next_try_at = $2, \
     leased_until = NULL, ended_at = NULL";

/// Makes one delivery wait anew; false when it waits already.
pub(super) async fn renew(tx: &mut Tx, endpoint: Uuid, id: Uuid) -> Result<bool> {
    let renewed = sql(format!(
        "{ANEW} WHERE endpoint_id = $1 AND id = $3 AND state <> 'waiting'"
    ))
    .bind(endpoint)
    .bind(tx.now())
    .bind(id)
    .execute(tx)
    .await?;
    Ok(renewed == 1)
}

/// Makes all wait anew that failed or were given up and were written since an instant.
pub(super) async fn renew_failed(tx: &mut Tx, endpoint: Uuid, since: Timestamp) -> Result<u64> {
    sql(format!(
        "{ANEW} WHERE endpoint_id = $1 AND state IN ('failed', 'dead') AND made_at >= $3"
    ))
    .bind(endpoint)
    .bind(tx.now())
    .bind(since)
    .execute(tx)
    .await
}
