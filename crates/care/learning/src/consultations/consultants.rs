use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

db::id!(
    /// A consultant.
    pub ConsultantId
);

/// This user is a consultant of the body already.
pub const CONSULTANT_KNOWN: Reason = Reason::new("consultant_known", 409);

/// Who advises: a user of a body, or the body itself.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Consultant {
    /// Its id.
    pub id: ConsultantId,
    /// The body.
    pub organization_id: OrganizationId,
    /// The user, when one person advises.
    pub user_id: Option<Uuid>,
    /// The name in Persian.
    pub name_fa: String,
    /// The name in English.
    pub name_en: String,
    /// The field of advice in Persian.
    pub field_fa: String,
    /// The field of advice in English.
    pub field_en: String,
}

impl Consultant {
    /// Name and field in a language, for lists to choose from.
    pub fn label(&self, lang: Lang) -> String {
        let (name, field) = match lang {
            Lang::Fa => (&self.name_fa, &self.field_fa),
            Lang::En => (&self.name_en, &self.field_en),
        };
        if field.is_empty() {
            name.clone()
        } else {
            format!("{name} — {field}")
        }
    }
}

/// Adds a consultant.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct AddConsultant {
    /// Made by the sender.
    pub id: ConsultantId,
    /// The body.
    pub organization_id: OrganizationId,
    /// The user, when one person advises.
    pub user_id: Option<Uuid>,
    /// The name in Persian.
    pub name_fa: String,
    /// The name in English.
    pub name_en: String,
    /// The field of advice in Persian.
    pub field_fa: String,
    /// The field of advice in English.
    pub field_en: String,
}

impl Write for AddConsultant {
    const NAME: &'static str = "add_consultant";
    type Out = ConsultantId;
    async fn run(&self, tx: &mut Tx) -> Result<ConsultantId> {
        crate::fits(&self.name_fa, 120, "name_fa")?;
        crate::fits(&self.name_en, 120, "name_en")?;
        sql("INSERT INTO consultant (id, organization_id, user_id, name_fa, name_en, field_fa, field_en)
             VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(self.id)
        .bind(self.organization_id)
        .bind(self.user_id)
        .bind(persian::clean(&self.name_fa))
        .bind(persian::clean(&self.name_en))
        .bind(persian::clean(&self.field_fa))
        .bind(persian::clean(&self.field_en))
        .execute(tx)
        .await
        .map_err(|error| crate::out_of_range(error.or_reason("ux_consultant_user", &CONSULTANT_KNOWN)))?;
        let detail = json!({ "organization": self.organization_id, "user": self.user_id });
        audit::record(
            tx,
            "consultant_added",
            "consultant",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

const COLUMNS: &str =
    "SELECT id, organization_id, user_id, name_fa, name_en, field_fa, field_en FROM consultant";

/// The consultant of this id.
pub async fn get_consultant(conn: &mut Conn, id: ConsultantId) -> Result<Consultant> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Those who advise now; 200 at most.
pub async fn list_consultants(conn: &mut Conn) -> Result<Vec<Consultant>> {
    sql(format!(
        "{COLUMNS} WHERE retired_on IS NULL ORDER BY id LIMIT 200"
    ))
    .all(conn)
    .await
}
