//! Every part and both layouts, drawn with samples in both languages and all themes.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod samples;

use std::path::Path;

use persian::Lang;
use web::{Theme, assets, inspect};

#[test]
fn every_sample_page_is_sound_in_both_languages() {
    for lang in [Lang::Fa, Lang::En] {
        for sample in samples::all(lang, Theme::Auto) {
            let faults = inspect::faults(&sample.html.0);
            assert!(
                faults.is_empty(),
                "{} in {lang:?}:\n{}",
                sample.name,
                faults.join("\n")
            );
            assert!(
                !sample.html.0.contains('«') || !sample.html.0.contains("-»"),
                "{}",
                sample.name
            );
        }
    }
}

#[test]
fn inserted_names_stand_in_bdi_and_markup_is_escaped() {
    let page = web::Page {
        viewer: Some("<b>Ali\u{202e}</b>".into()),
        flash: Some("<script>".into()),
        ..samples::sample_page(Lang::Fa, Theme::Auto)
    };
    let html = web::page(&page, "x", maud::html! { h1 { "x" } }).0;
    assert!(
        html.contains("<bdi class=\"viewer\">&lt;b&gt;Ali"),
        "{html}"
    );
    assert!(html.contains("<bdi>&lt;script&gt;</bdi>"), "{html}");
}

#[test]
fn the_language_switch_returns_to_the_same_page() {
    let html = web::page(
        &samples::sample_page(Lang::Fa, Theme::Auto),
        "x",
        maud::html! {},
    )
    .0;
    assert!(
        html.contains("href=\"/language/en?back=%2Fpeople%3Fq%3D%D8%AC%D9%88\""),
        "{html}"
    );
}

#[test]
fn a_page_keeps_to_its_weight() {
    let compressed = |name: &str| assets::weight(name).unwrap();
    assert!(
        compressed("site.css") <= 12_000,
        "css is {} bytes",
        compressed("site.css")
    );
    assert!(
        compressed("site.js") <= 3_000,
        "script is {} bytes",
        compressed("site.js")
    );
    assert!(
        compressed("vazirmatn.woff2") <= 26_000,
        "font is {}",
        compressed("vazirmatn.woff2")
    );
    assert!(compressed("htmx.min.js") + compressed("site.js") <= 30_000);
}

/// Writes the gallery as a small site, to be served and looked at.
#[test]
fn the_gallery_is_written_for_the_eye() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    for name in assets::names() {
        let file = folder.join(assets::href(name).trim_start_matches('/'));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, assets::bytes(name).unwrap()).unwrap();
    }
    for (lang, code) in [(Lang::Fa, "fa"), (Lang::En, "en")] {
        for theme in [Theme::Light, Theme::Dark] {
            for sample in samples::all(lang, theme) {
                let name = format!("{}-{code}-{}.html", sample.name, theme.as_str());
                std::fs::write(folder.join(name), sample.html.0).unwrap();
            }
        }
    }
    assert!(folder.join("overview-fa-dark.html").is_file());
}
