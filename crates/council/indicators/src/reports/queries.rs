use access::{Role, Viewer};
use db::{Conn, FromRow, Result, Row, sql};
use persian::Date;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Content, Head, Report, Schedule};

const SCHEDULES: &str =
    "SELECT s.id, s.name, s.period, s.role, s.codes, (s.ended_at IS NOT NULL) AS is_ended
     FROM report_schedule s";

impl FromRow for Schedule {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            period: row.get("period")?,
            role: row.get("role")?,
            codes: serde_json::from_value(row.get::<Json>("codes")?)?,
            is_ended: row.get("is_ended")?,
        })
    }
}

/// A schedule; not found for an unknown id.
pub(super) async fn schedule(conn: &mut Conn, id: Uuid) -> Result<Schedule> {
    sql(format!("{SCHEDULES} WHERE s.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// All schedules, running ones first.
pub async fn schedules(conn: &mut Conn) -> Result<Vec<Schedule>> {
    let mut all: Vec<Schedule> = sql(format!("{SCHEDULES} ORDER BY s.name, s.id"))
        .all(conn)
        .await?;
    all.sort_by_key(|schedule| schedule.is_ended);
    Ok(all)
}

/// The schedules somebody reads.
pub async fn schedules_for(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Schedule>> {
    let mut all = schedules(conn).await?;
    all.retain(|schedule| schedule.is_read_by(viewer));
    Ok(all)
}

/// The last reports of a schedule, the newest first.
pub(super) async fn heads(conn: &mut Conn, schedule: Uuid, most: i64) -> Result<Vec<Head>> {
    sql(
        "SELECT r.id, r.schedule_id, r.as_of FROM report r WHERE r.schedule_id = $1
         ORDER BY r.as_of DESC, r.id DESC LIMIT $2",
    )
    .bind(schedule)
    .bind(most)
    .all(conn)
    .await
}

/// A report, for who reads its schedule; not found for others.
pub async fn find(conn: &mut Conn, id: Uuid, viewer: &Viewer) -> Result<Report> {
    let rows = sql("SELECT r.schedule_id, r.as_of, r.content FROM report r WHERE r.id = $1")
        .bind(id)
        .rows(conn)
        .await?;
    let row = rows.first().ok_or(db::Error::NotFound)?;
    let schedule = schedule(conn, row.get("schedule_id")?).await?;
    if !schedule.is_read_by(viewer) {
        return Err(db::Error::NotFound);
    }
    Ok(Report {
        id,
        schedule,
        as_of: row.get("as_of")?,
        content: serde_json::from_value(row.get::<Json>("content")?)?,
    })
}

/// What the last report of a schedule before a day told; none before the first.
pub async fn last_of(conn: &mut Conn, schedule: Uuid, before: Date) -> Result<Option<Content>> {
    let content: Option<Json> = sql("SELECT r.content AS value FROM report r
         WHERE r.schedule_id = $1 AND r.as_of < $2 ORDER BY r.as_of DESC, r.id DESC LIMIT 1")
    .bind(schedule)
    .bind(before)
    .optional_scalar(conn)
    .await?;
    content
        .map(serde_json::from_value)
        .transpose()
        .map_err(Into::into)
}

/// The bodies in which somebody holds a role on a day.
pub(super) async fn bodies_with(conn: &mut Conn, role: Role, today: Date) -> Result<Vec<Uuid>> {
    let rows = sql("SELECT DISTINCT m.organization_id FROM member_card m
         WHERE m.role = $1 AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2)
         ORDER BY m.organization_id")
    .bind(role)
    .bind(today)
    .rows(conn)
    .await?;
    rows.iter().map(|row| row.get("organization_id")).collect()
}
