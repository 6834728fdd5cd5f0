mod approaches;
mod kept_out;
mod months;
mod orders;
mod path;
mod scene;
mod wrong;

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
