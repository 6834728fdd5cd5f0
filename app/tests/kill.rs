//! An answered write is on disk, and a write sent again happens once: the program is killed
//! without warning while several senders write, and everything is sent again.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod running;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use db::{Clock, Db, sql};
use running::{Address, Running, demo_city, folder, program, token_of};
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

/// How often the program is killed.
const ROUNDS: usize = 4;
/// How many senders write at once.
const SENDERS: usize = 4;

/// One write: where it goes, by whom, under which key.
struct Sent {
    path: String,
    token: String,
    key: Uuid,
    body: Json,
}

/// A lot with its pieces on a shelf.
struct Shelf {
    lot: Uuid,
    place: Uuid,
    code: String,
    price: i64,
    on_hand: i64,
}

async fn shelves(db: &Db) -> Vec<Shelf> {
    let text = "SELECT s.lot_id, s.place_id, l.code, l.unit_price, s.on_hand FROM stock s
        JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
        JOIN organization o ON o.id = p.organization_id
        WHERE s.on_hand > 2 AND o.code = 'dastafarin' ORDER BY s.lot_id, s.place_id";
    let rows = sql(text).rows(&mut db.read().await.unwrap()).await.unwrap();
    rows.iter()
        .map(|row| Shelf {
            lot: row.get("lot_id").unwrap(),
            place: row.get("place_id").unwrap(),
            code: row.get("code").unwrap(),
            price: row.get("unit_price").unwrap(),
            on_hand: row.get("on_hand").unwrap(),
        })
        .collect()
}

/// Sales of single pieces, no more than there are, with a case's change between them.
fn work(shelves: &[Shelf], cases: &[Uuid], clerk: &str, worker: &str) -> Vec<Sent> {
    let now = persian::Timestamp::system_now();
    let ahead = now.plus_days(3).date();
    let mut all = Vec::new();
    for turn in 0..3 {
        for (at, shelf) in shelves.iter().enumerate() {
            let key = Uuid::now_v7();
            all.push(Sent {
                path: "/api/v1/sales".into(),
                token: clerk.into(),
                key,
                body: json!({ "id": key, "shop_id": shelf.place, "sold_at": now,
                    "lines": [{ "code": shelf.code, "quantity": 1, "unit_price": shelf.price }],
                    "tenders": [{ "kind": "cash", "amount": shelf.price }] }),
            });
            if at % 3 == turn {
                let case = cases[at % cases.len()];
                all.push(Sent {
                    path: format!("/api/v1/cases/{case}/changes"),
                    token: worker.into(),
                    key: Uuid::now_v7(),
                    body: json!({ "change": "next_action", "action": "contact", "on": ahead,
                        "waiting_on": format!("{at}") }),
                });
            }
        }
    }
    all
}

/// What each write was answered with, by its key.
type Answered = Mutex<BTreeMap<Uuid, Json>>;

/// Sends writes from `next` on until the program is gone or nothing is left.
fn send(to: &Address, work: &[Sent], next: &AtomicUsize, answered: &Answered) {
    while let Some(sent) = work.get(next.fetch_add(1, Ordering::SeqCst)) {
        match to.post(&sent.path, &sent.token, &sent.key.to_string(), &sent.body) {
            Some((200 | 201, body)) => {
                answered.lock().unwrap().insert(sent.key, body);
            }
            Some((status, body)) => panic!("{} was refused: {status} {body}", sent.body),
            None => return,
        }
    }
}

/// Sends one again until it is answered; an earlier try may still be under way in the engine.
fn resend(to: &Address, sent: &Sent) -> Json {
    for _ in 0..100 {
        match to.post(&sent.path, &sent.token, &sent.key.to_string(), &sent.body) {
            Some((200 | 201, body)) => return body,
            Some((409 | 503, _)) | None => std::thread::sleep(Duration::from_millis(50)),
            Some((status, body)) => panic!("{} sent again: {status} {body}", sent.body),
        }
    }
    panic!("{} is never answered", sent.body);
}

async fn how_many(db: &Db, text: &'static str, id: Uuid) -> i64 {
    let mut conn = db.read().await.unwrap();
    sql(text).bind(id).scalar(&mut conn).await.unwrap()
}

/// Every key is kept once, and every sale once with its line and its movement of stock.
async fn is_there_once(db: &Db, sent: &Sent) {
    let kept = "SELECT count(*) AS value FROM kept_answer WHERE key = $1";
    assert_eq!(how_many(db, kept, sent.key).await, 1, "{}", sent.body);
    if sent.path != "/api/v1/sales" {
        return;
    }
    for text in [
        "SELECT count(*) AS value FROM sale WHERE id = $1",
        "SELECT count(*) AS value FROM sale_line WHERE sale_id = $1",
        "SELECT count(*) AS value FROM stock_movement WHERE document_id = $1",
        "SELECT count(*) AS value FROM audit_event WHERE action = 'sale_recorded' AND record_id = $1",
    ] {
        assert_eq!(
            how_many(db, text, sent.key).await,
            1,
            "{text}: {}",
            sent.body
        );
    }
}

both! {
    async fn what_was_answered_survives_a_kill_and_nothing_happens_twice(bench: Bench) {
        let folder = folder("kill");
        let accounts = demo_city(&folder, &bench.url, "8");
        let (clerk, worker) = (token_of(&accounts, "clerk"), token_of(&accounts, "worker"));
        let db = Db::open(&bench.url, Clock::system()).await.unwrap();
        let before = shelves(&db).await;
        let cases = "SELECT c.id FROM case_file c JOIN user_account u ON u.id = c.owner_id
            WHERE c.state = 'open' AND u.username = 'worker'";
        let rows = sql(cases).rows(&mut db.read().await.unwrap()).await.unwrap();
        let cases: Vec<Uuid> = rows.iter().map(|row| row.get("id").unwrap()).collect();
        let changes = "SELECT count(*) AS value FROM audit_event WHERE action = 'case_next_action_set'";
        let changes_before: i64 = sql(changes).scalar(&mut db.read().await.unwrap()).await.unwrap();
        let work = work(&before, &cases, &clerk, &worker);
        let (next, answered) = (AtomicUsize::new(0), Answered::default());
        let mut tried = 0;
        for _ in 0..ROUNDS {
            let mut running = Running::start(&folder, &bench.url, &["serve"]);
            let address = running.address();
            std::thread::scope(|scope| {
                for _ in 0..SENDERS {
                    scope.spawn(|| send(&address, &work, &next, &answered));
                }
                std::thread::sleep(Duration::from_millis(rand::random_range(150..1200)));
                running.kill();
            });
            tried = next.load(Ordering::SeqCst).min(work.len());
            // Before anything is sent again: what was answered is there.
            let so_far: Vec<Uuid> = answered.lock().unwrap().keys().copied().collect();
            for sent in work.iter().filter(|sent| so_far.contains(&sent.key)) {
                is_there_once(&db, sent).await;
            }
            let mut running = Running::start(&folder, &bench.url, &["serve"]);
            let address = running.address();
            for sent in &work[..tried] {
                let body = resend(&address, sent);
                let first = answered.lock().unwrap().entry(sent.key).or_insert_with(|| body.clone()).clone();
                assert_eq!(first, body, "a resend gets the first answer");
            }
            running.kill();
        }
        assert!(tried >= 3 * ROUNDS, "only {tried} writes in all rounds");
        let done = &work[..tried];
        for sent in done {
            is_there_once(&db, sent).await;
        }
        let after = shelves(&db).await;
        for shelf in &before {
            let sold = done.iter().filter(|sent| sent.body["lines"][0]["code"] == shelf.code.as_str()
                && sent.body["shop_id"] == json!(shelf.place)).count();
            let left: i64 = sql("SELECT on_hand AS value FROM stock WHERE lot_id = $1 AND place_id = $2")
                .bind(shelf.lot).bind(shelf.place)
                .scalar(&mut db.read().await.unwrap()).await.unwrap();
            assert_eq!(left, shelf.on_hand - i64::try_from(sold).unwrap(), "{}", shelf.code);
        }
        assert!(after.len() <= before.len());
        let moved = done.iter().filter(|sent| sent.path != "/api/v1/sales").count();
        let changes_after: i64 = sql(changes).scalar(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(changes_after - changes_before, i64::try_from(moved).unwrap());
        println!("{tried} writes, {moved} of them changes of a case, {ROUNDS} kills");
        db.close().await;
        // A second start seals what the kill left open.
        let mut running = Running::start(&folder, &bench.url, &["serve"]);
        std::thread::sleep(Duration::from_millis(2500));
        running.kill();
        let report = program(&folder, &bench.url, &["doctor", "--json"]).output().unwrap();
        let report: Json = serde_json::from_slice(&report.stdout).unwrap();
        assert_eq!(report["healthy"], Json::Bool(true), "{report}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
