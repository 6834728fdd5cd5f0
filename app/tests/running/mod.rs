//! The real program, started, asked and killed by a test.

#![allow(dead_code, reason = "no test needs everything of this")]

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// A folder that no other test uses.
pub fn folder(what: &str) -> PathBuf {
    std::env::temp_dir().join(format!("zanjireh-{what}-{}", uuid::Uuid::now_v7().simple()))
}

/// The program: `ZANJIREH_BIN`, which a measurement sets to the released one, else the tested build.
pub fn executable() -> OsString {
    std::env::var_os("ZANJIREH_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_zanjireh").into())
}

/// The program with its city named.
pub fn program(folder: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(executable());
    command.args(arguments).arg("--data").arg(folder);
    command.args(["--database", database]);
    command
}

/// Makes a demo city; gives its accounts, whose tokens outlive the demo's process.
pub fn demo_city(folder: &Path, database: &str, people: &str) -> Json {
    let mut running = Running::start(folder, database, &["demo", "--people", people]);
    let (status, accounts) = running.get("/demo/accounts.json", "").unwrap();
    assert_eq!(status, 200);
    running.kill();
    accounts
}

/// The token of an account.
pub fn token_of(accounts: &Json, username: &str) -> String {
    let list = accounts["accounts"].as_array().unwrap();
    let found = list.iter().find(|account| account["username"] == username);
    found.unwrap()["token"].as_str().unwrap().to_owned()
}

/// Status and body of an answer; none when the connection ended first.
pub type Answer = Option<(u16, Json)>;

/// The address of the running program: what a client needs.
#[derive(Clone)]
pub struct Address {
    base: String,
    agent: ureq::Agent,
}

impl Address {
    /// Asks for a path.
    pub fn get(&self, path: &str, token: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request.header("authorization", format!("Bearer {token}"));
        read(request.call())
    }

    /// Sends a JSON body under a key of its own.
    pub fn post(&self, path: &str, token: &str, key: &str, body: &Json) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        read(request.send(body.to_string()))
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut answer = answer.ok()?;
    // A paper or a picture is no JSON and no text either.
    let bytes = answer.body_mut().read_to_vec().ok()?;
    let body = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
    Some((answer.status().as_u16(), body))
}

/// The program, until it is killed.
pub struct Running {
    child: Child,
    address: Address,
}

impl Running {
    /// Starts it and waits until it is ready.
    pub fn start(folder: &Path, database: &str, arguments: &[&str]) -> Self {
        // A port that was free a moment ago may be taken by another test: then once more.
        let tried = (0..3).find_map(|_| Self::once(folder, database, arguments));
        tried.expect("the program ended before it was ready")
    }

    fn once(folder: &Path, database: &str, arguments: &[&str]) -> Option<Self> {
        let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = probe.local_addr().unwrap().to_string();
        drop(probe);
        let mut child = program(folder, database, arguments)
            .args(["--listen", &listen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Nobody may stop at a full pipe.
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(drop));
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        let address = Address {
            base: format!("http://{listen}"),
            agent: config.into(),
        };
        let running = Self { child, address };
        running.wait_until_ready()
    }

    fn wait_until_ready(mut self) -> Option<Self> {
        let began = Instant::now();
        while !matches!(self.address.get("/readyz", ""), Some((200, _))) {
            if self.child.try_wait().unwrap().is_some() {
                return None;
            }
            assert!(began.elapsed() < Duration::from_secs(240), "never ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(self)
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it answers.
    pub fn address(&self) -> Address {
        self.address.clone()
    }

    /// `http://127.0.0.1:8404`
    pub fn base(&self) -> &str {
        &self.address.base
    }

    /// Asks for a path.
    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.address.get(path, token)
    }

    /// SIGKILL: no warning, nothing is put in order.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It is gone already unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
