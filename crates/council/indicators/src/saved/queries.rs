use access::Viewer;
use db::{Conn, Result, sql};
use uuid::Uuid;

use super::SavedView;

const COLUMNS: &str =
    "SELECT v.id, v.name, v.code, v.breakdown, v.role, v.made_by FROM saved_view v";

/// What somebody keeps, then what is kept for her roles; by name.
pub async fn list_for(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<SavedView>> {
    let user = viewer.user_id().unwrap_or(Uuid::nil());
    let mut views: Vec<SavedView> = sql(format!(
        "{COLUMNS} WHERE v.made_by = $1 OR v.role IS NOT NULL ORDER BY v.name, v.id"
    ))
    .bind(user)
    .all(conn)
    .await?;
    let holds = |view: &SavedView| view.role.is_some_and(|role| viewer.has(role));
    views.retain(|view| view.made_by == user || holds(view));
    views.sort_by_key(|view| view.made_by != user);
    Ok(views)
}
