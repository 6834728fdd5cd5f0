//! Categories, tax classes and rates, the levels of the way and the awards: data, not constants.

use db::{Conn, FromRow, Result, Tx, Write, sql};
use money::BasisPoints;
use persian::{Date, Jalali, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const CATEGORIES: &str = include_str!("../data/categories.csv");
const TAX_CLASSES: &str = include_str!("../data/tax-classes.csv");
const TAX_RATES: &str = include_str!("../data/tax-rates.csv");
const LEVELS: &str = include_str!("../data/levels.csv");
const AWARDS: &str = include_str!("../data/awards.csv");

/// One place in the category tree.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ProductCategory")]
pub struct Category {
    /// Short and lasting: `pickles`.
    pub code: String,
    /// The category above it; none for a root.
    pub parent_code: Option<String>,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Food needs a hygiene licence and label items.
    pub is_food: bool,
    /// The tax class of most goods in it.
    pub tax_class: String,
}

impl Category {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// A tax class.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct TaxClass {
    /// `standard`
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl TaxClass {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

const CATEGORY: &str =
    "SELECT code, parent_code, name_fa, name_en, is_food, tax_class FROM category";

/// Categories valid on a day, in the order of the tree: dozens, not thousands.
pub async fn categories(conn: &mut Conn, day: Date) -> Result<Vec<Category>> {
    sql(format!(
        "{CATEGORY} WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until >= $1) ORDER BY position"
    ))
    .bind(day)
    .all(conn)
    .await
}

/// The category of this code, also a past one.
pub async fn category(conn: &mut Conn, code: &str) -> Result<Option<Category>> {
    sql(format!("{CATEGORY} WHERE code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// All tax classes.
pub async fn tax_classes(conn: &mut Conn) -> Result<Vec<TaxClass>> {
    sql("SELECT code, name_fa, name_en FROM tax_class ORDER BY code DESC")
        .all(conn)
        .await
}

/// The value-added tax of a class on a day; nothing is taxed before its first rate.
pub async fn tax_rate(conn: &mut Conn, tax_class: &str, day: Date) -> Result<BasisPoints> {
    let points: Option<i64> = sql(
        "SELECT basis_points AS value FROM tax_rate WHERE tax_class = $1 AND valid_from <= $2
         ORDER BY valid_from DESC LIMIT 1",
    )
    .bind(tax_class)
    .bind(day)
    .optional_scalar(conn)
    .await?;
    basis_points(points.unwrap_or_default())
}

/// The rates of all classes on a day: class and rate.
pub async fn tax_rates(conn: &mut Conn, day: Date) -> Result<Vec<(String, BasisPoints)>> {
    let rows = sql(
        "SELECT r.tax_class, r.basis_points FROM tax_rate r WHERE r.valid_from = (SELECT max(v.valid_from)
         FROM tax_rate v WHERE v.tax_class = r.tax_class AND v.valid_from <= $1) ORDER BY r.tax_class",
    )
    .bind(day)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get::<String>("tax_class")?,
                basis_points(row.get("basis_points")?)?,
            ))
        })
        .collect()
}

/// Stored basis points as a rate.
pub fn basis_points(stored: i64) -> Result<BasisPoints> {
    u32::try_from(stored)
        .ok()
        .and_then(|points| BasisPoints::new(points).ok())
        .ok_or_else(|| db::Error::other(format!("{stored} is no rate")))
}

/// Loads the built-in categories and rates.
#[derive(Serialize, Deserialize)]
pub struct LoadReference {}

impl Write for LoadReference {
    const NAME: &'static str = "load_makers_reference";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        load(tx).await
    }
}

/// Loads what is missing; what is there stays as the city left it.
pub async fn load(tx: &mut Tx) -> Result<()> {
    for class in rows(TAX_CLASSES)? {
        sql("INSERT INTO tax_class (code, name_fa, name_en) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING")
            .bind_all(class.into_iter().map(Into::into))
            .execute(tx)
            .await?;
    }
    for rate in rows(TAX_RATES)? {
        let [class, from, points, source] = fields(rate)?;
        sql("INSERT INTO tax_rate (tax_class, valid_from, basis_points, source) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tax_class, valid_from) DO NOTHING")
        .bind(class)
        .bind(jalali_day(&from)?)
        .bind(points.parse::<i64>().map_err(db::Error::other)?)
        .bind(source)
        .execute(tx)
        .await?;
    }
    // The programme began with the year 1402; goods of earlier days are nobody's here.
    let first = jalali_day("1402/01/01")?;
    for (position, category) in (1_i64..).zip(rows(CATEGORIES)?) {
        let [code, parent, is_food, tax_class, name_fa, name_en] = fields(category)?;
        sql("INSERT INTO category (code, parent_code, name_fa, name_en, is_food, tax_class, position, valid_from)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING")
        .bind(code)
        .bind(Some(parent).filter(|parent| !parent.is_empty()))
        .bind(name_fa)
        .bind(name_en)
        .bind(is_food == "yes")
        .bind(tax_class)
        .bind(position)
        .bind(first)
        .execute(tx)
        .await?;
    }
    levels(tx).await?;
    awards(tx).await
}

/// The levels of the way. The columns after the names say how much of each measure is asked for.
async fn levels(tx: &mut Tx) -> Result<()> {
    const MEASURES: [&str; 4] = ["started", "approved", "sale_months", "helped"];
    for (position, level) in (1_i64..).zip(rows(LEVELS)?) {
        let [code, name_fa, name_en, asked @ ..] = fields::<7>(level)?;
        let new = sql(
            "INSERT INTO level (code, position, name_fa, name_en) VALUES ($1, $2, $3, $4)
             ON CONFLICT (code) DO NOTHING",
        )
        .bind(&code)
        .bind(position)
        .bind(name_fa)
        .bind(name_en)
        .execute(tx)
        .await?;
        if new == 0 {
            continue;
        }
        for (measure, least) in MEASURES.into_iter().zip(asked) {
            if least.is_empty() {
                continue;
            }
            sql("INSERT INTO level_need (level_code, measure, least) VALUES ($1, $2, $3)")
                .bind(&code)
                .bind(measure)
                .bind(least.parse::<i64>().map_err(db::Error::other)?)
                .execute(tx)
                .await?;
        }
    }
    Ok(())
}

async fn awards(tx: &mut Tx) -> Result<()> {
    for (position, award) in (1_i64..).zip(rows(AWARDS)?) {
        let [
            code,
            measure,
            is_newcomer,
            is_regional,
            least,
            field_least,
            name_fa,
            name_en,
            meaning_fa,
            meaning_en,
        ] = fields(award)?;
        sql("INSERT INTO award (code, position, measure, is_newcomer, is_regional, least, field_least, name_fa,
             name_en, meaning_fa, meaning_en) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (code) DO NOTHING")
        .bind(code)
        .bind(position)
        .bind(measure)
        .bind(is_newcomer == "yes")
        .bind(is_regional == "yes")
        .bind(least.parse::<i64>().map_err(db::Error::other)?)
        .bind(field_least.parse::<i64>().map_err(db::Error::other)?)
        .bind(name_fa)
        .bind(name_en)
        .bind(meaning_fa)
        .bind(meaning_en)
        .execute(tx)
        .await?;
    }
    Ok(())
}

fn rows(file: &str) -> Result<Vec<Vec<String>>> {
    csv::Reader::from_reader(file.as_bytes())
        .records()
        .map(|row| {
            let row = row.map_err(db::Error::other)?;
            Ok(row.iter().map(|field| field.trim().to_owned()).collect())
        })
        .collect()
}

fn fields<const N: usize>(row: Vec<String>) -> Result<[String; N]> {
    row.try_into()
        .map_err(|row: Vec<String>| db::Error::other(format!("a row of {} fields", row.len())))
}

fn jalali_day(text: &str) -> Result<Date> {
    let parts: Vec<i32> = text
        .split('/')
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year, month, day] = parts[..] else {
        return Err(db::Error::other(format!("{text} is no day")));
    };
    let small = |part: i32| u8::try_from(part).map_err(db::Error::other);
    let day = Jalali::new(year, small(month)?, small(day)?).map_err(db::Error::other)?;
    Ok(day.to_date())
}
