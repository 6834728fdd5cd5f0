//! Two lists of words: the kinds of service, and the target groups of the city.

use persian::Lang;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{Directory, ids};
use crate::WORDS;
use crate::services::details::ServiceKind;
use crate::services::directory::Entry;

/// The kinds of service.
const KINDS: Uuid = Uuid::from_u128(0x0a5e_7c11_93d0_8f42_8b6d_51c2_f9e0_7a31);
/// The target groups.
const GROUPS: Uuid = Uuid::from_u128(0x0a5e_7c11_93d0_8f42_8b6d_51c2_f9e0_7a32);

/// A word of one of the lists.
pub(super) struct Term {
    pub id: Uuid,
    pub taxonomy: Uuid,
    pub code: String,
    pub name: String,
}

pub(super) fn taxonomies(directory: &Directory) -> Vec<Json> {
    let t = |key: &str| directory.page.t(&WORDS, key);
    let one = |id: Uuid, name: &str, about: &str| json!({ "id": id, "name": t(name), "description": t(about), "version": "1" });
    vec![
        one(KINDS, "service-kind", "hsds-kinds"),
        one(GROUPS, "service-groups", "hsds-groups"),
    ]
}

pub(super) fn terms(directory: &Directory) -> Vec<Term> {
    let kinds = ServiceKind::ALL.iter().map(|kind| Term {
        id: ids::word(KINDS, kind.as_str()),
        taxonomy: KINDS,
        code: kind.to_string(),
        name: crate::services::directory::views::kind_name(&directory.page, *kind),
    });
    let groups = directory.groups.iter().map(|group| Term {
        id: ids::word(GROUPS, &group.code),
        taxonomy: GROUPS,
        code: group.code.clone(),
        name: group.name(directory.lang).to_owned(),
    });
    kinds.chain(groups).collect()
}

pub(super) fn term(term: &Term, directory: &Directory) -> Json {
    let lists = taxonomies(directory);
    let list = lists
        .into_iter()
        .find(|list| list["id"] == json!(term.taxonomy));
    json!({
        "id": term.id, "code": term.code, "name": term.name, "description": term.name,
        "taxonomy_id": term.taxonomy, "taxonomy_detail": list,
        "language": if directory.lang == Lang::Fa { "fa" } else { "en" },
    })
}

/// The words an entry carries.
pub(super) fn of<'a>(entry: &Entry, terms: &'a [Term]) -> Vec<&'a Term> {
    let Some(told) = &entry.description else {
        return Vec::new();
    };
    let carries = |term: &&Term| {
        let is_kind = term.taxonomy == KINDS && term.code == told.kind.as_str();
        let is_group = term.taxonomy == GROUPS && told.eligibility.groups.contains(&term.code);
        is_kind || is_group
    };
    terms.iter().filter(carries).collect()
}
