use db::{Conn, Result, sql};

use super::{Reminder, ReminderId};
use crate::articles::ArticleId;
use crate::committees::CommitteeId;

const COLUMNS: &str = "SELECT id, committee_id, article_id, resolution_id, year, number, wording, filed_on, \
     due_on, answer, answered_on FROM reminder";

/// One reminder, whoever asks.
pub async fn get(conn: &mut Conn, id: ReminderId) -> Result<Reminder> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A committee's reminders: unanswered first, by deadline; then the newest answers.
pub async fn list(conn: &mut Conn, committee: CommitteeId) -> Result<Vec<Reminder>> {
    sql(format!(
        "{COLUMNS} WHERE committee_id = $1
         ORDER BY CASE WHEN answered_on IS NULL THEN 0 ELSE 1 END, year DESC, number DESC"
    ))
    .bind(committee)
    .all(conn)
    .await
}

/// The reminders about an article, newest first.
pub async fn list_of_article(conn: &mut Conn, article: ArticleId) -> Result<Vec<Reminder>> {
    sql(format!(
        "{COLUMNS} WHERE article_id = $1 ORDER BY year DESC, number DESC"
    ))
    .bind(article)
    .all(conn)
    .await
}
