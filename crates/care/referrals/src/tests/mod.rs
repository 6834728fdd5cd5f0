#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod batches;
mod bodies;
mod bounds;
mod closing;
mod consent;
mod coordinating;
mod late;
mod lifecycle;
mod link;
mod pages;
mod scene;
mod telling;
mod turns;
mod withdrawal;

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(scan, web::words::Scan::default());
}
