#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;

use super::label::weighted_sum;
use super::*;

const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn symbols(code: LabelCode) -> Vec<char> {
    code.to_string().chars().collect()
}

fn parse(symbols: &[char]) -> Result<LabelCode, LabelCodeFault> {
    LabelCode::parse(&symbols.iter().collect::<String>())
}

/// Codes of both layouts whose neighbouring symbols take many values.
fn codes() -> Vec<LabelCode> {
    (0..64u32)
        .flat_map(|step| {
            let spread = step.wrapping_mul(0x9E37_79B9);
            [
                LabelCode::new(spread >> 12, spread >> 7 & 0xF_FFFF, spread & 0x7FFF).unwrap(),
                LabelCode::new(spread >> 2, spread & LabelCode::MAX_NUMBER, spread >> 12).unwrap(),
            ]
        })
        .collect()
}

#[test]
fn every_wrong_symbol_is_noticed() {
    for code in codes() {
        let right = symbols(code);
        for place in 0..right.len() {
            for wrong in SYMBOLS.chars().filter(|symbol| *symbol != right[place]) {
                let mut typed = right.clone();
                typed[place] = wrong;
                assert!(parse(&typed).is_err(), "{wrong} at {place} of {code}");
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_noticed() {
    for code in codes() {
        let right = symbols(code);
        for place in 1..right.len() {
            let mut typed = right.clone();
            typed.swap(place - 1, place);
            assert!(
                typed == right || parse(&typed).is_err(),
                "swap at {place} of {code}"
            );
        }
    }
}

/// The sum is linear, so an error is noticed exactly when the error alone has a
/// sum other than zero: this covers every code there is.
#[test]
fn no_single_error_and_no_swap_leaves_the_sum_at_zero_in_any_code() {
    for length in [13, 18] {
        for place in 0..length {
            for error in 1..32u8 {
                let mut word = vec![0; length];
                word[place] = error;
                assert_ne!(weighted_sum(&word), 0);
                if place > 0 {
                    // A swap of two symbols that differ by `error`.
                    word[place - 1] = error;
                    assert_ne!(weighted_sum(&word), 0);
                }
            }
        }
    }
}

#[test]
fn a_code_is_read_as_people_and_scanners_give_it() {
    let code = LabelCode::new(1024 + 19, 7, 12).unwrap();
    let text = code.to_string();
    assert_eq!(text.len(), 13);
    let persian: String = text
        .chars()
        .map(|c| {
            c.to_digit(10)
                .map_or(c, |digit| char::from_u32('۰' as u32 + digit).unwrap())
        })
        .collect();
    let typed = [
        text.clone(),
        text.to_lowercase(),
        code.grouped(),
        persian,
        text.replace('0', "O").replace('1', "l"),
        format!("https://dast.example/l/{text}"),
        format!("https://dast.example/l/{text}/?from=label"),
        format!("\u{200e} {text}\r\n"),
    ];
    for typed in typed {
        assert_eq!(LabelCode::parse(&typed), Ok(code), "{typed:?}");
    }
}

#[test]
fn what_is_no_label_code_says_why() {
    assert_eq!(LabelCode::parse(""), Err(LabelCodeFault::Empty));
    assert_eq!(LabelCode::parse(" - "), Err(LabelCodeFault::Empty));
    assert_eq!(LabelCode::parse("سیب"), Err(LabelCodeFault::Symbol));
    assert_eq!(LabelCode::parse("1000"), Err(LabelCodeFault::Length));
    assert_eq!(
        LabelCode::parse(&"1".repeat(100_000)),
        Err(LabelCodeFault::Length)
    );
    assert_eq!(
        LabelCode::parse("6260000000017"),
        Err(LabelCodeFault::Length)
    );
    assert_eq!(
        LabelCode::new(LabelCode::MAX_NUMBER + 1, 0, 0),
        Err(LabelCodeFault::TooLarge)
    );
}

#[test]
fn a_code_keeps_its_text_through_json() {
    let code = LabelCode::new(5, 6, 0).unwrap();
    let json = serde_json::to_string(&code).unwrap();
    assert_eq!(serde_json::from_str::<LabelCode>(&json).unwrap(), code);
    assert!(serde_json::from_str::<LabelCode>("\"1000\"").is_err());
}

proptest! {
    #[test]
    fn every_triple_has_one_text_and_comes_back(
        item in 0..=LabelCode::MAX_NUMBER, lot in 0..=LabelCode::MAX_NUMBER, serial in 0..=LabelCode::MAX_SERIAL,
    ) {
        let code = LabelCode::new(item, lot, serial).unwrap();
        let back = LabelCode::parse(&code.to_string()).unwrap();
        prop_assert_eq!((back.item(), back.lot(), back.serial()), (item, lot, serial));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC*") {
        if let Ok(code) = LabelCode::parse(&text) {
            prop_assert_eq!(LabelCode::parse(&code.to_string()), Ok(code));
        }
    }
}

#[test]
fn a_small_number_in_the_wide_layout_is_refused() {
    let mut wide = vec![2u8; 1];
    wide.extend([0; 16]);
    wide.push(0);
    let check = weighted_sum(&wide);
    *wide.last_mut().unwrap() = check;
    let text: String = wide
        .iter()
        .map(|s| SYMBOLS.chars().nth((*s).into()).unwrap())
        .collect();
    assert_eq!(LabelCode::parse(&text), Err(LabelCodeFault::Length));
}

#[test]
fn codes_have_their_quiet_zone_and_draw_alike_as_svg_and_png() {
    let matrix = qr("https://dast.example/l/1000").unwrap();
    assert_eq!(matrix.width(), matrix.height());
    assert!(
        matrix
            .rows()
            .take(4)
            .all(|row| row.iter().all(|dark| !dark))
    );
    let png = image::load_from_memory(&matrix.png(3)).unwrap().to_luma8();
    assert_eq!(png.width() as usize, matrix.width() * 3);
    for (y, row) in matrix.rows().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            assert_eq!(
                png.get_pixel(x as u32 * 3 + 1, y as u32 * 3 + 1).0 == [0],
                *dark
            );
        }
    }
    let dark = matrix.rows().flatten().filter(|dark| **dark).count();
    let drawn: usize = matrix
        .svg()
        .split('M')
        .skip(2)
        .map(|run| {
            run.split_once('h')
                .unwrap()
                .1
                .split_once('v')
                .unwrap()
                .0
                .parse::<usize>()
                .unwrap()
        })
        .sum();
    assert_eq!(drawn, dark);
}

#[test]
fn texts_a_code_cannot_hold_are_refused() {
    assert_eq!(QrCode::new(""), Err(CodeFault::Empty));
    assert_eq!(QrCode::new("x".repeat(5000)), Err(CodeFault::TooLong));
    assert_eq!(BarCode::new(""), Err(CodeFault::Empty));
    assert_eq!(BarCode::new("سیب"), Err(CodeFault::NotEncodable));
    assert_eq!(BarCode::new("A".repeat(25)), Err(CodeFault::TooLong));
    // Start, 13 symbols, check, and the longer stop; ten quiet modules at each end.
    assert_eq!(
        BarCode::new("1000K00C7001X").unwrap().modules,
        15 * 11 + 13 + 20
    );
}
