//! Changing the keys of a whole city, as its operator does it while it is served.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod running;

use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use running::{Running, demo_city, folder, program, token_of};
use serde_json::Value as Json;
use testing::both;

fn run(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    program(folder, database, arguments).output().unwrap()
}

fn json(output: &Output) -> Json {
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    serde_json::from_slice(&output.stdout).unwrap()
}

both! {
    async fn the_keys_of_a_served_city_are_changed_through_a_cut(bench: Bench) {
        let (folder, url) = (folder("keys"), bench.url.clone());
        let accounts = demo_city(&folder, &url, "8");
        let token = token_of(&accounts, "worker");
        let before = json(&run(&folder, &url, &["keys", "list", "--json"]));
        let all = before["keys"][0]["values"].as_i64().unwrap();
        assert!(all > 100, "{before}");
        let city = folder.join("keys");
        let copy = folder.join("copy-of-keys");
        std::fs::create_dir(&copy).unwrap();
        std::fs::copy(city.join("city.keys.json"), copy.join("city.keys.json")).unwrap();

        let running = Running::start(&folder, &url, &["serve"]);
        // Her record holds what is opened by a key.
        let (_, found) = running.get("/api/v1/cases", &token).unwrap();
        let person = format!("/api/v1/people/{}", found["items"][0]["person_id"].as_str().unwrap());
        let read = || {
            let (status, body) = running.get(&person, &token).unwrap();
            assert_eq!(status, 200, "{body}");
            body
        };
        let whole = read();
        assert!(whole["phone"].is_string() || whole["national_code"].is_string(), "{whole}");
        let mut rotation = program(&folder, &url, &["keys", "rotate"]).spawn().unwrap();
        // Cut as soon as the key is in use, before all that lies under the old one is done.
        let list = || json(&run(&folder, &url, &["keys", "list", "--json"]));
        let began = Instant::now();
        while list()["in_use"] != 2 {
            assert!(began.elapsed() < Duration::from_secs(60));
        }
        rotation.kill().unwrap();
        rotation.wait().unwrap();
        let cut = list();
        assert!(cut["keys"][0]["values"].as_i64().unwrap() > 0, "{cut}");
        assert_eq!(read(), whole);
        let done = json(&run(&folder, &url, &["keys", "rotate", "--to", "2", "--json"]));
        assert_eq!(done["in_use"], 2, "{done}");
        let values: Vec<_> = done["keys"].as_array().unwrap().iter().map(|key| key["values"].as_i64().unwrap()).collect();
        assert_eq!(values[0], 0, "{done}");
        assert!(values[1] >= all, "{done}");
        assert_eq!(read(), whole);
        drop(running);

        let healthy = json(&run(&folder, &url, &["doctor", "--json"]));
        assert_eq!(healthy["healthy"], true, "{healthy}");
        assert!(run(&folder, &url, &["keys", "retire", "1"]).status.success());
        let after = json(&run(&folder, &url, &["keys", "list", "--json"]));
        assert_eq!(after["keys"].as_array().unwrap().len(), 1, "{after}");

        // With the keys as they were before, nothing is opened.
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["keys", "list"]] {
            let refused = program(&folder, &url, command).env("ZANJIREH_KEYS", &copy).output().unwrap();
            let shown = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert_eq!(refused.status.code(), Some(1), "{shown}");
            assert!(shown.contains("key 2 of this database is not in"), "{shown}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
