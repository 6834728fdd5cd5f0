//! Views that somebody keeps: a figure told in one way, for herself or for everybody of a role.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::{Role, Viewer, audit};
use db::{Reason, Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use queries::list_for;

use crate::FIGURE_PUBLISH;
use crate::figures::{self, BREAKDOWN_NOT_OF_FIGURE, Breakdown};

/// She keeps as many views as one can look through.
pub const SAVED_TOO_MANY: Reason = Reason::new("saved_too_many", 409);
/// She has a view of this name.
pub const SAVED_NAME_TAKEN: Reason = Reason::new("saved_name_taken", 409);
/// A kept view has a name of at most sixty letters.
pub const SAVED_NAME: Reason = Reason::new("saved_name", 422);

/// How many views somebody may keep.
const MOST: i64 = 30;

/// A kept view.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct SavedView {
    /// Its id.
    pub id: Uuid,
    /// What she calls it.
    pub name: String,
    /// Which figure.
    pub code: String,
    /// Told by what.
    pub breakdown: Breakdown,
    /// The role that sees it too.
    pub role: Option<Role>,
    /// Who keeps it.
    pub made_by: Uuid,
}

impl SavedView {
    /// Where it is seen.
    pub fn href(&self) -> String {
        format!("/figures/{}?by={}", self.code, self.breakdown.as_str())
    }
}

/// Keeps a view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct KeepView {
    /// Made by the sender.
    pub id: Uuid,
    /// What she calls it.
    pub name: String,
    /// Which figure.
    pub code: String,
    /// Told by what.
    pub breakdown: Breakdown,
    /// The role that shall see it too.
    pub role: Option<Role>,
}

impl KeepView {
    /// Only who publishes figures shares a view with a role.
    pub fn is_open_to(&self, viewer: &Viewer) -> bool {
        self.role.is_none() || FIGURE_PUBLISH.is_held_by(viewer)
    }
}

impl Write for KeepView {
    const NAME: &'static str = "keep_view";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let name = persian::clean(&self.name);
        if name.is_empty() || name.chars().count() > 60 {
            return SAVED_NAME.at("name");
        }
        figures::definition(tx, &self.code).await?;
        if !figures::breakdowns(&self.code)?.contains(&self.breakdown) {
            return BREAKDOWN_NOT_OF_FIGURE.at("breakdown");
        }
        let user = tx.origin().user.ok_or(db::Error::NotFound)?;
        let kept = sql(
            "INSERT INTO saved_view (id, name, code, breakdown, role, made_by, made_at)
             SELECT $1, $2, $3, $4, $5, $6, $7
             WHERE (SELECT count(*) FROM saved_view v WHERE v.made_by = $6) < $8",
        )
        .bind(self.id)
        .bind(name)
        .bind(&self.code)
        .bind(self.breakdown)
        .bind(self.role)
        .bind(user)
        .bind(tx.now())
        .bind(MOST)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_saved_view_name", &SAVED_NAME_TAKEN))?;
        if kept == 0 {
            return SAVED_TOO_MANY.refuse();
        }
        let detail = json!({ "code": self.code, "role": self.role });
        audit::record(tx, "view_kept", "saved_view", Some(self.id), detail).await?;
        Ok(self.id)
    }
}

/// Lets a view go; only who keeps it can. Gone already is no fault.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LetViewGo {
    /// Which one.
    pub id: Uuid,
}

impl Write for LetViewGo {
    const NAME: &'static str = "let_view_go";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let user = tx.origin().user.ok_or(db::Error::NotFound)?;
        let gone = sql("DELETE FROM saved_view WHERE id = $1 AND made_by = $2")
            .bind(self.id)
            .bind(user)
            .execute(tx)
            .await?;
        if gone == 0 {
            return Ok(());
        }
        audit::record(tx, "view_let_go", "saved_view", Some(self.id), json!({})).await
    }
}
