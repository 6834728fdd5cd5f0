//! Definitions, dated values, the chain on one screen.
