//! Says what to do when the front-end files have not been fetched yet.

use std::path::PathBuf;

const FETCHED: [&str; 2] = ["fonts/vazirmatn.woff2", "js/htmx.min.js"];

fn main() {
    // Asked for when it runs: a build folder may serve several checkouts.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folder = package.unwrap_or_default().join("../../../assets");
    for name in FETCHED {
        let file = folder.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            println!("cargo::error=assets/{name} is missing: run `make assets` first");
        }
    }
}
