#![doc = include_str!("../README.md")]

pub mod calendars;
pub mod codes;
pub mod files;
pub mod papers;
pub mod photos;
pub mod sheets;

pub use papers::{Paper, Template};
