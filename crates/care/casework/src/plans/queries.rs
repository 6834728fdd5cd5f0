use access::Viewer;
use db::{Conn, FromRow, Result, sql};
use people::PersonId;
use persian::Timestamp;

use super::{PackageLine, Plan, PlanId, Template};
use crate::PLAN_APPROVE;
use crate::cases::{CaseId, carried};

const COLUMNS: &str = "SELECT p.id, p.case_id, p.number, p.based_on, p.state, p.made_by, p.proposed_by, \
     a.shown_name AS proposed_name, p.proposed_at, b.shown_name AS approved_name, p.approved_at, \
     p.agreed_on, p.ended_on FROM plan p LEFT JOIN staff_card a ON a.id = p.proposed_by \
     LEFT JOIN staff_card b ON b.id = p.approved_by";

/// The plan of this id, if there is one.
pub async fn find(conn: &mut Conn, id: PlanId) -> Result<Option<Plan>> {
    sql(format!("{COLUMNS} WHERE p.id = $1"))
        .bind(id)
        .optional(conn)
        .await
}

/// The plan of this id.
pub async fn get(conn: &mut Conn, id: PlanId) -> Result<Plan> {
    find(conn, id).await?.ok_or(db::Error::NotFound)
}

/// A case's current plan: being written, waiting, or running.
pub async fn current(conn: &mut Conn, case: CaseId) -> Result<Option<Plan>> {
    sql(format!(
        "{COLUMNS} WHERE p.case_id = $1 AND p.state IN ('draft', 'proposed', 'approved', 'active')"
    ))
    .bind(case)
    .optional(conn)
    .await
}

/// All plans of a case, newest first.
pub async fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<Plan>> {
    sql(format!(
        "{COLUMNS} WHERE p.case_id = $1 ORDER BY p.number DESC LIMIT 50"
    ))
    .bind(case)
    .all(conn)
    .await
}

/// A plan's package.
pub async fn package(conn: &mut Conn, plan: PlanId) -> Result<Vec<PackageLine>> {
    sql(
        "SELECT l.id, l.kind, l.name_fa, l.name_en, l.unit, l.quantity, l.unit_cost, l.amount,
         l.budget_line_id, b.name_fa AS budget_fa, b.name_en AS budget_en, l.state, l.delivered_on
         FROM package_line l JOIN budget_line b ON b.id = l.budget_line_id
         WHERE l.plan_id = $1 ORDER BY l.id",
    )
    .bind(plan)
    .all(conn)
    .await
}

/// The published templates for any of these groups; all when none is given.
pub async fn templates_for(conn: &mut Conn, groups: &[String]) -> Result<Vec<Template>> {
    let all: Vec<Template> = sql("SELECT t.id, t.code, t.target_group, t.name_fa, t.name_en,
         CAST(coalesce(sum(l.quantity * l.unit_cost), 0) AS bigint) AS total
         FROM package_template t LEFT JOIN package_template_line l ON l.template_id = t.id
         WHERE t.state = 'published'
         GROUP BY t.id, t.code, t.target_group, t.name_fa, t.name_en ORDER BY t.code")
    .all(conn)
    .await?;
    let fits = |template: &Template| groups.is_empty() || groups.contains(&template.target_group);
    Ok(all.into_iter().filter(fits).collect())
}

/// A plan that waits for a supervisor.
#[derive(Clone, Debug, FromRow)]
pub struct Waiting {
    /// The plan.
    pub id: PlanId,
    /// Its case.
    pub case_id: CaseId,
    /// The case's code.
    pub code: String,
    /// Whose, for the record of who saw it.
    pub person_id: PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// Who carries the case, by name.
    pub owner_name: Option<String>,
    /// Who proposed it, by name.
    pub proposed_name: String,
    /// When.
    pub proposed_at: Timestamp,
}

/// Plans this viewer could approve: of a body they supervise, made and proposed by others. Longest waiting first.
pub async fn waiting_for_approval(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let (seen, grants) = carried(2, &PLAN_APPROVE, viewer, now);
    sql(format!(
        "SELECT p.id, p.case_id, c.code, c.person_id, n.first_name, n.last_name,
         u.shown_name AS proposed_name, o.shown_name AS owner_name, p.proposed_at
         FROM plan p JOIN case_file c ON c.id = p.case_id JOIN person_card n ON n.id = c.person_id
         JOIN staff_card u ON u.id = p.proposed_by LEFT JOIN staff_card o ON o.id = c.owner_id
         WHERE p.state = 'proposed' AND p.proposed_by <> $1
         AND (p.made_by IS NULL OR p.made_by <> $1) AND c.state <> 'closed' AND {seen}
         ORDER BY p.proposed_at, p.id LIMIT 100"
    ))
    .bind(viewer.user_id().unwrap_or_default())
    .bind_all(grants)
    .all(conn)
    .await
}
