//! A city signs, sends and is shown in the national view, as the operators of both run it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod running;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use db::{Clock, Db, Origin};
use indicators::TakeValues;
use running::{Running, folder, program};
use serde_json::Value as Json;
use testing::both;

struct Place {
    folder: PathBuf,
    database: String,
}

impl Place {
    fn at(what: &str, database: Option<String>) -> Self {
        let folder = folder(what);
        let file = format!("sqlite://{}", folder.join("city.sqlite").display());
        let database = database.unwrap_or(file);
        Self { folder, database }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program(&self.folder, &self.database, arguments)
            .output()
            .unwrap()
    }

    /// Runs it well; gives what it printed.
    fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    async fn publish(&self) {
        let db = Db::open(&self.database, Clock::system()).await.unwrap();
        db.write(&Origin::program("test"), TakeValues {})
            .await
            .unwrap();
        db.close().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // It is gone already when nothing was written.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The city of a code as the view tells it.
fn city(view: &Running, code: &str) -> Json {
    let (status, told) = view.get("/api/v1/observatory/cities", "").unwrap();
    assert_eq!(status, 200);
    let cities = told["items"].as_array().unwrap();
    assert_eq!(cities.len(), 19);
    cities
        .iter()
        .find(|city| city["code"] == code)
        .unwrap()
        .clone()
}

both! {
    async fn a_city_signs_and_the_national_view_takes_and_shows(bench: Bench) {
        let own = Place::at("own", Some(bench.url.clone()));
        let national = Place::at("national", None);
        own.good(&["migrate"]);
        let file = own.folder.join("tehran.json");
        let early = own.run(&["observatory", "sign"]);
        assert_eq!(early.status.code(), Some(1));
        assert!(said(&early).contains("which code your city has"), "{}", said(&early));
        own.good(&["observatory", "join", "tehran"]);
        own.publish().await;
        own.good(&["observatory", "sign", "--out", text(&file)]);
        let key = own.good(&["observatory", "key"]);

        let view = Running::start(&national.folder, &national.database, &["observatory", "serve"]);
        assert_eq!(city(&view, "tehran")["day"], Json::Null, "not connected");
        let strange = national.run(&["observatory", "take", text(&file)]);
        assert_eq!(strange.status.code(), Some(3));
        assert!(said(&strange).contains("not signed with this city's key"), "{}", said(&strange));
        national.good(&["observatory", "trust", "tehran", &key, "--reason", "Told by telephone"]);

        // The job that waits since the publication sends it as soon as the city is served.
        own.good(&["observatory", "join", "tehran", "--address", view.base()]);
        let served = Running::start(&own.folder, &own.database, &["serve"]);
        let began = Instant::now();
        while city(&view, "tehran")["day"] == Json::Null {
            assert!(began.elapsed() < Duration::from_secs(60), "nothing came");
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(city(&view, "tehran")["values"][0]["meaning"], "same");
        let (status, signed) = served.get("/api/v1/statistics/signed", "").unwrap();
        assert_eq!((status, &signed["document"]["number"]), (200, &Json::from(1)));
        drop(served);
        assert!(national.good(&["observatory", "take", text(&file)]).ends_with("known"));

        let list: Json = serde_json::from_str(&national.good(&["observatory", "cities"])).unwrap();
        assert_eq!(list["cities"].as_array().unwrap().len(), 19);
        drop(view);
        for place in [&own, &national] {
            place.good(&["doctor"]);
        }
    }
}
