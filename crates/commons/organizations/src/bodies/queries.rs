use db::{Conn, Result, Tx, sql};

use super::names::{self, BodyName};
use super::{CreateOrganization, Organization, OrganizationId, OrganizationKind};

const COLUMNS: &str = "SELECT id, code, kind, name_fa, name_en, phone, valid_from, valid_until, \
     parent_id, merged_into_id, merged_on, knowledge_based_id, knowledge_based_until FROM organization";

/// The body of this id.
pub async fn get(conn: &mut Conn, id: OrganizationId) -> Result<Organization> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The body of this code.
pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Organization>> {
    sql(format!("{COLUMNS} WHERE code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// Bodies in Persian order, all or of one kind. There are dozens, not thousands.
pub async fn list(conn: &mut Conn, kind: Option<OrganizationKind>) -> Result<Vec<Organization>> {
    match kind {
        Some(kind) => {
            sql(format!("{COLUMNS} WHERE kind = $1 ORDER BY sort_key, id"))
                .bind(kind)
                .all(conn)
                .await
        }
        None => {
            sql(format!("{COLUMNS} ORDER BY sort_key, id"))
                .all(conn)
                .await
        }
    }
}

pub(super) async fn create(tx: &mut Tx, new: &CreateOrganization) -> Result<()> {
    let name = persian::clean(&new.name_fa);
    sql(
        "INSERT INTO organization (id, code, kind, name_fa, name_en, search_text, sort_key,
         valid_from, phone, knowledge_based_until, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(&new.code)
    .bind(new.kind)
    .bind(&name)
    .bind(&new.name_en)
    .bind(persian::fold_spaceless(&name))
    .bind(persian::sort_key(&name))
    .bind(new.valid_from)
    .bind(&new.phone)
    .bind(new.knowledge_based_until)
    .bind(tx.now())
    .execute(tx)
    .await?;
    let begun = BodyName {
        valid_from: new.valid_from,
        name_fa: name,
        name_en: new.name_en.clone(),
    };
    names::begin(tx, &begun, new.id).await
}
