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

/// Rows that name rows of their own table: the first one the last, and two each other.
#[derive(serde::Serialize, serde::Deserialize)]
struct Forward {}

impl db::Write for Forward {
    const NAME: &'static str = "forward";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        let class: String = db::sql("SELECT code AS value FROM tax_class ORDER BY code LIMIT 1")
            .scalar(tx)
            .await?;
        let row = |code: String, place: i64, parent: Option<&str>| -> Vec<db::Value> {
            vec![
                code.clone().into(),
                parent.into(),
                code.clone().into(),
                code.into(),
                false.into(),
                class.clone().into(),
                place.into(),
                tx.today().into(),
            ]
        };
        let mut rows = vec![row("zz-last".into(), 1, None)];
        rows.push(row("aa-first".into(), 2, Some("zz-last")));
        rows.extend((0..2_500).map(|place| row(format!("b{place:05}"), place, None)));
        let head = "INSERT INTO category (code, parent_code, name_fa, name_en, is_food, tax_class, position, valid_from)";
        db::insert_many(tx, head, 8, rows).await?;
        let circle = "UPDATE category SET parent_code = CASE code WHEN 'b00001' THEN 'b02400' ELSE 'b00001' END
            WHERE code IN ('b00001', 'b02400')";
        db::sql(circle).execute(tx).await.map(drop)
    }
}

both! {
    async fn rows_that_name_later_rows_are_restored_on_either_engine(bench: Bench) {
        let from = City::fresh();
        assert!(from.run(&["migrate"], "").status.success());
        let db = db::Db::open(&from.database, db::Clock::system()).await.unwrap();
        db.write(&db::Origin::program("test"), Forward {}).await.unwrap();
        db.close().await;
        let file = from.folder.join("city.backup");
        let file = file.to_str().unwrap();
        assert!(from.run(&["backup", file], "").status.success());
        let whole = from.run(&["verify", file], "");
        assert!(whole.status.success(), "{}", said(&whole));
        let target = City::at(bench.url.clone());
        let full = target.run(&["restore", file], "");
        assert!(said(&full).contains("nothing was changed"), "{}", said(&full));
        empty(&bench).await;
        let stranger = target.run(&["restore", file, "--as", "nobody"], "");
        assert!(said(&stranger).contains("there is no such user"), "{}", said(&stranger));
        let restored = target.run(&["restore", file], "");
        assert!(restored.status.success(), "{}", said(&restored));
        std::fs::create_dir_all(target.folder.join("keys")).unwrap();
        let keys = "keys/city.keys.json";
        std::fs::copy(from.folder.join(keys), target.folder.join(keys)).unwrap();
        assert_eq!(target.doctor().0, Some(0));
    }
}

/// Takes everything out of a test's database.
async fn empty(bench: &testing::Bench) {
    if bench.engine == db::Engine::Postgres {
        let anew = ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"];
        db::on_server(&bench.url, &anew.map(str::to_owned))
            .await
            .unwrap();
        return;
    }
    bench.db.close().await;
    let path = bench.url.strip_prefix("sqlite://").unwrap();
    for end in ["", "-wal", "-shm"] {
        // Only the file itself is there for certain.
        let _ = std::fs::remove_file(format!("{path}{end}"));
    }
}

#[test]
fn a_damaged_backup_is_told_and_nothing_is_made_of_it() {
    let city = City::fresh();
    assert!(city.run(&["migrate"], "").status.success());
    let file = city.folder.join("city.backup");
    assert!(
        city.run(&["backup", file.to_str().unwrap()], "")
            .status
            .success()
    );
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle..middle + 40].fill(7);
    std::fs::write(&file, bytes).unwrap();
    let damaged = city.run(&["verify", file.to_str().unwrap()], "");
    assert_eq!(damaged.status.code(), Some(1), "{}", said(&damaged));
    let other = City::fresh();
    let restored = other.run(&["restore", file.to_str().unwrap()], "");
    assert_eq!(restored.status.code(), Some(1));
    assert!(
        !other.folder.exists(),
        "a damaged backup made something of itself"
    );
}

#[test]
fn doctor_and_backup_make_nothing_where_nothing_is() {
    let city = City::fresh();
    for command in [&["doctor"][..], &["backup", "x"], &["user", "end", "x"]] {
        let output = city.run(command, "");
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("there is no database at"));
        assert!(!city.folder.exists(), "{command:?} made something");
    }
}

#[tokio::test]
async fn the_demo_refuses_a_real_city_and_leaves_it_as_it_was() {
    let city = City::fresh();
    std::fs::create_dir_all(&city.folder).unwrap();
    let file = city.folder.join("list.csv");
    std::fs::write(&file, LIST).unwrap();
    let file = file.to_str().unwrap();
    city.run(&["import", "applicants", file, "--json"], "");
    let demo = city.run(&["demo", "--listen", "127.0.0.1:0"], "");
    assert_eq!(demo.status.code(), Some(1), "{}", said(&demo));
    assert!(said(&demo).contains("is a real city"));
    let db = db::Db::open(&city.database, db::Clock::system())
        .await
        .unwrap();
    let mut conn = db.read().await.unwrap();
    let named: i64 = db::sql("SELECT count(*) AS value FROM setting WHERE name = 'city'")
        .scalar(&mut conn)
        .await
        .unwrap();
    assert_eq!(named, 0, "the city was renamed");
    drop(conn);
    db.close().await;
}

/// A city with a body `city`, so that users can be added.
fn city_with_a_body() -> City {
    let city = City::fresh();
    std::fs::create_dir_all(&city.folder).unwrap();
    let file = city.folder.join("list.csv");
    std::fs::write(&file, LIST).unwrap();
    city.run(&["import", "applicants", file.to_str().unwrap()], "");
    city
}

fn add<'a>(username: &'a str, role: &'a str) -> Vec<&'a str> {
    vec![
        "user", "add", username, "--name", "Somebody", "--body", "city", "--role", role, "--make",
    ]
}

#[test]
fn users_are_changed_and_ended_and_every_act_is_sealed_at_once() {
    let city = city_with_a_body();
    let added = city.run(&add("chief", "administrator"), "");
    assert!(added.status.success(), "{}", said(&added));
    assert!(said(&added).contains("The password, shown this once: "));
    assert!(city.run(&add("worker", "case_worker"), "").status.success());
    let by = |rest: &[&str]| city.run(&[rest, &["--as", "chief"]].concat(), "");
    let stranger = city.run(&["user", "end", "worker", "--as", "nobody"], "");
    assert!(said(&stranger).contains("--as nobody"));
    let token = by(&["token", "make", "worker"]);
    assert_eq!(token.stdout.len(), 44, "{}", said(&token));
    let listed = by(&["token", "list", "worker"]);
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 1);
    for act in [
        &["user", "password", "worker", "--make"][..],
        &["user", "second-factor", "worker"],
        &[
            "user",
            "role",
            "worker",
            "--body",
            "city",
            "--role",
            "supervisor",
        ],
    ] {
        assert!(by(act).status.success(), "{act:?}");
        let left = by(&["token", "list", "worker"]);
        assert!(left.stdout.is_empty(), "{act:?} left a token");
        assert!(by(&["token", "make", "worker"]).status.success());
    }
    let revoked = by(&["token", "revoke", "worker"]);
    assert!(String::from_utf8_lossy(&revoked.stdout).starts_with("1 tokens"));
    assert!(by(&["user", "end", "worker"]).status.success());
    assert_eq!(by(&["token", "make", "worker"]).status.code(), Some(1));
    let (code, report) = city.doctor();
    assert_eq!(code, Some(0), "{report}");
    let heads = std::fs::read_to_string(city.folder.join("audit-heads.log")).unwrap();
    assert_eq!(
        report["checks"][0]["checked"].to_string(),
        heads.lines().last().unwrap().split(' ').next().unwrap(),
        "the last act is sealed and its head kept"
    );
    assert_eq!(report["checks"][1]["code"], "audit_heads");
    // Somebody who cuts the end of the chain off must answer for the head that was kept.
    let forged = heads.replace(heads.lines().last().unwrap(), "999999 00ff00ff 00ff00ff");
    std::fs::write(city.folder.join("audit-heads.log"), forged).unwrap();
    assert_eq!(city.doctor().0, Some(4));
}

/// Holds the writer's lock for a while.
#[derive(serde::Serialize, serde::Deserialize)]
struct Hold {}

impl db::Write for Hold {
    const NAME: &'static str = "hold";
    type Out = ();
    async fn run(&self, _: &mut db::Tx) -> db::Result<()> {
        std::thread::sleep(std::time::Duration::from_secs(14));
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_ends_a_command_with_five() {
    let city = City::fresh();
    assert!(city.run(&["migrate"], "").status.success());
    let db = db::Db::open(&city.database, db::Clock::system())
        .await
        .unwrap();
    let held = {
        let db = db.clone();
        tokio::spawn(async move { db.write(&db::Origin::program("test"), Hold {}).await })
    };
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let output = city.run(&["job", "retry", "--all"], "");
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
    held.await.unwrap().unwrap();
    db.close().await;
}

#[test]
fn the_help_of_every_command_ends_with_examples_and_exit_codes() {
    for command in [
        "serve",
        "demo",
        "migrate",
        "backup",
        "restore",
        "verify",
        "export",
        "doctor",
        "import",
        "import applicants",
        "simulate",
        "simulate sms",
        "simulate bank",
        "simulate webhooks",
        "openapi",
        "user",
        "user add",
        "user password",
        "user second-factor",
        "user role",
        "user end",
        "token",
        "token make",
        "token list",
        "token revoke",
        "job",
        "job list",
        "job retry",
        "config",
        "config print",
        "config explain",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_zanjireh"))
            .args(command.split(' '))
            .arg("--help")
            .output()
            .unwrap();
        let help = String::from_utf8_lossy(&output.stdout).into_owned();
        let examples = help.find("Examples:\n  zanjireh ");
        let codes = help.rfind("\nExit codes: 0 done");
        assert!(examples.is_some() && examples < codes, "{command}: {help}");
    }
}

#[test]
fn a_demo_asked_to_stop_while_it_is_made_ends_well() {
    let city = City::fresh();
    let mut child = Command::new(env!("CARGO_BIN_EXE_zanjireh"))
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(&city.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let first = lines.next().unwrap().unwrap();
    assert!(first.starts_with("The demo city is made now"));
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_served_writes_json_lines_and_names_each_request() {
    let city = City::fresh();
    let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = probe.local_addr().unwrap().to_string();
    drop(probe);
    let mut child = Command::new(env!("CARGO_BIN_EXE_zanjireh"))
        .args(["serve", "--listen", &listen, "--data"])
        .arg(&city.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build();
    let agent: ureq::Agent = config.into();
    let ask = |path: &str| agent.get(format!("http://{listen}{path}")).call();
    while !ask("/readyz").is_ok_and(|reply| reply.status() == 200) {
        assert!(child.try_wait().unwrap().is_none(), "it ended");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(ask("/sign-in").unwrap().status(), 200);
    let mut metrics = ask("/metrics").unwrap();
    let metrics = metrics.body_mut().read_to_string().unwrap();
    assert!(metrics.contains("zanjireh_jobs{state=\"dead\"} 0"));
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<Json> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    let request = lines
        .iter()
        .find(|line| line["fields"]["route"] == "/sign-in");
    let request = request.expect("the request is in the log");
    assert!(request["span"]["id"].is_string(), "{request}");
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("/setup?code="), "{told}");
}
