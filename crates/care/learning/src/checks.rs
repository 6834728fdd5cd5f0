//! Proofs over a whole city: what constraints hold row by row is shown here for all rows, and
//! what they cannot hold is looked for.

use db::{Check, Conn, Result, Rule, prove};

const RULES: &[Rule] = &[
    // L2: places taken are the people who have or had one to the end.
    (
        "cohort_capacity",
        "cohort",
        "SELECT count(*) AS value FROM cohort",
        "SELECT h.id AS record, 'places taken differ from people, or pass the capacity' AS detail
         FROM cohort h LEFT JOIN (SELECT cohort_id, count(*) AS held FROM enrolment
         WHERE state IN ('enrolled', 'completed') GROUP BY cohort_id) e ON e.cohort_id = h.id
         WHERE h.taken > h.capacity OR coalesce(e.held, 0) > h.taken
         OR (h.state = 'open' AND coalesce(e.held, 0) <> h.taken) ORDER BY h.id",
    ),
    (
        "certificate_earned",
        "certificate",
        "SELECT count(*) AS value FROM certificate",
        "SELECT t.id AS record, 'attendance below what the course asks for' AS detail
         FROM certificate t JOIN enrolment e ON e.id = t.enrolment_id
         JOIN cohort h ON h.id = e.cohort_id JOIN course c ON c.id = h.course_id
         WHERE e.state <> 'completed' OR 100 * (SELECT count(*) FROM attendance a
           WHERE a.enrolment_id = e.id AND a.mark <> 'absent'
           AND NOT EXISTS (SELECT 1 FROM attendance l WHERE l.corrects = a.id))
         < c.attendance_needed * (SELECT count(*) FROM course_session s WHERE s.cohort_id = h.id)
         ORDER BY t.id",
    ),
    (
        "certificate_single",
        "enrolment",
        "SELECT count(*) AS value FROM enrolment WHERE state = 'completed'",
        "SELECT enrolment_id AS record, 'more than one certificate holds' AS detail
         FROM certificate WHERE state = 'valid' GROUP BY enrolment_id HAVING count(*) > 1
         ORDER BY enrolment_id",
    ),
    (
        "certificate_case",
        "certificate",
        "SELECT count(*) AS value FROM certificate",
        "SELECT t.id AS record, 'another case than its enrolment' AS detail FROM certificate t
         JOIN enrolment e ON e.id = t.enrolment_id WHERE e.case_id <> t.case_id ORDER BY t.id",
    ),
    (
        "attendance_own_cohort",
        "attendance",
        "SELECT count(*) AS value FROM attendance",
        "SELECT a.id AS record, 'session and enrolment of different cohorts' AS detail
         FROM attendance a JOIN course_session s ON s.id = a.session_id
         JOIN enrolment e ON e.id = a.enrolment_id WHERE e.cohort_id <> s.cohort_id ORDER BY a.id",
    ),
    (
        "cohort_rolls",
        "cohort",
        "SELECT count(*) AS value FROM cohort WHERE state = 'completed'",
        "SELECT h.id AS record, 'completed without a roll call' AS detail FROM cohort h
         WHERE h.state = 'completed' AND EXISTS (SELECT 1 FROM course_session s
           WHERE s.cohort_id = h.id AND s.roll_saved_at IS NULL) ORDER BY h.id",
    ),
    (
        "consultation_advice",
        "consultation",
        "SELECT count(*) AS value FROM consultation",
        "SELECT k.id AS record, 'advice or result without having been held' AS detail
         FROM consultation k WHERE k.state <> 'held'
         AND (k.advices > 0 OR k.note_sealed IS NOT NULL) ORDER BY k.id",
    ),
    (
        "busy_of_ended",
        "consultation",
        "SELECT count(*) AS value FROM busy_quarter",
        "SELECT DISTINCT k.id AS record, 'holds time though it is over' AS detail
         FROM consultation k JOIN busy_quarter q ON q.record_id = k.id
         WHERE k.state <> 'booked' ORDER BY record",
    ),
];

/// Every rule of this room, proved on the whole city.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}
