use access::Viewer;
use access::grants::{Category, visible};
use casework::CaseId;
use db::{Conn, Result, Tx, Value, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{BookConsultation, Consultation, ConsultationId, ConsultationState, Outcome};
use crate::CONSULTATION_BOOK;

const COLUMNS: &str = "SELECT k.id, k.consultant_id, o.organization_id, o.user_id, o.name_fa, o.name_en, \
     k.case_id, c.person_id, p.first_name, p.last_name, k.step_id, k.held_on, k.starts_at, k.ends_at, \
     k.state, k.outcome, k.note_sealed, k.advices";
const TABLES: &str = " FROM consultation k \
     JOIN consultant o ON o.id = k.consultant_id JOIN case_card c ON c.id = k.case_id \
     JOIN person_card p ON p.id = c.person_id";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The consultation of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: ConsultationId) -> Result<Consultation> {
    sql(format!("{COLUMNS}{TABLES} WHERE k.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A case's consultations, newest first; 50 at most.
pub async fn list_of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<Consultation>> {
    sql(format!(
        "{COLUMNS}{TABLES} WHERE k.case_id = $1 ORDER BY k.starts_at DESC, k.id DESC LIMIT 50"
    ))
    .bind(case)
    .all(conn)
    .await
}

/// What a list of consultations asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this state.
    pub state: Option<ConsultationState>,
    /// Consultations made before this one.
    pub before: Option<ConsultationId>,
}

/// The consultations a viewer gives, or of cases the viewer's body carries; newest booking first, one
/// more than [`PAGE`] when there are more.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    filter: &Filter,
    most: i64,
) -> Result<Vec<Consultation>> {
    let mut values: Vec<Value> = vec![
        filter
            .before
            .map_or(Uuid::max(), ConsultationId::get)
            .into(),
        most.into(),
        viewer.user_id().into(),
    ];
    // A user's own hours, and those of bodies the viewer trains for.
    let bodies = viewer.bodies_as(&[access::Role::Trainer]);
    let marks: Vec<String> = (0..bodies.len()).map(|n| format!("${}", n + 4)).collect();
    let of_body = match marks.is_empty() {
        true => "FALSE".to_owned(),
        false => format!(
            "(o.user_id IS NULL AND o.organization_id IN ({}))",
            marks.join(", ")
        ),
    };
    values.extend(bodies.into_iter().map(Value::from));
    let state = match filter.state {
        Some(state) => format!(" AND k.state = '{state}'"),
        None => String::new(),
    };
    let (seen, grants) = visible(
        "c.person_id",
        values.len() + 1,
        viewer,
        Category::Operational,
        now,
    );
    values.extend(grants);
    let carriers = viewer.bodies_as(CONSULTATION_BOOK.roles);
    let carried = match carriers.is_empty() {
        true => "FALSE".to_owned(),
        false => {
            let first = values.len() + 1;
            let marks: Vec<String> = (first..first + carriers.len())
                .map(|n| format!("${n}"))
                .collect();
            format!("c.organization_id IN ({})", marks.join(", "))
        }
    };
    values.extend(carriers.into_iter().map(Value::from));
    // Her name while the viewer's body may know it.
    let columns = COLUMNS.replace(
        "p.first_name, p.last_name",
        &format!(
            "CASE WHEN {seen} THEN p.first_name ELSE '' END AS first_name,
             CASE WHEN {seen} THEN p.last_name ELSE '' END AS last_name"
        ),
    );
    sql(format!(
        "{columns}{TABLES} WHERE k.id < $1
         AND (o.user_id = $3 OR {of_body} OR ({carried} AND {seen})){state}
         ORDER BY k.id DESC LIMIT $2"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &BookConsultation, until: Timestamp) -> Result<()> {
    sql("INSERT INTO consultation (id, consultant_id, case_id, step_id, held_on, starts_at, ends_at,
         state, advices, booked_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'booked', 0, $8, $9)")
    .bind(new.id)
    .bind(new.consultant)
    .bind(new.case)
    .bind(new.step)
    .bind(new.starts_at.date())
    .bind(new.starts_at)
    .bind(until)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Notes what came of it; false when it was not booked any more.
pub(super) async fn hold(
    tx: &mut Tx,
    id: ConsultationId,
    outcome: Outcome,
    note: Option<Vec<u8>>,
    advices: i64,
) -> Result<bool> {
    let changed = sql(
        "UPDATE consultation SET state = 'held', outcome = $2, note_sealed = $3,
                       advices = $4, ended_at = $5 WHERE id = $1 AND state = 'booked'",
    )
    .bind(id)
    .bind(outcome)
    .bind(note)
    .bind(advices)
    .bind(tx.now())
    .execute(tx)
    .await?;
    Ok(changed == 1)
}

/// Ends it without a result; false when it was not booked any more.
pub(super) async fn end(tx: &mut Tx, id: ConsultationId, state: ConsultationState) -> Result<bool> {
    let changed =
        sql("UPDATE consultation SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'booked'")
            .bind(id)
            .bind(state)
            .bind(tx.now())
            .execute(tx)
            .await?;
    Ok(changed == 1)
}

/// The step a consultation answers; none when there is no such consultation.
pub(super) async fn step_of(
    conn: &mut Conn,
    id: ConsultationId,
) -> Result<Option<Option<casework::StepId>>> {
    let rows = sql("SELECT step_id FROM consultation WHERE id = $1")
        .bind(id)
        .rows(conn)
        .await?;
    rows.first().map(|row| row.get("step_id")).transpose()
}
