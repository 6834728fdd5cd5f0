//! Papers that prove who someone is, and those still to come: which, and how far; the number is
//! sealed and only its end is shown.

use access::{Ask, audit};
use db::{Conn, FromRow, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use crate::PersonId;
use crate::persons::derived;

db::text_enum! {
    /// Which paper.
    pub enum PaperKind {
        /// National card.
        NationalCard = "national_card",
        /// Birth certificate.
        BirthCertificate = "birth_certificate",
        /// Passport.
        Passport = "passport",
        /// Residence card.
        ResidenceCard = "residence_card",
        /// Deed of guardianship.
        GuardianshipDeed = "guardianship_deed",
        /// Another one.
        Other = "other",
    }
}

db::text_enum! {
    /// How far a paper is.
    pub enum PaperState {
        /// There is none.
        NoneYet = "none_yet",
        /// It was applied for.
        Requested = "requested",
        /// It was shown.
        Seen = "seen",
        /// A copy is kept on paper.
        Copied = "copied",
        /// It no longer counts.
        Expired = "expired",
    }
}

/// A paper of a person.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Paper {
    /// Which.
    pub kind: PaperKind,
    /// How far.
    pub state: PaperState,
    /// The last letters of its number; may be empty.
    pub number_last4: String,
    /// The last day it counts.
    pub expires_on: Option<Date>,
}

/// A person's papers, in the order they were first recorded.
pub async fn list(conn: &mut Conn, person: PersonId) -> Result<Vec<Paper>> {
    sql(
        "SELECT kind, state, number_last4, expires_on FROM identity_document
         WHERE person_id = $1 ORDER BY id",
    )
    .bind(person)
    .all(conn)
    .await
}

/// Says how far a paper is; one row a kind.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPaper {
    /// Follows from person and kind.
    pub id: Uuid,
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub kind: PaperKind,
    /// How far.
    pub state: PaperState,
    /// A keyed hash of the number, so that resends agree.
    pub number_mark: Option<Vec<u8>>,
    /// The number, sealed; none leaves the one kept.
    #[serde(skip_serializing)]
    pub number_sealed: Option<Vec<u8>>,
    /// Its last letters.
    pub number_last4: String,
    /// The last day it counts.
    pub expires_on: Option<Date>,
}

impl Write for RecordPaper {
    const NAME: &'static str = "record_paper";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "INSERT INTO identity_document (id, person_id, kind, state, number_sealed,
             number_last4, expires_on, made_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
             ON CONFLICT (person_id, kind) DO UPDATE SET state = excluded.state,
             number_sealed = coalesce(excluded.number_sealed, identity_document.number_sealed),
             number_last4 = CASE WHEN excluded.number_sealed IS NULL
             THEN identity_document.number_last4 ELSE excluded.number_last4 END,
             expires_on = excluded.expires_on, changed_at = excluded.changed_at",
        )
        .bind(self.id)
        .bind(self.person)
        .bind(self.kind)
        .bind(self.state)
        .bind(self.number_sealed.clone())
        .bind(&self.number_last4)
        .bind(self.expires_on)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = serde_json::json!({ "kind": self.kind, "state": self.state });
        let who = Some(self.person.get());
        audit::record(tx, "paper_recorded", "person", who, detail).await
    }
}

/// Reads the paper part of a person's page.
pub(crate) fn read(
    ask: &Ask,
    form: &Form,
    person: PersonId,
) -> Outcome<Result<RecordPaper, FormErrors>> {
    let keys = &ask.city.keys;
    let mut read = form.read(&ask.page);
    let kind: Option<PaperKind> = read.choice("paper_kind");
    let state: Option<PaperState> = read.choice("paper_state");
    let number = read.optional_text("paper_number", 30);
    let expires = read.optional_date("paper_expires");
    let (Some(kind), Some(state), Some(number), Some(expires_on)) = (kind, state, number, expires)
    else {
        return Ok(Err(read.errors));
    };
    let id = derived(keys, &format!("paper {kind}"), person.get());
    let number = Some(persian::latin_digits(&number)).filter(|number| !number.is_empty());
    let seal = |number: &String| keys.seal("identity_document", "number", id, number);
    Ok(Ok(RecordPaper {
        id,
        person,
        kind,
        state,
        number_mark: number.as_ref().map(|number| keys.blind("paper", number)),
        number_sealed: number.as_ref().map(seal),
        number_last4: number.as_deref().map(last4).unwrap_or_default(),
        expires_on,
    }))
}

/// The last four letters of a longer number; nothing of a short one.
fn last4(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    match letters.len() {
        8.. => letters.iter().skip(letters.len() - 4).collect(),
        _ => String::new(),
    }
}
