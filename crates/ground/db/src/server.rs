use sqlx::Connection as _;

use crate::{Error, Result};

/// Sends statements to a PostgreSQL server outside any transaction: making and dropping whole
/// databases. For tests and the operator's chores; `url` names a database that stays.
pub async fn on_server(url: &str, statements: &[String]) -> Result<()> {
    let mut conn = sqlx::PgConnection::connect(url)
        .await
        .map_err(Error::other)?;
    for statement in statements {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.clone()))
            .execute(&mut conn)
            .await
            .map_err(Error::other)?;
    }
    conn.close().await.map_err(Error::other)
}
