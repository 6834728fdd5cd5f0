use std::collections::BTreeMap;

use access::audit;
use db::{Result, Tx, Value, Write, insert_many, sql};
use serde::Serialize;
use serde_json::json;

use super::{
    DOCUMENT_AHEAD, DOCUMENT_CITY_UNKNOWN, DOCUMENT_INVENTED, DOCUMENT_KEY_FOREIGN,
    DOCUMENT_MALFORMED, DOCUMENT_SIGNATURE_BROKEN, Standing, Taken, Way, queries,
};
use crate::document::{
    CELL_TOO_SMALL, Document, Signed, Succession, canonical, digest, small_cell,
};
use crate::registry::{add_key, city, is_key_known, key_of};
use crate::signing::is_signed;

/// How far a city's clock may be ahead of ours, in seconds.
const CLOCKS: i64 = 10 * 60;

/// Takes in a signed document. Taken twice, it changes nothing.
#[derive(Clone, Debug, Serialize)]
pub struct TakeDocument {
    /// The document with its signature.
    pub signed: Signed,
    /// By which way it came.
    pub way: Way,
    /// Whether an invented city may stand here: in a demonstration.
    pub is_demo: bool,
}

impl Write for TakeDocument {
    const NAME: &'static str = "take_document";
    type Out = Taken;
    async fn run(&self, tx: &mut Tx) -> Result<Taken> {
        let signed = &self.signed;
        if !signed.is_well_formed() {
            return DOCUMENT_MALFORMED.refuse();
        }
        let document = &signed.document;
        let code = &document.city.code;
        let body = canonical(document)?;
        let digest = digest(&body);
        if queries::is_known(tx, &digest).await? {
            return Ok(taken(document, digest, Standing::Known));
        }
        if !city(tx, code).await?.is_some_and(|city| city.is_listed) {
            return DOCUMENT_CITY_UNKNOWN.refuse();
        }
        if !is_signed(&signed.key, &body, &signed.signature) {
            return DOCUMENT_SIGNATURE_BROKEN.refuse();
        }
        let new_keys = self.keys_since(key_of(tx, code).await?)?;
        self.may_be_taken(tx).await?;
        for key in new_keys {
            // A key comes once: neither another city's, nor one this city has left.
            if is_key_known(tx, key).await? {
                return DOCUMENT_KEY_FOREIGN.refuse();
            }
            add_key(tx, code, key, "succession", "")
                .await
                .map_err(again)?;
            let detail = json!({ "code": code, "key": key });
            audit::record(tx, "metropolis_key_succeeded", "metropolis", None, detail).await?;
        }
        self.keep(tx, body, &digest).await?;
        let standing = queries::standing(tx, &digest).await?;
        Ok(taken(document, digest, standing))
    }
}

fn taken(document: &Document, digest: String, standing: Standing) -> Taken {
    Taken {
        code: document.city.code.clone(),
        number: document.number,
        day: document.day,
        digest,
        standing,
    }
}

impl TakeDocument {
    /// The keys that follow the one believed now, up to the one that signed; each must be signed by
    /// the one before it.
    fn keys_since(&self, known: Option<String>) -> Result<Vec<&str>> {
        let Some(mut known) = known else {
            return DOCUMENT_KEY_FOREIGN.refuse();
        };
        let code = &self.signed.document.city.code;
        let mut new_keys: Vec<&str> = Vec::new();
        while known != self.signed.key {
            let follows = |one: &&Succession| {
                let said = &one.statement;
                said.old_key == known
                    && said.code == *code
                    && !new_keys.contains(&said.new_key.as_str())
            };
            let Some(next) = self.signed.successions.iter().find(follows) else {
                return DOCUMENT_KEY_FOREIGN.refuse();
            };
            if !is_signed(&known, &canonical(&next.statement)?, &next.signature) {
                return DOCUMENT_KEY_FOREIGN.refuse();
            }
            new_keys.push(&next.statement.new_key);
            known.clone_from(&next.statement.new_key);
        }
        Ok(new_keys)
    }

    /// Rules that hold whoever signed.
    async fn may_be_taken(&self, tx: &mut Tx) -> Result<()> {
        let document = &self.signed.document;
        if document.is_invented && !self.is_demo {
            return DOCUMENT_INVENTED.refuse();
        }
        let latest = tx.now().plus_seconds(CLOCKS);
        if document.signed_at > latest || document.day > latest.date() {
            return DOCUMENT_AHEAD.refuse();
        }
        let known = indicators::definitions(tx).await?;
        let known: BTreeMap<&str, i64> = known
            .iter()
            .map(|one| (one.code.as_str(), one.smallest_cell))
            .collect();
        match small_cell(document, |figure| known.get(figure.code.as_str()).copied()) {
            Some(figure) => CELL_TOO_SMALL.with(&[("figure", figure.to_owned())]),
            None => Ok(()),
        }
    }

    async fn keep(&self, tx: &mut Tx, body: String, digest: &str) -> Result<()> {
        let (signed, document) = (&self.signed, &self.signed.document);
        let id = tx.new_id();
        sql("INSERT INTO observatory_document (id, code, number, day, previous, digest, body, public_key,
             signature, signed_at, is_invented, way, taken_by, taken_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(id)
        .bind(&document.city.code)
        .bind(document.number)
        .bind(document.day)
        .bind(document.previous.clone())
        .bind(digest)
        .bind(body)
        .bind(&signed.key)
        .bind(&signed.signature)
        .bind(document.signed_at)
        .bind(document.is_invented)
        .bind(self.way)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(again)?;
        let rows = (0_i64..).zip(&document.figures).map(|(place, figure)| {
            vec![
                Value::from(id),
                figure.code.clone().into(),
                place.into(),
                figure.version.into(),
                figure.wording.clone().into(),
                figure.name_fa.clone().into(),
                figure.name_en.clone().into(),
                figure.unit.clone().into(),
                figure.as_of.into(),
                figure.amount.into(),
                figure.is_hidden.into(),
            ]
        });
        insert_many(
            tx,
            "INSERT INTO observatory_value (document_id, figure, position, version, wording, name_fa, name_en,
             unit, as_of, amount, is_hidden)",
            11,
            rows.collect(),
        )
        .await?;
        let detail = json!({ "code": document.city.code, "number": document.number,
            "day": document.day, "digest": digest, "way": self.way });
        audit::record(
            tx,
            "observatory_document_taken",
            "document",
            Some(id),
            detail,
        )
        .await
    }
}

/// The same came by another way at the same moment: run again, it is found known.
fn again(error: db::Error) -> db::Error {
    match error {
        db::Error::Conflict(_) => db::Error::Busy,
        other => other,
    }
}
