use access::Role;
use access::cast::Stage;
use db::{Origin, sql};
use documents::sheets::{Cell, Sheet};
use organizations::OrganizationId;
use testing::{Bench, both};

use super::mend::Repair;
use super::{Outcome, RowStatus, list_rows, run};
use crate::import::sample;
pub(crate) use crate::import::tests::workbook_file as as_xlsx;

struct Load;
impl serde::Serialize for Load {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
impl db::Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        crate::reference::load(tx).await?;
        crate::reference::load(tx).await
    }
}

pub(crate) async fn stage(bench: &Bench) -> Stage {
    let rooms = vec![access::room(), contacts::room(), crate::room()];
    let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
    stage
        .city
        .db
        .write(&Origin::program("test"), Load)
        .await
        .unwrap();
    stage
}

async fn bring_in(stage: &Stage, bytes: &[u8]) -> Outcome {
    let home = OrganizationId::new(stage.home);
    let origin = Origin::user(stage.alice.id, "alice");
    run(
        &stage.city,
        &origin,
        Some(home),
        bytes,
        "list.xlsx",
        |_, _| {},
    )
    .await
    .unwrap()
}

async fn count(stage: &Stage, table: &str) -> i64 {
    let mut conn = stage.city.db.read().await.unwrap();
    sql(format!("SELECT count(*) AS value FROM {table}"))
        .scalar(&mut conn)
        .await
        .unwrap()
}

const TABLES: [&str; 8] = [
    "person",
    "contact",
    "person_group",
    "person_likeness",
    "access_grant",
    "payee",
    "import_batch",
    "import_row",
];

async fn counts(stage: &Stage) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in TABLES {
        counts.push(count(stage, table).await);
    }
    counts
}

/// A list of two: the second has a national code that cannot be right.
pub(crate) fn two_rows() -> Vec<u8> {
    let text = |words: &[&str]| {
        words
            .iter()
            .map(|word| Cell::Text((*word).to_owned()))
            .collect()
    };
    as_xlsx(&[Sheet {
        name: "متقاضیان".into(),
        first_row: 1,
        rows: vec![
            text(&[
                "نام",
                "نام خانوادگی",
                "نام پدر",
                "کد ملی",
                "تاریخ تولد",
                "موبایل",
                "منطقه",
                "گروه هدف",
            ]),
            text(&[
                "زهرا",
                "نیک‌پور",
                "حسن",
                "0012345679",
                "1358/12/24",
                "09001234567",
                "5",
                "کم‌درآمد",
            ]),
            text(&[
                "مریم",
                "کرمی",
                "علی",
                "0012345670",
                "1360/01/02",
                "09001234568",
                "6",
                "",
            ]),
        ],
    }])
}

both! {
    async fn a_list_becomes_people_and_the_same_file_again_changes_nothing(bench: Bench) {
        let stage = stage(&bench).await;
        for seed in [3, 11] {
            let sample = sample::workbook(seed, 300);
            let bytes = as_xlsx(&sample.sheets);
            let before = count(&stage, "person").await;
            let outcome = bring_in(&stage, &bytes).await;
            let totals = outcome.report["totals"].clone();
            let is = |status: crate::import::Status| {
                sample.truth.iter().filter(|truth| truth.status == status).count()
            };
            assert_eq!(totals["accept"], is(crate::import::Status::Accept));
            assert_eq!(totals["duplicate"], is(crate::import::Status::Duplicate));
            assert_eq!(outcome.rejected, is(crate::import::Status::Reject));
            let made = count(&stage, "person").await - before;
            assert_eq!(totals["accept"], made, "each accepted row is one person");
            assert!(outcome.report["rows"].as_array().unwrap().iter().all(|row| {
                (row["status"] == "reject") == row["person_id"].is_null()
            }));
            let counted = counts(&stage).await;
            let again = bring_in(&stage, &bytes).await;
            assert_eq!(counts(&stage).await, counted, "{TABLES:?}");
            assert_eq!(again.batch, outcome.batch);
            assert_eq!((again.report["totals"]["accept"].clone(), again.rejected), (0.into(), outcome.rejected));
        }
    }

    async fn a_dry_run_stores_nothing_and_tells_the_same(bench: Bench) {
        let stage = stage(&bench).await;
        let counted = counts(&stage).await;
        let origin = Origin::user(stage.alice.id, "alice");
        let dry = run(&stage.city, &origin, None, &two_rows(), "list.xlsx", |_, _| {}).await.unwrap();
        assert_eq!((dry.batch, counts(&stage).await), (None, counted));
        assert_eq!((dry.rejected, &dry.report["totals"]["accept"]), (1, &1.into()));
        let book = documents::sheets::read(&dry.rejects_xlsx, &documents::sheets::Limits::default()).unwrap();
        let line: Vec<String> = book[0].rows[1].iter().map(Cell::text).collect();
        assert_eq!(line[..3], ["متقاضیان", "3", "کد ملی"]);
        assert!(line[3].contains("کد ملی درست نیست") && line[4].contains("national code is not right"));
        assert!(line.contains(&"0012345670".to_owned()));
    }

    async fn a_refused_row_is_mended_and_becomes_a_person(bench: Bench) {
        let stage = stage(&bench).await;
        let batch = bring_in(&stage, &two_rows()).await.batch.unwrap();
        let mut conn = stage.city.db.read().await.unwrap();
        let row = list_rows(&mut conn, batch, RowStatus::Reject, None, 50).await.unwrap().remove(0);
        assert_eq!((row.row_number, row.column_name.as_str()), (3, "کد ملی"));
        let repair = Repair::open(&mut conn, &stage.city.keys, row.id).await.unwrap();
        drop(conn);
        let mut cells: Vec<String> = repair.shown().into_iter().map(|(_, text)| text).collect();
        let still = repair.mend(&stage.city, &cells).await.unwrap();
        assert!(still.is_err(), "untouched it is still wrong");
        cells[3] = "0084575948".into();
        let command = repair.mend(&stage.city, &cells).await.unwrap().unwrap();
        let person = stage.write(&stage.alice, command).await.unwrap().unwrap();
        let mut conn = stage.city.db.read().await.unwrap();
        assert_eq!(crate::name(&mut conn, person).await.unwrap(), "مریم کرمی");
        drop(conn);
        // The file again still holds the bad row, but it is settled.
        let counted = counts(&stage).await;
        bring_in(&stage, &two_rows()).await;
        assert_eq!(counts(&stage).await, counted);
    }
}
