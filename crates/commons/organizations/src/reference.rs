//! The built-in reference data: regions and official holidays.

use db::{Conn, FromRow, Result, Tx, sql};
use persian::{Jalali, persian_digits};

/// Fixed and announced holidays as `jalali day, fa, en`; a city imports further years.
const HOLIDAYS: &str = include_str!("../data/holidays.csv");
/// Regions of the first city.
const REGIONS: i64 = 22;

/// A municipal region.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Region {
    /// Its number.
    pub number: i64,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

/// The regions of the city, by number.
pub async fn regions(conn: &mut Conn) -> Result<Vec<Region>> {
    sql("SELECT number, name_fa, name_en FROM region ORDER BY number")
        .all(conn)
        .await
}

/// Tehran's regions as tiles: number, row from the north, column from the west. About where they
/// lie; each as large as the others.
const TILES: [(i64, i64, i64); 22] = [
    (1, 1, 5),
    (2, 2, 3),
    (3, 1, 4),
    (4, 2, 6),
    (5, 2, 2),
    (6, 2, 4),
    (7, 2, 5),
    (8, 3, 6),
    (9, 3, 2),
    (10, 3, 3),
    (11, 3, 4),
    (12, 3, 5),
    (13, 4, 6),
    (14, 4, 5),
    (15, 5, 5),
    (16, 4, 4),
    (17, 4, 3),
    (18, 4, 2),
    (19, 5, 3),
    (20, 5, 4),
    (21, 3, 1),
    (22, 2, 1),
];

/// Loads what is missing; what is there stays as the city left it.
pub async fn load(tx: &mut Tx) -> Result<()> {
    let regions = (1..=REGIONS).map(|number| {
        let fa = format!("منطقهٔ {}", persian_digits(&number.to_string()));
        let tile = TILES.iter().find(|(region, ..)| *region == number);
        vec![
            number.into(),
            fa.into(),
            format!("Region {number}").into(),
            tile.map(|(_, row, _)| *row).into(),
            tile.map(|(.., column)| *column).into(),
        ]
    });
    let is_empty: i64 = sql("SELECT count(*) AS value FROM region")
        .scalar(tx)
        .await?;
    if is_empty == 0 {
        db::insert_many(
            tx,
            "INSERT INTO region (number, name_fa, name_en, tile_row, tile_column)",
            5,
            regions.collect(),
        )
        .await?;
    }
    let mut reader = csv::Reader::from_reader(HOLIDAYS.as_bytes());
    for row in reader.records() {
        let row = row.map_err(db::Error::other)?;
        let field = |index: usize| row.get(index).unwrap_or_default().trim().to_owned();
        let parts: Vec<i32> = field(0)
            .split('/')
            .filter_map(|part| part.parse().ok())
            .collect();
        let [year, month, day] = parts[..] else {
            return Err(db::Error::other(format!("holiday {}", field(0))));
        };
        let (month, day) = (u8::try_from(month), u8::try_from(day));
        let (Ok(month), Ok(day)) = (month, day) else {
            return Err(db::Error::other(format!("holiday {}", field(0))));
        };
        let jalali = Jalali::new(year, month, day).map_err(db::Error::other)?;
        sql("INSERT INTO holiday (day, name_fa, name_en) VALUES ($1, $2, $3) ON CONFLICT (day) DO NOTHING")
            .bind(jalali.to_date())
            .bind(field(1))
            .bind(field(2))
            .execute(tx)
            .await?;
    }
    Ok(())
}
