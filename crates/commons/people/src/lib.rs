//! Person, household, target groups, identity documents, import, duplicates.

pub mod import;
