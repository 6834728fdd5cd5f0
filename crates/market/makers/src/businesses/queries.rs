use contacts::ContactId;
use db::{Conn, Result, Tx, sql};

use super::{BusinessId, BusinessState, HomeBusiness, OpenBusiness};

const COLUMNS: &str =
    "SELECT id, contact_id, field_code, craft_fa, craft_en, work_mode, place_note,
     state, started_on FROM home_business";

/// The business of this id.
pub async fn get(conn: &mut Conn, id: BusinessId) -> Result<HomeBusiness> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The open business of a maker.
pub async fn find_open(conn: &mut Conn, contact: ContactId) -> Result<Option<HomeBusiness>> {
    sql(format!(
        "{COLUMNS} WHERE contact_id = $1 AND state <> 'closed'"
    ))
    .bind(contact)
    .optional(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &OpenBusiness) -> Result<()> {
    sql(
        "INSERT INTO home_business (id, contact_id, field_code, craft_fa, craft_en, work_mode,
         place_note, state, started_on, organization_id, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(new.contact_id)
    .bind(&new.field_code)
    .bind(&new.craft_fa)
    .bind(&new.craft_en)
    .bind(new.work_mode)
    .bind(&new.place_note)
    .bind(new.state)
    .bind(new.started_on)
    .bind(new.organization_id)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn set_state(tx: &mut Tx, id: BusinessId, state: BusinessState) -> Result<()> {
    sql("UPDATE home_business SET state = $2 WHERE id = $1")
        .bind(id)
        .bind(state)
        .execute_one(tx)
        .await
}
