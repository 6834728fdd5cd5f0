//! Whole workbooks, in as many shapes as offices have.

use chrono::NaiveDate;
use documents::sheets::{Cell, Limits, Sheet};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn reference() -> Reference {
    Reference::built_in(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
}

fn sheet(rows: &[&[&str]]) -> Sheet {
    let cell = |text: &&str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text((*text).to_owned())
        }
    };
    Sheet {
        name: "فهرست".to_owned(),
        first_row: 1,
        rows: rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
    }
}

/// Reads a made workbook and compares every row with its truth.
fn assert_gives_back_the_truth(seed: u64, rows: usize) {
    let sample = sample::workbook(seed, rows);
    let reference = reference();
    let mut reading = read(&sample.sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    assert_eq!(reading.unread_sheets, Vec::<&str>::new(), "seed {seed}");
    assert_matches_truth(&reading, &sample, seed);
}

fn assert_matches_truth(reading: &Reading<'_>, sample: &sample::Sample, seed: u64) {
    let mut truths = sample.truth.iter();
    for row in &reading.rows {
        let truth = truths
            .next()
            .unwrap_or_else(|| panic!("seed {seed}: a row too many: {row:?}"));
        let context = format!("seed {seed}: {row:#?}\n{truth:#?}");
        assert_eq!(
            (row.sheet, row.row),
            (truth.sheet.as_str(), truth.row),
            "{context}"
        );
        assert_eq!(row.status(), truth.status, "{context}");
        let reasons: Vec<Reason> = row.faults.iter().map(|fault| fault.reason).collect();
        assert_eq!(reasons, truth.reasons, "{context}");
        let original = truth
            .duplicate_of
            .clone()
            .map(|(sheet, row)| Original::Row { sheet, row });
        assert_eq!(row.duplicate_of, original, "{context}");
        let clean = Clean {
            notes: None,
            field_code: None,
            ..row.clean.clone()
        };
        assert_eq!(clean, truth.clean, "{context}");
    }
    assert_eq!(truths.next(), None, "seed {seed}: a row too few");
}

#[test]
fn a_made_workbook_is_read_back_in_every_row_and_shape() {
    for seed in 0..150 {
        assert_gives_back_the_truth(seed, 110);
    }
}

#[test]
fn samples_hold_every_status_and_the_same_seed_gives_the_same() {
    let sample = sample::workbook(7, 1000);
    for status in [Status::Accept, Status::Reject, Status::Duplicate] {
        assert!(
            sample.truth.iter().any(|truth| truth.status == status),
            "{status:?}"
        );
    }
    assert_eq!(sample.truth.len(), 1000);
    assert_eq!(sample, sample::workbook(7, 1000));
    assert_ne!(sample.sheets, sample::workbook(8, 1000).sheets);
}

#[test]
fn a_real_file_with_formulas_and_dates_is_read_alike() {
    let sample = sample::workbook(3, 200);
    let bytes = workbook_file(&sample.sheets);
    let sheets = documents::sheets::read(&bytes, &Limits::default()).unwrap();
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    assert_matches_truth(&reading, &sample, 3);
}

/// Writes sheets as a spreadsheet program would: dates as dates, and every
/// other number as a formula with its last value.
pub(crate) fn workbook_file(sheets: &[Sheet]) -> Vec<u8> {
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook};
    let mut book = Workbook::new();
    // The same sheets are the same file, whenever they are written.
    let made = ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let date_format = Format::new().set_num_format("yyyy-mm-dd");
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        for (number, cells) in sheet.numbered() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (
                    u32::try_from(number - 1).unwrap(),
                    u16::try_from(column).unwrap(),
                );
                match cell {
                    Cell::Text(text) => page.write_string(row, column, text).unwrap(),
                    Cell::Number(value) if row % 2 == 0 => page
                        .write_formula(
                            row,
                            column,
                            Formula::new("=1+1").set_result(value.to_string()),
                        )
                        .unwrap(),
                    Cell::Number(value) => page.write_number(row, column, *value).unwrap(),
                    Cell::Date(date) => {
                        let date = ExcelDateTime::parse_from_str(&date.to_string()).unwrap();
                        page.write_datetime_with_format(row, column, &date, &date_format)
                            .unwrap()
                    }
                    _ => page,
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_row_without_a_name_is_refused_at_its_column() {
    let sheets = [sheet(&[
        &["ردیف", "نام", "نام خانوادگی", "کد ملی", "منطقه"],
        &["1", "زهرا", "", "0012345679", "منطقه ۲۵"],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    let rejects = rejects(&reading);
    assert_eq!(rejects.len(), 1);
    assert_eq!(
        (rejects[0].row, rejects[0].column.as_str()),
        (2, "نام خانوادگی")
    );
    assert_eq!(
        rejects[0].cells,
        ["1", "زهرا", "", "0012345679", "منطقه ۲۵"]
    );
    let said: Vec<_> = rejects[0]
        .reasons
        .iter()
        .map(|said| (said.reason, said.column.as_str(), said.value.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Reason::NameMissing, "نام خانوادگی", ""),
            (Reason::RegionUnknown, "منطقه", "منطقه ۲۵")
        ]
    );
}

#[test]
fn what_no_field_takes_is_kept_in_the_note() {
    let sheets = [sheet(&[
        &[
            "نام",
            "نام خانوادگی",
            "تلفن همراه",
            "سطح تحصیلات",
            "گروه هدف",
            "توضیحات",
        ],
        &[
            "زهرا",
            "حسینی",
            "09121234567 - 09351234567",
            "دیپلم",
            "کارمند",
            "=2+2",
        ],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    let clean = &reading.rows[0].clean;
    assert_eq!(clean.mobile.as_deref(), Some("+989121234567"));
    let notes = clean.notes.as_deref().unwrap();
    for kept in [
        "=2+2",
        "سطح تحصیلات: دیپلم",
        "09351234567",
        "گروه هدف: کارمند",
    ] {
        assert!(notes.contains(kept), "{notes}");
    }
}

#[test]
fn a_note_longer_than_a_cell_is_shortened_with_a_warning() {
    let long = "بلند ".repeat(10_000);
    let sheets = [sheet(&[
        &["نام", "نام خانوادگی", "توضیحات"],
        &["زهرا", "حسینی", &long],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    let row = &reading.rows[0];
    assert_eq!(row.reasons(), ["no_document", "note_shortened"]);
    assert_eq!(
        row.clean.notes.as_ref().unwrap().chars().count(),
        NOTE_LIMIT
    );
}

#[test]
fn a_sheet_or_section_of_one_region_gives_it_to_its_people() {
    let mut sheet = sheet(&[
        &["نام", "نام خانوادگی", "کد ملی"],
        &["زهرا", "حسینی", "0012345679"],
        &["منطقه ۹"],
        &["مریم", "کریمی", ""],
    ]);
    sheet.name = "منطقه ۵".to_owned();
    let sheets = [sheet];
    let reference = reference();
    let regions: Vec<_> = read(&sheets, &reference)
        .rows
        .iter()
        .map(|row| row.clean.region)
        .collect();
    assert_eq!(regions, [Some(5), Some(9)]);
}

#[test]
fn a_name_merged_over_two_columns_is_whole() {
    let sheets = [sheet(&[
        &["ردیف", "نام و نام خانوادگی", "", "کد ملی"],
        &["1", "زهرا", "حسینی", "0012345679"],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    let clean = &reading.rows[0].clean;
    assert_eq!(
        (clean.first.as_deref(), clean.last.as_deref(), &clean.notes),
        (Some("زهرا"), Some("حسینی"), &None)
    );
}

#[test]
fn a_second_list_below_may_have_other_columns() {
    let sheets = [sheet(&[
        &["نام", "نام خانوادگی", "کد ملی"],
        &["زهرا", "حسینی", "0012345679"],
        &[],
        &["کد ملی", "نام خانوادگی", "نام", "منطقه"],
        &["1234567891", "کریمی", "مریم", "۷"],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    assert_eq!(reading.tables.len(), 2);
    let second = &reading.rows[1].clean;
    assert_eq!(
        (second.first.as_deref(), second.region),
        (Some("مریم"), Some(7))
    );
}

#[test]
fn a_sheet_without_headings_is_named_and_not_guessed_at() {
    let sheets = [sheet(&[
        &["راهنمای تکمیل"],
        &["زهرا", "حسینی", "0012345679"],
    ])];
    let reference = reference();
    let reading = read(&sheets, &reference);
    assert_eq!(
        (reading.rows.len(), reading.unread_sheets),
        (0, vec!["فهرست"])
    );
}

const ALIKE: &[&[&str]] = &[
    &[
        "نام",
        "نام خانوادگی",
        "نام پدر",
        "کد ملی",
        "تاریخ تولد",
        "منطقه",
    ],
    &["زهرا", "نیک\u{200C}پور", "رضا", "", "1358/12/24", "5"],
    &["زهرا", "نيك پور", "رضا", "", "58/12/24", "5"],
    &["زهرا", "نیک پور", "رضا", "0012345679", "1358/12/24", "5"],
    &["زهرا", "نیک پور", "علی", "", "1358/12/24", "5"],
];

#[test]
fn without_a_code_names_and_birth_date_tell_who_is_who() {
    let sheets = [sheet(ALIKE)];
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    let said: Vec<_> = reading
        .rows
        .iter()
        .map(|row| row.duplicate_of.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        said,
        [
            None,
            Some("فهرست:2".to_owned()),
            Some("فهرست:2".to_owned()),
            None
        ]
    );
    assert_eq!(
        reading.rows[1].clean.last.as_deref(),
        Some("نیک\u{200C}پور")
    );
    assert_eq!(reading.rows[1].reasons(), ["duplicate_of:فهرست:2"]);
}

#[test]
fn two_codes_are_two_people_however_alike() {
    let sheets = [sheet(&[
        ALIKE[0],
        ALIKE[3],
        &["زهرا", "نیک پور", "رضا", "1234567891", "1358/12/24", "5"],
    ])];
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    assert!(
        reading
            .rows
            .iter()
            .all(|row| row.status() == Status::Accept)
    );
}

#[test]
fn a_rejected_row_is_nobody_so_the_next_is_no_duplicate() {
    let sheets = [sheet(&[
        ALIKE[0],
        &["زهرا", "حسینی", "رضا", "0012345679", "1358/12/24", "25"],
        &["زهرا", "حسینی", "رضا", "0012345679", "1358/12/24", "5"],
        &["زهرا", "حسینی", "رضا", "0012345679", "1358/12/24", "25"],
    ])];
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    let statuses: Vec<_> = reading.rows.iter().map(ReadRow::status).collect();
    assert_eq!(statuses, [Status::Reject, Status::Accept, Status::Reject]);
}

#[test]
fn the_same_file_again_is_all_duplicates_of_known_people() {
    let sample = sample::workbook(11, 300);
    let reference = reference();
    let mut first = read(&sample.sheets, &reference);
    settle_duplicates(&mut first.rows, &Known::default());
    let mut known = Known::default();
    let accepted = first
        .rows
        .iter()
        .filter(|row| row.status() == Status::Accept);
    for (row, number) in accepted.zip(1..) {
        let (identity, id) = (row.clean.identity(), Uuid::from_u128(number));
        let has_national_code = identity.national_code.is_some();
        known.by_likeness.insert(
            identity.likeness,
            KnownPerson {
                id,
                has_national_code,
            },
        );
        known
            .by_national_code
            .extend(identity.national_code.map(|code| (code, id)));
    }
    let mut second = read(&sample.sheets, &reference);
    settle_duplicates(&mut second.rows, &known);
    assert_eq!(Totals::of(&second).accept, 0);
    assert_eq!(Totals::of(&second).reject, Totals::of(&first).reject);
    let is_known = |row: &ReadRow<'_>| matches!(row.duplicate_of, Some(Original::Person(_)));
    assert!(
        second
            .rows
            .iter()
            .filter(|row| row.status() == Status::Duplicate)
            .all(is_known)
    );
}

#[test]
fn people_without_papers_or_birth_date_are_not_registered_twice() {
    let sheets = [sheet(&[
        &["نام", "نام خانوادگی", "تلفن همراه", "منطقه"],
        &["زهرا", "حسینی", "", "5"],
        &["زهرا", "حسینی", "", "6"],
        &["زهرا", "حسینی", "", "5"],
        &["زهرا", "حسینی", "09121234567", "5"],
        &["زهرا", "حسینی", "09121234567", "7"],
    ])];
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    let rows: Vec<_> = reading
        .rows
        .iter()
        .filter(|row| row.status() == Status::Duplicate)
        .map(|row| row.row)
        .collect();
    assert_eq!(rows, [4, 6]);
}

#[test]
fn the_report_has_the_promised_keys() {
    let sheets = [sheet(&[
        ALIKE[0],
        &["زهرا", "حسینی", "رضا", "0012345679", "1358/12/24", "5"],
        &["زهرا", "حسینی", "رضا", "0012345679", "", "5"],
        &["مریم", "کریمی", "", "1234567890", "1378/12/30", "5"],
    ])];
    let reference = reference();
    let mut reading = read(&sheets, &reference);
    settle_duplicates(&mut reading.rows, &Known::default());
    let json = serde_json::to_value(Report::new(&reading, |_| Some(Uuid::nil()))).unwrap();
    let first = serde_json::json!({
        "sheet": "فهرست", "row": 2, "status": "accept", "reasons": [],
        "person_id": Uuid::nil(), "duplicate_of": null,
        "clean": {
            "first": "زهرا", "last": "حسینی", "father": "رضا", "national_code": "0012345679",
            "birth": "1358-12-24", "gender": null, "mobile": null, "region": 5, "group": null,
            "dependants": null, "field": null, "sheba": null, "income_rial": null,
        },
    });
    assert_eq!(json["rows"][0], first);
    assert_eq!(json["rows"][1]["duplicate_of"], "فهرست:2");
    assert_eq!(
        json["rows"][1]["reasons"],
        serde_json::json!(["duplicate_of:فهرست:2"])
    );
    let reasons = serde_json::json!(["national_code_checksum", "birth_date_not_in_calendar"]);
    assert_eq!(json["rows"][2]["reasons"], reasons);
    assert_eq!(json["rows"][2]["person_id"], serde_json::Value::Null);
    assert_eq!(json["totals"]["rows"], 3);
}

fn nasty_cell() -> impl Strategy<Value = Cell> {
    let words = [
        "جمع",
        "منطقه ۵",
        "نام",
        "نام خانوادگی",
        "کد ملی",
        "0012345679",
        "1378/12/30",
        "-",
        "#",
        "\u{202E}",
        "١e٩",
        "9e999",
        "58/12/24",
        "IR",
        "2.5 میلیون تومان",
        "ندارد",
        "۰۹۱۲",
        "تاریخ تولد",
        "روز",
        "--",
        "و",
        "بیست و",
        "1:2",
    ];
    prop_oneof![
        Just(Cell::Empty),
        any::<String>().prop_map(Cell::Text),
        "[0-9۰-۹٠-٩/.: eEـ\u{200C}\u{202E}+-]{0,14}".prop_map(Cell::Text),
        proptest::sample::select(words.to_vec()).prop_map(|word| Cell::Text(word.to_owned())),
        any::<f64>().prop_map(Cell::Number),
        (-800_000_i32..3_000_000).prop_map(
            |days| NaiveDate::from_num_days_from_ce_opt(days).map_or(Cell::Empty, Cell::Date)
        ),
        any::<bool>().prop_map(Cell::Bool),
        Just(Cell::Error("#N/A".to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_cell_panics_in_any_column(rows in prop::collection::vec(prop::collection::vec(nasty_cell(), 0..24), 0..12)) {
        let headings = [
            "ردیف", "نام", "نام خانوادگی", "نام پدر", "کد ملی", "تاریخ تولد", "جنسیت", "تلفن همراه", "تلفن ثابت",
            "منطقه", "گروه هدف", "تحت تکفل", "رشته شغلی", "شبا", "درآمد (میلیون تومان)", "توضیحات",
            "نام و نام خانوادگی", "", "روز تولد", "ماه تولد", "سال تولد", "دیگر",
        ];
        let reference = reference();
        let bare = [Sheet { name: "برگه".to_owned(), first_row: 1, rows: rows.clone() }];
        let mut headed = sheet(&[&headings]);
        headed.rows.extend(rows);
        for sheets in [&bare[..], &[headed]] {
            let mut reading = read(sheets, &reference);
            settle_duplicates(&mut reading.rows, &Known::default());
            let _ = (Report::new(&reading, |_| None), rejects(&reading));
        }
    }

    #[test]
    fn a_made_workbook_of_any_seed_is_read_back(seed: u64) {
        assert_gives_back_the_truth(seed, 90);
    }
}
