use db::{Conn, Result, Value, sql};
use uuid::Uuid;

use super::{Letter, LetterDirection, LetterId};
use crate::committees::CommitteeId;
use crate::resolutions::ResolutionId;

const COLUMNS: &str = "SELECT l.id, l.committee_id, l.direction, l.state, l.organization_id,
     o.name_fa AS body_fa, o.name_en AS body_en, l.language, l.year, l.number, l.dated_on,
     l.their_number, l.subject, l.wording, l.resolution_id, l.reminder_id, l.article_id, l.meeting_id,
     l.answers_id, l.signed_by, s.role AS signed_role, l.signed_at, l.sent_on, l.sent_way,
     l.received_on, l.made_at
     FROM letter l JOIN organization_card o ON o.id = l.organization_id
     LEFT JOIN committee_membership s ON s.id = l.signed_seat_id";

/// How many a page of the register holds.
pub(super) const PAGE: i64 = 50;

/// One letter, whoever asks.
pub async fn get(conn: &mut Conn, id: LetterId) -> Result<Letter> {
    sql(format!("{COLUMNS} WHERE l.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Letters of some committees, newest first, before the one `cursor` names.
pub async fn list(
    conn: &mut Conn,
    committees: &[CommitteeId],
    direction: Option<LetterDirection>,
    cursor: Option<LetterId>,
    most: i64,
) -> Result<Vec<Letter>> {
    if committees.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..committees.len())
        .map(|place| format!("${}", place + 3))
        .collect();
    // A word of the program's own, not what somebody typed.
    let direction = direction.map_or(String::new(), |way| format!("AND l.direction = '{way}'"));
    sql(format!(
        "{COLUMNS} WHERE l.id < $1 AND l.committee_id IN ({}) {direction} ORDER BY l.id DESC LIMIT $2",
        marks.join(", ")
    ))
    .bind(cursor.map_or(Uuid::max(), LetterId::get))
    .bind(most)
    .bind_all(committees.iter().copied().map(Value::from))
    .all(conn)
    .await
}

/// What came in answer to a letter of ours, oldest first.
pub async fn answers_to(conn: &mut Conn, id: LetterId) -> Result<Vec<Letter>> {
    sql(format!("{COLUMNS} WHERE l.answers_id = $1 ORDER BY l.id"))
        .bind(id)
        .all(conn)
        .await
}

/// The letters about a resolution, alone or with others, newest first.
pub async fn list_of_resolution(conn: &mut Conn, id: ResolutionId) -> Result<Vec<Letter>> {
    sql(format!(
        "{COLUMNS} WHERE l.resolution_id = $1 OR EXISTS (SELECT 1 FROM letter_resolution n
         WHERE n.letter_id = l.id AND n.resolution_id = $1) ORDER BY l.id DESC"
    ))
    .bind(id)
    .all(conn)
    .await
}

/// The resolutions one letter asks about together: id and number.
pub async fn asked_about(conn: &mut Conn, id: LetterId) -> Result<Vec<(ResolutionId, String)>> {
    let rows = sql(
        "SELECT r.id, r.year, r.number FROM letter_resolution n JOIN resolution r ON r.id = n.resolution_id
         WHERE n.letter_id = $1 ORDER BY r.year, r.number",
    )
    .bind(id)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let (year, number): (i64, i64) = (row.get("year")?, row.get("number")?);
            Ok((row.get("id")?, format!("{year}-{number}")))
        })
        .collect()
}

/// The name of whoever signed, as colleagues know it.
pub(super) async fn signer(conn: &mut Conn, letter: &Letter) -> Result<Option<String>> {
    sql("SELECT shown_name AS value FROM staff_card WHERE id = $1")
        .bind(letter.signed_by)
        .optional_scalar(conn)
        .await
}
