//! Profiles: whoever helps makers from outside, what they give and seek, where and for how many.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
/// Parts of profiles that other rooms show.
pub mod views;

use access::Viewer;
use db::{FromRow, Reason};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{CertifyBody, KeepProfile};
pub use queries::{ContactPerson, contact_person, find, list, named};

use crate::{OrganizationId, PROFILE_KEEP, PROFILE_READ};

db::text_enum! {
    /// Who helps.
    pub enum ProfileKind {
        /// A company.
        Company = "company",
        /// A knowledge-based company.
        KnowledgeBased = "knowledge_based",
        /// A private supporter: buys, places orders, stands by makers.
        PrivateSupporter = "private_supporter",
        /// A social entrepreneur.
        SocialEntrepreneur = "social_entrepreneur",
        /// A donor.
        Donor = "donor",
    }
}

db::text_enum! {
    /// What help is about.
    pub enum HelpKind {
        /// Form and pattern.
        Design = "design",
        /// Packaging and labels.
        Packaging = "packaging",
        /// How long it keeps, and tests.
        ShelfLife = "shelf_life",
        /// Selling on the net.
        Ecommerce = "ecommerce",
        /// Materials and tools.
        Materials = "materials",
        /// Buying what is made.
        Buying = "buying",
        /// Teaching.
        Training = "training",
        /// Room to work or sell.
        Space = "space",
        /// Money.
        Funding = "funding",
    }
}

/// A value of a profile is missing, too long or out of range.
pub const PROFILE_FIELD: Reason = Reason::new("profile_field", 422);

/// A profile as everybody of the programme may read it; the contact person is not in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupporterProfile")]
pub struct Profile {
    /// The body's facts.
    #[serde(flatten)]
    pub card: Card,
    /// What it can give.
    pub offers: Vec<HelpKind>,
    /// What it looks for.
    pub seeks: Vec<HelpKind>,
    /// Regions it serves; none means the whole city.
    pub regions: Vec<i64>,
    /// Fields of work it knows.
    pub fields: Vec<String>,
}

/// The facts of a profile that stand in one row.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ProfileCard")]
pub struct Card {
    /// The body.
    pub organization_id: OrganizationId,
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Who it is.
    pub kind: ProfileKind,
    /// About it, in Persian.
    pub about_fa: String,
    /// About it, in English.
    pub about_en: String,
    /// How many requests it can carry at a time.
    pub capacity: i64,
    /// The number of its knowledge-based certificate.
    pub knowledge_based_id: Option<String>,
    /// Its last day.
    pub knowledge_based_until: Option<Date>,
    /// Since when it agrees to be named in public.
    pub named_on: Option<Date>,
    /// When it was last changed.
    pub changed_on: Date,
}

impl Card {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    /// What it says of itself, in a language; Persian when there is no other.
    pub fn about(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.about_en.is_empty() => &self.about_en,
            _ => &self.about_fa,
        }
    }

    /// True when it may be called knowledge-based on a day.
    pub fn is_knowledge_based(&self, day: Date) -> bool {
        self.knowledge_based_until.is_some_and(|last| day <= last)
    }
}

/// May the viewer change this body's profile? Itself may, and those who keep all of them.
pub fn may_keep(viewer: &Viewer, body: OrganizationId) -> bool {
    keeps_all(viewer)
        || viewer
            .bodies_as(&[access::Role::CompanyOfficer])
            .contains(&body.get())
}

fn keeps_all(viewer: &Viewer) -> bool {
    let keepers = PROFILE_KEEP.roles.iter();
    keepers
        .filter(|role| **role != access::Role::CompanyOfficer)
        .any(|role| viewer.has(*role))
}

/// May the viewer see this body's profile? Staff see all, a company its own.
pub fn may_see(viewer: &Viewer, body: OrganizationId) -> bool {
    let readers = PROFILE_READ.roles.iter();
    may_keep(viewer, body)
        || readers
            .filter(|role| **role != access::Role::CompanyOfficer)
            .any(|role| viewer.has(*role))
}
