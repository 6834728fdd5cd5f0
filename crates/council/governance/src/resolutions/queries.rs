use db::{Conn, Result, sql};
use organizations::OrganizationId;
use persian::Timestamp;

use super::{Resolution, ResolutionAnswer, ResolutionId};
use crate::articles::ArticleId;
use crate::committees::CommitteeId;
use crate::meetings::{Meeting, MeetingId};

/// A resolution with what has come of it, or, with the places of an instant and its day, with what
/// had come of it then.
fn columns(then: Option<(usize, usize)>) -> String {
    let until = |column: &str| {
        then.map_or(String::new(), |(instant, _)| {
            format!("AND {column} <= ${instant}")
        })
    };
    let (carried, answered, given, verified) = (
        until("c.made_at"),
        until("n.made_at"),
        until("e.made_at"),
        until("e.verified_at"),
    );
    let repealed = then.map_or(String::new(), |(_, day)| format!("AND x.held_on <= ${day}"));
    format!(
        "SELECT r.id, r.meeting_id, r.committee_id, r.article_id, a.eid, r.organization_id,
     o.name_fa AS body_fa, o.name_en AS body_en, r.responsible, r.year, r.number, r.wording,
     r.evidence_asked, r.decided_on,
     coalesce((SELECT max(c.due_on) FROM resolution_carry c WHERE c.resolution_id = r.id {carried}), r.due_on) AS due_on,
     CASE WHEN EXISTS (SELECT 1 FROM resolution_carry c WHERE c.resolution_id = r.id {carried})
         THEN (SELECT c.moved_from FROM resolution_carry c WHERE c.resolution_id = r.id {carried}
             ORDER BY c.due_on DESC LIMIT 1) ELSE r.moved_from END AS moved_from,
     r.votes_for, r.votes_against, r.votes_abstain, r.majority, r.voters_present, r.voters_all,
     (SELECT n.kind FROM resolution_answer n WHERE n.resolution_id = r.id {answered} AND NOT EXISTS
         (SELECT 1 FROM resolution_carry c WHERE c.resolution_id = r.id {carried} AND c.made_at > n.made_at)
         ORDER BY n.place DESC LIMIT 1) AS said,
     EXISTS (SELECT 1 FROM meeting x WHERE x.id = r.repealed_by_id {repealed}) AS is_repealed,
     (SELECT count(*) FROM resolution_carry c WHERE c.resolution_id = r.id {carried}) AS carries,
     (SELECT count(*) FROM resolution_answer n WHERE n.resolution_id = r.id {answered}) AS answers,
     (SELECT max(n.answered_on) FROM resolution_answer n WHERE n.resolution_id = r.id {answered}) AS answered_on,
     (SELECT count(*) FROM evidence e WHERE e.resolution_id = r.id {given}) AS given,
     (SELECT count(*) FROM evidence e WHERE e.resolution_id = r.id AND e.verified_at IS NOT NULL {verified}) AS verified
     FROM resolution r JOIN article a ON a.id = r.article_id
     JOIN organization_card o ON o.id = r.organization_id"
    )
}

const ORDER: &str = "ORDER BY r.year DESC, r.number DESC";

/// One resolution, whoever asks.
pub async fn get(conn: &mut Conn, id: ResolutionId) -> Result<Resolution> {
    sql(format!("{} WHERE r.id = $1", columns(None)))
        .bind(id)
        .one(conn)
        .await
}

/// All resolutions of a committee, newest first.
pub async fn list(conn: &mut Conn, committee: CommitteeId) -> Result<Vec<Resolution>> {
    sql(format!(
        "{} WHERE r.committee_id = $1 {ORDER}",
        columns(None)
    ))
    .bind(committee)
    .all(conn)
    .await
}

/// What one meeting decided, with what had come of it at an instant.
pub async fn list_of_meeting(
    conn: &mut Conn,
    meeting: MeetingId,
    then: Timestamp,
) -> Result<Vec<Resolution>> {
    sql(format!(
        "{} WHERE r.meeting_id = $1 ORDER BY r.year, r.number",
        columns(Some((2, 3)))
    ))
    .bind(meeting)
    .bind(then)
    .bind(then.date())
    .all(conn)
    .await
}

/// What was asked of a body, the nearest deadline first.
pub async fn list_of_body(conn: &mut Conn, body: OrganizationId) -> Result<Vec<Resolution>> {
    sql(format!(
        "{} WHERE r.organization_id = $1 ORDER BY due_on, r.id",
        columns(None)
    ))
    .bind(body)
    .all(conn)
    .await
}

/// What was decided under an article and the nodes below it.
pub async fn list_of_article(conn: &mut Conn, article: ArticleId) -> Result<Vec<Resolution>> {
    sql(format!(
        "{} WHERE (a.id = $1 OR a.parent_id = $1) {ORDER}",
        columns(None)
    ))
    .bind(article)
    .all(conn)
    .await
}

/// What the committee decided before a meeting, with what had come of it at an instant: its second
/// meeting opens with the first's.
pub(crate) async fn before(
    conn: &mut Conn,
    meeting: &Meeting,
    then: Timestamp,
) -> Result<Vec<Resolution>> {
    sql(format!(
        "{} JOIN meeting m ON m.id = r.meeting_id WHERE r.committee_id = $1
         AND (m.year < $2 OR (m.year = $2 AND m.number < $3)) {ORDER}",
        columns(Some((4, 5)))
    ))
    .bind(meeting.committee_id)
    .bind(meeting.year)
    .bind(meeting.number)
    .bind(then)
    .bind(then.date())
    .all(conn)
    .await
}

/// What the body said, newest first.
pub async fn answers(conn: &mut Conn, id: ResolutionId) -> Result<Vec<ResolutionAnswer>> {
    sql(
        "SELECT id, kind, way, wording, reference, answered_on, made_at FROM resolution_answer
         WHERE resolution_id = $1 ORDER BY answered_on DESC, place DESC",
    )
    .bind(id)
    .all(conn)
    .await
}
