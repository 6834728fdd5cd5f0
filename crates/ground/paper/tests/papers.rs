//! Papers as an outsider sees them: opened by poppler, scanned by zbar.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod samples;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use documents::{Paper, Template};
use paper::{Dots, PaperFault, Press};
use persian::Lang;
use samples::{craft_labels, sample};

const LANGS: [Lang; 2] = [Lang::Fa, Lang::En];

/// A folder of its own for one test's files; kept, so that they can be looked at.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .unwrap_or_else(|fault| panic!("{tool} is needed (poppler-utils, zbar-tools): {fault}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn all() -> Vec<Paper> {
    let mut papers = Vec::new();
    for lang in LANGS {
        papers.extend(Template::ALL.map(|template| sample(template, lang)));
        papers.push(craft_labels(lang));
    }
    papers
}

fn written(paper: &Paper, folder: &Path) -> PathBuf {
    let lang = if paper.lang == Lang::Fa { "fa" } else { "en" };
    let file = folder.join(format!("{}-{lang}.pdf", paper.file_name));
    std::fs::write(&file, Press::built_in().unwrap().pdf(paper).unwrap()).unwrap();
    file
}

/// Every code text anywhere in the paper's words.
fn codes_of(words: &serde_json::Value) -> BTreeSet<String> {
    match words {
        serde_json::Value::Object(fields) if fields.contains_key("svg") => {
            BTreeSet::from([fields["text"].as_str().unwrap().to_owned()])
        }
        serde_json::Value::Object(fields) => fields.values().flat_map(codes_of).collect(),
        serde_json::Value::Array(items) => items.iter().flat_map(codes_of).collect(),
        _ => BTreeSet::new(),
    }
}

fn scanned(pictures: &[String]) -> BTreeSet<String> {
    let mut arguments = vec!["--quiet", "--raw"];
    arguments.extend(pictures.iter().map(String::as_str));
    run("zbarimg", &arguments)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_code_on_every_paper_is_read_from_the_printed_page() {
    let folder = folder("codes");
    for paper in all() {
        let file = written(&paper, &folder);
        let stem = file.with_extension("").display().to_string();
        // 203 dots per inch: the coarsest printer an office has.
        run(
            "pdftoppm",
            &["-r", "203", "-gray", "-png", file.to_str().unwrap(), &stem],
        );
        let pictures: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().display().to_string())
            .filter(|path| path.starts_with(&format!("{stem}-")) && path.ends_with(".png"))
            .collect();
        assert!(!pictures.is_empty(), "poppler draws {stem}");
        assert_eq!(scanned(&pictures), codes_of(&paper.data), "{stem}");
    }
}

#[test]
fn the_words_of_every_paper_can_be_selected_in_its_pdf() {
    let folder = folder("words");
    for paper in all() {
        let file = written(&paper, &folder);
        let text = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
        // Bidi marks and joiners are where readers differ; letters are not.
        let letters = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        let heading = match (paper.template, paper.lang) {
            (Template::Receipt, Lang::Fa) => "رسید",
            (Template::Receipt, Lang::En) => "Receipt",
            (Template::LabelSheet, Lang::Fa) => "تومان",
            (Template::LabelSheet, Lang::En) => "toman",
            (_, Lang::Fa) => "توانمندسازی",
            (_, Lang::En) => "Empowerment",
        };
        assert!(
            letters(&text).contains(heading),
            "{} in {}: {text}",
            heading,
            file.display()
        );
    }
}

#[test]
fn a_long_statement_repeats_its_header_on_each_page() {
    let file = written(&sample(Template::Statement, Lang::En), &folder("statement"));
    let text = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() >= 2);
    let last = pages.len();
    for (page, words) in pages.iter().enumerate().take(2) {
        assert!(words.contains("Commission"), "page {}", page + 1);
        assert!(words.contains(&format!("Page {} of {last}", page + 1)));
    }
}

#[test]
fn a_dossier_is_one_page_however_much_stands_in_it() {
    for lang in LANGS {
        let mut paper = sample(Template::Dossier, lang);
        let resolutions = paper.data["resolutions"].as_array().unwrap().clone();
        let more = resolutions.iter().cycle().take(30).cloned().collect();
        paper.data["resolutions"] = serde_json::Value::Array(more);
        for paper in [sample(Template::Dossier, lang), paper] {
            let pages = Press::built_in().unwrap().pages(&paper, 60).unwrap();
            assert_eq!(pages.len(), 1);
        }
    }
}

#[test]
fn a_receipt_is_one_bit_per_dot_and_as_wide_as_the_print_head() {
    let folder = folder("raster");
    for lang in LANGS {
        for (dots, width) in [(Dots::Narrow, 384), (Dots::Wide, 576)] {
            let paper = sample(Template::Receipt, lang);
            let bytes = Press::built_in().unwrap().raster(&paper, dots).unwrap();
            let info = png::Decoder::new(std::io::Cursor::new(&bytes))
                .read_info()
                .unwrap()
                .info()
                .clone();
            assert_eq!((info.width, info.bit_depth), (width, png::BitDepth::One));
            let file = folder.join(format!("receipt-{lang:?}-{width}.png"));
            std::fs::write(&file, &bytes).unwrap();
            assert_eq!(
                scanned(&[file.display().to_string()]),
                codes_of(&paper.data),
                "{}",
                file.display()
            );
        }
    }
    assert_eq!(Dots::from_count(384), Some(Dots::Narrow));
    assert_eq!(Dots::from_count(500), None);
}

#[test]
fn a_food_label_with_many_ingredients_loses_no_word_and_still_scans() {
    let mut paper = sample(Template::LabelSheet, Lang::En);
    let many: Vec<String> = (1..=40).map(|number| format!("spice{number}")).collect();
    paper.data["labels"][0]["food"]["ingredients"] = many.join(", ").into();
    let folder = folder("long-label");
    let file = written(&paper, &folder);
    let text = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
    assert!(
        many.iter().all(|word| text.contains(word.as_str())),
        "{text}"
    );
    let picture = folder.join("label").display().to_string();
    run(
        "pdftoppm",
        &[
            "-r",
            "203",
            "-gray",
            "-png",
            "-singlefile",
            file.to_str().unwrap(),
            &picture,
        ],
    );
    assert_eq!(scanned(&[format!("{picture}.png")]), codes_of(&paper.data));
}

#[test]
fn pages_come_as_pictures_of_the_resolution_asked_for() {
    let pages = Press::built_in()
        .unwrap()
        .pages(&sample(Template::Letter, Lang::Fa), 100)
        .unwrap();
    let picture = image::load_from_memory(&pages[0]).unwrap();
    assert_eq!(
        (pages.len(), picture.width(), picture.height()),
        (1, 827, 1169)
    );
}

#[test]
fn words_are_never_read_as_markup() {
    let mut paper = sample(Template::Letter, Lang::En);
    paper.data["subject"] = "#panic() *bold* $x$ \\ <a> `raw` [b]".into();
    let file = folder("markup").join("letter.pdf");
    std::fs::write(&file, Press::built_in().unwrap().pdf(&paper).unwrap()).unwrap();
    let text = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
    assert!(
        text.contains("#panic() *bold* $x$ \\ <a> `raw` [b]"),
        "{text}"
    );
}

#[test]
fn words_that_do_not_fit_the_template_are_an_error_that_names_it() {
    let mut paper = sample(Template::Certificate, Lang::Fa);
    paper.data = serde_json::Value::Null;
    let fault = Press::built_in().unwrap().pdf(&paper).unwrap_err();
    assert!(
        matches!(
            fault,
            PaperFault::Template {
                template: "certificate",
                ..
            }
        ),
        "{fault}"
    );
}

#[test]
fn a_city_may_put_its_own_template_in_the_place_of_one() {
    let folder = folder("own");
    std::fs::write(
        folder.join("letter.typ"),
        "#import \"/common.typ\": *\n#d.subject of our city",
    )
    .unwrap();
    let press = Press::with_templates(Some(&folder)).unwrap();
    let file = folder.join("letter.pdf");
    std::fs::write(
        &file,
        press.pdf(&sample(Template::Letter, Lang::En)).unwrap(),
    )
    .unwrap();
    assert!(run("pdftotext", &[file.to_str().unwrap(), "-"]).contains("of our city"));
    assert!(press.pdf(&sample(Template::Certificate, Lang::En)).is_ok());
}
