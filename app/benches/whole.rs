//! The whole program, measured from outside; each figure stands beside a baseline of the same run.
//!
//! `BENCH_ROWS` sets how many rows are imported (100,000 unless told), `ZANJIREH_BIN` which program is
//! measured. The baselines run in this process; the database's room, SQLite and its driver are
//! optimised in the development build too, the driver of PostgreSQL is not.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement may stop at the first surprise"
)]

#[path = "../tests/running/mod.rs"]
mod running;
mod selling;
mod table;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use db::{Clock, Db, Origin, Tx, Value, Write, insert_many, on_server, sql};
use running::{Running, demo_city, executable, folder, program, token_of};
use selling::Till;
use serde::{Deserialize, Serialize};
use table::{line, milliseconds};
use uuid::Uuid;

/// Sales that are measured one after another.
const SALES: usize = 100;
/// Requests of which the middle one counts.
const TRIES: usize = 21;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    table::head();
    let folder = folder("bench");
    let sqlite = format!("sqlite://{}", folder.join("city.sqlite").display());
    runtime.block_on(measure("SQLite", &sqlite, &folder));
    if let Ok(server) = std::env::var("ZANJIREH_TEST_POSTGRES") {
        let name = format!("bench_{}", Uuid::now_v7().simple());
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        let make = format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        );
        runtime.block_on(on_server(&server, &[make])).unwrap();
        runtime.block_on(measure("PostgreSQL", &url, &folder.join("postgres")));
        let gone = format!("DROP DATABASE {name} WITH (FORCE)");
        runtime.block_on(on_server(&server, &[gone])).unwrap();
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The middle of several tries, in milliseconds.
fn middle(mut act: impl FnMut()) -> f64 {
    let mut times: Vec<Duration> = (0..TRIES)
        .map(|_| {
            let began = Instant::now();
            act();
            began.elapsed()
        })
        .collect();
    times.sort();
    milliseconds(times[TRIES / 2])
}

async fn measure(engine: &str, url: &str, folder: &Path) {
    let accounts = demo_city(folder, url, "8");
    let worker = token_of(&accounts, "worker");
    let db = Db::open(url, Clock::system()).await.unwrap();
    let few = {
        let running = Running::start(folder, url, &["serve"]);
        sale(engine, url, &db, &running, &token_of(&accounts, "clerk")).await;
        middle(|| search(&running, &worker))
    };
    import(engine, url, folder, &db).await;
    first_page(engine, url, folder);
    let running = Running::start(folder, url, &["serve"]);
    let at_start = resident(&running);
    let many = middle(|| search(&running, &worker));
    let people = count(&db, "person").await;
    line(
        &format!("search among {people} people (baseline: before the import)"),
        engine,
        (many, few),
        "ms",
    );
    line(
        "resident memory after the searches (baseline: just started)",
        engine,
        (resident(&running), at_start),
        "MB",
    );
    drop(running);
    db.close().await;
}

async fn count(db: &Db, table: &str) -> i64 {
    let mut conn = db.read().await.unwrap();
    let text = format!("SELECT count(*) AS value FROM {table}");
    sql(text).scalar(&mut conn).await.unwrap()
}

fn search(running: &Running, token: &str) {
    let query = "/api/v1/people?q=%D9%85%DB%8C%D9%86%D8%A7%20%D8%A2%D8%B2%D9%85%D9%88%D9%86%DB%8C";
    let (status, _) = running.get(query, token).unwrap();
    assert_eq!(status, 200);
}

/// Megabytes of the program's memory that are in use.
fn resident(running: &Running) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", running.id())).unwrap();
    let size = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let size = size.unwrap().trim().trim_end_matches(" kB");
    size.parse::<f64>().unwrap() / 1024.0
}

/// From the start to the first whole page; a process that only tells its version beside it.
fn first_page(engine: &str, url: &str, folder: &Path) {
    let began = Instant::now();
    let running = Running::start(folder, url, &["serve"]);
    let (status, _) = running.get("/sign-in", "").unwrap();
    assert_eq!(status, 200);
    let figure = milliseconds(began.elapsed());
    let version = || {
        let said = Command::new(executable()).arg("--version").output();
        assert!(said.unwrap().status.success());
    };
    line(
        "first page after start (baseline: `zanjireh --version`)",
        engine,
        (figure, middle(version)),
        "ms",
    );
}

/// A national code with its check digit.
fn national_code(serial: usize) -> String {
    let digits = format!("{:09}", 100_000_000 + serial);
    let places = digits.bytes().zip((2..=10).rev());
    let sum: u32 = places
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let rest = sum % 11;
    format!("{digits}{}", if rest < 2 { rest } else { 11 - rest })
}

const FIRST: &[&str] = &[
    "مینا",
    "سارا",
    "لیلا",
    "نرگس",
    "پروین",
    "ژاله",
    "گوهر",
    "شیرین",
    "آذر",
    "طاهره",
];
const LAST: &[&str] = &[
    "آزمونی",
    "نمونه",
    "گل‌کار",
    "سپیدار",
    "رنگرز",
    "مهتابی",
    "کوهپایه",
    "آبگینه",
    "ریحانی",
    "ارغوانی",
    "پرنیان",
];

fn rows() -> Vec<[String; 5]> {
    let asked = std::env::var("BENCH_ROWS").ok();
    let rows = asked.map_or(100_000, |rows| rows.parse().unwrap());
    (0..rows)
        .map(|at| {
            let born = format!("{}/{:02}/{:02}", 1340 + at % 40, 1 + at % 12, 1 + at % 29);
            let (first, last) = (FIRST[at % FIRST.len()], LAST[at / 7 % LAST.len()]);
            let father = FIRST[at / 3 % FIRST.len()];
            [
                first.into(),
                last.into(),
                father.into(),
                national_code(at),
                born,
            ]
        })
        .collect()
}

/// Rows into a table without rules.
#[derive(Serialize, Deserialize)]
struct Plain {
    rows: Vec<[String; 5]>,
}

impl Write for Plain {
    const NAME: &'static str = "plain_rows";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let rows = self.rows.iter().map(|row| {
            let cells = row.iter().cloned().map(Value::Text);
            std::iter::once(Value::Uuid(fresh_id()))
                .chain(cells)
                .collect()
        });
        let head = "INSERT INTO bench_row (id, a, b, c, d, e)";
        insert_many(tx, head, 6, rows.collect()).await.map(drop)
    }
}

fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// A table of our own beside the city's.
async fn scratch(db: &Db, url: &str) {
    let step = db::Migration {
        number: 9001,
        name: "bench".into(),
        text:
            "CREATE TABLE bench_row (id uuid NOT NULL PRIMARY KEY, a text NOT NULL, b text NOT NULL,
            c text NOT NULL, d text NOT NULL, e text NOT NULL);
            CREATE TABLE bench_stock (id uuid NOT NULL PRIMARY KEY, on_hand bigint NOT NULL)"
                .into(),
    };
    db::migrate(db, &[step])
        .await
        .unwrap_or_else(|error| panic!("{url}: {error}"));
}

/// Another database on the same engine, for what is compared.
async fn beside(url: &str) -> Db {
    let other = match url.strip_suffix(".sqlite") {
        Some(path) => format!("{path}-beside.sqlite"),
        None => {
            let name = format!("{}_beside", url.rsplit_once('/').unwrap().1);
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            on_server(url, &[drop, format!("CREATE DATABASE {name}")])
                .await
                .unwrap();
            format!("{url}_beside")
        }
    };
    if let Some(path) = other.strip_prefix("sqlite://") {
        for end in ["", "-wal", "-shm"] {
            // There on the second use only.
            let _ = std::fs::remove_file(format!("{path}{end}"));
        }
    }
    let db = Db::open(&other, Clock::system()).await.unwrap();
    scratch(&db, &other).await;
    db
}

async fn let_go(url: &str, db: Db) {
    db.close().await;
    if url.starts_with("postgres") {
        let drop = format!(
            "DROP DATABASE {}_beside WITH (FORCE)",
            url.rsplit_once('/').unwrap().1
        );
        on_server(url, &[drop]).await.unwrap();
    }
}

/// A list on the command line; the same cells into one table without rules beside it.
async fn import(engine: &str, url: &str, folder: &Path, db: &Db) {
    let rows = rows();
    let mut text = "نام,نام خانوادگی,نام پدر,کد ملی,تاریخ تولد\n".to_owned();
    for row in &rows {
        text += &row.join(",");
        text.push('\n');
    }
    let file = folder.join("list.csv");
    std::fs::write(&file, text).unwrap();
    let arguments = [
        "import",
        "applicants",
        file.to_str().unwrap(),
        "--body",
        "welfare",
    ];
    let before = count(db, "person").await;
    let began = Instant::now();
    let taken = program(folder, url, &arguments).output().unwrap();
    let figure = began.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&taken.stdout).into_owned();
    let came = count(db, "person").await - before;
    assert!(
        came as f64 > rows.len() as f64 * 0.9,
        "{came} came in: {said}"
    );
    let plain = beside(url).await;
    let began = Instant::now();
    let number = rows.len();
    for some in rows.chunks(2000) {
        let command = Plain {
            rows: some.to_vec(),
        };
        plain
            .write(&Origin::program("bench"), command)
            .await
            .unwrap();
    }
    let baseline = began.elapsed().as_secs_f64();
    let_go(url, plain).await;
    line(
        &format!("import of {number} rows (baseline: the cells into one plain table)"),
        engine,
        (figure, baseline),
        "s",
    );
}

/// Three shelves to take from.
#[derive(Serialize, Deserialize)]
struct Shelves {
    stock: Vec<Uuid>,
}

impl Write for Shelves {
    const NAME: &'static str = "plain_shelves";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let rows = self.stock.iter();
        let rows = rows.map(|id| vec![Value::Uuid(*id), Value::Int(1_000_000)]);
        let head = "INSERT INTO bench_stock (id, on_hand)";
        insert_many(tx, head, 2, rows.collect()).await.map(drop)
    }
}

/// As many rows in as many tables as a sale writes, and as many changed.
#[derive(Serialize, Deserialize)]
struct PlainSale {
    inserted: Vec<i64>,
    stock: Vec<Uuid>,
}

impl Write for PlainSale {
    const NAME: &'static str = "plain_sale";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        for id in &self.stock {
            sql("UPDATE bench_stock SET on_hand = on_hand - 1 WHERE id = $1 AND on_hand > 0")
                .bind(*id)
                .execute(tx)
                .await?;
        }
        for rows in &self.inserted {
            let row = || {
                let words = ["sale", "0123456789abcdef", "1405-000017", "120000", "{}"];
                let words = words.iter().map(|word| Value::Text((*word).to_owned()));
                std::iter::once(Value::Uuid(fresh_id()))
                    .chain(words)
                    .collect()
            };
            let rows = (0..*rows).map(|_| row()).collect();
            insert_many(tx, "INSERT INTO bench_row (id, a, b, c, d, e)", 6, rows).await?;
        }
        Ok(())
    }
}

/// Rows of every table.
async fn sizes(db: &Db) -> Vec<i64> {
    let mut sizes = Vec::new();
    for table in db::tables(&migrations::all()) {
        sizes.push(count(db, &table.name).await);
    }
    sizes
}

/// Sales of three lines, one after another.
async fn sale(engine: &str, url: &str, db: &Db, running: &Running, token: &str) {
    let till = Till::of(db).await;
    let sell = || till.sell(&running.address(), token);
    sell();
    let before = sizes(db).await;
    sell();
    let after = sizes(db).await;
    let inserted = before
        .iter()
        .zip(&after)
        .map(|(before, after)| after - before);
    let inserted: Vec<i64> = inserted.filter(|rows| *rows > 0).collect();
    let began = Instant::now();
    (0..SALES).for_each(|_| sell());
    let figure = milliseconds(began.elapsed()) / SALES as f64;
    let plain = beside(url).await;
    let stock: Vec<Uuid> = (0..3).map(|_| fresh_id()).collect();
    let shelves = Shelves {
        stock: stock.clone(),
    };
    plain
        .write(&Origin::program("bench"), shelves)
        .await
        .unwrap();
    let rows: i64 = inserted.iter().sum();
    let tables = inserted.len();
    let began = Instant::now();
    for _ in 0..SALES {
        let command = PlainSale {
            inserted: inserted.clone(),
            stock: stock.clone(),
        };
        plain
            .write(&Origin::program("bench"), command)
            .await
            .unwrap();
    }
    let baseline = milliseconds(began.elapsed()) / SALES as f64;
    line(
        &format!(
            "a sale of three lines over HTTP (baseline: {rows} plain rows in {tables} tables, three shelves changed)"
        ),
        engine,
        (figure, baseline),
        "ms",
    );
    let_go(url, plain).await;
}
