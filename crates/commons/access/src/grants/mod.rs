//! Grants: which body may see which facts of whom, and until when.

use db::{Conn, Reason, Result, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use crate::{Role, Viewer, consents};

/// The consent a grant would rest on does not hold, or covers neither the body nor the class.
pub const CONSENT_OVER: Reason = Reason::new("consent_over", 409);

db::text_enum! {
    /// How private a fact is. Each class includes those before it. Public facts need no grant.
    #[schemars(rename = "DataCategory")]
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
    /// Until when; none while the purpose lasts. A consent's last day ends it in any case.
    pub until: Option<Timestamp>,
    /// The consent it rests on; sensitive facts need one.
    pub consent: Option<Uuid>,
}

/// Writes a grant, valid from this instant. One that rests on a consent ends with the consent's
/// last day: what was agreed to is looked at here, so that reading needs the grant alone.
pub async fn give(tx: &mut Tx, grant: Grant) -> Result<Uuid> {
    let id = tx.new_id();
    let until = match grant.consent {
        Some(consent) => {
            // Locked, so that a withdrawal comes before or after, never between.
            let consent = consents::hold_of(tx, consent, grant.subject).await?;
            let consent =
                consent.filter(|consent| consent.allows(grant.organization, grant.category));
            let Some(consent) = consent else {
                return CONSENT_OVER.refuse();
            };
            let end = consent.ends_at();
            Some(grant.until.map_or(end, |until| until.min(end)))
        }
        None => grant.until,
    };
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
    .bind(until)
    .bind(grant.consent)
    .execute(tx)
    .await?;
    Ok(id)
}

/// Writes many grants at once, valid from this instant: for lists that are brought in, whose
/// people have not agreed to anything yet.
pub async fn give_many(tx: &mut Tx, grants: Vec<Grant>) -> Result<u64> {
    if grants.iter().any(|grant| grant.consent.is_some()) {
        return Err(db::Error::other("grants of a list rest on no consent"));
    }
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
        ]
    });
    let rows = rows.collect();
    let head = "INSERT INTO access_grant (id, subject_id, organization_id, purpose, category, \
         valid_from, valid_until)";
    db::insert_many(tx, head, 7, rows).await
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

/// Those of [`CASE_TEAM`] who see more than where things stand: a helper at a kiosk does not,
/// whatever her body may see.
const CLOSER_TEAM: &[Role] = &[
    Role::CaseWorker,
    Role::Supervisor,
    Role::PartnerOfficer,
    Role::Trainer,
];

/// The bodies for which this viewer sees facts of a class.
fn bodies_for(viewer: &Viewer, category: Category) -> Vec<Uuid> {
    viewer.bodies_as(match category {
        Category::Operational => CASE_TEAM,
        Category::Personal | Category::Sensitive => CLOSER_TEAM,
    })
}

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
    if bodies_for(viewer, category).is_empty() {
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

/// The same rule, with what an emergency has opened, as SQL for lists: a condition on `subject` (a column such as `p.id`), whose
/// parameters start at `first`, and their values.
pub fn visible(
    subject: &str,
    first: usize,
    viewer: &Viewer,
    category: Category,
    now: Timestamp,
) -> (String, Vec<db::Value>) {
    let (granted, mut values) =
        open_to(subject, first, bodies_for(viewer, category), category, now);
    // Sensitive facts need her consent, whatever the emergency.
    if viewer.emergencies.is_empty() || category == Category::Sensitive {
        return (granted, values);
    }
    let marks: Vec<String> = (first + values.len()..)
        .take(viewer.emergencies.len())
        .map(|place| format!("${place}"))
        .collect();
    values.extend(viewer.emergencies.iter().copied().map(db::Value::from));
    let condition = format!("({granted} OR {subject} IN ({}))", marks.join(", "));
    (condition, values)
}

/// [`visible`] for whoever works in these bodies: for what is done in a body's name.
pub fn open_to(
    subject: &str,
    first: usize,
    bodies: Vec<Uuid>,
    category: Category,
    now: Timestamp,
) -> (String, Vec<db::Value>) {
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
