//! The consent a person gives when she is registered.

use access::consents::NewConsent;
use access::grants::Category;
use persian::{Date, Jalali};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PersonId;

/// To what she agrees: that the registering body keeps and sees her record.
pub const PURPOSE: &str = "intake";

/// Years a consent may hold.
pub const YEARS: [i64; 3] = [1, 2, 3];

db::text_enum! {
    /// How a consent was given.
    #[schemars(rename = "ConsentEvidence")]
    pub enum Evidence {
        /// She signed the sheet.
        Signature = "signature",
        /// She gave the code of an SMS.
        SmsCode = "sms_code",
        /// She agreed before a witness.
        Witness = "witness",
        /// Her guardian signed, and his deed was seen.
        Guardian = "guardian",
    }
}

/// What she agreed to at registration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// Made by the sender.
    pub id: Uuid,
    /// How.
    pub evidence: Evidence,
    /// The last day it holds.
    pub valid_until: Date,
}

impl ConsentGiven {
    /// The consent as it is recorded; `given_by` is the guardian's contact where he gave it.
    pub(super) fn of(&self, person: PersonId, body: Uuid, given_by: Option<Uuid>) -> NewConsent {
        NewConsent {
            id: self.id,
            subject_id: person.get(),
            purpose: PURPOSE.to_owned(),
            categories: vec![
                Category::Operational,
                Category::Personal,
                Category::Sensitive,
            ],
            bodies: vec![body],
            valid_until: self.valid_until,
            evidence: self.evidence.as_str().to_owned(),
            given_by,
        }
    }
}

/// The same day of the Jalali calendar some years on; the month's last day where it is missing.
pub(crate) fn years_after(day: Date, years: i64) -> Date {
    let day = Jalali::from(day);
    let year = day.year + i32::try_from(years).unwrap_or_default();
    let last = Jalali::month_length(year, day.month);
    Jalali {
        year,
        month: day.month,
        day: day.day.min(last),
    }
    .to_date()
}
