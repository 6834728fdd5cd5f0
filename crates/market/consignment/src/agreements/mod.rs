//! Agreements between a maker and a shop's operator: superseded, never edited.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod percent;
mod queries;
mod views;

use contacts::ContactId;
use db::{FromRow, Reason};
use makers::WorkMode;
use money::BasisPoints;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{EndAgreement, SignAgreement, SupersedeAgreement};
pub use queries::{get, in_force, list, list_of, versions};
pub(crate) use views::percent;

db::id!(
    /// An agreement.
    pub AgreementId
);

db::text_enum! {
    /// How the maker accepted.
    pub enum Acceptance {
        /// She signed the paper.
        Signature = "signature",
        /// She confirmed by a code sent to her phone.
        SmsCode = "sms_code",
        /// A witness signed beside her mark.
        Witness = "witness",
    }
}

db::text_enum! {
    /// Who bears a loss that is not a sale.
    pub enum Payer {
        /// The shop; the rule unless agreed otherwise, since the maker cannot guard the shelf.
        Shop = "shop",
        /// The maker.
        Producer = "producer",
        /// An insurer.
        Insurer = "insurer",
        /// The city's fund.
        CityFund = "city_fund",
    }
}

/// Another agreement covers one of these days.
pub const AGREEMENT_OVERLAPS: Reason = Reason::new("agreement_overlaps", 409);
/// The agreement is not the one in force.
pub const AGREEMENT_NOT_IN_FORCE: Reason = Reason::new("agreement_not_in_force", 409);
/// A new version begins after the first day of the old one.
pub const VERSION_TOO_EARLY: Reason = Reason::new("version_too_early", 422);
/// Ends before it begins.
pub const AGREEMENT_PERIOD: Reason = Reason::new("agreement_period", 422);

/// There is no such maker.
pub const MAKER_UNKNOWN: Reason = Reason::new("maker_unknown", 422);

/// An agreement.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Its number at the operator.
    pub number: i64,
    /// The maker.
    pub contact_id: ContactId,
    /// The operator.
    pub organization_id: OrganizationId,
    /// The legal form of her work.
    pub work_mode: WorkMode,
    /// The operator's share of the price without tax, in basis points.
    pub commission_bp: i64,
    /// Who bears losses.
    pub loss_payer: Payer,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day as agreed.
    pub ends_on: Date,
    /// How she accepted.
    pub accepted_by: Acceptance,
    /// When she accepted.
    pub accepted_on: Date,
    /// The version before it.
    pub supersedes_id: Option<AgreementId>,
    /// Its last day when it ended early.
    pub last_on: Option<Date>,
    /// Why it ended early: `superseded` or `ended`.
    pub end_reason: Option<String>,
}

impl Agreement {
    /// True on the days it governs.
    pub fn holds_on(&self, day: Date) -> bool {
        self.starts_on <= day && day <= self.last_day()
    }

    /// Its last day, early end included.
    pub fn last_day(&self) -> Date {
        self.last_on.unwrap_or(self.ends_on)
    }

    /// The commission as a rate; the table holds 0 to 10,000.
    pub fn commission(&self) -> BasisPoints {
        makers::reference::basis_points(self.commission_bp).unwrap_or_default()
    }
}
