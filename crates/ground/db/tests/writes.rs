//! What every room relies on when it writes.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use db::{Error, Origin, Reason, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use testing::{Bench, both};
use uuid::Uuid;

const TOO_MANY: Reason = Reason::new("too_many_tries", 409);

/// Counts tries of a subject and refuses above three; uses a table of the real schema.
#[derive(Serialize, Deserialize, Clone)]
struct Try {
    subject: String,
}

impl Write for Try {
    const NAME: &'static str = "try";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let tries: i64 = sql(
            "INSERT INTO rate_limit (subject, window_start, tries) VALUES ($1, $2, 1)
             ON CONFLICT (subject, window_start) DO UPDATE SET tries = rate_limit.tries + 1
             RETURNING tries AS value",
        )
        .bind(&self.subject)
        .bind(tx.now())
        .scalar(tx)
        .await?;
        if tries > 3 {
            TOO_MANY.refuse()
        } else {
            Ok(tries)
        }
    }
}

fn command() -> Try {
    Try {
        subject: "someone".into(),
    }
}

async fn tries(bench: &Bench) -> i64 {
    let mut conn = bench.db.read().await.unwrap();
    sql("SELECT tries AS value FROM rate_limit WHERE subject = 'someone'")
        .scalar(&mut conn)
        .await
        .unwrap()
}

both! {
    async fn a_refused_write_leaves_nothing_behind(bench: Bench) {
        let origin = Origin::program("test");
        for expected in 1..=3 {
            assert_eq!(bench.db.write(&origin, command()).await.unwrap(), expected);
        }
        let refused = bench.db.write(&origin, command()).await;
        assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal.reason == &TOO_MANY));
        assert_eq!(tries(&bench).await, 3);
    }

    async fn a_resent_key_gets_the_first_answer_and_no_second_effect(bench: Bench) {
        let (origin, key) = (Origin::program("test"), Uuid::now_v7());
        let first = bench.db.write_once(key, &origin, command()).await.unwrap();
        let second = bench.db.write_once(key, &origin, command()).await.unwrap();
        assert_eq!((first.out, first.is_repeat), (1, false));
        assert_eq!((second.out, second.is_repeat), (1, true));
        assert_eq!(tries(&bench).await, 1);
        let other = Try { subject: "another".into() };
        let reused = bench.db.write_once(key, &origin, other).await;
        assert!(matches!(reused, Err(Error::Refused(refusal)) if refusal.reason.code == "key_reused"));
    }

    async fn many_at_once_lose_no_update(bench: Bench) {
        let tasks: Vec<_> = (0..30).map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move { db.write(&Origin::program("test"), command()).await.is_ok() })
        }).collect();
        let mut good = 0;
        for task in tasks {
            good += i32::from(task.await.unwrap());
        }
        assert_eq!(good, 3);
        assert_eq!(tries(&bench).await, 3);
    }

    async fn thirty_resends_of_one_key_have_one_effect(bench: Bench) {
        let key = Uuid::now_v7();
        let tasks: Vec<_> = (0..30).map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move {
                db.write_once(key, &Origin::program("test"), command()).await.unwrap().is_repeat
            })
        }).collect();
        let mut firsts = 0;
        for task in tasks {
            firsts += i32::from(!task.await.unwrap());
        }
        assert_eq!(firsts, 1);
        assert_eq!(tries(&bench).await, 1);
    }

    async fn append_only_tables_refuse_change(bench: Bench) {
        #[derive(Serialize, Deserialize)]
        struct Spoil {
            text: String,
        }
        impl Write for Spoil {
            const NAME: &'static str = "spoil";
            type Out = ();
            async fn run(&self, tx: &mut Tx) -> Result<()> {
                sql("INSERT INTO audit_event (id, happened_at, actor, request_id, action, record_kind, detail, digest)
                     VALUES ($1, $2, 'a', $1, 'a', 'a', $3, $4)")
                    .bind(tx.new_id()).bind(tx.now()).bind(serde_json::json!({})).bind(vec![1_u8])
                    .execute(tx).await?;
                sql(self.text.clone()).execute(tx).await.map(drop)
            }
        }
        for text in ["UPDATE audit_event SET actor = 'b'", "DELETE FROM audit_event"] {
            let spoiled = bench.db.write(&Origin::program("test"), Spoil { text: text.into() }).await;
            assert!(spoiled.unwrap_err().to_string().contains("append only"));
        }
    }

    async fn a_unique_rule_is_named_alike_on_both_engines(bench: Bench) {
        #[derive(Serialize, Deserialize)]
        struct Twice {}
        impl Write for Twice {
            const NAME: &'static str = "twice";
            type Out = ();
            async fn run(&self, tx: &mut Tx) -> Result<()> {
                for _ in 0..2 {
                    sql("INSERT INTO user_account (id, username, shown_name, password_hash, last_totp_step, is_active, made_at)
                         VALUES ($1, 'alice', 'Alice', '', 0, TRUE, $2)")
                        .bind(tx.new_id()).bind(tx.now()).execute(tx).await?;
                }
                Ok(())
            }
        }
        let twice = bench.db.write(&Origin::program("test"), Twice {}).await.unwrap_err();
        assert!(twice.is_conflict("ux_user_account_username"), "{twice}");
    }
}

both! {
    async fn the_parsed_schema_is_what_the_engine_has(bench: Bench) {
        let mut conn = bench.db.read().await.unwrap();
        let text = match bench.engine {
            db::Engine::Sqlite => "SELECT m.name || '.' || c.name AS value FROM sqlite_master m, pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'migration' ORDER BY m.name, c.cid",
            db::Engine::Postgres => "SELECT CAST(c.table_name AS text) || '.' || CAST(c.column_name AS text) AS value
                FROM information_schema.columns c JOIN information_schema.tables t
                ON t.table_name = c.table_name AND t.table_schema = c.table_schema
                WHERE t.table_type = 'BASE TABLE' AND c.table_schema = 'public' AND c.table_name <> 'migration'
                ORDER BY c.table_name, c.ordinal_position",
        };
        let mut there: Vec<String> = sql(text).scalars(&mut conn).await.unwrap();
        let tables = db::tables(&migrations::all());
        let mut ours: Vec<String> = tables.iter().flat_map(|table| {
            table.columns.iter().map(move |(column, _)| format!("{}.{column}", table.name))
        }).collect();
        there.sort();
        ours.sort();
        assert_eq!(ours, there);
        assert!(tables.iter().all(|table| !table.key.is_empty()), "every table has a primary key");
    }
}
