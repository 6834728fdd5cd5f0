//! All SQL of the endpoint.

use db::{Conn, Error, Keys, Reason, Result, Tx, Value, sql};
use organizations::OrganizationId;
use persian::Timestamp;
use uuid::Uuid;

use super::{AddEndpoint, Endpoint, EndpointState, OVERLAP};
use crate::EventType;

const COLUMNS: &str = "SELECT id, organization_id, url, event_types, state, secret_made_at, \
     previous_until, dead_since, made_at FROM webhook_endpoint";

/// The endpoint of this id.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Endpoint> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// `$2, $3, …` from `first` on.
fn places(first: usize, values: &[OrganizationId]) -> String {
    let places = (first..first + values.len()).map(|n| format!("${n}"));
    places.collect::<Vec<_>>().join(", ")
}

/// The endpoints of some bodies, or of all, oldest first. There are dozens, not thousands.
pub(super) async fn list(conn: &mut Conn, of: Option<&[OrganizationId]>) -> Result<Vec<Endpoint>> {
    match of {
        None => sql(format!("{COLUMNS} ORDER BY id")).all(conn).await,
        Some([]) => Ok(Vec::new()),
        Some(bodies) => {
            let among = places(1, bodies);
            sql(format!(
                "{COLUMNS} WHERE organization_id IN ({among}) ORDER BY id"
            ))
            .bind_all(bodies.iter().map(|body| Value::from(*body)))
            .all(conn)
            .await
        }
    }
}

/// The endpoints that are to be told of an event of some bodies: theirs, and those of the bodies
/// they have gone into.
pub(crate) async fn told(
    conn: &mut Conn,
    bodies: &[OrganizationId],
    event: EventType,
) -> Result<Vec<(Uuid, EndpointState)>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let among = places(1, bodies);
    let found: Vec<Endpoint> = sql(format!(
        "{COLUMNS} WHERE organization_id IN ({among}) OR organization_id IN
         (SELECT m.into_id FROM merged_body_card m WHERE m.organization_id IN ({among})) ORDER BY id"
    ))
    .bind_all(bodies.iter().map(|body| Value::from(*body)))
    .all(conn)
    .await?;
    let wants = |endpoint: &Endpoint| endpoint.events().contains(&event);
    let told = found.iter().filter(|endpoint| wants(endpoint));
    Ok(told.map(|endpoint| (endpoint.id, endpoint.state)).collect())
}

pub(super) async fn create(tx: &mut Tx, new: &AddEndpoint) -> Result<()> {
    sql(
        "INSERT INTO webhook_endpoint (id, organization_id, url, event_types, state, secret_sealed,
         secret_made_at, claims, made_at) VALUES ($1, $2, $3, $4, 'active', $5, $6, 0, $6)",
    )
    .bind(new.id)
    .bind(new.organization_id)
    .bind(&new.url)
    .bind(serde_json::to_value(&new.event_types)?)
    .bind(new.secret.0.clone())
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Puts a secret into the place of the one in use, which signs along for a day.
pub(super) async fn rotate(tx: &mut Tx, id: Uuid, secret: &[u8]) -> Result<()> {
    sql(
        "UPDATE webhook_endpoint SET previous_sealed = secret_sealed, previous_until = $3,
         secret_sealed = $2, secret_made_at = $4 WHERE id = $1",
    )
    .bind(id)
    .bind(secret.to_vec())
    .bind(tx.now().plus_seconds(OVERLAP))
    .bind(tx.now())
    .execute_one(tx)
    .await
}

/// Moves an endpoint from a state into another one; refuses when it was not there.
pub(super) async fn shift(
    tx: &mut Tx,
    id: Uuid,
    from: &'static str,
    to: EndpointState,
    otherwise: &'static Reason,
) -> Result<()> {
    let moved = sql(format!(
        "UPDATE webhook_endpoint SET state = $2, dead_since = NULL WHERE id = $1 AND state IN ({from})"
    ))
    .bind(id)
    .bind(to)
    .execute(tx)
    .await?;
    if moved == 1 {
        Ok(())
    } else {
        otherwise.refuse()
    }
}

/// The secret of an endpoint while it is so fresh that the answer it stood in may have been lost.
pub(super) async fn fresh_secret(
    conn: &mut Conn,
    keys: &Keys,
    endpoint: &Endpoint,
    now: Timestamp,
) -> Result<Option<String>> {
    match endpoint.is_secret_fresh(now) {
        true => secret(conn, keys, endpoint.id).await.map(Some),
        false => Ok(None),
    }
}

/// The secret in use, opened: for its owner once, and for signing.
pub(crate) async fn secret(conn: &mut Conn, keys: &Keys, id: Uuid) -> Result<String> {
    let sealed: Vec<u8> = sql("SELECT secret_sealed AS value FROM webhook_endpoint WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await?;
    open(keys, id, &sealed)
}

/// The secret before the one in use, while it signs along.
pub(crate) async fn previous_secret(
    conn: &mut Conn,
    keys: &Keys,
    id: Uuid,
    now: Timestamp,
) -> Result<Option<String>> {
    let sealed: Option<Vec<u8>> = sql("SELECT previous_sealed AS value FROM webhook_endpoint
         WHERE id = $1 AND previous_until > $2")
    .bind(id)
    .bind(now)
    .optional_scalar(conn)
    .await?;
    sealed.map(|sealed| open(keys, id, &sealed)).transpose()
}

fn open(keys: &Keys, id: Uuid, sealed: &[u8]) -> Result<String> {
    keys.open_sealed("webhook_endpoint", "secret", id, sealed)
        .map_err(Error::other)
}
