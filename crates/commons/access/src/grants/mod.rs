//! Grants: which body may see which facts of whom, and until when.

use db::{Conn, Result, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use crate::{Role, Viewer};

db::text_enum! {
    /// How private a fact is. Each class includes those before it. Public facts need no grant.
    pub enum Category {
        /// Phone, region, where things stand.
        Operational = "operational",
        /// National code, address, family.
        Personal = "personal",
        /// Health, disability, addiction, prison, violence, income decile.
        Sensitive = "sensitive",
    }
}

/// One grant to be written.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The person (or other subject) it is about.
    pub subject: Uuid,
    /// The body that may see.
    pub organization: Uuid,
    /// Why: `casework`, `referral:LEG`.
    pub purpose: String,
    /// The most private class it covers.
    pub category: Category,
    /// Until when; none while the purpose lasts.
    pub until: Option<Timestamp>,
    /// The consent it rests on.
    pub consent: Option<Uuid>,
}

/// Writes a grant, valid from this instant.
pub async fn give(tx: &mut Tx, grant: Grant) -> Result<Uuid> {
    let id = tx.new_id();
    sql(
        "INSERT INTO access_grant (id, subject_id, organization_id, purpose, category,
         valid_from, valid_until, consent_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(grant.subject)
    .bind(grant.organization)
    .bind(grant.purpose)
    .bind(grant.category)
    .bind(tx.now())
    .bind(grant.until)
    .bind(grant.consent)
    .execute(tx)
    .await?;
    Ok(id)
}

/// Writes many grants at once, valid from this instant: for lists that are brought in.
pub async fn give_many(tx: &mut Tx, grants: Vec<Grant>) -> Result<u64> {
    let now = tx.now();
    let rows = grants.into_iter().map(|grant| {
        vec![
            tx.new_id().into(),
            grant.subject.into(),
            grant.organization.into(),
            grant.purpose.into(),
            grant.category.into(),
            now.into(),
            grant.until.into(),
            grant.consent.into(),
        ]
    });
    let rows = rows.collect();
    let head = "INSERT INTO access_grant (id, subject_id, organization_id, purpose, category, \
         valid_from, valid_until, consent_id)";
    db::insert_many(tx, head, 8, rows).await
}

/// Ends the grants a body holds for a purpose.
pub async fn end(tx: &mut Tx, subject: Uuid, organization: Uuid, purpose: &str) -> Result<u64> {
    sql(
        "UPDATE access_grant SET valid_until = $4 WHERE subject_id = $1 AND organization_id = $2
         AND purpose = $3 AND (valid_until IS NULL OR valid_until > $4)",
    )
    .bind(subject)
    .bind(organization)
    .bind(purpose)
    .bind(tx.now())
    .execute(tx)
    .await
}

/// The roles that look at people's records on behalf of their body.
pub const CASE_TEAM: &[Role] = &[
    Role::CaseWorker,
    Role::Supervisor,
    Role::Helper,
    Role::PartnerOfficer,
    Role::Trainer,
];

/// The classes that include this one.
fn at_least(category: Category) -> &'static [&'static str] {
    match category {
        Category::Operational => &["operational", "personal", "sensitive"],
        Category::Personal => &["personal", "sensitive"],
        Category::Sensitive => &["sensitive"],
    }
}

/// May this viewer see facts of this class about the subject now?
pub async fn may_see(
    conn: &mut Conn,
    viewer: &Viewer,
    subject: Uuid,
    category: Category,
    now: Timestamp,
) -> Result<bool> {
    let bodies = viewer.bodies_as(CASE_TEAM);
    if bodies.is_empty() {
        return Ok(false);
    }
    let (condition, values) = visible("$1", 2, viewer, category, now);
    let count: i64 = sql(format!(
        "SELECT count(*) AS value FROM (SELECT 1 AS one WHERE {condition}) x"
    ))
    .bind(subject)
    .bind_all(values)
    .scalar(conn)
    .await?;
    Ok(count > 0)
}

/// The same rule as SQL for lists: a condition on `subject` (a column such as `p.id`), whose
/// parameters start at `first`, and their values.
pub fn visible(
    subject: &str,
    first: usize,
    viewer: &Viewer,
    category: Category,
    now: Timestamp,
) -> (String, Vec<db::Value>) {
    let bodies = viewer.bodies_as(CASE_TEAM);
    if bodies.is_empty() {
        return ("FALSE".to_owned(), Vec::new());
    }
    let marks: Vec<String> = (0..bodies.len())
        .map(|i| format!("${}", first + 1 + i))
        .collect();
    let classes: Vec<String> = at_least(category)
        .iter()
        .map(|word| format!("'{word}'"))
        .collect();
    let condition = format!(
        "EXISTS (SELECT 1 FROM access_grant g WHERE g.subject_id = {subject}
         AND g.organization_id IN ({}) AND g.category IN ({})
         AND g.valid_from <= ${first} AND (g.valid_until IS NULL OR g.valid_until > ${first}))",
        marks.join(", "),
        classes.join(", "),
    );
    let mut values = vec![db::Value::from(now)];
    values.extend(bodies.into_iter().map(db::Value::from));
    (condition, values)
}
