#![doc = include_str!("../README.md")]

mod queue;
mod runner;

pub use queue::{Due, Job, SkipJobs, enqueue, list_dead, retry_dead};
pub use runner::{Handler, Runner};
