//! Each kind of cell, read on its own: what it means, or why it cannot mean
//! anything.

pub(super) mod amounts;
pub(super) mod birth;
pub(super) mod choices;
pub(super) mod names;
pub(super) mod papers;
pub(super) mod phones;
pub(super) mod region;
