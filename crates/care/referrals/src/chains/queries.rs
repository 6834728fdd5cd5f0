//! The SQL of chains and their templates.

use casework::CaseId;
use db::{Conn, FromRow, Result, Tx, sql};
use organizations::OrganizationKind;
use persian::{Date, Lang};
use uuid::Uuid;

use super::Starts;

/// A version of a template.
#[derive(Clone, Debug, FromRow)]
pub struct Template {
    /// Its id.
    pub id: Uuid,
    /// Its code: `home_food`.
    pub code: String,
    /// Its version, from 1.
    pub version: i64,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl Template {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// One leg of a template.
#[derive(Clone, Debug, FromRow)]
pub struct TemplateLeg {
    /// Its id.
    pub id: Uuid,
    /// Its code: `approval`.
    pub code: String,
    /// The kind of body that does it.
    pub organization_kind: OrganizationKind,
    /// The service asked for.
    pub service: String,
    /// When it may start.
    pub starts: Starts,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl TemplateLeg {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The newest version of a template that holds on a day.
pub async fn current(conn: &mut Conn, code: &str, day: Date) -> Result<Option<Template>> {
    sql("SELECT id, code, version, name_fa, name_en FROM chain_template WHERE code = $1
         AND valid_from <= $2 AND (valid_until IS NULL OR valid_until >= $2) ORDER BY version DESC LIMIT 1")
    .bind(code)
    .bind(day)
    .optional(conn)
    .await
}

/// The newest version of every template that holds on a day.
pub(crate) async fn list(conn: &mut Conn, day: Date) -> Result<Vec<Template>> {
    sql(
        "SELECT t.id, t.code, t.version, t.name_fa, t.name_en FROM chain_template t
         WHERE t.valid_from <= $1 AND (t.valid_until IS NULL OR t.valid_until >= $1)
         AND NOT EXISTS (SELECT 1 FROM chain_template n WHERE n.code = t.code
            AND n.version > t.version AND n.valid_from <= $1) ORDER BY t.code",
    )
    .bind(day)
    .all(conn)
    .await
}

/// The legs of a template, in order.
pub async fn legs_of(conn: &mut Conn, template: Uuid) -> Result<Vec<TemplateLeg>> {
    sql(
        "SELECT id, code, organization_kind, service, starts, name_fa, name_en FROM template_leg
         WHERE template_id = $1 ORDER BY position, code",
    )
    .bind(template)
    .all(conn)
    .await
}

pub(super) async fn starts(conn: &mut Conn, leg: Uuid) -> Result<Starts> {
    sql("SELECT starts AS value FROM template_leg WHERE id = $1")
        .bind(leg)
        .scalar(conn)
        .await
}

pub(super) async fn before(conn: &mut Conn, leg: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT before_id AS value FROM template_edge WHERE leg_id = $1 ORDER BY before_id")
        .bind(leg)
        .scalars(conn)
        .await
}

pub(super) async fn insert(tx: &mut Tx, id: Uuid, template: Uuid, case: CaseId) -> Result<()> {
    sql("INSERT INTO chain (id, template_id, case_id, made_at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(template)
        .bind(case)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
}
