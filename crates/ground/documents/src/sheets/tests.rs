#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::*;

fn read_default(bytes: &[u8]) -> Vec<Sheet> {
    read(bytes, &Limits::default()).unwrap()
}

fn text(words: &str) -> Cell {
    Cell::Text(words.into())
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"برگه\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
        (
            "META-INF/manifest.xml",
            b"<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"m\"/>",
        ),
    ])
}

fn table() -> Table {
    Table {
        name: "فروش/ماه".into(),
        lang: persian::Lang::Fa,
        columns: vec![
            Column::new("کد ملی", "ده رقم"),
            Column::date("تاریخ", "تاریخ میلادی", "روز فروش"),
            Column::new("مبلغ", "به ریال"),
        ],
        rows: vec![
            vec![
                Value::text("0012345679"),
                Value::Date(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()),
                Value::Number(2_500_000),
            ],
            vec![Value::text("=1+1"), Value::Blank, Value::Number(i64::MAX)],
            vec![
                Value::text("الف،\"ب\""),
                Value::Date(NaiveDate::from_ymd_opt(1879, 3, 14).unwrap()),
                Value::Decimal(0.5),
            ],
        ],
        definitions: Definition {
            name: "تعریف‌ها".into(),
            column: "ستون".into(),
            meaning: "معنا".into(),
        },
    }
}

#[test]
fn a_workbook_as_offices_keep_it_is_read_with_its_own_row_numbers() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("متقاضیان").unwrap();
    let date = Format::new().set_num_format("yyyy/mm/dd");
    sheet.write_string(2, 1, "فهرست").unwrap();
    sheet.write_string(4, 0, "۰۰۱۲").unwrap();
    sheet.write_number(4, 1, 9123456789.0).unwrap();
    let day = ExcelDateTime::from_ymd(1980, 3, 14).unwrap();
    sheet.write_datetime_with_format(4, 2, &day, &date).unwrap();
    sheet
        .write_formula(4, 3, Formula::new("=1+2").set_result("3"))
        .unwrap();
    sheet.write_boolean(4, 4, true).unwrap();
    sheet.write_string(4, 5, "   ").unwrap();
    book.add_worksheet().set_name("خالی").unwrap();
    let sheets = read_default(&book.save_to_buffer().unwrap());
    assert_eq!(sheets.len(), 1, "blank sheets are left out");
    assert_eq!(
        (sheets[0].name.as_str(), sheets[0].first_row),
        ("متقاضیان", 3)
    );
    let rows: Vec<_> = sheets[0].numbered().collect();
    assert_eq!(rows[0], (3, [Cell::Empty, text("فهرست")].as_slice()));
    assert_eq!(rows[1], (4, [].as_slice()));
    assert_eq!(rows[2].0, 5);
    assert_eq!(
        rows[2].1,
        [
            text("۰۰۱۲"),
            Cell::Number(9123456789.0),
            Cell::Date(NaiveDate::from_ymd_opt(1980, 3, 14).unwrap()),
            Cell::Number(3.0),
            Cell::Bool(true),
        ]
    );
    assert_eq!(rows[2].1[1].text(), "9123456789");
}

#[test]
fn a_written_workbook_keeps_codes_as_text_and_dates_twice() {
    let bytes = xlsx(&table()).unwrap();
    let sheets = read_default(&bytes);
    assert_eq!(sheets[0].name, "فروشماه");
    assert_eq!(
        sheets[0].rows[0],
        ["کد ملی", "تاریخ", "تاریخ میلادی", "مبلغ"].map(text)
    );
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let jalali = persian::Jalali::from(day).to_string();
    assert_eq!(
        sheets[0].rows[1],
        [
            text("0012345679"),
            text(&jalali),
            Cell::Date(day),
            Cell::Number(2_500_000.0)
        ]
    );
    assert_eq!(
        sheets[0].rows[2],
        [
            text("=1+1"),
            Cell::Empty,
            Cell::Empty,
            text(&i64::MAX.to_string())
        ]
    );
    assert_eq!(
        sheets[0].rows[3][2],
        text("1879-03-14"),
        "spreadsheets know no day before 1900"
    );
    assert_eq!(sheets[1].rows[0], ["ستون", "معنا"].map(text));
    assert_eq!(sheets[1].rows[2], ["تاریخ", "روز فروش"].map(text));
    assert_eq!(
        xlsx(&table()).unwrap(),
        bytes,
        "the same table gives the same bytes"
    );
    let sheet = unpacked(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("rightToLeft=\"1\""));
    assert!(!sheet.contains("mergeCell") && !sheet.contains("<f>"));
}

fn unpacked(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

#[test]
fn a_written_csv_runs_no_formula_and_reads_back() {
    let bytes = csv(&table(), true);
    assert!(bytes.starts_with("\u{feff}کد ملی,".as_bytes()));
    let shown = String::from_utf8(bytes.clone()).unwrap();
    assert!(shown.contains("\r\n'=1+1,"));
    assert!(shown.contains("\"الف،\"\"ب\"\"\""));
    let sheet = &read_default(&bytes)[0];
    assert_eq!(sheet.rows[0][0], text("کد ملی"));
    assert_eq!(sheet.rows[1][0], text("0012345679"));
    assert_eq!(sheet.rows[1][2], text("2026-11-23"));
    assert!(csv(&table(), false).starts_with("کد".as_bytes()));
    for guarded in ["=x", "+x", "-x", "@x", "\t=x"] {
        let mut table = table();
        table.rows = vec![vec![Value::text(guarded)]];
        let csv = String::from_utf8(csv(&table, false)).unwrap();
        assert!(
            csv.lines()
                .nth(1)
                .unwrap()
                .trim_start_matches('"')
                .starts_with('\''),
            "{guarded:?}"
        );
    }
}

#[test]
fn a_csv_is_read_in_any_separator_and_encoding() {
    let persian = "نام;کد\r\n\r\n\"کلثوم; \"\"ننه\"\"\";۱۲\r\n";
    let rows = [
        vec![text("نام"), text("کد")],
        vec![],
        vec![text("کلثوم; \"ننه\""), text("۱۲")],
    ];
    assert_eq!(read_default(persian.as_bytes())[0].rows, rows);
    assert_eq!(
        read_default(format!("\u{feff}{persian}").as_bytes())[0].rows,
        rows
    );
    let utf16: Vec<u8> = format!("\u{feff}{persian}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_default(&utf16)[0].rows, rows);
    let old = encoding_rs::WINDOWS_1256
        .encode("نام,شهر\nپروانه,تهران")
        .0
        .into_owned();
    assert_eq!(
        read_default(&old)[0].rows[1],
        [text("پروانه"), text("تهران")]
    );
    assert_eq!(
        read_default(b"a\tb,c\n1\t2\n")[0].rows[0],
        [text("a"), text("b,c")]
    );
    assert_eq!(read_default(b"\n\n one ,\"two\nlines\"\n")[0].first_row, 3);
    assert_eq!(
        read_default(b"5\" pipe,x")[0].rows[0],
        [text("5\" pipe"), text("x")]
    );
}

#[test]
fn an_ods_is_read_with_repeats_unfolded() {
    let bytes = ods(
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell office:value-type=\"string\"><text:p>سلام</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-23\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\">\
         <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
    );
    let sheets = read_default(&bytes);
    assert_eq!(
        (
            sheets[0].name.as_str(),
            sheets[0].first_row,
            sheets[0].rows.len()
        ),
        ("برگه", 4, 1)
    );
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    assert_eq!(
        sheets[0].rows[0],
        [Cell::Empty, Cell::Empty, text("سلام"), Cell::Date(day)]
    );
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        ..Limits::default()
    };
    let zeros = vec![b' '; 4 << 20];
    let bomb = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/media/a.bin", &zeros),
    ]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        read(&bomb, &limits),
        Err(SheetFault::UnpacksTooLarge { limit: 1 << 20 })
    );

    let wide = "<table:table-row table:number-rows-repeated=\"900000\"><table:table-cell office:value=\"1\" \
                table:number-columns-repeated='16000'/></table:table-row>";
    let limit = Limits::default().cells;
    assert_eq!(
        read(&ods(wide), &Limits::default()),
        Err(SheetFault::TooManyCells { limit })
    );

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write_number(0, 0, 1)
        .unwrap()
        .write_number(1_048_575, 16_383, 1)
        .unwrap();
    let corners = book.save_to_buffer().unwrap();
    let limit = Limits::default().rows;
    assert_eq!(
        read(&corners, &Limits::default()),
        Err(SheetFault::TooManyRows {
            sheet: "Sheet1".into(),
            limit
        })
    );
}

#[test]
fn each_limit_has_its_own_words() {
    let small = Limits {
        rows: 2,
        cells: 5,
        sheets: 1,
        file_bytes: 10_000,
        ..Limits::default()
    };
    assert_eq!(read(b"", &small), Err(SheetFault::Empty));
    assert_eq!(
        read(&[b'x'; 10_001], &small),
        Err(SheetFault::FileTooLarge { limit: 10_000 })
    );
    assert_eq!(
        read(b"1\n2\n3\n", &small),
        Err(SheetFault::TooManyRows {
            sheet: String::new(),
            limit: 2
        })
    );
    assert_eq!(
        read(b"1,2,3\n4,5,6\n", &small),
        Err(SheetFault::TooManyCells { limit: 5 })
    );
    assert_eq!(
        read(b"1\n2\n\n\n", &small).unwrap()[0].rows.len(),
        2,
        "blank rows at the end do not count"
    );
    assert_eq!(read(b"\x7fELF\0\0", &small), Err(SheetFault::NotASheet));
    let mut book = Workbook::new();
    book.add_worksheet();
    book.add_worksheet();
    assert_eq!(
        read(&book.save_to_buffer().unwrap(), &small),
        Err(SheetFault::TooManySheets { limit: 1 })
    );
    assert_eq!(
        read(&archive(&[("word/document.xml", b"<w/>")]), &small),
        Err(SheetFault::NotASheet)
    );
}

/// An XLS of one sheet in a compound file, written by hand.
fn xls(records: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        [
            &kind.to_le_bytes()[..],
            &(data.len() as u16).to_le_bytes(),
            data,
        ]
        .concat()
    };
    let bof = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut globals = [bof(5), record(0x0042, &1200u16.to_le_bytes())].concat();
    let start = (globals.len() + 4 + 14 + 4) as u32;
    let sheet = [&start.to_le_bytes()[..], &[0, 0, 6, 0], b"Sheet1"].concat();
    globals.extend([record(0x0085, &sheet), record(0x000A, &[])].concat());
    let mut stream = [globals, bof(0x10)].concat();
    records
        .iter()
        .for_each(|(kind, data)| stream.extend(record(*kind, data)));
    stream.extend(record(0x000A, &[]));
    stream.resize(stream.len().max(4096).div_ceil(512) * 512, 0);
    let sectors = (stream.len() / 512) as u32;

    let mut header = [COMPOUND_MARK, &[0; 16]].concat();
    header.extend([
        0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    for number in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(u32::to_le_bytes(number));
    }
    header.resize(512, 0xFF);
    // Sector 0 is the table, 1 the directory, the stream follows.
    let mut table: Vec<u8> = [0xFFFF_FFFD, END]
        .iter()
        .flat_map(|mark| u32::to_le_bytes(*mark))
        .collect();
    (0..sectors)
        .for_each(|n| table.extend(u32::to_le_bytes(if n + 1 == sectors { END } else { n + 3 })));
    table.resize(512, 0xFF);
    let entry = |name: &str, kind: u8, start: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend([(name.len() as u8 + 1) * 2, 0, kind, 1]);
        entry.extend([0xFF; 12]);
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    let mut directory = [
        entry("Root Entry", 5, END, 0),
        entry("Workbook", 2, 2, stream.len() as u32),
    ]
    .concat();
    directory.resize(512, 0);
    [header, table, directory, stream].concat()
}

const COMPOUND_MARK: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const END: u32 = 0xFFFF_FFFE;

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    [
        &row.to_le_bytes()[..],
        &column.to_le_bytes(),
        &[0, 0],
        &value.to_le_bytes(),
    ]
    .concat()
}

#[test]
fn an_old_xls_is_read_and_its_bombs_are_refused() {
    let honest = xls(&[(0x0203, &number(2, 1, 42.0)), (0x0203, &number(4, 0, 7.0))]);
    let sheet = &read_default(&honest)[0];
    assert_eq!(sheet.first_row, 3);
    assert_eq!(
        sheet.rows,
        [
            vec![Cell::Empty, Cell::Number(42.0)],
            vec![],
            vec![Cell::Number(7.0)]
        ]
    );

    let corners: Vec<Vec<u8>> = (0..4)
        .map(|_| number(65_535, 255, 1.0))
        .chain([number(0, 0, 1.0)])
        .collect();
    let records: Vec<(u16, &[u8])> = corners
        .iter()
        .map(|data| (0x0203, data.as_slice()))
        .collect();
    let limits = Limits {
        cells: 1_000_000,
        ..Limits::default()
    };
    assert_eq!(
        read(&xls(&records), &limits),
        Err(SheetFault::TooManyCells { limit: 1_000_000 })
    );

    let dimensions = [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0xFF, 0, 0, 0];
    let limit = Limits::default().cells;
    assert_eq!(
        read(&xls(&[(0x0200, &dimensions)]), &Limits::default()),
        Err(SheetFault::TooManyCells { limit })
    );
    let backwards = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    assert!(matches!(
        read(&xls(&[(0x0200, &backwards)]), &Limits::default()),
        Err(SheetFault::Damaged { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_broken_workbook_is_an_error_but_never_a_panic(place: prop::sample::Index, value: u8, kind in 0..3) {
        let mut bytes = match kind {
            0 => xlsx(&table()).unwrap(),
            1 => ods("<table:table-row><table:table-cell office:value=\"1\"/></table:table-row>"),
            _ => xls(&[(0x0203, &number(2, 1, 42.0))]),
        };
        let place = place.index(bytes.len());
        bytes[place] = value;
        if let Ok(sheets) = read(&bytes, &Limits::default()) {
            prop_assert!(sheets.len() <= Limits::default().sheets);
        }
    }

    #[test]
    fn any_text_is_a_csv_or_an_error(text in "(\\PC|[\"\n\r\t;,])*") {
        let _ = read(text.as_bytes(), &Limits::default());
    }

    #[test]
    fn what_a_csv_says_comes_back(fields in prop::collection::vec("[^\0\u{feff}\u{fffe}]{1,12}", 1..5)) {
        let table = Table {
            columns: fields.iter().map(|_| Column::new("ستون", "")).collect(),
            rows: vec![fields.iter().map(Value::text).collect()],
            ..table()
        };
        let sheet = &read_default(&csv(&table, true))[0];
        for (place, field) in fields.iter().enumerate() {
            let read = sheet.rows.get(1).and_then(|row| row.get(place)).map(Cell::text).unwrap_or_default();
            let read = read.strip_prefix('\'').filter(|rest| *rest == field).unwrap_or(&read);
            prop_assert!(read == field || field.trim().is_empty(), "{:?} {:?}", read, field);
        }
    }
}
