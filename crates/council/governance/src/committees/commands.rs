use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{CommitteeId, CommitteeRole, MembershipId, Rules};
use crate::articles::OrdinanceId;
use crate::wording::{NAME, required};

/// Another committee has this code.
pub const COMMITTEE_CODE_TAKEN: Reason = Reason::new("committee_code_taken", 409);
/// The rules were set for this day already.
pub const RULES_SET_TODAY: Reason = Reason::new("rules_set_today", 409);
/// A term ends before it begins, or has ended already.
pub const TERM: Reason = Reason::new("term", 409);

/// Observers and guests do not vote.
pub const RULES_VOTERS: Reason = Reason::new("rules_voters", 422);

/// Sets a committee up, with its first rules.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateCommittee {
    /// Made by the sender.
    pub id: CommitteeId,
    /// The ordinance it serves.
    pub ordinance_id: OrdinanceId,
    /// The body of its secretariat: its secretaries see and keep the committee's papers.
    pub organization_id: OrganizationId,
    /// The committee it prepares for, when it is a working group.
    #[serde(default)]
    pub parent_id: Option<CommitteeId>,
    /// A short code, unique.
    pub code: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// Its rules from today on.
    pub rules: Rules,
}

impl Write for CreateCommittee {
    const NAME: &'static str = "create_committee";
    type Out = CommitteeId;
    async fn run(&self, tx: &mut Tx) -> Result<CommitteeId> {
        sql("INSERT INTO committee (id, ordinance_id, organization_id, code, name_fa, name_en, made_at, parent_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.ordinance_id)
        .bind(self.organization_id)
        .bind(required(&self.code, "code", 40)?)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(tx.now())
        .bind(self.parent_id)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_committee_code", &COMMITTEE_CODE_TAKEN))?;
        let (id, today) = (tx.new_id(), tx.today());
        set_rules(tx, id, self.id, &self.rules, today).await?;
        audit::record(
            tx,
            "committee_created",
            "committee",
            Some(self.id.get()),
            json!({ "code": self.code }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Changes a committee's rules from a day on; meetings before it keep the old ones.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetRules {
    /// Made by the sender.
    pub id: Uuid,
    /// Whose.
    pub committee_id: CommitteeId,
    /// From when.
    pub valid_from: Date,
    /// The new rules.
    pub rules: Rules,
}

impl Write for SetRules {
    const NAME: &'static str = "set_rules";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        set_rules(tx, self.id, self.committee_id, &self.rules, self.valid_from).await?;
        audit::record(
            tx,
            "committee_rules_set",
            "committee",
            Some(self.committee_id.get()),
            json!({}),
        )
        .await
    }
}

async fn set_rules(
    tx: &mut Tx,
    id: Uuid,
    committee: CommitteeId,
    rules: &Rules,
    from: Date,
) -> Result<()> {
    let votes_none = [CommitteeRole::Observer, CommitteeRole::Guest];
    if rules
        .voting_roles
        .iter()
        .any(|role| votes_none.contains(role))
    {
        return RULES_VOTERS.at("voting_roles");
    }
    sql("INSERT INTO committee_rule (id, committee_id, valid_from, voting_roles, quorum_basis_points,
         quorum_least, is_chair_needed, meets_every_days, reminder_days, majority)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id)
    .bind(committee)
    .bind(from)
    .bind(json!(rules.voting_roles))
    .bind(rules.quorum_basis_points)
    .bind(rules.quorum_least)
    .bind(rules.is_chair_needed)
    .bind(rules.meets_every_days)
    .bind(rules.reminder_days)
    .bind(rules.majority)
    .execute(tx)
    .await
    .map(drop)
    .map_err(|error| error.or_reason("ux_committee_rule", &RULES_SET_TODAY))
}

/// Gives somebody a seat from a day on. The user, when named, sees the committee's papers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddMember {
    /// Made by the sender.
    pub id: MembershipId,
    /// Where.
    pub committee_id: CommitteeId,
    /// The body the seat belongs to.
    pub organization_id: OrganizationId,
    /// Who holds it; none for a body without a user.
    pub user_id: Option<Uuid>,
    /// As what.
    pub role: CommitteeRole,
    /// The office in Persian.
    pub title_fa: String,
    /// The office in English.
    pub title_en: String,
    /// First day of the term.
    pub valid_from: Date,
}

impl Write for AddMember {
    const NAME: &'static str = "add_committee_member";
    type Out = MembershipId;
    async fn run(&self, tx: &mut Tx) -> Result<MembershipId> {
        sql("INSERT INTO committee_membership (id, committee_id, organization_id, user_id, role, title_fa,
             title_en, valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.committee_id)
        .bind(self.organization_id)
        .bind(self.user_id)
        .bind(self.role)
        .bind(required(&self.title_fa, "title_fa", NAME)?)
        .bind(required(&self.title_en, "title_en", NAME)?)
        .bind(self.valid_from)
        .execute(tx)
        .await?;
        let detail = json!({ "role": self.role, "user": self.user_id });
        audit::record(
            tx,
            "committee_member_added",
            "committee",
            Some(self.committee_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Ends a term with a day; the seat stays in the papers of its time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndTerm {
    /// Which seat.
    pub id: MembershipId,
    /// Its last day.
    pub valid_until: Date,
}

impl Write for EndTerm {
    const NAME: &'static str = "end_term";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let ended = sql("UPDATE committee_membership SET valid_until = $2 WHERE id = $1 AND valid_until IS NULL")
            .bind(self.id)
            .bind(self.valid_until)
            .execute(tx)
            .await
            .map_err(|error| error.or_reason("ck_committee_membership_period", &TERM))?;
        if ended == 0 {
            return TERM.refuse();
        }
        audit::record(
            tx,
            "committee_term_ended",
            "committee_membership",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}
