//! The repair list: a refused row is put right and read again, or dismissed.

use access::audit;
use db::{Conn, Keys, Result, Tx, Write, sql};
use serde::Serialize;
use web::City;

use super::cells::KeptRow;
use super::known::Among;
use super::workbook::reasons;
use super::write::{Newcomer, create_many};
use super::{ROW_SETTLED, RowId, known, queries};
use crate::import::{Fault, KnownPerson, Reason, Reference};
use crate::{NATIONAL_CODE_TAKEN, PersonId, reference};

pub use super::queries::StoredRow;

/// A refused row opened for mending.
pub struct Repair {
    /// What is kept of it.
    pub row: StoredRow,
    kept: KeptRow,
}

impl Repair {
    /// Opens a row of the repair list.
    pub async fn open(conn: &mut Conn, keys: &Keys, id: RowId) -> Result<Self> {
        Ok(Self {
            row: queries::row(conn, id).await?,
            kept: queries::cells(conn, keys, id).await?,
        })
    }

    /// Heading and text of each column.
    pub fn shown(&self) -> Vec<(String, String)> {
        self.kept.shown()
    }

    /// Heading of each column at fault, and why the row was refused.
    pub(super) fn faults(&self, lists: &Reference) -> Vec<(String, Reason)> {
        faults_of(&self.row, &self.kept, lists)
    }

    /// Reads the row again with these cells: the write that accepts it, or what is still wrong.
    pub async fn mend(&self, city: &City, typed: &[String]) -> Result<Result<MendRow, Vec<Fault>>> {
        let mut conn = city.db.read().await?;
        let lists = reference::for_import(&mut conn, city.db.clock().today()).await?;
        let (clean, faults) = self.kept.with(typed).read(&lists);
        if faults.iter().any(|fault| fault.reason.rejects()) {
            return Ok(Err(faults));
        }
        let identity = clean.identity();
        let batch = super::get(&mut conn, self.row.batch_id).await?;
        let among = Among::Body(batch.organization_id, city.db.clock().now());
        let found = known::of(&mut conn, &city.keys, vec![identity.clone()], among).await?;
        let same_code = identity
            .national_code
            .as_ref()
            .and_then(|code| found.by_national_code.get(code));
        let alike = found
            .by_likeness
            .get(&identity.likeness)
            .filter(|alike: &&KnownPerson| {
                !(identity.national_code.is_some() && alike.has_national_code)
            });
        let known = same_code
            .copied()
            .or(alike.map(|alike| alike.id))
            .map(PersonId::new);
        Ok(Ok(MendRow {
            id: self.row.id,
            known,
            newcomer: known
                .is_none()
                .then(|| Newcomer::new(city, batch.organization_id, &clean)),
        }))
    }
}

/// Why a row waits, column by column, as it reads with today's lists; where these would accept
/// it, what was said when it was refused.
pub(super) fn faults_of(
    row: &StoredRow,
    kept: &KeptRow,
    lists: &Reference,
) -> Vec<(String, Reason)> {
    let shown = kept.shown();
    let heading = |column: Option<usize>| {
        let found = column.and_then(|column| shown.get(column));
        found
            .map(|(heading, _)| heading.clone())
            .unwrap_or_default()
    };
    let now: Vec<(String, Reason)> = refusals(&kept.read(lists).1)
        .into_iter()
        .map(|(column, reason)| (heading(column), reason))
        .collect();
    if !now.is_empty() {
        return now;
    }
    let said = reasons(&row.reasons).into_iter();
    said.filter(|reason| reason.rejects())
        .take(1)
        .map(|reason| (row.column_name.clone(), reason))
        .collect()
}

/// The sentences of faults by the column they are about, refusals only.
pub(super) fn refusals(faults: &[Fault]) -> Vec<(Option<usize>, Reason)> {
    faults
        .iter()
        .filter(|fault| fault.reason.rejects())
        .map(|fault| (fault.column, fault.reason))
        .collect()
}

/// Accepts a mended row: it becomes a person, or is linked to one known.
#[derive(Serialize)]
pub struct MendRow {
    id: RowId,
    known: Option<PersonId>,
    newcomer: Option<Newcomer>,
}

impl Write for MendRow {
    const NAME: &'static str = "mend_import_row";
    type Out = Option<PersonId>;
    async fn run(&self, tx: &mut Tx) -> Result<Option<PersonId>> {
        if let Some(new) = &self.newcomer {
            crate::persons::queries::keep_code_apart(tx, &new.person).await?;
            create_many(tx, std::slice::from_ref(new))
                .await
                .map_err(|error| {
                    error.or_reason("ux_person_national_code", &NATIONAL_CODE_TAKEN)
                })?;
        }
        let person = self
            .known
            .or(self.newcomer.as_ref().map(|new| new.person.id));
        let settled = sql(
            "UPDATE import_row SET status = 'mended', person_id = $2, settled_at = $3,
             settled_by = $4, cells_sealed = NULL WHERE id = $1 AND status = 'reject'",
        )
        .bind(self.id)
        .bind(person)
        .bind(tx.now())
        .bind(tx.origin().user)
        .execute(tx)
        .await?;
        if settled == 0 {
            return ROW_SETTLED.refuse();
        }
        let detail = serde_json::json!({ "person": person, "is_new": self.known.is_none() });
        audit::record(tx, "row_mended", "import_row", Some(self.id.get()), detail).await?;
        Ok(person)
    }
}
