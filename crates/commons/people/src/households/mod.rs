//! Who lives with a person: people of the programme, and others by a sealed name.

pub(crate) mod forms;

use access::audit;
use db::{Conn, Error, FromRow, Keys, Reason, Result, Row, Tx, Write, sql};
use persian::Date;
use serde::Serialize;
use uuid::Uuid;

use crate::PersonId;

db::text_enum! {
    /// How someone stands to the head of the household.
    pub enum Relation {
        /// Is its head.
        Head = "head",
        /// Wife or husband.
        Spouse = "spouse",
        /// Daughter or son.
        Child = "child",
        /// Mother or father.
        Parent = "parent",
        /// Sister or brother.
        Sibling = "sibling",
        /// Grandchild.
        Grandchild = "grandchild",
        /// Another relative, or none.
        Other = "other",
    }
}

/// The household has a head already.
pub const HEAD_TAKEN: Reason = Reason::new("household_head_taken", 409);
/// She lives in another household.
pub const LIVES_ELSEWHERE: Reason = Reason::new("household_lives_elsewhere", 409);

/// One who lives in a household now.
#[derive(Clone, Debug)]
pub struct Member {
    /// The membership's id.
    pub id: Uuid,
    /// Who, when the programme knows her.
    pub person_id: Option<Uuid>,
    /// First and last name; empty when it is not to be shown.
    pub name: String,
    /// Jalali year of birth.
    pub birth_year: Option<i64>,
    /// How she stands to the head.
    pub relation: Relation,
    /// Since when.
    pub valid_from: Date,
}

impl Member {
    /// Leaves only that somebody lives here.
    pub(crate) fn hide(&mut self) {
        self.name.clear();
        self.birth_year = None;
        self.person_id = None;
    }
}

struct Kept {
    member: Member,
    name_sealed: Option<Vec<u8>>,
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self> {
        let first: Option<String> = row.get("first_name")?;
        let last: Option<String> = row.get("last_name")?;
        let name = [first, last].into_iter().flatten().collect::<Vec<_>>();
        Ok(Self {
            member: Member {
                id: row.get("id")?,
                person_id: row.get("person_id")?,
                name: name.join(" "),
                birth_year: row.get("birth_year")?,
                relation: row.get("relation")?,
                valid_from: row.get("valid_from")?,
            },
            name_sealed: row.get("name_sealed")?,
        })
    }
}

/// Everybody who lives in the person's household today, herself included; none without one.
/// Check a grant of class *personal* first.
pub async fn members_of(conn: &mut Conn, keys: &Keys, person: PersonId) -> Result<Vec<Member>> {
    let kept: Vec<Kept> = sql(
        "SELECT m.id, m.person_id, m.name_sealed, coalesce(p.birth_year, m.birth_year) AS birth_year,
         m.relation, m.valid_from, p.first_name, p.last_name
         FROM household_member own
         JOIN household_member m ON m.household_id = own.household_id AND m.valid_until IS NULL
         LEFT JOIN person p ON p.id = m.person_id
         WHERE own.person_id = $1 AND own.valid_until IS NULL ORDER BY m.id",
    )
    .bind(person)
    .all(conn)
    .await?;
    let open = |kept: Kept| -> Result<Member> {
        let mut member = kept.member;
        if let Some(sealed) = kept.name_sealed {
            member.name = keys
                .open_sealed("household_member", "name", member.id, &sealed)
                .map_err(Error::other)?;
        }
        Ok(member)
    };
    kept.into_iter().map(open).collect()
}

/// Says that someone lives with a person; makes the household when she had none.
#[derive(Clone, Debug, Serialize)]
pub struct AddMember {
    /// The membership; made by the sender.
    pub id: Uuid,
    /// With whom.
    pub person: PersonId,
    /// How that person stands to the head, when her household begins here.
    pub own_relation: Relation,
    /// Who lives with her, when the programme knows her.
    pub member: Option<PersonId>,
    /// Else a keyed hash of the name, so that resends agree.
    pub name_mark: Option<Vec<u8>>,
    /// And the name, sealed for the membership.
    #[serde(skip_serializing)]
    pub name_sealed: Option<Vec<u8>>,
    /// Jalali year of birth of somebody the programme does not know.
    pub birth_year: Option<i64>,
    /// How she stands to the head.
    pub relation: Relation,
    /// The household and the first membership, should they be made.
    pub new_ids: (Uuid, Uuid),
    /// Number of the region, for a new household.
    pub region: Option<i64>,
}

impl Write for AddMember {
    const NAME: &'static str = "add_household_member";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let own: Option<Uuid> = sql("SELECT household_id AS value FROM household_member
             WHERE person_id = $1 AND valid_until IS NULL")
        .bind(self.person)
        .optional_scalar(tx)
        .await?;
        let household = match own {
            Some(household) => household,
            None => self.found(tx).await?,
        };
        sql(
            "INSERT INTO household_member (id, household_id, person_id, name_sealed, birth_year,
             relation, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(household)
        .bind(self.member)
        .bind(self.name_sealed.clone())
        .bind(self.birth_year)
        .bind(self.relation)
        .bind(tx.today())
        .execute(tx)
        .await
        .map_err(refused)?;
        let detail = serde_json::json!({ "member": self.id });
        let who = Some(self.person.get());
        audit::record(tx, "household_member_added", "person", who, detail).await
    }
}

impl AddMember {
    /// Makes the household with the person in it.
    async fn found(&self, tx: &mut Tx) -> Result<Uuid> {
        let (household, membership) = self.new_ids;
        sql("INSERT INTO household (id, region, made_at) VALUES ($1, $2, $3)")
            .bind(household)
            .bind(self.region)
            .bind(tx.now())
            .execute(tx)
            .await?;
        sql(
            "INSERT INTO household_member (id, household_id, person_id, relation, valid_from)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(membership)
        .bind(household)
        .bind(self.person)
        .bind(self.own_relation)
        .bind(tx.today())
        .execute(tx)
        .await
        .map_err(refused)?;
        Ok(household)
    }
}

fn refused(error: Error) -> Error {
    let error = error.or_reason("ux_household_head", &HEAD_TAKEN);
    error.or_reason("ux_household_member_person", &LIVES_ELSEWHERE)
}

/// Says that someone no longer lives with a person.
#[derive(Clone, Debug, Serialize)]
pub struct EndMember {
    /// In whose household.
    pub person: PersonId,
    /// The membership.
    pub id: Uuid,
}

impl Write for EndMember {
    const NAME: &'static str = "end_household_member";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "UPDATE household_member SET valid_until = $3 WHERE id = $1 AND valid_until IS NULL
             AND household_id IN (SELECT own.household_id FROM household_member own
             WHERE own.person_id = $2 AND own.valid_until IS NULL)",
        )
        .bind(self.id)
        .bind(self.person)
        .bind(tx.today())
        .execute_one(tx)
        .await?;
        let detail = serde_json::json!({ "member": self.id });
        let who = Some(self.person.get());
        audit::record(tx, "household_member_ended", "person", who, detail).await
    }
}
