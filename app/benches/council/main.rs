//! What the committee opens, measured from outside in cities of many people.
//!
//! `BENCH_PEOPLE` says how many live in the large one (1,000,000 unless told), `ZANJIREH_BIN` which
//! program is measured. The cities are made of a demo's rows, copied under new ids and days.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement may stop at the first surprise"
)]

mod growth;
#[path = "../../tests/running/mod.rs"]
mod running;
#[path = "../selling.rs"]
mod selling;
#[path = "../table.rs"]
mod table;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use db::{Clock, Db, on_server, sql};
use growth::{CHAIN, FIGURES, Pattern};
use running::{Address, Running, demo_city, folder, token_of};
use selling::Till;
use serde_json::Value as Json;
use table::{line, milliseconds};
use uuid::Uuid;

/// People of the demo whose rows are copied.
const DEMO: &str = "300";
/// People of the smaller city.
const SMALL: usize = 50_000;
/// Requests of which the slowest twentieth does not count.
const TRIES: usize = 60;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    table::head();
    runtime.block_on(async {
        for (place, engine) in ["SQLite", "PostgreSQL"].into_iter().enumerate() {
            if let Some(small) = City::new(engine, place * 2).await {
                let chain = small.figures().await;
                small.end().await;
                let large = City::new(engine, place * 2 + 1).await.unwrap();
                large.chain(chain).await;
                large.end().await;
            }
        }
    });
}

/// A city on its own database.
struct City {
    engine: &'static str,
    folder: std::path::PathBuf,
    url: String,
    /// The server it lies on.
    server: Option<String>,
    accounts: Json,
}

impl City {
    /// A demo city; none on a server that is not there.
    async fn new(engine: &'static str, place: usize) -> Option<Self> {
        let folder = folder(&format!("council-{place}"));
        let (url, server) = match engine {
            "SQLite" => (
                format!("sqlite://{}", folder.join("city.sqlite").display()),
                None,
            ),
            _ => {
                let server = std::env::var("ZANJIREH_TEST_POSTGRES").ok()?;
                let name = format!("council_{}", Uuid::now_v7().simple());
                let make = format!(
                    "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
                );
                on_server(&server, &[make]).await.unwrap();
                (
                    format!("{}/{name}", server.rsplit_once('/').unwrap().0),
                    Some(server),
                )
            }
        };
        let accounts = demo_city(&folder, &url, DEMO);
        Some(Self {
            engine,
            folder,
            url,
            server,
            accounts,
        })
    }

    fn token(&self, username: &str) -> String {
        token_of(&self.accounts, username)
    }

    fn serve(&self) -> Running {
        Running::start(&self.folder, &self.url, &["serve"])
    }

    async fn grow(&self, tables: &[&str], people: usize) {
        let began = Instant::now();
        let db = Db::open(&self.url, Clock::system()).await.unwrap();
        Pattern::of(&db, tables).await.grow(&db, people).await;
        db.close().await;
        eprintln!(
            "{}: {people} people in {:.0} s",
            self.engine,
            began.elapsed().as_secs_f64()
        );
    }

    /// All figures and their two years in the demo and in a city of 50,000; then its chain.
    async fn figures(&self) -> f64 {
        let (observer, clerk) = (self.token("observer"), self.token("clerk"));
        let db = Db::open(&self.url, Clock::system()).await.unwrap();
        let till = Till::of(&db).await;
        db.close().await;
        let running = self.serve();
        let few = all_figures(&running.address(), &observer);
        let idle = sales(&till, &running.address(), &clerk);
        drop(running);
        self.grow(FIGURES, SMALL).await;
        let running = self.serve();
        let address = running.address();
        let many = all_figures(&address, &observer);
        line(
            &format!(
                "all figures with two years of months, {SMALL} people (baseline: {DEMO} people)"
            ),
            self.engine,
            (many, few),
            "s",
        );
        let is_over = AtomicBool::new(false);
        let meanwhile = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    all_figures(&address, &observer);
                }
            });
            let meanwhile = sales(&till, &address, &clerk);
            is_over.store(true, Ordering::Relaxed);
            meanwhile
        });
        line(
            &format!(
                "a sale while all figures of {SMALL} people are counted (baseline: in the demo, nothing else going on)"
            ),
            self.engine,
            (meanwhile, idle),
            "ms",
        );
        self.minutes(&address).await;
        chain(&running, &observer)
    }

    /// The minutes of a meeting that was held, as a PDF.
    async fn minutes(&self, address: &Address) {
        let db = Db::open(&self.url, Clock::system()).await.unwrap();
        let text = "SELECT m.id AS value FROM meeting m ORDER BY m.held_on, m.id LIMIT 1";
        let meeting: Uuid = sql(text)
            .scalar(&mut db.read().await.unwrap())
            .await
            .unwrap();
        db.close().await;
        let secretary = self.token("secretary");
        let time = |path: String| {
            let times = (0..5).map(|_| {
                let began = Instant::now();
                assert_eq!(address.get(&path, &secretary).unwrap().0, 200, "{path}");
                milliseconds(began.elapsed())
            });
            times.fold(f64::INFINITY, f64::min)
        };
        let (paper, page) = (
            time(format!("/meetings/{meeting}/minutes.pdf")),
            time(format!("/api/v1/meetings/{meeting}")),
        );
        line(
            "minutes of a meeting as PDF (baseline: the meeting as JSON)",
            self.engine,
            (paper, page),
            "ms",
        );
    }

    /// The chain of very many people beside that of 50,000.
    async fn chain(&self, small: f64) {
        let asked = std::env::var("BENCH_PEOPLE").ok();
        let people = asked.map_or(1_000_000, |people| people.parse().unwrap());
        self.grow(CHAIN, people).await;
        let running = self.serve();
        let large = chain(&running, &self.token("observer"));
        line(
            &format!(
                "the chain on one screen, slowest of twenty, {people} people (baseline: {SMALL} people)"
            ),
            self.engine,
            (large, small),
            "ms",
        );
    }

    async fn end(self) {
        if let (Some(server), Some((_, name))) = (&self.server, self.url.rsplit_once('/')) {
            let gone = format!("DROP DATABASE {name} WITH (FORCE)");
            on_server(server, &[gone]).await.unwrap();
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// 95 of 100 pages of the chain come within so many milliseconds.
fn chain(running: &Running, token: &str) -> f64 {
    let mut times: Vec<Duration> = (0..TRIES)
        .map(|_| {
            let began = Instant::now();
            let (status, _) = running.get("/api/v1/chain", token).unwrap();
            assert_eq!(status, 200);
            began.elapsed()
        })
        .collect();
    times.sort();
    milliseconds(times[TRIES * 95 / 100])
}

/// Seconds until every figure has been told, with its months where it has them, to one who may open
/// lists.
fn all_figures(address: &Address, token: &str) -> f64 {
    let began = Instant::now();
    let get = |path: &str| match address.get(path, token) {
        Some((200, body)) => body,
        other => panic!("{path}: {other:?}"),
    };
    let all = get("/api/v1/figures");
    for figure in all["items"].as_array().unwrap() {
        let code = figure["definition"]["code"].as_str().unwrap();
        let path = format!("/api/v1/figures/{code}");
        let has = get(&path)["breakdowns"].clone();
        if has.as_array().unwrap().contains(&Json::from("month")) {
            get(&format!("{path}?by=month"));
        }
    }
    began.elapsed().as_secs_f64()
}

/// Milliseconds of a sale, the slowest twentieth left out.
fn sales(till: &Till, address: &Address, token: &str) -> f64 {
    let mut times: Vec<f64> = (0..TRIES)
        .map(|_| {
            let began = Instant::now();
            till.sell(address, token);
            milliseconds(began.elapsed())
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[TRIES * 95 / 100]
}
