//! A body's names and the body it stands under, each from a day on: a renamed or reorganised body is
//! the same one, and what was written earlier keeps the name of its day.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Organization, OrganizationId, get};

/// A name or a parent holds from a day after the one before, and not from a day to come.
pub const NAME_DAY: Reason = Reason::new("name_day", 422);
/// A body has a name in both languages.
pub const BODY_NAME: Reason = Reason::new("body_name", 422);
/// A body does not stand under itself, nor under what stands under it.
pub const PARENT_CIRCLE: Reason = Reason::new("parent_circle", 422);

/// A name of a body, and from when on.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "BodyName")]
pub struct BodyName {
    /// Its first day.
    pub valid_from: Date,
    /// In Persian.
    pub name_fa: String,
    /// In English.
    pub name_en: String,
}

impl BodyName {
    /// In a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    fn of(body: &Organization) -> Self {
        Self {
            valid_from: body.valid_from,
            name_fa: body.name_fa.clone(),
            name_en: body.name_en.clone(),
        }
    }
}

/// The body a body stands under, and from when on.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "BodyParent")]
pub struct BodyParent {
    /// Since when.
    pub valid_from: Date,
    /// Under which; none means under none.
    pub parent_id: Option<OrganizationId>,
    /// Its name in Persian.
    pub parent_fa: Option<String>,
    /// Its name in English.
    pub parent_en: Option<String>,
}

/// All names of a body, the latest first.
pub async fn names_of(conn: &mut Conn, id: OrganizationId) -> Result<Vec<BodyName>> {
    let names: Vec<BodyName> = sql(
        "SELECT valid_from, name_fa, name_en FROM organization_name WHERE organization_id = $1
         ORDER BY valid_from DESC",
    )
    .bind(id)
    .all(conn)
    .await?;
    match names.is_empty() {
        true => Ok(vec![BodyName::of(&get(conn, id).await?)]),
        false => Ok(names),
    }
}

/// The name a body had on a day; before its first one, that one.
pub async fn name_on(conn: &mut Conn, id: OrganizationId, day: Date) -> Result<BodyName> {
    let names = names_of(conn, id).await?;
    let found = names.iter().find(|name| name.valid_from <= day);
    let found = found.or(names.last()).cloned();
    found.ok_or(db::Error::NotFound)
}

/// Under which bodies it stood, the latest first.
pub async fn parents_of(conn: &mut Conn, id: OrganizationId) -> Result<Vec<BodyParent>> {
    sql(
        "SELECT p.valid_from, p.parent_id, o.name_fa AS parent_fa, o.name_en AS parent_en
         FROM organization_parent p LEFT JOIN organization o ON o.id = p.parent_id
         WHERE p.organization_id = $1 ORDER BY p.valid_from DESC",
    )
    .bind(id)
    .all(conn)
    .await
}

/// Writes down the name a body begins with.
pub(super) async fn begin(tx: &mut Tx, name: &BodyName, id: OrganizationId) -> Result<()> {
    let search = format!("{} {}", name.name_fa, name.name_en);
    sql(
        "INSERT INTO organization_name (organization_id, valid_from, name_fa, name_en, search_text, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(name.valid_from)
    .bind(&name.name_fa)
    .bind(&name.name_en)
    .bind(persian::fold_spaceless(&search))
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a body another name from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RenameBody {
    /// Which.
    pub id: OrganizationId,
    /// From this day on.
    pub from_on: Date,
    /// In Persian.
    pub name_fa: String,
    /// In English.
    pub name_en: String,
}

impl Write for RenameBody {
    const NAME: &'static str = "rename_body";
    type Out = OrganizationId;
    async fn run(&self, tx: &mut Tx) -> Result<OrganizationId> {
        let name = BodyName {
            valid_from: self.from_on,
            name_fa: persian::clean(&self.name_fa),
            name_en: persian::clean(&self.name_en),
        };
        for (field, text) in [("name_fa", &name.name_fa), ("name_en", &name.name_en)] {
            if !(1..=120).contains(&text.chars().count()) {
                return BODY_NAME.at(field);
            }
        }
        // The row is held before the names are read, so that two new names do not both follow one.
        let before = held(tx, self.id).await?;
        let is_new: i64 =
            sql("SELECT count(*) AS value FROM organization_name WHERE organization_id = $1")
                .bind(self.id)
                .scalar(tx)
                .await?;
        if is_new == 0 {
            begin(tx, &BodyName::of(&before), self.id).await?;
        }
        let last = names_of(tx, self.id).await?;
        let is_after = last
            .first()
            .is_none_or(|last| last.valid_from < self.from_on);
        if !is_after || self.from_on > tx.today() {
            return NAME_DAY.at("from_on");
        }
        begin(tx, &name, self.id).await?;
        sql(
            "UPDATE organization SET name_fa = $2, name_en = $3, search_text = $4, sort_key = $5 WHERE id = $1",
        )
        .bind(self.id)
        .bind(&name.name_fa)
        .bind(&name.name_en)
        .bind(persian::fold_spaceless(&name.name_fa))
        .bind(persian::sort_key(&name.name_fa))
        .execute_one(tx)
        .await?;
        let detail = json!({
            "from_on": self.from_on, "before": before.name_fa, "name_fa": name.name_fa,
        });
        let id = Some(self.id.get());
        audit::record(tx, "organization_renamed", "organization", id, detail).await?;
        Ok(self.id)
    }
}

async fn held(tx: &mut Tx, id: OrganizationId) -> Result<Organization> {
    sql("UPDATE organization SET code = code WHERE id = $1")
        .bind(id)
        .execute_one(tx)
        .await?;
    get(tx, id).await
}

/// Puts a body under another one from a day on, or under none.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoveBody {
    /// Which.
    pub id: OrganizationId,
    /// From this day on.
    pub from_on: Date,
    /// Under which.
    pub parent_id: Option<OrganizationId>,
}

impl Write for MoveBody {
    const NAME: &'static str = "move_body";
    type Out = OrganizationId;
    async fn run(&self, tx: &mut Tx) -> Result<OrganizationId> {
        // All bodies are held: two moves at once could make a circle that neither of them sees.
        sql("UPDATE organization SET code = code WHERE merged_into_id IS NULL OR id = $1")
            .bind(self.id)
            .execute(tx)
            .await?;
        let body = get(tx, self.id).await?;
        let last = parents_of(tx, self.id).await?;
        let is_after = last
            .first()
            .is_none_or(|last| last.valid_from < self.from_on);
        if !is_after || self.from_on > tx.today() || self.from_on < body.valid_from {
            return NAME_DAY.at("from_on");
        }
        let mut above = self.parent_id;
        while let Some(parent) = above {
            if parent == self.id {
                return PARENT_CIRCLE.at("parent_id");
            }
            get(tx, parent).await?;
            above = sql("SELECT parent_id AS value FROM organization WHERE id = $1")
                .bind(parent)
                .scalar(tx)
                .await?;
        }
        if let Some(parent) = self.parent_id {
            super::must_stand(tx, parent, "parent_id").await?;
        }
        sql(
            "INSERT INTO organization_parent (organization_id, valid_from, parent_id, recorded_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(self.id)
        .bind(self.from_on)
        .bind(self.parent_id)
        .bind(tx.now())
        .execute(tx)
        .await?;
        sql("UPDATE organization SET parent_id = $2 WHERE id = $1")
            .bind(self.id)
            .bind(self.parent_id)
            .execute_one(tx)
            .await?;
        let detail = json!({ "from_on": self.from_on, "parent_id": self.parent_id });
        let id = Some(self.id.get());
        audit::record(tx, "organization_moved", "organization", id, detail).await?;
        Ok(self.id)
    }
}
