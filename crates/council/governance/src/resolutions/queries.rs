use db::{Conn, Result, sql};

use super::{Resolution, ResolutionAnswer, ResolutionId};
use crate::articles::ArticleId;
use crate::committees::CommitteeId;
use crate::meetings::{Meeting, MeetingId};

const COLUMNS: &str = "SELECT r.id, r.meeting_id, r.committee_id, r.article_id, a.eid, r.organization_id,
     o.name_fa AS body_fa, o.name_en AS body_en, r.responsible, r.year, r.number, r.wording,
     r.evidence_asked, r.decided_on,
     coalesce((SELECT max(c.due_on) FROM resolution_carry c WHERE c.resolution_id = r.id), r.due_on) AS due_on,
     r.votes_for, r.votes_against, (r.repealed_by_id IS NOT NULL) AS is_repealed,
     (SELECT count(*) FROM resolution_carry c WHERE c.resolution_id = r.id) AS carries,
     (SELECT count(*) FROM resolution_answer n WHERE n.resolution_id = r.id) AS answers,
     (SELECT max(n.answered_on) FROM resolution_answer n WHERE n.resolution_id = r.id) AS answered_on,
     (SELECT count(*) FROM evidence e WHERE e.resolution_id = r.id) AS given,
     (SELECT count(*) FROM evidence e WHERE e.resolution_id = r.id AND e.verified_at IS NOT NULL) AS verified
     FROM resolution r JOIN article a ON a.id = r.article_id
     JOIN organization_card o ON o.id = r.organization_id";

const ORDER: &str = "ORDER BY r.year DESC, r.number DESC";

/// One resolution, whoever asks.
pub async fn get(conn: &mut Conn, id: ResolutionId) -> Result<Resolution> {
    sql(format!("{COLUMNS} WHERE r.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// All resolutions of a committee, newest first.
pub async fn list(conn: &mut Conn, committee: CommitteeId) -> Result<Vec<Resolution>> {
    sql(format!("{COLUMNS} WHERE r.committee_id = $1 {ORDER}"))
        .bind(committee)
        .all(conn)
        .await
}

/// What one meeting decided.
pub async fn list_of_meeting(conn: &mut Conn, meeting: MeetingId) -> Result<Vec<Resolution>> {
    sql(format!(
        "{COLUMNS} WHERE r.meeting_id = $1 ORDER BY r.year, r.number"
    ))
    .bind(meeting)
    .all(conn)
    .await
}

/// What was decided under an article and the nodes below it.
pub async fn list_of_article(conn: &mut Conn, article: ArticleId) -> Result<Vec<Resolution>> {
    sql(format!(
        "{COLUMNS} WHERE (a.id = $1 OR a.parent_id = $1) {ORDER}"
    ))
    .bind(article)
    .all(conn)
    .await
}

/// What the committee decided before a meeting: its second meeting opens with the first's.
pub(crate) async fn before(conn: &mut Conn, meeting: &Meeting) -> Result<Vec<Resolution>> {
    sql(format!(
        "{COLUMNS} JOIN meeting m ON m.id = r.meeting_id WHERE r.committee_id = $1
         AND (m.year < $2 OR (m.year = $2 AND m.number < $3)) {ORDER}"
    ))
    .bind(meeting.committee_id)
    .bind(meeting.year)
    .bind(meeting.number)
    .all(conn)
    .await
}

/// What the body said, newest first.
pub async fn answers(conn: &mut Conn, id: ResolutionId) -> Result<Vec<ResolutionAnswer>> {
    sql(
        "SELECT id, wording, reference, answered_on, made_at FROM resolution_answer
         WHERE resolution_id = $1 ORDER BY answered_on DESC, id DESC",
    )
    .bind(id)
    .all(conn)
    .await
}
