//! Substitutes: who fills a seat, by name and for a term, when its holder is absent.

use std::collections::BTreeMap;

use access::audit;
use db::{Conn, Error, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{CommitteeId, MembershipId, TERM};
use crate::wording::{NAME, required};

db::id!(
    /// A substitute of a seat.
    pub SubstituteId
);

/// Whoever has a seat of their own does not fill another one.
pub const SUBSTITUTE_SEATED: Reason = Reason::new("substitute_seated", 409);

/// A substitute as they are shown.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "SeatSubstitute")]
pub struct Substitute {
    /// Its id.
    pub id: SubstituteId,
    /// The seat.
    pub membership_id: MembershipId,
    /// The name and office.
    pub name: String,
    /// Their user, when they have one.
    pub user_id: Option<Uuid>,
    /// First day.
    pub valid_from: Date,
    /// Last day; none while it goes on.
    pub valid_until: Option<Date>,
}

/// Names the substitute of a seat from a day on. Whoever was named before ends the day before.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NameSubstitute {
    /// Made by the sender.
    pub id: SubstituteId,
    /// Which seat.
    pub membership_id: MembershipId,
    /// The name and office.
    pub name: String,
    /// Their user, when they have one.
    pub user_id: Option<Uuid>,
    /// First day of the term.
    pub valid_from: Date,
}

impl Write for NameSubstitute {
    const NAME: &'static str = "name_substitute";
    type Out = SubstituteId;
    async fn run(&self, tx: &mut Tx) -> Result<SubstituteId> {
        let name = required(&self.name, "substitute_name", NAME)?;
        // The seat's row is held, so that two cannot be named at once.
        let committee: Option<CommitteeId> =
            sql("UPDATE committee_membership SET role = role WHERE id = $1
             AND (valid_until IS NULL OR valid_until >= $2) RETURNING committee_id AS value")
            .bind(self.membership_id)
            .bind(self.valid_from)
            .optional_scalar(tx)
            .await?;
        let committee = committee.ok_or(Error::NotFound)?;
        if let Some(user) = self.user_id {
            let seats: i64 = sql(
                "SELECT count(*) AS value FROM committee_membership WHERE committee_id = $1 AND user_id = $2
                 AND (valid_until IS NULL OR valid_until >= $3)",
            )
            .bind(committee)
            .bind(user)
            .bind(self.valid_from)
            .scalar(tx)
            .await?;
            if seats > 0 {
                return SUBSTITUTE_SEATED.at("substitute_user");
            }
        }
        let eve = self.valid_from.pred_opt().unwrap_or(self.valid_from);
        sql("UPDATE seat_substitute SET valid_until = $2 WHERE membership_id = $1 AND valid_until IS NULL")
            .bind(self.membership_id)
            .bind(eve)
            .execute(tx)
            .await
            .map_err(|error| error.or_reason("ck_seat_substitute_period", &TERM))?;
        sql("INSERT INTO seat_substitute (id, membership_id, user_id, name, valid_from) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.id)
            .bind(self.membership_id)
            .bind(self.user_id)
            .bind(name)
            .bind(self.valid_from)
            .execute(tx)
            .await?;
        audit::record(
            tx,
            "substitute_named",
            "committee_membership",
            Some(self.membership_id.get()),
            json!({ "user": self.user_id }),
        )
        .await?;
        Ok(self.id)
    }
}

/// The substitutes of a committee's seats on a day.
pub(crate) async fn on(
    conn: &mut Conn,
    id: CommitteeId,
    day: Date,
) -> Result<BTreeMap<MembershipId, Substitute>> {
    let found: Vec<Substitute> = sql(
        "SELECT s.id, s.membership_id, s.name, s.user_id, s.valid_from, s.valid_until FROM seat_substitute s
         JOIN committee_membership m ON m.id = s.membership_id WHERE m.committee_id = $1 AND s.valid_from <= $2
         AND (s.valid_until IS NULL OR s.valid_until >= $2) ORDER BY s.valid_from, s.id",
    )
    .bind(id)
    .bind(day)
    .all(conn)
    .await?;
    Ok(found
        .into_iter()
        .map(|one| (one.membership_id, one))
        .collect())
}
