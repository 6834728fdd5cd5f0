#![doc = include_str!("../README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

pub mod drawing;
pub mod plans;
mod postgres;
mod sqlite;

use std::future::Future;

use db::{Clock, Db, Engine};
use persian::Timestamp;

/// The instant at which every test begins: 2026-11-23 08:00 UTC, 2 Azar 1405.
pub const NOW: Timestamp = Timestamp::from_unix(1_795_420_800);

/// A database of its own for one test.
pub struct Bench {
    /// The database, with the whole schema and a still clock.
    pub db: Db,
    /// Which engine it is.
    pub engine: Engine,
    /// Its address, for programs started by the test.
    pub url: String,
}

impl Bench {
    /// Moves the clock forward a little.
    pub fn pass_seconds(&self, seconds: i64) {
        let clock = self.db.clock();
        clock.hold(clock.now().plus_seconds(seconds));
    }

    /// Moves the clock forward.
    pub fn pass_days(&self, days: i64) {
        let clock = self.db.clock();
        clock.hold(clock.now().plus_days(days));
    }
}

/// Runs a test on one engine. Called by [`both!`].
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(Bench) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let clock = Clock::still(NOW);
        let (url, gone) = match engine {
            Engine::Sqlite => sqlite::fresh().await,
            Engine::Postgres => postgres::fresh().await,
        };
        let db = Db::open(&url, clock).await.unwrap();
        db::migrate(&db, &migrations::all()).await.unwrap();
        let kept = db.clone();
        test(Bench { db, engine, url }).await;
        kept.close().await;
        gone.now().await;
    });
}

/// Makes two tests of one body, `NAME::sqlite` and `NAME::postgres`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($bench:ident : Bench) $body:block)*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its module")]
            use super::*;
            async fn body($bench: $crate::Bench) $body
            #[test]
            fn sqlite() { $crate::run(db::Engine::Sqlite, body); }
            #[test]
            fn postgres() { $crate::run(db::Engine::Postgres, body); }
        }
    )* };
}

/// Removes a test's database when it passed; a failed test leaves it to be looked at.
pub(crate) struct Gone(std::pin::Pin<Box<dyn Future<Output = ()>>>);

impl Gone {
    pub(crate) fn new(work: impl Future<Output = ()> + 'static) -> Self {
        Self(Box::pin(work))
    }

    async fn now(self) {
        self.0.await;
    }
}

/// A name for the template of this schema: changes with every migration text.
pub(crate) fn schema_digest() -> String {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    for step in migrations::all() {
        hash.update(step.name);
        hash.update(step.text);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..8])
}
