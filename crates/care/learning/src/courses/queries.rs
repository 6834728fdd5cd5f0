use db::{Conn, Result, Tx, Value, sql};
use uuid::Uuid;

use super::{Course, CourseId, CreateCourse};

const COLUMNS: &str = "SELECT id, organization_id, title_fa, title_en, hours, basis, \
     attendance_needed, retired_on FROM course";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The course of this id.
pub async fn get(conn: &mut Conn, id: CourseId) -> Result<Course> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Courses on offer, newest first: all, or those of some bodies; one more than [`PAGE`] when there
/// are more.
pub async fn list(
    conn: &mut Conn,
    bodies: Option<&[Uuid]>,
    before: Option<CourseId>,
    most: i64,
) -> Result<Vec<Course>> {
    let mut values: Vec<Value> = vec![
        before.map_or(Uuid::max(), CourseId::get).into(),
        most.into(),
    ];
    let of_bodies = match bodies {
        None => String::new(),
        Some([]) => return Ok(Vec::new()),
        Some(bodies) => {
            let marks: Vec<String> = (3..3 + bodies.len()).map(|n| format!("${n}")).collect();
            values.extend(bodies.iter().map(|body| Value::from(*body)));
            format!(" AND organization_id IN ({})", marks.join(", "))
        }
    };
    sql(format!(
        "{COLUMNS} WHERE id < $1 AND retired_on IS NULL{of_bodies} ORDER BY id DESC LIMIT $2"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &CreateCourse) -> Result<()> {
    sql(
        "INSERT INTO course (id, organization_id, title_fa, title_en, hours, basis,
         attendance_needed, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.id)
    .bind(new.organization_id)
    .bind(persian::clean(&new.title_fa))
    .bind(persian::clean(&new.title_en))
    .bind(new.hours)
    .bind(new.basis)
    .bind(new.attendance_needed)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}
