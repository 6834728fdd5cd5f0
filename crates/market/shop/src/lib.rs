//! Public catalogue.
