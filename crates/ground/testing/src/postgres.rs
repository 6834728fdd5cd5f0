use db::{Clock, Db, on_server};

use crate::{Gone, schema_digest};

/// Guards the making of the template among test processes.
const LOCK: i64 = 8_404;

/// A copy of the template database on the test server.
pub(crate) async fn fresh() -> (String, Gone) {
    let server = std::env::var("ZANJIREH_TEST_POSTGRES").expect(
        "ZANJIREH_TEST_POSTGRES names no server: run the tests by scripts/with-postgres.sh",
    );
    let template = format!("template_{}", schema_digest());
    ensure(&server, &template).await;
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    // Whole files are copied faster than a thousand small relations are logged page by page.
    let make = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
    on_server(&server, &[make]).await.unwrap();
    let url = with_database(&server, &name);
    let gone = Gone::new(async move {
        on_server(&server, &[format!("DROP DATABASE {name} WITH (FORCE)")])
            .await
            .unwrap();
    });
    (url, gone)
}

/// Makes the template once. A finished template is marked as one; a half-made one is not.
async fn ensure(server: &str, template: &str) {
    let probe = Db::open(server, Clock::still(crate::NOW)).await.unwrap();
    let mut conn = probe.read().await.unwrap();
    let is_there = || {
        db::sql("SELECT count(*) AS value FROM pg_database WHERE datname = $1 AND datistemplate")
            .bind(template)
    };
    if is_there().scalar::<i64>(&mut conn).await.unwrap() == 0 {
        db::sql("SELECT CAST(pg_advisory_lock($1) AS text) AS value")
            .bind(LOCK)
            .rows(&mut conn)
            .await
            .unwrap();
        if is_there().scalar::<i64>(&mut conn).await.unwrap() == 0 {
            make(server, template).await;
        }
    }
    // Closing the connection lets the lock go.
    drop(conn);
    probe.close().await;
}

async fn make(server: &str, template: &str) {
    let make = format!(
        "CREATE DATABASE {template} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
    );
    on_server(
        server,
        &[format!("DROP DATABASE IF EXISTS {template}"), make],
    )
    .await
    .unwrap();
    let db = Db::open(&with_database(server, template), Clock::still(crate::NOW))
        .await
        .unwrap();
    db::migrate(&db, &migrations::all()).await.unwrap();
    db.close().await;
    on_server(
        server,
        &[format!("ALTER DATABASE {template} IS_TEMPLATE true")],
    )
    .await
    .unwrap();
}

/// The server's URL with another database.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server
        .split_once('?')
        .map_or((server, ""), |(base, query)| (base, query));
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    if query.is_empty() {
        format!("{host}/{name}")
    } else {
        format!("{host}/{name}?{query}")
    }
}
