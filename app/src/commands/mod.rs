//! One file per command. A command gives its exit, or a sentence about what failed.

pub mod backup;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod migrate;
pub mod restore;
pub mod serve;
pub mod simulate;
pub mod user;

/// `zanjireh openapi`
pub fn openapi() -> crate::cli::Exit {
    println!(
        "{:#}",
        crate::api_description::describe(&crate::rooms::all())
    );
    crate::cli::Exit::Good
}

/// A fault as a sentence.
pub(crate) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
