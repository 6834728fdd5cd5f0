use access::audit;
use db::{Keys, Result, Tx, Write, sql};
use indicators::statistics::{self, Figure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::City;

use super::{LINK_MISSING, NOTHING_PUBLISHED, queries};
use crate::document::{
    CELL_TOO_SMALL, CityName, Document, KIND, Signed, SignedFigure, SignedRegion, Statement,
    canonical, digest, small_cell, wording,
};
use crate::signing::{Signer, signers};

/// Signs what is published now. Nothing new is signed twice.
#[derive(Serialize)]
pub struct SignStatistics {
    name_fa: String,
    name_en: String,
    is_invented: bool,
    #[serde(skip)]
    keys: Keys,
}

impl SignStatistics {
    /// With the name and the keys of this city.
    pub fn of(city: &City) -> Self {
        Self {
            name_fa: city.name.fa.clone(),
            name_en: city.name.en.clone(),
            is_invented: city.is_demo,
            keys: city.keys.clone(),
        }
    }
}

/// The newest signed document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignedNow {
    /// Its number in the chain.
    pub number: i64,
    /// SHA-256 of its canonical text.
    pub digest: String,
    /// It was made now; otherwise nothing new was published since.
    pub is_new: bool,
}

impl Write for SignStatistics {
    const NAME: &'static str = "sign_statistics";
    type Out = SignedNow;
    async fn run(&self, tx: &mut Tx) -> Result<SignedNow> {
        let Some(link) = queries::link(tx).await? else {
            return LINK_MISSING.refuse();
        };
        let figures = figures(tx).await?;
        let Some(day) = figures.iter().map(|figure| figure.as_of).max() else {
            return NOTHING_PUBLISHED.refuse();
        };
        let last = queries::newest(tx).await?;
        let city = CityName {
            code: link.code,
            name_fa: self.name_fa.clone(),
            name_en: self.name_en.clone(),
        };
        let document = Document {
            kind: KIND.into(),
            city,
            is_invented: self.is_invented,
            day,
            number: last.as_ref().map_or(1, |last| last.document.number + 1),
            previous: queries::newest_digest(tx).await?,
            program: env!("CARGO_PKG_VERSION").into(),
            signed_at: tx.now(),
            figures,
        };
        let keys = signers(&self.keys)?;
        // A new key signs what the old one signed, so that its word for it is on its way in time.
        let is_same_key = |last: &Signed| {
            keys.first()
                .is_some_and(|signer| signer.public_key() == last.key)
        };
        if let Some(last) = last
            && is_same_key(&last)
            && says_the_same(&last.document, &document)
        {
            return Ok(SignedNow {
                number: last.document.number,
                digest: document.previous.unwrap_or_default(),
                is_new: false,
            });
        }
        // Every definition of a figure published here is known here.
        if let Some(figure) = small_cell(&document, |figure| Some(figure.smallest_cell)) {
            return CELL_TOO_SMALL.with(&[("figure", figure.to_owned())]);
        }
        let signer = in_use(tx, &document.city.code, &keys).await?;
        keep(tx, &document, signer).await
    }
}

/// Apart from its place in the chain and the program that counted.
fn says_the_same(one: &Document, other: &Document) -> bool {
    let said = |document: &Document| {
        let Document {
            city,
            is_invented,
            day,
            figures,
            ..
        } = document.clone();
        (city, is_invented, day, figures)
    };
    said(one) == said(other)
}

/// The published figures as they are signed: what `/statistics` shows everybody, without the
/// reason of a correction, which is free text.
async fn figures(tx: &mut Tx) -> Result<Vec<SignedFigure>> {
    let published = statistics::published(tx).await?;
    published.into_iter().map(signed_figure).collect()
}

fn signed_figure(figure: Figure) -> Result<SignedFigure> {
    let wording = wording(&figure.definition)?;
    let regions = figure.regions.into_iter().map(|cell| SignedRegion {
        region: cell.key,
        amount: cell.amount,
        people: cell.subjects,
        is_hidden: cell.is_hidden,
    });
    let definition = figure.definition;
    Ok(SignedFigure {
        wording,
        code: definition.code,
        version: definition.version,
        name_fa: definition.name_fa,
        name_en: definition.name_en,
        unit: definition.unit.to_string(),
        smallest_cell: definition.smallest_cell,
        as_of: figure.as_of,
        amount: figure.amount,
        is_hidden: figure.is_hidden,
        is_corrected: !figure.correction.is_empty(),
        regions: regions.collect(),
    })
}

/// The signer in use; used for the first time, the key before it says so.
async fn in_use<'a>(tx: &mut Tx, code: &str, keys: &'a [Signer]) -> Result<&'a Signer> {
    let Some(signer) = keys.first() else {
        return Err(db::Error::other("the city has no key"));
    };
    let used = queries::public_keys(tx).await?;
    let new_key = signer.public_key();
    if used.contains(&new_key) {
        return Ok(signer);
    }
    // Only the key that signed last is believed; when it is gone, the observatory sets the new one.
    let before = used
        .last()
        .and_then(|last| keys.iter().find(|one| one.public_key() == *last));
    let (statement, signature) = match before {
        Some(before) => {
            let statement = canonical(&Statement {
                kind: Statement::KIND.into(),
                code: code.to_owned(),
                old_key: before.public_key(),
                new_key: new_key.clone(),
                at: tx.now(),
            })?;
            let signature = before.sign(&statement);
            (Some(statement), Some(signature))
        }
        None => (None, None),
    };
    sql(
        "INSERT INTO statistics_key (generation, public_key, statement, signature, first_used_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(i64::from(signer.generation))
    .bind(&new_key)
    .bind(statement)
    .bind(signature)
    .bind(tx.now())
    .execute(tx)
    .await
    .map_err(again)?;
    let detail = json!({ "generation": signer.generation, "key": new_key });
    audit::record(tx, "statistics_key_used", "key", None, detail).await?;
    Ok(signer)
}

/// Somebody signed at the same moment: run again, it is found signed.
fn again(error: db::Error) -> db::Error {
    match error {
        db::Error::Conflict(_) => db::Error::Busy,
        other => other,
    }
}

async fn keep(tx: &mut Tx, document: &Document, signer: &Signer) -> Result<SignedNow> {
    let body = canonical(document)?;
    let (id, digest, key) = (tx.new_id(), digest(&body), signer.public_key());
    let signature = signer.sign(&body);
    sql("INSERT INTO signed_statistics (id, number, day, previous, digest, body, public_key, signature, signed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(document.number)
    .bind(document.day)
    .bind(document.previous.clone())
    .bind(&digest)
    .bind(body)
    .bind(key)
    .bind(signature)
    .bind(document.signed_at)
    .execute(tx)
    .await
    .map_err(again)?;
    let detail = json!({ "number": document.number, "day": document.day, "digest": digest });
    audit::record(tx, "statistics_signed", "statistics", Some(id), detail).await?;
    Ok(SignedNow {
        number: document.number,
        digest,
        is_new: true,
    })
}
