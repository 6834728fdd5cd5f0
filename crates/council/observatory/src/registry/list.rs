//! The list of cities as a file that people edit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Band, City};

/// The list as it is shipped: well-known large cities, marked as a sample.
const SAMPLE: &str = include_str!("../../data/metropolises.json");

/// The cities that are compared, in order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MetropolisList")]
pub struct List {
    /// Nobody with the right to say so has confirmed these cities.
    pub is_sample: bool,
    /// The cities.
    pub cities: Vec<Entry>,
}

/// A city of the file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MetropolisEntry")]
pub struct Entry {
    /// Its code: small Latin letters, digits and dashes.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// How many people live there, if known.
    #[serde(default)]
    pub band: Option<Band>,
}

impl List {
    /// The shipped list.
    pub fn sample() -> db::Result<Self> {
        Ok(serde_json::from_str(SAMPLE)?)
    }

    /// The cities compared now, as a file.
    pub fn of(cities: &[City]) -> Self {
        let listed = cities.iter().filter(|city| city.is_listed);
        Self {
            is_sample: listed.clone().any(|city| city.is_sample),
            cities: listed
                .map(|city| Entry {
                    code: city.code.clone(),
                    name_fa: city.name_fa.clone(),
                    name_en: city.name_en.clone(),
                    band: city.band,
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn the_sample_has_nineteen_cities_and_says_that_it_is_one() {
        let list = super::List::sample().unwrap();
        let codes: BTreeSet<&str> = list.cities.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((list.cities.len(), codes.len()), (19, 19));
        assert!(list.is_sample);
        assert!(codes.into_iter().all(crate::document::is_city_code));
    }
}
