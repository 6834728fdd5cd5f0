//! Proofs over a whole city: what the council reads was decided, proved and numbered as its rules say.

use db::{Check, Conn, Fault, Result, Rule, prove, sql};
use persian::Date;

use crate::committees::CommitteeId;
use crate::meetings::{MeetingId, quorum_of};

/// G3, and that meetings, resolutions, reminders and letters were made in their order.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    let mut checks = prove(conn, RULES).await?;
    checks.push(quorums(conn).await?);
    Ok(checks)
}

const RULES: &[Rule] = &[
    // Progress is computed from evidence alone; here is what would make evidence worthless.
    (
        "G3",
        "evidence",
        "SELECT count(*) AS value FROM evidence",
        "SELECT e.id AS record, 'verified by who recorded it, or without a moment' AS detail FROM evidence e
         WHERE e.verified_by = e.recorded_by OR (e.verified_by IS NOT NULL AND e.verified_at IS NULL)",
    ),
    (
        "resolution_meeting",
        "resolution",
        "SELECT count(*) AS value FROM resolution",
        "SELECT r.id AS record, 'of another committee or day than its meeting, or of one not held' AS detail
         FROM resolution r JOIN meeting m ON m.id = r.meeting_id
         WHERE m.committee_id <> r.committee_id OR m.held_on <> r.decided_on OR m.state NOT IN ('held', 'closed')",
    ),
    (
        "action_need",
        "action_need",
        "SELECT count(*) AS value FROM action_need",
        "WITH RECURSIVE reach (start, id) AS (SELECT n.action_id, n.needs_id FROM action_need n
         UNION SELECT r.start, n.needs_id FROM reach r JOIN action_need n ON n.action_id = r.id)
         SELECT start AS record, 'waits for itself' AS detail FROM reach WHERE start = id",
    ),
    (
        "launch_step",
        "launch_step",
        "SELECT count(*) AS value FROM launch_step",
        "SELECT s.launch_id AS record, 'reached a step before the one before it' AS detail FROM launch_step s
         WHERE s.place > 1 AND NOT EXISTS (SELECT 1 FROM launch_step b WHERE b.launch_id = s.launch_id
             AND b.place = s.place - 1 AND b.reached_on <= s.reached_on)",
    ),
    (
        "space_use",
        "space_use",
        "SELECT count(*) AS value FROM space_use",
        "SELECT u.id AS record, 'used beyond what was given, unsaid' AS detail FROM space_use u
         JOIN space_commitment c ON c.id = u.space_id WHERE NOT u.is_over AND u.quantity +
         coalesce((SELECT sum(b.quantity) FROM space_use b WHERE b.space_id = u.space_id AND b.place < u.place
             AND b.used_from <= u.used_until AND b.used_until >= u.used_from), 0) > c.quantity",
    ),
    (
        "resolution_done",
        "resolution_answer",
        "SELECT count(*) AS value FROM resolution_answer WHERE kind = 'done'",
        "SELECT n.id AS record, 'said to be done without a proof' AS detail FROM resolution_answer n
         WHERE n.kind = 'done' AND NOT EXISTS (SELECT 1 FROM evidence e
             WHERE e.resolution_id = n.resolution_id AND e.made_at = n.made_at)",
    ),
    (
        "evidence_own_body",
        "evidence",
        "SELECT count(*) AS value FROM evidence WHERE resolution_id IS NOT NULL AND verified_by IS NOT NULL",
        "SELECT DISTINCT e.id AS record, 'confirmed by who sits for the responsible body' AS detail FROM evidence e
         JOIN resolution r ON r.id = e.resolution_id JOIN committee_membership m ON m.committee_id = r.committee_id
         AND m.user_id = e.verified_by
         LEFT JOIN merged_body_card b ON b.organization_id = r.organization_id AND b.merged_on <= e.verified_on
         WHERE m.organization_id IN (r.organization_id, b.into_id)
         AND e.verified_on >= m.valid_from AND (m.valid_until IS NULL OR e.verified_on <= m.valid_until)",
    ),
    (
        "case_decision",
        "case_decision",
        "SELECT count(*) AS value FROM case_decision WHERE state <> 'waiting'",
        "SELECT d.id AS record, 'carried to a case before its minutes were frozen' AS detail FROM case_decision d
         JOIN resolution r ON r.id = d.resolution_id JOIN meeting m ON m.id = r.meeting_id
         WHERE d.state <> 'waiting' AND (m.frozen_at IS NULL OR d.carried_at < m.frozen_at)",
    ),
    (
        "minutes_frozen",
        "meeting",
        "SELECT count(*) AS value FROM meeting WHERE state = 'closed'",
        "SELECT m.id AS record, 'closed without minutes, or nobody froze them' AS detail FROM meeting m
         WHERE m.state = 'closed' AND (m.minutes = '' OR m.frozen_at IS NULL OR m.minutes_approved_by IS NULL)",
    ),
    (
        "minutes_signatures",
        "meeting",
        "SELECT count(*) AS value FROM meeting WHERE state = 'closed'",
        "SELECT m.id AS record, 'frozen without a signature from the secretary''s seat and another user''s from the chair''s' AS detail
         FROM meeting m LEFT JOIN committee_membership s ON s.id = m.minutes_signed_seat_id
         LEFT JOIN committee_membership c ON c.id = m.minutes_approved_seat_id
         WHERE m.state = 'closed' AND (m.minutes_signed_at IS NULL OR m.minutes_signed_by IS NULL
             OR m.minutes_approved_by IS NULL OR m.minutes_signed_by = m.minutes_approved_by
             OR m.minutes_signed_at > m.frozen_at
             OR s.id IS NULL OR s.committee_id <> m.committee_id OR s.role <> 'secretary'
             OR s.user_id IS NULL OR s.user_id <> m.minutes_signed_by
             OR c.id IS NULL OR c.committee_id <> m.committee_id OR c.role <> 'chair'
             OR c.user_id IS NULL OR c.user_id <> m.minutes_approved_by)",
    ),
    (
        "council_series",
        "committee",
        "SELECT count(*) AS value FROM committee_series",
        "SELECT s.committee_id AS record, 'numbers of a year have gaps' AS detail FROM committee_series s
         WHERE s.last <> CASE s.series
             WHEN 'meeting' THEN (SELECT count(*) FROM meeting m WHERE m.committee_id = s.committee_id AND m.year = s.year)
             WHEN 'letter' THEN (SELECT count(*) FROM letter l
                 WHERE l.committee_id = s.committee_id AND l.direction = 'sent' AND l.year = s.year)
             WHEN 'letter_received' THEN (SELECT count(*) FROM letter l
                 WHERE l.committee_id = s.committee_id AND l.direction = 'received' AND l.year = s.year)
             WHEN 'resolution' THEN (SELECT count(*) FROM resolution r
                 WHERE r.committee_id = s.committee_id AND r.year = s.year)
             ELSE (SELECT count(*) FROM reminder d WHERE d.committee_id = s.committee_id AND d.year = s.year) END",
    ),
    (
        "agenda_resolution",
        "agenda_item",
        "SELECT count(*) AS value FROM agenda_item WHERE kind = 'resolution'",
        "SELECT i.id AS record, 'names a resolution of another committee' AS detail FROM agenda_item i
         JOIN meeting m ON m.id = i.meeting_id LEFT JOIN resolution r ON r.id = i.subject_id
         WHERE i.kind = 'resolution' AND (r.id IS NULL OR r.committee_id <> m.committee_id)",
    ),
    (
        "reminder_answer",
        "reminder",
        "SELECT count(*) AS value FROM reminder",
        "SELECT d.id AS record, 'answered by who filed it, or before it was filed' AS detail FROM reminder d
         WHERE d.answered_by = d.filed_by OR d.answered_on < d.filed_on",
    ),
    (
        "letter_signature",
        "letter",
        "SELECT count(*) AS value FROM letter WHERE state IN ('signed', 'sent')",
        "SELECT l.id AS record, 'signed from no seat of the chair or secretary, or sent before its date' AS detail
         FROM letter l LEFT JOIN committee_membership m ON m.id = l.signed_seat_id
         WHERE l.state IN ('signed', 'sent') AND (m.id IS NULL OR m.committee_id <> l.committee_id
             OR m.role NOT IN ('chair', 'secretary') OR m.user_id <> l.signed_by OR l.sent_on < l.dated_on)",
    ),
    (
        "letter_reference",
        "letter",
        "SELECT count(*) AS value FROM letter",
        "SELECT l.id AS record, 'about something of another committee or body, or answers a letter of another' AS detail
         FROM letter l LEFT JOIN resolution r ON r.id = l.resolution_id LEFT JOIN reminder d ON d.id = l.reminder_id
         LEFT JOIN meeting m ON m.id = l.meeting_id LEFT JOIN letter a ON a.id = l.answers_id
         WHERE r.committee_id <> l.committee_id OR d.committee_id <> l.committee_id
             OR m.committee_id <> l.committee_id OR a.committee_id <> l.committee_id OR a.direction <> 'sent'
             OR a.organization_id <> l.organization_id
             OR (l.direction = 'received' AND r.organization_id <> l.organization_id)",
    ),
];

/// Every meeting that decided something, or whose minutes are frozen, had its quorum.
async fn quorums(conn: &mut Conn) -> Result<Check> {
    let rows = sql(
        "SELECT m.id, m.committee_id, m.held_on FROM meeting m WHERE m.state = 'closed'
         OR EXISTS (SELECT 1 FROM resolution r WHERE r.meeting_id = m.id) ORDER BY m.id",
    )
    .rows(conn)
    .await?;
    let (mut checked, mut faults) = (0, Vec::new());
    for row in rows {
        let meeting: MeetingId = row.get("id")?;
        let committee: CommitteeId = row.get("committee_id")?;
        let day: Date = row.get("held_on")?;
        checked += 1;
        if !quorum_of(conn, meeting, committee, day).await?.is_met {
            faults.push(Fault {
                record: format!("meeting:{meeting}"),
                detail: "it decided without a quorum".into(),
            });
        }
    }
    Ok(Check::new("quorum", checked, faults))
}
