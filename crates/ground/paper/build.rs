//! Checks that the fonts are there before the compiler wonders why not.

use std::path::Path;

const FONTS: [&str; 2] = ["Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"];

fn main() {
    let folder = Path::new("../../../assets/fonts");
    println!("cargo::rerun-if-changed=build.rs");
    for font in FONTS {
        let file = folder.join(font);
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            println!("cargo::error=assets/fonts/{font} is missing: run `make assets` first");
        }
    }
}
