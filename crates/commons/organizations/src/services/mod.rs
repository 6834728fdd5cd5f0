//! Services: what a body offers to those who are referred to it.

pub(crate) mod pages;

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Outcome};

use crate::OrganizationId;

db::id!(
    /// A service.
    pub ServiceId
);

/// The body offers a service of this code already.
pub const SERVICE_CODE_TAKEN: Reason = Reason::new("service_code_taken", 409);

/// A service.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Who offers it.
    pub organization_id: OrganizationId,
    /// Short and lasting, unique within the body: `licence`.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Working days until an answer is due.
    pub days_to_answer: i64,
    /// Working days from the answer until it is done.
    pub days_to_complete: i64,
}

impl Service {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

const COLUMNS: &str = "SELECT id, organization_id, code, name_fa, name_en, days_to_answer, \
     days_to_complete FROM service";

/// The service of this id.
pub async fn get(conn: &mut Conn, id: ServiceId) -> Result<Service> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A body's services, by code.
pub async fn list_of(conn: &mut Conn, organization: OrganizationId) -> Result<Vec<Service>> {
    sql(format!(
        "{COLUMNS} WHERE organization_id = $1 ORDER BY code"
    ))
    .bind(organization)
    .all(conn)
    .await
}

/// How many services can be referred to.
pub async fn count(conn: &mut Conn) -> Result<usize> {
    let services: i64 = sql("SELECT count(*) AS value FROM service")
        .scalar(conn)
        .await?;
    Ok(usize::try_from(services).unwrap_or_default())
}

/// All services of a code, whoever offers them; not those of a body that went into another one.
pub async fn list_by_code(conn: &mut Conn, code: &str) -> Result<Vec<Service>> {
    sql(format!(
        "{COLUMNS} WHERE code = $1 AND NOT EXISTS (SELECT 1 FROM organization o
         WHERE o.id = organization_id AND o.merged_into_id IS NOT NULL) ORDER BY id"
    ))
    .bind(code)
    .all(conn)
    .await
}

/// Adds a service.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CreateService {
    /// Made by the sender.
    pub id: ServiceId,
    /// Who offers it.
    pub organization_id: OrganizationId,
    /// Short and lasting.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Working days until an answer is due.
    pub days_to_answer: i64,
    /// Working days from the answer until it is done.
    pub days_to_complete: i64,
}

impl CreateService {
    /// Bounds of what a program sends; forms have read theirs.
    pub(crate) fn check(&self) -> Outcome<()> {
        let fits = |text: &str, most: usize| {
            let length = text.trim().chars().count();
            (1..=most).contains(&length)
        };
        let faulty = [
            ("/code", fits(&self.code, 40)),
            ("/name_fa", fits(&self.name_fa, 120)),
            ("/name_en", fits(&self.name_en, 120)),
            ("/days_to_answer", (1..=365).contains(&self.days_to_answer)),
            (
                "/days_to_complete",
                (1..=1000).contains(&self.days_to_complete),
            ),
        ];
        match faulty.iter().find(|(_, is_good)| !is_good) {
            Some((place, _)) => Err(Failure::Unreadable((*place).to_owned())),
            None => Ok(()),
        }
    }
}

impl Write for CreateService {
    const NAME: &'static str = "create_service";
    type Out = ServiceId;
    async fn run(&self, tx: &mut Tx) -> Result<ServiceId> {
        sql(
            "INSERT INTO service (id, organization_id, code, name_fa, name_en, days_to_answer,
             days_to_complete, checked_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.id)
        .bind(self.organization_id)
        .bind(&self.code)
        .bind(persian::clean(&self.name_fa))
        .bind(persian::clean(&self.name_en))
        .bind(self.days_to_answer)
        .bind(self.days_to_complete)
        .bind(tx.today())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_service_code", &SERVICE_CODE_TAKEN))?;
        let detail = serde_json::json!({ "code": self.code });
        audit::record(
            tx,
            "service_created",
            "service",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}
