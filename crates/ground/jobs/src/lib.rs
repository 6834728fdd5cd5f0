#![doc = include_str!("../README.md")]

mod queue;
mod runner;

pub use queue::{Dead, Due, Job, SkipJobs, count_stuck, enqueue, list_dead, purge, retry_dead};
pub use runner::{Handler, Runner};
