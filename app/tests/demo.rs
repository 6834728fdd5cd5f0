//! The invented city: whole, healthy, and the same for the same seed.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use db::{Clock, Conn, Db, sql};
use serde_json::Value as Json;
use testing::both;

/// The day after the last day of the tested histories.
const TODAY: &str = "2026-11-23";

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("zanjireh-demo-{}", uuid::Uuid::now_v7().simple()))
}

fn program(folder: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zanjireh"));
    command.args(arguments).arg("--data").arg(folder);
    command.args(["--database", database]);
    command
}

/// The processes that a process started, as the kernel lists them: number and command line.
fn children(parent: u32) -> Vec<(u32, String)> {
    let list = |entry: std::fs::DirEntry| {
        let id: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        // The name in parentheses may hold anything; state and parent follow it.
        let mut rest = stat.rsplit_once(')')?.1.split_whitespace();
        let is_alive = rest.next()? != "Z";
        let is_child = rest.next()?.parse() == Ok(parent);
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        (is_alive && is_child).then_some((id, line))
    };
    let all = std::fs::read_dir("/proc").unwrap();
    all.filter_map(|entry| list(entry.unwrap())).collect()
}

fn is_there(process: u32, line: &str) -> bool {
    let kept = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&kept).replace('\0', " ") == line
}

/// Makes a demo city and stops when it is served; its outside world stops with it.
fn make(folder: &Path, database: &str, people: &str, seed: &str, signal: &str) {
    let arguments = ["demo", "--people", people, "--seed", seed, "--today", TODAY];
    let mut child: Child = program(folder, database, &arguments)
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = output.lines().map(Result::unwrap);
    let is_served = lines.any(|line| line.starts_with("The demo city is at"));
    let outside = children(child.id());
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap()
            .success()
    );
    let ending = child.wait().unwrap();
    assert!(is_served, "the demo did not start");
    assert_eq!(ending.success(), signal == "-TERM", "{ending}");
    for kind in ["simulate sms", "simulate bank"] {
        let count = outside
            .iter()
            .filter(|(_, line)| line.contains(kind))
            .count();
        assert_eq!(count, 1, "{kind} among {outside:?}");
    }
    // Also killed without warning, the demo leaves nobody behind.
    let began = std::time::Instant::now();
    while let Some(left) = outside.iter().find(|(id, line)| is_there(*id, line)) {
        assert!(began.elapsed().as_secs() < 10, "{left:?} is still there");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

async fn count(conn: &mut Conn, of: &str) -> i64 {
    sql(format!("SELECT count(*) AS value FROM {of}"))
        .scalar(conn)
        .await
        .unwrap()
}

/// What each room must hold something of.
const RECORDS: &[&str] = &[
    "person",
    "assessment",
    "eligibility_decision WHERE result = 'yes'",
    "plan WHERE state = 'active'",
    "package_line WHERE state = 'delivered'",
    "case_file WHERE state = 'closed'",
    "case_file WHERE state = 'open' AND next_action_on IS NOT NULL",
    "leg WHERE state = 'completed'",
    "escalation",
    "cohort",
    "attendance WHERE mark = 'absent'",
    "certificate",
    "consultation",
    "licence WHERE source = 'staff'",
    "licence WHERE source = 'referral'",
    "batch",
    "batch_upload WHERE applied_at IS NOT NULL",
    "case_event WHERE kind = 'product_approved'",
    "case_event WHERE kind = 'goods_received'",
    "case_event WHERE kind = 'first_sold'",
    "case_event WHERE kind = 'first_paid'",
    "case_file WHERE stage = 'earning'",
    "work_order WHERE delivered < quantity",
    "work_order WHERE delivered = quantity",
    "product WHERE state = 'approved'",
    "agreement",
    "lot",
    "sale_line",
    "sale_return",
    "shift WHERE closed_at IS NOT NULL",
    "statement",
    "payout WHERE state = 'confirmed' AND payee_kind = 'own_account'",
    "payout WHERE state = 'confirmed' AND payee_kind = 'proxy'",
    "payout WHERE state = 'confirmed' AND payee_kind = 'counter'",
    "earning",
    "follow_up",
    "pilot WHERE state = 'ended'",
    "article",
    "meeting WHERE state = 'closed'",
    "meeting WHERE state = 'planned'",
    "committee_membership WHERE role = 'guest'",
    "resolution",
    "resolution_answer WHERE way = 'link'",
    "resolution_answer WHERE way = 'desk'",
    "case_decision WHERE state = 'opened'",
    "attendance_mark WHERE presence = 'deputy'",
    "meeting_document",
    "meeting WHERE moved_from IS NOT NULL",
    "agenda_item WHERE kind = 'forwarded'",
    "ordinance WHERE kind = 'law'",
    "citation_card WHERE kind = 'case_action'",
    "citation_card WHERE kind = 'package_template'",
    "action_target",
    "action_budget",
    "action_need",
    "launch_step WHERE step = 'open'",
    "space_use WHERE is_over",
    "letter WHERE state = 'sent'",
    "letter WHERE state = 'received'",
    "centre_month",
    "reminder WHERE answered_on IS NULL",
    "indicator_value",
];

both! {
    async fn a_small_demo_city_is_whole_and_healthy(bench: Bench) {
        let folder = folder();
        make(&folder, &bench.url, "24", "7", "-TERM");
        let report = program(&folder, &bench.url, &["doctor", "--json"]).output().unwrap();
        let report: Json = serde_json::from_slice(&report.stdout).unwrap();
        assert_eq!(report["healthy"], Json::Bool(true), "{report}");
        let db = Db::open(&bench.url, Clock::system()).await.unwrap();
        let mut conn = db.read().await.unwrap();
        for of in RECORDS {
            assert!(count(&mut conn, of).await > 0, "none of {of}");
        }
        let headless = "case_file WHERE state = 'open' AND (owner_id IS NULL OR next_action IS NULL)";
        assert_eq!(count(&mut conn, headless).await, 0);
        drop(conn);
        db.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// Once the city is served, its week is sealed and its month published by jobs at times of their own.
const OF_JOBS: [&str; 4] = ["statement", "statement_line", "notice", "indicator_value"];

#[tokio::test]
async fn the_same_seed_gives_the_same_city() {
    let (mut cities, mut exports) = (Vec::new(), Vec::new());
    for signal in ["-TERM", "-KILL"] {
        let folder = folder();
        let database = format!("sqlite://{}", folder.join("city.sqlite").display());
        make(&folder, &database, "12", "3", signal);
        let exported = program(&folder, &database, &["export"]).output().unwrap();
        assert!(exported.status.success());
        let of_the_week = OF_JOBS.map(|table| format!("\"table\":\"{table}\""));
        let exported = String::from_utf8(exported.stdout).unwrap();
        let lines = exported.lines();
        let lines = lines.filter(|line| !of_the_week.iter().any(|table| line.contains(table)));
        let exported = lines.collect::<Vec<_>>().join("\n");
        assert!(exported.lines().count() > 500);
        exports.push(exported);
        let db = Db::open(&database, Clock::system()).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let mut told: Vec<String> = Vec::new();
        for of in RECORDS.iter().filter(|of| !OF_JOBS.contains(of)) {
            told.push(format!("{of}: {}", count(&mut conn, of).await));
        }
        let names = "SELECT id, first_name || ' ' || last_name AS name FROM person ORDER BY id";
        for row in sql(names).rows(&mut conn).await.unwrap() {
            let id: uuid::Uuid = row.get("id").unwrap();
            told.push(format!("{id} {}", row.get::<String>("name").unwrap()));
        }
        cities.push(told);
        drop(conn);
        db.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
    assert_eq!(cities[0], cities[1]);
    let differing = exports[0]
        .lines()
        .zip(exports[1].lines())
        .find(|(one, other)| one != other);
    assert_eq!(differing, None, "the logical export is the same");
    assert_eq!(exports[0].len(), exports[1].len());
}
