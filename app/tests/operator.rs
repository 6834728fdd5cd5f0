//! The operator's commands, run as the operator runs them.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use testing::both;

struct City {
    folder: PathBuf,
    database: String,
}

impl City {
    fn at(database: String) -> Self {
        let folder =
            std::env::temp_dir().join(format!("zanjireh-{}", uuid::Uuid::now_v7().simple()));
        Self { folder, database }
    }

    /// A city in a SQLite file of its own.
    fn fresh() -> Self {
        let mut city = Self::at(String::new());
        city.database = format!("sqlite://{}", city.folder.join("city.sqlite").display());
        city
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zanjireh"))
            .args(arguments)
            .arg("--data")
            .arg(&self.folder)
            .args(["--database", &self.database])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }

    fn doctor(&self) -> (Option<i32>, Json) {
        let output = self.run(&["doctor", "--json"], "");
        let text = String::from_utf8(output.stdout).unwrap();
        (
            output.status.code(),
            serde_json::from_str(&text).unwrap_or(Json::Null),
        )
    }
}

impl Drop for City {
    fn drop(&mut self) {
        // The folder is gone already when nothing was written.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

both! {
    async fn a_backup_of_either_engine_restores_into_a_file_and_is_healthy(bench: Bench) {
        let city = City::at(bench.url.clone());
        assert!(city.run(&["migrate"], "").status.success());
        let file = city.folder.join("city.backup");
        let backup = city.run(&["backup", file.to_str().unwrap()], "");
        assert!(backup.status.success(), "{}", said(&backup));
        let other = City::fresh();
        let restored = other.run(&["restore", file.to_str().unwrap()], "");
        assert!(restored.status.success(), "{}", said(&restored));
        let keyless = other.run(&["doctor"], "");
        assert!(said(&keyless).contains("keys"), "a database without its keys is refused");
        std::fs::create_dir_all(other.folder.join("keys")).unwrap();
        let keys = "keys/city.keys.json";
        std::fs::copy(city.folder.join(keys), other.folder.join(keys)).unwrap();
        let (code, report) = other.doctor();
        assert_eq!((code, &report["healthy"]), (Some(0), &Json::Bool(true)), "{report}");
        let again = other.run(&["restore", file.to_str().unwrap()], "");
        assert!(said(&again).contains("not empty"), "{}", said(&again));
    }
}

#[test]
fn a_user_is_added_with_a_second_factor_and_a_short_password_is_refused() {
    let city = City::fresh();
    let add = [
        "user",
        "add",
        "chief",
        "--name",
        "رئیس",
        "--body",
        "nobody",
        "--role",
        "administrator",
    ];
    let short = city.run(&add, "short\n");
    assert_eq!(short.status.code(), Some(1));
    assert!(said(&short).contains("at least 15"));
    let nowhere = city.run(&add, "a long enough password\n");
    assert!(said(&nowhere).contains("no body with code nobody"));
}

#[test]
fn wrong_usage_ends_with_two_and_names_the_nearest_setting() {
    let output = Command::new(env!("CARGO_BIN_EXE_zanjireh"))
        .args(["config", "print"])
        .env("ZANJIREH_DATABSE", "x")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("did you mean ZANJIREH_DATABASE?"),
        "{}",
        said(&output)
    );
}

#[test]
fn another_citys_keys_are_refused() {
    let (one, other) = (City::fresh(), City::fresh());
    assert!(one.run(&["migrate"], "").status.success());
    assert!(other.run(&["migrate"], "").status.success());
    let keys = "keys/city.keys.json";
    std::fs::copy(other.folder.join(keys), one.folder.join(keys)).unwrap();
    let mixed = one.run(&["doctor"], "");
    assert!(said(&mixed).contains("another city"), "{}", said(&mixed));
}

/// A list as an office keeps it: a title, a row short of its name, the same person twice.
const LIST: &str = "فهرست متقاضیان,,,,\n\
    نام,نام خانوادگی,نام پدر,کد ملی,تاریخ تولد\n\
    مینا,آزمونی,رضا,0499370899,۱۳۶۰/۵/۳\n\
    ,بی‌نام,رضا,,1361/1/1\n\
    مینا,آزمونی,رضا,۰۴۹۹۳۷۰۸۹۹,1360/05/03\n\
    سارا,نمونه,حسن,0790419904,1375/12/31\n";

both! {
    async fn a_list_is_brought_in_once_and_its_refused_rows_come_back(bench: Bench) {
        let city = City::at(bench.url.clone());
        std::fs::create_dir_all(&city.folder).unwrap();
        let file = city.folder.join("list.csv");
        std::fs::write(&file, LIST).unwrap();
        let file = file.to_str().unwrap();
        let out = city.folder.join("rejects.xlsx");
        let dry = city.run(&["import", "applicants", file, "--dry-run", "--json"], "");
        assert_eq!(dry.status.code(), Some(3), "{}", said(&dry));
        for table in ["organization", "person", "import_batch", "audit_event", "audit_link"] {
            let count = db::sql(format!("SELECT count(*) AS value FROM {table}"));
            let count: i64 = count.scalar(&mut bench.db.read().await.unwrap()).await.unwrap();
            assert_eq!(count, 0, "a dry run stores nothing: {table}");
        }
        let first = city.run(&["import", "applicants", file, "--json", "--rejects", out.to_str().unwrap()], "");
        assert_eq!(first.status.code(), Some(3), "{}", said(&first));
        let first: Json = serde_json::from_slice(&first.stdout).unwrap();
        let statuses: Vec<&str> = first["rows"].as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap()).collect();
        assert_eq!(statuses, ["accept", "reject", "duplicate", "reject"]);
        assert_eq!(first["rows"][1]["reasons"][0], "name_missing");
        assert_eq!(first["rows"][3]["reasons"][0], "birth_date_not_in_calendar");
        assert!(first["rows"][0]["person_id"].is_string());
        assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
        let again = city.run(&["import", "applicants", file, "--json"], "");
        let again: Json = serde_json::from_slice(&again.stdout).unwrap();
        assert_eq!((&again["totals"]["accept"], &again["totals"]["duplicate"]), (&0.into(), &2.into()));
        assert_eq!(city.doctor().1["healthy"], true);
    }
}
