//! What a request asks of a list. All that is asked must fit.

use persian::{Date, Timestamp};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::{Failure, Outcome};

use super::taxonomies::{Term, of};
use crate::services::directory::Entry;

/// Records of a page when nothing is asked, and at most.
const USUAL: usize = 50;
const MOST: usize = 500;

/// The parameters of the lists, as typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    search: Option<String>,
    page: Option<String>,
    per_page: Option<String>,
    format: Option<String>,
    taxonomy_term_id: Option<String>,
    taxonomy_id: Option<String>,
    organization_id: Option<String>,
    modified_after: Option<String>,
    minimal: Option<String>,
    full: Option<String>,
    full_service: Option<String>,
    parent_id: Option<String>,
}

/// The same, understood.
#[derive(Debug)]
pub(super) struct Asked {
    pub search: String,
    pub page: usize,
    pub per_page: usize,
    pub is_lines: bool,
    pub term: Option<Uuid>,
    pub taxonomy: Option<Uuid>,
    pub organization: Option<Uuid>,
    pub modified_after: Option<Timestamp>,
    pub is_minimal: bool,
    pub is_full: bool,
    pub is_full_service: bool,
    pub parent: Option<Uuid>,
}

fn read<T>(
    typed: Option<String>,
    name: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Outcome<Option<T>> {
    match typed.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => match read(text) {
            Some(value) => Ok(Some(value)),
            None => Err(Failure::Unreadable(name.to_owned())),
        },
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let day: Date = text.parse().ok()?;
    Some(Timestamp::at(day, 0, 0))
}

impl Typed {
    pub fn understood(self) -> Outcome<Asked> {
        let id = |text: &str| text.parse::<Uuid>().ok();
        let flag = |text: &str| text.parse::<bool>().ok();
        let count =
            |most: usize| move |text: &str| text.parse().ok().filter(|n| (1..=most).contains(n));
        let lines = |text: &str| match text {
            "json" => Some(false),
            "ndjson" => Some(true),
            _ => None,
        };
        Ok(Asked {
            search: self.search.unwrap_or_default(),
            page: read(self.page, "page", count(1_000_000))?.unwrap_or(1),
            per_page: read(self.per_page, "per_page", count(MOST))?.unwrap_or(USUAL),
            is_lines: read(self.format, "format", lines)?.unwrap_or_default(),
            term: read(self.taxonomy_term_id, "taxonomy_term_id", id)?,
            taxonomy: read(self.taxonomy_id, "taxonomy_id", id)?,
            organization: read(self.organization_id, "organization_id", id)?,
            modified_after: read(self.modified_after, "modified_after", instant)?,
            is_minimal: read(self.minimal, "minimal", flag)?.unwrap_or_default(),
            is_full: read(self.full, "full", flag)?.unwrap_or_default(),
            is_full_service: read(self.full_service, "full_service", flag)?.unwrap_or_default(),
            parent: read(self.parent_id, "parent_id", id)?,
        })
    }
}

impl Asked {
    /// Does an entry fit all that is asked?
    pub fn fits(&self, entry: &Entry, terms: &[Term]) -> bool {
        let carried = of(entry, terms);
        self.fits_plainly(entry)
            && self
                .term
                .is_none_or(|id| carried.iter().any(|term| term.id == id))
            && self
                .taxonomy
                .is_none_or(|id| carried.iter().any(|term| term.taxonomy == id))
    }

    fn fits_plainly(&self, entry: &Entry) -> bool {
        let service = &entry.service;
        entry.holds(&self.search)
            && self
                .organization
                .is_none_or(|id| service.organization_id.get() == id)
            && self
                .modified_after
                .is_none_or(|since| service.changed_at >= since)
    }

    /// The page asked for, in the standard's envelope.
    pub fn page_of(&self, all: Vec<Json>) -> Json {
        let total = all.len();
        let pages = total.div_ceil(self.per_page).max(1);
        let from = (self.page - 1).saturating_mul(self.per_page);
        let contents: Vec<Json> = all.into_iter().skip(from).take(self.per_page).collect();
        json!({
            "total_items": total,
            "total_pages": pages,
            "page_number": self.page,
            "size": contents.len(),
            "first_page": self.page == 1,
            "last_page": self.page >= pages,
            "empty": contents.is_empty(),
            "contents": contents,
        })
    }
}

/// Does a name hold the words searched for?
pub(super) fn names(search: &str, texts: &[&str]) -> bool {
    let text = persian::fold_spaceless(&texts.join("\n"));
    persian::fold_tokens(search)
        .iter()
        .all(|token| text.contains(token))
}
