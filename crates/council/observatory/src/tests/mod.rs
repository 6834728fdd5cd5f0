//! A country that each test opens for itself: this database is a city and the national view at
//! once, and other cities are made of a seed.

use access::Role;
use access::cast::{Actor, Reply, Stage};
use db::{Tx, Write};
use indicators::PublishValues;
use indicators::values::NewValue;
use persian::{Date, Timestamp};
use serde::Serialize;
use serde_json::{Value as Json, json};
use testing::Bench;

use crate::document::{
    CityName, Document, KIND, Signed, SignedFigure, SignedRegion, Statement, Succession, canonical,
    digest, wording,
};
use crate::registry::{KeepList, List, SetKey};
use crate::signing::Signer;

mod comparing;
mod keys;
mod nobody;
mod proofs;
mod refusing;
mod screens;
mod sending;
mod signing;

/// Loads the definitions as `migrate` does.
#[derive(Serialize)]
struct Load {}

impl Write for Load {
    const NAME: &'static str = "load";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        organizations::reference::load(tx).await?;
        indicators::reference::load(tx).await
    }
}

struct Country {
    stage: Stage,
    secretary: Actor,
}

impl Country {
    /// Definitions and the sample list are there; no city has a key.
    async fn open(bench: &Bench) -> Self {
        let rooms = vec![access::room(), indicators::room(), crate::room()];
        let stage = Stage::open(bench, rooms, &[Role::Administrator]).await;
        stage.write(&stage.alice, Load {}).await.unwrap();
        let list = List::sample().unwrap();
        assert_eq!(
            stage.write(&stage.alice, KeepList { list }).await.unwrap(),
            19
        );
        let secretary = stage.add("secretary", stage.home, &[Role::Secretary]).await;
        Self { stage, secretary }
    }

    fn today(&self) -> Date {
        self.stage.city.db.clock().today()
    }

    /// This city publishes: code, region, number, people.
    async fn publish(&self, values: &[(&str, &str, i64, i64)]) {
        let new = values
            .iter()
            .map(|(code, region, amount, subjects)| NewValue {
                code: (*code).into(),
                version: 1,
                region: (*region).into(),
                amount: Some(*amount),
                subjects: *subjects,
            });
        let publish = PublishValues {
            as_of: self.today(),
            values: new.collect(),
        };
        self.stage.write(&self.secretary, publish).await.unwrap();
    }

    /// A city of the list whose key the administrator has set.
    async fn city(&self, code: &str, seed: u8) -> City {
        let city = City::of_seed(code, seed);
        self.trust(code, &city.signer.public_key()).await;
        city
    }

    async fn trust(&self, code: &str, key: &str) {
        let set = SetKey {
            code: code.into(),
            public_key: key.into(),
            reason: "تلفنی".into(),
        };
        self.stage.write(&self.stage.alice, set).await.unwrap();
    }

    /// A figure by our definition.
    async fn figure(&self, code: &str, amount: i64) -> SignedFigure {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let definition = indicators::definition(&mut conn, code).await.unwrap();
        SignedFigure {
            wording: wording(&definition).unwrap(),
            code: definition.code,
            version: definition.version,
            name_fa: definition.name_fa,
            name_en: definition.name_en,
            unit: definition.unit.to_string(),
            smallest_cell: definition.smallest_cell,
            as_of: self.today(),
            amount: Some(amount),
            is_hidden: false,
            is_corrected: false,
            regions: Vec::new(),
        }
    }

    /// Posts a document as a city does.
    async fn post(&self, signed: &Signed) -> Reply {
        let body = serde_json::to_value(signed).unwrap();
        self.stage
            .send_json(None, "POST", "/api/v1/observatory/documents", &body)
            .await
    }

    async fn count(&self, table: &str) -> i64 {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let text = format!("SELECT count(*) AS value FROM {table}");
        db::sql(text).scalar(&mut conn).await.unwrap()
    }

    async fn get(&self, path: &str) -> Json {
        let reply = self.stage.get(None, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }
}

/// Another city, with a chain of its own.
struct City {
    code: String,
    signer: Signer,
    number: i64,
    previous: Option<String>,
}

impl City {
    fn of_seed(code: &str, seed: u8) -> Self {
        Self {
            code: code.into(),
            signer: Signer::of_seed(1, &[seed; 32]).unwrap(),
            number: 0,
            previous: None,
        }
    }

    /// Its next document.
    fn document(&mut self, figures: Vec<SignedFigure>, signed_at: Timestamp) -> Document {
        self.number += 1;
        let document = Document {
            kind: KIND.into(),
            city: CityName {
                code: self.code.clone(),
                name_fa: "شهری".into(),
                name_en: "A city".into(),
            },
            is_invented: false,
            day: figures
                .iter()
                .map(|one| one.as_of)
                .max()
                .unwrap_or_default(),
            number: self.number,
            previous: self.previous.clone(),
            program: "0.1.0".into(),
            signed_at,
            figures,
        };
        self.previous = Some(digest(&canonical(&document).unwrap()));
        document
    }

    fn sign(&self, document: Document) -> Signed {
        Signed {
            signature: self.signer.sign(&canonical(&document).unwrap()),
            key: self.signer.public_key(),
            document,
            successions: Vec::new(),
        }
    }

    /// Its next document, signed.
    fn signed(&mut self, figures: Vec<SignedFigure>, signed_at: Timestamp) -> Signed {
        let document = self.document(figures, signed_at);
        self.sign(document)
    }
}

/// The old key's word for the new one.
fn succession(code: &str, old: &Signer, new: &Signer, at: Timestamp) -> Succession {
    let statement = Statement {
        kind: Statement::KIND.into(),
        code: code.into(),
        old_key: old.public_key(),
        new_key: new.public_key(),
        at,
    };
    Succession {
        signature: old.sign(&canonical(&statement).unwrap()),
        statement,
    }
}

/// A region's cell.
fn region(key: &str, amount: i64, people: i64) -> SignedRegion {
    SignedRegion {
        region: key.into(),
        amount: Some(amount),
        people: Some(people),
        is_hidden: false,
    }
}

#[test]
fn the_words_are_sound() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let found = web::words::scan(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert_eq!(found, web::words::Scan::default());
}
