//! Two cities in one process: no id, cookie or token of one opens anything in the other.

use std::sync::Arc;

use access::cast::Stage;
use access::sessions::{Owner, StartSession, Token};
use access::{Need, Role};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use db::{Clock, Db, Engine, Origin, Table, dump};
use testing::Bench;
use tower::ServiceExt as _;
use web::City;

use super::everyone::{House, address};
use crate::demo::{self, Plan};
use crate::serve;

struct Process {
    /// Invented, with people, cases, goods and money.
    full: Arc<City>,
    /// Another city's house; Alice holds every role there.
    other: Stage,
    router: Router,
}

const FULL: &str = "full.example";
const OTHER: &str = "other.example";

impl Process {
    async fn open(one: &Bench, two: &Bench) -> Self {
        let other = Stage::open(two, vec![access::room()], Role::ALL).await;
        let full = Arc::new(City {
            db: one.db.clone(),
            keys: db::Keys::ephemeral(),
            name: other.city.name.clone(),
            public_url: other.city.public_url.clone(),
            is_demo: true,
            sms: None,
            bank: None,
            webhooks_loopback: false,
            print: other.city.print,
            wake: tokio::sync::Notify::new(),
        });
        load(&full).await;
        let cities = [(FULL, &full), (OTHER, &other.city)];
        let hosts = cities.map(|(host, city)| {
            let (router, _) = serve::router(city, None, &Arc::default(), &Default::default());
            (Some(host.to_owned()), router)
        });
        let router = serve::by_host(hosts.to_vec());
        Self {
            full,
            other,
            router,
        }
    }

    async fn get(
        &self,
        host: &str,
        path: &str,
        name: header::HeaderName,
        value: &str,
    ) -> StatusCode {
        let request = Request::get(path)
            .header(header::HOST, host)
            .header(name, value)
            .body(Body::empty())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        response.status()
    }

    async fn token(&self, city: &City, owner: Owner) -> String {
        let token = Token::fresh();
        let start = StartSession {
            token_hash: token.hash(),
            owner,
        };
        city.db
            .write(&Origin::program("test"), start)
            .await
            .unwrap();
        token.as_str().to_owned()
    }
}

/// Two small years of an invented city.
async fn load(city: &Arc<City>) {
    let heads = std::env::temp_dir().join(format!("heads-{}", uuid::Uuid::now_v7().simple()));
    crate::city::load_reference(&city.db).await.unwrap();
    let plan = Plan {
        people: 6,
        seed: 5,
        today: testing::NOW.date(),
    };
    let sealer = access::audit::Sealer::new(&city.db, &city.keys, &heads);
    demo::make(city, plan, &sealer).await.unwrap();
    std::fs::remove_file(heads).unwrap();
}

fn cookie(token: &str) -> String {
    format!("{}={token}", access::sessions::COOKIE)
}

/// The last key of a table: the text that stands in addresses.
async fn last_key(city: &City, table: &Table) -> Option<String> {
    let mut conn = city.db.read().await.unwrap();
    let rows = dump::page(&mut conn, table, None, 1000).await.unwrap();
    match dump::key_of(table, rows.last()?).first()? {
        db::Value::Uuid(id) => Some(id.to_string()),
        _ => None,
    }
}

#[test]
fn nothing_of_one_city_opens_anything_in_another_of_the_same_process() {
    testing::run(Engine::Sqlite, |one| async move {
        let file = std::env::temp_dir().join(format!("{}.sqlite", uuid::Uuid::now_v7().simple()));
        let url = format!("sqlite://{}", file.display());
        let db = Db::open(&url, Clock::still(testing::NOW)).await.unwrap();
        db::migrate(&db, &migrations::all()).await.unwrap();
        let engine = Engine::Sqlite;
        let process = Process::open(&one, &Bench { db, engine, url }).await;
        crossed_sessions(&process).await;
        crossed_ids(&process).await;
        process.other.city.db.close().await;
        std::fs::remove_file(file).unwrap();
    });
}

async fn crossed_sessions(process: &Process) {
    let alice = process.other.alice.id;
    let session = process
        .token(&process.other.city, Owner::Staff(alice))
        .await;
    let machine = process
        .token(&process.other.city, Owner::Machine(alice))
        .await;
    let (bearer, cookie) = (format!("Bearer {machine}"), cookie(&session));
    let gate = "/audit";
    for (name, value) in [(header::COOKIE, &cookie), (header::AUTHORIZATION, &bearer)] {
        let at_home = process.get(OTHER, gate, name.clone(), value).await;
        assert_eq!(at_home, 200, "{name} at home");
        for route in House::routes() {
            if route.method != "GET" || matches!(route.need, Need::Public | Need::Link) {
                continue;
            }
            let path = address(route.path, || uuid::Uuid::now_v7().to_string());
            let abroad = process.get(FULL, &path, name.clone(), value).await;
            assert_eq!(abroad, 401, "{name} at {path} in another city");
        }
    }
}

async fn crossed_ids(process: &Process) {
    let alice = process.other.alice.id;
    let session = process
        .token(&process.other.city, Owner::Staff(alice))
        .await;
    let cookie = cookie(&session);
    let mut ids = Vec::new();
    for table in db::tables(&migrations::all()) {
        ids.extend(last_key(&process.full, &table).await);
    }
    assert!(ids.len() > 40, "{} kinds of record", ids.len());
    let mut opened = Vec::new();
    for route in House::routes() {
        let has_id = route.path.contains("{id}") || route.path.contains("_id}");
        if route.method != "GET" || !has_id {
            continue;
        }
        for id in &ids {
            let path = address(route.path, || id.clone());
            let status = process.get(OTHER, &path, header::COOKIE, &cookie).await;
            if status.is_success() || status.is_server_error() {
                opened.push(format!("{path}: {status}"));
            }
        }
    }
    assert!(opened.is_empty(), "{opened:#?}");
}
