//! Storing a list, some hundred rows a write.

use std::collections::{HashMap, HashSet};

use access::{audit, grants};
use contacts::payees::{PayeeId, PayeeKind, ProposePayee, SealedSheba};
use db::{Error, Origin, Result, Tx, Value, Write, sql};
use money::Rial;
use organizations::OrganizationId;
use persian::{NationalCode, Phone, Sheba};
use serde::Serialize;
use uuid::Uuid;
use web::City;

use super::cells::KeptRow;
use super::known::Among;
use super::{
    ALREADY_STARTED, BatchId, Place, ROW_SETTLED, RowId, TOGETHER, known, original, place,
    row_status,
};
use crate::import::{Clean, Original, ReadRow, Reading, Status, Totals};
use crate::persons::queries as persons;
use crate::{NationalCodeFact, NewPerson, NoCodeReason, PersonFacts, PersonId};

/// Someone a row became, with all that is written beside her.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Newcomer {
    pub person: NewPerson,
    pub group: Option<String>,
    pub group_id: Uuid,
    pub payee: Option<ProposePayee>,
}

impl Newcomer {
    /// A newcomer of clean values; ids are made here.
    pub(super) fn new(city: &City, organization: OrganizationId, clean: &Clean) -> Self {
        let id = PersonId::new(city.db.new_id());
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let code = clean
            .national_code
            .as_deref()
            .and_then(|code| NationalCode::parse(code).ok());
        let phone = clean.mobile.as_deref().or(clean.landline.as_deref());
        let mut facts = PersonFacts::new(organization, &text(&clean.first), &text(&clean.last));
        facts.father_name = text(&clean.father);
        facts.national_code = match code {
            Some(code) => NationalCodeFact::Unverified(code),
            None => NationalCodeFact::None(NoCodeReason::NoDocument),
        };
        facts.birth_on = clean.birth.map(persian::Jalali::to_date);
        facts.gender = clean.gender;
        facts.region = clean.region;
        facts.dependants = clean.dependants;
        facts.field_code.clone_from(&clean.field_code);
        facts.field_words = text(&clean.field);
        facts.phone = phone.and_then(|phone| Phone::parse(phone).ok());
        facts.income = clean.income_rial.map(Rial::new);
        facts.notes = text(&clean.notes);
        let mut person = facts.seal(&city.keys, id);
        // The row's own likeness, so that the same row is known again whatever it says.
        person.likeness = Some(city.keys.blind("likeness", &clean.identity().likeness));
        let sheba = clean
            .sheba
            .as_deref()
            .and_then(|sheba| Sheba::parse(sheba).ok());
        let payee = sheba.map(|sheba| {
            let payee = PayeeId::new(city.db.new_id());
            ProposePayee {
                id: payee,
                contact: person.contact.id,
                organization: organization.get(),
                kind: PayeeKind::OwnAccount,
                holder_name: person.contact.shown_name.clone(),
                sheba: Some(SealedSheba::new(&city.keys, payee, &sheba)),
                reason: None,
            }
        });
        Self {
            person,
            group: clean.group.clone(),
            group_id: city.db.new_id(),
            payee,
        }
    }
}

/// Writes newcomers: contacts, people, likenesses, grants, groups and payees, a table a statement.
pub(super) async fn create_many(tx: &mut Tx, newcomers: &[Newcomer]) -> Result<()> {
    let contacts: Vec<_> = newcomers
        .iter()
        .map(|new| new.person.contact.clone())
        .collect();
    contacts::create_many(tx, &contacts).await?;
    let rows: Vec<Vec<Value>> = newcomers
        .iter()
        .map(|new| persons::row(tx, &new.person))
        .collect();
    let columns = rows.first().map_or(1, Vec::len);
    db::insert_many(tx, persons::INSERT, columns, rows).await?;
    let likenesses = newcomers.iter().filter_map(|new| {
        Some(vec![
            new.person.likeness.clone()?.into(),
            new.person.id.into(),
        ])
    });
    db::insert_many(
        tx,
        "INSERT INTO person_likeness (hash, person_id)",
        2,
        likenesses.collect(),
    )
    .await?;
    let (user, today, now) = (tx.origin().user, tx.today(), tx.now());
    // Nobody on a list has agreed yet: the body may get in touch, and no more.
    let all = newcomers
        .iter()
        .map(|new| persons::contact_grant(&new.person, now))
        .collect();
    grants::give_many(tx, all).await?;
    let groups = newcomers.iter().filter_map(|new| {
        Some(vec![
            new.group_id.into(),
            new.person.id.into(),
            new.group.clone()?.into(),
            crate::groups::Basis::Import.into(),
            today.into(),
            user.into(),
            now.into(),
        ])
    });
    let head =
        "INSERT INTO person_group (id, person_id, group_code, basis, valid_from, made_by, made_at)";
    db::insert_many(tx, head, 7, groups.collect()).await?;
    let payees: Vec<ProposePayee> = newcomers
        .iter()
        .filter_map(|new| new.payee.clone())
        .collect();
    contacts::payees::propose_many(tx, &payees).await.map(drop)
}

/// Opens a list, or finds it when the same file was brought in before.
#[derive(Serialize)]
pub(super) struct OpenBatch {
    pub id: BatchId,
    pub organization: OrganizationId,
    pub file_name: String,
    pub digest: Vec<u8>,
    pub totals: Totals,
}

impl Write for OpenBatch {
    const NAME: &'static str = "open_import";
    type Out = BatchId;
    async fn run(&self, tx: &mut Tx) -> Result<BatchId> {
        let upload = KeepUpload {
            id: self.id,
            organization: self.organization,
            file_name: self.file_name.clone(),
            digest: self.digest.clone(),
            content: None,
            problems: serde_json::json!([]),
            totals: self.totals,
        };
        let id = upload.run(tx).await?;
        sql("UPDATE import_batch SET state = 'running' WHERE id = $1 AND state <> 'done'")
            .bind(id)
            .execute(tx)
            .await?;
        Ok(id)
    }
}

/// Keeps a file that was read for a preview; gives the list that has the same file already.
#[derive(Serialize)]
pub struct KeepUpload {
    /// Made by the sender.
    pub id: BatchId,
    /// The body it is brought in for.
    pub organization: OrganizationId,
    /// The file's name.
    pub file_name: String,
    /// By what the file is known again.
    pub digest: Vec<u8>,
    /// The file, sealed; none when it is stored at once.
    #[serde(skip_serializing)]
    pub content: Option<Vec<u8>>,
    /// First problems, without cells.
    pub problems: serde_json::Value,
    /// Counts of the reading.
    pub totals: Totals,
}

impl Write for KeepUpload {
    const NAME: &'static str = "keep_import_upload";
    type Out = BatchId;
    async fn run(&self, tx: &mut Tx) -> Result<BatchId> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let made = sql("INSERT INTO import_batch (id, organization_id, user_id, file_name, digest, state,
             content, problems, rows_total, rows_done, accepted, warned, duplicates, rejected,
             skipped, made_at) VALUES ($1, $2, $3, $4, $5, 'preview', $6, $7, $8, 0, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (organization_id, digest) DO NOTHING")
        .bind(self.id)
        .bind(self.organization)
        .bind(tx.origin().user)
        .bind(&self.file_name)
        .bind(self.digest.clone())
        .bind(self.content.clone())
        .bind(self.problems.clone())
        .bind(count(self.totals.rows))
        .bind(count(self.totals.accept))
        .bind(count(self.totals.accept_with_warnings))
        .bind(count(self.totals.duplicate))
        .bind(count(self.totals.reject))
        .bind(count(self.totals.skipped))
        .bind(tx.now())
        .execute(tx)
        .await?;
        if made == 0 {
            return sql(
                "SELECT id AS value FROM import_batch WHERE organization_id = $1 AND digest = $2",
            )
            .bind(self.organization)
            .bind(self.digest.clone())
            .scalar(tx)
            .await;
        }
        let detail =
            serde_json::json!({ "organization": self.organization, "rows": self.totals.rows });
        audit::record(tx, "list_uploaded", "import", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// Confirms a previewed list, or starts a failed one again.
#[derive(Serialize)]
pub struct StartImport {
    /// Which list.
    pub id: BatchId,
}

impl Write for StartImport {
    const NAME: &'static str = "start_import";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let started = sql("UPDATE import_batch SET state = 'waiting' WHERE id = $1
             AND state IN ('preview', 'failed') AND content IS NOT NULL")
        .bind(self.id)
        .execute(tx)
        .await?;
        if started == 0 {
            return ALREADY_STARTED.refuse();
        }
        let job = jobs::Job {
            kind: super::work::RUN_IMPORT,
            payload: serde_json::json!({ "batch": self.id }),
            run_at: tx.now(),
            once_key: None,
        };
        jobs::enqueue(tx, job).await?;
        let detail = serde_json::json!({});
        audit::record(tx, "list_confirmed", "import", Some(self.id.get()), detail).await
    }
}

/// What becomes of one row.
#[derive(Serialize)]
struct RowFate {
    id: RowId,
    place: Place,
    status: super::RowStatus,
    reasons: Vec<String>,
    column: String,
    #[serde(skip_serializing)]
    cells: Option<Vec<u8>>,
    person: Option<PersonId>,
}

/// Writes some hundred rows with the people they became.
#[derive(Serialize)]
struct StoreRows {
    batch: BatchId,
    newcomers: Vec<Newcomer>,
    rows: Vec<RowFate>,
    done: i64,
}

impl Write for StoreRows {
    const NAME: &'static str = "store_import_rows";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        create_many(tx, &self.newcomers).await?;
        let rows = self.rows.iter().map(|row| {
            vec![
                row.id.into(),
                self.batch.into(),
                (&row.place.0).into(),
                row.place.1.into(),
                row.status.into(),
                serde_json::json!(row.reasons).into(),
                (&row.column).into(),
                row.cells.clone().into(),
                row.person.into(),
                "".into(),
            ]
        });
        let head = "INSERT INTO import_row (id, batch_id, sheet, row_number, status, reasons, \
             column_name, cells_sealed, person_id, dismissal)";
        db::insert_many(tx, head, 10, rows.collect()).await?;
        sql("UPDATE import_batch SET rows_done = $2 WHERE id = $1 AND rows_done < $2")
            .bind(self.batch)
            .bind(self.done)
            .execute(tx)
            .await?;
        if self.newcomers.is_empty() {
            return Ok(());
        }
        let people: Vec<PersonId> = self.newcomers.iter().map(|new| new.person.id).collect();
        let detail = serde_json::json!({ "people": people });
        audit::record(
            tx,
            "people_imported",
            "import",
            Some(self.batch.get()),
            detail,
        )
        .await
    }
}

/// All rows are stored: counts what they became and drops the file.
#[derive(Serialize)]
struct FinishBatch {
    id: BatchId,
}

impl Write for FinishBatch {
    const NAME: &'static str = "finish_import";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "UPDATE import_batch SET state = 'done', content = NULL, ended_at = $2,
             rows_total = (SELECT count(*) FROM import_row r WHERE r.batch_id = $1),
             rows_done = (SELECT count(*) FROM import_row r WHERE r.batch_id = $1),
             accepted = (SELECT count(*) FROM import_row r
                 WHERE r.batch_id = $1 AND r.status = 'accept'),
             warned = (SELECT count(*) FROM import_row r WHERE r.batch_id = $1
                 AND r.status = 'accept' AND CAST(r.reasons AS text) <> '[]'),
             duplicates = (SELECT count(*) FROM import_row r
                 WHERE r.batch_id = $1 AND r.status = 'duplicate'),
             rejected = (SELECT count(*) FROM import_row r
                 WHERE r.batch_id = $1 AND r.status IN ('reject', 'mended', 'dismissed'))
             WHERE id = $1 AND state <> 'done'",
        )
        .bind(self.id)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}

/// Puts a refused row aside.
#[derive(Serialize)]
pub struct DismissRow {
    /// Which row.
    pub id: RowId,
    /// Why, in a few words.
    pub reason: String,
}

impl Write for DismissRow {
    const NAME: &'static str = "dismiss_import_row";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let settled = sql(
            "UPDATE import_row SET status = 'dismissed', dismissal = $2, settled_at = $3,
             settled_by = $4, cells_sealed = NULL WHERE id = $1 AND status = 'reject'",
        )
        .bind(self.id)
        .bind(&self.reason)
        .bind(tx.now())
        .bind(tx.origin().user)
        .execute(tx)
        .await?;
        if settled == 0 {
            return ROW_SETTLED.refuse();
        }
        let detail = serde_json::json!({});
        audit::record(
            tx,
            "row_dismissed",
            "import_row",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

/// Stores a settled reading; gives the person each row became or repeats.
pub(super) async fn store(
    city: &City,
    origin: &Origin,
    batch: BatchId,
    organization: OrganizationId,
    reading: &mut Reading<'_>,
    mut progress: impl FnMut(usize, usize) + Send,
) -> Result<HashMap<Place, PersonId>> {
    let stored: HashSet<Place> = super::queries::places(&mut city.db.read().await?, batch).await?;
    let total = reading.rows.len();
    let mut people = HashMap::with_capacity(total);
    progress(0, total);
    for first in (0..total).step_by(TOGETHER) {
        let last = (first + TOGETHER).min(total);
        let mut tries = 0;
        loop {
            let (command, found) = chunk(
                city,
                batch,
                organization,
                reading,
                first..last,
                &stored,
                &people,
            )?;
            match city.db.write(origin, command).await {
                Ok(()) => {
                    people.extend(found);
                    break;
                }
                // Somebody was registered at another desk just now: look again.
                Err(Error::Conflict(_)) if tries < 3 => {
                    tries += 1;
                    look_again(city, reading, first..last).await?;
                }
                Err(error) => return Err(error),
            }
        }
        progress(last, total);
    }
    city.db.write(origin, FinishBatch { id: batch }).await?;
    Ok(people)
}

/// The reasons as kept with the list: whom a row repeats stands beside them, where it is shown
/// only to those who may see her.
fn stored_reasons(row: &ReadRow<'_>) -> Vec<String> {
    match (&row.duplicate_of, row.status()) {
        (Some(Original::Person(_)), Status::Duplicate) => Vec::new(),
        _ => row.reasons(),
    }
}

type Range = std::ops::Range<usize>;

async fn look_again(city: &City, reading: &mut Reading<'_>, range: Range) -> Result<()> {
    let rows = reading.rows.get_mut(range).unwrap_or_default();
    let mut conn = city.db.read().await?;
    let known = known::look_up(&mut conn, &city.keys, rows, Among::City).await?;
    for row in rows.iter_mut().filter(|row| row.status() == Status::Accept) {
        let code = row.clean.national_code.as_ref();
        if let Some(person) = code.and_then(|code| known.by_national_code.get(code)) {
            row.duplicate_of = Some(Original::Person(*person));
        }
    }
    Ok(())
}

/// The write for some rows, and the person of each. Rows stored before are left out.
fn chunk(
    city: &City,
    batch: BatchId,
    organization: OrganizationId,
    reading: &Reading<'_>,
    range: Range,
    stored: &HashSet<Place>,
    earlier: &HashMap<Place, PersonId>,
) -> Result<(StoreRows, HashMap<Place, PersonId>)> {
    let mut people: HashMap<Place, PersonId> = HashMap::new();
    let mut command = StoreRows {
        batch,
        newcomers: Vec::new(),
        rows: Vec::new(),
        done: i64::try_from(range.end).unwrap_or(i64::MAX),
    };
    for row in reading.rows.get(range).unwrap_or_default() {
        let place = place(row.sheet, row.row);
        let status = row.status();
        let person = match (status, &row.duplicate_of) {
            (Status::Reject, _) => None,
            (Status::Duplicate, Some(of)) => {
                original(of, &people).or_else(|| original(of, earlier))
            }
            _ if stored.contains(&place) => None,
            _ => {
                let new = Newcomer::new(city, organization, &row.clean);
                let id = new.person.id;
                command.newcomers.push(new);
                Some(id)
            }
        };
        people.extend(person.map(|id| (place.clone(), id)));
        if stored.contains(&place) {
            continue;
        }
        let id = RowId::new(city.db.new_id());
        let table = reading.tables.get(row.table);
        let column = row.rejecting_fault().and_then(|fault| fault.column);
        let heading = column
            .and_then(|column| table?.headings.get(column))
            .cloned();
        let cells = match (status, table) {
            (Status::Reject, Some(table)) => {
                Some(KeptRow::new(table, row.cells).seal(&city.keys, id)?)
            }
            _ => None,
        };
        command.rows.push(RowFate {
            id,
            place,
            status: row_status(status),
            reasons: stored_reasons(row),
            column: heading.unwrap_or_default(),
            cells,
            person,
        });
    }
    Ok((command, people))
}
