//! The directory: every service with all that is told of it, and what of that everybody may read.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use queries::{all, find, listed, places_of};

use super::agreements::Agreement;
use super::capacity::{Told, weigh};
use super::details::{Description, ServiceKind};
use super::{Capacity, Service, ServiceId, ServiceStatus};
use crate::{Organization, OrganizationId, OrganizationKind};

/// The body of an entry.
#[derive(Clone, Debug)]
pub struct Offerer {
    /// Its code.
    pub code: String,
    /// Its sort.
    pub kind: OrganizationKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl Offerer {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// A service with all that is told of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The service.
    pub service: Service,
    /// Who offers it.
    pub body: Offerer,
    /// What it is; none while nobody said.
    pub description: Option<Description>,
    /// What the body said last of its places.
    pub told: Option<Told>,
    /// The agreement on sharing data.
    pub agreement: Option<Agreement>,
    /// Its words and its body's, with every name the body had, folded.
    search_text: String,
}

impl Entry {
    /// One service by itself, for those who keep it; nothing searches it.
    pub(crate) fn alone(
        service: Service,
        body: &Organization,
        description: Option<Description>,
        told: Option<Told>,
        agreement: Option<Agreement>,
    ) -> Self {
        let body = Offerer {
            code: body.code.clone(),
            kind: body.kind,
            name_fa: body.name_fa.clone(),
            name_en: body.name_en.clone(),
        };
        Self {
            service,
            body,
            description,
            told,
            agreement,
            search_text: String::new(),
        }
    }

    /// Everybody may read it: somebody said so, and it is not gone.
    pub fn is_listed(&self) -> bool {
        let is_told = self.description.as_ref().is_some_and(|told| told.is_listed);
        is_told && self.service.status != ServiceStatus::Defunct
    }

    /// Whether there is room on a day.
    pub fn capacity(&self, today: Date, days: i64) -> Capacity {
        weigh(&self.service, self.told.as_ref(), today, days)
    }

    /// True when every word of a search is somewhere in it, however it was typed.
    pub fn holds(&self, words: &str) -> bool {
        let tokens = persian::fold_tokens(words);
        tokens.iter().all(|token| self.search_text.contains(token))
    }
}

/// What is asked of the directory; an odd value asks for nothing.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "DirectoryAsked")]
pub(crate) struct Asked {
    /// Words, in any spelling.
    #[serde(default)]
    pub q: String,
    /// Only this kind of service.
    #[serde(default)]
    pub kind: String,
    /// Only what serves this region.
    #[serde(default)]
    pub region: String,
}

impl Asked {
    fn kind(&self) -> Option<ServiceKind> {
        self.kind.parse().ok()
    }

    fn region(&self) -> Option<i64> {
        persian::latin_digits(self.region.trim()).parse().ok()
    }

    fn is_nothing(&self) -> bool {
        self.q.trim().is_empty() && self.kind().is_none() && self.region().is_none()
    }

    /// Does an entry fit all that is asked?
    fn fits(&self, entry: &Entry) -> bool {
        let Some(told) = &entry.description else {
            return false;
        };
        self.kind().is_none_or(|kind| told.kind == kind)
            && self.region().is_none_or(|region| told.serves(region))
            && entry.holds(&self.q)
    }
}

/// A service as everybody reads it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PublicService")]
pub struct PublicService {
    /// Its id.
    pub id: ServiceId,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Who offers it.
    pub organization_id: OrganizationId,
    /// Whose it is, in Persian.
    pub body_fa: String,
    /// Whose it is, in English.
    pub body_en: String,
    /// Whether it is offered today.
    pub status: ServiceStatus,
    /// The last day of a suspension.
    pub closed_until: Option<Date>,
    /// Working days until an answer is due.
    pub days_to_answer: i64,
    /// Working days from the answer until it is done.
    pub days_to_complete: i64,
    /// When somebody last looked whether this is true.
    pub checked_on: Option<Date>,
    /// Whether there is room.
    pub capacity: Capacity,
    /// All else that is told of it.
    pub description: Option<Description>,
}

impl PublicService {
    fn of(entry: &Entry, today: Date, days: i64) -> Self {
        let service = &entry.service;
        let status = service.status_on(today);
        let is_suspended = status == ServiceStatus::TemporarilyClosed;
        Self {
            id: service.id,
            name_fa: service.name_fa.clone(),
            name_en: service.name_en.clone(),
            organization_id: service.organization_id,
            body_fa: entry.body.name_fa.clone(),
            body_en: entry.body.name_en.clone(),
            status,
            closed_until: service.closed_until.filter(|_| is_suspended),
            days_to_answer: service.days_to_answer,
            days_to_complete: service.days_to_complete,
            checked_on: service.checked_on,
            capacity: entry.capacity(today, days),
            description: entry.description.clone(),
        }
    }
}
