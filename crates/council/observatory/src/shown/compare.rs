//! One figure in all cities, and when their numbers may be added up.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, CityBoard, Figure, Meaning};

/// Medians and shares: what does not become truer by adding.
const NOT_ADDED: &[&str] = &["days", "basis_points"];

/// A figure in every city of the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "CityComparison")]
pub struct Comparison {
    /// Code of the figure.
    pub figure: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// What is counted.
    pub unit: String,
    /// Our version of its definition; null when only cities know it.
    pub version: Option<i64>,
    /// Every city of the list, in its order.
    pub cities: Vec<CityNumber>,
    /// The numbers added up; null when they may not be.
    pub sum: Option<Sum>,
    /// Why they may not be added up; null when they are.
    pub no_sum: Option<NoSum>,
}

/// A city in a comparison.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CityNumber {
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Something came from it.
    pub is_connected: bool,
    /// Its numbers are those of an invented city.
    pub is_invented: bool,
    /// Its newest number; null when it sent none.
    pub value: Option<Cell>,
}

/// Numbers of cities that counted the same thing, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CitySum")]
pub struct Sum {
    /// The sum.
    pub amount: i64,
    /// Of so many cities.
    pub cities: i64,
    /// Of so many in the list.
    pub of: i64,
}

db::text_enum! {
    /// Why there is no sum.
    #[schemars(rename = "NoSumReason")]
    pub enum NoSum {
        /// Medians and shares are not added.
        NotAdditive = "not_additive",
        /// A connected city counts by another definition.
        AnotherDefinition = "another_definition",
        /// A connected city has no number, or does not tell it.
        Missing = "missing",
        /// Fewer than two cities are connected.
        Few = "few",
    }
}

/// Puts a figure of all cities side by side.
pub fn comparison(figure: &Figure, board: &[CityBoard]) -> Comparison {
    let cities: Vec<CityNumber> = board
        .iter()
        .map(|city| CityNumber {
            code: city.code.clone(),
            name_fa: city.name_fa.clone(),
            name_en: city.name_en.clone(),
            is_connected: city.day.is_some(),
            is_invented: city.is_invented,
            value: city.of(&figure.code).cloned(),
        })
        .collect();
    let sum = sum(figure, &cities);
    Comparison {
        figure: figure.code.clone(),
        name_fa: figure.name_fa.clone(),
        name_en: figure.name_en.clone(),
        unit: figure.unit.clone(),
        version: figure.ours.as_ref().map(|ours| ours.version),
        sum: sum.ok(),
        no_sum: sum.err(),
        cities,
    }
}

/// Only whole: every connected city has a number by our definition.
fn sum(figure: &Figure, cities: &[CityNumber]) -> Result<Sum, NoSum> {
    if NOT_ADDED.contains(&figure.unit.as_str()) {
        return Err(NoSum::NotAdditive);
    }
    let connected: Vec<_> = cities.iter().filter(|city| city.is_connected).collect();
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    if connected.len() < 2 {
        return Err(NoSum::Few);
    }
    let values = connected.iter().filter_map(|city| city.value.as_ref());
    if values.clone().any(|cell| cell.meaning != Meaning::Same) {
        return Err(NoSum::AnotherDefinition);
    }
    let amounts: Vec<i64> = values.filter_map(|cell| cell.amount).collect();
    if amounts.len() < connected.len() {
        return Err(NoSum::Missing);
    }
    let amount = amounts
        .iter()
        .try_fold(0_i64, |sum, one| sum.checked_add(*one));
    Ok(Sum {
        amount: amount.ok_or(NoSum::Missing)?,
        cities: count(connected.len()),
        of: count(cities.len()),
    })
}

impl Comparison {
    /// The greatest number that may be compared: the end of the one scale.
    pub fn top(&self) -> i64 {
        let values = self.cities.iter().filter_map(|city| city.value.as_ref());
        let same = values.filter(|cell| cell.meaning == Meaning::Same);
        same.filter_map(|cell| cell.amount)
            .max()
            .unwrap_or(0)
            .max(1)
    }
}
