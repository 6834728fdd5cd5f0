//! Proofs over a whole city: every open case is somebody's, and the budget tells where it went.

use db::{Check, Conn, Result, Rule, prove};

/// H1, H5, and that cases, plans and follow-ups tell one story.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "H1",
        "case",
        "SELECT count(*) AS value FROM case_file WHERE state = 'open'",
        "SELECT c.id AS record, 'no owner, or no next action with a day' AS detail FROM case_file c
         WHERE c.state = 'open' AND (c.next_action IS NULL OR c.next_action_on IS NULL
         OR NOT EXISTS (SELECT 1 FROM staff_card s WHERE s.id = c.owner_id))",
    ),
    (
        "case_opened",
        "case",
        "SELECT count(*) AS value FROM case_file",
        "SELECT c.id AS record, 'its history does not begin with its opening' AS detail FROM case_file c
         WHERE (SELECT count(*) FROM case_event e WHERE e.case_id = c.id AND e.kind = 'opened') <> 1
         OR (c.state = 'closed') <> (coalesce((SELECT e.kind FROM case_event e WHERE e.case_id = c.id
             AND e.kind IN ('closed', 'reopened') ORDER BY e.id DESC LIMIT 1), '') = 'closed')",
    ),
    (
        "case_stages",
        "case",
        "SELECT count(*) AS value FROM case_file",
        "SELECT c.id AS record, 'its stage is not the last one it came to' AS detail FROM case_file c
         WHERE NOT EXISTS (SELECT 1 FROM case_stage s WHERE s.case_id = c.id AND s.stage = c.stage
             AND s.entered_on = c.stage_since
             AND NOT EXISTS (SELECT 1 FROM case_stage n WHERE n.case_id = s.case_id AND n.id > s.id))",
    ),
    // Each total against the cases themselves; a stage tells which one is wrong.
    (
        "stage_totals",
        "stage",
        "SELECT (SELECT count(*) FROM stage_day) + (SELECT count(*) FROM stage_body)
         + (SELECT count(*) FROM stage_region) AS value",
        "SELECT d.stage AS record, 'kept ' || CAST(sum(d.kept) AS text) || ', counted '
             || CAST(sum(d.counted) AS text) || ' (' || d.what || ')' AS detail FROM (
             SELECT 'entered' AS what, stage, CAST(day AS text) AS place, entered AS kept, 0 AS counted FROM stage_day
             UNION ALL SELECT 'entered', stage, CAST(entered_on AS text), 0, 1 FROM case_stage
             UNION ALL SELECT 'day', stage, CAST(day AS text), running, 0 FROM stage_day
             UNION ALL SELECT 'day', stage, CAST(stage_since AS text), 0, 1 FROM case_file WHERE state <> 'closed'
             UNION ALL SELECT 'body', stage, CAST(day AS text) || CAST(organization_id AS text), running, 0 FROM stage_body
             UNION ALL SELECT 'body', stage, CAST(stage_since AS text) || CAST(organization_id AS text), 0, 1
                 FROM case_file WHERE state <> 'closed'
             UNION ALL SELECT 'region', stage, CAST(region AS text), running, 0 FROM stage_region
             UNION ALL SELECT 'region', s.stage, CAST(coalesce(s.region, 0) AS text), 0, 1
                 FROM case_file c JOIN case_stage s ON s.case_id = c.id
                 WHERE c.state <> 'closed' AND NOT EXISTS
                     (SELECT 1 FROM case_stage n WHERE n.case_id = s.case_id AND n.id > s.id)
         ) d GROUP BY d.what, d.stage, d.place HAVING sum(d.kept) <> sum(d.counted)",
    ),
    (
        "plan_eligible",
        "plan",
        "SELECT count(*) AS value FROM plan",
        "SELECT p.id AS record, 'a plan for somebody whom neither the rules nor two people let in' AS detail
         FROM plan p WHERE NOT EXISTS (SELECT 1 FROM eligibility_decision d
             LEFT JOIN eligibility_override o ON o.decision_id = d.id AND o.answer = 'confirmed'
             WHERE d.case_id = p.case_id AND coalesce(o.result, d.result) = 'yes')",
    ),
    (
        "plan_two_hands",
        "plan",
        "SELECT count(*) AS value FROM plan WHERE approved_by IS NOT NULL",
        "SELECT p.id AS record, 'approved by who made or proposed it' AS detail FROM plan p
         WHERE p.approved_by IN (p.proposed_by, p.made_by)",
    ),
    // Of each line: what movements say, what packages hold, and what the line itself counts.
    (
        "H5",
        "budget_line",
        "SELECT count(*) AS value FROM budget_line",
        "SELECT b.id AS record, 'granted, promised or spent differ from its movements and packages' AS detail
         FROM budget_line b
         LEFT JOIN (SELECT budget_line_id,
             CAST(sum(CASE WHEN kind = 'granted' THEN amount ELSE 0 END) AS bigint) AS granted,
             CAST(sum(CASE WHEN kind = 'committed' THEN amount WHEN kind = 'granted' THEN 0 ELSE -amount END) AS bigint)
             AS committed, CAST(sum(CASE WHEN kind = 'spent' THEN amount ELSE 0 END) AS bigint) AS spent
             FROM budget_movement GROUP BY budget_line_id) m ON m.budget_line_id = b.id
         LEFT JOIN (SELECT budget_line_id,
             CAST(sum(CASE WHEN state = 'committed' THEN amount ELSE 0 END) AS bigint) AS committed,
             CAST(sum(CASE WHEN state = 'delivered' THEN amount ELSE 0 END) AS bigint) AS spent
             FROM package_line GROUP BY budget_line_id) p ON p.budget_line_id = b.id
         WHERE b.committed + b.spent > b.granted OR b.granted <> coalesce(m.granted, 0)
         OR b.committed <> coalesce(m.committed, 0) OR b.committed <> coalesce(p.committed, 0)
         OR b.spent <> coalesce(m.spent, 0) OR b.spent <> coalesce(p.spent, 0)",
    ),
    (
        "package_closed",
        "package_line",
        "SELECT count(*) AS value FROM package_line",
        "SELECT l.id AS record, 'money is held for a case that is closed' AS detail FROM package_line l
         JOIN plan p ON p.id = l.plan_id JOIN case_file c ON c.id = p.case_id
         WHERE l.state = 'committed' AND c.state = 'closed'",
    ),
    (
        "follow_up_task",
        "follow_up",
        "SELECT count(*) AS value FROM follow_up",
        "SELECT f.id AS record, 'its task is of another case or month, or still open' AS detail FROM follow_up f
         JOIN case_task t ON t.id = f.task_id
         WHERE t.case_id <> f.case_id OR t.kind <> 'follow_up' OR t.months <> f.months OR t.done_on IS NULL",
    ),
];
