use db::{Result, Tx, sql};
use uuid::Uuid;

/// The next number of an owner's series; asked last in a write, since others wait for it.
pub(crate) async fn next(tx: &mut Tx, owner: Uuid, name: &str) -> Result<i64> {
    sql(
        "INSERT INTO consignment_series (owner_id, name, last_number) VALUES ($1, $2, 1)
         ON CONFLICT (owner_id, name) DO UPDATE SET last_number = consignment_series.last_number + 1
         RETURNING last_number AS value",
    )
    .bind(owner)
    .bind(name)
    .scalar(tx)
    .await
}
