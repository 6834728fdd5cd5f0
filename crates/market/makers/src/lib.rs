//! Home business, licence, product file, readiness, price help.
