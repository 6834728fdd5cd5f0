use access::audit;
use db::{Result, SealedText, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{HelpKind, PROFILE_FIELD, ProfileKind};
use crate::OrganizationId;

/// Writes a body's profile, the first time or anew: the last word holds.
#[derive(Clone, Serialize)]
pub struct KeepProfile {
    /// The body.
    pub organization_id: OrganizationId,
    /// Who it is.
    pub kind: ProfileKind,
    /// About it, in Persian.
    pub about_fa: String,
    /// About it, in English.
    pub about_en: String,
    /// How many requests it can carry at a time.
    pub capacity: i64,
    /// What it can give.
    pub offers: Vec<HelpKind>,
    /// What it looks for.
    pub seeks: Vec<HelpKind>,
    /// Regions it serves; none means the whole city.
    pub regions: Vec<i64>,
    /// Fields of work it knows.
    pub fields: Vec<String>,
    /// Whom to call and at which number: [`ContactPerson::sealed`].
    pub contact: SealedText,
    /// Does it agree to be named and thanked in public?
    pub is_named: bool,
}

/// Fields and regions of a profile, at most.
const MOST: usize = 30;

impl Write for KeepProfile {
    const NAME: &'static str = "keep_profile";
    type Out = OrganizationId;
    async fn run(&self, tx: &mut Tx) -> Result<OrganizationId> {
        let fits = |text: &str, most: usize| persian::clean_lines(text).chars().count() <= most;
        let faulty = [
            ("about_fa", fits(&self.about_fa, 1000)),
            ("about_en", fits(&self.about_en, 1000)),
            ("capacity", (0..=1000).contains(&self.capacity)),
            (
                "regions",
                self.regions.len() <= MOST && self.regions.iter().all(|one| (1..=99).contains(one)),
            ),
            (
                "fields",
                self.fields.len() <= MOST && self.fields.iter().all(|one| fits(one, 60)),
            ),
        ];
        if let Some((field, _)) = faulty.iter().find(|(_, is_good)| !is_good) {
            return PROFILE_FIELD.at(*field);
        }
        let today = tx.today();
        let user = tx.origin().user;
        // The day of its word stays while the word stays.
        sql(
            "INSERT INTO profile (organization_id, kind, about_fa, about_en, capacity, contact_sealed, named_on,
             changed_on, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (organization_id) DO UPDATE SET kind = excluded.kind, about_fa = excluded.about_fa,
             about_en = excluded.about_en, capacity = excluded.capacity,
             contact_sealed = excluded.contact_sealed, changed_on = excluded.changed_on,
             changed_by = excluded.changed_by, named_on = CASE WHEN excluded.named_on IS NULL THEN NULL
             ELSE coalesce(profile.named_on, excluded.named_on) END",
        )
        .bind(self.organization_id)
        .bind(self.kind)
        .bind(persian::clean_lines(&self.about_fa))
        .bind(persian::clean_lines(&self.about_en))
        .bind(self.capacity)
        .bind(self.contact.bytes())
        .bind(self.is_named.then_some(today))
        .bind(today)
        .bind(user)
        .execute(tx)
        .await?;
        self.lists(tx).await?;
        let detail = json!({ "kind": self.kind, "is_named": self.is_named });
        let id = Some(self.organization_id.get());
        audit::record(tx, "profile_kept", "organization", id, detail).await?;
        Ok(self.organization_id)
    }
}

impl KeepProfile {
    async fn lists(&self, tx: &mut Tx) -> Result<()> {
        for text in [
            "DELETE FROM profile_help WHERE organization_id = $1",
            "DELETE FROM profile_region WHERE organization_id = $1",
            "DELETE FROM profile_field WHERE organization_id = $1",
        ] {
            sql(text).bind(self.organization_id).execute(tx).await?;
        }
        let offers = self.offers.iter().map(|kind| ("offers", *kind));
        let seeks = self.seeks.iter().map(|kind| ("seeks", *kind));
        for (direction, kind) in offers.chain(seeks) {
            sql(
                "INSERT INTO profile_help (organization_id, direction, kind) VALUES ($1, $2, $3)
                 ON CONFLICT (organization_id, direction, kind) DO NOTHING",
            )
            .bind(self.organization_id)
            .bind(direction)
            .bind(kind)
            .execute(tx)
            .await?;
        }
        for region in &self.regions {
            sql(
                "INSERT INTO profile_region (organization_id, region) VALUES ($1, $2)
                 ON CONFLICT (organization_id, region) DO NOTHING",
            )
            .bind(self.organization_id)
            .bind(*region)
            .execute(tx)
            .await?;
        }
        for field in &self.fields {
            let (folded, name) = (persian::fold_spaceless(field), persian::clean(field));
            if folded.is_empty() {
                continue;
            }
            sql(
                "INSERT INTO profile_field (organization_id, folded, name) VALUES ($1, $2, $3)
                 ON CONFLICT (organization_id, folded) DO NOTHING",
            )
            .bind(self.organization_id)
            .bind(folded)
            .bind(name)
            .execute(tx)
            .await?;
        }
        Ok(())
    }
}

/// Writes a knowledge-based certificate down as staff saw it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CertifyBody {
    /// The body.
    pub organization_id: OrganizationId,
    /// The certificate's number.
    pub number: String,
    /// Its last day.
    pub until: Date,
}

impl Write for CertifyBody {
    const NAME: &'static str = "certify_body";
    type Out = OrganizationId;
    async fn run(&self, tx: &mut Tx) -> Result<OrganizationId> {
        let number = persian::latin_digits(&persian::clean(&self.number));
        if number.is_empty() || number.chars().count() > 40 {
            return PROFILE_FIELD.at("number");
        }
        let done = sql(
            "UPDATE organization SET knowledge_based_id = $2, knowledge_based_until = $3 WHERE id = $1",
        )
        .bind(self.organization_id)
        .bind(&number)
        .bind(self.until)
        .execute(tx)
        .await?;
        if done == 0 {
            return Err(db::Error::NotFound);
        }
        let detail = json!({ "number": number, "until": self.until });
        let id = Some(self.organization_id.get());
        audit::record(tx, "body_certified", "organization", id, detail).await?;
        Ok(self.organization_id)
    }
}
