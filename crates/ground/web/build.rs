//! Says what to do when the front-end files have not been fetched yet.

use std::path::Path;

const FETCHED: [&str; 2] = ["fonts/vazirmatn.woff2", "js/htmx.min.js"];

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets");
    for name in FETCHED {
        let file = folder.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            println!("cargo::error=assets/{name} is missing: run `make assets` first");
        }
    }
}
