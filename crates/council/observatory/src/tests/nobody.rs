//! Nothing in a signed document tells of a person.

use std::collections::BTreeSet;

use indicators::TakeValues;
use organizations::OrganizationId;
use people::persons::{Gender, PersonFacts};
use people::{NewPerson, PersonId};
use rand::{RngExt as _, SeedableRng as _};
use testing::both;

use super::*;
use crate::SignStatistics;

#[derive(Serialize)]
struct Register {
    new: NewPerson,
}

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = PersonId;
    async fn run(&self, tx: &mut Tx) -> db::Result<PersonId> {
        people::create(tx, &self.new).await
    }
}

/// Every text in a value.
fn texts(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => {
            found.insert(text.clone());
        }
        Json::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Json::Object(fields) => fields.values().for_each(|item| texts(item, found)),
        _ => {}
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

both! {
    async fn every_word_of_a_random_citys_document_is_of_the_definitions(bench: Bench) {
        let country = Country::open(&bench).await;
        let stage = &country.stage;
        let seed = rand::rng().random::<u64>();
        println!("seed {seed}");
        let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
        let mut names = Vec::new();
        for _ in 0..rng.random_range(30..60) {
            let id = PersonId::new(stage.city.db.new_id());
            let name = format!("نام{}", rng.random_range(100..999));
            let facts = PersonFacts {
                region: Some(rng.random_range(1..5)),
                gender: Some(if rng.random() { Gender::Female } else { Gender::Male }),
                ..PersonFacts::new(OrganizationId::new(stage.home), &name, "آزمونی")
            };
            let new = facts.seal(&stage.city.keys, id);
            stage.write(&stage.alice, Register { new }).await.unwrap();
            names.push(name);
        }
        stage.write(&country.secretary, TakeValues {}).await.unwrap();
        let link = crate::SetLink { code: "tehran".into(), address: String::new() };
        stage.write(&stage.alice, link).await.unwrap();
        stage.write(&country.secretary, SignStatistics::of(&stage.city)).await.unwrap();
        let signed = country.get("/api/v1/statistics/signed").await;
        let count = signed["document"]["figures"][0]["amount"].as_i64();
        assert_eq!(count, Some(i64::try_from(names.len()).unwrap()), "the people are counted");

        let mut allowed: BTreeSet<String> = [KIND, "tehran", "شهر", "City", env!("CARGO_PKG_VERSION")]
            .map(str::to_owned).into();
        let definitions = indicators::definitions(&mut bench.db.read().await.unwrap()).await.unwrap();
        for one in definitions {
            allowed.extend([one.code, one.name_fa, one.name_en, one.unit.to_string()]);
        }
        let mut found = BTreeSet::new();
        texts(&signed, &mut found);
        assert!(found.len() > 60, "{found:?}");
        let is_day = |text: &String| text.parse::<Date>().is_ok() || text.parse::<Timestamp>().is_ok();
        let is_region = |text: &String| text.parse::<i64>().is_ok_and(|number| (1..=22).contains(&number));
        let is_seal = |text: &String| is_digest(text) || *text == signed["signature"];
        let odd: Vec<&String> = found.iter()
            .filter(|text| !allowed.contains(*text) && !is_day(text) && !is_region(text) && !is_seal(text)).collect();
        assert!(odd.is_empty(), "{odd:?}");
        let text = signed.to_string();
        assert!(!names.iter().any(|name| text.contains(name)));
        // No cell shows fewer people than its definition allows, whatever the city is like.
        for figure in signed["document"]["figures"].as_array().unwrap() {
            let least = figure["smallest_cell"].as_i64().unwrap();
            for cell in figure["regions"].as_array().unwrap() {
                let people = cell["people"].as_i64().unwrap_or_default();
                assert!(people == 0 || people >= least, "{figure}");
            }
        }
    }
}
