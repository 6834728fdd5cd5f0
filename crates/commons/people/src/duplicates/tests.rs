use super::{is_one_slip, near_codes};

#[test]
fn a_slip_is_one_letter_or_two_neighbours() {
    for (one, two) in [
        ("مریمرضایی", "مریمرضائی"),
        ("1358/12/24", "1358/12/42"),
        ("زهراکرمی", "زهراکریمی"),
    ] {
        assert!(is_one_slip(one, two), "{one} {two}");
        assert!(is_one_slip(two, one), "{two} {one}");
    }
    for (one, two) in [
        ("علی", "عالی"),
        ("مریمرضایی", "مریمرضایی"),
        ("1358/12/24", "1358/21/42"),
    ] {
        assert!(!is_one_slip(one, two), "{one} {two}");
    }
}

#[test]
fn the_right_code_is_among_those_near_a_swapped_one() {
    // 0012345679 has a right check digit.
    let near = near_codes("۰۰۱۲۳۵۴۶۷۹");
    assert!(near.iter().any(|code| code.as_str() == "0012345679"));
    assert!(near.len() < 30, "{}", near.len());
    assert_eq!(near_codes("123"), vec![]);
    assert!(persian::NationalCode::parse(near.first().unwrap().as_str()).is_ok());
}
