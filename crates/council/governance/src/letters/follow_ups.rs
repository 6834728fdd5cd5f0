//! One act that asks every body about what it owes.

use std::collections::BTreeMap;

use db::{Result, Tx, Write, sql};
use persian::{Date, Jalali, Lang};
use serde::{Deserialize, Serialize};
use web::words::plain;

use super::commands::{WORDING, told};
use super::templates::{Values, late, of_resolution, template, values};
use super::{About, LetterId, language};
use crate::WORDS;
use crate::committees::CommitteeId;
use crate::resolutions::{self, Resolution};
use crate::wording::{number_of_year, short};

/// The most letters of a list, which leaves the rest of a letter its place.
const LIST: usize = WORDING - 1_000;
/// What a line of the list takes beside the resolution's wording.
const LINE: usize = 130;
/// However many resolutions there are, so much of the wording of each is told.
const SHORT: usize = 60;

/// Drafts a letter to each body that has a resolution without an answer or past its deadline,
/// naming all of them. A body gets one such letter a day. Gives the number of letters drafted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftFollowUps {
    /// Of which committee.
    pub committee_id: CommitteeId,
    /// The language they are written in.
    pub language: Lang,
}

impl Write for DraftFollowUps {
    const NAME: &'static str = "draft_follow_ups";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let today = tx.today();
        let mut owed: BTreeMap<_, Vec<Resolution>> = BTreeMap::new();
        for one in resolutions::list(tx, self.committee_id).await? {
            if one.is_waited_for(today) {
                owed.entry(one.organization_id).or_default().push(one);
            }
        }
        let mut drafted = 0;
        for mut resolutions in owed.into_values() {
            resolutions.reverse();
            if self.draft(tx, &resolutions, today).await? {
                drafted += 1;
            }
        }
        Ok(drafted)
    }
}

impl DraftFollowUps {
    /// True when the letter is new today.
    async fn draft(&self, tx: &mut Tx, owed: &[Resolution], today: Date) -> Result<bool> {
        let (Some(first), id) = (owed.first(), LetterId::new(tx.new_id())) else {
            return Ok(false);
        };
        let only = (owed.len() == 1).then_some(first.id);
        let (code, places) = match only {
            Some(id) => {
                let about = Some(About::Resolution(id));
                let places = values(tx, self.language, about, today).await?;
                ("follow_up", places)
            }
            None => ("follow_up_list", self.listed(owed, first, today)),
        };
        let (subject, wording) = template(tx, code).await?.filled(self.language, &places);
        let added = sql(
            "INSERT INTO letter (id, committee_id, direction, state, organization_id, language, their_number,
             subject, wording, resolution_id, batch_on, made_by, made_at)
             VALUES ($1, $2, 'sent', 'drafted', $3, $4, '', $5, $6, $7, $8, $9, $10)
             ON CONFLICT (committee_id, organization_id, batch_on) DO NOTHING",
        )
        .bind(id)
        .bind(self.committee_id)
        .bind(first.organization_id)
        .bind(language(self.language))
        .bind(subject)
        .bind(wording)
        .bind(only)
        .bind(today)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if added == 0 {
            return Ok(false);
        }
        for one in owed.iter().filter(|_| only.is_none()) {
            sql("INSERT INTO letter_resolution (letter_id, resolution_id) VALUES ($1, $2)")
                .bind(id)
                .bind(one.id)
                .execute(tx)
                .await?;
        }
        told(tx, "letter_drafted", id).await?;
        Ok(true)
    }

    fn listed(&self, owed: &[Resolution], first: &Resolution, today: Date) -> Values {
        let lang = self.language;
        let share = (LIST / owed.len()).saturating_sub(LINE).max(SHORT);
        let line = |one: &Resolution| {
            let late = late(one, today);
            let args = [
                ("number", number_of_year(one.year, one.number, lang).into()),
                ("wording", short(&one.wording, share).into()),
                ("due", Jalali::from(one.due_on).long(lang).into()),
                ("late", late.into()),
            ];
            let key = if late > 0 {
                "letter-line"
            } else {
                "letter-line-in-time"
            };
            plain(&WORDS.text(lang, key, &args)).into_owned()
        };
        let (mut lines, mut room) = (Vec::new(), LIST);
        for text in owed.iter().map(line) {
            let Some(left) = room.checked_sub(text.chars().count() + 1) else {
                break;
            };
            lines.push(text);
            room = left;
        }
        if lines.len() < owed.len() {
            let count = i64::try_from(owed.len() - lines.len()).unwrap_or_default();
            let more = WORDS.text(lang, "letter-line-more", &[("count", count.into())]);
            lines.push(plain(&more).into_owned());
        }
        let mut places = of_resolution(first, lang, today);
        places.push(("list", lines.join("\n")));
        places
    }
}
