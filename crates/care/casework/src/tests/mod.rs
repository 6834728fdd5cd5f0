#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod assessing;
mod budget;
mod cases;
mod citing;
mod emergencies;
mod following_up;
mod machines;
mod planning;
mod reference;
mod rules;
mod scene;
mod today;
mod totals;

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert_eq!(scan, web::words::Scan::default());
}
