//! What must always hold of people and lists, as the operator's `doctor` proves it.

use db::{Check, Conn, Result, Rule, prove};

/// Every proof of this room; details name rules and counts, never people.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "person_national_code",
        "person",
        "SELECT count(*) AS value FROM person WHERE national_code_hash IS NOT NULL",
        "SELECT p.id AS record, 'another person has the same national code' AS detail
         FROM person p JOIN person o ON o.national_code_hash = p.national_code_hash AND o.id <> p.id",
    ),
    (
        "person_contact",
        "person",
        "SELECT count(*) AS value FROM person",
        "SELECT p.id AS record, 'has no contact that speaks of her' AS detail FROM person p
         WHERE NOT EXISTS (SELECT 1 FROM contact_card c WHERE c.id = p.contact_id)",
    ),
    (
        "household_head",
        "household",
        "SELECT count(*) AS value FROM household",
        "SELECT h.id AS record, 'nobody was ever a member' AS detail FROM household h
         WHERE NOT EXISTS (SELECT 1 FROM household_member m WHERE m.household_id = h.id)",
    ),
    (
        "import_row_person",
        "import_row",
        "SELECT count(*) AS value FROM import_row",
        "SELECT r.id AS record, 'an accepted row without a person, or a refused one with one' AS detail
         FROM import_row r LEFT JOIN person p ON p.id = r.person_id
         WHERE (r.status IN ('accept', 'duplicate', 'mended')) <> (p.id IS NOT NULL)",
    ),
    // A list that is done has one stored row for each it counted, and its counts add up.
    (
        "import_counts",
        "import",
        "SELECT count(*) AS value FROM import_batch WHERE state = 'done'",
        "SELECT b.id AS record, 'the counts of the list do not add up to its rows' AS detail
         FROM import_batch b WHERE b.state = 'done' AND (
         b.rows_total <> (SELECT count(*) FROM import_row r WHERE r.batch_id = b.id)
         OR b.rows_total <> b.rows_done
         OR b.rows_total <> b.accepted + b.duplicates + b.rejected
         OR b.accepted <> (SELECT count(*) FROM import_row r
             WHERE r.batch_id = b.id AND r.status = 'accept')
         OR b.duplicates <> (SELECT count(*) FROM import_row r
             WHERE r.batch_id = b.id AND r.status = 'duplicate')
         OR b.content IS NOT NULL)",
    ),
    (
        "import_settled_cells",
        "import_row",
        "SELECT count(*) AS value FROM import_row WHERE status IN ('mended', 'dismissed')",
        "SELECT r.id AS record, 'a settled row still keeps its cells' AS detail
         FROM import_row r WHERE r.status IN ('accept', 'duplicate', 'mended', 'dismissed')
         AND r.cells_sealed IS NOT NULL",
    ),
];
