//! Target groups of a person, with what they rest on. Only care and indicators ask.

use access::audit;
use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::PersonId;

db::text_enum! {
    /// What it rests on that someone belongs to a group.
    #[schemars(rename = "GroupBasis")]
    pub enum Basis {
        /// Said by the person.
        Declared = "declared",
        /// Seen on paper.
        Document = "document",
        /// Answered by another body.
        Inquiry = "inquiry",
        /// Stood in a list.
        Import = "import",
    }
}

/// No such target group, or it is no longer in use.
pub const GROUP_UNKNOWN: Reason = Reason::new("target_group_unknown", 422);

/// One group of one person.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct PersonGroup {
    /// Its id.
    pub id: Uuid,
    /// `low_income`
    pub group_code: String,
    /// What it rests on.
    pub basis: Basis,
    /// The first day.
    pub valid_from: Date,
    /// The last day.
    pub valid_until: Option<Date>,
}

/// Codes of the groups a person belongs to today, in alphabetical order.
pub async fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<String>> {
    sql(
        "SELECT group_code AS value FROM person_group WHERE person_id = $1
         AND valid_until IS NULL ORDER BY group_code",
    )
    .bind(person)
    .scalars(conn)
    .await
}

/// Everything ever recorded of a person's groups, newest first.
pub async fn history(conn: &mut Conn, person: PersonId) -> Result<Vec<PersonGroup>> {
    sql(
        "SELECT id, group_code, basis, valid_from, valid_until FROM person_group
         WHERE person_id = $1 ORDER BY id DESC",
    )
    .bind(person)
    .all(conn)
    .await
}

/// Puts a person in a group from today; being in it already changes nothing.
#[derive(Clone, Debug, Serialize)]
pub struct AddGroup {
    /// Made by the sender.
    pub id: Uuid,
    /// Who.
    pub person: PersonId,
    /// Which group.
    pub group_code: String,
    /// What it rests on.
    pub basis: Basis,
    /// Why, in words; see [`seal_reason`].
    #[serde(skip_serializing)]
    pub reason_sealed: Option<Vec<u8>>,
}

/// Seals the words for [`AddGroup::reason_sealed`]; none for empty words.
pub fn seal_reason(keys: &Keys, id: Uuid, words: &str) -> Option<Vec<u8>> {
    (!words.is_empty()).then(|| keys.seal("person_group", "reason", id, words))
}

impl Write for AddGroup {
    const NAME: &'static str = "add_group";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        add(tx, self).await?;
        let detail = serde_json::json!({ "basis": self.basis });
        audit::record(tx, "group_added", "person", Some(self.person.get()), detail).await
    }
}

/// [`AddGroup`] inside another write, without its own audit event.
pub async fn add(tx: &mut Tx, new: &AddGroup) -> Result<()> {
    let made = sql(
        "INSERT INTO person_group (id, person_id, group_code, basis, reason_sealed,
         valid_from, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id, group_code) WHERE valid_until IS NULL DO NOTHING",
    )
    .bind(new.id)
    .bind(new.person)
    .bind(&new.group_code)
    .bind(new.basis)
    .bind(new.reason_sealed.clone())
    .bind(tx.today())
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await;
    match made {
        Err(db::Error::MissingReference) => GROUP_UNKNOWN.at("groups"),
        other => other.map(drop),
    }
}

/// Ends a person's stay in a group today.
#[derive(Clone, Debug, Serialize)]
pub struct EndGroup {
    /// Who.
    pub person: PersonId,
    /// Which group.
    pub group_code: String,
}

impl Write for EndGroup {
    const NAME: &'static str = "end_group";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "UPDATE person_group SET valid_until = $3 WHERE person_id = $1 AND group_code = $2
             AND valid_until IS NULL",
        )
        .bind(self.person)
        .bind(&self.group_code)
        .bind(tx.today())
        .execute_one(tx)
        .await?;
        audit::record(
            tx,
            "group_ended",
            "person",
            Some(self.person.get()),
            serde_json::json!({}),
        )
        .await
    }
}
