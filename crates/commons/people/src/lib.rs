//! Person, household, target groups, identity documents, import, duplicates.
