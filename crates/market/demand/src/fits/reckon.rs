use std::collections::HashMap;

use db::{Conn, Result};
use organizations::{OrganizationId, Profile, calendar, profiles};
use persian::Date;

use super::{Code, NeedFit, Reason, SupporterFit, holding};
use crate::approaches::{Answered, answered_puts, loads};
use crate::needs::{self, Need};

/// What is known of all supporters on a day.
struct Known {
    day: Date,
    loads: HashMap<OrganizationId, i64>,
    /// Whether the last answer came in time, and in how many working days.
    answered: HashMap<OrganizationId, (bool, i64)>,
}

impl Known {
    async fn read(conn: &mut Conn, day: Date) -> Result<Self> {
        let loads = loads(conn).await?;
        let mut last: HashMap<OrganizationId, Answered> = HashMap::new();
        for answered in answered_puts(conn).await? {
            last.insert(answered.owner_id, answered);
        }
        let mut answered = HashMap::new();
        for (owner, one) in last {
            let days = calendar::working_days_between(conn, one.opened_on, one.ended_on).await?;
            answered.insert(owner, (one.ended_on <= one.due_on, days));
        }
        Ok(Self {
            day,
            loads: loads
                .into_iter()
                .map(|load| (load.organization_id, load.amount))
                .collect(),
            answered,
        })
    }

    fn reasons(&self, need: &Need, profile: &Profile) -> Vec<Reason> {
        let card = &profile.card;
        let body = card.organization_id;
        let free = card.capacity - self.loads.get(&body).copied().unwrap_or_default();
        let answered = self.answered.get(&body);
        let reason = |code: Code, holds: bool, number: Option<i64>| Reason {
            code,
            holds,
            number,
        };
        vec![
            reason(
                Code::Kind,
                need.help.is_some_and(|kind| profile.offers.contains(&kind)),
                None,
            ),
            reason(Code::Region, serves(profile, need.region), None),
            reason(Code::Field, knows(profile, &need.craft), None),
            reason(Code::Capacity, free > 0, Some(free.max(0))),
            reason(
                Code::Answered,
                answered.is_some_and(|(in_time, _)| *in_time),
                answered.map(|(_, days)| *days),
            ),
            reason(Code::Certified, card.is_knowledge_based(self.day), None),
        ]
    }
}

fn serves(profile: &Profile, region: Option<i64>) -> bool {
    let regions = &profile.regions;
    regions.is_empty() || region.is_none_or(|region| regions.contains(&region))
}

/// Letters below which a word is too short to compare by its inside.
const SHORT: usize = 3;

/// Is the craft one of the profile's fields, or one within the other?
fn knows(profile: &Profile, craft: &str) -> bool {
    let craft = persian::fold_spaceless(craft);
    let fields = profile
        .fields
        .iter()
        .map(|one| persian::fold_spaceless(one));
    craft.chars().count() >= SHORT
        && fields
            .filter(|field| field.chars().count() >= SHORT)
            .any(|field| craft.contains(&field) || field.contains(&craft))
}

/// A need that names a kind of help is for those who offer it; any other for whoever knows the craft.
fn is_offered(need: &Need, reasons: &[Reason]) -> bool {
    let asked = match need.help {
        Some(_) => Code::Kind,
        None => Code::Field,
    };
    reasons
        .iter()
        .any(|reason| reason.code == asked && reason.holds)
}

/// Supporters for a need: those with most reasons first, then in Persian order.
pub async fn supporters_for(conn: &mut Conn, need: &Need, day: Date) -> Result<Vec<SupporterFit>> {
    let known = Known::read(conn, day).await?;
    let mut fits: Vec<SupporterFit> = profiles::list(conn)
        .await?
        .into_iter()
        .filter_map(|profile| {
            let reasons = known.reasons(need, &profile);
            is_offered(need, &reasons).then_some(SupporterFit {
                organization_id: profile.card.organization_id,
                name_fa: profile.card.name_fa,
                name_en: profile.card.name_en,
                reasons,
            })
        })
        .collect();
    fits.sort_by_key(|fit| std::cmp::Reverse(holding(&fit.reasons)));
    Ok(fits)
}

/// Open needs for a supporter: those with most reasons first, then the oldest.
pub async fn needs_for(conn: &mut Conn, profile: &Profile, day: Date) -> Result<Vec<NeedFit>> {
    let known = Known::read(conn, day).await?;
    let mut fits: Vec<NeedFit> = needs::open(conn)
        .await?
        .into_iter()
        .filter_map(|need| {
            let reasons = known.reasons(&need, profile);
            is_offered(&need, &reasons).then_some(NeedFit { need, reasons })
        })
        .collect();
    fits.sort_by_key(|fit| std::cmp::Reverse(holding(&fit.reasons)));
    Ok(fits)
}
