//! One file per command. A command gives its exit, or a sentence about what failed.

pub mod backup;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod import;
pub mod job;
pub mod keys;
pub mod migrate;
pub mod observatory;
pub mod restore;
pub mod serve;
pub mod simulate;
pub mod token;
pub mod user;
pub mod verify;

/// `zanjireh openapi`
pub fn openapi() -> crate::cli::Exit {
    println!(
        "{:#}",
        crate::api_description::describe(&crate::rooms::all())
    );
    crate::cli::Exit::Good
}

pub(crate) use crate::fault::said;
